"""A page, paragraph, table or appendix that a text points to and its paper does not have."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from stated.sentences.reading import Slip, sentences_in

KINDS = (
    *("page", "paragraph", "section", "table", "figure", "chart", "graph", "appendix", "annex"),
    *("item", "box", "map", "diagram", "chapter", "recommendation"),
)
_SHORT = {
    **dict.fromkeys(("p", "pp", "pg", "pgs"), "page"),
    **dict.fromkeys(("para", "paras"), "paragraph"),
    **dict.fromkeys(("app", "apps"), "appendix"),
    **dict.fromkeys(("fig", "figs"), "figure"),
    **dict.fromkeys(("sec", "sect"), "section"),
    "appendices": "appendix",
    "annexes": "annex",
    "boxes": "box",
}
_ONE = r"(?:\d{1,3}(?:\.\d{1,2}){0,3}[a-z]?|(?-i:[A-Z])\d{0,2})(?![\w%]|\.\d)"
_AND = r"(?: ?, ?(?:and |or |& ?)?| and | or | ?& ?)"
_TO = r"(?: to | through | ?[–-] ?)"
_POINTS = re.compile(
    rf"(?<![\w-])(?P<kind>{'|'.join(KINDS)}|{'|'.join(_SHORT)})s?\.? ?"
    rf"(?P<numbers>{_ONE}(?:(?:{_AND}|{_TO}){_ONE}(?! (?:of which|other|[a-z]+s\b)))*)"
    # "The round table 12 months ago".
    r"(?! (?:hours?|days?|weeks?|months?|years?|people|times)\b)",
    re.IGNORECASE,
)
# Sections of acts that councils name without the act.
_ACTS = frozenset(("17", "21", "28", "42", "47", "75", "76", "106", "113", "114", "117", "151"))
_ACTS |= {"136", "251", "256", "28A", "28a"}
_PAPER = (
    r"(?:guidance|acts?|strateg(?:y|ies)|plans?|polic(?:y|ies)|minutes|contracts?|agreements?"
    r"|regulations|frameworks?|codes?|letters?|bulletin|circular|handbook|manual|toolkit"
    r"|requirements"
    r"|specification|protocol|standards?|assessment|needs assessment|JSNA|review|reports?|papers?"
    r"|statement|prospectus|return|template|submission|workbook|spreadsheet|annual accounts"
    r"|accounts"
    r"|newsletter|evaluation|study|inquiry|constitution|charter|concordat|white paper|green paper"
    r"|publication|book|booklet|leaflet|guide|policy framework|memorandum|schedule|tender|bid"
    r"|business case|website|presentation|slides|pack|agenda|budget book|statutory instrument)"
)
_THIS = r"(?:this|our|the present)(?: [a-z]+)?"
_OF_THIS = re.compile(
    rf"^\)? (?:of|in|to|from) (?:{_THIS} (?:paper|report|document|return|plan|update)"
    r"|the (?:paper|report|document)(?! (?:of|to|from|on|by|for|dated|which|that|presented"
    r"|considered"
    r"|published|submitted|approved|taken|issued)\b))",
    re.IGNORECASE,
)
# "Page 12 of the Care Act guidance", "Appendix F to the contract", "table 2 in the JSNA".
_OF_OTHER = re.compile(
    r"^\)?,? (?:of|to|from) (?:the|its|their|that|those|an?|our|his|her|each|last|[A-Z])"
    rf"|^\)?,? (?:in|within|on) (?:(?:the|its|their|that|an?|last"
    rf"|[A-Z][\w’'-]*)[^.;:()]{{0,60}}? )?"
    rf"{_PAPER}\b"
    r"|^,? ?(?:Schedule|Act\b|Regulations\b|of Schedule)"
    r"|^ (?:agreements?|funding|pooled|aftercare|enquir(?:y|ies)|officer)\b",
)
# "The national strategy, page 31", "the inspector's letter, at paragraph 61", "(Guidance, p. 3)".
_OTHER_BEFORE = re.compile(
    rf"(?P<whose>(?:\b[\w’'/&-]+ ){{0,5}})\b{_PAPER}(?: (?:of|to|from|by|on|for|presented|published"
    rf"|submitted|considered|agreed|issued|dated|received|approved|taken)(?: [\w’']+){{1,4}}"
    rf"| \(?20\d\d(?:[-/–]\d\d"
    r"(?:\d\d)?)?\)?| for 20\d\d(?:[-/–]\d\d)?)?,? ?\(?(?:see |at |in |on |under |as |cf\.? "
    r"|(?:table|page|paragraph|section|figure|p\.|pp\.|para\.?) [\d.]+(?:,| and| on)? ?(?:on )?)*$",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:this|our|attached|enclosed|appended) (?:[\w’'-]+ ){0,3}$", re.IGNORECASE)
_DETERMINED = re.compile(
    r"\b(?:the|its|their|that|an?|last|previous|earlier|each|his|her|[A-Z][\w/&]*|[\w’']+[’']s?|NHS"
    r"|national|statutory|local|\d[\d/–-]+) ",
)
# "Went to the December meeting as Appendix F".
_ELSEWHERE = re.compile(
    r"\b(?:went|came|presented|submitted|taken|reported|circulated|given|sent|considered|tabled"
    r"|published|appeared)\b[^.;]{0,60}\b(?:meeting|board|committee|cabinet|council|minutes|report)"
    r"\b[^.;,]{0,30}\b(?:as|in|at) $",
    re.IGNORECASE,
)
# "The assessment (see page 14)" may be described there; guidance is not.
_LAID_DOWN = re.compile(
    r"\b(?:guidance|act|regulations|code|letter|minutes|paper|JSNA|contract|manual|handbook|toolkit"
    r"|strategy|requirements|agreement|framework)(?: 20\d\d)? \(see $",
    re.IGNORECASE,
)
_ATTACHED = ("appendix", "annex")
_SAYS_ELSE = re.compile(r"\b(?:ibid|op\. ?cit)", re.IGNORECASE)


class Reference(NamedTuple):
    """What a sentence points to: "page", "12", and where it says so."""

    kind: str
    number: str
    start: int
    end: int


def references_missing(text: str, held: Mapping[str, Collection[str]]) -> Iterator[Slip]:
    """What a text points to by number and its paper has not.

    ``held`` gives, for a kind ("page", "table"), the numbers that the paper has, as it prints
    them; a kind that is not there is not looked for. What a text says is of another paper is left.
    """
    for sentence in sentences_in(text):
        for kind, number, start, end in _pointed_to(sentence):
            numbers = held.get(kind)
            if numbers is None or number in numbers or number.upper() in numbers:
                continue
            if kind == "section" and number in _ACTS:
                continue
            if not _is_of_another(kind, sentence[:start], sentence[end:]):
                yield Slip(sentence, f"{kind} {number}", _held(kind, numbers), "not there")


def _is_of_another(kind: str, before: str, after: str) -> bool:
    """Whether the words round a reference say that it is to another paper."""
    if _OF_THIS.match(after):
        return False
    if _OF_OTHER.match(after) or _SAYS_ELSE.search(after):
        return True
    near = before[-120:]
    if kind in _ATTACHED:
        # "The strategy (Appendix B)" and "is attached as Appendix B" are the paper's own.
        if _ELSEWHERE.search(near):
            return True
        near = "" if near.endswith(("(", "as ")) else near
    other = _OTHER_BEFORE.search(near)
    if not other or (near.endswith("(see ") and not _LAID_DOWN.search(near)):
        return False
    whose = near[: other.start("whose")] + other["whose"]
    return bool(_DETERMINED.search(f"{whose[-60:]}")) and not _OWN.search(whose[-40:])


def _pointed_to(sentence: str) -> Iterator[Reference]:
    for match in _POINTS.finditer(sentence):
        word = match["kind"].lower()
        kind = _SHORT.get(word, word)
        if word in ("p", "pp", "pg") and match["kind"].isupper():
            continue
        # Of "pages 5 to 8" the ends are held against the paper.
        for number in re.findall(_ONE, match["numbers"], re.IGNORECASE):
            yield Reference(kind, number, match.start(), match.end())


def _held(kind: str, numbers: Collection[str]) -> str:
    if not numbers:
        return f"the paper has no {kind}"
    return f"the paper has {kind} {', '.join(sorted(numbers, key=_order))}"


def _order(number: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in number.split(".")]
