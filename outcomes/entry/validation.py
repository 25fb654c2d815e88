"""What was typed in the boxes of one row of measures, read and checked. Knows no database."""

import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from bcfportal.lib.figures import figure, plain
from bcfportal.lib.pasting.said_units import without_own_unit
from bcfportal.lib.text.typed_dates import days_in
from bcfportal.lib.text.typed_numbers import CHOOSE_WHY, DECIMAL_PLACES, WHOLE_DIGITS, read_number
from outcomes.entry.limits import out_of_range
from outcomes.models import Measure, Result

Status = Result.Status
REASONS = (Status.NIL, Status.NOT_YET_AVAILABLE, Status.NOT_DUE, Status.HELD_BACK)
FIGURES = ("value", "numerator", "denominator")
MORE = ("expected", "comment")
BOXES = (*FIGURES, "none", *MORE, "right")
# A value that is worked out keeps one decimal more than the measure's, so that 89.6% is not taken
# for a target of 90%.
GUARD_PLACES = 1
_MONEY = re.compile(
    r"£|\bpounds?\b|spen[dt]|expenditure|\bcosts?\b|budget|income|\bvalue\b|amount|charge|fees?\b",
    re.IGNORECASE,
)
# How tables of official statistics mark what is held back: "*", "<5", "c" and "[c]".
_HELD_BACK = re.compile(r"\*|\[?c\]?|(<|&lt;|fewer than|less than) ?\d+", re.IGNORECASE)
# What people type where there is no figure; beside a reason it says the same once more.
_NO_FIGURE = re.compile(
    r"n\.?/?a\.?|nil(?: return)?|none|no data|tb[acd]|awaited|unknown|"
    r"not (?:yet )?(?:available|known|due)|\?+|\.{2,3}|…",
    re.IGNORECASE,
)


@dataclass
class Checked:
    """The figures of a row, and by box in words what is wrong."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    # The value stands for what was typed over what was typed: nobody typed it.
    is_worked_out: bool = False
    # Neither a figure nor a reason for none. A comment alone is neither.
    missing: bool = False
    errors: dict[str, str] = field(default_factory=dict)


def check_row(
    texts: dict[str, str], unit: str, decimals: int, measure: Measure | None = None
) -> Checked:
    """Reads and checks the texts of all boxes of a row; "%" is the unit of percentages.

    The value is worked out where only the numerator and the denominator are given. Where there is
    any error, no value is.
    """
    checked = Checked()
    for what in FIGURES:
        if texts["none"] in REASONS and _says_none(texts[what], texts["none"]):
            continue
        try:
            text = _without_own_unit(texts[what], what, unit, measure)
            own_sign = None if what == "value" else _sign_of_part(what, unit, measure)
            setattr(checked, what, read_number(text, unit=own_sign, advice=CHOOSE_WHY))
        except ValueError as error:
            checked.errors[what] = held_back(texts[what]) or str(error)
    any_figure = bool(checked.errors) or any(getattr(checked, what) is not None for what in FIGURES)
    checked.missing = not any_figure and not texts["none"]
    if _is_none_of_none(checked, texts):
        return checked
    _check_reason(texts, any_figure, checked.errors)
    if not checked.errors:
        _check_figures(checked, unit, decimals, measure)
    if refuses_what_cannot_be(measure) and checked.value is not None and not checked.errors:
        problem = out_of_range(checked.value, measure)
        checked.errors |= {"value": problem} if problem else {}
    if checked.errors:
        checked.value, checked.is_worked_out = None, False
    return checked


def _without_own_unit(text: str, what: str, unit: str, measure: Measure | None) -> str:
    """The figure without its unit: that of the measure, or what its parts count."""
    if measure is None:
        return text
    if what == "value":
        return without_own_unit(text, unit, measure.name)
    counted = measure.numerator_name if what == "numerator" else measure.denominator_name
    return without_own_unit(text, "", counted)


def _sign_of_part(what: str, unit: str, measure: Measure | None) -> str:
    """The sign that a numerator or a denominator may have: £ where it counts money, and never %."""
    names = (measure.numerator_name, measure.denominator_name) if measure else ("", "")
    counted = names[what == "denominator"]
    of_money = unit.startswith("£") and (what == "numerator" or not counted)
    return "£" if of_money or _MONEY.search(counted) else ""


def _says_none(text, reason):
    """Whether a box says in words or signs what the chosen reason says."""
    signs = _HELD_BACK if reason == Status.HELD_BACK else _NO_FIGURE
    return bool(signs.fullmatch(text) or _NO_FIGURE.fullmatch(text))


def held_back(text: str) -> str:
    """What to do instead of typing a sign for a small number; nothing for other texts."""
    if not _HELD_BACK.fullmatch(text):
        return ""
    return (
        f"“{text}” stands for a small number: choose “{Status.HELD_BACK.label}” and leave it empty."
    )


def _is_none_of_none(checked, texts):
    """Whether it is said that there were no cases, and their number stands beside it."""
    return (
        texts["none"] == Status.NIL
        and not checked.errors
        and checked.value is None
        and checked.numerator == checked.denominator == 0
    )


def _check_reason(texts, any_figure, errors):
    if texts["none"] and texts["none"] not in REASONS:
        errors["none"] = "Choose one of the reasons in the list."
    elif texts["none"] and any_figure:
        errors["none"] = "Enter a figure, or say why there is none, not both."
    try:
        days_in(texts["expected"])
    except ValueError as error:
        errors["expected"] = str(error)
    if texts["expected"] and texts["none"] != Status.NOT_YET_AVAILABLE:
        errors["expected"] = "Say when it is expected only for a figure that is not yet available."


def refuses_what_cannot_be(measure: Measure | None) -> bool:
    """Whether a share outside of 0 to 100 is refused: of a project's measure it is asked about."""
    return measure is not None and not measure.project_id


