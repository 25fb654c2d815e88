"""A share against the part and the whole that the same sentence gives."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from bcfportal.lib.figures import figure as in_words
from bcfportal.lib.text.numbers_in_words import Number
from stated.rules import Range
from stated.sentences.reading import Sentence, Slip, read_sentences
from stated.sentences.tenses import is_past

# Words of a noun with what belongs to it; none of them begins or ends a clause.
_NOUN = r"(?:[ -][A-Za-z’'&/-]+){0,8}?"
_ALL = (
    r"(?:a (?:possible |potential )?total (?:of )?|the |all |our |those |these |its |their |an? )*"
    r"(?:(?<=the )[a-z]+ )?"
)
_NEAR = (
    r"(?:(?:just |only |some |well |a little |slightly )*(?:about |around |approximately "
    r"|approx\.? "
    r"|roughly |nearly |almost |close to |over |under |more than |less than |at least |c\.? ?"
    r"|circa "
    r")?)"
)
_OF = rf"(?: ?/ ?| (?:out )?of {_ALL})"
# Between a part and its whole: "29 of 223", "29 people of the 223", "96 replies from 640".
_PART_OF = re.compile(
    rf"{_NOUN}{_OF}{_NEAR}"
    rf"|{_NOUN} (?:replies|responses|answers|returns|forms|received|returned|drawn) from {_ALL}"
    rf"|{_NOUN} (?:against|from) (?:a |an |the |its )?(?:[a-z]+ )?(?:budget|allocation|capacity"
    rf"|grant|total|pool|cohort|caseload|group|list|sample)(?: of)? ",
    re.IGNORECASE,
)
# Of a group that was named before: "of whom 42", "131 of them".
_OF_GROUP = r"(?:of|from|among|amongst) (?:whom|which|these|those|them)"
_GROUP_BEFORE = re.compile(rf"\b{_OF_GROUP},? {_NEAR}$", re.IGNORECASE)
_GROUP_AFTER = re.compile(rf"{_NOUN} {_OF_GROUP}\b", re.IGNORECASE)
# The whole of a sentence or clause comes first: "Of the 223 homes visited, 29".
_WHOLE_FIRST = re.compile(
    rf"(?:^|[.;:(] ?|[–—-] |, |\b(?:and|but|that) )(?:out of|of|from|among) {_ALL}{_NEAR}"
    r"(?:[a-z]+ )?$",
    re.IGNORECASE,
)
_RATE = r"(?:rate|share|proportion|percentage|level|ratio|uptake|take-up)"
# What says that a share is the same again, just before it.
_AGAIN = re.compile(
    r"(?P<mark>\(|,? [–—-] | ?= ?|: |[,;] |\b(?:is|are|was|were|or|makes|equals|giving|making"
    r"|representing|equivalent to|equal to|equating to) )"
    r"(?P<lead>(?:or|i\.?e\.?,?|that is|that was|this is|which is|which was|which makes"
    r"|which represents|which equates to|equal to|equivalent to|equating to|representing|making"
    r"|giving|equals|being|just|only|an?|the|overall) )*"
    rf"(?P<rate>(?:[a-z-]+ ){{0,3}}{_RATE} (?:of|was|is) )?{_NEAR}$",
    re.IGNORECASE,
)
# A comma alone joins it only with one of these behind it.
_WEAK = re.compile(r"[,;] $")
# The share is of something else, or is not the result.
_ELSE_AFTER = re.compile(
    r"\)?(?: of (?!(?:the )?(?:total|all|them all|cases)\b)| (?:off|more|less|fewer|higher|lower"
    r"|above|below|points?|target|up on|down on|increase|decrease|rise|reduction|growth|last year"
    r"|previously|nationally)\b|[ -]percentage points?)",
    re.IGNORECASE,
)
_ELSE_BETWEEN = re.compile(
    r"\b(?:target|plan(?:ned)?|ambition|average[ds]?|national\w*|region\w*|England|compared|than"
    r"|against|versus|previous\w*|last year|up from|down from|increased?|decreased?|rise|rose|fell"
    r"|fall|reduction|reduced (?:by|from|to)|grew|growth)\b",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(r"\b(?:more|less|fewer) than $", re.IGNORECASE)
# A sentence that goes on about the group of the one before.
_OF_THE_GROUP = re.compile(r"(?:Out of|Of|From|Among) (?:these|those|them|which|whom)\b")
# Words that begin another statement before a share that stands in no brackets.
_TURNS = re.compile(r"\b(?:and|but|while|whereas|with|plus|whom|which)\b|[;:]", re.IGNORECASE)
# "390 calls - 351 of people at home (90%)": the whole ends a clause, its part begins the next.
_JOINED = re.compile(rf"(?: [–—-]|[,;:]| and) {_NEAR}$", re.IGNORECASE)
_SHORT = re.compile(r"(?:[ -][A-Za-z’'-]+){0,3} ?")
_CLOSES = re.compile(r"(?:[ -][A-Za-z’'-]+){0,3}?(?:\)|,| [–—-]|[.;]|$)")
_STANDS_ALONE = re.compile(r"[,.;)]|$| [–—-] | of (?:the )?(?:total|cases)\b")
_BEFORE_PART = re.compile(
    rf"(?P<mark> ?\(|,? [–—-] |, | ?= ?|: )(?:or |i\.?e\.?,? |that is,? |being )?{_NEAR}$",
    re.IGNORECASE,
)
_OF_WHOLE = re.compile(rf"{_OF}{_NEAR}", re.IGNORECASE)
_WHOLE_AFTER = re.compile(
    rf"{_NOUN}(?:\)|,| [–—-])?{_NOUN} (?:out of|of|from) {_ALL}{_NEAR}", re.IGNORECASE
)
_PART_IN_SHARE = re.compile(rf"{_NOUN}(?: ?\(|,? [–—-] |, )(?:or )?{_NEAR}", re.IGNORECASE)

_OR_MORE = re.compile(r" or (?:more|less|fewer|over|under|above|below|so)\b", re.IGNORECASE)
_TENTHS = 10

Claim = tuple[Number, Number, Number]


def shares_apart(text: str) -> Iterator[Slip]:
    """The shares of a text that are not what the part and the whole beside them make.

    Rounding is no slip, nor what "about" or "over" allows, nor a share that any other two
    figures of the sentence make: it may be theirs.
    """
    before = ""
    for alone in read_sentences(text):
        sentence = alone
        if before and _OF_THE_GROUP.match(alone.text):
            sentence = Sentence(f"{before} {alone.text}")
        before = alone.text
        said: set[int] = set()
        for part, whole, share in _claims(sentence):
            if share.start in said or _is_made(sentence, share):
                continue
            said.add(share.start)
            makes = in_words((part.number * 100 / whole.number).quantize(Decimal("0.1")), "%", 1)
            yield Slip(
                sentence.text,
                share.written,
                f"{part.written} of {whole.written}, which is {makes}",
                f"{share.written} is said, {makes} is worked out",
            )


def _claims(sentence: Sentence) -> Iterator[Claim]:
    """(part, whole, share) wherever a sentence says them of one thing."""
    for place, share in enumerate(sentence.figures):
        if not share.is_share or sentence.is_in_a_span(share):
            continue
        if _OR_MORE.match(sentence.after(share)):
            continue
        before, after = sentence.figures[:place], sentence.figures[place + 1 :]
        pair = (
            _pair_before(sentence, share, before)
            or _share_inside(sentence, share, before, after)
            or _pair_after(sentence, share, after)
        )
        if pair and _can_be(*pair):
            yield *pair, share


def _pair_before(
    sentence: Sentence, share: Number, before: list[Number]
) -> tuple[Number, Number] | None:
    """The part and the whole that a share says again."""
    again = _AGAIN.search(sentence.before(share)[-90:])
    if not before or before[-1].is_share or not again:
        return None
    if _ELSE_AFTER.match(sentence.after(share)):
        return None
    if _WEAK.fullmatch(again[0]) and not _STANDS_ALONE.match(sentence.after(share)):
        return None
    counts = [number for number in before if not number.is_share]
    terms = sentence.between(counts[-1], share).removesuffix(again[0])
    in_brackets = again["mark"] == "("
    if _ELSE_BETWEEN.search(terms) or (not in_brackets and _TURNS.search(terms)):
        return None
    if terms.count(")") > terms.count("("):
        # The figures stand in brackets of their own: "(45 of 90), 80%".
        return None
    if len(counts) > 1:
        first, second = counts[-2:]
        if _PART_OF.fullmatch(sentence.between(first, second)):
            return first, second
    part = counts[-1]
    wholes = [number for number in counts[:-1] if number.number >= part.number]
    if _GROUP_BEFORE.search(sentence.before(part)) or _GROUP_AFTER.match(sentence.after(part)):
        return (part, wholes[-1]) if wholes else None
    first_of = [
        number for number in counts[:-1] if _WHOLE_FIRST.search(sentence.before(number)[-60:])
    ]
    if first_of and not _WHOLE_FIRST.search(sentence.before(part)[-60:]):
        return part, first_of[-1]
    if in_brackets and len(counts) == 2 and _JOINED.search(sentence.between(*counts)):
        # "200 people and 50 carers (25%)": the carers may be all of another group.
        if wholes and _goes_on(sentence.between(*counts), terms):
            return part, wholes[-1]
        return None
    if again["rate"] and len(counts) == 2:
        return min(counts, key=_size), max(counts, key=_size)
    return None


def _pair_after(
    sentence: Sentence, share: Number, after: list[Number]
) -> tuple[Number, Number] | None:
    """The part and the whole behind a share: "45% (27 of 54)", "half of the 46 (17)"."""
    if len(after) < 2 or after[0].is_share or after[1].is_share:
        return None
    first, second = after[:2]
    said = _MORE_THAN.sub("", sentence.before(share)[-25:])
    if _ELSE_BETWEEN.search(said) or not _is_result(sentence, share):
        return None
    terms = sentence.between(share, first)
    opens = _BEFORE_PART.search(terms)
    if opens and not _ELSE_BETWEEN.search(terms) and not re.search(r"[;:)]", terms[:-2]):
        bracket = opens["mark"].strip() == "("
        closed = not bracket or _CLOSES.match(sentence.after(second))
        if (
            closed
            and (bracket or opens.start() == 0)
            and _PART_OF.fullmatch(sentence.between(first, second))
        ):
            return first, second
        if opens.start() == 0 and _WHOLE_AFTER.fullmatch(sentence.between(first, second)):
            return first, second
    closes = _OF_WHOLE.fullmatch(terms) and _CLOSES.match(sentence.after(second))
    if closes and _PART_IN_SHARE.fullmatch(sentence.between(first, second)):
        return second, first
    return None


def _share_inside(
    sentence: Sentence, share: Number, before: list[Number], after: list[Number]
) -> tuple[Number, Number] | None:
    """The part before a share and the whole behind it: "29 people (13%) of the 223"."""
    if not before or not after or before[-1].is_share or after[0].is_share:
        return None
    part, whole = before[-1], after[0]
    if not _PART_IN_SHARE.fullmatch(sentence.between(part, share)):
        return None
    between = sentence.between(share, whole)
    if between[:1] in "),–— " and _WHOLE_AFTER.fullmatch(between):
        # "29, 13% of the 223": the share stands before its own whole, and says so too.
        return part, whole
    return None


def _goes_on(joined: str, terms: str) -> bool:
    """Whether a part behind its whole is told with a verb or alone: "and 84 took it up (80%)"."""
    if not re.search(r"[^,] and [a-z ]*$", joined):
        return bool(_SHORT.fullmatch(terms))
    first = terms.split()[:1]
    return not first or first[0] in ("were", "was", "had", "took", "chose") or is_past(first[0])


def _is_result(sentence: Sentence, share: Number) -> bool:
    """Whether a share is no target, no change and nobody else's."""
    return not re.search(
        r"\b(?:by|from|than|target|averaged?|national|plan(?:ned)?|further|another|remaining)"
        r"(?: of| was| is)? $",
        _MORE_THAN.sub("", sentence.before(share)[-60:]),
        re.IGNORECASE,
    )


