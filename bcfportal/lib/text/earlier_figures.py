"""Where a text still gives a figure as it was: the number, rounded, in words, or what follows.

What it says of other figures is none of it: a number that is public now, or was then of something
else, is passed over, and so is what both the figure as it was and the one that is now would give.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bcfportal.lib.text.numbers_in_words import Number, numbers_in, parts_of_wholes
from bcfportal.lib.text.told_numbers import plainly_others, sentences_naming

# Numbers below are in words mostly something else.
_SMALLEST, _SMALLEST_PART = 10, 100
_LESS = (
    r"f(?:ell|all(?:s|en|ing)?)|drop(?:s|ped|ping)?|down|decreas(?:e|es|ed|ing)|"
    r"reduc(?:e|ed|es|ing|tion)|declin(?:e|es|ed|ing)|lower|below|missed"
)
_MORE = (
    r"r(?:ose|ise|ises|isen|ising)|up|increas(?:e|es|ed|ing)|gr(?:ew|ow|ows|own|owing)|higher|"
    r"above|exceed(?:s|ed|ing)?|gain(?:ed)?"
)
_ABOUT = "(?:about |nearly |some |almost |over )?"
_BEFORE = re.compile(
    rf"\b(?:(?P<less>{_LESS})|(?P<more>{_MORE}))(?: \w+){{0,2}}? (?:by|of) {_ABOUT}$"
    rf"|\b(?:(?P<less_by>{_LESS})|(?P<more_by>{_MORE})) {_ABOUT}$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r" (?:percentage )?(?:points? )?(?:\w+ )?(?:(?P<less>fewer|less|lower|below|short|down)"
    r"|(?P<more>more|higher|above|over|up))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Figure:
    """A figure of a return: its number and its parts, and what it is compared with."""

    title: str
    # The words of its measure.
    named: str
    number: Decimal | None
    is_share: bool = False
    is_pounds: bool = False
    has_decimals: bool = False
    part: Decimal | None = None
    whole: Decimal | None = None
    # The figure of last time and the target.
    beside: tuple[Decimal, ...] = ()

    @property
    def shares(self) -> list[Decimal]:
        """The figure in per cent, as it is given and as it follows from its parts."""
        given = [self.number] if self.is_share and self.number is not None else []
        worked_out = [self.part / self.whole * 100] if self.part is not None and self.whole else []
        return given + worked_out


@dataclass(frozen=True)
class Told:
    """A figure as it was in a text: what is written there, and whether it only follows from it."""

    figure: Figure
    written: str
    start: int
    follows: bool = False


@dataclass(frozen=True)
class Figures:
    """The figures of a return as they were or are; ``others`` are numbers beside them."""

    all: Sequence[Figure]
    others: frozenset[Decimal] = field(default_factory=frozenset)

    @property
    def numbers(self) -> set[Decimal]:
        """All that is given of them."""
        return {
            abs(number)
            for figure in self.all
            for number in (figure.number, figure.part, figure.whole)
            if number is not None
        }

    @property
    def public(self) -> set[Decimal]:
        """The numbers beside them too."""
        beside = {abs(number) for figure in self.all for number in figure.beside}
        return beside | {abs(number) for number in self.others}


def told_as_they_were(text: str, was: Figures, now: Figures) -> list[Told]:
    """Where the text gives figures as they were and are no more, in order, each number once."""
    numbers = numbers_in(text)
    spans = plainly_others(text)
    passed = {
        number
        for number in numbers
        if any(start <= number.start and number.end <= end for start, end in spans)
    }
    by_start: dict[int, Told] = {}
    pairs = {(figure.part, figure.whole) for figure in now.all}
    for part, whole in parts_of_wholes(text, numbers):
        for figure in was.all:
            pair = (part.number, whole.number)
            if pair == (figure.part, figure.whole) and pair not in pairs:
                written = text[part.start : whole.end].strip()
                by_start.setdefault(part.start, Told(figure, written, part.start))
                passed |= {whole}
    for number in numbers:
        if number in passed or number.start in by_start:
            continue
        told = (
            _named(text, number, was, now)
            or _given(number, was, now)
            or _following(text, number, was, now)
        )
        if told:
            by_start[number.start] = told
    return [by_start[start] for start in sorted(by_start)]


def _named(text: str, number: Number, was: Figures, now: Figures) -> Told | None:
    """A figure whose number stands right behind its name: "Days waited: 2.0 days".

    That the target, or the figure of last time, is the same number does not make it theirs.
    """
    before = text[: number.start].casefold()
    for figure in was.all:
        if figure.number != number.number or figure.is_share != number.is_share:
            continue
        name = re.escape(figure.named.casefold())
        if re.search(rf"{name}(?: was| were| is| are| came to)?[:,;]?(?: [–-])? ?$", before):
            same = (other for other in now.all if other.named == figure.named)
            if all(other.number != number.number for other in same):
                return Told(figure, number.written, number.start)
    return None


def _given(number: Number, was: Figures, now: Figures) -> Told | None:
    """A figure that the number is, to the letter or rounded as it is written."""
    public = now.numbers | now.public | was.public
    if number.number in public:
        return None
    for figure in was.all:
        if number.is_share:
            if _is_share(number, figure) and not any(_is_share(number, now_) for now_ in now.all):
                return Told(figure, number.written, number.start)
            continue
        if figure.is_pounds and figure.number is not None:
            is_sum = number.is_pounds or number.step > 1 or number.number >= 1_000
            rounded = [other.number for other in now.all if other.is_pounds and other.number]
            rounded += [*was.others, *now.others]
            if (
                is_sum
                and number.number
                and number.is_rounded(figure.number)
                and not any(number.is_rounded(other) for other in rounded)
            ):
                return Told(figure, number.written, number.start)
            continue
        if number.is_pounds or number.step > 1:
            continue
        large = number.number >= _SMALLEST or (number.has_decimals and figure.has_decimals)
        if figure.number == number.number and large:
            return Told(figure, number.written, number.start)
        if figure.part == number.number and number.number >= _SMALLEST_PART:
            return Told(figure, number.written, number.start)
    return None


def _is_share(number: Number, figure: Figure) -> bool:
    return bool(number.number) and any(number.is_rounded(share) for share in figure.shares)


def _following(text: str, number: Number, was: Figures, now: Figures) -> Told | None:
    """A figure from which the number follows as a difference or change that it is said to be."""
    sign = _direction(text, number)
    if not sign or not number.number:
        return None
    for figure in was.all:
        small = number.number < _SMALLEST and not number.has_decimals
        if small and not _names(text, number, figure):
            continue
        if _makes(number, figure, sign) and not any(_makes(number, of, sign) for of in now.all):
            return Told(figure, number.written, number.start, follows=True)
    return None


def _direction(text: str, number: Number) -> int:
    """-1 where the number is said to be by how much something is less, 1 for more, else 0."""
    before = _BEFORE.search(text[max(number.start - 60, 0) : number.start])
    if before:
        return -1 if before["less"] or before["less_by"] else 1
    after = _AFTER.match(text[number.end : number.end + 60])
    if after:
        return -1 if after["less"] else 1
    return 0


def _makes(number: Number, figure: Figure, sign: int) -> bool:
    """Whether the number is what the figure is more or less than what is beside it."""
    if figure.number is None:
        return False
    for base in figure.beside:
        apart = figure.number - base
        if not apart or (apart > 0) != (sign > 0):
            continue
        if number.is_rounded(apart) and (not number.is_share or figure.is_share):
            return True
        if number.is_share and base and number.is_rounded(apart / base * 100):
            return True
    return False


def _names(text: str, number: Number, figure: Figure) -> bool:
    return any(start <= number.start < end for start, end in sentences_naming(text, figure.named))
