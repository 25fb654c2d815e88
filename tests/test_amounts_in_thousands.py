"""Thousands typed in pounds, years that are over, posts that no one has: asked, never refused."""

import re
from datetime import date
from decimal import Decimal

import pytest

from bcfportal.lib.text.typed_dates import days_in
from bcfportal.lib.tolerances import wrong_tolerance
from finance.models import ChangeRequest, MonitoringReport, OptionForChange, Saving, TemporaryPost
from finance.monitoring.draft import Draft
from finance.savings.asked import is_little, unlikely_in_post, years_over
from outcomes.entry.validation import BOXES, check_row
from outcomes.models import Measure
from tests.savings import make_savings
from tests.test_savings_entry import option_form, pressed, saving_form
from tests.text import read, words_of

pytestmark = pytest.mark.django_db
TEST = "/testshire/"


@pytest.fixture
def savings(quarter):
    make_savings(quarter)
    return quarter


def ticks(page):
    return dict(re.findall(r'name="(\w+)" value="(yes: [^"]+)"', page)) | {
        name: value for value, name in re.findall(r'value="(yes: [^"]+)"[^>]* name="(\w+)"', page)
    }


@pytest.mark.parametrize(
    ("amount", "beside"),
    [
        *(("380", "380000"), ("120", "380000"), ("120.5", "380000"), ("999", "210000")),
        *(("-150", "210000"), ("900", "1200000"), ("100", "-10000"), ("1200", "1200000")),
        *(("1250.5", "1200000"), ("99", "1"), ("0.35", "1"), ("9900", "9500000"), ("101", "10100")),
    ],
)
def test_an_amount_that_may_be_thousands_is_little(amount, beside):
    assert is_little(Decimal(amount), [Decimal(beside)])
    assert is_little(Decimal(amount), [Decimal(5), Decimal(beside)])


@pytest.mark.parametrize(
    ("amount", "beside"),
    [
        *(("380000", "380000"), ("500", "700"), ("101", "10000"), ("1200", "120000"), ("0", "1")),
        *(("2000", "380000"), ("25000", "25000000"), ("-25000", "1000"), ("999", "99000")),
        *(("1500", "3000000"), ("10000", "10000000")),
    ],
)
def test_an_amount_that_is_well_in_pounds_is_not(amount, beside):
    assert not is_little(Decimal(amount), [Decimal(beside)])
    assert not is_little(Decimal(amount or 0), [Decimal(amount)])


@pytest.mark.parametrize("achieved", ["380", "120", "120.5", "£120", "(150)", "380.00", "999"])
def test_a_saving_in_thousands_beside_its_target_is_asked_about(client, savings, achieved):
    savings.sign_in(client, "finance officer")
    typed = saving_form({"year": "2018/19", "target": "380,000", "achieved": achieved})
    page = client.post(TEST + "savings/add/", typed).content.decode()
    assert "is very little beside £380,000. Amounts are in pounds here: for £" in words_of(page)
    assert not Saving.objects.filter(title="New saving").exists()
    answer = {"pounds_are_right": ticks(page)["pounds_are_right"]}
    assert client.post(TEST + "savings/add/", typed | answer).status_code == 302


def test_a_saving_of_hundreds_among_its_like_is_not_asked_about(client, savings):
    savings.sign_in(client, "finance officer")
    rows = [{"year": "2018/19", "target": "900", "achieved": "380", "forecast": "12,000"}]
    rows[0] |= {"target": "9,000"}
    assert client.post(TEST + "savings/add/", saving_form(*rows)).status_code == 302


@pytest.mark.parametrize(
    "fields",
    [
        {"gross_budget": "1,200,000", "net_budget": "900"},
        {"gross_budget": "1,200,000", "years-0-gross": "150"},
        {"gross_budget": "1,200", "net_budget": "1,200,000"},
    ],
)
def test_an_option_in_thousands_beside_its_budget_is_asked_about(client, savings, fields):
    savings.sign_in(client, "commissioner")
    typed = option_form(savings.project.pk) | {"years-0-lost_income": "", "years-0-revenue": ""}
    typed |= {"years-0-gross": "150,000"} | fields
    page = client.post(TEST + "options/add/", typed).content.decode()
    assert "is very little beside £1,200,000." in words_of(page)
    assert not OptionForChange.objects.filter(title="Do more").exists()
    assert client.post(TEST + "options/add/", typed | ticks(page)).status_code == 302
    decide = TEST + "options/decide/do-more/"
    pressed(client, decide, {"action": "put forward"})
    savings.sign_in(client, "performance officer")
    assert "is very little beside £1,200,000, and was said to be right." in read(client, decide)


