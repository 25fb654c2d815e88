"""Amounts that are unlikely are asked about, never refused; the tick is read by who approves."""

from decimal import Decimal

import pytest

from finance.models import MonitoringReport
from finance.monitoring.actions import Incomplete, save_section, submit
from finance.monitoring.draft import Draft
from publishing.models import Return
from returns.actions import draft_of
from returns.entry_forms import SpendForm
from tests.html_forms import form_of
from tests.text import words_of
from tests.westshire.project_pages import by, person

pytestmark = pytest.mark.django_db
Q3 = Decimal("0.75")


def spend(to_date, forecast="6,910,000", **more):
    form = SpendForm(
        {"spend_to_date": to_date, "spend_forecast": forecast, "variance_reason": "x", **more},
        allocation=Decimal(6_910_000),
        tolerance=Decimal(5),
        elapsed=Q3,
    )
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("to_date", "forecast", "field"),
    [
        ("999,999,999,999", "6.9m", "spend_to_date"),
        ("34,885,140", "6.9m", "spend_to_date"),
        ("12k", "6.9m", "spend_to_date"),
        ("6.1", "6.9m", "spend_to_date"),
        ("5m", "6.9bn", "spend_forecast"),
        ("5,000", "6,900", "spend_forecast"),
    ],
)
def test_spend_that_cannot_well_be_is_asked_about_and_not_refused(to_date, forecast, field):
    form = spend(to_date, forecast)
    assert field in form.asks
    assert field not in form.errors, "it is asked about, not refused"
    assert "Is this right?" in form.errors[f"{field}_right"][0]
    said = {each: tick for each, _, tick, _ in form.asked}
    assert not spend(to_date, forecast, **said).errors
    assert spend("7.1bn", forecast, **said).errors, "the tick is of the amount it was given to"


@pytest.mark.parametrize("to_date", ["5,182,500", "3.4m", "0", "6.91m", "-400"])
def test_spend_that_may_well_be_is_not_asked_about(to_date):
    assert spend(to_date).asks == {}


@pytest.mark.parametrize(
    ("to_date", "sentence"),
    [
        ("0", "£0 is spent to date, and last time it was already £3,488,514."),
        ("3,000,000", "£3,000,000 is spent to date, and last time it was already £3,488,514."),
        ("3,488,514", ""),
    ],
)
def test_spent_to_date_that_is_less_than_it_was_already_is_asked_about(
    client, westshire, to_date, sentence
):
    client.force_login(person("commissioner"))
    address = "/westshire/returns/2026-27-q3/urgent-response/spend/"
    fields = form_of(client.get(address).content.decode(), "then").fields
    typed = {"spend_to_date": to_date, "spend_forecast": "6,900,000"}
    client.post(address, fields | typed)
    page = words_of(client.get(address).content.decode())
    assert (sentence in page) if sentence else ("it was already" not in page)
    section = Return.objects.get(
        period__council=westshire, period__key="2026-27-q3", project__slug="urgent-response"
    )
    form = draft_of(section).form("spend")
    form.is_valid()
    assert form.asks.get("spend_to_date", "") == sentence


def spent_before(to_date, forecast):
    """The form of a project that had spent £207,506 of a forecast of £425,000."""
    form = SpendForm(
        {"spend_to_date": to_date, "spend_forecast": forecast, "variance_reason": "x"},
        allocation=Decimal(425_000),
        tolerance=Decimal(5),
        elapsed=Q3,
        before=Decimal(207_506),
        forecast_before=Decimal(430_000),
    )
    form.is_valid()
    return form.asks


def test_ten_times_as_much_in_both_boxes_is_asked_about_in_both():
    assert spent_before("3,110,000", "4,250,000") == {
        "spend_to_date": "£3,110,000 now, and last time it was £207,506: many times as much.",
        "spend_forecast": "£4,250,000 now, and last time it was £430,000: many times as much.",
    }
    assert spent_before("311,000", "425,000") == {}


def test_without_a_last_time_both_boxes_are_held_against_the_allocation():
    form = SpendForm(
        {"spend_to_date": "3,110,000", "spend_forecast": "4,250,000", "variance_reason": "x"},
        allocation=Decimal(425_000),
        tolerance=Decimal(5),
        elapsed=Q3,
    )
    form.is_valid()
    assert set(form.asks) == {"spend_to_date", "spend_forecast"}
    assert "£425,000 that is allocated" in form.asks["spend_to_date"]


