"""The file of measures says until when a standing target really holds."""

from types import SimpleNamespace

import pytest

from bcfportal.lib.periods import period_of
from outcomes.models import Measure, Target
from outcomes.targets import standing_until, target_of
from returns.review import publish_period
from tests.westshire.project_pages import Q2, Q3, by, download, period
from tests.westshire.test_later_periods import corrected

SLUG = "falls-prevention"


@pytest.mark.parametrize(
    ("until", "own", "ends"),
    [
        ("2026-27-q4", ["2026-27-q3"], "2026-27-q2"),
        ("2026-27-q1", ["2026-27-q3"], "2026-27-q1"),
        ("2026-27-q4", ["2026-27"], "2026-27-q4"),
        ("2026-27-q4", ["2027-28-q2", "2026-27-q1"], "2025-26-q4"),
        ("2026-27-m12", ["2026-27-m02"], "2026-27-m01"),
        ("", ["2026-27-q3"], "2026-27-q2"),
        ("", ["2026-27"], "2026-27-q4"),
        ("2026-27-q4", [], "2026-27-q4"),
        ("", [], ""),
    ],
)
def test_a_standing_target_ends_before_the_first_that_a_period_has_of_its_own(until, own, ends):
    targets = [SimpleNamespace(period=key, until="", value=1) for key in own]
    standing = SimpleNamespace(period="", until=until, value=2)
    assert standing_until([standing, *targets]) == ends
    if ends:
        last = period_of(ends)
        assert target_of([standing, *targets], last) is standing
        assert target_of([standing, *targets], last.following) is not standing


@pytest.mark.django_db
def test_the_file_of_measures_says_the_until_at_which_a_standing_target_ended(westshire, client):
    measure = Measure.objects.get(project__council=westshire, project__slug=SLUG, position=2)
    Target.objects.update_or_create(
        measure=measure, period="", defaults={"status": "set", "value": 75, "until": "2026-27-q4"}
    )
    measure.targets.exclude(period="").delete()
    Target.objects.create(measure=measure, period=Q3, status="set", value=70)
    publish_period(period(westshire), **by("performance", westshire))
    corrected(westshire, SLUG, Q3)
    mine = [
        (row["period"], row["target"], row["until"])
        for row in download(client, "measures", Q3)
        if row["project"] == SLUG and row["number"] == "2"
    ]
    assert mine == [("", "75", Q2), (Q3, "70", "")]
