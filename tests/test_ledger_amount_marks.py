"""2.500 and 2,500 are read by the mark of the whole file, or asked about once for it."""

import pytest

from bcfportal.lib import clock
from finance.ledger.transitions import UPLOADS
from tests.ledger_files import xlsx_file
from tests.ledger_uploads import answer_each, applied, apply, ledger, uploaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, quarter):
    return quarter.sign_in(client, "finance officer")


def file_of(*amounts, separator=";", total=""):
    """A file with an amount for each of the codes 91001, 91002, ..."""
    rows = [["Code", "Period", "Amount"]]
    rows += [[str(91001 + at), "Apr-2017", f'"{amount}"'] for at, amount in enumerate(amounts)]
    rows += [["Total", "", f'"{total}"']] if total else []
    return "".join(separator.join(row) + "\r\n" for row in rows)


def amounts():
    return [str(amount) for (code, _), amount in ledger().items() if code.startswith("91")]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("1.234,56", "2.500", "2,500"), ["1234.56", "2500.00", "2.50"]),
        (("12,50", "-1 234,50"), ["12.50", "-1234.50"]),
        (("-98,5", "(2.500)", "£1.000"), ["-98.50", "-2500.00", "1000.00"]),
        (("12,50", "1234,500"), ["12.50", "1234.50"]),
        (("1.234.567", "2.500"), ["1234567.00", "2500.00"]),
        (("1,234.56", "2,500", "2.500"), ["1234.56", "2500.00", "2.50"]),
        (("12.50", "2,500"), ["12.50", "2500.00"]),
    ],
)
def test_the_other_amounts_of_a_file_say_what_2_500_is(officer, typed, meant):
    applied(officer, file_of(*typed))
    assert amounts() == meant


def test_the_preview_says_that_the_file_has_commas_before_pence_and_what_was_read(officer):
    _, page = uploaded(officer, file_of("1.234,56", "2.500", "2,500"))
    assert (
        "Amounts have a comma before the pence: 1.234,56 in row 2. So 2.500 as £2,500.00 and 2,500 "
        "as £2.50 were read." in page
    )


@pytest.mark.parametrize("typed", [("12.50", "12,50"), ("1,234.56", "1.234,56")])
def test_two_marks_in_one_file_are_pointed_out(officer, typed):
    upload, page = uploaded(officer, file_of(*typed))
    assert not UPLOADS.why_not("apply", upload, clock.today())
    assert (
        f"Amounts have a comma before the pence in one place and a point in another: {typed[1]} in "
        f"row 3, {typed[0]} in row 2. Each was read as it stands. Look at both." in page
    )


@pytest.mark.parametrize(
    ("answer", "meant"),
    [("point", ["2.50", "1.20", "300.00"]), ("comma", ["2500.00", "1200.00", "300.00"])],
)
@pytest.mark.parametrize("separator", [";", ","])
def test_amounts_that_can_be_either_are_asked_about_once_for_the_file(
    officer, separator, answer, meant
):
    upload, page = uploaded(officer, file_of("2.500", "1.200", "300", separator=separator))
    assert "Which sign stands before the pence?" in page
    assert "A point: 2.500 is £2.50 and 1.200 is £1.20" in page
    assert "A comma: 2.500 is £2,500.00 and 1.200 is £1,200.00" in page
    assert (upload.unanswered, upload.asked) == (1, 2)
    assert "Answer the questions" in UPLOADS.why_not("apply", upload, clock.today())
    answer_each(officer, upload, mark=answer)
    page = apply(officer, upload)
    assert amounts() == meant
    assert "2.500 and 1.200: A" in page


def test_thousands_with_commas_between_semicolons_are_asked_about(officer):
    _, page = uploaded(officer, file_of("2,500", "300"))
    assert "A point: 2,500 is £2,500.00" in page
    assert "A comma: 2,500 is £2.50" in page


def test_thousands_with_commas_are_read_where_nothing_speaks_for_another_country(officer):
    applied(officer, file_of("2,500", "300", separator=","))
    assert amounts() == ["2500.00", "300.00"]


