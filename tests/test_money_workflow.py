"""The states of a finance report: who may take which step, from where, and how it is corrected."""

import pytest

from demonstration.fixtures import load_fixtures
from finance.models import ExpenditureArea, MonitoringReport
from finance.monitoring.actions import correct, report_before
from finance.monitoring.draft import Draft
from finance.monitoring.transitions import MONITORING
from publishing.workflow import NotNow
from tests.database import FIXTURES
from tests.money import brought_to, by, draft, make_areas, published, second_keeper
from tests.seen import seen_on

pytestmark = pytest.mark.django_db
AT = "/testshire/money/2018-19-m02/1/"
WHO = ("committee member", "commissioner", "finance officer", "performance officer")


@pytest.fixture
def money(quarter):
    make_areas(quarter.council)
    quarter.keeper = quarter.people["finance officer"]
    return quarter


def post(client, address="", **typed):
    if typed.get("action") == "publish":
        # That is asked on a page of its own.
        return client.post(f"{AT}publish/", {"confirm": "yes"} | seen_on(client, f"{AT}publish/"))
    read = {} if address else seen_on(client, AT)
    return client.post(AT + address, typed | read)


# Of what a council switches on: test_second_signature_of_money, test_signatures_that_lapse.
STEPS = [action for action, rule in MONITORING.table.items() if not rule.switched_by]


@pytest.mark.parametrize("action", STEPS)
@pytest.mark.parametrize("role", WHO)
def test_who_may_take_which_step(client, money, role, action):
    transition = MONITORING.table[action]
    (source,) = transition.sources - {"signed"}
    report = brought_to(money, source)
    money.sign_in(client, role)
    response = post(client, action=action, words="Because.")
    report.refresh_from_db()
    may = role in ("finance officer", "performance officer")
    keepers_only = ("submit", "withdraw", "give up", "take up again")
    if action in keepers_only and role == "performance officer":
        may = False
    if action == "approve" and role == "finance officer":
        # They wrote it.
        may = False
    assert response.status_code == (302 if may else 403)
    assert report.status == (transition.target if may else source)
    if may:
        assert report.events.last().action == action
        assert report.events.last().by == money.people[role]


@pytest.mark.parametrize("action", STEPS)
@pytest.mark.parametrize("status", ["draft", "submitted", "approved", "published", "given up"])
def test_a_step_is_taken_from_its_own_state_only(money, action, status):
    report = brought_to(money, status)
    other = second_keeper(money.council)
    if status in MONITORING.table[action].sources:
        return
    with pytest.raises(NotNow, match=f"This report is (already )?{status}"):
        MONITORING.transition(action, report.pk, comment="Because.", **by(other, money.council))


def test_sending_back_needs_words(client, money):
    brought_to(money, "submitted")
    money.sign_in(client, "performance officer")
    response = post(client, action="send back", words="  ")
    assert response.status_code == 409
    assert "Say why in a few words" in response.content.decode()


def test_an_action_that_is_none_is_not_found(client, money):
    brought_to(money, "draft")
    money.sign_in(client, "finance officer")
    assert post(client, action="delete").status_code == 404
    assert client.put(AT + "lines/").status_code == 405


def test_a_report_is_compared_with_the_latest_approved_one_of_its_year(money):
    published(money.council, money.keeper, "2018-19-m01")
    published(money.council, money.keeper, "2018-19-m03")
    published(money.council, money.keeper, "2018-19-m12")
    draft(money.council, money.keeper, "2018-19-m04")
    assert report_before(money.council, "2018-19-m05").period == "2018-19-m03"
    assert report_before(money.council, "2018-19").period == "2018-19-m12"
    assert report_before(money.council, "2018-19-m01") is None
    assert report_before(money.council, "2019-20-m01") is None


def test_a_correction_is_a_new_version_with_what_the_old_one_says(client, money):
    report = brought_to(money, "published")
    money.sign_in(client, "finance officer")
    assert post(client, action="correct", words=" ").status_code == 409
    response = post(client, action="correct", words="A slip in one line.")
    assert response.headers["Location"] == "/testshire/money/2018-19-m02/2/"
    fresh = MonitoringReport.objects.get(council=money.council, version=2)
    assert fresh.status == "draft"
    assert Draft(fresh).is_complete
    assert Draft(fresh).root.variance == 200_000
    assert post(client, action="correct", words="Again.").status_code == 409
    report.refresh_from_db()
    assert report.status == "published"
    assert fresh.events.get().comment == "A slip in one line."
    money.sign_in(client, "performance officer")
    assert post(client, action="correct", words="Mine.").status_code == 403


def test_only_an_approved_report_is_corrected(money):
    report = brought_to(money, "submitted")
    with pytest.raises(NotNow, match="Only an approved report"):
        correct(report, why="Why.", **by(money.keeper, money.council))


@pytest.mark.long
def test_loading_fixtures_again_leaves_what_people_published_as_it_was(money):
    report = brought_to(money, "published")
    area = ExpenditureArea.objects.get(council=money.council, slug="older")
    area.name = "Renamed"
    area.save()
    load_fixtures(FIXTURES)
    assert report.snapshots.count() == 1
