"""What Westshire's projects and quarters must hold, accident by accident."""

from datetime import date
from decimal import Decimal

import pytest

from demonstration.westshire.project_figures import figures_of
from outcomes.models import DefinitionChange, Measure, Result, Target, TargetChange
from projects.models import FundingStream, Project, ProjectChange
from publishing.models import PeriodEvent, Publication, Return, Section, Snapshot

Q4, Q1, Q2, Q3 = "2025-26-q4", "2026-27-q1", "2026-27-q2", "2026-27-q3"


def sheet(slug, key, number=None):
    """What the project's return said in a period: the latest version, or that of a number."""
    found = Snapshot.objects.filter(report__slug=slug, report__period__key=key)
    return (found.get(number=number) if number else found.latest("number")).content


def measure(slug, position):
    return Measure.objects.get(
        project__council__slug="westshire", project__slug=slug, position=position
    )


def events(slug, key):
    found = Return.objects.get(project__slug=slug, period__key=key).events.order_by("at", "pk")
    return [event.action for event in found]


def states(westshire, key):
    return set(westshire.periods.get(key=key).returns.values_list("status", flat=True))


# What there is.


def test_thirty_projects_report_and_two_uses_of_money_are_described(westshire):
    assert westshire.projects.live().filter(kind="reported").count() == 30
    assert westshire.projects.filter(kind="described").count() == 2


def test_every_fund_pays_and_some_projects_have_several_funds_and_providers(westshire):
    streams = FundingStream.objects.filter(project__council=westshire)
    assert set(streams.values_list("fund", flat=True)) == set(
        westshire.funds.values_list("pk", flat=True)
    )
    teams = westshire.projects.get(slug="neighbourhood-teams")
    assert teams.streams.count() == 3
    assert teams.providers.count() == 3


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_programme_is_of_the_size_of_a_county_s(westshire, year):
    lines = [
        line.allocation
        for stream in FundingStream.objects.filter(project__council=westshire)
        for line in stream.lines.filter(year=year, allocation__isnull=False)
    ]
    assert Decimal(60_000_000) < sum(lines) < Decimal(110_000_000)


def test_a_year_is_named_without_a_figure_and_sums_are_stated_without_a_year(westshire):
    reserve = westshire.projects.get(slug="contingency").streams.get()
    assert reserve.lines.get(year=2026).allocation is None
    assert reserve.stated_sums.exists()


# What happens to quarters.


def test_two_quarters_are_published_whole(westshire):
    for key in (Q4, Q1):
        assert states(westshire, key) == {"published"}


def test_quarter_2_is_published_in_two_parts_and_a_late_return(westshire):
    publications = Publication.objects.filter(
        version__snapshot__report__period__key=Q2,
        version__snapshot__report__project_return__project__kind="reported",
    )
    days = [publication.at.date() for publication in publications]
    assert [(day, days.count(day)) for day in sorted(set(days))] == [
        (date(2026, 11, 3), 5),
        (date(2026, 11, 17), 24),
        (date(2026, 12, 7), 1),
    ]


def test_one_return_of_quarter_2_never_came_in(westshire):
    (missing,) = westshire.periods.get(key=Q2).returns.exclude(status="published")
    assert (missing.slug, missing.status) == ("assistive-technology", "not started")


def test_one_return_came_late_after_the_period_was_reopened(westshire):
    actions = PeriodEvent.objects.filter(period__key=Q2, period__council=westshire)
    assert list(actions.order_by("at", "pk").values_list("action", flat=True)) == [
        *("opened", "dates changed", "closed", "reopened", "closed"),
    ]
    came = Return.objects.get(project__slug="rural-home-care", period__key=Q2)
    assert came.events.get(action="submit").at.date() == date(2026, 12, 3)


def test_quarter_3_is_half_in(westshire):
    returns = westshire.periods.get(key=Q3).returns
    counts = {status: returns.filter(status=status).count() for status in Return.Status.values}
    assert counts == {
        # Winter warmth, which ended in October, reports its last weeks.
        "not started": 12,
        "draft": 4,
        "submitted": 7,
        # Westshire asks for no second signature.
        "signed": 0,
        "sent back": 1,
        "approved": 7,
        "published": 0,
        "not needed": 0,
    }


