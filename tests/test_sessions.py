"""Sessions: whose they are, how long they last, and that their owner sees and ends them."""

import os
import re
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest
from django.conf import settings as portal
from django.utils import timezone

from accounts.models import Session, User
from accounts.sessions import SECONDS_BETWEEN_SIGNS
from bcfportal.lib import clock
from tests.test_settings import LONG, NOT_PASSED_ON

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
NEW = "another quite long phrase"


@pytest.fixture
def later(monkeypatch):
    """Lets so many seconds pass."""
    passed = [0.0]
    right = time.time
    monkeypatch.setattr("accounts.sessions.time.time", lambda: right() + passed[0])

    def go(seconds):
        passed[0] += seconds

    return go


def account(email="officer@council.example"):
    return User.objects.create(email=email, post="Officer", password="argon2$x")


def is_signed_in(client):
    return client.get("/account/").status_code == 200


def test_a_session_ends_after_a_working_day_however_busy_it_was(client, settings, later):
    client.force_login(account())
    for _ in range(9):
        assert is_signed_in(client)
        later(settings.SESSION_LONGEST / 9)
    later(60)
    assert not is_signed_in(client)


def test_a_session_ends_when_nobody_used_it_for_an_hour(client, settings, later):
    client.force_login(account())
    before = Session.objects.get().expire_date
    assert settings.SESSION_COOKIE_AGE == 60 * 60
    later(SECONDS_BETWEEN_SIGNS + 1)
    assert is_signed_in(client)
    # In use, it goes on; within a minute nothing is written.
    moved = Session.objects.get().expire_date
    assert moved > before
    assert is_signed_in(client)
    assert Session.objects.get().expire_date == moved
    Session.objects.update(expire_date=before.replace(year=before.year - 1))
    assert not is_signed_in(client)


def test_the_pages_say_how_long_a_session_lasts(client):
    words = "signed out after an hour without activity, and after 8 hours"
    assert words in client.get("/account/sign-in/").content.decode()
    client.force_login(account())
    assert words in client.get("/account/").content.decode()


def test_people_see_their_own_sessions_and_end_one(client):
    user, other = account(), account("other@council.example")
    elsewhere, stranger = type(client)(HTTP_USER_AGENT=FIREFOX), type(client)()
    for each, whose in ((client, user), (stranger, other)):
        each.force_login(whose)
    elsewhere.get("/")
    elsewhere.force_login(user)
    Session.objects.filter(session_key=elsewhere.session.session_key).update(browser=FIREFOX)
    page = client.get("/account/").content.decode()
    assert "Firefox" in page
    assert page.count('name="session"') == 1
    assert elsewhere.session.session_key not in page
    (name,) = re.findall(r'name="session" value="([^"]+)"', page)
    # Another person's list has it not, and cannot end it.
    stranger.post("/account/end-session/", {"session": name})
    assert is_signed_in(elsewhere)
    client.post("/account/end-session/", {"session": name})
    assert not is_signed_in(elsewhere)
    assert is_signed_in(client)
    assert is_signed_in(stranger)


def test_a_changed_password_is_told_by_mail(client, person, mailoutbox):
    user = person("officer@council.example", "a long enough phrase")
    client.force_login(user)
    typed = {"old_password": "a long enough phrase", "new_password1": NEW, "new_password2": NEW}
    assert client.post("/account/password/", typed).status_code == 302
    (message,) = mailoutbox
    assert message.to == ["officer@council.example"]
    assert message.subject == "Your password for the Better Care Fund portal was changed"


def test_a_changed_address_is_told_to_the_old_one_and_the_new(client, mailoutbox):
    user = account()
    client.force_login(User.objects.create(email="a@b.example", is_staff=True, is_superuser=True))
    typed = {"email": "new@council.example", "post": "Officer", "is_active": "on"}
    client.post(f"/admin/accounts/user/{user.pk}/change/", typed)
    user.refresh_from_db()
    assert user.email == "new@council.example"
    assert {to for message in mailoutbox for to in message.to} == {
        "officer@council.example",
        "new@council.example",
    }


def test_outside_a_demonstration_cookies_are_of_this_host_alone():
    code = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_DOMAIN,"
        "s.SESSION_COOKIE_PATH, s.CSRF_COOKIE_PATH)"
    )
    kept = {name: text for name, text in os.environ.items() if name not in NOT_PASSED_ON}
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", code],
        cwd=portal.BASE_DIR,
        env=kept | {"SECRET_KEY": LONG, "ALLOWED_HOSTS": "example.org"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["__Host-sessionid", "__Host-csrftoken", "None", "/", "/"]


def test_a_session_stands_on_the_days_of_the_portal_s_clock(client):
    user = User.objects.create_user("somebody@example.org", post="Somebody")
    with clock.stopped_at(datetime(2031, 5, 4, 12, tzinfo=UTC)):
        client.force_login(user)
        page = client.get("/account/").content.decode()
    assert "4 May 2031" in page
    assert str(timezone.now().year) not in page
