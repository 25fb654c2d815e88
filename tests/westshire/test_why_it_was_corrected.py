"""A correction is told once, as it went, and with its own reason."""

from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from bcfportal.lib import clock
from publishing.models import Return
from publishing.period_versions.published import read
from returns.period_versions.differences import differences
from returns.period_versions.published import read_programme, shown_sheets
from returns.periods import reopen_period
from returns.publication import publish, take_snapshots
from returns.review import publish_period
from returns.transitions import RETURNS
from tests.westshire.project_pages import Q2, Q3, by, download, period, report
from tests.westshire.shown import page, paper, person
from tests.westshire.test_versions import standing, withdrawn

FALLS, OTHER = "falls-prevention", "reablement"


@pytest.fixture(autouse=True)
def opened(westshire):
    """Quarter 2 is open again for corrections."""
    reopen_period(period(westshire, Q2), reason="Corrections.", by=person("performance"))


@pytest.fixture
def part(westshire):
    publish_period(period(westshire), **by("performance", westshire))
    return westshire


class Days:
    """Each step is a day later than the one before."""

    def __init__(self):
        self.passed = 0

    def next(self):
        self.passed += 1
        return clock.stopped_at(clock.now() + timedelta(days=self.passed))


def reopened(westshire, slug, why, key=Q2):
    found = report(westshire, slug, key)
    RETURNS.transition("reopen", found.pk, comment=why, **by("performance", westshire))
    return found


def published(westshire, slug, key=Q2, **values):
    """Submitted with these values, approved by another person, published."""
    found = report(westshire, slug, key)
    Return.objects.filter(pk=found.pk).update(status="submitted", **values)
    RETURNS.transition("approve", found.pk, **by("performance-lead", westshire))
    publish_period(period(westshire, key), **by("performance", westshire))


def said_of(westshire, slug, key=Q2):
    return [each for each in read(standing(westshire, key)).corrections if each.slug == slug]


def test_each_of_two_reports_that_were_reopened_together_keeps_its_reason(westshire, client):
    days = Days()
    with days.next():
        for slug in (FALLS, OTHER):
            reopened(westshire, slug, f"Reason of {slug}.")
    for slug in (FALLS, OTHER):
        with days.next():
            published(westshire, slug, cause="Two rotas were merged.")
        assert {each.why for each in said_of(westshire, slug)} == {f"Reason of {slug}."}
    assert f"Reason of {OTHER}." in page(client, f"projects/{OTHER}/?period={Q2}")


def test_what_is_published_again_after_a_withdrawal_keeps_its_reason(westshire):
    days = Days()
    with days.next():
        reopened(westshire, FALLS, "A figure was typed wrongly.")
        published(westshire, FALLS, cause="Two rotas were merged.")
    with days.next():
        withdrawn(westshire, Q2)
    with days.next():
        publish_period(period(westshire, Q2), **by("performance", westshire))
    assert {each.why for each in said_of(westshire, FALLS)} == {"A figure was typed wrongly."}


def changed(westshire, value):
    """The first figure of quarter 2 is another in the records, published nowhere yet."""
    results = report(westshire, FALLS, Q2).project.measures.order_by("position").first().results
    result = results.get(period=Q2)
    type(result).objects.filter(pk=result.pk).update(value=value, numerator=None, denominator=None)


def notes(client, key):
    rows = download(client, "results", key)
    return next(r for r in rows if (r["project"], r["period"]) == (FALLS, Q2))["corrected"]


def test_a_later_report_that_knew_better_is_not_put_right_by_the_earlier_one(part, client):
    """The later one is published first; the earlier one says the same when it follows."""
    days = Days()
    with days.next():
        reopened(part, FALLS, "Typed wrongly.")
        reopened(part, FALLS, "Typed wrongly.", Q3)
        changed(part, 700)
    with days.next():
        published(part, FALLS, Q3, spend_forecast=790_000)
        first = notes(client, Q3)
    with days.next():
        published(part, FALLS)
    for said in (first, notes(client, Q3), notes(client, Q2)):
        assert said.count("it was") == 1, said
        assert "700" in said.split("it was")[0]
        assert "728" in said.split("it was")[1]


