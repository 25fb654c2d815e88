"""An amount of a workbook is what Excel shows of it, or it is refused with what is shown."""

import pytest

from bcfportal.lib.spreadsheets.formats import FormattedNumber
from finance.ledger.cells import read_amount
from tests.ledger_files import with_formats
from tests.ledger_uploads import uploaded

ANOTHER = [
    *[("2400", '#,##0"k"', "2,400k"), ("2400", '"£000" #,##0', "£000 2,400")],
    *[("2400", "(#,##0)", "(2,400)"), ("2400", '#,##0" CR"', "2,400 CR")],
    *[("2400", "-#,##0", "-2,400"), ("24", "[$€-2] #,##0", "€ 24"), ("24", "$#,##0", "$24")],
    *[("2400", "#,##0,", "2"), ("2400000", '£0.0,,"m"', "£2.4m"), ("2400", "#,##0 \\k", "2,400 k")],
    *[("-2400", "#,##0;#,##0", "2,400"), ("-2400", "(#,##0)", "-(2,400)"), ("2400", ";;;", "")],
    *[("24", "[$USD] #,##0.00", "USD 24.00"), ("2400", '0"00"', "240000"), ("24", '"x"', "x")],
    *[("2400", "[>1000]#,##0,\\K;0", "2K"), ("24", '#,##0"%"', "24%"), ("24", '0" p"', "24 p")],
    *[("-24", '0;0" DR"', "24 DR"), ("24", '0.00"-"', "24.00-"), ("24", '"£m "0', "£m 24")],
    *[
        ("24", '"minus "0', "minus 24"),
        ("24", "[$¥-411]0", "¥24"),
        ("2400", 'General"k"', "2400k"),
    ],
]


@pytest.mark.parametrize(("held", "code", "shown"), ANOTHER)
def test_an_amount_that_is_shown_as_another_is_refused_with_what_is_shown(held, code, shown):
    with pytest.raises(ValueError, match=r"Excel shows|is not an amount") as refusal:
        read_amount(FormattedNumber.of(held, code))
    assert (f"“{shown}”" if shown else "Excel shows nothing") in str(refusal.value)


THE_SAME = [
    *["#,##0.00", "£#,##0", "#,##0.00_);[Red](#,##0.00)", "0", "_-£* #,##0.00_-;-£* #,##0.00_-"],
    *[
        '"£"#,##0.00;[Red]\\-"£"#,##0.00',
        "#,##0;[Red]#,##0",
        '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_)',
    ],
    *["[$£-809]#,##0.00;-[$£-809]#,##0.00", "[$-809]0.00", '0.00" DR";0.00" CR"', "+0;-0"],
    *[
        "General",
        "@",
        "",
        "0.00E+00",
        "# ?/?",
        "[>100]0;-0",
        "[Blue]0;[Red]-0",
        "[$GBP] 0.00;-[$GBP] 0",
    ],
    *['_-* #,##0.00_-;\\-* #,##0.00_-;_-* "-"??_-;_-@_-', "#,##0.00;(#,##0.00);0.00"],
]


@pytest.mark.parametrize("held", ["1234.56", "-1234.56"])
@pytest.mark.parametrize("code", THE_SAME)
def test_an_amount_that_is_shown_as_it_is_held_is_read_to_the_penny(held, code):
    assert f"{read_amount(FormattedNumber.of(held, code))}" == held


@pytest.mark.parametrize("code", ["0.00;-0.00;", ';;"-"', '0"k"'])
def test_nothing_is_shown_otherwise_of_nought(code):
    assert read_amount(FormattedNumber.of("0", code)) == 0


@pytest.mark.django_db
def test_the_page_says_what_excel_shows(client, quarter):
    officer = quarter.sign_in(client, "finance officer")
    rows = [["91001", "Apr-2017", 2400]]
    upload, page = uploaded(officer, with_formats(rows, "C", ['#,##0"k"']), "a.xlsx")
    assert upload.wrong == 1
    assert "Excel shows “2,400k” where the cell holds 2400." in page
