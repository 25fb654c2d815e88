"""How the checks read a text: its sentences, their numbers, and the words before a number."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bcfportal.lib.text.numbers_in_words import Number, numbers_in
from bcfportal.lib.text.told_numbers import plainly_others
from stated.rules import Qualifier

# A point ends a sentence before a capital letter or at the end; "e.g. 5" and "3.5" go on. A line
# ends one too, but not where a list is announced or an item of it goes on.
_END = re.compile(r"(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bapprox\.)\s+(?=[A-Z£\"“(])|\n\s*\n")
_NEXT_LINE = re.compile(r"(?P<end>[:;,]?)[ \t]*\n[ \t]*(?P<bullet>[•*–-][ \t]+)?")
# A financial year: 16/17.
_SHORT_YEAR = re.compile(r"\b([1-4]\d)/([1-4]\d)\b")
_WORDS_BEFORE = {
    Qualifier.ABOUT: r"about|around|approximately|approx\.?|roughly|circa|c\.?|some|an estimated",
    Qualifier.OVER: r"over|more than|in excess of|above",
    Qualifier.AT_LEAST: r"at least|no less than|no fewer than|a minimum of",
    Qualifier.NEARLY: r"nearly|almost|close to|just under|just short of",
    Qualifier.UP_TO: r"up to|no more than|at most|a maximum of",
    Qualifier.UNDER: r"under|less than|fewer than|below",
}
_QUALIFIERS = [
    (qualifier, re.compile(rf"\b(?:{words}) ?(?:the )?$", re.IGNORECASE))
    # "no more than" before "more than", "just under" before "under".
    for qualifier, words in sorted(
        _WORDS_BEFORE.items(), key=lambda item: item[0] in (Qualifier.OVER, Qualifier.UNDER)
    )
]


class Slip(NamedTuple):
    """What a sentence says twice, so that both cannot be so.

    ``said`` is the one, ``other`` what it was held against, in words; ``by`` how far they are
    apart; ``sentence`` the words round them, as they were written.
    """

    sentence: str
    said: str
    other: str
    by: str


def sentences_in(text: str) -> Iterator[str]:
    """The sentences of a text; a list belongs to the sentence that announces it."""
    for sentence in _END.split(_in_lines(text or "")):
        for line in sentence.split("\n"):
            if line.strip():
                yield line.strip()


def _in_lines(text: str) -> str:
    """The text with the items of a list behind the line that announces it."""
    lines: list[str] = []
    in_list = False
    for line in text.split("\n"):
        bare = line.strip()
        item = re.match(r"[•*–-][ \t]+", bare)
        if lines and in_list and bare and (item or lines[-1].endswith((":", ";", ","))):
            joined = lines[-1] if lines[-1].endswith((":", ";", ",")) else f"{lines[-1]};"
            lines[-1] = f"{joined} {bare[item.end() :] if item else bare}"
        else:
            lines.append(bare[item.end() :] if item else bare)
            in_list = bare.endswith(":")
    return "\n".join(lines)


def figures_in(sentence: str) -> list[Number]:
    """The numbers of a sentence that are figures: no dates, years or numbered things."""
    others = plainly_others(sentence)
    others += [
        match.span()
        for match in _SHORT_YEAR.finditer(sentence)
        if int(match[2]) == int(match[1]) + 1
    ]
    return [
        number
        for number in numbers_in(sentence)
        if not any(start <= number.start and number.end <= end for start, end in others)
    ]


def qualifier_before(sentence: str, number: Number) -> Qualifier:
    """The word before a number that says how near the figure is to it."""
    before = sentence[: number.start]
    return next((word for word, words in _QUALIFIERS if words.search(before)), Qualifier.EXACT)