def test_a_figure_that_stands_again_after_a_withdrawal_is_said_by_the_later_report(part, client):
    days = Days()
    with days.next():
        changed(part, 700)
        reopened(part, FALLS, "Typed wrongly.")
        published(part, FALLS)
    with days.next():
        publish(take_snapshots(Return.objects.filter(pk=report(part, FALLS).pk)))
        assert notes(client, Q3).count("it was") == 1
    with days.next():
        withdrawn(part, Q2)
    (said,) = [each for each in said_of(part, FALLS, Q3) if each.is_figure]
    assert "728" in said.after


def test_a_corrected_spend_of_an_earlier_quarter_is_said_on_the_later_page_and_paper(part, client):
    with Days().next():
        reopened(part, FALLS, "Typed wrongly.")
        published(part, FALLS, spend_to_date=400_000)
    told = "Spent to date, Quarter 2 2026/27: £400,000"
    assert told in page(client, f"projects/{FALLS}/?period={Q3}").replace(" ;", ";")
    assert told in paper(client, f"projects/{FALLS}.pdf?period={Q3}")
    row = next(r for r in download(client, "projects", Q3) if r["slug"] == FALLS)
    assert told in row["corrected"]


def turned(sheet, **definition):
    """The sheet with its second measure defined otherwise from quarter 2 on, for a reason."""
    measure = sheet.measures[1]
    now = structs.replace(
        measure.known_definitions[-1], since=Q2, why="As the region does.", **definition
    )
    definitions = [*measure.known_definitions, now]
    measure = structs.replace(measure, definitions=definitions, **definition)
    return structs.replace(sheet, measures=[sheet.measures[0], measure, *sheet.measures[2:]])


def sheet_of(westshire, slug, key=Q2):
    sheets = shown_sheets(read_programme(standing(westshire, key)))
    return next(each for each in sheets if each.slug == slug)


def test_a_changed_tolerance_is_told_from_the_council_s_and_with_its_own_reason(westshire):
    before = sheet_of(westshire, FALLS)
    after = turned(before, tolerance=Decimal(1), tolerance_kind="relative")
    said = differences(before, after, slug=FALLS, why="A word was wrong.")
    (tolerance,) = [each for each in said if each.what.startswith("Tolerance")]
    assert (tolerance.before, tolerance.after) == ("5% of the target", "1% of the target")
    assert tolerance.why == "As the region does."


def test_a_tolerance_that_the_council_had_before_is_no_correction(westshire):
    before = sheet_of(westshire, FALLS)
    measure = before.measures[1]
    definition = structs.replace(
        measure.known_definitions[0], tolerance=before.tolerance, tolerance_kind="relative"
    )
    own = structs.replace(
        measure, definitions=[definition], tolerance=before.tolerance, tolerance_kind="relative"
    )
    after = structs.replace(before, measures=[before.measures[0], own, *before.measures[2:]])
    assert not differences(before, after, slug=FALLS, why="A word was wrong.")


def test_a_colour_that_a_definition_turns_has_the_reason_of_the_definition(westshire):
    before = sheet_of(westshire, FALLS)
    after = turned(before, direction="smaller is better")
    said = differences(before, after, slug=FALLS, why="A word was wrong.")
    colours = [each for each in said if each.is_figure]
    assert colours
    assert {each.why for each in colours} == {"As the region does."}


def test_a_target_changed_beside_a_held_back_figure_says_what_it_was(westshire):
    before = sheet_of(westshire, FALLS)
    measure = before.measures[0]
    hidden = measure.without({(Q2, "")})
    target = next(each for each in measure.targets if each.period == Q2)
    others = [each for each in measure.targets if each is not target]
    targets = [*others, structs.replace(target, value=Decimal(800))]
    after = structs.replace(
        before,
        cause="Few came.",
        measures=[structs.replace(hidden, targets=targets), *before.measures[1:]],
    )
    said = {each.what: each for each in differences(before, after, slug=FALLS, why="")}
    assert "714" in said[f"Target of {measure.text}, Quarter 2 2026/27"].before
