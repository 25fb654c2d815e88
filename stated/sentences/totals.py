"""A total against the parts that the same sentence lists."""

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from bcfportal.lib.discrepancies import half_step
from bcfportal.lib.figures import figure as in_words
from bcfportal.lib.sums import sum_present
from bcfportal.lib.text.numbers_in_words import Number
from stated.rules import Qualifier, Range
from stated.sentences.listed_things import things_apart
from stated.sentences.reading import Sentence, Slip, read_sentences, words_of
from stated.sentences.tenses import is_past

# What announces all parts of a total: everything behind it belongs to the list.
_ANNOUNCES = re.compile(
    r": ?| ?[–—] ?| -{1,2} |,? (?:i\.?e\.?,?|that is|namely|viz\.?),? "
    r"|\b(?:made up of|comprising|comprised?|comprises|consisting of|consists of|composed of"
    r"|(?:split|divided|shared|apportioned) (?:into|between|across|among|as)|broken down (?:as|into"
    r"|by)|being|covering)(?: (?:follows|the following))?:? ",
    re.IGNORECASE,
)
# It says that its parts are in brackets behind their names.
_SPLIT = re.compile(
    r"\b(?:split|divided|shared|apportioned|made up|comprises?|comprising|consists?|consisting"
    r"|broken down|composed)\b|:",
    re.IGNORECASE,
)
# Some parts only, parts that may be counted twice, or what is no part.
_SOME = re.compile(
    r"\b(?:includ\w+|such as|for example|e\.g|of whom|of which|of these|of them|of those|among"
    r"|amongst|mainly|mostly|at least|largest|most of|principally|predominantly|notably|chiefly"
    r"|especially|particularly|largely|up from|down from|compared|compares|target|against|per|each"
    r"|every|than|as well as|in addition|respectively|previous\w*|last (?:year|quarter|month|time)"
    r"|so far|to date|both|overlap\w*|more than one|or more|joiners|leavers|left and|grew from"
    r"|rose from|fell from|from \d+ to|rounding|some of|net|between (?:£?\d)|twice)\b",
    re.IGNORECASE,
)
# Between one part and the next stands what joins them.
_JOINS = re.compile(r",|;|\band\b|\bplus\b|\+|&|\bwith\b|/", re.IGNORECASE)
_LAST_JOIN = re.compile(r"\b(?:and|plus)\b|&", re.IGNORECASE)
_REST = re.compile(
    r"\b(?:(?:the|an?) )?(?:other|remaining|remainder|rest|final|balance)\b(?: of)? ?$", re.I
)
_REST_AFTER = re.compile(
    r"\b(?:the )?(?:other|remaining|remainder|rest|final|balance)\b[a-z ,(]*$", re.IGNORECASE
)
# A list that follows its total without a word: "200 people, 85 in May, 65 in June and 60 in July".
_COMMA = re.compile(r"[^\d:;(.,]{1,90}[,;] (?:with )?", re.IGNORECASE)
_PLACED = re.compile(
    r"(?: [A-Za-z’'-]+){0,2}? (?P<word>in|from|at|to|on|by|through|via|for|during|with|under)\b",
    re.IGNORECASE,
)
_VERBS = words_of("were was are is have has had will went came left did can")
_SAYS_ALL = re.compile(r"\b(?:follows|following|outcomes?|accounted|all|breakdown)\b", re.I)
_ELSE_BEFORE = re.compile(
    r"\b(?:target|plan(?:ned)?|expect|need|hope for|aim for|last|previous|further|another"
    r"|additional|as well as|besides"
    r"|in addition to|compared with|than)(?: [a-z’']+){0,6} $"
    r"|\b(?:fell|rose|down|up|dropped|grew|went|increased|decreased|reduced|cut|grown|risen) to $",
    re.IGNORECASE,
)
_OF_OTHER = re.compile(
    r"\b(?:target|plan(?:ned)?|last|previous|compared with|than)(?: [a-z’']+){0,3} $", re.IGNORECASE
)
_IN_ALL = re.compile(
    r"(?:[ -][A-Za-z’'-]+){0,4} (?:in all|in total|altogether|overall|all told)\b", re.IGNORECASE
)
_TOTAL_OF = re.compile(
    r"(?:\b(?:(?:an?|the|combined|giving an?|making an?|overall|grand) (?:\w+ )?total (?:of|is|was)"
    r"|making|which makes|which gives|giving|totalling|adding up to|in total|altogether|in all|sum"
    r" of)|=) ?$",
    re.IGNORECASE,
)
# Parts that come to less than half of a total, or to twice as much, are parts of something else.
_NEAR = (Decimal("0.5"), Decimal("1.5"))
# Where no word says that they are all, they have to come nearer.
_NEARER = (Decimal("0.8"), Decimal("1.2"))
_MOST_PARTS = 30
_ALL = Decimal(100)


