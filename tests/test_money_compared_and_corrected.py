"""A finance report says that the one which it is compared with was corrected since."""

import re

import pytest

from finance.monitoring.actions import correct, save_section, submit
from finance.monitoring.transitions import MONITORING
from publishing.workflow import Unanswered, yes_to
from tests.money import by, make_areas, published, second_keeper
from tests.text import words_of

pytestmark = pytest.mark.django_db
# In millions of pounds, a little more than it was.
OTHERWISE = "10.420"
AT = "/testshire/finance/?report=2018-19-m03"
SAID = (
    "Month 2 of 2018/19, with which it is compared, was corrected since: "
    "Month 2 of 2018/19, version 2 is the current version."
)


@pytest.fixture
def money(quarter):
    """Months 2 and 3 are public."""
    make_areas(quarter.council)
    keeper = quarter.people["finance officer"]
    quarter.first = published(quarter.council, keeper)
    quarter.second = published(quarter.council, keeper, "2018-19-m03")
    return quarter


def corrected(money):
    """Version 2 of Month 2, approved and ready to be published."""
    keeper, other = money.people["finance officer"], second_keeper(money.council)
    fresh = correct(money.first, why="An area was left out.", **by(keeper, money.council))
    section = fresh.sections.get(name="lines")
    typed = section.typed | {"older-outturn": OTHERWISE}
    given = {"version": section.version, **by(keeper, money.council)}
    save_section(fresh.pk, "lines", typed, **given)
    submit(fresh.pk, **by(keeper, money.council))
    MONITORING.transition("approve", fresh.pk, **by(other, money.council))
    fresh.refresh_from_db()
    return fresh, by(other, money.council)


def test_publishing_a_correction_says_which_public_reports_go_on_comparing_with_what_was(money):
    fresh, who = corrected(money)
    asked = MONITORING.asks("publish", fresh)[0]
    assert asked.startswith("Month 3 of 2018/19 is public and compared with Month 2 of 2018/19")
    with pytest.raises(Unanswered):
        MONITORING.transition("publish", fresh.pk, **who)


def test_page_and_short_address_say_that_what_it_is_compared_with_was_corrected(client, money):
    def page(address):
        return words_of(client.get(address, follow=True).content.decode())

    before = client.get(AT).content.decode()
    short = re.search(r"/version/([0-9a-f]{12})/", before).group(1)
    assert SAID not in page(f"/version/{short}/")
    assert "Month 2 of 2018/19, version 1" not in words_of(before)
    fresh, who = corrected(money)
    answer = yes_to(MONITORING.asks("publish", fresh))
    MONITORING.transition("publish", fresh.pk, answer=answer, **who)
    assert SAID in page(f"/version/{short}/")
    after = page(AT)
    assert SAID in after
    assert "than at Month 2 of 2018/19, version 1" in after or (
        "No change since Month 2 of 2018/19, version 1" in after
    )
    assert "Variance at Month 2 of 2018/19, version 1" in after
