"""A page, paragraph, table or appendix that a text points to and its paper does not have."""

import re
from collections.abc import Collection, Iterator, Mapping

from stated.sentences.reading import Slip, sentences_in

KINDS = ("page", "paragraph", "section", "table", "figure", "chart", "appendix", "annex", "item")
_ONE = r"(?:\d{1,3}(?:\.\d{1,2}){0,3}[a-z]?|[A-Z])"
_POINTS = re.compile(
    rf"\b(?P<kind>{'|'.join(KINDS)})(?:e?s|ces)? (?P<first>{_ONE})\b(?!%)"
    rf"(?P<more>(?:(?:, | and | or | & | to |–|-){_ONE}\b)*)",
    re.IGNORECASE,
)
_SHORT = re.compile(r"\b(?P<kind>p|pp|para|paras|app)\.? ?(?P<first>\d{1,3}(?:\.\d{1,2})*)\b")
_LONG = {"p": "page", "pp": "page", "para": "paragraph", "paras": "paragraph", "app": "appendix"}
_PLURALS = {"appendice": "appendix", "appendix": "appendix"}
# Of another paper: "page 12 of the Care Act guidance", "the guidance, page 12".
_OF_THIS = re.compile(r"^ (?:of|in) (?:this|the) (?:paper|report|document)\b", re.IGNORECASE)
_OF_OTHER = re.compile(
    r"^(?:[^.;]{0,30}?)[ (](?:of|in|to|from) (?:the|its|their|that|an?|NHS|Government)\b"
    r"|^,? ?(?:Schedule|Act\b)",
    re.IGNORECASE,
)
_OTHER_BEFORE = re.compile(
    r"(?:guidance|act|strategy|plan|policy|minutes|contract|agreement|regulations|framework|code"
    r"|statutory instrument|previous (?:paper|report)|last (?:paper|report|year)[’'\w ]*),? \(?"
    r"(?:see |at |in |on )?$",
    re.IGNORECASE,
)


def references_missing(text: str, held: Mapping[str, Collection[str]]) -> Iterator[Slip]:
    """What a text points to by number and its paper has not.

    ``held`` gives, for a kind ("page", "table"), the numbers that the paper has, as it prints
    them; a kind that is not there is not looked for. What a text says is of another paper is left.
    """
    for sentence in sentences_in(text):
        for kind, number, start, end in _pointed_to(sentence):
            numbers = held.get(kind)
            if numbers is None or number in numbers:
                continue
            after, before = sentence[end:], sentence[:start]
            if not _OF_THIS.match(after) and (
                _OF_OTHER.match(after) or _OTHER_BEFORE.search(before)
            ):
                continue
            yield Slip(sentence, f"{kind} {number}", _held(kind, numbers), "not there")


def _pointed_to(sentence: str) -> Iterator[tuple[str, str, int, int]]:
    for match in _POINTS.finditer(sentence):
        kind = match["kind"].lower()
        # "Section a" is no name; a capital is.
        named = [match["first"], *re.findall(_ONE, match["more"])]
        for number in named:
            if number.isdigit() or "." in number or number.isupper() or number[:-1].isdigit():
                yield kind, number, match.start(), match.end()
    for match in _SHORT.finditer(sentence):
        yield _LONG[match["kind"]], match["first"], match.start(), match.end()


def _held(kind: str, numbers: Collection[str]) -> str:
    if not numbers:
        return f"the paper has no {kind}"
    return f"the paper has {kind} {', '.join(sorted(numbers, key=_order))}"


def _order(number: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in number.split(".")]
