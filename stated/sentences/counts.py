"""A number with its noun against the measure that counts that noun."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bcfportal.lib.figures import figure as in_words
from bcfportal.lib.text.numbers_in_words import Number
from stated.rules import Qualifier, Range, Stated, meant
from stated.sentences.measure_names import SMALL_WORDS, Named, named, root, same
from stated.sentences.reading import Sentence, Slip, qualifier_before, read_sentences, words_of
from stated.sentences.tenses import is_past


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


_WORD = re.compile(r"[A-Za-z&][A-Za-z’'&]*")
# Where what is said of one number ends: the next clause is about something else.
_ENDS = re.compile(
    r"[;()]|: | [–—-] |(?<!\d), |,(?= )| (?:and|but|while|whereas|although)(?= (?:(?:a|the|another"
    r"|about|over|nearly|only|just|of|further) )*(?:£?\d|[a-z]+ (?:was|were|is|are|has|had)\b"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|a hundred)\b))",
    re.IGNORECASE,
)
# Another time, place, group or kind of number: not the result of the period.
_ELSE = re.compile(
    r"\b(?:last|previous\w*|prior|earlier|formerly|next|coming|tomorrow|typical\w*|usual\w*"
    r"|normal\w*"
    r"|target\w*|plan(?:s|ned|ning)?|expect\w*|intend\w*|aim\w*|hop(?:e|es|ed|ing)|will|would"
    r"|could|should|may|might|shall|anticipat\w+|forecast\w*|project(?:ed|ions?)|capacity|propos\w+"
    r"|budget\w*|allocat\w+|ambition|goal|profile[ds]?|trajectory|going to|due|to be|want\w*"
    r"|per|each|every|a (?:day|week|month|year)|an hour|weekly|monthly|daily|annual\w*|yearly"
    r"|average"
    r"|typically|whom|of (?:these|them|those|which)|includ\w+|another|other|others|elsewhere|alone"
    r"|only in|neighbouring|nearby|adjoining|sister|national\w*|England|region\w*|county-wide"
    r"|so far|to date|cumulative\w*|since|waiting|remain\w*|not|no longer|without|declined|refused"
    r"|unable|told|said|felt|feel|rated|complain\w*|prais\w+|repl(?:y|ied|ies)|respon[ds]\w*"
    r"|survey\w*"
    r"|eligible|invited|offered|new|newly|additional|extra|further|more than (?:once|one)|twice"
    r"|left|joined|recruited|appointed|leavers?|joiners?|as a whole|whole year|full year|half year"
    r"|year|years|between|from|compared|than|fewer|less|more|short|instead|if|had (?:been|the|we"
    r"|it|they)|sample"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|weekends?|overnight|nights?|mornings?"
    r"|first (?:week|month|day)|(?:week|month|day)s?)\b"
    r"|\b(?:19|20)\d\d\b|\bQ[1-4]\b",
    re.IGNORECASE,
)
# What is told of these is of all: "in the year", "by the falls team".
_HARMLESS = re.compile(
    r"\b(?:by the end of (?:the|this) (?:quarter|period|month)|at the end of (?:the"
    r"|this) (?:quarter"
    r"|period|month|year)|(?:in|during|over|for|across|within) (?:the|this) (?:quarter|period|month"
    r"|year|reporting period|three months)|this (?:quarter|period|month|time of year)|time of year"
    r"|between [A-Z][a-z]+ and [A-Z][a-z]+|(?:from|to) [A-Z][a-z]+ to [A-Z][a-z]+)\b"
)
_CHANGE = (
    r"(?:rose|risen|fell|fallen|increased?|decreased?|reduced|up|down|grew|grown|dropped|cut"
    r"|change\w*"
    r"|higher|lower|went) by"
)
_CHANGED_BY = re.compile(rf"\b{_CHANGE}\b", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?i:in|at|from|for|within|across|covering|of|near|around) (?:the )?(?P<place>[A-Z][a-z]{2,}"
    r"(?:[ -][A-Z][a-z]+)*)|(?P<whose>[A-Z][a-z]+[’']s?) "
)
_TIMES = words_of(
    "january february march april may june july august september october november december monday"
    " tuesday wednesday thursday friday saturday sunday quarter"
)
_MONTHS_APART = re.compile(
    r"\b(?:in|during|for|since|by) (?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b(?! (?:to|and) )"
)
_OF_THEM = re.compile(r"^(?:of|from|out of|among) (?:the|these|those|our|all)\b", re.IGNORECASE)
_FURTHER = re.compile(
    r"\b(?:a further|further|another|an (?:additional|extra)|additional|extra|other|remaining|first"
    r"|last|some|in|out of|of the|from|of these|of those|to|or) $",
    re.IGNORECASE,
)
_QUALIFIED = re.compile(
    r"(?:(?:just |well |only |slightly |a little |some )*(?:more than|less than|fewer than"
    r"|no more than"
    r"|no fewer than|no less than|not less than|at least|up to|about|around|approximately|over"
    r"|nearly|almost|close to|under|above|below|in excess of|just|only|c\.?|circa|roughly|some)"
    r"|a total of"
    r"|in total|in all|altogether) ?$",
    re.IGNORECASE,
)
# "Delayed days fell to 730", "spend came to £263,500", "carers given a break: 171".
_LINKS = re.compile(
    r"(?: (?:for|in|during|over|at the end of) (?:the|this) (?:quarter|period|month|year"
    r"|three months)"
    r"(?: as a whole)?)?(?: (?:now|also|again|therefore|in total|overall|alone|this quarter|has"
    r"|have"
    r"))*(?: (?:was|were|is|are|stood at|stands at|came to|comes to|totalled|totals?|amounted to"
    r"|amounts to|reached|numbered|fell to|rose to|dropped to|grew to|increased to|decreased to"
    r"|went up to|went down to|came down to|climbed to|improved to|been|of|at|averaged)|:"
    r"| ?[–—-]| ?="
    r"|,? (?:which|that) (?:was|were|came to))(?: only| just| still| now| a total of"
    r"| at)* (?:a total"
    r" of |the )?$",
    re.IGNORECASE,
)
_NARROWS = re.compile(
    r"^ (?:with|aged|over|under|whose|living|without|on|in (?:care|nursing|residential|hospital"
    r"|receipt|need)|who (?:are|were|live|have|had)|at risk|from|outside|below|above)\b",
    re.IGNORECASE,
)
# Behind the noun the sentence ends, or says when or by whom, or what was done.
_GOES_ON = re.compile(
    r" ?(?:$|[.,;:)–—-]|(?:in|during|this|over|across|by|at|within|for|with|on time)\b"
    r"|(?:that |who |which )?(?:have |has |had |are |is |were |was |been |being |all |now |also "
    r"|successfully )*(?P<verb>[a-z]+(?:ed|ing|en|n|ne|de|ld|ve)\b))",
    re.IGNORECASE,
)
_DONE = words_of(
    "completed made done carried undertaken delivered held recorded given provided received seen"
    " finished took taken achieved"
)
_ON = re.compile(
    r"^ ?[a-z ]{0,20}\b(?:on|for|towards) (?!the (?:period|quarter|whole)|track)", re.I
)
_ALL_OF_THEM = re.compile(r"\b(?:there (?:are|were)|we [a-z]+|a total of) $", re.IGNORECASE)
_NO_MORE = re.compile(r"[.;]?$|,? (?:in|this|during) (?:the |this )?quarter\b", re.IGNORECASE)
_FAR = 70


def counts_apart(text: str, measures: Sequence[Counted]) -> Iterator[Slip]:
    """The numbers of a text with the noun of a measure that are not the measure's.

    Only where the clause names the measure and says nothing of another time, place, part, target
    or change. Of two measures with one noun a number may be either's.
    """
    known = [(measure, named(measure.name, measure.unit)) for measure in measures]
    for sentence in read_sentences(text):
        if _OF_THEM.match(sentence.text):
            continue
        for number in sentence.figures:
            clause = _Clause(sentence, number)
            if number.out_of:
                continue
            of = [measure for measure, name in known if _counts(clause, measure, name)]
            if of and not any(_is_of(sentence, number, measure) for measure in of):
                measure = of[0]
                value = in_words(measure.value, measure.unit)
                yield Slip(
                    sentence.text,
                    number.written,
                    f"{measure.name}: {value}",
                    f"apart by {in_words(abs(number.number - measure.value), measure.unit)}",
                )


class _Clause:
    """A number with the words of its clause before and behind it."""

    def __init__(self, sentence: Sentence, number: Number) -> None:
        ends = [match.span() for match in _ENDS.finditer(sentence.text)]
        start = max((end for _, end in ends if end <= number.start), default=0)
        end = min((begin for begin, _ in ends if begin >= number.end), default=len(sentence.text))
        self.sentence, self.number = sentence, number
        self.start, self.end = start, end
        self.before, self.after = sentence.text[start : number.start], sentence.after(number)
        self.behind = sentence.text[number.end : end]

    @property
    def near_before(self) -> str:
        """The words before the number without "about", "over" and their like."""
        before = self.sentence.before(self.number)[-_FAR:]
        return _QUALIFIED.sub("", before)

    @property
    def terms(self) -> str:
        """What the clause says, with the clause that leads it or is cut off without a number."""
        lead = self.sentence.text[: self.start]
        has_other = any(number.end <= self.start for number in self.sentence.figures)
        terms = f"{_QUALIFIED.sub('', self.before)} {self.behind}"
        return terms if has_other else f"{lead} {terms}"

    def is_of_period(self, name: Named) -> bool:
        """Whether nothing says that it is of another time, part or place, or no result.

        What the measure's own name says turns nothing.
        """
        terms = _HARMLESS.sub("", self.terms)
        turns = (root(match[0].split()[-1]) for match in _ELSE.finditer(terms))
        if any(turn not in name.all for turn in turns) or _MONTHS_APART.search(terms):
            return False
        if _CHANGED_BY.search(terms):
            return False
        if _FURTHER.search(self.near_before) and not self._is_linked:
            return False
        if self.sentence.is_in_a_span(self.number):
            return False
        behind = self.sentence.text[self.end :][:40]
        return not re.match(
            r",? (?:of whom|all in|both in|in [A-Z]|last|a year|an? [a-z]+ (?:earlier|before)"
            r"|at a)",
            behind,
        )

    @property
    def _is_linked(self) -> bool:
        return bool(_LINKS.search(self.near_before))


def _counts(clause: _Clause, measure: Counted, name: Named) -> bool:
    """Whether the number stands with the measure's noun, as its unit does, and names the rest."""
    number = clause.number
    if number.is_share != (measure.unit == "%") or number.is_pounds != (measure.unit == "£"):
        return False
    if not name.nouns or _is_elsewhere(clause, measure) or not clause.is_of_period(name):
        return False
    if number.is_pounds:
        return _is_sum_of(clause, name)
    return _stands_before(clause, name) or _stands_behind(clause, name)


