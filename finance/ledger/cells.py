"""What a cell says, as an amount, a code or words: or in plain words what is wrong with it."""

import re
from datetime import date
from decimal import Decimal

from bcfportal.lib.spreadsheets.formats import FormattedDay, as_shown, is_time, shown_otherwise
from bcfportal.lib.spreadsheets.workbooks import starts_formula
from bcfportal.lib.text.decimal_marks import COMMA, POINT, by_comma
from bcfportal.lib.text.invisible import in_plain_signs
from bcfportal.lib.text.typed_numbers import TooFine, TooLarge, read_typed
from finance.models.ledger import LETTERS_OF_CODE

_CODE = re.compile(r"[A-Z0-9][A-Z0-9 ._/\\:&#()*+-]*")
_POWER = re.compile(r"-?[0-9][.,]?[0-9]*E[+-][0-9]+", re.IGNORECASE)
_TOO_NARROW = re.compile(r"#{2,}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
# ="00401" is how finance systems keep a spreadsheet from reading a code as a number.
_KEPT_TEXT = re.compile(r'\s*="([^"]*)"\s*')
NO_CODE = "there is no code. Enter it, or leave the row out."
AS_TEXT = "Format the column as text, so that Excel leaves codes as they are."
LARGEST = Decimal(10) ** 11
_TOO_LARGE = "the amount is £100,000,000,000 or more. Enter pounds."


def plain(value: object) -> object:
    """A cell without what programs put round a text to keep it one."""
    if isinstance(value, str):
        if kept := _KEPT_TEXT.fullmatch(value):
            return kept[1] or None
        # An apostrophe before what a spreadsheet would run: the portal's own files have it too.
        rest = value.lstrip().lstrip("'")
        return rest if value.lstrip().startswith("'") and starts_formula(rest) else value
    return value


def read_amount(value: object, mark: str = POINT, scale: Decimal = Decimal(1)) -> Decimal | None:
    """Pounds and pence: "£1,234.50" -> 1234.50, "(500)", "-500", "500-" and "500 CR" -> -500.

    ``mark`` is what stands before the pence in this file: it decides what 2.500 and 2,500 are.
    ``scale`` is how many pounds one is: 1,000 in a file in thousands. A blank is None. Raises
    ValueError with a sentence for the person.
    """
    if value is None:
        return None
    if isinstance(value, Decimal):
        shown_as = getattr(value, "format", "")
        if is_time(shown_as):
            raise ValueError("the cell is a time. Enter pounds, or leave the row out.")
        if "%" in shown_as:
            raise ValueError(_no_amount(as_shown(value) or f"{value:f}"))
        as_seen = shown_otherwise(value)
        if as_seen is not None:
            raise ValueError(
                f"Excel shows {f'“{quoted(as_seen)}”' if as_seen else 'nothing'} where the cell "
                f"holds {value:f}. Format the column as a number with pence, so that it shows what "
                "it holds, and save the file again."
            )
        return _in_pence(Decimal(value) * scale, value)
    if isinstance(value, date):
        raise ValueError("the cell is a date. Enter pounds, or leave the row out.")
    text = " ".join(in_plain_signs(str(value)).split())
    refuse_too_narrow(text)
    if _POWER.fullmatch(text):
        raise ValueError(
            f"“{quoted(text)}” is an amount that Excel has shortened. Format the column as a "
            "number with pence, so that Excel leaves amounts whole."
        )
    try:
        typed = read_typed(by_comma(text) if mark == COMMA else text)
    except TooFine as error:
        raise ValueError(_parts_of_a_penny(text)) from error
    except TooLarge as error:
        raise ValueError(_TOO_LARGE) from error
    except ValueError as error:
        raise ValueError(_no_amount(" ".join(str(value).split()))) from error
    if typed is None:
        return None
    if typed.scale or typed.sign == "%":
        raise ValueError(_no_amount(text))
    return _in_pence(typed.number * scale, text)


def _in_pence(amount, typed):
    if abs(amount) >= LARGEST:
        raise ValueError(_TOO_LARGE)
    pence = amount.quantize(Decimal("0.01"))
    if pence != amount:
        raise ValueError(_parts_of_a_penny(typed))
    return pence


def _no_amount(text):
    return f"“{quoted(text)}” is not an amount. Enter pounds, or leave the row out."


def _parts_of_a_penny(typed):
    return f"“{quoted(typed)}” has parts of a penny. Round it to pounds and pence."


def refuse_too_narrow(value: object) -> None:
    """Raises ValueError for ####, which Excel shows, and saves as CSV, for what is too wide."""
    if isinstance(value, str) and _TOO_NARROW.fullmatch(value.strip()):
        raise ValueError(
            f"“{quoted(value)}” is what Excel shows where a column is too narrow. Make it wider in "
            "Excel and save the file again."
        )


def quoted(typed: object) -> str:
    """What was typed, in short, to be quoted in a sentence."""
    text = str(typed)
    return text if len(text) <= 40 else f"{text[:39]}…"


def read_code(value: object) -> str:
    """The code in capitals with single spaces; a number as its format shows it: 00401, CC00401.

    A day becomes what Excel shows of it, 01-FEB. Raises ValueError with a sentence for the person.
    """
    if value is None:
        raise ValueError(NO_CODE)
    if isinstance(value, FormattedDay):
        return value.displayed.upper()
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        if value != value.to_integral_value() or value < 0 or value >= Decimal(10) ** 15:
            raise ValueError(f"“{quoted(value)}” is not a code. {AS_TEXT}")
        seen = as_shown(value)
        if seen is None:
            raise ValueError(f"Excel does not show this code as it holds it, {value:f}. {AS_TEXT}")
        value = seen
    code = " ".join(in_plain_signs(str(value)).split()).upper()
    if not code:
        raise ValueError(NO_CODE)
    if len(code) > LETTERS_OF_CODE:
        raise ValueError(f"the code has more than {LETTERS_OF_CODE} characters.")
    refuse_too_narrow(code)
    if not _CODE.fullmatch(code):
        raise ValueError(f"“{quoted(code)}” is not a code: use letters, figures and . - / only.")
    return code


def read_words(value: object) -> str:
    """The words of a cell on one line; a number or a day as the person sees it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.displayed if isinstance(value, FormattedDay) else f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return as_shown(value) or f"{value:f}"
    return " ".join(_CONTROL.sub(" ", str(value)).split())
