"""Mail that a step of a workflow sends to whom it concerns, with the commit."""

import pytest

from accounts.models import Message, User
from accounts.roles import Role
from finance.monitoring.transitions import MONITORING
from projects.access import access_of
from projects.models import Membership
from publishing.models import PeriodVersion
from publishing.withdrawal import WITHDRAWALS, ask_to_withdraw
from publishing.workflow import NotNow
from returns.review import publish_period, send_back
from returns.transitions import RETURNS
from tests.money import brought_to, make_areas

pytestmark = pytest.mark.django_db
OFFICER = "performance officer"
NOTES = {"spend": "Is the forecast right?"}


@pytest.fixture
def second_officer(quarter):
    """A second performance officer, who decides."""
    user = User.objects.create(email="second@example.org", post="Second officer")
    Membership.objects.create(user=user, council=quarter.council, role=Role.PERFORMANCE_OFFICER)
    return {"by": user, "access": access_of(user, quarter.council)}


def sent_back(quarter):
    quarter.submitted()
    send_back(quarter.report.pk, asked=NOTES, comment="Once more.", **quarter.by(OFFICER))


def test_a_return_that_is_sent_back_is_told_to_its_writers_with_what_was_asked(quarter, mailoutbox):
    sent_back(quarter)
    (mail,) = mailoutbox
    assert mail.to == ["commissioner@example.org"]
    assert mail.subject.startswith("Sent back: ")
    assert "What was asked: Once more." in mail.body
    assert "Spend: Is the forecast right?" in mail.body
    assert quarter.address("return") in mail.body


def test_mail_of_a_step_that_did_not_happen_is_not_sent(quarter, mailoutbox):
    with pytest.raises(NotNow):
        send_back(quarter.report.pk, asked=NOTES, comment="Once more.", **quarter.by(OFFICER))
    assert mailoutbox == []
    assert not Message.objects.exists()


def test_whoever_takes_a_step_gets_no_mail_of_it(quarter, mailoutbox):
    quarter.submitted()
    RETURNS.transition("withdraw", quarter.report.pk, **quarter.by("commissioner"))
    assert mailoutbox == []


def test_people_whose_accounts_are_closed_or_made_up_get_no_mail_of_a_step(
    quarter, mailoutbox, settings
):
    settings.DEMONSTRATION = False
    person = quarter.people["commissioner"]
    person.is_demonstration = True
    person.save()
    sent_back(quarter)
    assert mailoutbox == []


def test_a_finance_report_that_is_sent_back_is_told_to_who_submitted_it(quarter, mailoutbox):
    make_areas(quarter.council)
    quarter.keeper = quarter.people["finance officer"]
    report = brought_to(quarter, "submitted")
    MONITORING.transition("send back", report.pk, comment="Which month?", **quarter.by(OFFICER))
    (mail,) = mailoutbox
    assert mail.to == [quarter.keeper.email]
    assert "What was asked: Which month?" in mail.body
    assert f"/money/{report.period}/{report.version}/" in mail.body


@pytest.mark.parametrize(
    ("decision", "said"),
    [("confirm", "Nobody can read it any more."), ("refuse", "It stays public.")],
)
def test_whoever_asked_to_withdraw_is_told_what_was_decided(
    quarter, second_officer, mailoutbox, decision, said
):
    quarter.submitted()
    RETURNS.transition("approve", quarter.report.pk, **quarter.by(OFFICER))
    publish_period(quarter.period, **quarter.by(OFFICER))
    version = PeriodVersion.objects.get(period=quarter.period)
    asked = ask_to_withdraw(version, reason="Wrong figures.", **quarter.by(OFFICER))
    mailoutbox.clear()
    WITHDRAWALS.transition(decision, asked.pk, **second_officer)
    (mail,) = mailoutbox
    assert mail.to == [quarter.people[OFFICER].email]
    assert said in mail.body
    assert "Your reason was: Wrong figures." in mail.body
