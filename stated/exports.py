"""Figures stated in words as rows of plain values, for spreadsheets."""

from collections.abc import Iterator

from bcfportal.lib.exports import Export
from bcfportal.lib.figures import plain
from projects.models import Council
from stated.published import figures_of


def figure_rows(council: Council) -> Iterator[list]:
    """A row for each figure, by number."""
    for figure in figures_of(council):
        yield [
            figure.number,
            figure.thing,
            figure.what,
            figure.area,
            figure.written,
            figure.qualifier,
            plain(figure.value),
            plain(figure.until),
            plain(figure.out_of),
            figure.unit,
            figure.basis,
            figure.per,
            figure.first_day,
            figure.last_day,
            figure.as_printed,
            figure.source,
            "yes" if figure.of_place else "",
            figure.project.slug if figure.project else "",
            figure.note,
        ]


STATED = Export(
    "stated-figures",
    "Stated figures",
    "One row for each figure that a paper states in words. They are not to be added up.",
    [
        ("number", "Its place among the council's stated figures."),
        ("thing", "The thing that it is of."),
        ("what", "What of the thing it says."),
        ("area", "The place that it is of; empty where none is named."),
        ("written", "The figure with its word and unit."),
        ("qualifier", "exact, about, over, at least, nearly, up to or under."),
        ("value", "The number that is printed: exact only where the qualifier says so."),
        ("until", "The end of a span. Empty where it is none."),
        ("out_of", "How many a share is of. Empty where it is none."),
        ("unit", "£, % or what is counted."),
        ("basis", "gross, net, or empty."),
        ("per", "a year, a month, a week, a day, or empty."),
        ("first_day", "The first day that it is of. Empty where the paper prints none."),
        ("last_day", "The last day that it is of."),
        ("as_printed", "The words of the paper round it."),
        ("source", "The paper, and where in it."),
        ("of_place", "yes for a fact of the place and its people."),
        ("project", "The project's name in addresses, where it is of one."),
        ("note", "What was lost in the paper, or has to be said of the figure."),
    ],
    figure_rows,
)
