"""What a later report repeats of an earlier one is read nowhere once that one is withdrawn."""

import re

import pytest

from publishing.period_versions.published import read
from returns.period_versions.superseded import telling
from returns.periods import reopen_period
from returns.review import publish_period
from tests.westshire.project_pages import Q2, Q3, by, download, period
from tests.westshire.shown import page, paper, person
from tests.westshire.test_later_periods import corrected
from tests.westshire.test_versions import standing, withdrawn
from tests.westshire.test_why_it_was_corrected import (
    FALLS,
    OTHER,
    Days,
    changed,
    notes,
    published,
    reopened,
    said_of,
)

REASON, SPEND, WITHDRAWN = "Two lists were one.", "The van was dearer.", "The sheet of another."
FIGURE = "641, Red"


@pytest.fixture
def told(westshire):
    """Quarter 3 in part; then a figure and words of quarter 2 are corrected, all on one day."""
    publish_period(period(westshire), **by("performance", westshire))
    reopen_period(period(westshire, Q2), reason="Corrections.", by=person("performance"))
    reopened(westshire, FALLS, REASON)
    changed(westshire, 641)
    published(westshire, FALLS, variance_reason=SPEND, spend_forecast=445_012)
    return westshire


def everything(client, key=Q3):
    """All that stands of a quarter and is read without saying which version."""
    return "\n".join(
        [
            page(client, f"?period={key}"),
            page(client, f"projects/{FALLS}/?period={key}"),
            paper(client, f"projects/{FALLS}.pdf?period={key}"),
            paper(client, f"reports/progress-update.pdf?period={key}"),
            page(client, "reports/"),
            str([row for row in download(client, "projects", key) if row["slug"] == FALLS]),
            str([row for row in download(client, "results", key) if row["project"] == FALLS]),
        ]
    )


def told_in(words):
    """Which of what was corrected is in the words; hashes have the digits of any figure."""
    secrets = (FIGURE, REASON, SPEND, "445,012")
    return [said for said in secrets if re.search(rf"(?<![\w,.]){re.escape(said)}(?!\w)", words)]


def test_no_page_or_paper_of_a_later_quarter_repeats_a_withdrawn_correction(told, client):
    assert told_in(everything(client)) == [FIGURE, REASON, SPEND, "445,012"]
    withdrawn(told, Q2, WITHDRAWN)
    assert told_in(everything(client)) == []
    assert told_in(everything(client, Q2)) == []


def test_the_correction_that_a_withdrawal_makes_names_what_changed_and_not_what_it_was(
    told, client
):
    withdrawn(told, Q2, WITHDRAWN)
    figures = [said for said in said_of(told, FALLS, Q3) if said.is_figure]
    assert [(said.before, said.why) for said in figures] == [
        ("corrected in a report that is withdrawn", WITHDRAWN)
    ]
    content = client.get(f"/westshire/versions/{Q3}/{standing(told, Q3).number}/content.json")
    assert told_in(content.text) == []
    listed = page(client, f"versions/{Q3}/{standing(told, Q3).number}/")
    assert "it was corrected in a report that is withdrawn" in listed
    # The report printed it all along as it stands again.
    assert "withdrawn" not in notes(client, Q3)


def test_a_later_withdrawal_and_correction_do_not_bring_it_back(told, client):
    days = Days()
    with days.next():
        withdrawn(told, Q2, WITHDRAWN)
    with days.next():
        corrected(told, OTHER, Q3, cause="Two rotas were merged.")
        assert told_in(everything(client)) == []
    with days.next():
        withdrawn(told, Q3, "Quarter 3 again.")
        assert told_in(everything(client)) == []


def test_what_is_published_again_is_told_again(told, client):
    days = Days()
    with days.next():
        withdrawn(told, Q2, WITHDRAWN)
    with days.next():
        publish_period(period(told, Q2), **by("performance", told))
        assert FIGURE in page(client, f"projects/{FALLS}/?period={Q3}")


@pytest.mark.parametrize(
    "where", ["", "projects/{slug}/", "data/results.csv", "projects/{slug}.pdf"]
)
def test_a_superseded_version_that_repeats_what_is_withdrawn_is_withdrawn_too(told, client, where):
    old = standing(told, Q3).number
    address = f"/westshire/{where.format(slug=FALLS)}?period={Q3}&version={old}"
    assert client.get(address).status_code == 200
    withdrawn(told, Q2, WITHDRAWN)
    answer = client.get(address)
    assert answer.status_code == 410
    assert "showed reports as of Quarter 2 2026/27 that were withdrawn since" in answer.text
    assert told_in(answer.text) == []
    assert client.get(address.replace(f"version={old}", f"version={old - 1}")).status_code == 200


def test_the_content_and_the_page_of_such_a_version_say_nothing_of_it(told, client):
    old = standing(told, Q3).number
    withdrawn(told, Q2, WITHDRAWN)
    address = f"/westshire/versions/{Q3}/{old}/"
    assert client.get(f"{address}content.json").status_code == 410
    said = client.get(address).text
    assert told_in(said) == []
    assert "This version showed reports as of Quarter 2 2026/27 that were withdrawn" in said


def test_what_stands_is_never_such_a_version(told):
    withdrawn(told, Q2, WITHDRAWN)
    for key in (Q2, Q3):
        row = standing(told, key)
        assert not telling([row])
    assert read(standing(told, Q3)).stood == {
        key: standing(told, key).number for key in read(standing(told, Q3)).stood
    }
