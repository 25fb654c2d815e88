"""What later months say of a month whose figures they print, when it is withdrawn or corrected."""

import pytest

from publishing.models import Snapshot
from returns.period_versions.published import read
from tests.westshire.measures import LAST, csv_row, lines, performance_paper
from tests.westshire.shown import page, signed_in
from tests.westshire.test_versions import standing, withdrawn
from tests.westshire.test_why_a_month_was_corrected import (
    BEDS,
    NOVEMBER,
    approved,
    changed,
    later,
    month,
    published,
    reason_of,
    reopen,
)

GONE = "The month was that of another council."


@pytest.fixture
def both(westshire):
    """November's figure is 82 and was 77: published with December, which prints it, and alone."""
    november, december = month(westshire, NOVEMBER), month(westshire, LAST)
    reopen(westshire, [november, december])
    changed(westshire, NOVEMBER, 82)
    changed(westshire, LAST, 79)
    approved(westshire, december, 2)
    approved(westshire, november, 4)
    published(december, 6)
    published(november, 7)
    return westshire


def said_of_november(westshire):
    corrections = read(standing(westshire, LAST)).corrections
    return [(each.before, each.after, each.why, each.of) for each in corrections]


def test_a_withdrawn_month_s_figure_is_said_in_the_later_month_that_prints_it(both, client):
    before = standing(both, LAST).number
    signed_in(client, "performance")
    with later(9):
        asks = page(client, f"quarter/{NOVEMBER}/publications/")
    assert "Later reports are: December 2026." in asks
    client.logout()
    with later(10):
        withdrawn(both, NOVEMBER, GONE)
    assert standing(both, LAST).number == before + 1
    assert said_of_november(both) == [("82, Green", "77, Green", GONE, NOVEMBER)]
    told = f"77, Green; it was 82, Green. {GONE}"
    assert told in page(client, f"vital-signs/{BEDS}/?month={LAST}")
    assert told in csv_row(client, BEDS, NOVEMBER, LAST)["corrected"]
    assert told in performance_paper(client, LAST)


def test_a_figure_that_december_knew_better_stays_when_november_is_withdrawn(westshire):
    """Only December printed 82; what November's withdrawn version had was another thing."""
    november, december = month(westshire, NOVEMBER), month(westshire, LAST)
    reopen(westshire, [november, december])
    approved(westshire, november, 2)
    assert Snapshot.objects.filter(report=november).count() == 2
    published(november, 3)
    changed(westshire, NOVEMBER, 82)
    changed(westshire, LAST, 79)
    approved(westshire, december, 4)
    published(december, 6)
    number = standing(westshire, LAST).number
    with later(10):
        withdrawn(westshire, NOVEMBER, GONE)
    assert standing(westshire, LAST).number == number


def test_a_corrected_month_is_said_in_the_later_month_that_prints_its_old_figure(westshire):
    november = month(westshire, NOVEMBER)
    reopen(westshire, [november])
    changed(westshire, NOVEMBER, 82)
    approved(westshire, november, 2)
    published(november, 3)
    assert said_of_november(westshire) == [
        ("77, Green", "82, Green", reason_of(november), NOVEMBER)
    ]


@pytest.fixture
def repeated(westshire):
    """November's figure is corrected to 82, which December repeats; it printed 77."""
    november = month(westshire, NOVEMBER)
    reopen(westshire, [november])
    changed(westshire, NOVEMBER, 82)
    approved(westshire, november, 2)
    published(november, 3)
    return westshire


def everything_of(client, key):
    return "\n".join(
        [
            page(client, f"vital-signs/{BEDS}/?month={key}"),
            csv_row(client, BEDS, NOVEMBER, key)["corrected"],
            performance_paper(client, key),
        ]
    )


def test_a_later_month_does_not_repeat_a_correction_that_is_withdrawn(repeated, client):
    why = reason_of(month(repeated, NOVEMBER))
    old = standing(repeated, LAST)
    told = f"82, Green; it was 77, Green. {why}"
    assert told in everything_of(client, LAST)
    with later(10):
        withdrawn(repeated, NOVEMBER, GONE)
        assert said_of_november(repeated) == [
            ("corrected in a report that is withdrawn", "77, Green", GONE, NOVEMBER)
        ]
        listed = page(client, f"versions/{LAST}/{standing(repeated, LAST).number}/")
        assert "77, Green ; it was corrected in a report that is withdrawn" in listed
        words = everything_of(client, LAST)
        assert why not in words
        assert "82, Green" not in words
        asked = f"month={LAST}&version={old.number}"
        for address in ("vital-signs/", f"vital-signs/{BEDS}/", "reports/performance.pdf"):
            answer = client.get(f"/westshire/{address}?{asked}")
            assert answer.status_code == 410, address
            assert "showed reports as of November 2026 that were withdrawn since" in answer.text
        assert asked not in client.get("/westshire/reports/").text.replace("&amp;", "&")
        content = client.get(f"/westshire/versions/{LAST}/{old.number}/content.json")
        assert content.status_code == 410


@pytest.mark.parametrize("key", [NOVEMBER, LAST])
def test_a_figure_that_is_as_it_was_printed_bears_no_mark_of_a_correction_that_is_withdrawn(
    repeated, client, key
):
    with later(10):
        withdrawn(repeated, NOVEMBER, GONE)
    with later(11):
        assert lines(client, BEDS, key)["November 2026"][0].startswith("77")
        told = [
            *lines(client, BEDS, key)["November 2026"],
            csv_row(client, BEDS, NOVEMBER, key)["corrected"],
        ]
    assert not [said for said in told if "withdrawn" in said or "Corrected on" in said]


def test_a_later_month_says_that_a_month_was_withdrawn_whose_correction_it_told(repeated, client):
    why = reason_of(month(repeated, NOVEMBER))
    with later(20):
        while month(repeated, NOVEMBER).period.published_at:
            withdrawn(repeated, NOVEMBER, GONE)
        words = everything_of(client, LAST)
        number = standing(repeated, LAST).number
        content = client.get(f"/westshire/versions/{LAST}/{number}/content.json").text
    assert not [told for told in ("82, Green", why) if told in words + content]
