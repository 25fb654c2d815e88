"""A per cent against the part and the whole that the same sentence gives."""

import re
from collections.abc import Iterator
from decimal import Decimal

from bcfportal.lib.figures import figure as in_words
from bcfportal.lib.text.numbers_in_words import Number
from stated.rules import Qualifier, Stated, agree
from stated.sentences.reading import Slip, figures_in, qualifier_before, sentences_in

_OF = r"(?: ?/ ?| (?:out )?of (?:the |all |our |those |these |its )?)"
_NOUN = r"(?:[ -][A-Za-z’'-]+){0,5}?"
# Between a part and its whole: "29 of 223", "29 people of the 223".
_PART_OF = re.compile(rf"{_OF}|{_NOUN}{_OF}", re.IGNORECASE)
# Between a whole that comes first and its part: "of the 223 homes visited, 29".
_WHOLE_FIRST = re.compile(
    r"(?:[ -][A-Za-z’'-]+){0,6}, (?:only |just |some |about |nearly )?", re.IGNORECASE
)
_OF_BEFORE = re.compile(
    r"\b(?:[Oo]f|[Ff]rom|[Oo]ut of) (?:the |all |our |these |those )?(?:total )?$"
)
# Between them and the share: the share says the same again.
_AGAIN = re.compile(
    r"(?:[ -][A-Za-z’'-]+){0,6}?"
    r"(?: ?\(|,? ?[–-] ?| ?= ?|:? |, (?:or |which is |that is |i\.e\. |equivalent to |equal to "
    r"|representing |making |a |an )?(?:(?:[a-z]+ ){0,3}(?:rate|share|proportion) of )?"
    r"| (?:is|are|was|were|or|makes|equals|giving|representing|equivalent to) )"
    r"(?:about |around |approximately |nearly |almost |over |under |just over |just under )?",
    re.IGNORECASE,
)
# "45% (27 of 54)", "45% (27) of the 54".
_OPENS = re.compile(r" ?\((?:or |i\.e\. )?")
_CLOSES_OF = re.compile(rf"{_NOUN}\){_NOUN}{_OF}", re.IGNORECASE)
# "29 people (13%) of the 223", "29, or 13%, of the 223".
_SHARE_INSIDE = re.compile(rf"{_NOUN} ?\(%\){_NOUN}{_OF}|{_NOUN},? (?:or )?%,?{_OF}", re.IGNORECASE)
_TURNS = re.compile(
    r"\b(?:and|but|while|whereas|compared|against|target|than|up from|down from|from|previous\w*"
    r"|last|with|plus|increase\w*|rise|rose|fell|reduc\w+|average|by|national\w*|whom|which)\b|;",
    re.IGNORECASE,
)
# The share has a whole of its own: "29 of 223 homes, 60% of the council's".
_OWN_WHOLE = re.compile(
    r"\)? (?:of|off|more|less|fewer|higher|lower|above|below|on|points?)\b", re.I
)


def shares_apart(text: str) -> Iterator[Slip]:
    """The per cents of a text that are not what the part and the whole beside them make.

    Rounding is no slip, nor what "about" or "over" allows (``stated.rules.agree``).
    """
    for sentence in sentences_in(text):
        numbers = figures_in(sentence)
        for part, whole, share in _beside(sentence, numbers):
            if not _is_so(sentence, part, whole, share):
                makes = in_words((part.number * 100 / whole.number).quantize(Decimal("0.1")), "%")
                yield Slip(
                    sentence,
                    share.written,
                    f"{part.written} of {whole.written}, which is {makes}",
                    f"{share.written} is said, {makes} is worked out",
                )


def _beside(sentence: str, numbers: list[Number]) -> Iterator[tuple[Number, Number, Number]]:
    """(part, whole, share) wherever three numbers stand as those of one statement."""
    for three in zip(numbers, numbers[1:], numbers[2:], strict=False):
        first, second, third = three
        one, two = sentence[first.end : second.start], sentence[second.end : third.start]
        shares = [number.is_share for number in three]
        if shares == [False, False, True] and _says_again(two, sentence[third.end :]):
            if _PART_OF.fullmatch(one):
                yield first, second, third
            elif _OF_BEFORE.search(sentence[: first.start]) and _WHOLE_FIRST.fullmatch(one):
                yield second, first, third
        elif shares == [True, False, False] and _OPENS.fullmatch(one):
            if _PART_OF.fullmatch(two) or _CLOSES_OF.fullmatch(two):
                yield second, third, first
        elif shares == [False, True, False] and _SHARE_INSIDE.fullmatch(f"{one}%{two}"):
            yield first, third, second


def _says_again(between: str, after: str) -> bool:
    return bool(
        _AGAIN.fullmatch(between) and not _TURNS.search(between) and not _OWN_WHOLE.match(after)
    )


def _is_so(sentence: str, part: Number, whole: Number, share: Number) -> bool:
    if not whole.number or part.is_pounds != whole.is_pounds:
        return True
    said = Stated(share.number, share.step, qualifier_before(sentence, share))
    vague = (qualifier_before(sentence, number) for number in (part, whole))
    word = next((word for word in vague if word != Qualifier.EXACT), Qualifier.EXACT)
    # A rounded amount, £1.2m of £4.8m, makes no exact share.
    rounded = part.is_pounds or part.has_decimals or whole.has_decimals or whole.step > 1
    word = Qualifier.ABOUT if word == Qualifier.EXACT and rounded else word
    return agree(said, Stated(part.number, Decimal(0), word, out_of=whole.number))
