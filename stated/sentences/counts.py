"""A number with its noun against the measure that counts that noun."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bcfportal.lib.figures import figure as in_words
from bcfportal.lib.sentences import singular
from bcfportal.lib.text.numbers_in_words import Number
from bcfportal.lib.text.told_numbers import sentences_naming
from stated.rules import Stated, agree
from stated.sentences.reading import Slip, figures_in, qualifier_before, sentences_in


@dataclass(frozen=True)
class Counted:
    """A measure with its result of the period that a text is about.

    ``others`` are numbers that the text may give of it as well: targets, earlier results, the
    numerator and the denominator.
    """

    name: str
    value: Decimal
    unit: str = ""
    decimals: int = 0
    others: frozenset[Decimal] = frozenset()


_NUMBER_OF = re.compile(
    r"^(?:the )?(?:total )?(?:number|no\.|count|percentage|per ?cent|proportion|share|rate|%)"
    r"(?: \(?%\)?)? of (?:the )?",
    re.IGNORECASE,
)
# Another time, a part, or what has changed: not the result of the period.
_OTHERWISE = re.compile(
    r"\b(?:last|previous\w*|earlier|compared|target\w*|plan\w*|expect\w*|will|would|could|should|by"
    r" the end|next|aim\w*|capacity|up to|further|additional\w*|more|fewer|less|than|increase\w*"
    r"|decrease\w*|reduc\w+|rose|rise|fell|fall|since|so far|to date|cumulative\w*|per|each|every"
    r"|week\w*|month\w*|monthly|day|daily|average|of whom|of these|of them|of which|includ\w+"
    r"|another|other|new|first|Q[1-4]|quarter [1-4]|(?:19|20)\d\d|January|February|March|April|June"
    r"|July|August|September|October|November|December|national\w*|England|region\w*|from|between"
    r"|waiting|remain\w*|not|no|without|declined|only [a-z]+ of|told|said|felt|feel|report\w* that"
    r"|rated|complain\w*|prais\w+|repl(?:y|ied)|survey\w*|respon\w+)\b",
    re.IGNORECASE,
)
_BEFORE_NOUN = re.compile(r"(?:[ -](?!of\b)[A-Za-z’'-]+){0,2}?[ -]$")
_OF_NOUN = re.compile(r" of (?:the |all |our )?(?:[A-Za-z’'-]+ ){0,2}$")
# "Nine in ten of the assessments".
_IN_SO_MANY = re.compile(r"\b(?:in|out of) $")
# A measure of one word, "Hosts", is counted where the sentence counts all of them: "there are 40
# hosts." Of "four hosts are in training" it says nothing.
_ALL_OF_THEM = re.compile(r"\b(?:there (?:are|were)|we [a-z]+|a total of) $", re.IGNORECASE)
_NO_MORE = re.compile(r"[.;]?$|,? (?:in|this|during) (?:the |this )?quarter\b", re.IGNORECASE)


def counts_apart(text: str, measures: Sequence[Counted]) -> Iterator[Slip]:
    """The numbers of a text with the noun of a measure that are not the measure's.

    Only where the sentence names the measure and says nothing of another time, a part, a target
    or a change. Of two measures with one noun a number may be either's.
    """
    for sentence in sentences_in(text):
        if _OTHERWISE.search(sentence):
            continue
        named = [measure for measure in measures if _names(sentence, measure)]
        if not named:
            continue
        for number in figures_in(sentence):
            of = [measure for measure in named if _counts(sentence, number, measure)]
            if of and not any(_is_of(sentence, number, measure) for measure in of):
                measure = of[0]
                value = in_words(measure.value, measure.unit)
                yield Slip(
                    sentence,
                    number.written,
                    f"{measure.name}: {value}",
                    f"apart by {in_words(abs(number.number - measure.value), measure.unit)}",
                )


def _names(sentence: str, measure: Counted) -> bool:
    return bool(sentences_naming(sentence, _counted(measure)))


def _counted(measure: Counted) -> str:
    """The measure's name without "number of" or "% of"."""
    return _NUMBER_OF.sub("", measure.name.strip())


def _head(measure: Counted) -> str:
    """The first noun of what it counts: "people" of "people seen by a nurse"."""
    words = re.findall(r"[A-Za-z’'-]+", _counted(measure).lower())
    return singular(words[0]) if words else ""


def _counts(sentence: str, number: Number, measure: Counted) -> bool:
    """Whether the number stands before the measure's noun, as its unit does."""
    if number.is_share != (measure.unit == "%") or number.is_pounds != (measure.unit == "£"):
        return False
    before, after = sentence[: number.start], sentence[number.end :]
    if _IN_SO_MANY.search(before):
        return False
    between = _OF_NOUN if number.is_share else _BEFORE_NOUN
    for word in list(re.finditer(r"[A-Za-z’'-]+", after))[:4]:
        if singular(word[0].lower()) == _head(measure):
            if " " not in _counted(measure) and not number.is_share:
                all_of_them = _ALL_OF_THEM.search(before) and _NO_MORE.match(after[word.end() :])
                return bool(all_of_them and between.fullmatch(after[: word.start()]))
            return bool(between.fullmatch(after[: word.start()]))
    return False


def _is_of(sentence: str, number: Number, measure: Counted) -> bool:
    """Whether the number can be the measure's result, or another number of it."""
    said = Stated(
        number.number,
        number.step if number.is_share or number.has_decimals or number.step > 1 else Decimal(0),
        qualifier_before(sentence, number),
    )
    known = (measure.value, *measure.others)
    return any(value >= 0 and agree(said, Stated(value, _step(measure, value))) for value in known)


def _step(measure: Counted, value: Decimal) -> Decimal:
    """The last place of a value: nothing of a count was rounded."""
    if measure.unit == "%" or measure.decimals:
        return Decimal(1).scaleb(-measure.decimals)
    return Decimal(0)
