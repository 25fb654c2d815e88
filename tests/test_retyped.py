"""What a spreadsheet makes of a text, and a number as the person sees it in a workbook."""

from datetime import date

import pytest

from bcfportal.lib.spreadsheets.formats import (
    FormattedDay,
    FormattedNumber,
    as_shown,
    hides_year,
    is_date,
)
from bcfportal.lib.spreadsheets.retyped import (
    makings,
    number_of,
    places_of_shortened,
    shortened,
    what_is_made,
)

ALIKE = [
    *(("00401", "401"), ("401", "401.0"), ("0401.50", "401.5"), ("12E5", "1200000")),
    *(("1-2", "01-FEB"), ("1/2", "1-2"), ("2-17", "FEB-17"), ("MAR1", "01-MAR")),
    *(("SEPT2", "02-SEP"), ("1-2-17", "01/02/2017"), ("1:20", "01:20")),
    *(("12345678901234567890", "12345678901234500000"), ("1-FEB", "FEB-1"), ("12E5", "1.2E6")),
]


@pytest.mark.parametrize(("typed", "made"), ALIKE)
def test_a_text_and_what_a_spreadsheet_makes_of_it_are_alike(typed, made):
    assert makings(typed) & makings(made)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("401", "4010"), ("CC401", "CC0401"), ("1-2", "2-1"), ("12E5", "12E6"), ("A-1", "A-01")),
        *(("40-1", "40-01"), ("40-50-60", "40-50-6"), ("00-401", "401"), ("MARKET1", "01-MAR")),
    ],
)
def test_texts_that_no_spreadsheet_mixes_up_are_not_alike(one, other):
    assert not makings(one) & makings(other)


WRITTEN = {
    "a number, and shortened it": ("1.23457E+14", "4.01E+07", "4E+07"),
    "a date": (
        *("01-FEB", "2-JAN", "FEB-17", "1-FEB-17", "12-OCT-2017", "01/02/2017", "1/2/2026"),
        *("12/31/2026", "1.2.2026", "01-02-2026", "2026-02-01", "2026/2/1"),
    ),
    "a time": ("01:20:00", "1:20:05"),
    "true or false": ("TRUE", "FALSE"),
}


@pytest.mark.parametrize(("made", "text"), [(m, text) for m in WRITTEN for text in WRITTEN[m]])
def test_forms_that_only_a_spreadsheet_writes_are_known(made, text):
    assert what_is_made(text) == made


@pytest.mark.parametrize(
    "text",
    [
        *("12E5", "1-2", "1/2", "00401", "E401", "4.01", "FEBRUARY", "1E+5X", "40/50/2026", "1:20"),
        *("31/02/2026", "10-20-30", "40-50-6000", "TRUE1", "32-JAN", "1/2/0401"),
    ],
)
def test_codes_of_other_forms_are_not_taken_for_them(text):
    assert not what_is_made(text)


def test_a_shortened_number_is_what_the_long_one_is_shown_as():
    assert places_of_shortened("1.23457E+14") == 5
    assert places_of_shortened("4E+07") == 0
    assert shortened(number_of("123456789012345"), 5) == "1.23457E+14"
    assert shortened(number_of("12E5"), 2) == "1.20E+06"


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        *(("401", '"CC"00000', "CC00401"), ("40101", "00-00-00", "04-01-01")),
        *(("401", "", "401"), ("401", "General", "401"), ("401", "0", "401"), ("401", "@", "401")),
        *(("40101", "#,##0", "40,101"), ("401", "0.00", "401.00"), ("401.5", "0.0#", "401.5")),
        *(("4010", "000000", "004010"), ("4010", "000\\-000", "004-010"), ("7", "\\C00", "C07")),
        *(("401", "[Red]00000", "00401"), ("401", "[$-809]00000", "00401"), ("5", "0%", "500%")),
        *(("401", "[$£-809]0", "£401"), ("401", '00000" BCF"', "00401 BCF"), ("0", "0;-0;0", "0")),
        *(
            ("1200000", "0.00E+00", "1.20E+06"),
            ("123456", "00-00", "1234-56"),
            ("-5", "0;(0)", "(5)"),
        ),
        *(("401", "00000_);(00000)", "00401"), ("401", '"a;b"000', "a;b401"), ("12", "# #", "1 2")),
    ],
)
def test_a_number_is_shown_as_excel_shows_it(number, code, shown):
    assert as_shown(FormattedNumber.of(number, code)) == shown


@pytest.mark.parametrize("code", ["[>100]000", "# ?/?", "0,", "h:mm", "0x0", "[h]:mm"])
def test_what_cannot_be_told_for_sure_is_not(code):
    assert as_shown(FormattedNumber.of("401", code)) is None


def test_formats_of_days_and_those_without_a_year():
    assert all(map(is_date, ("d-mmm", "mmm-yy", "dd/mm/yyyy", "[$-809]d mmmm;@", "mmmm")))
    assert not any(map(is_date, ("0.00", "General", "h:mm", '"CC"0', "[Red]0", '"my"0')))
    assert all(map(hides_year, ("d-mmm", "[$-809]d mmmm;@", "mmmm", "dd/mm", 'd "May"')))
    assert not any(map(hides_year, ("mmm-yy", "dd/mm/yyyy", "yyyy-mm-dd")))
    day = date(2026, 4, 17)
    assert FormattedDay.of(day, "d-mmm").displayed == "17-Apr"
    assert FormattedDay.of(day, "mmmm").displayed == "Apr"
    assert FormattedDay.of(day, "d-mmm") == day
