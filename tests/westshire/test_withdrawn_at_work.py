"""People at work are told what a return or a month holds that was withdrawn."""

import pytest

from outcomes.models import Month
from tests.westshire.project_pages import Q2, report
from tests.westshire.shown import page, signed_in
from tests.westshire.test_later_periods import corrected, row
from tests.westshire.test_projects_by_their_day import NAME, moved
from tests.westshire.test_versions import WHY, confirmed, standing, withdrawn
from tests.westshire.test_withdrawn_and_not_taken import OCTOBER, published, put, result_of

PROJECT, RENAMED = "social-prescribing", "falls-prevention"
SAID = f"What it holds was withdrawn on 20 January 2027: {WHY}"


@pytest.fixture
def again(westshire, client):
    """Quarter 2 of a project is corrected and withdrawn; another project is renamed since."""
    corrected(westshire, PROJECT, summary_performance="Counted again.")
    withdrawn(westshire, Q2)
    assert report(westshire, PROJECT, Q2).status == "approved"
    moved(client, RENAMED, (1, 9, 2026))
    return westshire


def test_the_board_and_the_return_say_what_was_withdrawn(again, client):
    signed_in(client, "performance")
    board = page(client, f"quarter/?period={Q2}")
    assert board.count(SAID) == 1
    assert SAID in page(client, f"returns/{Q2}/{PROJECT}/")
    assert SAID not in page(client, f"returns/{Q2}/{RENAMED}/")


def test_what_was_withdrawn_is_not_published_with_something_else(again, client):
    signed_in(client, "performance")
    asked = page(client, f"quarter/{Q2}/publish/")
    assert "Publish what changed?" in asked
    assert SAID in asked
    assert "Counted again." not in asked
    assert confirmed(client, Q2).status_code == 302
    assert report(again, PROJECT, Q2).status == "approved"
    client.logout()
    assert "Counted again." not in page(client, f"projects/{PROJECT}/?period={Q2}")
    assert row(client, RENAMED, Q2)["title"] == NAME


def test_it_is_published_again_where_that_is_said(again, client):
    signed_in(client, "performance")
    assert confirmed(client, Q2, again="yes").status_code == 302
    assert report(again, PROJECT, Q2).status == "published"
    assert SAID not in page(client, f"quarter/?period={Q2}")


def test_nothing_but_what_was_withdrawn_is_published_only_where_that_is_said(westshire, client):
    corrected(westshire, PROJECT, summary_performance="Counted again.")
    withdrawn(westshire, Q2)
    number = standing(westshire, Q2).number
    signed_in(client, "performance")
    assert "Publish again what was withdrawn?" in page(client, f"quarter/{Q2}/publish/")
    confirmed(client, Q2)
    assert standing(westshire, Q2).number == number
    confirmed(client, Q2, again="yes")
    assert standing(westshire, Q2).number > number


def test_a_month_that_holds_what_was_withdrawn_says_so(westshire, client):
    result = result_of(westshire, OCTOBER)
    put(result, value=result.value + 1)
    published(westshire, OCTOBER)
    withdrawn(westshire, OCTOBER)
    signed_in(client, "performance")
    assert SAID in page(client, f"quarter/?period={OCTOBER}")
    month = Month.objects.get(period__key=OCTOBER, period__council=westshire)
    assert SAID in page(client, f"returns/{OCTOBER}/{month.slug}/")
