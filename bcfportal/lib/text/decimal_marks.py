"""Which sign stands before the decimals of figures that belong together: a point or a comma.

Most figures say so themselves: 12.50, 1.234,56. Of 2.500 and 2,500 only the others can tell.
"""

import re

from bcfportal.lib.text.invisible import in_plain_signs
from bcfportal.lib.text.typed_numbers import with_point

POINT, COMMA, EITHER = "point", "comma", "either"
_SPACED = re.compile(r"(?<=\d) (?=\d{3}(?!\d))", re.ASCII)
_FIGURE = re.compile(r"[^\d.,]*(?P<figure>[\d.,]*\d)[^\d.,]*", re.ASCII)
_EITHER = re.compile(
    r"(?<![\d.,])(?:(?P<whole>[1-9]\d*),(?P<part>\d{3,})|(?P<few>[1-9]\d{0,2})\.(?P<three>\d{3}))"
    r"(?![\d.,])",
    re.ASCII,
)
_BY_POINT = re.compile(r"(?:[1-9]\d{0,2}(?:,\d{3})+|\d*)(?:\.\d+)?", re.ASCII)


def mark_of(text: str) -> str:
    """What a figure says of the sign before its decimals; nothing where it has no such sign."""
    match = _FIGURE.fullmatch(_SPACED.sub("", in_plain_signs(text)))
    figure = match["figure"] if match else ""
    if not ("." in figure or "," in figure):
        return ""
    if _EITHER.fullmatch(figure):
        return EITHER
    if _BY_POINT.fullmatch(figure):
        return POINT
    return COMMA if with_point(figure) != figure else ""


def by_comma(text: str) -> str:
    """A figure whose decimals stand behind a comma, with a point there: "2.5" of "2,5", and "2500"
    of "2.500".
    """

    def pointed(match: re.Match[str]) -> str:
        if match["three"]:
            return match["few"] + match["three"]
        return f"{match['whole']}.{match['part']}"

    return with_point(_EITHER.sub(pointed, text))
