"""A finance report as at a day that has not come yet is published once that is said to be right."""

import re
from datetime import UTC, datetime

import pytest

from bcfportal.lib import clock
from finance.monitoring.actions import submit
from finance.monitoring.transitions import MONITORING
from publishing.workflow import Unanswered, yes_to
from tests.html_forms import form_with
from tests.money import brought_to, by, draft, make_areas, second_keeper
from tests.text import words_of

pytestmark = pytest.mark.django_db
AT = "/testshire/money/2018-19-m02/1/"
EARLY = datetime(2018, 5, 20, 12, tzinfo=UTC)
ASKED = "It is as at 31 May 2018, a day that has not come yet."


def tick_on(page):
    """What the tick on the page says."""
    return re.search(r'id="right" name="right" type="checkbox" value="([^"]+)"', page)[1]


@pytest.fixture
def money(quarter):
    make_areas(quarter.council)
    quarter.keeper = quarter.people["finance officer"]
    return quarter


def test_a_report_as_at_a_day_to_come_is_asked_about_at_publishing(client, money):
    report = brought_to(money, "approved")
    report.sections.filter(name="reserves").update(typed={})
    client.force_login(second_keeper(money.council))
    with clock.stopped_at(EARLY):
        assert ASKED in words_of(client.get(AT).content.decode())
        page = client.get(f"{AT}publish/").content.decode()
        assert ASKED in words_of(page)
        assert "nothing is entered." in words_of(page)
        fields = form_with(page, "confirm").fields
        fields.pop("right", None)
        refused = client.post(f"{AT}publish/", fields)
        assert refused.status_code == 409
        report.refresh_from_db()
        assert report.status == "approved"
        refused = client.post(f"{AT}publish/", fields | {"right": "yes: 2018-05-31"})
        assert refused.status_code == 409
        assert "tick that it is right" in words_of(refused.content.decode())
        sent = {"right": tick_on(page)}
        assert client.post(f"{AT}publish/", fields | sent).status_code == 302
    report.refresh_from_db()
    assert report.status == "published"


def test_whoever_publishes_it_is_asked_and_not_only_the_page(money):
    report = brought_to(money, "approved")
    other = by(second_keeper(money.council), money.council)
    with clock.stopped_at(EARLY):
        asked = MONITORING.asks("publish", report)
        assert asked == [ASKED]
        with pytest.raises(Unanswered):
            MONITORING.transition("publish", report.pk, **other)
        with pytest.raises(Unanswered):
            MONITORING.transition("publish", report.pk, answer=yes_to(["Else?"]), **other)
        MONITORING.transition("publish", report.pk, answer=yes_to(asked), **other)
    report.refresh_from_db()
    assert report.status == "published"


def test_a_report_after_one_that_is_not_public_is_asked_about(client, money):
    earlier = draft(money.council, money.keeper, "2018-19-m01")
    submit(earlier.pk, **by(money.keeper, money.council))
    MONITORING.transition("approve", earlier.pk, **by(second_keeper(money.council), money.council))
    brought_to(money, "approved")
    client.force_login(second_keeper(money.council))
    page = words_of(client.get(AT).content.decode())
    assert f"{earlier} is approved and not public." in page
    assert ASKED not in page


def test_a_report_of_a_day_that_is_over_is_not_asked_about(client, money):
    brought_to(money, "approved")
    client.force_login(second_keeper(money.council))
    assert 'name="right"' not in client.get(f"{AT}publish/").content.decode()
