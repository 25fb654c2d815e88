"""When votes do not fit who was present, and when two sentences state one figure otherwise.

In prose: docs/rules/minutes.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bcfportal.lib.discrepancies import differ, half_step
from bcfportal.lib.sentences import singular

_MILLIONS = {"": 0, "k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}
_AMOUNT = (
    r"£(?P<number>\d[\d,]*(?:\.\d+)?) ?(?P<unit>m|k|bn|million|thousand|billion)?(?![\d.,]*\d)\b"
)
# A word that makes the figure less than exact: such figures are not compared.
_VAGUE = re.compile(
    r"\b(?:about|around|approximately|some|over|under|nearly|almost|up to|at least|at most|"
    r"more than|less than|in excess of|between|circa|c\.) ?(?:an? |the )?$",
    re.IGNORECASE,
)
_OF = re.compile(
    rf"(?P<noun>[a-z]+) (?:of|at|is|was|stands at|stood at|should read) (?:an? |the )?{_AMOUNT}"
)
_BEFORE = re.compile(rf"{_AMOUNT} (?P<noun>[a-z]+)")
_YEAR = re.compile(r"\b(?:19|20)\d\d[/–-]\d\d(?:\d\d)?\b")
# Of which of these a sentence speaks: of two that differ the figures are not one.
_KINDS = (
    ("capital", "revenue"),
    ("gross", "net"),
    ("period", "outturn"),
    ("north", "south", "east", "west"),
)
# Words that stand before "of" and name nothing that has one figure.
_NO_NOUN = frozenset(
    [
        *("by", "to", "from", "with", "for", "in", "on", "at", "of", "and", "or", "the", "a", "an"),
        *("that", "which", "it", "this", "these", "those", "sum", "total", "amount", "figure"),
        *("there", "each", "all", "is", "was", "were", "be", "been", "up", "down", "out", "per"),
    ]
)
_SENTENCE = re.compile(r"(?:[^.!?;\n]|[.](?=\d))+")


@dataclass(frozen=True)
class Stated:
    """An exact sum of money that a sentence gives, and of what."""

    noun: str
    pounds: Decimal
    # Half of the last place that is printed.
    rounding: Decimal
    printed: str
    sentence: str

    def is_of_the_same(self, other: "Stated") -> bool:
        """Whether the sentences speak of one thing: the same noun, and no other year or kind."""
        if self.noun != other.noun:
            return False
        years, others = _years(self.sentence), _years(other.sentence)
        if years and others and not years & others:
            return False
        return all(_same_kind(kinds, self.sentence, other.sentence) for kinds in _KINDS)

    def disagrees(self, other: "Stated") -> bool:
        """Whether they are of the same and no rounding makes them one figure."""
        rounding = max(self.rounding, other.rounding)
        return self.is_of_the_same(other) and differ(self.pounds, other.pounds, rounding)


def stated_sums(text: str) -> Iterator[Stated]:
    """The exact sums of money in a text that are of something that has a name."""
    for sentence in _SENTENCE.finditer(text):
        text_of_it = " ".join(sentence[0].split())
        lower = text_of_it[:1].lower() + text_of_it[1:]
        seen = set()
        for pattern in (_OF, _BEFORE):
            for match in pattern.finditer(lower):
                noun, start = singular(match["noun"]), match.start("number") - 1
                if match["noun"] in _NO_NOUN or start in seen or _VAGUE.search(lower[:start]):
                    continue
                seen.add(start)
                yield _stated(match, noun, text_of_it)


def _stated(match: re.Match[str], noun: str, sentence: str) -> Stated:
    number = match["number"].replace(",", "")
    power = _MILLIONS[match["unit"] or ""]
    places = len(number.partition(".")[2]) - power
    return Stated(
        noun,
        Decimal(number).scaleb(power),
        half_step(places),
        match[0][match.start("number") - 1 - match.start() : match.end("number") - match.start()]
        + (match["unit"] or ""),
        sentence,
    )


def _years(text: str) -> set[str]:
    """The financial years that a text names, each by its first four figures."""
    return {year[:4] for year in _YEAR.findall(text)}


def _same_kind(kinds: tuple[str, ...], first: str, second: str) -> bool:
    said, other = (
        {kind for kind in kinds if re.search(rf"\b{kind}\b", text, re.IGNORECASE)}
        for text in (first, second)
    )
    return not said or not other or bool(said & other)


def votes_beyond(voted: int, did_not_vote: int | None, there: int, left_meanwhile: int) -> str:
    """How the votes on an item do not fit who was there, in words; nothing where they may fit.

    ``there`` were present when the item began, and ``left_meanwhile`` of them left during it. Who
    did not vote is rarely recorded, so fewer votes than people are right.
    """
    counted = voted + (did_not_vote or 0)
    if counted > there:
        return f"{counted - there} more than were there"
    if did_not_vote is not None and counted < there - left_meanwhile:
        return f"{there - left_meanwhile - counted} fewer than were there"
    return ""
