"""A request to withdraw what is published: who is offered what, once another version stands."""

import pytest

from accounts.models import User
from accounts.roles import Role
from finance.monitoring.actions import correct
from finance.monitoring.actions import submit as submit_money
from finance.monitoring.transitions import MONITORING
from projects.access import access_of
from projects.models import Membership
from publishing.models import Withdrawal
from publishing.period_versions.published import standing_version
from publishing.withdrawal import WITHDRAWALS, ask_to_withdraw
from publishing.workflow import NotNow
from returns.actions import submit
from returns.review import publish_period
from returns.transitions import RETURNS
from tests.forms import forms_of
from tests.money import brought_to, by, make_areas, second_keeper
from tests.text import words_of

pytestmark = pytest.mark.django_db
OFFICER = "performance officer"
WHY = "A name is in it."


@pytest.fixture
def second(quarter):
    """A second performance officer."""
    user = User.objects.create(email="second@example.org", post="Second officer")
    Membership.objects.create(user=user, council=quarter.council, role=Role.PERFORMANCE_OFFICER)
    return user


def published(quarter):
    RETURNS.transition("approve", quarter.report.pk, **quarter.by(OFFICER))
    publish_period(quarter.period, **quarter.by(OFFICER))
    return f"/testshire/quarter/{quarter.period.key}/publications/"


@pytest.fixture
def asked(quarter):
    """The address of the versions of a period; an officer asked to withdraw the one there is."""
    quarter.submitted()
    address = published(quarter)
    version = standing_version(quarter.period)
    ask_to_withdraw(version, reason=WHY, **quarter.by(OFFICER))
    return address


def offered(client, user, address):
    """The buttons of the last form of a page, and its words."""
    client.force_login(user)
    answer = client.get(address)
    forms = [form for form in forms_of(answer, address) if form.buttons]
    actions = {value for form in forms for name, value in form.buttons if name == "action"}
    return actions, words_of(answer.content.decode()), forms


def pressed(client, user, address, action, **typed):
    _, _, forms = offered(client, user, address)
    form = next(form for form in forms if ("action", action) in form.buttons)
    return client.post(address, form.sent | typed | {"action": action})


def test_a_request_on_a_version_that_was_replaced_is_not_in_the_way_of_the_current_one(
    client, quarter, asked, second, mailoutbox
):
    first = standing_version(quarter.period)
    RETURNS.transition("reopen", quarter.report.pk, comment="A slip.", **quarter.by(OFFICER))
    quarter.fill(performance={"performance": "Going on.", "summary_performance": "Well."})
    submit(quarter.report.pk, **quarter.by("commissioner"))
    by_second = {"by": second, "access": access_of(second, quarter.council)}
    RETURNS.transition("approve", quarter.report.pk, **by_second)
    publish_period(quarter.period, **by_second)
    told = next(mail for mail in mailoutbox if mail.subject.startswith("Lapsed: version 1 of"))
    assert told.to == [quarter.people[OFFICER].email]
    assert "what you asked has lapsed" in told.body
    actions, words, _ = offered(client, second, asked)
    assert actions == {"ask"}
    assert (
        f"to withdraw version 1: {WHY} Another version has replaced it, so that has lapsed."
        in words
    )
    assert "Withdraw version 2" in words
    assert pressed(client, second, asked, "ask", reason="Another slip.").status_code == 302
    assert pressed(client, quarter.people[OFFICER], asked, "confirm").status_code == 302
    # Version 1 is the current one again. What was asked of it has lapsed, and is asked anew.
    assert standing_version(quarter.period) == first
    actions, words, _ = offered(client, second, asked)
    assert actions == {"ask"}
    assert "Withdraw version 1" in words
    assert pressed(client, second, asked, "ask", reason="It is still there.").status_code == 302
    decisions = first.withdrawals.order_by("pk").values_list("decision", flat=True)
    assert list(decisions) == ["lapsed", "waiting"]


def test_who_asked_to_withdraw_a_period_can_take_it_back_and_nobody_else(
    client, quarter, asked, second
):
    author = quarter.people[OFFICER]
    actions, _, forms = offered(client, second, asked)
    assert actions == {"confirm", "refuse"}
    sent = forms[-1].sent
    assert client.post(asked, sent | {"action": "take back"}).status_code == 409
    actions, words, _ = offered(client, author, asked)
    assert actions == {"take back"}
    assert "You can take back what you asked for." in words
    assert pressed(client, author, asked, "take back").status_code == 302
    assert standing_version(quarter.period) is not None
    assert Withdrawal.objects.get().decision == "taken back"
    assert pressed(client, author, asked, "ask", reason="After all.").status_code == 302


@pytest.fixture
def money(quarter):
    """A published finance report, and the address where it is withdrawn."""
    make_areas(quarter.council)
    quarter.keeper = quarter.people["finance officer"]
    quarter.second = second_keeper(quarter.council)
    report = brought_to(quarter, "published")
    mark = report.snapshots.get().fingerprint
    return report, f"/testshire/versions/{mark[:12]}/withdraw/"


def test_a_request_on_a_finance_report_lapses_when_a_correction_is_published(
    client, quarter, money
):
    report, address = money
    ask_to_withdraw(report, reason=WHY, **by(quarter.keeper, quarter.council))
    corrected = correct(report, why="A slip.", **by(quarter.keeper, quarter.council))
    submit_money(corrected.pk, **by(quarter.keeper, quarter.council))
    for action in ("approve", "publish"):
        MONITORING.transition(action, corrected.pk, **by(quarter.second, quarter.council))
    actions, words, _ = offered(client, quarter.second, address)
    assert actions == set()
    assert "only that one can be withdrawn" in words
    assert "Lapsed: another version was published" in words
    title = "Another version is published: the request lapsed"
    assert report.events.order_by("at", "pk").last().title == title
    with pytest.raises(NotNow, match="already been decided: lapsed"):
        WITHDRAWALS.transition(
            "confirm", Withdrawal.objects.get().pk, **by(quarter.second, quarter.council)
        )


def test_taking_back_a_request_on_a_finance_report_is_on_its_timeline(client, quarter, money):
    report, address = money
    ask_to_withdraw(report, reason=WHY, **by(quarter.keeper, quarter.council))
    assert pressed(client, quarter.keeper, address, "take back").status_code == 302
    assert "Taken back by" in offered(client, quarter.keeper, address)[1]
    titles = [event.title for event in report.events.order_by("at", "pk")]
    assert titles[-2:] == [
        "Asked to withdraw it from the public",
        "No longer asked to be withdrawn",
    ]