def test_a_return_was_sent_back_with_notes_for_sections(westshire):
    sections = Section.objects.filter(report__slug="transfer-of-care-hub", report__period__key=Q3)
    assert sections.exclude(asked="").count() == 2


def test_a_return_was_withdrawn_and_submitted_again(westshire):
    assert events("reablement", Q3) == ["start", "submit", "withdraw", "submit"]


def test_a_return_says_that_nothing_has_changed(westshire):
    assert Return.objects.get(project__slug="tablets-at-home", period__key=Q3).unchanged


# What happens to what was published.


def test_a_published_figure_was_corrected_from_green_to_red(westshire):
    first, second = (sheet("reablement", Q1, number) for number in (1, 2))
    assert [each["measures"][0]["results"][-1]["value"] for each in (first, second)] == [
        "85.2",
        "79.1",
    ]
    assert first["measures"][0]["target"] == "84"
    assert Publication.objects.filter(version__snapshot__report__slug="reablement").count() == 4
    again = Return.objects.get(project__slug="reablement", period__key=Q1).events
    assert again.get(action="reopen").comment
    assert {event.by.post for event in again.filter(action="approve")} == {
        "Performance officer (demonstration)",
        "Performance and insight lead (demonstration)",
    }


def test_words_of_quarter_1_were_corrected_after_the_tolerance_had_changed(westshire):
    # It changed from quarter 2 on, so what is said of quarter 1 keeps its own.
    first, second = (sheet("transfer-of-care-hub", Q1, number) for number in (1, 2))
    assert (first["measures"][0]["tolerance"], second["measures"][0]["tolerance"]) == (None, None)


# What happens to projects.


def test_a_project_ended_one_moved_one_was_renamed_one_was_added(westshire):
    # It ended in October, so it reports its last weeks.
    assert westshire.periods.get(key=Q3).returns.filter(project__slug="winter-warmth").exists()
    kept = ProjectChange.objects.filter(project__council=westshire).values_list("kind", flat=True)
    assert sorted(kept) == ["allocation", "began", "ended", "moved", "renamed"]
    assert westshire.projects.get(slug="winter-warmth").status == Project.Status.CLOSED
    assert [sheet("urgent-response", key)["condition_number"] for key in (Q1, Q2)] == [2, 1]
    assert [sheet("tablets-at-home", key)["short_title"] for key in (Q1, Q2)] == [
        "Tablets at home",
        "Digital at home",
    ]
    added = westshire.projects.get(slug="homes-first-discharge")
    assert added.returns.order_by("period__as_at").first().period.key == Q2


def test_an_allocation_was_changed_in_the_year(westshire):
    lines = [
        sheet("bridging-care", key)["streams"][0]["lines"][1]["allocation"] for key in (Q1, Q2)
    ]
    assert lines == ["1505000", "1685000"]


def test_a_person_left_and_a_project_is_nobody_s(westshire):
    project = westshire.projects.get(slug="assistive-technology")
    assert [each.user.is_active for each in project.assignments.all()] == [False]


# What happens to figures.


def test_targets_differ_by_quarter_for_a_measure_that_is_added_up(westshire):
    courses = measure("falls-prevention", 1)
    assert courses.accumulation == "cumulative"
    targets = {target.period: target.value for target in courses.targets.all()}
    assert [targets[f"2026-27-q{number}"] for number in (1, 2, 3, 4)] == [357, 714, 1071, 1428]
    results = {result.period: result.value for result in courses.results.all()}
    assert [results[key] for key in (Q1, Q2, Q3, "2025-26")] == [374, 728, 1049, 1428]


def test_targets_stand_are_not_yet_set_are_none_and_are_set_by_a_person(westshire):
    ours = Target.objects.filter(measure__project__council=westshire)
    assert ours.filter(period="", status="set").exists()
    assert ours.filter(status="not yet set").exists()
    assert ours.filter(status="no target").exists()
    assert TargetChange.objects.filter(measure__project__council=westshire).count() == 3


