"""A file is read as it is meant, or the sentence names what is wrong with it: no other thing."""

import pytest
from openpyxl.styles import Font

from bcfportal.lib.spreadsheets import limits
from bcfportal.lib.spreadsheets.formats import FormattedNumber
from finance.ledger.cells import read_amount
from tests.ledger_files import HEADING, sheet_xml, with_sheet_xml, xlsx_file
from tests.ledger_uploads import applied, descriptions, ledger, refused, uploaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, quarter):
    return quarter.sign_in(client, "finance officer")


# -- quotes and separators


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("title", ["", '"Actuals, April; 2017 | ledger"\r\n\r\n'])
def test_a_file_with_every_cell_in_quotes_is_read_whatever_separates_them(
    officer, separator, title
):
    rows = [["Code", "Period", "Amount"], ["91001", "Apr-2017", "12.50"]]
    text = title + "".join(separator.join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)
    upload, _ = uploaded(officer, text, "a.txt")
    assert (upload.new, upload.wrong) == (1, 0)


def test_a_quoted_cell_may_hold_other_separators_and_ends_of_lines(officer):
    applied(officer, 'Code;Period;Amount;Description\r\n91001;Apr-2017;"1,5";"a;\r\nb\t""c"""\r\n')
    assert descriptions() == {"91001": 'a; b "c"'}


OTHER_HEADINGS = [
    'Dept,Expenditure Code,Paid Date,Net Amt\r\n"Adults, Health",91001,01/04/2017,12.50\r\n',
    '"Dept","Expenditure Code","Net Amt"\r\n"Adults; ""Health""","91001","12.50"\r\n',
    'Dept;Kode;Net Amt\r\n"Adults, ""Health""";91001;12\r\n',
    'Dept\tKode\tNet Amt\r\n"Adults, Health"\t91001\t12.50\r\n',
    '"a","b"\n"x""y, z","2"\n"3\n4","5"\n',
]


@pytest.mark.parametrize("text", OTHER_HEADINGS)
def test_a_file_with_right_quotes_and_other_headings_is_told_of_its_headings(officer, text):
    sentence = refused(officer, text)
    assert "None of the first 20 rows has the headings Code, Period and Amount." in sentence
    assert "quote" not in sentence


def test_the_headings_that_were_found_are_named(officer):
    sentence = refused(officer, OTHER_HEADINGS[0])
    assert "Row 1 has Dept, Expenditure Code, Paid Date and Net Amt." in sentence
    sentence = refused(officer, "Trial balance\n\nCode,Month,Debit,VAT\n1,Apr-2017,1,\n")
    assert "Row 3 has Code, Month, Debit and VAT: none of these is read as Amount." in sentence
    sentence = refused(officer, xlsx_file(heading=["Kode", "Month", "Amount"]), "a.xlsx")
    assert (
        "Sheet Actuals, row 1 has Kode, Month and Amount: none of these is read as Code."
        in sentence
    )


def test_a_quote_that_is_really_open_is_still_said_to_be(officer):
    text = '"Code";"Period";"Amount"\n"1";"Apr-2017";"1"\n"2;"Apr-2017";"1"\n'
    assert "Row 3 cannot be read: a quote" in refused(officer, text)
    assert "Row 2 cannot be read: a quote" in refused(officer, 'Kode,Amt\n"1,2\n3,4\n')


# -- hidden sheets, rows and columns


def hidden_data(book, page):
    front = book.create_sheet("Cover", 0)
    front["A1"] = "See data"
    book.active = 0
    page.sheet_state = "hidden"


def very_hidden(book, page):
    hidden_data(book, page)
    page.sheet_state = "veryHidden"


@pytest.mark.parametrize("change", [hidden_data, very_hidden])
def test_a_file_whose_figures_are_on_a_hidden_sheet_is_told_so(officer, change):
    sentence = refused(officer, xlsx_file(sheet="Data", change=change), "a.xlsx")
    assert "Sheet Data is hidden" in sentence
    assert "try again" in sentence


def test_several_hidden_sheets_are_all_named_and_those_without_headings_are_not(officer):
    def change(book, page):
        hidden_data(book, page)
        for name in ("May", "Lists"):
            book[name].sheet_state = "hidden"

    more = [("May", [HEADING, ["1", "May-2017", 2]]), ("Lists", [["a"], ["b"]])]
    sentence = refused(officer, xlsx_file(sheet="April", more=more, change=change), "a.xlsx")
    assert "Sheets April and May are hidden" in sentence
    assert "Lists" not in sentence


def test_a_hidden_sheet_with_figures_beside_one_that_is_read_is_said(officer):
    def change(book, page):
        book["May"].sheet_state = "hidden"

    more = [("May", [HEADING, ["1", "May-2017", 2]])]
    upload, page = uploaded(officer, xlsx_file(more=more, change=change), "a.xlsx")
    assert upload.new == 3
    assert "Sheet May is hidden and was not read, though it has the headings" in page