class Parts(NamedTuple):
    """A total and what is listed as its parts.

    ``only_over`` is set where the list need not be whole: then only too much is a slip.
    """

    total: Number
    parts: list[Number]
    near: tuple[Decimal, Decimal] = _NEAR
    only_over: bool = False


def totals_apart(text: str) -> Iterator[Slip]:
    """The totals of a text that the parts listed with them do not add up to.

    Only where the sentence says that the parts are all: behind a colon or a dash, in brackets,
    "made up of", with "the other" or "in all". Rounding is no slip, nor what "about" allows, and
    what may be meant of another figure of the sentence is left.
    """
    for sentence in read_sentences(text):
        yield from things_apart(sentence)
        said: set[int] = set()
        for listed in _listed(sentence):
            if listed.total.start in said:
                continue
            said.add(listed.total.start)
            if _can_be_parts(sentence, listed) and not _adds_up(sentence, listed):
                yield _slip(sentence, listed)


def _slip(sentence: Sentence, listed: Parts) -> Slip:
    total, parts = listed.total, listed.parts
    unit = "£" if total.is_pounds else "%" if total.is_share else ""
    added = _added(parts)
    return Slip(
        sentence.text,
        total.written,
        f"{' + '.join(part.written for part in parts)}, which is {in_words(added, unit)}",
        f"apart by {in_words(abs(total.number - added), unit)}",
    )


def _listed(sentence: Sentence) -> Iterator[Parts]:
    """A total with its parts, wherever a sentence lists all parts."""
    depths = _depths(sentence.text)
    outside = [
        number
        for number in sentence.figures
        # "All of them (100%)".
        if not depths[number.start] or (number.is_share and number.number == _ALL)
    ]
    yield from _in_brackets(sentence, depths)
    yield from _each_in_brackets(sentence, depths)
    for place, total in enumerate(outside):
        after = outside[place + 1 :]
        if after and (listed := _behind(sentence, total, after, depths)):
            yield listed
    for place, total in enumerate(outside):
        if listed := _summed(sentence, total, outside[:place], depths):
            yield listed


def _behind(
    sentence: Sentence, total: Number, after: list[Number], depths: list[int]
) -> Parts | None:
    """The parts that follow a total outside brackets."""
    terms = _outside(sentence, total.end, after[0].start, depths)
    announced = [*_ANNOUNCES.finditer(terms)]
    parts = _run(sentence, after, depths)
    if total.is_share and depths[total.start]:
        terms = terms.removeprefix(")")
    if len(parts) < 2 or _ELSE_BEFORE.search(sentence.before(total)):
        return None
    if _SOME.search(_outside(sentence, total.end, parts[-1].start, depths)):
        return None
    if announced:
        # Behind the announcement a name may come first: "St Anne's 244, Northgate 158".
        name = terms[announced[-1].end() :]
        if not re.search(r"[.;]", name) and len(name.split()) <= 6:
            return Parts(total, parts, only_over=_may_be_some(sentence, total, parts))
        return None
    rest = _REST.search(sentence.before(parts[-1])) or _REST_AFTER.search(
        sentence.between(parts[-2], parts[-1])
    )
    if rest and not re.search(r"[;.:]", terms):
        return Parts(total, parts, _NEAR)
    if len(parts) > 2 and _COMMA.fullmatch(terms) and _placed_alike(sentence, parts):
        of = re.search(r"\b[Oo]f (?:the |all |our |these )?$", sentence.before(total))
        return Parts(total, parts, _NEARER, only_over=bool(of))
    return None