def test_more_staff_than_a_budget_pays_are_asked_about(client, savings):
    savings.sign_in(client, "commissioner")
    typed = option_form(savings.project.pk) | {"gross_budget": "1.2m", "current_fte": "12,000"}
    page = words_of(client.post(TEST + "options/add/", typed).content.decode())
    assert "£1,200,000 for 12,000 FTE is £100 for each." in page


def move(saving, amount, first, last):
    return {
        "saving": saving.pk,
        "amount": amount,
        "from_year": f"{first}/{(first + 1) % 100:02}",
        "to_year": f"{last}/{(last + 1) % 100:02}",
        "reason": "Slower.",
    }


def test_thousands_moved_between_years_are_asked_about(client, savings):
    savings.sign_in(client, "finance officer")
    saving = Saving.objects.get(council=savings.council)
    saving.years.filter(year=2018).update(target=210_000)
    address = TEST + "savings/changes/add/re-profiling/"
    for amount in ("100", "150", "210"):
        page = client.post(address, move(saving, amount, 2018, 2019)).content.decode()
        assert "is very little beside £210,000." in words_of(page)
    assert not ChangeRequest.objects.filter(saving=saving).exists()
    sent = move(saving, "210", 2018, 2019) | ticks(page)
    assert client.post(address, sent).status_code == 302
    assert ChangeRequest.objects.filter(saving=saving).exists()


def test_a_year_that_is_over_is_asked_about_in_a_move(client, savings):
    savings.sign_in(client, "finance officer")
    saving = Saving.objects.get(council=savings.council)
    saving.years.create(year=2016, target=50_000)
    address = TEST + "savings/changes/add/re-profiling/"
    for first, last in ((2016, 2018), (2018, 2016)):
        typed = move(saving, "1000", first, last)
        page = client.post(address, typed).content.decode()
        assert "2016/17 is over. Put it right, or tick that it is right." in words_of(page)
    assert not ChangeRequest.objects.filter(saving=saving).exists()
    assert client.post(address, typed | ticks(page)).status_code == 302


def test_the_year_that_the_council_reports_on_is_not_over():
    assert years_over([2025, 2026], {2025, 2026}) == ""
    assert years_over([2024, 2026, 2023, 2024], {2025, 2026}) == "2024/25 and 2023/24 are over."


