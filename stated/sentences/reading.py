"""How the checks read a text: its sentences, their figures, and the words before a figure.

A list belongs to the sentence that announces it. A figure is no date, year, age, span of time or
numbered thing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from bcfportal.lib.text.numbers_in_words import Number, numbers_in
from bcfportal.lib.text.shares_in_letters import shares_in_letters
from bcfportal.lib.text.told_numbers import plainly_others
from stated.rules import Qualifier, Range, Stated, meant, nearness

# A point ends a sentence before a capital letter or at the end; "e.g. 5" and "3.5" go on. A line
# ends one too, but not where a list is announced or an item of it goes on.
_END = re.compile(
    r"(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bapprox\.)(?<!\bcf\.)(?<!\b[Aa]pp\.)(?<!\bNo\.)"
    r"(?<!\bc\.)(?<!\bca\.)(?<!\bno\.)(?<!\b[Ff]ig\.)(?<!\bp\.)(?<!\bpp\.)(?<!\bpara\.)(?<!\bparas\.)(?<!\bSt\.)(?<!\bDr\.)\s+(?=[A-Z0-9£\"“(])"
    r"|\n\s*\n"
)
_ITEM = re.compile(r"(?:[•*–—-]|o|[a-z]\)|\([a-z]\)|\([ivx]+\)|\d{1,2}\))[ \t]+")
# A financial year, 16/17, and a year alone.
_SHORT_YEAR = re.compile(r"(?<!\d)([1-4]\d)[/-]([1-4]\d)(?!\d)")
_YEAR = re.compile(r"(?<![\d,.£])(?:19[5-9]|20[0-4])\d(?![\d,%]|\.\d| (?:people|visits|calls)\b)")
# What has a number for its name: "Pathway 1", "month 6", "Q2", "A1".
_NAMED = re.compile(
    r"\b(?:Pathway|Band|Tier|Level|Stage|Year|Wave|Strand|Option|Cohort|Zone|Block|Type|Category"
    r"|Group|Grade|Lot|Day|Part|Schedule|Article|Regulation|(?<!the )(?<!this )(?<!that )(?<!\ba )"
    r"(?<!each )(?<!last )(?<!per )(?<!next )(?:month|week|quarter|year)"
    r"|[Pp]hases?|[Pp]athways?|[Ss]ections?|[Tt]ables?|[Pp]ages?|[Pp]aragraphs?|[Aa]ppendix)"
    r" (?:\d{1,2}|one|two|three|four|five)\b(?:(?: to |–|-|(?<=s \d) and "
    r"|(?<=s \d\d) and )\d{1,2}\b)?"
    r"(?! ?%)"
    r"|\b[Pp]aras?\.? \d+(?:\.\d+)*|\b[A-Za-z]+\d+\b",
)
_UNITS = r"(?:working |calendar |full )?(?:second|minute|hour|day|night|week|month|year)s?"
_DURATION = re.compile(
    rf"(?: {_UNITS}\b(?! of)|-{_UNITS}\b|-(?:bed|page|point|mile|person|strong)\b)", re.IGNORECASE
)
_JOINED_UNIT = re.compile(
    r"-(?:second|minute|hour|day|night|week|month|year|page|point|mile|bed|person)\b"
)
_IN_TIME = re.compile(
    r"\b(?:within|after|for|under|over|than|every|next|last|first|past|previous|these|those|at|to"
    r"|in|by|until|up to|around|about|period of|course of|stay of|wait of|average of|age|aged)"
    r"(?: the| about| around)?(?: last| next| first| past)? ?$",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b(?:aged|ages?|over-)(?: of| over| under| between)? ?$"
    r"|\b(?:aged|ages?)(?: between)? \d{1,3} (?:and|to) $",
    re.IGNORECASE,
)
# "A larger one."
_SOME_ONE = re.compile(
    r"\b(?:an?|the|this|that|each|every|which|another|any|no)(?: [a-z]+)? one(?:[.,;:)]|$)", re.I
)
_OLD = re.compile(r"(?: or (?:over|more|under)\b| and over\b|\+|[ -]years?[ -]old| years? of age)")
_OVER_AGE = re.compile(
    r"\b(?:is|are|was|were|people|those|residents|adults|women|men|carers|patients|clients"
    r"|callers) (?:aged )?(?:over|under) (?:the age of )?$",
    re.IGNORECASE,
)
_WORDS_BEFORE = {
    Qualifier.ABOUT: r"about|around|approximately|approx\.?|roughly|circa|(?-i:c\.?)|some|(?:an )?"
    r"estimated|broadly|in the region of|in the order of|or so|~",
    Qualifier.OVER: r"over|more than|in excess of|above|upwards of|greater than|exceeding",
    Qualifier.AT_LEAST: r"at least|no less than|no fewer than|not less than|a minimum of",
    Qualifier.NEARLY: r"nearly|almost|close to|just under|just short of|just below|approaching"
    r"|(?:a little|slightly) (?:under|less than|below|fewer than)|not quite",
    Qualifier.UP_TO: r"up to|no more than|not more than|at most|a maximum of",
    Qualifier.UNDER: r"under|less than|fewer than|below",
}
_QUALIFIERS = [
    (qualifier, re.compile(rf"(?:\b|(?=~))(?:{terms}) ?(?:the |a total of )?$", re.IGNORECASE))
    # "no more than" before "more than", "just under" before "under".
    for qualifier, terms in sorted(
        _WORDS_BEFORE.items(), key=lambda item: item[0] in (Qualifier.OVER, Qualifier.UNDER)
    )
]
# No further over than "about" would allow.
_JUST_OVER = re.compile(
    r"\b(?:just|slightly|a little|marginally) (?:over|above|more than) (?:the )?$", re.IGNORECASE
)
# No word that says how near a number is goes further back than this.
_FAR = 40
_LONGEST, _MOST_FIGURES = 4_000, 60


_SPAN = re.compile(r" ?(?:to|–|-|or) ?", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween $", re.IGNORECASE)


class Slip(NamedTuple):
    """What a sentence says twice, so that both cannot be so.

    ``said`` is the one, ``other`` what it was held against, in words; ``by`` how far they are
    apart; ``sentence`` the words round them, as they were written.
    """

    sentence: str
    said: str
    other: str
    by: str


@dataclass(frozen=True)
class Sentence:
    """A sentence with its figures, read once for all that is asked of it."""

    text: str

    @cached_property
    def figures(self) -> list[Number]:
        """Its numbers that are figures, in order."""
        shares = shares_in_letters(self.text)
        plain = [
            number
            for number in figures_in(self.text)
            if not any(share.start <= number.start < share.end for share in shares)
        ]
        return sorted([*shares, *plain], key=lambda number: number.start)

    @cached_property
    def counts(self) -> list[Number]:
        """Its figures that are no shares."""
        return [number for number in self.figures if not number.is_share]

    def before(self, number: Number) -> str:
        """The words before a figure of it."""
        return self.text[: number.start]

    def after(self, number: Number) -> str:
        """The words after a figure of it."""
        return self.text[number.end :]

    def between(self, first: Number, second: Number) -> str:
        """The words between two figures of it."""
        return self.text[first.end : second.start]

    def is_in_a_span(self, number: Number) -> bool:
        """Whether a figure begins or ends a span: "20 to 30", "between 20 and 30"."""
        for first, second in pairwise(self.figures):
            if number in (first, second):
                between = self.between(first, second)
                and_then = _BETWEEN.search(self.before(first)[-_FAR:]) and between == " and "
                # "16 – a third – left" is no span, "30-40%" is one.
                apart = first.is_share != second.is_share and between.strip() in ("–", "-")
                if and_then or (_SPAN.fullmatch(between) and not (apart and " " in between)):
                    return True
        return False

    def qualifier(self, number: Number) -> Qualifier:
        """The word before a figure that says how near it is."""
        return qualifier_before(self.text, number)

    def meaning(self, number: Number) -> Range:
        """What a figure can mean, rounded as it is written and with the word before it."""
        qualifier = self.qualifier(number)
        if number.out_of:
            count = number.number * number.out_of / 100
            said = Stated(count, Decimal(0), qualifier, out_of=number.out_of)
        else:
            said = Stated(number.number, _step(number), qualifier)
        if qualifier == Qualifier.EXACT:
            # A share that was cut off and not rounded is no slip: 66% of two thirds.
            step, half = _step(number), _step(number) / 2
            cut_off = number.is_share and not number.out_of
            return Range(number.number - half, number.number + (step if cut_off else half))
        of = meant(said)
        if _JUST_OVER.search(self.text[max(number.start - _FAR, 0) : number.start]):
            return Range(of.low, number.number + nearness(said, number.number), has_low=False)
        return of


def words_of(text: str) -> frozenset[str]:
    """The words of a list that a module keeps in one text."""
    return frozenset(text.split())


def read_sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text, each with its figures.

    What has more figures than any sentence is a table that was pasted in.
    """
    for terms in sentences_in(text):
        sentence = Sentence(terms)
        if len(sentence.figures) <= _MOST_FIGURES:
            yield sentence


