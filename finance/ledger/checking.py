"""Checks the rows of a file one by one: what each says, or in plain words what is wrong."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bcfportal.lib.invisible import without_invisible
from bcfportal.lib.typed_numbers import read_number
from finance.ledger import headings
from finance.ledger.headings import AMOUNT, CODE, PERIOD, YEAR
from finance.ledger.limits import Refused, at
from finance.ledger.months import read_month, read_year
from finance.ledger.reading import Row
from finance.ledger.workbooks import Formula
from finance.models.ledger import LETTERS_OF_CODE, LETTERS_OF_DESCRIPTION, LedgerRow

Kind = LedgerRow.Kind

_CODE = re.compile(r"[A-Z0-9][A-Z0-9 ._/\\:&#()*+-]*")
_TRAILING_MINUS = re.compile(r"(.*[0-9])\s*[-\u2212\u2013]")
_SHORTENED = re.compile(r"[km%]\s*\)?$", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
NO_CODE = "there is no code. Enter it, or leave the row out."
LARGEST = Decimal(10) ** 11
WORDS = {headings.FUNDING_SOURCE: LETTERS_OF_CODE, headings.AREA_CODE: LETTERS_OF_CODE}


# A text may begin with anything.
WORDY = (headings.DESCRIPTION, *WORDS)
# ="00401" is how finance systems keep a spreadsheet from reading a code as a number.
_KEPT_TEXT = re.compile(r'\s*="([^"]*)"\s*')


@dataclass(slots=True)
class Checked:
    """What a row says. Amounts are pounds; ``errors`` are (place of the column, name, sentence)."""

    kind: Kind
    code: str = ""
    period: str = ""
    amount: Decimal | None = None
    description: str = ""
    funding_source: str = ""
    area_code: str = ""
    errors: list[tuple[int, str, str]] = field(default_factory=list)


class Checker:
    """Checks the rows of one file in turn and remembers which codes and months it has seen."""

    def __init__(self, year: int | None):
        """``year`` is the financial year, by its start, of periods that name none."""
        self.year = year
        self.seen: dict[tuple[str, str], tuple[str, int]] = {}

    def check(self, row: Row) -> Checked:
        """What the row says. Raises Refused for a formula in a cell that would be read."""
        heading = row.heading
        if heading is None:
            return Checked(Kind.HEADING)
        cells, places = row.cells, heading.places
        taken = {}
        for part, place in places.items():
            value = plain(cells[place] if place < len(cells) else None)
            if isinstance(value, Formula) or (
                part not in WORDY and isinstance(value, str) and value.lstrip().startswith("=")
            ):
                raise Refused(
                    f"{at(row.sheet, row.number)}, column {heading.words[place]}: the cell holds "
                    "a formula. Copy the column, paste it as values and try again."
                )
            taken[part] = value
        checked = Checked(Kind.SAME)
        errors = checked.errors

        def wrong(part, sentence):
            errors.append((places[part], heading.words[places[part]], sentence))

        try:
            checked.amount = read_amount(taken[AMOUNT])
        except ValueError as error:
            wrong(AMOUNT, str(error))
        if checked.amount is None and not errors:
            # A blank never wipes: such a row changes nothing, whatever else it says.
            checked.kind = Kind.WITHOUT_AMOUNT
            return checked
        try:
            checked.code = read_code(taken[CODE])
        except ValueError as error:
            wrong(CODE, str(error))
        try:
            checked.period = self._month(taken, wrong)
        except ValueError as error:
            wrong(PERIOD, str(error))
        if headings.DESCRIPTION in taken:
            checked.description = _words(taken[headings.DESCRIPTION])
            if len(checked.description) > LETTERS_OF_DESCRIPTION:
                wrong(headings.DESCRIPTION, f"it has more than {LETTERS_OF_DESCRIPTION} letters.")
        for part, most in WORDS.items():
            if part in taken:
                words = _words(taken[part])
                setattr(checked, part, words)
                if len(words) > most:
                    wrong(part, f"it has more than {most} letters.")
        if not errors:
            self._once(row, checked, wrong)
        if errors:
            checked.kind = Kind.WRONG
        return checked

    def _month(self, taken, wrong):
        typed, year = taken[PERIOD], self.year
        if taken.get(YEAR) is not None:
            try:
                year = read_year(taken[YEAR])
            except ValueError as error:
                wrong(YEAR, str(error))
                return ""
        if typed is None:
            raise ValueError("there is no period. Enter the month, such as Jan-17.")
        return read_month(typed.strip() if isinstance(typed, str) else typed, year)

    def _once(self, row, checked, wrong):
        key = (checked.code, checked.period)
        first = self.seen.setdefault(key, (row.sheet, row.number))
        if first != (row.sheet, row.number):
            place = at(*first)
            wrong(
                CODE,
                f"“{checked.code}” has the same month in {place[0].lower()}{place[1:]}. Each code "
                "and month comes once: add them up, or take one out.",
            )


def plain(value: object) -> object:
    """A cell without what programs put round a text to keep it one."""
    if isinstance(value, str) and (kept := _KEPT_TEXT.fullmatch(value)):
        return kept[1] or None
    return value


def read_amount(value: object) -> Decimal | None:
    """Pounds and pence: "£1,234.50" -> 1234.50, "(500)", "-500" and "500-" -> -500; a blank None.

    Raises ValueError with a sentence for the person.
    """
    if value is None:
        return None
    if isinstance(value, Decimal):
        return _in_pence(value, value)
    if isinstance(value, date):
        raise ValueError("the cell is a date. Enter pounds, or leave the row out.")
    text = " ".join(without_invisible(str(value)).split())
    if _SHORTENED.search(text):
        raise ValueError(_no_amount(text))
    turned = _TRAILING_MINUS.fullmatch(text)
    try:
        amount = read_number(f"-{turned[1]}" if turned else text)
    except ValueError as error:
        if "decimal places" in str(error):
            raise ValueError(_parts_of_a_penny(text)) from error
        raise ValueError(_no_amount(text)) from error
    return None if amount is None else _in_pence(amount, text)


def _in_pence(amount, typed):
    if abs(amount) >= LARGEST:
        raise ValueError("the amount is £100,000,000,000 or more. Enter pounds.")
    pence = amount.quantize(Decimal("0.01"))
    if pence != amount:
        raise ValueError(_parts_of_a_penny(typed))
    return pence


def _no_amount(text):
    return f"“{_shown(text)}” is not an amount. Enter pounds, or leave the row out."


def _parts_of_a_penny(typed):
    return f"“{_shown(typed)}” has parts of a penny. Round it to pounds and pence."


def _shown(typed):
    text = str(typed)
    return text if len(text) <= 40 else f"{text[:39]}…"


def read_code(value: object) -> str:
    """The code in capitals with single spaces; a number of a spreadsheet without its point.

    Raises ValueError with a sentence for the person.
    """
    if value is None:
        raise ValueError(NO_CODE)
    if isinstance(value, date):
        raise ValueError("Excel has made the code a date. Format the column as text.")
    if isinstance(value, Decimal):
        if value != value.to_integral_value() or value < 0 or value >= Decimal(10) ** 15:
            raise ValueError(
                f"“{_shown(value)}” is not a code. Format the column as text, so that Excel "
                "leaves codes as they are."
            )
        return f"{int(value)}"
    code = " ".join(without_invisible(str(value)).split()).upper()
    if not code:
        raise ValueError(NO_CODE)
    if len(code) > LETTERS_OF_CODE:
        raise ValueError(f"the code has more than {LETTERS_OF_CODE} letters.")
    if not _CODE.fullmatch(code):
        raise ValueError(f"“{_shown(code)}” is not a code: use letters, figures and . - / only.")
    return code


def _words(value):
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return " ".join(_CONTROL.sub(" ", str(value)).split())
