"""What was withdrawn is not public again unasked, and says who asked for it and who agreed."""

import pytest

from accounts.models import User
from accounts.roles import Role
from projects.access import access_of
from projects.models import Membership
from publishing.models import Snapshot
from publishing.period_versions.published import standing_version
from publishing.withdrawal import WITHDRAWALS, ask_to_withdraw
from returns.actions import submit
from returns.review import publish_period
from returns.transitions import RETURNS
from tests.forms import forms_of
from tests.text import words_of

pytestmark = pytest.mark.django_db
OFFICER = "performance officer"
WHY = "The wrong name of a person."
SAID = (
    "Withdrawn on {}. The Performance officer asked for it: “The wrong name of a person.” "
    "The Second officer agreed."
)


@pytest.fixture
def second(quarter):
    """A second performance officer."""
    user = User.objects.create(email="second@example.org", post="Second officer")
    Membership.objects.create(user=user, council=quarter.council, role=Role.PERFORMANCE_OFFICER)
    return user


@pytest.fixture
def published(quarter):
    """The quarter with its one return published."""
    quarter.submitted()
    RETURNS.transition("approve", quarter.report.pk, **quarter.by(OFFICER))
    publish_period(quarter.period, **quarter.by(OFFICER))
    return quarter


def asked_for(quarter):
    return ask_to_withdraw(standing_version(quarter.period), reason=WHY, **quarter.by(OFFICER))


def agreed(quarter, second, withdrawal):
    mine = {"by": second, "access": access_of(second, quarter.council)}
    WITHDRAWALS.transition("confirm", withdrawal.pk, **mine)
    withdrawal.refresh_from_db()
    day = withdrawal.decided_at
    return SAID.format(f"{day.day} {day:%B %Y}")


@pytest.fixture
def said(published, second):
    """What is said of the withdrawal of the published return, that two people made."""
    return agreed(published, second, asked_for(published))


def words_at(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return words_of(answer.text)


def publish_page(quarter):
    return f"/testshire/quarter/{quarter.period.key}/publish/"


def form_to_publish(client, quarter):
    """What the page that asks sends without the tick, and what the tick says."""
    address = publish_page(quarter)
    form = next(form for form in forms_of(client.get(address), address) if "confirm" in form.sent)
    ticks = [control for control in form.controls if control.kind == "checkbox"]
    sent = form.sent | {"current": "now"}
    return sent, {control.name: control.value for control in ticks}


def test_the_publish_page_says_what_was_withdrawn_and_why_and_publishes_it_with_a_tick_only(
    client, published, said
):
    quarter = published
    quarter.sign_in(client, OFFICER)
    words = words_at(client, publish_page(quarter))
    day = said.split(". ")[0].removeprefix("Withdrawn ")
    assert f"What it holds was withdrawn {day}: {WHY}" in words
    unticked, tick = form_to_publish(client, quarter)
    answer = client.post(publish_page(quarter), unticked, follow=True)
    assert "Say that what was withdrawn is published again" in words_of(answer.text)
    assert standing_version(quarter.period) is None
    assert client.post(publish_page(quarter), unticked | tick).status_code == 302
    assert standing_version(quarter.period).number == 2


def test_a_report_that_was_put_right_since_is_published_without_a_question(
    client, published, second, said
):
    quarter = published
    RETURNS.transition("reopen", quarter.report.pk, comment="The name.", **quarter.by(OFFICER))
    quarter.fill(performance={"performance": "Going on.", "summary_performance": "Well."})
    submit(quarter.report.pk, **quarter.by("commissioner"))
    RETURNS.transition("approve", quarter.report.pk, **quarter.by(OFFICER))
    quarter.sign_in(client, OFFICER)
    assert "was withdrawn" not in words_at(client, publish_page(quarter))
    publish_period(quarter.period, **quarter.by(OFFICER))
    assert standing_version(quarter.period).number == 2


def test_the_board_says_of_an_approved_return_that_it_was_withdrawn(client, published, said):
    published.sign_in(client, OFFICER)
    board = words_at(client, f"/testshire/quarter/?period={published.period.key}")
    day = said.split(". ")[0].removeprefix("Withdrawn ")
    assert f"Approved What it holds was withdrawn {day}: {WHY}" in board


def test_a_fingerprint_that_was_withdrawn_and_published_again_says_both(client, published, said):
    quarter = published
    page = f"/version/{Snapshot.objects.get(report=quarter.report).fingerprint[:12]}/"
    assert said in words_at(client, page)
    unticked, tick = form_to_publish(quarter.sign_in(client, OFFICER), quarter)
    assert client.post(publish_page(quarter), unticked | tick).status_code == 302
    client.logout()
    words = words_at(client, page)
    assert "This is the current version." in words
    assert f"{said} Published again on" in words
    assert "with version 2 of Quarter 2 2018/19" in words


def test_every_page_of_a_withdrawal_says_who_asked_and_who_agreed(client, published, said):
    quarter = published
    gone = words_at(client, f"/testshire/?period={quarter.period.key}", status=410)
    day = said.split(". ")[0].removeprefix("Withdrawn ")
    assert f"was withdrawn {day}" in gone
    assert "The Performance officer asked for it, in these words: The wrong name" in gone
    assert "The Second officer agreed." in gone
    assert said in words_at(client, f"/testshire/versions/{quarter.period.key}/1/")
    assert said in words_at(
        client, f"/version/{Snapshot.objects.get(report=quarter.report).fingerprint[:12]}/"
    )


def history(quarter):
    events = quarter.report.events.order_by("at", "pk").values_list("title", "by__post", "comment")
    return list(events)[-2:]


def test_the_history_of_a_return_says_who_asked_with_their_words_and_who_agreed(published, said):
    assert history(published) == [
        ("Asked to withdraw it from the public", "Performance officer", WHY),
        ("Publication withdrawn", "Second officer", ""),
    ]


def test_a_return_reopened_while_a_withdrawal_waits_has_the_withdrawal_in_its_history(
    published, second
):
    withdrawal = asked_for(published)
    mine = {"by": second, "access": access_of(second, published.council)}
    RETURNS.transition("reopen", published.report.pk, comment="A slip.", **mine)
    agreed(published, second, withdrawal)
    assert [title for title, _, _ in history(published)] == [
        "Reopened after approval",
        "Publication withdrawn",
    ]
    assert published.report.status == "sent back"


def test_a_withdrawal_that_is_refused_is_in_the_history_of_the_return(published, second):
    withdrawal = asked_for(published)
    mine = {"by": second, "access": access_of(second, published.council)}
    WITHDRAWALS.transition("refuse", withdrawal.pk, **mine)
    assert history(published)[-1] == ("Left public", "Second officer", "")
