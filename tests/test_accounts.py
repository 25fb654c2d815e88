"""Signing in and out; accounts that are only for demonstrations."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.demonstration import PASSWORD, make_accounts
from accounts.models import User

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/sign-in/"


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
        ("officer@example.org", "wrong", "they do not go together"),
        ("nobody@example.org", "a long enough phrase", "they do not go together"),
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
    assert len(make_accounts()) == len(make_accounts()) == User.objects.count()
    assert sign_in(client, "member@demonstration.example", PASSWORD).status_code == 302


def test_outside_demonstration_mode_they_are_not_made_and_do_not_sign_in(client, settings):
    settings.DEMONSTRATION = True
    make_accounts()
    settings.DEMONSTRATION = False
    with pytest.raises(ImproperlyConfigured):
        make_accounts()
    page = sign_in(client, "administrator@demonstration.example", PASSWORD)
    assert page.status_code == 200
    assert "work in a demonstration only" in page.content.decode()


def test_loading_outside_demonstration_mode_makes_no_accounts(settings, command):
    settings.DEMONSTRATION = False
    command("load_demonstration", verbosity=0)
    assert not User.objects.exists()