def test_a_workbook_with_texts_for_amounts_is_asked_about_too(officer):
    rows = [["91001", "Apr-2017", "2.500"], ["91002", "Apr-2017", 300]]
    _, page = uploaded(officer, xlsx_file(rows), "a.xlsx")
    assert "A comma: 2.500 is £2,500.00" in page


def test_two_marks_and_what_can_be_either_are_asked_about(officer):
    upload, _ = uploaded(officer, file_of("12.50", "12,50", "2.500"))
    assert (upload.asked, upload.unanswered) == (1, 1)
    answer_each(officer, upload, mark="comma")
    apply(officer, upload)
    assert amounts() == ["12.50", "12.50", "2500.00"]


def test_parts_of_a_penny_are_no_error_before_it_is_known_whether_they_are_thousands(officer):
    upload, page = uploaded(officer, file_of("2.505", "1.200"))
    assert (upload.wrong, upload.asked) == (0, 2)
    assert "A point: 2.505 is £2.505 and 1.200 is £1.20" in page
    assert "has parts of a penny" in answer_each(officer, upload, mark="point")


@pytest.mark.parametrize(
    ("debit", "credit", "pounds"),
    [
        ("1,000.50", "", "1000.50"),
        ("", "250", "-250.00"),
        ("100", "40.50", "59.50"),
        ("1.000,50", "250,00", "750.50"),
    ],
)
def test_an_amount_is_the_debit_less_the_credit(officer, debit, credit, pounds):
    """Case D5."""
    text = f'Code;Period;Debit;Credit\r\n91001;Apr-2017;"{debit}";"{credit}"\r\n'
    _, page = uploaded(officer, text)
    assert "The amount of a row is its debit less its credit." in page
    applied(officer, text)
    assert amounts() == [pounds]


def test_a_debit_or_credit_that_is_no_amount_is_named_by_its_column(officer):
    upload, page = uploaded(
        officer, "Code,Period,Debit,Credit\r\n91001,Apr-2017,5,soon\r\n91002,Apr-2017,,\r\n"
    )
    assert (upload.wrong, upload.without_amount) == (1, 1)
    assert "Row 2, column Credit: “soon” is not an amount." in page


def test_credits_with_a_minus_are_pointed_out(officer):
    _, page = uploaded(officer, "Code,Period,Debit,Credit\r\n91001,Apr-2017,,-5\r\n")
    assert "1 credit is less than nothing, the first in row 2." in page


def test_debits_and_credits_beside_an_amount_are_not_read(officer):
    text = "Code,Period,Debit,Credit,Amount\r\n91001,Apr-2017,9,4,5\r\n"
    _, page = uploaded(officer, text)
    assert "Not read: Debit, Credit." in page


@pytest.mark.parametrize("total", ["3.700,00", "3.700"])
def test_a_total_is_read_by_the_same_mark(officer, total):
    _, page = uploaded(officer, file_of("2.500", "1.200,00", total=total))
    assert "Row 4 is a total and was left out: £3,700.00, as the rows above it." in page


@pytest.mark.parametrize(
    ("heads", "said"),
    [
        ("Cost centre manager,VAT code", "Not read: Cost centre manager, VAT code."),
        ("Description,VAT code", "Not read: VAT code."),
        ("Description", ""),
    ],
)
def test_columns_that_are_not_read_are_named(officer, heads, said):
    cells = ",".join(["x"] * len(heads.split(",")))
    _, page = uploaded(officer, f"Code,Period,Amount,{heads}\r\n91001,Apr-2017,1,{cells}\r\n")
    assert said in page
    assert said or "Not read" not in page


def test_many_columns_that_are_not_read_are_counted(officer):
    heads = ",".join(f"Extra {number}" for number in range(14))
    _, page = uploaded(officer, f"Code,Period,Amount,{heads}\r\n91001,Apr-2017,1\r\n")
    assert "Extra 9 and 4 more." in page