def _size(number: Number) -> Decimal:
    return number.number


def _can_be(part: Number, whole: Number) -> bool:
    return whole.number > 0 and part.number <= whole.number and part.is_pounds == whole.is_pounds


def _is_made(sentence: Sentence, share: Number) -> bool:
    """Whether any two figures of the sentence make the share, as they are written."""
    said = sentence.meaning(share)
    if any(_is_saying(sentence, part, whole, share) for part, whole in pairwise(sentence.counts)):
        return True
    meanings = [(number, sentence.meaning(number)) for number in sentence.counts]
    return any(
        said.meets(_share_of(part_can_be, whole_can_be))
        for part, part_can_be in meanings
        for whole, whole_can_be in meanings
        if part is not whole and _can_be(part, whole)
    )


def _is_saying(sentence: Sentence, part: Number, whole: Number, share: Number) -> bool:
    """Whether a share is near one that is said in tenths: "8 out of 10 people (82%)"."""
    if whole.number != _TENTHS or sentence.between(part, whole).strip() not in ("out of", "in"):
        return False
    return abs(share.number - part.number * _TENTHS) <= _TENTHS / 2


def _share_of(part: Range, whole: Range) -> Range:
    """The per cents that a part and a whole can make."""
    low = part.low * 100 / whole.high if part.low is not None and whole.high else None
    high = part.high * 100 / whole.low if part.high is not None and whole.low else None
    return Range(low, high, part.has_low and whole.has_high, part.has_high and whole.has_low)
