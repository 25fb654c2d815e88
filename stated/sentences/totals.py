"""A total against the parts that the same sentence lists."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bcfportal.lib.discrepancies import half_step
from bcfportal.lib.figures import figure as in_words
from bcfportal.lib.sums import sum_present
from bcfportal.lib.text.numbers_in_words import Number
from stated.rules import Qualifier
from stated.sentences.reading import Slip, figures_in, qualifier_before, sentences_in

_WORDS = r"(?:[ -][A-Za-z’'/&-]+){0,7}"
# What announces all parts of the total before it.
_ALL_PARTS = re.compile(
    rf"{_WORDS}(?: ?\(|: ?| ?[–-] |,? (?:which is |which are |that is |i\.e\. |namely )?"
    r"(?:made up of|comprising|consisting of|composed of|split (?:into|between)|divided (?:into"
    r"|between)|broken down (?:as|into)|namely|being) )",
    re.IGNORECASE,
)
# What announces some of them, or parts that may be counted twice.
_SOME_PARTS = re.compile(
    r"\b(?:includ\w+|such as|for example|e\.g|of whom|of which|of these|of them|among|mainly|mostly"
    r"|at least|largest|most of|up from|down from|from|compared|target|against|per|each|every|than"
    r"|between \d|respectively|was|were|previous\w*|last)\b",
    re.IGNORECASE,
)
# Between one part and the next: words of a place or a kind, then a comma or "and".
_NEXT_PART = re.compile(
    r"[^\d.:(]*?(?:\([^\d)]*\))?[^\d.:(]*?(?:,|;| and| plus| \+| &)[^\d:(]*", re.I
)
_IN_ALL = re.compile(
    r"(?:[ -][A-Za-z’'-]+){0,4} (?:in all|in total|altogether|overall|all told)\b", re.IGNORECASE
)
_TOTAL_OF = re.compile(
    r"(?:(?:a|the|combined|giving a|making a|overall) total (?:of|is|was)|making|which makes|giving"
    r"|in total|altogether|in all) $",
    re.IGNORECASE,
)
# Parts that come to less than half of a total, or to twice as much, are parts of something else.
_NEAR = (Decimal("0.5"), Decimal("1.5"))


def totals_apart(text: str) -> Iterator[Slip]:
    """The totals of a text that the parts listed with them do not add up to.

    Only where the sentence says that the parts are all: behind a colon, in brackets, "made up of",
    or with "in all" at the end. Rounding is no slip, and what is only about so many is not added.
    """
    for sentence in sentences_in(text):
        numbers = figures_in(sentence)
        for total, parts in _listed(sentence, numbers):
            if _can_be_parts(sentence, total, parts):
                added = sum_present(part.number for part in parts).total or Decimal(0)
                room = sum((_rounded(number) for number in (total, *parts)), Decimal(0))
                if abs(total.number - added) > room:
                    yield _slip(sentence, total, parts, added)


def _slip(sentence: str, total: Number, parts: Sequence[Number], added: Decimal) -> Slip:
    unit = "£" if total.is_pounds else ""
    listed = " + ".join(part.written for part in parts)
    return Slip(
        sentence,
        total.written,
        f"{listed}, which is {in_words(added, unit)}",
        f"apart by {in_words(abs(total.number - added), unit)}",
    )


def _listed(sentence: str, numbers: list[Number]) -> Iterator[tuple[Number, list[Number]]]:
    """(total, its parts) wherever a sentence lists all parts."""
    place = 0
    while place < len(numbers):
        total, after = numbers[place], numbers[place + 1 :]
        if after and _ALL_PARTS.fullmatch(between := sentence[total.end : after[0].start]):
            opened = between.rstrip().endswith("(")
            parts = _run(sentence, after, closed_by=")" if opened else "")
            if len(parts) > 1 and not _SOME_PARTS.search(sentence[total.end : parts[-1].end]):
                yield total, parts
                place += len(parts) + 1
                continue
        place += 1
    for place, total in enumerate(numbers):
        before = numbers[:place]
        in_all = _IN_ALL.match(sentence, total.end) or _TOTAL_OF.search(sentence[: total.start])
        if in_all and len(before) > 1 and not _TOTAL_OF.search(sentence[: before[0].start]):
            parts = _run(sentence, before)
            said = sentence[: total.start]
            if len(parts) == len(before) and not _SOME_PARTS.search(said):
                yield total, parts


def _run(sentence: str, numbers: Sequence[Number], closed_by: str = "") -> list[Number]:
    """The numbers that follow one another as items of one list."""
    parts = [numbers[0]]
    for number in numbers[1:]:
        between = sentence[parts[-1].end : number.start]
        if (closed_by and closed_by in between) or not _NEXT_PART.fullmatch(between):
            break
        parts.append(number)
    return parts


def _can_be_parts(sentence: str, total: Number, parts: Sequence[Number]) -> bool:
    """Whether they are of one kind, exact, and of a size to be the parts of the total."""
    if any(part.is_pounds != total.is_pounds or part.is_share != total.is_share for part in parts):
        return False
    if total.is_share or any(part.number > total.number for part in parts):
        return False
    if any(qualifier_before(sentence, number) != Qualifier.EXACT for number in (total, *parts)):
        return False
    added = sum_present(part.number for part in parts).total or Decimal(0)
    return _NEAR[0] * total.number <= added <= _NEAR[1] * total.number


def _rounded(number: Number) -> Decimal:
    """How far a number can be from what it was before it was rounded; what is counted is not."""
    rounded = number.has_decimals or number.step > 1
    return number.step * half_step(0) if rounded else Decimal(0)
