"""Units in words: what they measure in, their other names, and whether two are one."""

import re

from bcfportal.lib.pasting.names import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TIMES = {
    "minute": _words("minute minutes min mins"),
    "hour": _words("hour hours hr hrs"),
    "day": _words("day days"),
    "week": _words("week weeks wk wks"),
    "month": _words("month months"),
    "year": _words("year years yr yrs"),
}
TIME_OF = {word: time for time, several in _TIMES.items() for word in several}
# Other names of one and the same unit.
_OTHER_NAMES = (
    _words(
        "people person persons individual individuals client clients patient patients resident "
        "residents user users"
    ),
    frozenset(
        map(fold, ("fte", "ftes", "wte", "wtes", "full-time equivalent", "full-time equivalents"))
    ),
)
# "Visits a month" are visits, "people in the year" are people.
_WHICH_OF_THEM = re.compile(r" (?:an?|per|each|in|of|with|who|on|at) .*")
SORTS_OF_TIME = _words("working calendar average mean median")
PER = re.compile(r"\bper (\d+)\b")
# What most measures count: words that are units wherever they stand behind a figure.
COUNTED = frozenset(
    ("people", "person", "persons", "clients", "patients", "residents", "cases", "users")
)


def measured_in(unit: str) -> str:
    """What a unit measures in, where that is a share, money, a rate or a time; "" if it counts."""
    folded = fold(unit)
    if "%" in folded:
        return "%"
    if "£" in folded:
        return "£"
    if per := PER.search(folded):
        return per[0]
    # "Days per person" are days, as working days are; "people in the year" are people.
    said = [word for word in folded.split() if word not in SORTS_OF_TIME]
    return TIME_OF.get(said[0], "") if said else ""


def another_unit(said: str, own: str, name: str) -> bool:
    """Whether figures in ``said`` are none of a row in ``own``.

    A row without a unit counts what its ``name`` says.
    """
    pasted, other = fold(said), fold(own)
    if not pasted or pasted == other:
        return False
    if not other:
        return not _is_said_in(pasted, fold(name))
    measured, wanted = measured_in(pasted), measured_in(other)
    if wanted or (measured and not is_same(pasted, other)):
        return measured != wanted
    return not is_same(pasted, other)


def _is_said_in(unit: str, name: str) -> bool:
    """Whether a name says what is counted in that unit, or in another name of it."""
    in_name = f" {_singular(unit)} " in f" {_singular(name)} "
    said = set(name.split())
    return in_name or any(said & names and _counts(unit) & names for names in _OTHER_NAMES)


def is_same(unit: str, other_unit: str) -> bool:
    """Whether two units that count are one: "visit" and "visits a month", "users" and "people"."""
    counted, other = _counts(unit), _counts(other_unit)
    if any(counted & names and other & names for names in _OTHER_NAMES):
        return True
    fewer, more = sorted((set(_singular(said).split()) for said in (unit, other_unit)), key=len)
    return _singular(_counted(unit)) == _singular(_counted(other_unit)) and fewer <= more


def _counts(unit: str) -> set[str]:
    return {unit, _counted(unit)}


def _counted(unit: str) -> str:
    """The word for what is counted: "users" of "service users in the year"."""
    return _WHICH_OF_THEM.sub("", unit).split()[-1]


def _singular(text: str) -> str:
    return " ".join(word.rstrip("s") or word for word in text.split())


def is_unit(text: str, units: frozenset[str]) -> bool:
    """Whether a text is a unit and no remark: a share, a rate, a time, people or a row's own."""
    folded = fold(text)
    alone = len(folded.split()) == 1
    return bool(folded) and (
        folded in units
        or (alone and (folded in COUNTED or folded in TIME_OF or folded in ("%", "£")))
        or bool(PER.match(folded))
    )


def is_known(text: str, units: frozenset[str]) -> bool:
    """Whether a text behind a figure is a unit that counts: of a row, or in another name of it."""
    folded = fold(text)
    if not folded:
        return False
    return folded in units or folded in COUNTED or any(is_same(folded, unit) for unit in units)