def sentences_in(text: str) -> Iterator[str]:
    """The sentences of a text; a list belongs to the sentence that announces it.

    What is longer than any sentence is left out.
    """
    for sentence in _END.split(_in_lines(text or "")):
        for line in sentence.split("\n"):
            if 0 < len(line.strip()) <= _LONGEST:
                yield line.strip()


def _in_lines(text: str) -> str:
    """The text with the items of a list behind the line that announces it."""
    lines: list[list[str]] = []
    in_list = False
    for line in text.split("\n"):
        bare = line.strip()
        item = _ITEM.match(bare)
        goes_on = bool(lines) and lines[-1][-1].endswith((":", ";", ","))
        if lines and in_list and bare and (item or goes_on):
            if not goes_on:
                lines[-1][-1] = f"{lines[-1][-1].removesuffix('.')};"
            lines[-1].append(bare[item.end() :] if item else bare)
        else:
            lines.append([bare[item.end() :] if item else bare])
            in_list = bare.endswith(":")
    return "\n".join(" ".join(parts) for parts in lines)


def figures_in(sentence: str) -> list[Number]:
    """The numbers of a sentence that are figures: no dates, years or numbered things."""
    others = plainly_others(sentence)
    others += [match.span() for match in _NAMED.finditer(sentence)]
    others += [match.span() for match in _YEAR.finditer(sentence)]
    others += [
        match.span()
        for match in _SHORT_YEAR.finditer(sentence)
        if int(match[2]) == int(match[1]) + 1
    ]
    return [
        number
        for number in numbers_in(sentence)
        if not any(start <= number.start and number.end <= end for start, end in others)
        and not _is_time_or_age(sentence, number)
    ]


def _is_time_or_age(sentence: str, number: Number) -> bool:
    if number.is_share or number.is_pounds:
        return False
    before = sentence[max(number.start - _FAR, 0) : number.start]
    if _JOINED_UNIT.match(sentence, number.end) or _AGE.search(before):
        return True
    if number.written.lower() == "one" and _SOME_ONE.search(before + sentence[number.start :][:4]):
        return True
    if _OLD.match(sentence, number.end) or _OVER_AGE.search(before):
        return True
    return bool(_DURATION.match(sentence, number.end) and _IN_TIME.search(before))


def qualifier_before(sentence: str, number: Number) -> Qualifier:
    """The word before a number that says how near the figure is to it."""
    before = sentence[max(number.start - _FAR, 0) : number.start]
    return next((word for word, terms in _QUALIFIERS if terms.search(before)), Qualifier.EXACT)


def _step(number: Number) -> Decimal:
    """The last place of a figure; nothing of what is counted was rounded."""
    if number.is_share or number.has_decimals or number.step > 1:
        return number.step
    if number.is_pounds and number.number >= 1000 and not number.number % 1000:
        return Decimal(1000)
    return Decimal(0)