def test_a_forecast_unlike_last_time_s_is_asked_about_in_the_return(client, westshire):
    client.force_login(person("commissioner"))
    address = "/westshire/returns/2026-27-q3/urgent-response/spend/"
    fields = form_of(client.get(address).content.decode(), "then").fields
    typed = {"spend_to_date": "51,825,000", "spend_forecast": "69,100,000"}
    client.post(address, fields | typed)
    page = words_of(client.get(address).content.decode())
    assert "£51,825,000 now, and last time it was £3,488,514: many times as much." in page
    assert "£69,100,000 now, and last time it was" in page


def test_what_is_asked_of_the_spend_is_told_in_a_sentence_with_its_pence():
    assert spend("5.2").asks["spend_to_date"] == (
        "£5.20 is spent to date, little of the £6,910,000 that is forecast for the year."
    )
    assert spend("9.9bn").asks["spend_to_date"] == (
        "£9,900,000,000 is spent to date, more than the £6,910,000 that is forecast for the year."
    )


def money(westshire, name, **typed):
    report = MonitoringReport.objects.get(council=westshire, period="2026-27-m10")
    section = Draft(report).sections[name]
    save_section(
        report.pk,
        name,
        section.typed | typed,
        version=section.version,
        **by("finance", westshire),
    )
    return Draft(report)


@pytest.mark.parametrize(
    ("name", "field", "text"),
    [
        ("lines", "mental-health-outturn", "6,118"),
        ("lines", "mental-health-outturn", "12,498,000k"),
        ("lines", "mental-health-budget", "6.118 bn"),
        ("lines", "mental-health-outturn", "-17.0413"),
        ("reserves", "winter-opening", "344.5"),
        ("reserves", "winter-movement", "(405.2)"),
        ("capital", "extra-care-outturn-2026", "5,369"),
    ],
)
def test_an_amount_of_a_finance_report_that_cannot_well_be_is_asked_about(
    westshire, name, field, text
):
    work = money(westshire, name, **{field: text})
    (box,) = [each for each in work.boxes(name) if each.field == field]
    assert (box.error, bool(box.asks)) == ("", True), "it is asked about, not refused"
    assert f"{field}-right" in dict(work.problems(name))
    work = money(westshire, name, **{f"{field}-right": box.right})
    assert f"{field}-right" not in dict(work.problems(name))
    other = money(westshire, name, **{field: "7,700"})
    assert f"{field}-right" in dict(other.problems(name)), "the tick is of another amount"


@pytest.mark.parametrize(
    ("name", "field", "text"),
    [
        ("lines", "mental-health-outturn", "18.2"),
        ("lines", "mental-health-outturn", "£17.9m"),
        ("reserves", "winter-movement", "(0.05)"),
        ("reserves", "winter-opening", "0.3445"),
        ("capital", "case-system-outturn-2026", "0.9"),
    ],
)
def test_an_amount_that_may_well_be_is_not_asked_about(westshire, name, field, text):
    work = money(westshire, name, **{field: text})
    (box,) = [each for each in work.boxes(name) if each.field == field]
    assert (box.error, box.asks) == ("", "")


def test_the_question_stands_at_its_box_and_who_approves_reads_it(westshire, client):
    work = money(westshire, "reserves", **{"winter-opening": "344.5"})
    address = "/westshire/money/2026-27-m10/1/"
    client.force_login(person("finance"))
    page = client.get(f"{address}reserves/").content.decode()
    assert "£344.500m now, and in Month 9 of 2026/27 it was £0.345m" in words_of(page)
    tick = "winter-opening-right"
    assert form_of(page, "place").fields[tick] == ""
    with pytest.raises(Incomplete):
        submit(work.report.pk, **by("finance", westshire))
    client.post(f"{address}reserves/", form_of(page, "place").fields | {tick: "yes: 344500000"})
    page = client.get(f"{address}reserves/").content.decode()
    assert form_of(page, "place").fields[tick] == "yes: 344500000"
    read = words_of(client.get(address).content.decode())
    assert "Winter pressures, balance on 1 April: £344.500m now" in read
    assert "many times as much. Said to be right." in read
