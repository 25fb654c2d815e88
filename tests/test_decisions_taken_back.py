"""A committee's decision: public with a month's next version, shown first, and taken back."""

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from bcfportal.lib import clock
from outcomes.models import FollowUp
from outcomes.vital_signs.decisions import decisions_at
from projects.access import access_of
from projects.models import Membership
from publishing.models import PeriodVersion
from publishing.period_versions.published import read as contents_of
from publishing.period_versions.published import standing_version
from publishing.withdrawal import WITHDRAWALS, ask_to_withdraw
from returns.actions import submit
from returns.review import publish_period
from returns.transitions import RETURNS
from tests.seen import seen_on
from tests.text import printed_in, read, squeezed, words_of

pytestmark = pytest.mark.django_db
OFFICER = "performance officer"
EXCEPTIONS = "/testshire/exceptions/"
CARD = "/testshire/vital-signs/measure/"
PAPER = "/testshire/reports/performance.pdf"
WORDS = "Agreed."
NOT_YET = "Not published yet"


def address(name, *more):
    return reverse(f"reporting:{name}", args=["testshire", "measure", *more])


def take_back(month, client, record, why="Of another committee."):
    month.sign_in(client, OFFICER)
    return client.post(address("take-decision-back", record.pk), {"why": why})


def own_decision():
    return FollowUp.objects.get(decision=WORDS)


def publish_page(month):
    return f"/testshire/quarter/{month.period.key}/publish/"


def approved(month):
    month.fill()
    submit(month.report.pk, **month.by("commissioner"))
    RETURNS.transition("approve", month.report.pk, **month.by(OFFICER))


@pytest.mark.parametrize("page", [EXCEPTIONS, CARD])
def test_what_is_recorded_is_read_by_people_of_the_council_only_and_says_so(month, client, page):
    assert WORDS not in read(client, page)
    month.sign_in(client, "committee member")
    words = read(client, page)
    assert WORDS in words
    assert NOT_YET in words


def test_a_decision_becomes_public_with_the_next_report_and_the_page_that_asks_shows_it(
    month, client
):
    approved(month)
    month.sign_in(client, OFFICER)
    asks = publish_page(month)
    assert "Measure: Approve actions, 1 May 2017: Agreed." in read(client, asks)
    sent = {"confirm": "yes"} | seen_on(client, asks)
    assert client.post(asks, sent).status_code == 302
    words = read(client, EXCEPTIONS)
    assert WORDS in words
    assert NOT_YET not in words
    client.logout()
    assert WORDS in read(client, EXCEPTIONS)
    assert WORDS in read(client, CARD)
    assert squeezed(WORDS) in printed_in(client, PAPER)


def test_what_is_recorded_after_the_page_that_asks_was_opened_is_not_published_with_it(
    month, client
):
    approved(month)
    month.sign_in(client, OFFICER)
    asks = publish_page(month)
    sent = {"confirm": "yes"} | seen_on(client, asks)
    record = own_decision()
    FollowUp.objects.create(
        measure=record.measure,
        action=record.action,
        decided_on=record.decided_on,
        due=record.due,
        decision="Somebody looks into it.",
        owner=record.owner,
        recorded_by=record.recorded_by,
        recorded_at=clock.now(),
    )
    refused = client.post(asks, sent)
    assert "What the committee decided" in words_of(refused.text)
    assert standing_version(month.period) is None
    assert "Somebody looks into it." in words_of(refused.text)


def test_what_came_of_it_is_not_public_before_the_next_version(month, client):
    month.published()
    record = own_decision()
    month.sign_in(client, OFFICER)
    done = {"done_on_0": "1", "done_on_1": "6", "done_on_2": "2017", "outcome": "It helped."}
    done["days_are_right"] = "yes: 2017-06-01"
    assert client.post(address("report-back", record.pk), done).status_code == 302
    words = read(client, EXCEPTIONS)
    assert "It helped." in words
    assert NOT_YET in words
    client.logout()
    words = read(client, EXCEPTIONS)
    assert WORDS in words
    assert "It helped." not in words


def test_what_was_never_public_is_taken_back_without_a_word_to_the_public(month, client):
    record = own_decision()
    month.sign_in(client, OFFICER)
    back = address("take-decision-back", record.pk)
    assert back in client.get(EXCEPTIONS).text
    assert "It is not published" in words_of(client.get(back).text)
    refused = client.post(back, {"why": " "})
    assert "Say why it is taken back." in words_of(refused.text)
    versions = PeriodVersion.objects.count()
    assert client.post(back, {"why": "Of another committee."}).status_code == 302
    assert PeriodVersion.objects.count() == versions
    page = client.get(EXCEPTIONS).text
    assert back not in page
    assert address("report-back", record.pk) not in page
    assert "by the Performance officer: Of another committee." in words_of(page)
    answer = client.post(address("report-back", record.pk), {"outcome": "Done."}, follow=True)
    assert "That decision was taken back" in answer.text
    assert "is already taken back" in client.get(back, follow=True).text
    client.logout()
    words = read(client, EXCEPTIONS)
    assert "Agreed." not in words
    assert "Of another committee." not in words
    assert decisions_at(month.council.pk, clock.now()) == []
    assert len(decisions_at(month.council.pk, record.recorded_at)) == 1


