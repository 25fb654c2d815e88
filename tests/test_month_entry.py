"""A month of vital signs: opened, entered on one grid, checked, approved and published."""

from decimal import Decimal

import pytest
from django.urls import reverse

from outcomes.models import ReportCard, Result
from publishing.models import ReportingPeriod, Snapshot
from publishing.workflow import NotNow
from returns.actions import draft_of
from tests.month import LAST, VALUES, add_measure
from tests.pasted import pasted, press
from tests.seen import seen_on
from tests.text import read, words_of

pytestmark = pytest.mark.django_db


def section(month, name="measures"):
    return reverse("reporting:section", args=["testshire", month.period.key, "vital-signs", name])


def test_a_month_is_opened_with_one_return_and_two_sections(month):
    assert month.period.reports.count() == 1
    assert list(month.report.sections.values_list("name", flat=True)) == ["measures", "cards"]
    assert month.report.subject == "Vital signs"


def test_an_officer_opens_the_next_month_by_the_form(month, client):
    month.sign_in(client, "performance officer")
    address = reverse("reporting:open-month", args=["testshire"])
    page = words_of(client.get(address).content.decode())
    assert "May 2017" in page
    typed = {"month": "2017-18-m02", "title": "Report", "past_is_right": "yes: 2017-05-10"}
    for name, day in (("as_at", 31), ("opens", 1), ("due", 10), ("closes", 20)):
        typed |= {f"{name}_0": day, f"{name}_1": 5, f"{name}_2": 2017}
    response = client.post(address, typed)
    assert response.headers["Location"].endswith("/2017-18-m02/vital-signs/")
    assert ReportingPeriod.objects.of_vital_signs().filter(key="2017-18-m02").exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"month": ""}, "Choose the month."),
        ({"month": "2010-11-m01"}, "Choose a month from the list."),
        ({"title": ""}, "Enter the title of the report."),
        ({"as_at_0": "31", "as_at_1": "2"}, "Enter a real date"),
        ({"as_at_0": "1", "as_at_1": "1"}, "Enter a day in the month or after it."),
    ],
)
def test_a_month_is_refused_in_words(month, client, changes, sentence):
    month.sign_in(client, "performance officer")
    typed = {"month": "2017-18-m02", "title": "Report", "past_is_right": "yes: 2017-05-10"}
    for name, day in (("as_at", 31), ("opens", 1), ("due", 10), ("closes", 20)):
        typed |= {f"{name}_0": day, f"{name}_1": 5, f"{name}_2": 2017}
    response = client.post(reverse("reporting:open-month", args=["testshire"]), typed | changes)
    assert sentence in words_of(response.content.decode())
    assert not ReportingPeriod.objects.filter(key="2017-18-m02").exists()


def test_a_council_that_counts_nothing_monthly_opens_no_month(quarter, client):
    quarter.sign_in(client, "performance officer")
    assert client.get(reverse("reporting:open-month", args=["testshire"])).status_code == 404


def test_the_grid_has_the_history_beside_the_boxes(month, client):
    month.sign_in(client, "commissioner")
    words = read(client, section(month))
    assert "12 before" in words
    assert "Mar 17: 88%" in words
    assert "Target: 95%" in words


def test_a_column_from_excel_fills_the_grid(month, client):
    add_measure(month.council, "second")
    month.sign_in(client, "commissioner")
    page = pasted(client, section(month), "90%\n91.5").content.decode()
    press(client, section(month), page, "sure")
    rows = draft_of(month.report).grid.rows
    assert [row.value for row in rows] == [90, Decimal("91.5")]


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ({"value": "120"}, "This measure is a share: enter a percentage of 100 or less."),
        ({"value": "-1"}, "Enter a percentage of 0 or more."),
        ({"value": "lots"}, "is not one: if there is no figure, choose why"),
        ({"numerator": "5", "denominator": "0"}, "Enter a denominator of more than 0."),
        ({"value": "90", "numerator": "80", "denominator": "100"}, "90% is not 80 of 100"),
        ({"numerator": "8"}, "Enter the denominator too, or the value itself."),
        ({"value": "90", "none": "not due"}, "Enter a figure, or say why there is none, not both."),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_kept_as_typed(month, client, texts, sentence):
    month.council.measures.filter(slug="measure").update(multiplier=100)
    month.sign_in(client, "commissioner")
    typed = {month.field(what): text for what, text in texts.items()}
    client.post(section(month), {"version": 0, **typed})
    assert sentence in read(client, section(month))
    kept = month.report.sections.get(name="measures").typed
    assert all(kept[field] == text for field, text in typed.items())