def _stands_before(clause: _Clause, name: Named) -> bool:
    """Whether the noun follows: "952 home visits", "88% of the visits"."""
    behind = clause.behind
    if clause.number.is_share:
        of = re.match(r" of (?:the |all |our |those )*", behind)
        if not of:
            return False
        behind = f" {behind[of.end() :]}"
    terms = list(_WORD.finditer(behind))[: len(name.nouns) + 2]
    if re.match(r" of\b", behind):
        return False
    for place in range(len(terms) - len(name.nouns) + 1):
        spoken = terms[place : place + len(name.nouns)]
        if all(same(word[0], noun) for word, noun in zip(spoken, name.nouns, strict=True)):
            end = spoken[-1].end()
            between = behind[: spoken[0].start()]
            if not re.fullmatch(r"[ -](?:[a-z’'-]+ ){0,2}", between) or re.search(
                r"\b(?:of|in|and|for|from|to|were|was|who|with|by|hours?|days?|weeks?)\b", between
            ):
                return False
            if place and len(name.nouns) == 1 and not name.rest:
                return False
            return _names_the_rest(clause, name, behind[end:])
    return False


def _names_the_rest(clause: _Clause, name: Named, following: str) -> bool:
    if not name.rest:
        if len(name.nouns) > 1 or clause.number.is_share:
            return not _NARROWS.match(following)
        before = _QUALIFIED.sub("", clause.sentence.before(clause.number))
        return bool(_ALL_OF_THEM.search(before) and _NO_MORE.match(following))
    next_words = {root(word) for word in _WORD.findall(following)[1:4]}
    if _NARROWS.match(following) and not next_words & {root(word) for word in name.rest}:
        return False
    if _is_of_another_verb(clause, name, following):
        return False
    if all(word in name.verbs for word in name.rest):
        # "15 assessments are overdue" are not those that were completed.
        goes_on = _GOES_ON.match(following)
        own = {root(word) for word in name.rest}
        verb = goes_on and goes_on["verb"]
        if not goes_on or (verb and root(verb) not in own and verb.lower() not in _DONE):
            return False
    return name.is_named_by(clause.terms)