def test_rows_and_columns_that_excel_hides_are_read_and_said(officer):
    def change(book, page):
        page.row_dimensions[3].hidden = True
        page.row_dimensions[4].hidden = True
        page.column_dimensions["B"].hidden = True

    upload, page = uploaded(officer, xlsx_file(change=change), "a.xlsx")
    assert upload.new == 3
    assert "Sheet Actuals, rows 3 and 4 are hidden" in page
    assert "They were read like the others." in page
    assert "Sheet Actuals: column Period is hidden" in page


def test_rows_that_are_struck_through_are_read_and_said(officer):
    def change(book, page):
        page["C3"].font = Font(strike=True)
        page["A4"].font = Font(strike=False)

    upload, page = uploaded(officer, xlsx_file(change=change), "a.xlsx")
    assert upload.new == 3
    assert "Sheet Actuals, row 3 is struck through. It was read like the others." in page


def test_many_hidden_rows_are_counted_and_rows_without_figures_are_not_said(officer):
    def change(book, page):
        for number in range(2, 40):
            page.row_dimensions[number].hidden = True

    rows = [[f"{number}", "Apr-2017", 1] for number in range(30)]
    _, page = uploaded(officer, xlsx_file(rows, change=change), "a.xlsx")
    assert "30 rows of sheet Actuals are hidden, the first in row 2" in page


# -- invisible characters


UNSEEN = ["\u200b", "\u200e", "\u00ad", "\ufeff", "\u2060", "\u202c"]


@pytest.mark.parametrize("unseen", UNSEEN)
def test_what_nobody_can_see_is_left_out_of_codes_months_amounts_and_headings(officer, unseen):
    text = (
        f"Co{unseen}de,Period{unseen},Amount\r\n91{unseen}001,Apr{unseen}-2017,10.00\r\n"
        f"91002{unseen},Apr-2017,{unseen}10.{unseen}00\r\n91003,Apr-2017,(5{unseen})\r\n"
    )
    applied(officer, text)
    assert ledger() == {
        ("91001", "2017-18-m01"): 10,
        ("91002", "2017-18-m01"): 10,
        ("91003", "2017-18-m01"): -5,
    }


def test_a_code_of_what_nobody_can_see_alone_is_no_code(officer):
    upload, page = uploaded(officer, "Code,Period,Amount\r\n\u200b,Apr-2017,10\r\n")
    assert upload.wrong == 1
    assert "there is no code" in page


# -- characters that are not text


@pytest.mark.parametrize("end", ["\x1a", "\x1a\r\n", "\x1a\x1a\x1a", "\r\n\x1a \r\n"])
def test_the_end_mark_of_old_systems_is_left_out(officer, end):
    upload, _ = uploaded(officer, f"Code,Period,Amount\r\n91001,Apr-2017,10.00\r\n{end}")
    assert (upload.new, upload.wrong) == (1, 0)


@pytest.mark.parametrize(
    ("sign", "name"),
    [("\x0b", "a vertical tab"), ("\x07", "a bell"), ("\x1a", "Ctrl-Z"), ("\x02", "U+0002")],
)
def test_a_character_that_no_text_has_is_named_with_its_row(officer, sign, name):
    text = f'Code,Period,Amount,Description\r\n1,Apr-2017,1,"a\r\nb"\r\n2,Apr-2017,1,x{sign}y\r\n'
    sentence = refused(officer, text)
    assert f"Row 3 has a character that is not text: {name}" in sentence


def test_a_file_of_such_characters_is_said_to_be_no_text(officer):
    assert "so it is not CSV" in refused(officer, bytes(range(256)) * 40)


# -- what begins with =


@pytest.mark.parametrize("words", ["=== see note ===", "=", "= 50% of cost", "=>next year"])
def test_a_description_that_begins_with_equals_is_a_text(officer, words):
    text = f"Code,Period,Amount,Description\r\n91001,Apr-2017,10,{words}\r\n"
    applied(officer, text)
    assert descriptions() == {"91001": words}


def test_a_description_that_begins_with_equals_is_a_text_in_a_workbook_too(officer):
    def change(book, page):
        page["D2"].data_type = "s"

    rows = [["91001", "Apr-2017", 10, "=== see note ==="]]
    content = xlsx_file(rows, [*HEADING, "Description"], change=change)
    applied(officer, content, "a.xlsx")
    assert descriptions() == {"91001": "=== see note ==="}


def test_a_text_that_a_system_wrote_so_that_excel_leaves_it_alone_is_that_text(officer):
    text = 'Code,Period,Amount\r\n"=""00401""",Apr-2017,10\r\n="00402","=""P1 2017/18""",1\r\n'
    applied(officer, text)
    assert set(ledger()) == {("00401", "2017-18-m01"), ("00402", "2017-18-m01")}