def test_a_public_decision_is_taken_back_by_a_version_that_says_why_without_its_words(
    month, client
):
    month.published()
    record = own_decision()
    month.sign_in(client, OFFICER)
    asked = words_of(client.get(address("take-decision-back", record.pk)).text)
    assert "It is public in the report of April 2017" in asked
    assert take_back(month, client, record).status_code == 302
    version = standing_version(month.period)
    assert version.number == 2
    assert contents_of(version).decisions == []
    assert WORDS in read(client, EXCEPTIONS)
    client.logout()
    for page in (EXCEPTIONS, CARD):
        words = read(client, page)
        assert WORDS not in words
        assert "decision of 1 May 2017: taken back ; it was Approve actions" in words
        assert "Of another committee" in words
    assert squeezed(WORDS) not in printed_in(client, PAPER)
    first = f"?month={month.period.key}&version=1"
    assert WORDS in read(client, EXCEPTIONS + first)
    assert squeezed(WORDS) in printed_in(client, PAPER + first)


def test_one_that_was_public_and_is_taken_back_is_said_to_have_been_so(month, client):
    month.published()
    take_back(month, client, own_decision())
    words = read(client, EXCEPTIONS)
    assert "No longer published" in words
    assert "Not published" not in words


def test_one_that_was_in_a_version_that_is_withdrawn_was_public_too(month, client):
    month.published()
    version = standing_version(month.period)
    version.period = month.period
    gone(month, version)
    month.sign_in(client, OFFICER)
    asked = words_of(client.get(address("take-decision-back", own_decision().pk)).text)
    assert "It was public, and no report that stands has it now" in asked


def test_it_is_said_when_a_decision_becomes_public(month, client):
    month.sign_in(client, OFFICER)
    said = (
        "It becomes public when the report of {} 2017 is published again, or that of a later "
        "month for the first time, not before."
    )
    pages = (address("follow-up"), address("report-back", own_decision().pk))
    for page in pages:
        assert said.format("March") in read(client, page)
    month.published()
    for page in pages:
        assert said.format("April") in read(client, page)


def test_taking_one_back_publishes_nothing_else_that_waits(month, client):
    month.published()
    record = own_decision()
    FollowUp.objects.create(
        measure=record.measure,
        action=record.action,
        decided_on=record.decided_on,
        due=record.due,
        decision="Somebody looks into it.",
        owner=record.owner,
        recorded_by=record.recorded_by,
        recorded_at=clock.now(),
    )
    take_back(month, client, record)
    client.logout()
    assert "Somebody looks into it." not in read(client, EXCEPTIONS)


def test_of_the_same_decision_recorded_twice_one_is_taken_back_and_one_stays(month, client):
    record = own_decision()
    twice = own_decision()
    twice.pk = None
    twice.save()
    month.published()
    take_back(month, client, record, "Recorded twice.")
    client.logout()
    assert read(client, EXCEPTIONS).count(WORDS) == 2


def test_a_version_that_stands_again_has_no_decision_that_was_taken_back(month, client):
    month.published()
    correct(month, "91")
    take_back(month, client, own_decision())
    withdrawn = standing_version(month.period)
    withdrawn.period = month.period
    gone(month, withdrawn)
    stands = standing_version(month.period)
    assert stands.number > withdrawn.number
    assert contents_of(stands).decisions == []
    client.logout()
    assert WORDS not in read(client, EXCEPTIONS)


def gone(month, version):
    """The version is withdrawn by two people."""
    second = User.objects.create(email="second@example.org", post="Second officer")
    Membership.objects.create(user=second, council=month.council, role=Role.PERFORMANCE_OFFICER)
    asked = ask_to_withdraw(version, reason="A slip.", **month.by(OFFICER))
    by_second = {"by": second, "access": access_of(second, month.council)}
    WITHDRAWALS.transition("confirm", asked.pk, **by_second)


def correct(month, value):
    RETURNS.transition("reopen", month.report.pk, comment="A slip.", **month.by(OFFICER))
    month.fill(value)
    submit(month.report.pk, **month.by("commissioner"))
    RETURNS.transition("approve", month.report.pk, **month.by(OFFICER))
    publish_period(month.period, **month.by(OFFICER))


def test_a_meeting_before_the_end_of_the_month_that_is_reported_is_asked_about(month, client):
    month.sign_in(client, OFFICER)
    FollowUp.objects.all().delete()
    action = month.council.follow_up_actions.get()
    typed = {"action": action.pk, "decision": "So.", "owner": "Head"}
    for name, year in (("decided_on", 2016), ("due", 2017)):
        typed |= {f"{name}_0": 19, f"{name}_1": 6, f"{name}_2": year}
    page = words_of(client.post(address("follow-up"), typed).text)
    assert "The meeting was on 19 June 2016, before the end of the month that is reported" in page
    assert not FollowUp.objects.exists()
    typed["days_are_right"] = "yes: 2016-06-19 2017-06-19"
    assert client.post(address("follow-up"), typed).status_code == 302