def _may_be_some(sentence: Sentence, total: Number, parts: list[Number]) -> bool:
    """Whether the parts are told with verbs, so that some may be left: "two were upheld"."""
    says_all = _SAYS_ALL.search(sentence.between(total, parts[0]))
    terms = [sentence.after(part)[:60].split()[:3] for part in parts]
    with_verbs = any(is_past(word[0]) or not _VERBS.isdisjoint(word) for word in terms if word)
    return with_verbs and not says_all


def _placed_alike(sentence: Sentence, parts: list[Number]) -> bool:
    """Whether each part is of another place or time: "85 in May, 65 in June and 60 in July"."""
    terms = [_PLACED.match(sentence.after(part)) for part in parts]
    return len({match["word"].lower() if match else str(n) for n, match in enumerate(terms)}) == 1


def _in_brackets(sentence: Sentence, depths: list[int]) -> Iterator[Parts]:
    """The parts that are listed in brackets behind their total."""
    for start, end in _brackets(sentence.text, depths):
        inside = [number for number in sentence.figures if start < number.start < end]
        before = [
            number
            for number in sentence.figures
            if number.end <= start and depths[number.start] == depths[start] - 1
        ]
        said = sentence.text[start + 1 : end]
        if len(inside) < 2 or not before or _SOME.search(said):
            continue
        parts = _run(sentence, inside, depths)
        name = sentence.text[start + 1 : inside[0].start]
        if len(parts) != len(inside) or len(name.split()) > 5 or re.search(r"[;,]", name):
            continue
        total = before[-1]
        alike = [
            number
            for number in before
            if (number.is_pounds, number.is_share) == (parts[0].is_pounds, parts[0].is_share)
        ]
        added = _added(parts)
        near = [
            number
            for number in alike
            if _NEAR[0] * number.number <= added <= _NEAR[1] * number.number
        ]
        if alike:
            total = (near or alike)[-1]
        between = sentence.text[total.end : start]
        if not _SOME.search(between) and not _OF_OTHER.search(sentence.before(total)):
            yield Parts(total, parts)


def _each_in_brackets(sentence: Sentence, depths: list[int]) -> Iterator[Parts]:
    """The parts that stand in brackets, each behind its name."""
    alone: list[tuple[int, Number]] = []
    for start, end in _brackets(sentence.text, depths):
        inside = [number for number in sentence.figures if start < number.start < end]
        said = sentence.text[start + 1 : end]
        if len(inside) == 1 and len(said.split()) <= 4 and inside[0].start <= start + 2:
            alone.append((start, inside[0]))
    before = [number for number in sentence.figures if alone and number.end <= alone[0][0]]
    outside = [number for number in sentence.figures if not depths[number.start]]
    if len(alone) > 2 and not outside:
        # "The grant (£3.6m) is split between the north (£2m) and the south (£1.6m)."
        before = [alone.pop(0)[1]]
        if not _SPLIT.search(sentence.between(before[0], alone[0][1])):
            return
    elif len(alone) < 2 or len(before) != 1 or outside != before:
        return
    total, parts = before[0], [number for _, number in alone]
    terms = sentence.text[total.end : parts[-1].start]
    if _SOME.search(terms) or _ELSE_BEFORE.search(sentence.before(total)):
        return
    joined = all(
        _JOINS.search(sentence.between(first, second))
        and "." not in sentence.between(first, second)
        for first, second in itertools.pairwise(parts)
    )
    split = _SPLIT.search(sentence.text[total.end : parts[0].start])
    if joined and (split or len(parts) > 2):
        yield Parts(total, parts, _NEAR if split else _NEARER)


def _summed(
    sentence: Sentence, total: Number, before: list[Number], depths: list[int]
) -> Parts | None:
    """The parts that a total ends: "four nurses and three therapists, seven in all"."""
    says = _IN_ALL.match(sentence.text, total.end) or _TOTAL_OF.search(sentence.before(total)[-40:])
    if not says or len(before) < 2 or _TOTAL_OF.search(sentence.before(before[0])[-40:]):
        return None
    parts = _run(sentence, before, depths, to_the_end=True)
    if len(parts) != len(before) or _SOME.search(sentence.before(total)):
        return None
    return Parts(total, parts)


