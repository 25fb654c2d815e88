"""Lines around a ledger's table, units, totals and currencies: read, asked about or refused."""

import pytest

from tests.ledger_files import HEADING, csv_file
from tests.ledger_uploads import (
    answer_all,
    answer_each,
    applied,
    apply,
    ledger,
    refused,
    total,
    uploaded,
    with_words,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, quarter):
    return quarter.sign_in(client, "finance officer")


AROUND = [
    *["Budget 2026/27", "Year to date January 2027", "Norfolk County Council", "Forecast outturn"],
    *["Cumulative actuals", "Commitments at 31 March", "London Borough of Barnet", "YTD"],
    *["Prior year comparatives", "Spend to date", "Encumbrances", "Kent County Council ledger"],
    *["Budget book 2017/18", "Financial plan", "Wirral MBC", "Leeds City Council: actuals"],
    *["Original budget (approved)", "Nottinghamshire", "Projected spend for April"],
]


@pytest.mark.parametrize("below", [False, True])
@pytest.mark.parametrize("said", AROUND)
def test_words_around_the_table_that_say_what_it_is_not_are_asked_about(officer, said, below):
    rows = "Code,Period,Amount\r\n91001,Apr-2017,100\r\n91002,Apr-2017,20\r\n"
    text = f"{rows}{said},,\r\n" if below else f"{said}\r\n{rows}"
    upload, page = uploaded(officer, text)
    assert f"Row {4 if below else 1}, “{said}”" in page
    assert (upload.asked, upload.unanswered) == (2, 1)
    answer_all(officer, upload, rows="take")
    apply(officer, upload)
    assert total() == 120


HARMLESS_AROUND = [
    *["Actuals for April 2017", "Testshire County Council", "Testshire", "Run on 03/05/2017"],
    *["Budget monitoring: actual spend", "Budget holder: Head of Care", "Adult social care"],
    *["Detail Trial Balance", "Report CR101", "Page 1 of 3", "Cost centre 4000", "The Council"],
    *["Better Care Fund", "Ledger P01 2017/18"],
]


@pytest.mark.parametrize("said", HARMLESS_AROUND)
def test_words_around_the_table_that_say_nothing_of_it_ask_nothing(officer, said):
    upload, _ = uploaded(officer, f"{said}\r\nCode,Period,Amount\r\n91001,Apr-2017,100\r\n")
    assert (upload.new, upload.unanswered) == (1, 0)


UNITS = [
    *[("Figures in £000", 1000), ("All amounts in thousands", 1000), ("£'000", 1000)],
    *[("£k", 1000), ("(£000s)", 1000), ("Amounts are in £ millions", 1_000_000), ("£m", 1_000_000)],
    *[("in thousands of pounds", 1000), ("GBP 000", 1000), ("£ ‘000", 1000)],
    *[("Amounts in pence", "0.01"), ("Figures £ million unless stated", 1_000_000)],
]


@pytest.mark.parametrize("below", [False, True])
@pytest.mark.parametrize(("said", "scale"), UNITS)
def test_a_unit_around_the_table_is_asked_about_and_read(officer, said, scale, below):
    rows = "Code,Period,Amount\r\n91001,Apr-2017,2400\r\n91002,Apr-2017,100\r\n"
    text = f'{rows}"{said}",,\r\n' if below else f'"{said}"\r\n{rows}'
    upload, page = uploaded(officer, text)
    assert "Are the amounts in pounds?" in page
    assert said in page
    assert "Pounds: 2,400 is £2,400.00" in page
    apply(officer, upload)
    assert ledger() == {}
    answer_each(officer, upload, unit=f"{scale}")
    apply(officer, upload)
    assert float(total()) == 2500 * float(scale)


COLUMNS_OF_UNITS = [
    *[("Unit", "£000", 1000), ("Scale", "thousands", 1000), ("Currency", "GBP 000", 1000)],
    *[("UOM", "k", 1000), ("In", "£m", 1_000_000), ("Unit", "Pence", "0.01")],
]


@pytest.mark.parametrize(("head", "said", "scale"), COLUMNS_OF_UNITS)
def test_a_column_of_units_is_asked_about_and_read(officer, head, said, scale):
    upload, page = uploaded(officer, with_words(head, ("2400", said), ("100", said)))
    assert f"Column {head}: {said}" in page
    answer_each(officer, upload, unit=f"{scale}")
    apply(officer, upload)
    assert float(total()) == 2500 * float(scale)


@pytest.mark.parametrize(
    ("head", "said"),
    [("Sex", "M"), ("Form", "K"), ("Short name", "000"), ("Name", "Pence")],
)
def test_letters_in_other_columns_are_no_units(officer, head, said):
    upload, _ = uploaded(officer, with_words(head, ("2400", said), ("100", "F")))
    assert (upload.new, upload.unanswered) == (2, 0)


@pytest.mark.parametrize(("head", "said"), [("Version of form", "K"), ("Company", "000")])
def test_a_column_of_versions_or_companies_is_asked_about_and_is_no_unit(officer, head, said):
    upload, page = uploaded(officer, with_words(head, ("2400", said), ("100", "F")))
    assert upload.unanswered == 1
    assert f"Column {head}: {said}" not in page


def test_two_units_in_one_column_are_refused(officer):
    sentence = refused(officer, with_words("Unit", ("2400", "£000"), ("100", "£")))
    assert "The column “Unit” has amounts in £000 beside others." in sentence


