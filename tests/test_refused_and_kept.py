"""A page that refuses what was sent says truly what of it is kept, and where."""

import pytest

from accounts.roles import Role
from finance.monitoring.transitions import MONITORING
from publishing.models import FormDraft
from tests.every_form import filled, open_forms
from tests.money import by
from tests.test_second_signature_of_money import AT, OFFICER, signed_by, submitted
from tests.test_second_signature_of_money import money as money
from tests.text import words_of

pytestmark = pytest.mark.django_db
WORDS = "ICES looks wrong."


def form_of(client, quarter, who, action):
    quarter.sign_in(client, who)
    return next(form for form in open_forms(client, AT) if ("action", action) in form.buttons)


@pytest.fixture
def refused(client, money):
    """The answer to an officer who signs with words, once another role is asked to sign."""
    signed_by(money, Role.PERFORMANCE_OFFICER)
    submitted(money)
    form = form_of(client, money, OFFICER, "countersign")
    signed_by(money, Role.FINANCE_OFFICER)
    return client.post(AT, filled(form, {"words": WORDS}, ("action", "countersign")))


def test_words_that_are_kept_as_a_draft_are_said_to_be_and_where(client, money, refused):
    assert refused.status_code == 403
    shown = words_of(refused.text)
    assert FormDraft.objects.get(typed__words=WORDS).typed == {"words": WORDS}
    assert "It is kept as a draft and was not sent." in shown
    assert "not saved" not in shown
    assert f'href="{AT}"' in refused.text
    assert WORDS in client.get(AT).text


def test_what_only_the_page_says_is_not_shown_as_what_was_typed(refused):
    shown = words_of(refused.text)
    assert WORDS in refused.text
    for machine in ("Form", "Action", "countersign", "decide"):
        assert machine not in shown.split("What you typed")[1].split("Start from")[0]


def test_words_kept_before_somebody_else_decided_are_said_to_be_kept(client, money):
    report = submitted(money)
    form = form_of(client, money, OFFICER, "approve")
    client.post(AT, filled(form, {"words": WORDS}, ("draft", "yes")))
    form = form_of(client, money, OFFICER, "approve")
    second = by(money.second, money.council)
    MONITORING.transition("send back", report.pk, comment="A slip.", **second)
    answer = client.post(AT, filled(form, {"words": WORDS}, ("action", "approve")))
    assert answer.status_code == 409
    assert "It is kept as a draft and was not sent." in words_of(answer.text)


def test_words_that_nobody_keeps_are_said_not_to_be_saved(client, money):
    submitted(money)
    money.sign_in(client, "committee member")
    answer = client.post("/testshire/periods/", {"year": "2018/19"})
    assert answer.status_code == 403
    assert "It is not saved." in words_of(answer.text)
