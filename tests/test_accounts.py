"""Signing in and out, passwords by mailed links; accounts that are only for demonstrations."""

import re
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client, override_settings

from accounts import links
from accounts.lockout import address_of
from accounts.models import User
from accounts.roles import Role
from demonstration.accounts import PASSWORD, make_accounts
from projects.models import Council

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/sign-in/"
OLD, NEW = "a long enough phrase", "another quite long phrase"


def sign_in(client, email, password, **extra):
    return client.post(SIGN_IN, {"username": email, "password": password, **extra})


def test_a_person_signs_in_by_email_in_any_case_and_out_again(client, person):
    person("officer@example.org", "a long enough phrase")
    assert sign_in(client, "Officer@Example.ORG", "a long enough phrase").status_code == 302
    page = client.get("/nottinghamshire/").content.decode()
    assert "Performance officer" in page
    assert "Sign out" in page
    assert client.post("/account/sign-out/").status_code == 302
    assert "Sign in" in client.get("/nottinghamshire/").content.decode()


@pytest.mark.parametrize(
    ("email", "password", "sentence"),
    [
        ("", "", "Enter your email address."),
        ("officer@example.org", "", "Enter your password."),
        ("officer@example.org", "wrong", "they do not match"),
        ("nobody@example.org", "a long enough phrase", "they do not match"),
    ],
)
def test_what_is_wrong_is_said_and_the_address_is_kept(client, person, email, password, sentence):
    person("officer@example.org", "a long enough phrase")
    page = sign_in(client, email, password).content.decode()
    assert sentence in page
    assert "There is a problem" in page
    assert f'value="{email}"' in page or not email


def test_the_way_on_stays_within_the_portal(client, person):
    person("officer@example.org", "a long enough phrase")
    there = sign_in(client, "officer@example.org", "a long enough phrase", next="/nottinghamshire/")
    assert there.headers["Location"] == "/nottinghamshire/"
    client.logout()
    away = sign_in(client, "officer@example.org", "a long enough phrase", next="//evil.example/")
    assert away.headers["Location"] == "/"


def test_passwords_are_kept_by_argon2_and_short_ones_refused(person):
    assert person().password.startswith("argon2")
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        validate_password("short")


def test_demonstration_accounts_are_made_once_and_can_sign_in(client, settings):
    settings.DEMONSTRATION = True
    assert make_accounts() == make_accounts()
    assert User.objects.filter(email__endswith="@demonstration.example", is_staff=True).count() == 1
    assert sign_in(client, "member@demonstration.example", PASSWORD).status_code == 302


def test_outside_demonstration_mode_they_are_not_made_and_do_not_sign_in(client, settings):
    settings.DEMONSTRATION = True
    make_accounts()
    settings.DEMONSTRATION = False
    with pytest.raises(ImproperlyConfigured):
        make_accounts()
    page = sign_in(client, "administrator@demonstration.example", PASSWORD)
    assert page.status_code == 200
    assert "they do not match" in page.content.decode()


def test_loading_outside_demonstration_mode_makes_no_accounts(settings, command):
    settings.DEMONSTRATION = False
    before = User.objects.count()
    User.objects.filter(email="member@demonstration.example").update(email="away@example.org")
    command("load_demonstration", verbosity=0)
    assert User.objects.count() == before


def test_five_failures_lock_the_address_from_there_for_a_time(client, person, settings):
    person("officer@example.org", OLD)
    for email in ("officer@example.org", "Officer@Example.org") * 2:
        assert sign_in(client, email, "wrong").status_code == 200
    page = sign_in(client, "officer@example.org", "wrong")
    assert page.status_code == 429
    assert "cannot sign in from here for 15 minutes" in page.content.decode()
    # The right password does not help now, from elsewhere it does, and so it does later.
    assert sign_in(client, "officer@example.org", OLD).status_code == 429
    elsewhere = type(client)(REMOTE_ADDR="198.51.100.7")
    assert sign_in(elsewhere, "officer@example.org", OLD).status_code == 302
    settings.AXES_COOLOFF_TIME = timedelta(0)
    assert sign_in(client, "officer@example.org", OLD).status_code == 302


def test_signing_in_forgets_the_failures_before(client, person):
    person("officer@example.org", OLD)
    for _ in range(2):
        for _ in range(4):
            assert sign_in(client, "officer@example.org", "wrong").status_code == 200
        assert sign_in(client, "Officer@example.org", OLD).status_code == 302
        client.logout()


def test_behind_a_proxy_its_own_word_for_the_visitor_counts(rf, settings):
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.1.1.1, 192.0.2.5")
    settings.SECURE_PROXY_SSL_HEADER = None
    assert address_of(request) == "10.0.0.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert address_of(request) == "192.0.2.5"


def test_the_account_page_says_who_one_is_and_asks_strangers_to_sign_in(client, person, settings):
    assert client.get("/account/").headers["Location"] == "/account/sign-in/?next=/account/"
    client.force_login(user := person())
    page = client.get("/account/").content.decode()
    assert user.email in page
    assert "None yet" in page
    user.memberships.create(council=Council.objects.get(slug="nottinghamshire"), role=Role.MEMBER)
    page = client.get("/account/").content.decode()
    assert "Nottinghamshire" in page
    assert "Committee member" in page
    assert client.post("/account/").status_code == 405


