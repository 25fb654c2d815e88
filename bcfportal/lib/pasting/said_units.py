"""Units that are said in words: behind a figure, beside a name, in a column of units, in a head.

A unit that is not the row's own is never dropped: its figure would stand for something else.
"""

import re

from bcfportal.lib.pasting.figures import PEOPLE, WITH_UNIT, is_figure
from bcfportal.lib.pasting.grids import word_set
from bcfportal.lib.pasting.names import fold

_TIMES = {
    "minute": word_set("minute minutes min mins"),
    "hour": word_set("hour hours hr hrs"),
    "day": word_set("day days"),
    "week": word_set("week weeks wk wks"),
    "month": word_set("month months"),
    "year": word_set("year years yr yrs"),
}
_TIME_OF = {word: time for time, several in _TIMES.items() for word in several}
_SORTS_OF_TIME = word_set("working calendar average mean median")
_PER = re.compile(r"\bper (\d+)\b")
_BRACKETS = re.compile(r"\(([^()]*)\)")
# Words beside a unit in a head, and times that are periods there.
_PERIODS = frozenset(("month", "year"))
HEADS_OF_UNITS = frozenset(map(fold, ("unit", "units", "uom", "unit of measure", "measured in")))


def measured_in(unit: str) -> str:
    """What a unit measures in, where that is a share, money, a rate or a time; "" if it counts."""
    folded = fold(unit)
    if "%" in folded:
        return "%"
    if "£" in folded:
        return "£"
    if per := _PER.search(folded):
        return per[0]
    # "Days per person" are days, as working days are; "people in the year" are people.
    said = [word for word in folded.split() if word not in _SORTS_OF_TIME]
    return _TIME_OF.get(said[0], "") if said else ""


def another_unit(said: str, own: str, name: str) -> bool:
    """Whether figures in ``said`` are none of a row in ``own``. A row without a unit counts.

    ``name`` is the row's: what it says itself is no other unit.
    """
    pasted, other = fold(said), fold(own)
    in_name = not other and f" {pasted} " in f" {fold(name)} "
    if not pasted or pasted == other or in_name:
        return False
    measured, wanted = measured_in(pasted), measured_in(other)
    if measured or wanted:
        return measured != wanted
    return (
        bool(other) and not {*pasted.split(), *other.split()} & PEOPLE and not _same(pasted, other)
    )


def _same(unit: str, other_unit: str) -> set[str]:
    """Whether two units that count are one: "visit" and "visits", "users" and "service users"."""
    return {word.rstrip("s") for word in unit.split()} & {
        word.rstrip("s") for word in other_unit.split()
    }


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
    if per := _PER.search(folded):
        return per[0]
    if own := max((unit for unit in units if f" {unit} " in f" {folded} "), key=len, default=""):
        return own
    candidates = (word for word in folded.split() if word in PEOPLE or word in _TIME_OF)
    return next((word for word in candidates if _TIME_OF.get(word) not in _PERIODS), "")


def without_own_unit(text: str, unit: str, name: str) -> str:
    """A figure without the unit behind it, where that is the row's own: "371 people" is 371.

    ``unit`` and ``name`` are the row's. A text with any other words stays as it is.
    """
    if is_figure(text) or not (match := WITH_UNIT.fullmatch(text.strip())):
        return text
    figure, said = match[1], fold(match[2])
    is_own = is_unit(said, frozenset({fold(unit)})) or f" {said} " in f" {fold(name)} "
    return figure if is_figure(figure) and is_own and not another_unit(said, unit, name) else text


def is_unit(text: str, units: frozenset[str]) -> bool:
    """Whether a text is a unit and no remark: a share, a rate, a time, people or a row's own."""
    folded = fold(text)
    alone = len(folded.split()) == 1
    return bool(folded) and (
        folded in units
        or (alone and (folded in PEOPLE or folded in _TIME_OF or folded in ("%", "£")))
        or bool(_PER.match(folded))
    )
