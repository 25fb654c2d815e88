"""What was withdrawn is read nowhere: not in a later version, a correction, a file or a content."""

import re

import pytest

from publishing.models import PeriodVersion, Return
from returns.period_versions.superseded import telling
from returns.review import publish_period
from tests.westshire.project_pages import Q2, Q3, by, download, period, report
from tests.westshire.shown import page, paper, signed_in
from tests.westshire.test_later_periods import GREY, corrected, figure
from tests.westshire.test_versions import standing, withdrawn
from tests.westshire.test_why_it_was_corrected import FALLS

SECRET = "Mrs Example of 4 Mill Lane waited"


@pytest.fixture
def told(westshire):
    """Quarter 3 in part, and in quarter 2 a text that later turns out to name a person."""
    publish_period(period(westshire), **by("performance", westshire))
    corrected(westshire, GREY, performance=SECRET, spend_forecast=445_012)
    return westshire


def around(words, told):
    """A few words round each place where it is told: short, so that a failure can be read."""
    return [
        words[max(0, m.start() - 60) : m.end() + 30] for m in re.finditer(re.escape(told), words)
    ]


def everywhere(client, key):
    """All that an address without a version gives of a quarter and of the project in it."""
    return "\n".join(
        [
            page(client, f"?period={key}"),
            page(client, f"projects/{GREY}/?period={key}"),
            paper(client, f"projects/{GREY}.pdf?period={key}"),
            paper(client, f"reports/progress-update.pdf?period={key}"),
            str([row for row in download(client, "projects", key) if row["slug"] == GREY]),
            str([row for row in download(client, "results", key) if row["project"] == GREY]),
        ]
    )


def test_a_later_quarters_own_withdrawal_brings_nothing_withdrawn_back(told, client):
    corrected(told, "reablement", Q3, cause="Two rotas were merged.")
    shown_it = standing(told, Q3)
    assert "445,012" in page(client, f"projects/{GREY}/?period={Q3}")
    withdrawn(told, Q2)
    withdrawn(told, Q3)
    words = everywhere(client, Q3)
    assert around(words, "445,012") == []
    assert around(words, SECRET) == []
    assert standing(told, Q3).number > shown_it.number
    assert "Two rotas were merged." not in page(client, f"projects/reablement/?period={Q3}")


def test_a_correction_that_a_withdrawal_makes_does_not_repeat_what_is_withdrawn(told, client):
    withdrawn(told, Q2)
    version = standing(told, Q3)
    words = everywhere(client, Q3) + everywhere(client, Q2)
    words += page(client, f"versions/{Q3}/{version.number}/")
    assert around(words, SECRET) == []
    assert around(words, "445,012") == []
    assert around(words, "it was something that is withdrawn")


def test_the_content_and_the_page_of_a_version_that_shows_what_is_withdrawn_are_gone(told, client):
    shown_it = standing(told, Q3).number
    withdrawn(told, Q2)
    content = client.get(f"/westshire/versions/{Q3}/{shown_it}/content.json")
    assert content.status_code == 410
    said = client.get(f"/westshire/versions/{Q3}/{shown_it}/")
    assert around(said.text, SECRET) == []
    assert around(said.text, "445,012") == []
    assert "withdrawn" in said.text


def held_back(westshire, slug, text):
    """The newest figure of the project's first measure is held back, and its text is put right."""
    found = report(westshire, slug, Q2)
    result = found.project.measures.order_by("position").first().results.get(period=Q2)
    type(result).objects.filter(pk=result.pk).update(
        value=None, numerator=None, denominator=None, status="held back: small number"
    )
    corrected(westshire, slug, Q2, performance=text)


def test_a_figure_that_is_held_back_is_not_repeated_by_its_correction(westshire, client):
    publish_period(period(westshire), **by("performance", westshire))
    figure(westshire, GREY, 1_234)
    assert "1,234" in everywhere(client, Q2)
    held_back(westshire, GREY, "We did a few jobs.")
    for key in (Q2, Q3):
        words = everywhere(client, key)
        assert around(words, "Held back: small number")
        for told in ("it was 1,472", "1,234"):
            assert around(words, told) == []
        assert around(words, "it was a figure that is held back now")
        assert around(words, "it was words that are no longer shown")


def test_each_version_that_stands_shows_nothing_withdrawn_whatever_is_withdrawn(told):
    for key in (Q2, Q3, Q2):
        if period(told, key).published_at:
            withdrawn(told, key)
        for row in PeriodVersion.objects.in_force().filter(period__council=told):
            assert not telling([row]), row
    assert Return.objects.filter(period__council=told, period__key=Q2, status="approved").exists()


def test_what_shows_the_same_reports_goes_with_a_version_that_is_withdrawn(told, client):
    """Version 2 of quarter 3 only carries quarter 2's correction on; version 1 has its reports."""
    assert standing(told, Q3).number == 2
    signed_in(client, "performance")
    words = page(client, f"quarter/{Q3}/publications/")
    assert "Version 1 goes with it: it shows the same reports." in words
    assert f"nothing. {period(told).label} is not published then." in words
    withdrawn(told, Q3)
    assert period(told).published_at is None
    client.logout()
    for number in (1, 2):
        gone = client.get(f"/westshire/projects/{GREY}/?period={Q3}&version={number}")
        assert gone.status_code == 410


def test_a_figure_that_a_withdrawn_report_gave_says_so_in_later_ones(westshire, client):
    publish_period(period(westshire), **by("performance", westshire))
    while period(westshire, Q2).published_at:
        withdrawn(westshire, Q2)
    said = "The report of Quarter 2 2026/27 was withdrawn on 20 January 2027"
    rows = [row for row in download(client, "results", Q3) if row["period"] == Q2]
    assert rows
    assert all(said in row["corrected"] for row in rows)
    (project, *_) = [row["project"] for row in rows]
    assert said in page(client, f"projects/{project}/?period={Q3}")
    assert said in paper(client, f"projects/{project}.pdf?period={Q3}")


def test_what_a_version_corrected_of_others_is_still_told_when_a_report_that_it_showed_is_withdrawn(
    westshire, client
):
    """Version 3 of quarter 3 shows the handyperson's report of quarter 2, and corrects another."""
    publish_period(period(westshire), **by("performance", westshire))
    figure(westshire, GREY, 1_234)
    corrected(westshire, FALLS, Q3, cause="Two rotas were merged.")
    where, told = f"projects/{FALLS}/?period={Q3}", "Cause: Two rotas were merged. ; it was"
    assert told in page(client, where)
    withdrawn(westshire, Q2)
    assert told in page(client, where)
    assert "1,234" not in everywhere(client, Q3)