def _is_of_another_verb(clause: _Clause, name: Named, following: str) -> bool:
    """Whether the people or things did something else: "12 people stopped using telecare"."""
    terms = _WORD.findall(following)
    if not terms:
        return False
    own = {root(word) for word in name.rest}
    if is_past(terms[0].lower()):
        if root(terms[0]) not in own:
            return terms[0].lower() not in _DONE
    elif not (root(terms[0]) in own and terms[0].lower().endswith("ing")):
        return False
    # "15 people using telecare moved": the verb that says which of them is not the last.
    leads = not _QUALIFIED.sub("", clause.before).strip()
    others = [word for word in terms[1:] if not (root(word) in own or word.lower() in SMALL_WORDS)]
    return leads and bool(others) and not _HARMLESS.search(following)


def _stands_behind(clause: _Clause, name: Named) -> bool:
    """Whether the measure's name leads to the number: "delayed days fell to 730"."""
    before = _QUALIFIED.sub("", clause.sentence.before(clause.number)[-200:])
    link = _LINKS.search(before)
    following = re.match(r" (?:per ?cent )?([a-z]+)", clause.behind)
    if not link or (following and re.match(r"[a-z]+s$|people|of", following[1])):
        return False
    said = re.split(r"[.;(),]|: ", before[: link.start()])[-1]
    return name.is_all_said_by(said)


