"""What is counted is said where a figure stands; money of two years is not one change."""

from datetime import date
from decimal import Decimal

from outcomes.project_measures.table import measure_table
from projects.models import Project
from returns.actions import draft_of
from returns.collect import make_sheet, returns_with_records
from returns.periods import open_period
from returns.review import changes
from tests.text import words_of
from tests.westshire.project_pages import Q1, Q2, by, report
from tests.westshire.shown import markup


def test_each_row_with_a_figure_says_what_is_counted(westshire, client):
    """The unit stands with the figure, with the target, in the measure's text, or below it."""
    for project in Project.objects.filter(council=westshire, kind="reported"):
        for key in (Q1, Q2):
            if not project.returns.filter(period__key=key, status="published").exists():
                continue
            sheet = make_sheet(returns_with_records(project.returns.filter(period__key=key)).get())
            rows = {
                row.measure.text: row
                for _, rows in measure_table(sheet).sections
                for row in rows
                if any(cell.text[:1].isdigit() for cell in row.cells)
            }
            found = markup(client, f"projects/{project.slug}/?period={key}")
            for text, row in rows.items():
                unit = row.measure.unit
                if unit in ("", "number"):
                    continue
                shown = [words_of(f"<tr{each}") for each in found.split("<tr")]
                own = [each for each in shown if text in " ".join(each.split())]
                assert any(unit.lower() in each.lower() for each in own), (project.slug, text)


def next_year(westshire):
    return open_period(
        council=westshire,
        key="2027-28-q1",
        as_at=date(2027, 6, 30),
        opens=date(2027, 7, 1),
        due=date(2027, 7, 14),
        closes=date(2027, 7, 31),
        title="Quarterly report",
        by=by("performance", westshire)["by"],
    )


def test_last_time_s_spend_says_its_year_when_the_year_has_turned(westshire):
    opened = next_year(westshire)
    work = draft_of(opened.returns.get(project__slug="reablement"))
    assert all(words.endswith(" in 2026/27") for words in work.spend_last)
    own = draft_of(report(westshire, "reablement", Q2))
    assert not any("in 2026" in words for words in own.spend_last)


def test_spend_of_two_years_is_no_change_of_one_figure(westshire):
    found = westshire.periods.get(key=Q2).returns.filter(project__slug="reablement")
    before = make_sheet(returns_with_records(found).get())
    now = type(before)(
        **{name: getattr(before, name) for name in before.__struct_fields__}
        | {"spend_year": 2027, "spend_to_date": Decimal(1)}
    )
    titles = [each.title for each in changes(before, now)]
    assert "Spent to date in 2026/27" in titles
    assert "Spent to date in 2027/28" in titles