def test_signing_out_everywhere_ends_the_other_sessions_and_not_this_one(client, person):
    user = person()
    elsewhere = type(client)()
    for each in (client, elsewhere):
        each.force_login(user)
        assert each.get("/account/").status_code == 200
    assert client.get("/account/sign-out-everywhere/").headers["Location"] == "/account/"
    assert client.post("/account/sign-out-everywhere/").headers["Location"] == "/account/"
    assert elsewhere.get("/account/").status_code == 302
    assert "signed out everywhere but here" in client.get("/account/").content.decode()


def test_signing_out_everywhere_needs_a_token_of_the_page(person):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person())
    assert strict.post("/account/sign-out-everywhere/").status_code == 403


def test_changing_the_password_says_what_is_wrong_and_ends_other_sessions(client, person):
    user = person("officer@example.org", OLD)
    elsewhere = type(client)()
    client.force_login(user)
    elsewhere.force_login(user)
    typed = {"old_password": "wrong", "new_password1": NEW, "new_password2": "different"}
    page = client.post("/account/password/", typed).content.decode()
    assert "Enter your current password." in page
    assert "Type the same new password in both boxes." in page
    assert elsewhere.get("/account/").status_code == 200
    typed = {"old_password": OLD, "new_password1": NEW, "new_password2": NEW}
    assert client.post("/account/password/", typed).headers["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    assert sign_in(elsewhere, "officer@example.org", NEW).status_code == 302


def ask_for_link(client, email):
    return client.post("/account/forgotten-password/", {"email": email}, follow=True)


def link_in(message):
    return re.search(r"http://127.0.0.1:8000(/\S+)", message.body)[1]


def test_the_reset_page_never_says_whether_there_is_such_an_account(client, person, mailoutbox):
    person("officer@example.org", OLD)
    known = ask_for_link(client, "Officer@Example.org")
    unknown = ask_for_link(client, "nobody@example.org")
    assert known.redirect_chain == unknown.redirect_chain
    assert known.content == unknown.content
    assert [message.to for message in mailoutbox] == [["officer@example.org"]]
    page = ask_for_link(client, "not an address").content.decode()
    assert "Enter an email address like name@example.org." in page
    assert client.put("/account/forgotten-password/").status_code == 405


def test_a_mail_server_that_is_down_does_not_tell_either(client, person):
    person("officer@example.org", OLD)
    with override_settings(EMAIL_BACKEND="tests.test_accounts.Refusing"):
        known = ask_for_link(client, "officer@example.org")
    assert known.content == ask_for_link(client, "nobody@example.org").content


def test_a_link_for_a_forgotten_password_works_once(client, person, mailoutbox):
    person("officer@example.org", OLD)
    ask_for_link(client, "officer@example.org")
    link = link_in(mailoutbox[0])
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    bad = client.post(address, {"new_password1": "short", "new_password2": "short"})
    assert "at least 12 characters" in bad.content.decode()
    done = client.post(address, {"new_password1": NEW, "new_password2": NEW}, follow=True)
    assert "Your password is set" in done.content.decode()
    assert sign_in(client, "officer@example.org", NEW).status_code == 302
    client.logout()
    for again in (link, link.replace("new-password", "invitation")):
        assert "This link no longer works" in client.get(again, follow=True).content.decode()


@pytest.mark.parametrize(
    ("name", "lifetime"),
    [("new-password", timedelta(days=1)), ("invitation", timedelta(days=7))],
)
def test_a_link_lives_as_long_as_it_says(client, person, monkeypatch, name, lifetime):
    tokens = links.reset_tokens if name == "new-password" else links.invitation_tokens
    link = links.link_to_set_password(person(), name, tokens)
    path = link.removeprefix("http://127.0.0.1:8000")

    def opens_after(time):
        monkeypatch.setattr(type(tokens), "_now", lambda self: datetime.now() + time)
        return "no longer works" not in client.get(path, follow=True).content.decode()

    assert opens_after(lifetime - timedelta(minutes=1))
    assert not opens_after(lifetime + timedelta(minutes=1))
    # A link of one kind opens nothing of the other.
    other = path.replace(name, "invitation" if name == "new-password" else "new-password")
    monkeypatch.undo()
    assert "no longer works" in client.get(other, follow=True).content.decode()


class Refusing(BaseEmailBackend):
    """A mail server that is down."""

    def send_messages(self, messages):
        raise ConnectionRefusedError


@pytest.mark.parametrize("host", ["testserver:9999", "evil.example"])
def test_a_link_in_mail_leads_to_the_site_whatever_host_was_asked(
    client, person, mailoutbox, settings, host
):
    settings.ALLOWED_HOSTS, settings.SITE_ADDRESS = ["*"], "https://portal.example.org"
    person("officer@example.org", OLD)
    asked = {"email": "officer@example.org"}
    client.post("/account/forgotten-password/", asked, headers={"host": host})
    assert "https://portal.example.org/account/new-password/" in mailoutbox[0].body
    assert host not in mailoutbox[0].body
