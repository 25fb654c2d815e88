"""What happens to what was published: corrected, left out, moved; walked over all outputs.

The lines of the table of accidents of time that tests/westshire/test_accidents_of_time.py leaves.
"""

import pytest

from bcfportal.lib.periods import Period, period_of
from outcomes.vital_signs.statuses import statuses
from projects.models import ProjectChange
from publishing.models import ReportingPeriod
from returns.review import publish_period
from tests.text import words_of
from tests.westshire.measures import LAST, csv_rows, shown_in
from tests.westshire.outputs import (
    PROJECTS,
    RESULTS,
    SIGNS,
    content,
    in_file,
    joined,
    outputs,
    programme,
    words,
)
from tests.westshire.project_pages import Q1, Q2, Q3, by, download, period
from tests.westshire.shown import leave, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(westshire):
    """Quarter 3 with half of its returns missing."""
    publish_period(period(westshire), **by("performance", westshire))
    return westshire


# 6. A published figure is corrected.


def test_6_wherever_a_corrected_result_of_a_project_stands_it_is_marked(westshire, client):
    walked = 0
    for key in (Q1, Q2):
        shown = programme(westshire, key)
        for sheet in shown.projects:
            for (position, when, segment), said in shown.corrected_figures(sheet.slug).items():
                measure = next(each for each in sheet.measures if str(each.position) == position)
                held = next(
                    (r for r in measure.results if (r.period, r.segment) == (when, segment)), None
                )
                if held is None:
                    continue
                for name in outputs(RESULTS):
                    at = {"slug": sheet.slug, "name": "results"}
                    page = words(client, name, f"?period={key}", **at)
                    assert joined("Corrected on") in joined(page), (name, sheet.slug)
                row = next(
                    row for row in download(client, "results", key)
                    if (row["project"], row["measure_number"], row["period"], row["segment"])
                    == (sheet.slug, measure.key, when, in_file(held))
                )  # fmt: skip
                assert row["corrected"] == said
                walked += 1
    assert walked


@pytest.mark.parametrize("name", outputs(SIGNS))
def test_6_whatever_shows_a_corrected_figure_of_the_council_says_so(westshire, client, name):
    shown = shown_in(westshire, LAST)
    for (slug, when, segment), _ in shown.corrected.items():
        measure = shown.sheet.measure(slug)
        months = [key for key in (when, LAST) if period_of(key).month]
        for month in months if measure and not segment else []:
            sheet = shown_in(westshire, month).sheet
            held = next(each for each in sheet.measure(slug).figures
                        if (each.period, each.segment) == (when, ""))  # fmt: skip
            (standing,) = (each for each in statuses(sheet, period_of(month), measure.collection)
                           if each.measure.slug == slug)  # fmt: skip
            page = words(client, name, f"?month={month}", measure=slug)
            if measure.name in page and standing.words_of(held) in page:
                # What there was not yet came in, and corrects nothing.
                assert "orrected" in page or "ame in" in page, (slug, when, month)


def test_6_wherever_a_corrected_figure_of_a_month_stands_it_is_marked(westshire, client):
    shown, walked = shown_in(westshire, LAST), 0
    paper = joined(words(client, "performance", f"?month={LAST}"))
    for (slug, when, segment), found in shown.corrected.items():
        measure = shown.sheet.measure(slug)
        if measure is None or measure.collection != "vital signs" or segment:
            continue
        # The dashboard and its download have months; a quarter's figure stands on its card.
        if not period_of(when).month:
            continue
        said = found[-1].sentence
        card = words(client, "report-card", f"?month={LAST}", measure=slug)
        assert said in card, (slug, when)
        rows = [row for row in csv_rows(client, LAST) if row["measure"] == slug]
        assert any(said in row["corrected"] for row in rows), (slug, when)
        sent, _ = content(client, "vital-signs", f"?month={LAST}")
        label = period_of(when).label
        mark = found[-1].mark
        assert f'{mark}<span class="govuk-visually-hidden">: {measure.name}, {label}' in (
            sent.decode()
        )
        assert mark != "Corrected" or joined(found[-1].corrected.before) in paper
        walked += 1
    assert walked


# 7. Only part of a period is published.


@pytest.mark.parametrize("name", outputs(PROJECTS))
def test_7_what_has_not_reported_says_its_period_wherever_it_stands(part, client, name):
    shown, walked = programme(part, Q3), 0
    assert len(shown.not_reported) > 20
    of_one = name in ("project", "project-pdf", "condition")
    pages = {}
    for sheet in shown.not_reported[:6] if of_one else shown.not_reported:
        at = {"slug": sheet.slug, "number": str(sheet.condition_number)} if of_one else {}
        key = tuple(at.values())
        if key not in pages:
            pages[key] = joined(words(client, name, f"?period={Q3}", **at))
        if joined(sheet.short_title) not in pages[key] and joined(sheet.title) not in pages[key]:
            continue
        said = "not reported" if name == "download" else sheet.standing_words
        assert joined(said) in pages[key], (name, sheet.slug)
        walked += 1
    assert walked


def test_7_what_has_not_reported_is_in_no_count_of_ratings(part, client):
    shown = programme(part, Q3)
    assert sum(count for _, count in shown.ratings) == len(shown.reported)
    rows = download(client, "projects", Q3)
    assert {row["slug"] for row in rows if row["standing"] == "reported"} == {
        sheet.slug for sheet in shown.projects if sheet.state == "reported"
    }


# 8. A project ends, moves, is renamed, is added, changes its money.


def test_8_what_changed_about_a_project_is_said_on_its_page_which_lives_on(westshire, client):
    changes = ProjectChange.objects.filter(project__council=westshire).exclude(kind="began")
    assert {each.kind for each in changes} >= {"ended", "renamed", "moved"}
    for change in changes.select_related("project"):
        page = words(client, "project", slug=change.project.slug)
        assert change.why in page, change


# 11. The year turns: nothing is carried silently.


def test_11_no_target_is_carried_into_the_next_year(westshire):
    following = Period.parse(LAST).start_year + 1
    april, quarter = Period(following, month=1), Period(following, 1)
    signs = [each for each in shown_in(westshire, LAST).sheet.measures if each.targets]
    for measure in signs:
        if any(target.period for target in measure.targets):
            assert measure.target_in(april) is None, measure.slug
    for sheet in programme(westshire, Q2).projects:
        for measure in sheet.measures:
            if any(target.period for target in measure.known_targets):
                assert measure.target_in(quarter.key) is None, (sheet.slug, measure.key)
    asked = ReportingPeriod.objects.filter(council=westshire, key__startswith=f"{following}")
    assert not asked.exists()


# 9. A person leaves.


def test_9_what_nobody_reports_on_any_more_stands_on_the_administrator_s_list(westshire, client):
    left = leave()
    theirs = [each.project for each in left.assignments.select_related("project")]
    orphans = [p for p in theirs if not p.assignments.filter(user__is_active=True).exists()]
    assert orphans
    client.force_login(person("administrator"))
    listed = words_of(client.get("/westshire/administration/").content.decode())
    for project in orphans:
        assert project.short_title in listed, project


# 10. A figure is stated in two places, rounded differently, or added up differently.


@pytest.mark.parametrize("name", ["finance", "finance-pdf", "money-csv", "money-xlsx"])
def test_10_the_printed_total_stands_with_the_portal_s_own_sum_beside_it(client, name):
    said = words(client, name, "?report=2016-17-m10", council="norfolk").replace(",", "")
    assert ("9.629" if name.startswith("finance") else "9629000") in said
    assert "9.656" in said
