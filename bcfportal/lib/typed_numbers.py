"""What people type or paste into a number box, read exactly.

The forms accepted are those that Excel shows in its number, currency, accounting and percentage
formats, and the short "12k" and "1.2m". A blank is not zero: it is None, and so is a lone dash.
"""

import re
from decimal import Decimal

from bcfportal.lib.invisible import without_invisible

WHOLE_DIGITS = 12
DECIMAL_PLACES = 4

_MINUS = "-\u2212\u2013"
_BLANK = re.compile(rf"£?\s*[{_MINUS}\u2014]?")
_NUMBER = r"(?P<whole>[1-9]\d{0,2}(?P<comma>[, ])\d{3}(?:(?P=comma)\d{3})*|\d*)(?:\.(?P<part>\d*))?"
_SHORT = r"(?:(?P<scale>[kKmM])|(?P<percent>%))?"
# Figures in ASCII only: \d alone would take ² and the digits of other scripts.
_TYPED = re.compile(
    rf"(?P<sign>[{_MINUS}+]?)\s*(?P<pound>£?)\s*(?P<inner>[{_MINUS}]?)\s*{_NUMBER}\s*{_SHORT}",
    re.ASCII,
)
# What to do about a word in a number box, where the screen has reasons to choose from.
CHOOSE_WHY = "if there is no figure, choose why"
_SCALES = {"": 0, "k": 3, "m": 6}


def read_number(text: str, places: int = DECIMAL_PLACES, *, advice: str = "") -> Decimal | None:
    """The number that was typed: "£1,234.50" -> 1234.50, "45%" -> 45, "(500)" -> -500.

    The unit is not read: "45%" is 45. None where nothing was typed, or a lone dash, with or
    without a pound sign, which is how Excel prints an empty amount. Raises ValueError with a
    sentence for the person: where it is no number, with the ``advice`` at its end, and where it
    has more than 12 digits before the point or more than ``places`` after.
    """
    typed = " ".join(without_invisible(text).split())
    if _BLANK.fullmatch(typed):
        return None
    inside, bracketed = _out_of_brackets(typed)
    match = _TYPED.fullmatch(inside)
    if not match or not (match["whole"] or match["part"]):
        raise ValueError(_no_number(typed, advice))
    signs = [sign for sign in (match["sign"], match["inner"], bracketed and "-") if sign]
    if len(signs) > 1 or (match["pound"] and match["percent"]):
        raise ValueError(_no_number(typed, advice))
    scale = _SCALES[(match["scale"] or "").lower()]
    whole = re.sub(r"\D", "", match["whole"]).lstrip("0")
    part = (match["part"] or "").rstrip("0")
    if len(part) - scale > places:
        raise ValueError(f"Enter a number with at most {places} decimal places.")
    # Made from text, which is exact whatever the precision of arithmetic.
    size = Decimal(f"{whole or 0}.{part}E{scale}")
    if size >= 10**WHOLE_DIGITS:
        raise ValueError(f"Enter a number with at most {WHOLE_DIGITS} digits before the point.")
    number = Decimal(f"{size:f}")
    return number.copy_negate() if number and signs and signs[0] != "+" else number


def _out_of_brackets(typed: str) -> tuple[str, bool]:
    """Accountants' negatives: "(500)", "(£500)", "£(500)", "(4%)" and "(4)%"."""
    match = re.fullmatch(r"(£?) ?\(([^()]*)\) ?(%?)", typed)
    return (f"{match[1]}{match[2].strip()}{match[3]}", True) if match else (typed, False)


def _no_number(typed: str, advice: str) -> str:
    shown = typed if len(typed) <= 40 else f"{typed[:39]}…"
    end = f": {advice}." if advice else "."
    return f"Enter a number, such as 1,234 or 45.6. “{shown}” is not one{end}"