def test_a_target_is_0_and_smaller_is_better(westshire):
    errors = measure("medicines-support", 1)
    assert errors.direction == "smaller is better"
    assert errors.targets.get().value == 0
    assert [errors.results.get(period=key).value for key in (Q4, Q1, Q2)] == [0, 1, 3]


def test_figures_are_below_0_and_above_100_per_cent(westshire):
    assert measure("care-workforce", 1).results.filter(value__lt=0).count() == 4
    assert measure("care-workforce", 2).results.get(period=Q2).value == Decimal("-1.3")
    assert measure("step-down-beds", 1).results.get(period=Q1).value == 111


def test_nil_not_yet_available_and_not_due_are_reported(westshire):
    statuses = dict(
        Result.objects.filter(measure__project__council=westshire, value=None).values_list(
            "status", "note"
        )
    )
    assert set(statuses) == {"nil return", "not yet available"}
    # A month's figure that is not due; a year's is asked for when the year ends.
    assert Result.objects.filter(measure__council=westshire, status="not due").exists()
    late = measure("settling-in", 2).results.get(period=Q1)
    assert late.note.startswith("Expected: mid-November 2026")


def test_nothing_of_nothing_is_a_nil_return(westshire):
    result = measure("carers-emergency-plan", 2).results.get(period=Q2)
    assert (result.status, result.note) == ("nil return", "0 of 0: no carer was taken ill.")


def test_results_are_of_years_and_of_a_quarter_before_the_council_began(westshire):
    periods = set(
        Result.objects.filter(measure__project__council=westshire).values_list("period", flat=True)
    )
    assert {"2024-25", "2025-26", "2024-25-q4"} <= periods


def test_unit_direction_tolerance_and_definition_changed_from_quarter_2(westshire):
    wait = [sheet("bridging-care", key)["measures"][0]["unit"] for key in (Q1, Q2)]
    assert wait == ["days", "hours"]
    waiting = [sheet("carers-advice", key)["measures"][1]["direction"] for key in (Q1, Q2)]
    assert waiting == ["neutral", "smaller is better"]
    at_home = [sheet("reablement", key)["measures"][0]["text"] for key in (Q1, Q2)]
    assert at_home[1].endswith("of adults of all ages")
    changes = DefinitionChange.objects.filter(measure__project__council=westshire)
    assert {each.period for each in changes} == {Q2}
    assert all(each.why for each in changes)


def test_a_project_is_declared_better_than_the_rule_with_a_reason(westshire):
    hub = Return.objects.get(project__slug="transfer-of-care-hub", period__key=Q2)
    assert (hub.rating, hub.rule_rating) == ("green", "amber")
    assert hub.difference_reason


def test_red_and_amber_say_cause_action_owner_and_date(westshire):
    behind = Return.objects.filter(
        period__council=westshire, period__key=Q2, rating__in=("red", "amber")
    )
    assert {"red", "amber"} == {report.rating for report in behind}
    for report in behind:
        assert report.cause
        assert report.action
        assert report.action_owner
        assert report.action_due


# What is hard on pages.


def test_a_grid_has_75_rows(westshire):
    assert len(measure("neighbourhood-teams", 1).results.filter(period=Q2)) == 5
    assert westshire.projects.get(slug="neighbourhood-teams").measures.count() == 15


def test_texts_are_as_long_and_as_varied_as_texts_may_be(westshire):
    assert 19_000 < len(sheet("neighbourhood-teams", Q2)["performance"]) <= 20_000
    assert max(map(len, sheet("seven-day-social-work", Q2)["performance"].split())) >= 300
    cafe = sheet("dementia-advisers", Q2)["performance"]
    for words in ("Diolch", "śpiewa", "μητέρα", "شکریہ", "أبي", "谢谢", "🍰", "a\u0301"):
        assert words in cafe


def test_the_figures_are_the_same_each_time(westshire):
    figures_of.cache_clear()
    again = figures_of("rural-home-care")
    kept = sheet("rural-home-care", Q2)["measures"][0]["results"][-1]
    assert again[(1, "provider-3", Q2)] == {"value": kept["value"]}
