"""Numbers as words tell them: 1,472, 1472, 15.4, 15,4, and up to ten in letters.

A number in a text is taken for the figure with that number unless it is plainly something else: a
date, a numbered thing, a count of what the measure does not count. To hide too much is better than
to tell. In prose: docs/rules/questions.md.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from bcfportal.lib.sentences import singular

LETTERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# What stands in a text in place of a number that is held back since it was written.
HELD_BACK = "[held back]"

# With a capital: "5 may have left" is no date.
_MONTHS = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    "Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
# What has a number for its name, with a capital or behind such a word: "Ward 5", "in week 2". But
# not "Last quarter 5 left", "on the ward 5 fell", "in a busy week 5 left".
_NUMBERED = (
    "table|page|section|appendix|annex|paragraph|chapter|version|phase|ward|objective|condition|"
    "priority|measure|indicator|step|item|quarter|month|week|period"
)
_WHICH = (
    *("a", "the", "this", "that", "each", "every", "per", "one", "any", "no", "last", "next"),
    *("past", "previous", "first", "second", "our", "their", "its", "whole", "full", "half"),
)
_CAPITALS = "|".join(noun.capitalize() for noun in _NUMBERED.split("|"))
_BEFORE = "in|of|from|by|since|at|until|to|see|on|for|and|during|after|before|than"
_UNNAMED = "".join(rf"(?<!\b{word} )" for word in _WHICH)
# Expressions in which a number is never a figure.
_NEVER = (
    re.compile(rf"\b\d{{1,2}}(?:(?:–|-| to )\d{{1,2}})? (?:{_MONTHS})\b(?: \d{{4}}\b)?"),
    re.compile(rf"\b(?:{_MONTHS}) (?:\d{{1,2}}, )?(?:19|20)\d\d\b"),
    # "See Figure 3" is a chart, "the figure 3" is none.
    re.compile(r"\b(?:[Ss]ee|[Ii]n) (?:Figure|Fig\.|Chart) \d{1,3}\b"),
    re.compile(
        "|".join(
            (
                r"\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)\b",
                r"\b(?:19|20)\d\d-\d\d-\d\d\b",
                r"\b(?:19|20)\d\d[/–-]\d\d(?:\d\d)?\b",
                r"\b(?:in|since|by|until|from|during|before|after) (?:19|20)\d\d(?![\w/–-])",
                r"\b\d{1,2}:\d\d\b",
                rf"\b(?:{_BEFORE}) (?:{_NUMBERED}) \d{{1,2}}\b",
                rf"{_UNNAMED}\b(?-i:{_CAPITALS}) \d{{1,2}}\b",
                rf"{_UNNAMED}\b(?:{_NUMBERED})s \d{{1,2}}(?: and | to |–|-)\d{{1,2}}\b",
                r"\b(?:aged|age) \d{1,3}\b(?:(?:–|-| to )\d{1,3}\b)?",
                r"\b24/7\b",
                r"\b(?:no|which|each|every) one\b|\bone another\b|\bone by one\b",
                r"\bone-(?:off|to-one|stop|way)\b",
            )
        ),
        re.IGNORECASE,
    ),
)
# Who or what may be counted, in other words than the measure's own.
_COUNTED = (
    "people|persons?|residents?|patients?|adults?|carers?|clients?|users?|customers?|wom[ae]n|"
    "m[ae]n|child(?:ren)?|households?|cases?|admissions?|readmissions?|discharges?|referrals?|"
    "individuals?|members?|tenants?|callers?|learners?|deaths?|falls?|stays?|visits?|"
    "them|those|these|us|who|whom"
)
# What else has a number: time, places, bodies. The measure's own words are never among them.
_OTHERS = (
    *("second", "minute", "hour", "day", "night", "week", "fortnight", "month", "quarter", "year"),
    *("locality", "ward", "district", "county", "region", "provider", "team", "practice"),
    *("hospital", "organisation", "agency", "meeting", "workshop", "mile", "page"),
)
_BETWEEN = (
    r"(?:of (?:the|our|its|all|all the) )?"
    r"(?:(?:more|further|other|full|whole|working|calendar|consecutive|financial) )?"
)
# Words of a measure's name that say nothing of what it counts.
_SMALL = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "who",
        "whom",
        "their",
        "when",
        "from",
        "that",
        "this",
        "were",
        "was",
        "are",
        "has",
        "have",
        "been",
        "not",
        "all",
        "any",
        "within",
        "after",
        "before",
        "into",
        "more",
        "than",
        "over",
        "under",
        "each",
        "out",
        "per",
        "aged",
        "of",
        "in",
        "on",
        "at",
        "by",
        "to",
        "or",
    ]
)
# The past of a regular verb; no "need", "bed", "hundred".
_PAST = re.compile(r"(?!hundred)[a-z]{2,}[^e\W]ed")
_SENTENCE = re.compile(r"(?:[^.!?;\n]|[.]\d)+")
_AS_SHARE = re.compile(r" ?%| per ?cent\b")


class ToldNumber(NamedTuple):
    """A number that is held back, with the words of its measure: its name, unit, what is counted.

    Of what these words name a number is never another thing: of "days late" tells "5 days".
    """

    number: Decimal
    measure: str = ""


def tellings(text: str, told: ToldNumber) -> list[re.Match[str]]:
    """Where the text tells the number, in any way that people write it."""
    matches = list(_pattern(told.number).finditer(text))
    if not matches:
        return []
    never = plainly_others(text)
    counted = _counted(told.measure)
    directly, another = re.compile(rf"[ -](?:{counted})\b", re.IGNORECASE), _another(told, counted)
    picked = re.compile(
        rf" of (?:the|our|its|their) (?!(?:[\w-]+ ){{0,2}}(?:{counted})\b)\w", re.IGNORECASE
    )
    return [
        match
        for match in matches
        if directly.match(text, match.end())
        or not (
            any(start <= match.start() and match.end() <= end for start, end in never)
            or another.match(text, match.end())
            or (match[0].lower() == "one" and picked.match(text, match.end()))
            or ("£" not in told.measure and text[: match.start()].endswith("£"))
            or ("%" not in told.measure and _AS_SHARE.match(text, match.end()))
        )
    ]


def plainly_others(text: str) -> list[tuple[int, int]]:
    """Where the text has a date, a numbered thing or what else is never a figure."""
    return [match.span() for others in _NEVER for match in others.finditer(text)]


def small_numbers_beside(text: str, measure: str) -> list[re.Match[str]]:
    """Where a sentence that names the measure has a number of 1 to 9, which may be its figure."""
    spans = sentences_naming(text, measure)
    if not spans:
        return []
    starts = [start for start, _ in spans]
    # The text is read once for each number, however many sentences name the measure.
    matches = []
    for number in range(1, len(LETTERS) - 1):
        for match in tellings(text, ToldNumber(Decimal(number), measure)):
            place = bisect_right(starts, match.start()) - 1
            if place >= 0 and match.start() < spans[place][1]:
                matches.append(match)
    return sorted(matches, key=lambda match: match.start())


def sentences_naming(text: str, measure: str) -> list[tuple[int, int]]:
    """Where the sentences are that name the measure.

    A sentence names it with two words of the measure's own, with the only one, or with its verb:
    of "People bridged" with "bridged", "bridge" or "bridging".
    """
    own = _own_words(measure)
    if not own:
        return []
    verbs = {form for word in own for form in _forms(word)}
    spans = []
    for sentence in _SENTENCE.finditer(text):
        written = re.findall(r"[a-z]{3,}", sentence[0].lower())
        nouns = {singular(word) for word in written}
        if len(own & nouns) >= min(2, len(own)) or not verbs.isdisjoint(written):
            spans.append(sentence.span())
    return spans


def _forms(word: str) -> set[str]:
    """The forms of a verb that a measure's name has in the past, "bridged"; none of other words."""
    if not _PAST.fullmatch(word):
        return set()
    stem = word[:-2]
    stems = {stem, stem[:-1]} if stem[-1] == stem[-2] else {stem}
    if stem.endswith("i"):
        stems.add(f"{stem[:-1]}y")
    return {word} | {f"{short}{end}" for short in stems for end in ("", "e", "s", "es", "ing")}


