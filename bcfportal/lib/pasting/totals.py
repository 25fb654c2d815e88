"""The totals that a block prints of its own figures."""

from collections.abc import Callable, Iterator

from bcfportal.lib.pasting.figures import is_figure
from bcfportal.lib.pasting.layout import Layout, Line
from bcfportal.lib.pasting.names import fold
from bcfportal.lib.pasting.result import Total

_TOTALS = ("total", "grand total", "sub total", "subtotal", "net total", "sum")
_SUMS = (*_TOTALS, "average", "overall")


def is_sum(name: str) -> bool:
    """Whether a line's name says that it is worked out from others: a total, an average."""
    return _is_one_of(name, _SUMS)


def _is_one_of(name: str, beginnings: tuple[str, ...]) -> bool:
    folded = fold(name)
    return any(
        folded == beginning or folded.startswith(f"{beginning} ") for beginning in beginnings
    )


def totals(
    layout: Layout, called: Callable[[Line], str], is_whole: Callable[[str], bool]
) -> Iterator[Total]:
    """The totals, by line and column, with the figures that each may be the total of.

    ``called`` gives a line's name; what ``is_whole`` is worked out, and is no part of a total.
    """
    named = [(line, called(line)) for line in layout.body if line.filled]
    for column in layout.figures:
        figures = [(line, name) for line, name in named if is_figure(line.get(column))]
        lines = [
            (line.number, line.get(column))
            for line, name in figures
            if not is_sum(name) and not is_whole(name)
        ]
        last = 0
        before: list[str] = []
        for line, name in figures:
            if not _is_one_of(name, _TOTALS):
                continue
            since = [text for number, text in lines if last < number < line.number]
            above = [text for number, text in lines if number < line.number]
            every = [text for _, text in lines]
            of = tuple(tuple(texts) for texts in (since, above, before, every) if texts)
            if of:
                yield Total(name, line.number, column, line.get(column), of)
            last = line.number
            before = [*before, line.get(column)]
