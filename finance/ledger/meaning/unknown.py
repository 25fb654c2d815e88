"""What is not known in a file: columns of a few words, titles, and codes that are not like others.

Only what is known to say nothing of the amounts is passed over; a person says what the rest means.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from decimal import Decimal

from bcfportal.lib.pasting.heads import OWN, When, read_head
from bcfportal.lib.periods import Period
from bcfportal.lib.text.invisible import in_plain_signs
from finance.ledger.meaning import words
from finance.ledger.meaning.words import tokens

# So many texts are few, and so long they are words of a list and no remarks.
FEW, _LETTERS, _SHORT = 8, 25, 12


def _word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Heads of columns of numbers that are no part of an amount.
_QUANTITIES = _word_set("quantity qty hours hrs days rate price vat tax")
# Heads of columns that say who, where, when or which paper, and nothing of an amount.
_HEADS = _word_set(
    "supplier suppliers vendor payee creditor customer client team teams directorate department "
    "dept division unit service services section subjective objective cost centre center "
    "project scheme schemes programme activity job notes note comment comments remark remarks "
    "narrative text description desc details detail reference ref refs number no num id uid "
    "date day time user users owner manager officer contact name names location site ward "
    "postcode address batch voucher invoice invoiced journal order document doc "
    "transaction trans tran txn "
    "line item row po group level code codes account accounts analysis category subcategory "
    "fund funding source grant area locality region provider provision care contract contracts "
    "product commodity merchant payment method paid approved approver requester created entered "
    "posted posting signed sign off by period year month week financial fiscal accounting "
    "currency ccy curr curr. information info system ledger company entity organisation "
    "organization trust partner pool info short long full sex gender form"
)
# Of these one says that a column has a meaning of its own, whatever stands beside it.
_TELLING = _word_set(
    "type kind class status state flag indicator ind side dr cr debit credit scale basis "
    "version reversed reversal cancelled void sign entity organisation organization company "
    "trust unit"
)
_PEOPLE = _word_set("by off up")
# Words of a column that are of paid and posted papers, whatever it is headed.
_VALUES = _word_set(
    "invoice invoices invoiced journal journals accrual accruals prepayment prepayments posted "
    "paid payment payments bacs chaps cheque cheques card direct debit purchase purchases "
    "expense expenses payroll salary salaries actual actuals spend spent expenditure gl gbp "
    "pounds sterling open closed approved authorised yes-no"
)
_NUMBER = re.compile(r"[(+-]?£?\d[\d,]*(?:\.\d+)?[)-]?", re.ASCII)
_DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{6,}", re.ASCII)


def is_number(cell: object) -> bool:
    """Whether a cell holds a number."""
    if isinstance(cell, str):
        return bool(_NUMBER.fullmatch(in_plain_signs(cell).strip()))
    return isinstance(cell, Decimal)


def is_harmless_head(title: str) -> bool:
    """Whether a heading is known to say nothing of its rows' amounts: "Supplier", "Paid by"."""
    said = set(tokens(title))
    if not said:
        return False
    return said <= _HEADS and (not said & _TELLING or bool(said & _PEOPLE))


def is_unknown_amount(title: str) -> bool:
    """Whether a heading over numbers may be of another part of the amount: "Income"."""
    said = set(tokens(title))
    return not (is_harmless_head(title) or words.is_of_another_kind(title) or said & _QUANTITIES)


def is_to_be_asked(title: str, texts: Collection[str], rows: int) -> bool:
    """Whether a column of these texts may say something of its rows, and nobody knows what."""
    said = [text for text in texts if text]
    if is_harmless_head(title) or not said or not 1 < len(texts) <= FEW:
        return False
    if all(set(tokens(text)) and set(tokens(text)) <= _VALUES for text in said):
        return False
    if any(len(text) > _LETTERS or len(text.split()) > 3 or _DATE.fullmatch(text) for text in said):
        return False
    return all(len(text) <= _SHORT for text in said) or rows >= 2 * len(texts)


# -- codes that are not like the others

# Of the codes so large a share has one shape before another shape is asked about.
_MOST = Decimal("0.6")