@pytest.mark.parametrize("row", ["=A1,Apr-2017,1", "1,=B1,1", "1,Apr-2017,=1+1"])
def test_a_formula_in_a_code_month_or_amount_is_still_refused(officer, row):
    sentence = refused(officer, f"Code,Period,Amount\r\n{row}\r\n")
    assert "the cell holds a formula" in sentence


# -- what Excel writes for a letter that XML cannot hold


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("first line_x000D_\nsecond line", "first line second line"),
        ("a_x0009_b", "a b"),
        ("a_x005F_x000D_b", "a_x000D_b"),
        ("_x0041_bc_x00e9_", "Abcé"),
        ("a_xyz_b_x12", "a_xyz_b_x12"),
    ],
)
def test_letters_that_excel_writes_by_their_number_are_read_as_letters(officer, stored, read):
    rows = [["91001", "Apr-2017", 10, stored]]
    shared = xlsx_file(rows, [*HEADING, "Description"])
    inline = with_sheet_xml(sheet_xml([[*HEADING, "Description"], *rows]))
    for content in (shared, inline):
        upload, _ = uploaded(officer, content, "a.xlsx")
        assert upload.rows.get(kind="new").description == read


@pytest.mark.parametrize("shown_as", ["h:mm", "mm:ss", "[h]:mm"])
def test_an_amount_that_excel_shows_as_a_time_is_in_error(shown_as):
    with pytest.raises(ValueError, match="the cell is a time"):
        read_amount(FormattedNumber.of("0.5", shown_as))


# -- bounds


def test_a_row_without_end_is_refused_before_it_fills_the_memory(officer, monkeypatch):
    monkeypatch.setattr(limits, "LETTERS_OF_ROW", 1_000)
    for text in (
        "Code,Period,Amount" + ",x" * 600 + "\r\n1,Apr-2017,1\r\n",
        "Code,Period,Amount\r\n1,Apr-2017,1" + ",x" * 600 + "\r\n",
        'Code,Period,Amount\r\n1,Apr-2017,"' + "1\r\n" * 600 + '"\r\n',
    ):
        sentence = refused(officer, text)
        assert "has more than 1,000 characters" in sentence


def test_one_long_text_that_thousands_of_cells_share_is_refused(officer, monkeypatch):
    monkeypatch.setattr(limits, "LETTERS", 10_000)
    rows = [[f"{number}", "Apr-2017", 1, "x" * 500] for number in range(40)]
    content = xlsx_file(rows, [*HEADING, "Description"])
    assert "more than 10,000 characters" in refused(officer, content, "a.xlsx")


def test_a_heading_is_looked_for_in_the_columns_that_are_read_alone(officer):
    wide = ",".join(f"x{number}" for number in range(limits.COLUMNS))
    text = f"{wide},Code,Period,Amount\r\n" + "," * limits.COLUMNS + "1,Apr-2017,1\r\n"
    assert "None of the first 20 rows" in refused(officer, text)


@pytest.mark.parametrize("head", ["Amount (€)", "Amount $", "Amount EUR", "Amount in euros"])
def test_amounts_in_another_currency_are_no_pounds(client, quarter, head):
    officer = quarter.sign_in(client, "finance officer")
    sentence = refused(officer, f"Code,Period,{head}\r\n91001,Apr-2017,10\r\n")
    assert "None of the first" in sentence or "is in another currency" in sentence


@pytest.mark.parametrize(
    "head", ["Amount in local currency", "Amount in LC", "Amount in Loc.Curr."]
)
def test_the_pounds_of_a_council_s_own_books_are_its_amounts(client, quarter, head):
    officer = quarter.sign_in(client, "finance officer")
    text = f"Cost centre,Posting period,{head}\r\n91001,Apr-2017,10.50\r\n"
    upload, _ = uploaded(officer, text)
    assert (upload.new, upload.wrong) == (1, 0)


@pytest.mark.parametrize("digits", [12, 13, 40])
def test_an_amount_of_too_many_digits_is_said_to_be_too_large(client, quarter, digits):
    officer = quarter.sign_in(client, "finance officer")
    upload, page = uploaded(officer, f"Code,Period,Amount\r\n91001,Apr-2017,{'9' * digits}\r\n")
    assert upload.wrong == 1
    assert "the amount is £100,000,000,000 or more. Enter pounds." in page


@pytest.mark.parametrize("code", ["2017-03-01 00:00:00", "2017-03-01T00:00", "01/03/2017 00:00"])
def test_a_code_that_became_a_day_with_a_time_is_pointed_out(client, quarter, code):
    officer = quarter.sign_in(client, "finance officer")
    upload, page = uploaded(officer, f"Code,Period,Amount\r\n{code},Apr-2017,10\r\n")
    assert (upload.new, upload.wrong) == (0, 1)
    assert "Excel has made the code a date" in page