def without_numbers(text: str, numbers: Iterable[ToldNumber]) -> str:
    """The text with words in place of these numbers, where it tells them."""
    for told in numbers:
        for match in reversed(tellings(text, told)):
            text = f"{text[: match.start()]}{HELD_BACK}{text[match.end() :]}"
    return text


def is_of_another(text: str, match: re.Match[str], told: ToldNumber) -> bool:
    """Whether a number in the text counts what the measure does not: "two days", "£3"."""
    another = _another(told, _counted(told.measure))
    if "£" not in told.measure and text[: match.start()].endswith("£"):
        return True
    return bool(another.match(text, match.end()))


def _pattern(number: Decimal) -> re.Pattern[str]:
    plain = f"{number.normalize():f}"
    forms = {re.escape(plain), re.escape(f"{Decimal(plain):,f}")}
    if "." in plain:
        forms.add(re.escape(plain.replace(".", ",")))
    if not number:
        forms.add("nought")
    if plain.isdecimal() and int(plain) < len(LETTERS):
        forms.add(LETTERS[int(plain)])
    return re.compile(rf"(?<![\w.,])(?:{'|'.join(sorted(forms))})(?!\w|[.,]\d)", re.IGNORECASE)


def _own_words(measure: str) -> set[str]:
    """What a measure's words name, each of one."""
    named = set(re.findall(r"[a-z]{3,}", measure.lower())) - _SMALL
    return {singular(noun) for noun in named}


def _counted(measure: str) -> str:
    own = (f"{_several(word)}|{word}" for word in sorted(_own_words(measure)))
    return "|".join((_COUNTED, *own))


def _several(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2] not in "aeiou" else f"{word}s"


def _another(told: ToldNumber, counted: str) -> re.Pattern[str]:
    """What follows a number of something that the measure does not count.

    Of more than one it is a plural, or joined ("2-week"): in "5 hospital beds" it would be none.
    One of it stands before a word that goes on with the sentence, or at an end.
    """
    nouns = [noun for noun in _OTHERS if noun not in _own_words(told.measure)]
    if not nouns:
        return re.compile(r"(?!)")
    several, single = "|".join(map(_several, nouns)), "|".join(nouns)
    end = rf"\b(?!['’]|[ -](?:{counted})\b)"
    forms = [rf"[ -]{_BETWEEN}(?:{several}){end}", rf"-(?:{single}){end}"]
    if told.number == 1:
        goes_on = "in|of|is|was|has|had|and|or|that|which|to|for|at|on|by|with|later|after|before"
        forms.append(rf" {_BETWEEN}(?:{single})(?= (?:{goes_on})\b|[.,;:)]|$)")
    return re.compile("|".join(forms), re.IGNORECASE)