def test_decimals_of_thousands_are_pounds_and_a_total_is_compared_in_them(officer):
    rows = "Figures in £000\r\nCode,Period,Amount\r\n1,Apr-2017,2.4567\r\n2,Apr-2017,1.1\r\n"
    upload, _ = uploaded(officer, f"{rows}Total,,3.5567\r\n")
    assert (upload.wrong, upload.asked) == (0, 2)
    page = answer_each(officer, upload, unit="1000")
    assert "is a total and was left out: £3,556.70, as the rows above it." in page
    apply(officer, upload)
    assert float(total()) == 3556.7


def test_a_file_in_thousands_that_is_said_to_be_in_pounds_is_read_as_it_stands(officer):
    upload, _ = uploaded(officer, "£000\r\nCode,Period,Amount\r\n1,Apr-2017,24\r\n")
    answer_each(officer, upload, unit="1")
    apply(officer, upload)
    assert total() == 24


@pytest.mark.parametrize("amounts", [("2400",), ("2400", "951", "18"), ("-2.4", "0.951", "0.02")])
def test_amounts_of_a_thousandth_or_millionth_of_what_their_codes_had_are_asked_about(
    officer, amounts
):
    usual = ["2598853.76", "1020304", "20000"][: len(amounts)]
    before = [[f"{91001 + at}", "Apr-2017", amount] for at, amount in enumerate(usual)]
    applied(officer, csv_file(before))
    now = [[f"{91001 + at}", "May-2017", amount] for at, amount in enumerate(amounts)]
    upload, page = uploaded(officer, csv_file(now))
    thousands = "." not in amounts[0]
    assert f"about a {'thousandth' if thousands else 'millionth'} of what its code has had" in page
    answer_each(officer, upload, unit="1000" if thousands else "1000000")
    apply(officer, upload)
    assert upload.unanswered == 0
    assert abs(ledger()["91001", "2017-18-m02"]) == 2_400_000


@pytest.mark.parametrize("now", ["2600000", "260000", "40000", "500000000"])
def test_amounts_that_are_no_thousandth_are_not(officer, now):
    applied(officer, csv_file([["91001", "Apr-2017", "2598853.76"]]))
    upload, _ = uploaded(officer, csv_file([["91001", "May-2017", now]]))
    assert upload.unanswered == 0


# -- rows that are counted in others

COUNTED = [
    *["of which agency", "Of which: agency staff", "Sum", "Net", "Balance c/f", "Balance b/f"],
    *["Net expenditure", "Carried forward", "Gross", "Closing balance", "thereof agency", "Memo"],
    *["o/w agency", "Agency (included above)", "Opening balance 1 April", "Tot.", "Surplus"],
    *["Net position", "Balance", "Sum of above", "C/F", "in which agency", "Sub sum"],
]


@pytest.mark.parametrize("in_code", [True, False])
@pytest.mark.parametrize("said", COUNTED)
def test_rows_that_are_totals_or_parts_by_their_words_are_asked_about(officer, said, in_code):
    last = [said, "Apr-2017", "40", ""] if in_code else ["41", "Apr-2017", "40", said]
    rows = [["91001", "Apr-2017", "100", ""], ["91002", "Apr-2017", "20", ""], last]
    upload, page = uploaded(officer, csv_file(rows, [*HEADING, "Description"]))
    assert "Are these rows what was spent?" in page
    assert f"“{said}”" in page
    assert (upload.asked, upload.unanswered) == (1, 1)
    answer_all(officer, upload, rows="leave out")
    apply(officer, upload)
    assert total() == 120


@pytest.mark.parametrize("said", ["Total residential", "Residential total", "Sub-total: Adults"])
def test_a_second_total_with_a_code_and_a_month_is_asked_about(officer, said):
    rows = [
        *[["41011", "Apr-2017", "100", ""], ["Total", "", "100", ""]],
        *[["41012", "Apr-2017", "20", ""], ["41", "Apr-2017", "120", said]],
    ]
    upload, _ = uploaded(officer, csv_file(rows, [*HEADING, "Description"]))
    assert (upload.asked, upload.totals) == (1, 1)
    answer_all(officer, upload, rows="leave out")
    apply(officer, upload)
    assert total() == 120


# -- another currency

CURRENCIES = [
    *[("Currency", "EUR"), ("Curr", "USD"), ("CCY", "eur"), ("Crcy", "CHF"), ("Currency", "€")],
    *[("Currency code", "PLN"), ("Unit", "Euros"), ("Info", "€"), ("Trans. currency", "NOK")],
]


@pytest.mark.parametrize(("head", "said"), CURRENCIES)
def test_another_currency_beside_the_amounts_is_refused(officer, head, said):
    sentence = refused(officer, with_words(head, ("100", "GBP"), ("40", said)))
    assert f"The column “{head}” has amounts in another currency, {said}." in sentence


@pytest.mark.parametrize("said", ["GBP", "gbp", "£", "Pounds", "Sterling", ""])
def test_pounds_beside_the_amounts_are_read(officer, said):
    upload, _ = uploaded(officer, with_words("Currency", ("100", said)))
    assert (upload.new, upload.unanswered) == (1, 0)


def test_the_currency_of_a_document_beside_an_amount_in_local_currency_is_none_of_it(officer):
    heading = ["Account", "Posting period", "Amount in local currency", "Document currency"]
    upload, _ = uploaded(officer, csv_file([["91001", "Apr-2017", "40", "EUR"]], heading))
    assert (upload.new, upload.unanswered) == (1, 0)


@pytest.mark.parametrize("said", ["All figures in euros", "Amounts in €000", "US dollars"])
def test_another_currency_above_the_table_is_refused(officer, said):
    text = f"{said}\r\nCode,Period,Amount\r\n91001,Apr-2017,100\r\n"
    assert f"Row 1, “{said}”" in refused(officer, text)