def multiplier_of(unit: str, measure: Measure | None) -> int:
    """What a numerator over its denominator is multiplied by: the measure says, or the unit."""
    if measure is not None and measure.multiplier:
        return measure.multiplier
    return 100 if unit.startswith("%") else 1


def _check_figures(row, unit, decimals, measure):
    value, numerator, denominator = row.value, row.numerator, row.denominator
    refuses = measure is None or refuses_what_cannot_be(measure)
    counted = unit.startswith("%") and refuses and not (measure and measure.can_be_below_zero)
    if value is not None and value < 0 and counted:
        row.errors["value"] = "Enter a percentage of 0 or more."
    if denominator == 0 and not numerator and value is None:
        row.errors["denominator"] = "No cases this time? Choose Nil return: 0 of 0 has no value."
    elif denominator is not None and denominator <= 0:
        row.errors["denominator"] = "Enter a denominator of more than 0."
    if numerator is not None and numerator < 0 and counted:
        row.errors["numerator"] = "Enter a numerator of 0 or more."
    if value is None and (numerator is None) != (denominator is None):
        lacking = "numerator" if numerator is None else "denominator"
        row.errors.setdefault(lacking, f"Enter the {lacking} too, or the value itself.")
    if row.errors or numerator is None or denominator is None:
        return
    whole = refuses and not (measure and measure.can_be_above_whole)
    if unit == "%" and numerator > denominator and whole:
        row.errors["numerator"] = (
            f"{figure(numerator)} of {figure(denominator)} is more than 100%: "
            "check the numerator and the denominator."
        )
        return
    exact = numerator / denominator * multiplier_of(unit, measure)
    if value is None:
        _work_out(row, exact, decimals)
    else:
        _compare(row, exact, unit, decimals)


def _work_out(row, exact, decimals):
    value = _rounded(exact, decimals + GUARD_PLACES)
    if abs(value) >= 10**WHOLE_DIGITS:
        row.errors["denominator"] = "Check the denominator: the value would be too large."
    else:
        row.value, row.is_worked_out = value, True


def _compare(row, exact, unit, decimals):
    """The value may differ from its parts by half of its last decimal as shown, by rounding."""
    places = max(decimals, -int(plain(row.value).as_tuple().exponent))
    if abs(row.value - exact) <= Decimal(5).scaleb(-places - 1):
        return
    comes_to = figure(_rounded(exact, places + GUARD_PLACES), unit)
    row.errors["value"] = (
        f"{figure(row.value, unit, decimals)} is not {figure(row.numerator)} of "
        f"{figure(row.denominator)}, which is {comes_to}. "
        "Correct one of the three, or leave the value blank."
    )


def _rounded(number, places):
    """Rounded half away from zero, to no more decimals than a result keeps."""
    step = Decimal(1).scaleb(-min(places, DECIMAL_PLACES))
    try:
        return plain(number.quantize(step, ROUND_HALF_UP))
    except InvalidOperation:
        # More digits than arithmetic keeps: no fraction is left to round.
        return number
