"""How often sign-in may be tried, and how mail goes: what a stranger can hold up or find out."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.utils import timezone

from accounts import outbox
from accounts.lockout import email_tried
from accounts.models import Asked, Message, User

pytestmark = pytest.mark.django_db
RIGHT = "a long enough phrase"
FORGOTTEN = "/account/forgotten-password/"


class Refusing(BaseEmailBackend):
    """A mail server that is down."""

    def send_messages(self, messages):
        raise SMTPException("down")


def account(email, **fields):
    """An account without the slow hashing of a password."""
    return User.objects.create(email=email, post="Officer", password="argon2$x", **fields)


def sign_in(client, email, password="wrong", place="203.0.113.1", address="/account/sign-in/"):
    return answer(client, email, password, place, address).status_code


def answer(client, email, password="wrong", place="203.0.113.1", address="/account/sign-in/"):
    given = {"username": email, "password": password}
    return client.post(address, given, REMOTE_ADDR=place)


@pytest.mark.parametrize("spelling", ["offıcer@council.example", "OFFICER@COUNCIL.EXAMPLE"])
def test_no_other_spelling_of_an_address_buys_tries(client, person, spelling):
    person("officer@council.example", RIGHT)
    for _ in range(4):
        sign_in(client, "officer@council.example")
    assert sign_in(client, spelling) in (200, 429)
    assert sign_in(client, "officer@council.example") == 429
    assert sign_in(client, spelling, RIGHT) != 302
    assert sign_in(client, "officer@council.example", RIGHT) == 429


def test_what_is_counted_is_the_account_that_is_found(rf, person):
    person("Officer@council.example")
    for typed in ("officer@COUNCIL.example", "Officer@council.example"):
        assert email_tried(rf.post("/", {"username": typed})) == "officer@council.example"
    assert email_tried(rf.post("/", {"username": "\x00nobody"})) == "nobody"
    assert User.objects.by_email("offıcer@council.example") is None


@pytest.mark.parametrize("address", ["/account/sign-in/", "/admin/login/"])
def test_many_accounts_from_one_place_are_stopped(client, person, settings, address):
    person("officer@council.example", RIGHT)
    for number in range(settings.FAILURES_FROM_A_PLACE):
        assert sign_in(client, f"{number}@council.example", address=address) == 200
    assert sign_in(client, "another@council.example", address=address) == 429
    refused = answer(client, "officer@council.example", RIGHT, address=address)
    assert refused.status_code == 429
    assert "Wrong passwords were entered many times from your network" in refused.text
    assert "The password was wrong 5 times" not in refused.text
    assert sign_in(client, "officer@council.example", RIGHT, place="203.0.113.2") == 302


def test_one_account_from_many_places_is_stopped(client, person, settings):
    person("officer@council.example", RIGHT)
    for number in range(settings.FAILURES_OF_AN_ACCOUNT):
        assert sign_in(client, "officer@council.example", place=f"203.0.113.{number}") == 200
    refused = answer(client, "officer@council.example", RIGHT, place="198.51.100.1")
    assert refused.status_code == 429
    assert "Wrong passwords were entered for this email address many times" in refused.text


def test_links_for_a_forgotten_password_are_few(client, person, settings, mailoutbox):
    person("officer@council.example", RIGHT)
    answers = {
        client.post(FORGOTTEN, {"email": "officer@council.example"}).headers["Location"]
        for _ in range(settings.LINKS_AN_HOUR + 5)
    }
    assert len(answers) == 1
    assert len(mailoutbox) == settings.LINKS_AN_HOUR


def test_links_for_a_forgotten_password_from_one_place_are_few(client, settings, mailoutbox):
    settings.LINKS_FROM_A_PLACE = 4
    for number in range(2):
        account(f"{number}@council.example")

    def ask(email, place="203.0.113.1"):
        return client.post(FORGOTTEN, {"email": email}, REMOTE_ADDR=place)

    # An address that has no account counts as one that has, so that nobody learns which have.
    for email in ("0@council.example", "nobody@council.example") * 2:
        assert ask(email).status_code == 302
    for email in ("1@council.example", "nobody@council.example"):
        refused = ask(email)
        assert refused.status_code == 429
        assert "Try again in an hour" in refused.content.decode()
        assert email in refused.content.decode()
    assert len(mailoutbox) == 2
    assert ask("1@council.example", place="203.0.113.2").status_code == 302
    Asked.objects.update(at=timezone.now() - timedelta(minutes=61))
    assert ask("1@council.example").status_code == 302
    # What is not counted any more is not kept: one is of the place, one of the account.
    assert Asked.objects.count() == 2


def test_no_mail_is_sent_before_the_answer(client, person, settings, monkeypatch):
    settings.MAIL_AT_ONCE = False
    begun = []
    monkeypatch.setattr("threading.Thread.start", lambda thread: begun.append(thread))
    settings.EMAIL_BACKEND = "tests.test_sign_in_limits.Refusing"
    account("officer@council.example")
    assert client.post(FORGOTTEN, {"email": "officer@council.example"}).status_code == 302
    (message,) = Message.objects.all()
    assert (message.sent_at, message.tries) == (None, 0)
    # It goes with the commit, which a test never comes to by itself.
    assert [hook[1] for hook in connection.run_on_commit] == [outbox.begin]
    outbox.begin()
    assert len(begun) == 1


def test_what_the_mail_server_refused_goes_later_and_once(settings, mailoutbox):
    settings.MAIL_AT_ONCE = False
    user = account("officer@council.example")
    outbox.post(user, "mail/forgotten_password.txt", link="https://portal.example.org/secret")
    right, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.test_sign_in_limits.Refusing"
    assert outbox.work_off() == 1
    settings.EMAIL_BACKEND = right
    assert outbox.work_off() == 0
    assert outbox.work_off() == 0
    (message,) = mailoutbox
    assert "https://portal.example.org/secret" in message.body
    # A link that was sent is not kept beside it.
    assert Message.objects.get().body == ""