def test_a_rate_agrees_with_its_parts_by_its_own_multiplier(month):
    month.council.measures.filter(slug="measure").update(
        multiplier=100_000, unit="per 100,000", decimals=1
    )
    fields = {month.field("value"): "15.8", month.field("numerator"): "80"}
    month.type("measures", **fields | {month.field("denominator"): "507,180"})
    (row,) = draft_of(month.report).grid.rows
    assert not row.errors


def test_a_jump_beyond_the_limits_asks_whether_it_is_right(month, client):
    month.sign_in(client, "commissioner")
    client.post(section(month), {"version": 0, month.field(): "40"})
    words = read(client, section(month))
    assert "40% is outside the usual range of this measure" in words
    assert "Is this right?" in words
    client.post(
        section(month), {"version": 1, month.field(): "40", month.field("right"): "yes: 40"}
    )
    assert "Is this right?" not in read(client, section(month))


@pytest.mark.parametrize("tick", ["yes", "yes: 41", "on"])
def test_a_tick_counts_for_the_figure_that_it_was_given_for_and_no_other(month, client, tick):
    month.sign_in(client, "commissioner")
    month.type("measures", **{month.field(): "40", month.field("right"): tick})
    page = client.get(section(month)).content.decode()
    assert "Is this right?" in page
    assert 'value="yes: 40"' in page
    assert "Said to be right" not in draft_of(month.report).grid.rows[0].asked_in_words


def test_with_few_figures_a_tenth_of_the_last_is_asked_about_and_no_more(month):
    month.measure().results.filter(period__lt="2016-17-m06").delete()
    month.type("measures", **{month.field(): "40"})
    assert not draft_of(month.report).grid.rows[0].unusual
    month.type("measures", **{month.field(): "2"})
    assert draft_of(month.report).grid.rows[0].unusual == (
        "2% now, and in March 2017 it was 88%: less than a tenth of that."
    )


def test_an_exception_needs_words_and_an_action(month, client):
    month.type("measures", **{month.field(): "87", month.field("right"): "yes: 87"})
    month.sign_in(client, "commissioner")
    words = read(client, section(month, "cards"))
    assert "Deteriorated for three periods" in words
    problems = dict(draft_of(month.report).problems("cards"))
    assert "say what explains it" in problems[month.card_field("explains")]
    assert "enter an action with its owner and date" in problems[month.card_field("0-text")]
    month.type(
        "cards",
        **{
            month.card_field("explains"): "Fewer beds.",
            month.card_field("0-text"): "More beds.",
            month.card_field("0-due"): "31/2/2017",
        },
    )
    problems = dict(draft_of(month.report).problems("cards"))
    assert problems.keys() == {month.card_field("0-owner"), month.card_field("0-due")}
    assert "Enter a real date" in problems[month.card_field("0-due")]


def test_a_flag_makes_an_exception_of_a_measure_that_is_on_target(month):
    month.type("measures", **{month.field(): "96", month.field("right"): "yes: 96"})
    assert not draft_of(month.report).cards[0].met
    month.type("cards", **{month.card_field("budget"): "It costs £1m more."})
    (met,) = draft_of(month.report).cards[0].met
    assert (met.criterion, met.reason) == ("adverse to the budget", "It costs £1m more.")


def test_last_time_s_words_are_carried_and_its_figures_are_not(month, client):
    ReportCard.objects.create(
        measure=month.measure(), period=LAST.key, explains="As ever.", budget_reason="Flag."
    )
    month.sign_in(client, "commissioner")
    client.post(reverse("reporting:carry", args=["testshire", month.period.key, "vital-signs"]))
    work = draft_of(month.report)
    assert work.typed("cards") == {month.card_field("explains"): "As ever."}
    assert work.typed("measures") == {}


def test_the_whole_way_by_the_pages(month, client):
    month.sign_in(client, "commissioner")
    month.fill("90")
    back = ["testshire", month.period.key, "vital-signs"]
    assert "Ready" in read(client, reverse("reporting:return", args=back))
    client.post(reverse("reporting:submit", args=back), {"declared": "1"})
    assert month.report.status == "submitted"
    month.sign_in(client, "performance officer")
    review = reverse("reporting:review", args=back)
    assert "Fewer beds." in read(client, review)
    client.post(review, {"action": "approve"} | seen_on(client, review))
    assert month.report.status == "approved"
    assert client.get("/testshire/vital-signs/?month=2017-18-m01").status_code == 200
    assert "Preview: approved, not published" in read(
        client, "/testshire/vital-signs/?month=2017-18-m01"
    )
    client.logout()
    assert client.get("/testshire/vital-signs/?month=2017-18-m01").status_code == 404
    month.sign_in(client, "performance officer")
    address = reverse("reporting:publish", args=["testshire", month.period.key])
    client.post(address, {"confirm": "yes"} | seen_on(client, address))
    client.logout()
    words = read(client, "/testshire/vital-signs/")
    assert "April 2017 , as reported" in words
    card = read(client, "/testshire/vital-signs/measure/")
    assert "Open more beds." in card
    assert "Head of beds, by 30 June 2017" in card


