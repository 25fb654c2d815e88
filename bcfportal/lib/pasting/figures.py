"""A figure in a cell, without what stands behind it: a mark of a footnote, "(p)", or its unit."""

import re
from dataclasses import dataclass

from bcfportal.lib.pasting.units import is_known
from bcfportal.lib.text.invisible import in_plain_signs
from bcfportal.lib.text.typed_numbers import read_number

# A figure has not more signs than this, with its unit.
LONGEST_FIGURE = 40
PENCE = 8
_LONGEST_UNIT = 100
WITH_UNIT = re.compile(r"([£(−-]*[\d.,]+%?\)?)\s*([^\W\d].*)", re.DOTALL)
# 388*, 402¹, 388 [1], 371 (p) for provisional, (r) for revised, (e) for estimated.
_MARKED = re.compile(
    r"(.*[\d%)])\s*([*†‡§\u00b9\u00b2\u00b3\u2070-\u2079\u1d43-\u1d5b]+|\[\w{1,2}\]|"
    r"\((?:p|r|e|prov|provisional|rev|revised|est|estimated?)\.?\))",
    re.IGNORECASE | re.DOTALL,
)
# £000 is a unit, and no figure.
_THOUSANDS = re.compile(r"\(?£ ?'?000'?s?\)?")


@dataclass(frozen=True)
class Figure:
    """A cell’s text as a figure: its ``mark`` and its ``unit`` are taken off."""

    text: str
    mark: str = ""
    unit: str = ""


def is_figure(text: str) -> bool:
    """Whether a cell holds a number, with or without a unit, and no more."""
    if not text or len(text) > LONGEST_FIGURE or _THOUSANDS.fullmatch(text):
        return False
    try:
        return read_number(text, PENCE) is not None
    except ValueError:
        return False


def is_nothing(text: str) -> bool:
    """Whether a cell says nothing: blank, or a lone dash."""
    return not text.strip(" £-\u2010\u2011\u2012\u2013\u2014\u2212")


def figure_in(text: str, units: frozenset[str]) -> Figure:
    """What figure the cell has: "388*" is 388, and "266 service users" where that is a unit.

    A text that is no figure stays as it is.
    """
    if len(text) > _LONGEST_UNIT:
        return Figure(text)
    # Marks of direction show a figure otherwise than it is read.
    seen = in_plain_signs(text)
    if is_figure(seen):
        return Figure(seen)
    if (marked := _MARKED.fullmatch(seen)) and is_figure(marked[1].strip()):
        return Figure(marked[1].strip(), mark=marked[2])
    match = WITH_UNIT.fullmatch(seen)
    if match and is_figure(match[1]) and is_known(match[2], units):
        return Figure(match[1], unit=match[2])
    return Figure(text)
