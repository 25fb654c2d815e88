"""Units that are said in words: behind a figure, beside a name, in a column of units, in a head.

A unit that is not the row's own is never dropped: its figure would stand for something else.
"""

import re

from bcfportal.lib.pasting.figures import WITH_UNIT, is_figure
from bcfportal.lib.pasting.names import fold
from bcfportal.lib.pasting.units import (
    COUNTED,
    PER,
    SORTS_OF_TIME,
    TIME_OF,
    another_unit,
    is_unit,
    measured_in,
)
from bcfportal.lib.text.typed_text import quoted

_BRACKETS = re.compile(r"\(([^()]*)\)")
# Words beside a unit in a head, and times that are periods there.
_PERIODS = frozenset(("month", "year"))
HEADS_OF_UNITS = frozenset(map(fold, ("unit", "units", "uom", "unit of measure", "measured in")))


def unit_in_name(text: str, names: tuple[str, ...], units: frozenset[str]) -> str:
    """The unit that a pasted name says in brackets, where none of the row's names says it."""
    own = f" {' '.join(map(fold, names))} "
    said = [fold(unit).removeprefix("in ") for unit in _BRACKETS.findall(text)]
    return next((unit for unit in said if f" {unit} " not in own and is_unit(unit, units)), "")


def unit_in_head(text: str, units: frozenset[str]) -> str:
    """The unit that a head says in words: "Value (hours)", "per 1,000", "In days".

    ``units`` are those of rows, folded: such a one is known too ("Carers").
    """
    folded = fold(text)
    if per := PER.search(folded):
        return per[0]
    if own := max((unit for unit in units if f" {unit} " in f" {folded} "), key=len, default=""):
        return own
    candidates = (word for word in folded.split() if word in COUNTED or word in TIME_OF)
    return next((word for word in candidates if TIME_OF.get(word) not in _PERIODS), "")


def without_own_unit(text: str, unit: str, name: str = "") -> str:
    """A figure without the unit behind it, where that is its own: "371 people" is 371.

    ``unit`` and ``name`` are those of the row or the box. A text with any other words stays as it
    is. Raises ValueError with a sentence for the person where the figure is in another unit.
    """
    if is_figure(text) or not (match := WITH_UNIT.fullmatch(text.strip())):
        return text
    figure, said = match[1], fold(match[2])
    if not said or not is_figure(figure):
        return text
    plain = " ".join(word for word in said.split() if word not in SORTS_OF_TIME)
    known = is_unit(plain, frozenset({fold(unit)}))
    if not another_unit(said, unit, name):
        return figure if known or not measured_in(said) else text
    if not known:
        return text
    own = f"in {unit}" if unit else "alone"
    # No example: 3 of “3 weeks” is no number of days.
    raise ValueError(f"Enter the number {own}: “{quoted(text)}” is in {said}.")