def _run(
    sentence: Sentence, numbers: Sequence[Number], depths: list[int], *, to_the_end: bool = False
) -> list[Number]:
    """The numbers that follow one another as items of one list; none where that is not plain."""
    parts = [numbers[0]]
    with_semicolons = False
    for place, number in enumerate(numbers[1:_MOST_PARTS], start=1):
        between = _outside(sentence, parts[-1].end, number.start, depths)
        if re.search(r"\.\s|[:(]|\s[–—-]\s", between):
            break
        with_semicolons = with_semicolons or (place == 1 and ";" in between)
        # Commas make a list of things, semicolons one of clauses: the first tells which it is.
        if ";" in between and not with_semicolons and not to_the_end:
            break
        if not _JOINS.search(between):
            # "50 from 3 homes": which of them is the part is not plain.
            return []
        if with_semicolons and ";" not in between:
            return []
        parts.append(number)
        if _LAST_JOIN.search(between) and not with_semicolons and not to_the_end:
            following = numbers[place + 1 :]
            if following and not _ends(sentence, number, following[0], depths):
                return []
            break
    return parts


def _ends(sentence: Sentence, last: Number, following: Number, depths: list[int]) -> bool:
    """Whether a list has ended before the figure that follows."""
    between = _outside(sentence, last.end, following.start, depths)
    return bool(re.search(r"[.;:]|\s[–—-]\s|, (?!and\b)", between))


def _can_be_parts(sentence: Sentence, listed: Parts) -> bool:
    """Whether they are of one kind and of a size to be the parts of the total."""
    total, parts = listed.total, listed.parts
    if any(part.is_pounds != total.is_pounds or part.is_share != total.is_share for part in parts):
        return False
    if total.is_share and total.number != _ALL:
        return False
    if any(part.number > total.number for part in parts):
        return False
    if any(sentence.qualifier(part) != Qualifier.EXACT for part in parts):
        return False
    if any(sentence.is_in_a_span(number) for number in (total, *parts)):
        return False
    if any(sentence.before(part).endswith(("-", "−")) for part in parts):
        return False
    added = _added(parts)
    return listed.near[0] * total.number <= added <= listed.near[1] * total.number


def _adds_up(sentence: Sentence, listed: Parts) -> bool:
    """Whether the parts can make the total, or another figure of the sentence before them."""
    added = _added(listed.parts)
    room = sum((_rounded(number) for number in listed.parts), Decimal(0))
    # A half is rounded up, so that not all parts and the total can be that far off together.
    can_be = Range(added - room, added + room, has_low=not room, has_high=not room)
    if listed.only_over and added - room <= listed.total.number:
        return True
    totals = [listed.total]
    totals += [
        number
        for number in sentence.figures
        if number not in listed.parts
        and (number.is_share, number.is_pounds) == (listed.total.is_share, listed.total.is_pounds)
    ]
    return any(_total_can_be(sentence, total).meets(can_be) for total in totals)


def _total_can_be(sentence: Sentence, total: Number) -> Range:
    if sentence.qualifier(total) != Qualifier.EXACT:
        return sentence.meaning(total)
    return Range(total.number - _rounded(total), total.number + _rounded(total))


def _added(parts: Sequence[Number]) -> Decimal:
    return sum_present(part.number for part in parts).total or Decimal(0)


def _rounded(number: Number) -> Decimal:
    """How far a number can be from what it was before it was rounded; what is counted is not."""
    rounded = number.has_decimals or number.step > 1 or number.is_share
    return number.step * half_step(0) if rounded else Decimal(0)


def _depths(text: str) -> list[int]:
    """How many brackets are open at each character."""
    depths, depth = [], 0
    for letter in text:
        depth += letter == "("
        depths.append(depth)
        depth -= letter == ")" and depth > 0
    return [*depths, depth]


def _brackets(text: str, depths: list[int]) -> Iterator[tuple[int, int]]:
    """Where the brackets of a text begin and end."""
    opened: list[int] = []
    for place, letter in enumerate(text):
        if letter == "(":
            opened.append(place)
        elif letter == ")" and opened:
            yield opened.pop(), place


def _outside(sentence: Sentence, start: int, end: int, depths: list[int]) -> str:
    """The words between two places, without what is in brackets that open between them."""
    depth = min(depths[start], depths[end])
    return "".join(
        letter
        for place, letter in enumerate(sentence.text[start:end], start=start)
        if depths[place] <= depth
    )