def _is_sum_of(clause: _Clause, name: Named) -> bool:
    """Whether a sum is all of a measure's: "savings of £1.42m", "£203k was spent"."""
    if _ON.match(clause.behind) and not any(same(word, "on") for word in name.terms):
        return False
    before = clause.near_before
    terms = clause.terms
    if not name.is_named_by(terms, nouns_too=True):
        return False
    behind = re.match(
        r" (?:(?:was|were|has been|have been|had been|is|in total|in all) )*(?P<verb>[a-z]+)",
        clause.behind,
    )
    if behind and any(same(behind["verb"], noun) for noun in name.nouns):
        return True
    link = _LINKS.search(before)
    if not link:
        verb = re.search(r"\b(?P<verb>[a-z]+) $", before, re.IGNORECASE)
        return bool(verb and any(same(verb["verb"], noun) for noun in name.nouns))
    said = re.split(r"[.;(),]|: ", before[: link.start()])[-1]
    return any(same(word, noun) for word in _WORD.findall(said) for noun in name.nouns) and not any(
        word.lower() in ("on", "for") and "on" not in name.terms for word in _WORD.findall(said)
    )


def _is_elsewhere(clause: _Clause, measure: Counted) -> bool:
    """Whether the clause names a place that the measure's name does not."""
    for match in _PLACE.finditer(clause.terms):
        place = match["place"] or match["whose"].rstrip("’'s")
        known = [word for word in place.lower().split() if word in _TIMES]
        if not known and place.lower() not in measure.name.lower():
            return True
    return False


def _is_of(sentence: Sentence, number: Number, measure: Counted) -> bool:
    """Whether the number can be the measure's result, or another number of it."""
    known = (measure.value, *measure.others)
    qualifier = qualifier_before(sentence.text, number)
    said = sentence.meaning(number)
    if qualifier in (Qualifier.OVER, Qualifier.AT_LEAST):
        # "Over 300" of 312; not of a target that nobody speaks of.
        known = (measure.value,)
    return any(value >= 0 and said.meets(_can_be(measure, value)) for value in known)


def _can_be(measure: Counted, value: Decimal) -> Range:
    """A value, rounded to its last place: nothing of a count was rounded."""
    step = Decimal(0)
    if measure.unit == "%" or measure.decimals:
        step = Decimal(1).scaleb(-measure.decimals)
    return meant(Stated(value, step))