def test_the_board_lists_the_month_and_several_can_be_approved_from_it(month, client):
    month.fill()
    month.sign_in(client, "commissioner")
    back = ["testshire", month.period.key, "vital-signs"]
    client.post(reverse("reporting:submit", args=back), {"declared": "1"})
    month.sign_in(client, "performance officer")
    board = f"/testshire/quarter/?period={month.period.key}"
    assert "Vital signs" in read(client, board)
    address = reverse("reporting:approve-many", args=["testshire", month.period.key])
    client.post(address, {"project": "vital-signs"} | seen_on(client, board, address))
    assert month.report.status == "approved"


def test_the_review_of_a_draft_says_no_result_only_where_none_is_typed(month, client):
    add_measure(month.council, "second")
    month.type("measures", **{month.field(): "97", month.field("right"): "yes: 97"})
    month.sign_in(client, "performance officer")
    back = ["testshire", month.period.key, "vital-signs"]
    words = read(client, reverse("reporting:review", args=back))
    assert "Second has no result for April 2017." in words
    assert "Measure has no result" not in words
    assert "Measure, off target: 88% in March 2017" not in words, "what is typed is judged"
    assert "Second, off target: 88% in March 2017" in words


def test_who_entered_a_month_cannot_approve_it(month, client):
    month.type("measures", role="performance officer", **{month.field(): "90"})
    month.fill()
    month.sign_in(client, "commissioner")
    back = ["testshire", month.period.key, "vital-signs"]
    client.post(reverse("reporting:submit", args=back), {"declared": "1"})
    month.sign_in(client, "performance officer")
    assert "somebody else has to approve it" in read(client, reverse("reporting:review", args=back))
    assert (
        client.post(reverse("reporting:review", args=back), {"action": "approve"}).status_code
        == 403
    )
    assert month.report.status == "submitted"


@pytest.mark.parametrize("role", ["committee member", "finance officer", "administrator"])
def test_others_may_not_write_a_month(month, client, role):
    month.sign_in(client, role)
    status = client.post(section(month), {"version": 0, month.field(): "90"}).status_code
    assert status == (403 if role == "finance officer" else 404)
    assert not month.report.sections.get(name="measures").version


def test_a_published_month_never_changes_when_records_do(month, client):
    before = client.get("/testshire/vital-signs/").content
    Result.objects.filter(measure=month.measure(), period=LAST.key).update(value=1)
    month.council.rating_tolerance = 50
    month.council.save()
    assert client.get("/testshire/vital-signs/").content == before
    mine = Snapshot.objects.filter(
        report__period__council=month.council, report__slug="vital-signs"
    )
    assert mine.count() == 1


def test_reopening_makes_a_new_version_and_the_old_one_stays(month, client):
    period = month.published("90")
    month.sign_in(client, "performance officer")
    back = ["testshire", period.key, "vital-signs"]
    review = reverse("reporting:review", args=back)
    why = {"action": "reopen", "words": "A figure was wrong."}
    client.post(review, why | seen_on(client, review))
    assert month.report.status == "sent back"
    month.fill("91")
    month.sign_in(client, "commissioner")
    client.post(reverse("reporting:submit", args=back), {"declared": "1"})
    month.sign_in(client, "performance officer")
    client.post(review, {"action": "approve"} | seen_on(client, review))
    numbers = Snapshot.objects.filter(report=month.report).values_list("number", flat=True)
    assert sorted(numbers) == [1, 2]


def test_nothing_can_be_typed_in_a_closed_month(month):
    month.period.status = "closed"
    month.period.save()
    with pytest.raises(NotNow, match="is closed"):
        month.type("measures", **{month.field(): "90"})


def test_a_month_has_no_section_of_a_project(month, client):
    month.sign_in(client, "commissioner")
    assert client.get(section(month, "spend")).status_code == 404
    assert client.post(section(month, "rating"), {"version": 0}).status_code == 404


def test_two_results_of_one_month_are_not_possible(month):
    assert month.measure().results.count() == len(VALUES)
    month.published("90")
    month.measure().results.get(period=month.period.key)
