"""Whatever comes in, reading it ends in rows or in one sentence, and never in a fault."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bcfportal.lib.periods import Period
from bcfportal.lib.spreadsheets import limits
from bcfportal.lib.spreadsheets.refusals import Refused
from finance.ledger.asking import Questions
from finance.ledger.cells import read_amount, read_code
from finance.ledger.checking import Checker
from finance.ledger.months import read_month
from finance.ledger.previewing import preview
from finance.ledger.reading import read
from finance.models import LedgerLine, LedgerRow, LedgerUpload
from tests.ledger_files import (
    FIGURES,
    HEADING,
    csv_file,
    ours,
    rezipped,
    sheet_xml,
    with_sheet_xml,
    xlsx_file,
)

WORKBOOK, TEXT = xlsx_file(), csv_file()
PARTS = zipfile.ZipFile(io.BytesIO(WORKBOOK)).namelist()
FUZZ = settings(deadline=None, max_examples=150, derandomize=True)
CELLS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["40101", "Apr-17", "P10", "1,234.50", "(5)", "-", "", "=1+1", "N/A", "£", '"']
    ),
    st.decimals(allow_nan=False, allow_infinity=False).map(str),
)
ROWS = st.lists(st.lists(CELLS, max_size=5), max_size=8)


def outcome(content):
    """Reads it: what comes is checked rows, or one sentence. Anything else is a fault."""
    sentence = refusal(content)
    assert sentence is None or (sentence.endswith(".") and len(sentence) < 400), sentence


def refusal(content):
    """The sentence with which it is refused, or None."""
    checker = Checker(2017, Questions(date(2018, 3, 31)))
    try:
        for row in read(content, look_through=len(content) % 2 == 0).rows:
            checked = checker.check(row)
            assert bool(checked.errors) == (checked.kind == "wrong")
            if checked.kind == "same":
                assert abs(checked.amount) < Decimal(10) ** 11
                assert checked.code
                assert checked.period
    except Refused as refused:
        return refused.sentence
    return None


def sentence_of(reader, typed):
    """What the reader says is wrong with what was typed, or nothing."""
    try:
        reader(typed)
    except ValueError as error:
        return str(error)
    return ""


def edited(content, edits):
    """The bytes with some of them cut out, put in or changed."""
    content = bytearray(content)
    for at, cut, put in edits:
        place = at % (len(content) + 1)
        content[place : place + cut] = put
    return bytes(content)


EDITS = st.lists(
    st.tuples(st.integers(0, 10**6), st.integers(0, 50), st.binary(max_size=20)), max_size=5
)


@FUZZ
@given(st.binary(max_size=2_000))
@example(b"PK\x03\x04")
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
def test_any_bytes(content):
    outcome(content)


@FUZZ
@given(EDITS)
def test_a_damaged_csv(edits):
    outcome(edited(TEXT, edits))


@FUZZ
@given(EDITS)
def test_a_damaged_workbook(edits):
    outcome(edited(WORKBOOK, edits))


@FUZZ
@given(st.sampled_from(PARTS), EDITS)
def test_a_workbook_with_one_part_damaged(name, edits):
    outcome(rezipped(WORKBOOK, {name: lambda part: edited(part, edits)}))


@FUZZ
@given(st.sampled_from(PARTS))
def test_a_workbook_without_one_of_its_parts(name):
    outcome(rezipped(WORKBOOK, leave_out=[name]))


@FUZZ
@given(ROWS)
def test_a_csv_of_any_cells(rows):
    outcome(csv_file(rows))


@FUZZ
@given(ROWS, st.sampled_from(["utf-8", "utf-16", "utf-8-sig", "cp1252", "latin-1", "utf-32"]))
def test_any_encoding(rows, encoding):
    text = csv_file(rows).decode("utf-8")
    outcome(text.encode(encoding, "replace"))


@FUZZ
@given(st.text(alphabet='<>/="&;! rcvtsf0123456789AZ[]-xmlDOCTYPE', max_size=300))
def test_any_xml_in_the_place_of_a_sheet(xml):
    outcome(with_sheet_xml(xml))
    outcome(with_sheet_xml(sheet_xml([HEADING, *FIGURES]).replace("<row>", f"<row>{xml}", 1)))


VALUES = [
    "",
    "1e400",
    "NaN",
    "-1",
    "9" * 400,
    "1" * 20,
    "١٢",
    "1.5",
    "0x1",
    "1_0",
    "inf",
    "4000000",
]


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("kind", ["n", "s", "b", "d", "e", "str", "inlineStr", "zz"])
def test_odd_values_in_a_cell(value, kind):
    cell = (
        f'<row><c t="inlineStr"><is><t>1</t></is></c><c s="1" t="{kind}"><v>{value}</v></c></row>'
    )
    xml = sheet_xml([HEADING]).replace("</sheetData>", f"{cell}</sheetData>")
    outcome(with_sheet_xml(xml))


@pytest.mark.parametrize("place", ["", "A", "1", "ZZZZ1", "A0", "a1", "XFD1", "AAA9", "A-1", "Å1"])
def test_odd_places_of_cells_and_rows(place):
    for row, cell in ((place, "A1"), ("2", place)):
        line = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row>'
        xml = sheet_xml([HEADING]).replace("</sheetData>", f"{line}</sheetData>")
        outcome(with_sheet_xml(xml))


@FUZZ
@given(CELLS)
def test_any_text_as_an_amount_a_code_or_a_month(text):
    for reader in (read_amount, read_code, lambda typed: read_month(typed, 2017)):
        sentence = sentence_of(reader, text)
        assert not sentence or sentence.rstrip().endswith("."), sentence


@FUZZ
@given(st.decimals(min_value=-(10**10), max_value=10**10, places=2))
def test_every_way_of_writing_pounds_reads_as_the_same(pounds):
    size = abs(pounds)
    ways = [f"{size:.2f}", f"£{size:,.2f}", f" {size:,.2f} "]
    if pounds < 0:
        ways = [f"-{size:.2f}", f"(£{size:,.2f})", f"({size})", f"-£{size:,.2f}", f"{size:.2f}-"]
    assert {read_amount(way) for way in ways} == {pounds}
    assert read_amount(pounds) == pounds


@FUZZ
@given(st.integers(2013, 2098), st.integers(1, 12))
def test_every_way_of_writing_a_month_reads_as_the_same(year, number):
    period = Period(year, month=number)
    day, key = period.first_day, f"{year}-{(year + 1) % 100:02d}"
    ways = [
        period.key,
        *(period.label, period.label.upper(), f"{day:%b-%y}", f"{day:%b %Y}", f"{day:%d/%m/%Y}"),
        *(f"{day:%Y-%m-%d}", f"{day:%d/%m/%y}", f"{day:%m/%Y}", f"P{number} {key}"),
        *(
            f"{year}/{(year + 1) % 100:02d} P{number:02d}",
            day,
            f"{day:%B} {key}",
            f"{day:%d-%b-%y}",
        ),
    ]
    assert {read_month(way, None) for way in ways} == {period.key}
    for way in (f"P{number}", f"{number}", f"M{number:02d}", f"{day:%B}", Decimal(number)):
        assert read_month(way, year) == period.key


@pytest.mark.django_db
@settings(FUZZ, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS)
def test_what_is_read_can_be_kept_and_nothing_of_the_ledger_changes(quarter, rows):
    upload = LedgerUpload.objects.create(
        council=quarter.council,
        file_name="a.csv",
        kind="CSV",
        fingerprint="0" * 64,
        size=1,
        year=2017,
        uploaded_by=quarter.people["finance officer"],
        uploaded_at=timezone.now(),
    )
    try:
        preview(upload, read(csv_file(rows)))
    except Refused:
        assert not ours(LedgerRow).filter(upload=upload).exists()
    assert not ours(LedgerLine).exists()


def test_the_limits_are_ones_that_real_ledgers_keep_within():
    assert limits.ROWS >= 100_000
    assert limits.PART_BYTES < limits.UNPACKED_BYTES