def _shape(code: str) -> str:
    """A code without its letters and figures: "41000-41999" is "9-9", "41XXX" is "9a"."""
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "a", in_plain_signs(code).casefold()))


def odd_codes(codes: Iterable[str], known: Collection[str]) -> frozenset[str]:
    """The codes that are not in the shape of the others and that no line of the ledger has."""
    several = set(codes)
    shapes = Counter(_shape(code) for code in several)
    if not shapes:
        return frozenset()
    (first, number), *others = shapes.most_common()
    if not others or number < 2 or number < _MOST * len(several):
        return frozenset()
    known_shapes = {_shape(code) for code in known}
    return frozenset(code for code in several if _shape(code) not in {first, *known_shapes})


# -- titles

_TITLES = _word_set(
    "as to report reports ledger general nominal gl extract extracts data detail details trial "
    "balance actual actuals spend spending expenditure transactions transaction listing list "
    "print printed run on at by for of the and in from system page month monthly period year "
    "financial finance fiscal council county city borough district metropolitan adult adults "
    "social care health better fund bcf services service monitoring cost centre centres code "
    "codes department directorate team date time user produced generated created exported "
    "downloaded confidential official sensitive amounts amount all pounds gbp figures line "
    "lines row rows am pm head table sheet revenue account accounts accounting commissioning "
    "holder ending ended end p m fy mth"
)
_LABEL = re.compile(r"[^:]{1,30}:")
_OF_PAPER = _word_set("run printed print produced generated created exported downloaded date time")
# "Month 1 to 10", "P1-P10": a number beside the month that was read.
_GOES_ON = re.compile(r"\b[pmq]?\d{1,2}\b")


def is_unknown_title(text: str, own: str, periods: frozenset[str]) -> bool:
    """Whether a title may say something of the rows below it, of months with these keys.

    ``own`` is the name of the council whose ledger it is.
    """
    plain = text.strip()
    label = _LABEL.match(plain)
    if label and set(tokens(label[0])) <= _HEADS | _TITLES | {"budget"} and tokens(label[0]):
        # "Budget holder: Head of Care", "Period: April 2017".
        plain = plain[label.end() :] if set(tokens(label[0])) <= _TIMES else label[0]
        plain = plain.replace("Budget", "").replace("budget", "")
    head = read_head(words.OF_MANAGEMENT.sub(" ", plain.casefold()))
    if head.unit and not head.phrase:
        return False
    of_own = {*tokens(own), *tokens(" ".join(own.split()).replace(" ", ""))}
    said = {word for word in head.phrase.split() if not any(map(str.isdigit, word))}
    if said - _TITLES - of_own - _HEADS:
        return True
    if not head.when or not periods or said & _OF_PAPER:
        return False
    return bool(_GOES_ON.search(head.phrase)) or not _is_of(head.when, periods)


_TIMES = _word_set("period month year financial accounting fiscal")


def _is_of(when: When, keys: frozenset[str]) -> bool:
    """Whether a title's time is that of all rows: their month, their quarter or their year."""
    rows = sorted((Period.parse(key) for key in keys), key=lambda period: period.last_day)
    last = rows[-1]
    if when.differs:
        return False
    if when.until or when.is_end:
        # The rows are of the months that lead there, and not their sum.
        first = rows[0].first_day.month == _APRIL or when.length == "month"
        month = when.until or when.month or (when.day.month if when.day else None)
        return first and len(rows) == _months_to(month) and last.last_day.month == month
    if when.day:
        return when.day == last.last_day
    if when.month:
        return len(rows) == 1 and when.is_of(last) == OWN
    if when.quarter:
        quarter = Period(last.start_year, when.quarter)
        months = [row.last_day for row in rows]
        inside = all(quarter.first_day <= day <= quarter.last_day for day in months)
        return inside and len(rows) == _QUARTER and when.is_of(quarter) == OWN
    if when.year is not None:
        return all(row.start_year == when.year for row in rows)
    return all(row.last_day.year == when.calendar_year for row in rows)


_APRIL, _QUARTER = 4, 3


def _months_to(month: int | None) -> int:
    return 0 if month is None else (month - _APRIL) % 12 + 1