POST = (date(2027, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("fte", "cost", "whole_time", "days"),
    [
        *(("1", "52", False, POST), ("1", "520", False, POST), ("1", "5200000", False, POST)),
        *(("1", "52000000", False, POST), ("100", "52000", False, POST), ("100", None, True, POST)),
        *(("0.5", "520", False, POST), ("1", "52", True, POST), (None, "52", True, POST)),
        *(("1", "520", True, (None, None)), ("2", "5200000", True, (None, POST[1]))),
        *((None, "52000000", False, POST), ("1", "52000", True, (POST[0], date(2027, 1, 7)))),
    ],
)
def test_what_no_post_has_is_asked_about(fte, cost, whole_time, days):
    given = [None if text is None else Decimal(text) for text in (fte, cost)]
    assert unlikely_in_post(*given, whole_time, days)


@pytest.mark.parametrize(
    ("fte", "cost", "whole_time", "days"),
    [
        *(("1", "52000", False, POST), ("0.5", "26000", False, POST), ("6", "312000", True, POST)),
        *(("1", "26000", True, (POST[0], date(2027, 6, 30))), ("1", "104000", True, (None, None))),
        *((None, "52000", False, POST), (None, "5200", False, POST), ("1", None, False, POST)),
        *(("1", "0", False, POST), ("20", "1000000", False, POST), (None, None, True, POST)),
        ("1", "120000", True, (POST[0], date(2028, 12, 31))),
    ],
)
def test_what_a_post_may_well_have_is_not(fte, cost, whole_time, days):
    given = [None if text is None else Decimal(text) for text in (fte, cost)]
    assert unlikely_in_post(*given, whole_time, days) == []


def test_a_post_in_thousands_is_asked_about_and_taken_once_it_is_said_to_be_right(client, savings):
    savings.sign_in(client, "finance officer")
    typed = {"title": "Nurse", "fte": "1", "cost": "52", "basis": "a year", "status": "recommended"}
    page = client.post(TEST + "posts/add/", typed).content.decode()
    assert "£52 a year for one FTE is very little. Amounts are in pounds here." in words_of(page)
    assert not TemporaryPost.objects.filter(title="Nurse").exists()
    assert client.post(TEST + "posts/add/", typed | ticks(page)).status_code == 302
    # What is kept already is not asked about again.
    again = client.post(TEST + "posts/edit/nurse/", typed | {"purpose": "Visits."})
    assert again.status_code == 302


def parts(numerator, denominator, unit="%", **measure):
    boxes = {"numerator": numerator, "denominator": denominator}
    return check_row(
        dict.fromkeys(BOXES, "") | boxes, unit, 1, Measure(text="It", **measure)
    ).errors


@pytest.mark.parametrize("typed", ["88%", "£88", "88 per cent", "88pc", "GBP 88", "£1k", "(88%)"])
def test_a_part_of_a_figure_with_another_sign_is_refused(typed):
    for unit in ("%", "", "days", "per 1,000"):
        assert "numerator" in parts(typed, "100,000", unit)
        assert "denominator" in parts("10", typed, unit)


@pytest.mark.parametrize(
    ("unit", "measure"),
    [
        *(("£", {}), ("£", {"numerator_name": "Spend on care"})),
        *(("%", {"numerator_name": "Pounds spent"}), ("%", {"numerator_name": "Cost of care"})),
        *(("", {"numerator_name": "Income"}), ("£ a week", {"numerator_name": "Fees"})),
    ],
)
def test_a_part_that_counts_money_may_say_pounds(unit, measure):
    assert "numerator" not in parts("£880", "1000", unit, **measure)
    assert "numerator" in parts("88%", "1000", unit, **measure)


@pytest.mark.parametrize(
    ("typed", "kind", "unit"),
    [
        *(("10%", "points", "%"), ("10 per cent", "points", "%"), ("£5", "points", "%")),
        *(("10%", "absolute", "days"), ("10%", "absolute", "£"), ("£5", "relative", "£")),
        *(("£5", "absolute", "days"), ("10pc", "points", "")),
    ],
)
def test_a_tolerance_with_another_sign_is_asked_about(typed, kind, unit):
    said = wrong_tolerance(typed, Decimal(10), kind, unit)
    assert said.startswith("Enter 10 if it is measured in ")
    assert wrong_tolerance("10", Decimal(10), kind, unit) == ""


@pytest.mark.parametrize(
    ("typed", "kind", "unit"),
    [
        *(("10%", "relative", "%"), ("10%", "relative", "days"), ("10", "points", "%")),
        *(("£5", "absolute", "£"), ("2%", "absolute", "%"), ("2", "absolute", "days")),
    ],
)
def test_a_tolerance_in_its_own_sign_is_taken(typed, kind, unit):
    assert wrong_tolerance(typed, Decimal(10), kind, unit) == ""


@pytest.mark.parametrize(
    "text",
    [
        *("30/13/2027", "31/11/2026", "Expected 31/11/2026", "31 November 2026", "30.2.2027"),
        *("by 29 February 2027 at the latest", "2027-02-30", "32/1/2027", "31st June 2027"),
        *("Friday 31 April 2027", "0/1/2027", "31-11-26", "after 30 Feb 2027"),
    ],
)
def test_a_day_in_words_that_does_not_exist_is_refused(text):
    with pytest.raises(ValueError, match=r"^(?:Enter|There is no)"):
        days_in(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        *(("November 2015", []), ("May 2018", []), ("in quarter 4", []), ("2/3 of wards", [])),
        *(("31/1/2027", [date(2027, 1, 31)]), ("", []), ("1.2 million in 2026/27", [])),
        ("by 31 January 2027 or 1/2/2027", [date(2027, 1, 31), date(2027, 2, 1)]),
        ("version 1.10.2 of 12 May", []),
    ],
)
def test_days_that_stand_in_words_are_read(text, days):
    assert days_in(text) == days


def test_an_option_signed_off_on_no_day_is_refused(client, savings):
    savings.sign_in(client, "commissioner")
    typed = option_form(savings.project.pk, signed_when="31/11/2026")
    assert client.post(TEST + "options/add/", typed).status_code == 200
    typed = option_form(savings.project.pk, signed_when="30/11/2026")
    assert client.post(TEST + "options/add/", typed).status_code == 302


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"winter-movement": "0.5"}, "the opposite sign."),
        ({"winter-planned": "0.3"}, "the opposite sign."),
        ({"winter-movement": "(0.5)"}, ""),
        ({"winter-movement": "0"}, ""),
        ({"winter-movement": "0.005"}, "the opposite sign."),
    ],
)
def test_a_use_of_a_reserve_that_becomes_an_addition_is_asked_about(westshire, typed, sentence):
    draft = Draft(MonitoringReport.objects.get(council=westshire, period="2026-27-m10"))
    draft.sections["reserves"].typed = typed
    asked = [box.asks for box in draft.boxes("reserves") if box.field in typed]
    assert [sentence in said if sentence else said == "" for said in asked] == [True]
