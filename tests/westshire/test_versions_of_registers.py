"""A version of a register that is asked for, and a risk that a register never had."""

from datetime import timedelta

import pytest

from risks.models import RegisterReport
from risks.versions import ever_published
from tests.registers import publish_register
from tests.westshire.project_pages import by
from tests.westshire.shown import page
from tests.westshire.test_withdrawn_publications import fingerprint, withdrawn

DAY = "2026-10-31"


@pytest.fixture
def again(westshire):
    """The latest register withdrawn and published again: version 2 of its day."""
    first = RegisterReport.objects.filter(council=westshire).latest("as_at")
    withdrawn(first.edition.fingerprint, "register")
    publish_register(
        westshire,
        first.as_at,
        title="Strategic risk register",
        meeting_on=first.meeting_on,
        **by("finance", westshire),
    )
    return str(first.as_at)


@pytest.mark.parametrize("where", ["risks/", "risks/wr01/", "reports/risks.pdf", "risks/risks.csv"])
def test_a_version_of_a_register_is_that_version_or_gone_or_not_found(again, client, where):
    answers = [
        client.get(f"/westshire/{where}?as_at={again}{version}").status_code
        for version in ("", "&version=2", "&version=1", "&version=3", "&version=x")
    ]
    if where == "risks/":
        assert "Version 2" in page(client, f"{where}?as_at={again}&version=2")
    assert answers == [200, 200, 410, 404, 404]


@pytest.mark.parametrize("day", ["2026-07-31", "2026-04-30"])
def test_a_register_that_stands_and_never_had_a_risk_does_not_say_withdrawn(westshire, client, day):
    withdrawn(fingerprint(westshire, "register"), "register")
    assert client.get(f"/westshire/risks/?as_at={day}").status_code == 200
    assert client.get(f"/westshire/risks/wr15/?as_at={day}").status_code == 404
    assert client.get("/westshire/risks/wr15/").status_code == 410


def test_the_day_on_which_a_register_was_superseded_stays_when_a_later_one_is_published(westshire):
    before = _standing(westshire)
    latest = RegisterReport.objects.filter(council=westshire).latest("as_at")
    publish_register(westshire, latest.as_at + timedelta(days=31), **by("finance", westshire))
    after = _standing(westshire)
    assert {day: after[day] for day in before if day != latest.as_at} == {
        day: said for day, said in before.items() if day != latest.as_at
    }
    assert before[latest.as_at] == ""
    assert after[latest.as_at].startswith("Superseded on ")


def _standing(westshire):
    """What became of each register since, by its day."""
    return {report.as_at: said.standing_words for report, said in ever_published(westshire)}
