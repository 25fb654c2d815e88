"""What the portal reads of a workbook is what another reader, python-calamine, reads of it.

Where the two differ and the portal is right, ``same`` says why. What the portal refuses is listed
with its sentence.
"""

import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from bcfportal.lib.spreadsheets import limits
from bcfportal.lib.spreadsheets.formats import is_time
from bcfportal.lib.spreadsheets.refusals import Refused
from bcfportal.lib.spreadsheets.workbook_reader import Formula, open_workbook
from tests import ledger_files as files
from tests.made_workbooks import (
    BOOKS,
    ERRORS,
    HANDS,
    Cell,
    Hand,
    Made,
    Page,
    by_xlsxwriter,
)
from tests.workbooks_by_hand import by_hand

QUICK = settings(
    deadline=None,
    max_examples=150,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
LONG = settings(QUICK, max_examples=2_000)
SECOND = timedelta(seconds=1)


def ours(content):
    """The cells by sheet and (row, column) from 0, formulas with their value, and the sheets."""
    book = open_workbook(content)
    cells = {
        (sheet.name, number - 1, column): cell
        for sheet in book.sheets
        for number, row in book.rows(sheet)
        for column, cell in enumerate(row)
        if cell is not None
    }
    return cells, book.sheets


def value_of(cell):
    return cell.value if isinstance(cell, Formula) else cell


def theirs(content):
    """The same as python-calamine reads it, and which sheets are hidden."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    hidden = [sheet.visible != SheetVisibleEnum.Visible for sheet in book.sheets_metadata]
    cells = {
        (name, row, column): cell
        for name in book.sheet_names
        for row, line in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
        for column, cell in enumerate(line)
        if column < limits.COLUMNS and not (isinstance(cell, str) and not cell.strip())
    }
    return cells, list(zip(book.sheet_names, hidden, strict=True))


def same(one, other, from_1904):
    """Whether both readers say the same of a cell."""
    if isinstance(other, bool):
        return one == ("TRUE" if other else "FALSE")
    if isinstance(other, int | float):
        # Excel keeps 15 digits.
        return isinstance(one, Decimal) and one == Decimal(f"{other:.15g}")
    if other is None:
        # It leaves errors out; a person has to see them.
        return one is None or one in ERRORS
    if isinstance(one, date):
        if type(other) is time:
            # Excel shows the day 1 January 1904 for what is less than 1.
            return from_1904 and one == date(1904, 1, 1)
        return one == (other.date() if isinstance(other, datetime) else other)
    if isinstance(one, Decimal):
        # A time, and what Excel shows no day for, stay the number that the cell holds; of what is
        # below nought in a format of days Excel shows ####, and python-calamine says midnight.
        shown_as = getattr(one, "format", "")
        no_day = not from_1904 and int(one) == 60
        if not is_time(shown_as) and first_day(from_1904) <= one and not no_day:
            return False
        if no_day and isinstance(other, date):
            # 29 February 1900, which never was: python-calamine says the day before or after.
            return since_the_first(other, from_1904).days in (59, 60, 61)
        return one < 0 or abs(since_the_first(other, from_1904) - timedelta(float(one))) < SECOND
    return type(one) is type(other) and one == other


def first_day(from_1904):
    return 0 if from_1904 else 1


def since_the_first(moment, from_1904):
    """How long after day nought of the workbook: what the cell holds."""
    if isinstance(moment, timedelta):
        return moment
    if isinstance(moment, time):
        return datetime.combine(date.min, moment) - datetime.min
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    if from_1904:
        return moment - datetime(1904, 1, 1)
    # Excel has a 29 February 1900.
    return moment - datetime(1899, 12, 30 if moment >= datetime(1900, 3, 1) else 31)


def differences(made, content):
    """Where the two readers say different things, with what each says."""
    cells, sheets = ours(content)
    others, names = theirs(content)
    found = [
        (place, value_of(cells.get(place)), others.get(place))
        for place in sorted({*cells, *others})
        if not same(value_of(cells.get(place)), others.get(place), made.from_1904)
    ]
    if [(sheet.name, sheet.hidden) for sheet in sheets] != names:
        found.append(("sheets", sheets, names))
    for sheet, page in zip(sheets, made.pages, strict=True):
        # python-calamine says nothing of these: it is what was put in.
        filled = {row + 1 for name, row, _ in cells if name == page.name}
        hidden = sorted({row + 1 for row in page.hidden_rows} & filled)
        if (sheet.hidden_rows, sheet.hidden_columns) != (hidden, set(page.hidden_columns)):
            found.append((page.name, sheet.hidden_rows, sheet.hidden_columns))
    return found


def by_both(made, hand):
    assert differences(made, by_xlsxwriter(made)) == []
    assert differences(made, by_hand(made, hand)) == []


@QUICK
@given(BOOKS, HANDS)
def test_a_workbook_reads_as_another_reader_reads_it(made, hand):
    by_both(made, hand)


@pytest.mark.long
@LONG
@given(BOOKS, HANDS)
def test_thousands_of_workbooks_read_as_another_reader_reads_them(made, hand):
    by_both(made, hand)


def read_as(figure, shown_as, kind="number", from_1904=False, hand=Hand()):  # noqa: B008
    """What the one cell of a workbook is read as."""
    page = Page("A", cells={(0, 0): Cell(kind, figure, shown_as)})
    cells, _ = ours(by_hand(Made((page,), from_1904), hand))
    return cells["A", 0, 0]


@pytest.mark.parametrize(
    ("figure", "day"),
    [("1", (1, 1)), ("31", (1, 31)), ("32", (2, 1)), ("59.5", (2, 28)), ("61", (3, 1))],
)
def test_a_day_of_early_1900_is_the_one_that_excel_shows(figure, day):
    assert read_as(figure, "dd/mm/yyyy") == date(1900, *day)


@pytest.mark.parametrize("figure", ["0", "0.5", "60", "-5", "2958466", "1e300"])
def test_a_number_for_which_excel_has_no_day_stays_a_number(figure):
    assert read_as(figure, "dd/mm/yyyy") == Decimal(figure)


def test_a_day_that_lacks_less_than_half_a_millisecond_is_the_next():
    assert read_as("43100.999999999996", "dd/mm/yyyy") == date(2018, 1, 1)
    assert read_as("43100.9999", "dd/mm/yyyy") == date(2017, 12, 31)


def test_a_workbook_from_1904_has_days_from_its_first_to_the_last_of_9999():
    assert read_as("0", "dd/mm/yyyy", from_1904=True) == date(1904, 1, 1)
    assert read_as("60", "dd/mm/yyyy", from_1904=True) == date(1904, 3, 1)
    assert read_as("2957003", "dd/mm/yyyy", from_1904=True) == date(9999, 12, 31)
    assert read_as("2957004", "dd/mm/yyyy", from_1904=True) == Decimal(2957004)


@pytest.mark.parametrize("shown_as", ["mm:ss", "mm:ss.0", "[h]:mm:ss", "[mm]:ss", "h:mm:ss AM/PM"])
def test_a_time_is_no_day(shown_as):
    assert read_as("43101.5", shown_as) == Decimal("43101.5")
    assert is_time(shown_as)


@pytest.mark.parametrize("shown_as", ["dd", "dddd", "dd hh:mm", "[$-809]d mmmm"])
def test_a_day_without_its_month_is_a_day(shown_as):
    assert read_as("43101", shown_as) == date(2018, 1, 1)


def test_a_day_without_its_month_is_shown_without_it():
    assert [read_as("43101", shown_as).displayed for shown_as in ("dd", "dddd")] == ["01", "Monday"]


def test_what_stands_in_quotes_in_a_format_says_nothing_of_days():
    assert read_as("43101", '"day;month"0') == Decimal(43101)


def test_a_truth_is_written_as_a_word_too():
    for truth in (("0", "1"), ("false", "true")):
        for value, said in (("0", "FALSE"), ("1", "TRUE")):
            assert read_as(value, "General", "truth", hand=Hand(truth=truth)) == said


def cell_of(xml):
    """A workbook with this cell below a heading and a text."""
    sheet = files.sheet_xml([files.HEADING, ["40101", "Apr-17", 7]])
    return files.with_sheet_xml(sheet.replace("</sheetData>", f"<row>{xml}</row></sheetData>"))


@pytest.mark.parametrize("kind", ["n", "s"])
@pytest.mark.parametrize("value", ["-1e400", "1_0", "\u0661\u0662", "infinity", "0x1", "1,5"])
def test_what_no_program_writes_as_a_number_is_refused(kind, value):
    with pytest.raises(Refused, match="damaged"):
        ours(cell_of(f'<c t="{kind}"><v>{value}</v></c>'))


@pytest.mark.parametrize("value", ["-1", "999"])
def test_a_text_that_there_is_not_is_refused(value):
    with pytest.raises(Refused, match="damaged"):
        ours(cell_of(f'<c t="s"><v>{value}</v></c>'))


MADE = by_hand(Made((Page("A", cells={(0, 0): Cell("text", "abc")}),)), Hand())
REFUSED = [
    ("a cell of too many letters", cell_of(f"<c><v>{'1' * 32_768}</v></c>"), "characters"),
    ("cells that are not in order", cell_of('<c r="B9"/><c r="A9"/>'), "damaged"),
    ("a column without a row", cell_of('<c r="9"/>'), "damaged"),
    ("a declaration of entities", files.external_entity(), "declarations that Excel never writes"),
    ("a lone cell in the last row", files.far_row(), "continues below row 200,000"),
    ("a password", files.locked_zip(), "locked with a password"),
    ("far too much of nothing", files.zip_bomb(), "far bigger unpacked"),
    ("macros", files.rezipped(MADE, {"xl/vbaProject.bin": b""}), "holds macros"),
    (
        "links",
        files.rezipped(MADE, {"xl/externalLinks/a.xml": b""}),
        "figures from other workbooks",
    ),
    ("a binary workbook", files.rezipped(MADE, {"xl/workbook.bin": b""}), "binary workbook"),
    ("no workbook", files.rezipped(MADE, leave_out=["xl/workbook.xml"]), "damaged"),
    ("no content types", files.rezipped(MADE, leave_out=["[Content_Types].xml"]), "not an Excel"),
    ("half of it", MADE[: len(MADE) // 2], "damaged"),
]


@pytest.mark.parametrize(
    ("content", "sentence"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_is_refused_and_why(content, sentence):
    with pytest.raises(Refused, match=sentence) as refused:
        ours(content)
    assert refused.value.sentence.endswith(".")
