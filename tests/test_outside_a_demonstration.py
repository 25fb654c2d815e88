"""What is only for a demonstration does nothing outside one."""

import os
import stat
import subprocess

import pytest
from django.conf import settings as portal
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from accounts.models import User
from demonstration.accounts import PASSWORD, make_accounts

pytestmark = pytest.mark.django_db
ADMINISTRATOR = "administrator@demonstration.example"


@pytest.fixture
def deployed(settings):
    """The portal outside a demonstration, on a database in which there once was one."""
    settings.DEMONSTRATION = True
    make_accounts()
    settings.DEMONSTRATION = False
    settings.SITE_ADDRESS_GIVEN = "https://portal.example.org"
    return settings


@pytest.mark.parametrize("page", ["/account/sign-in/", "/admin/login/"])
def test_a_demonstration_account_signs_in_nowhere_outside_a_demonstration(client, deployed, page):
    answer = client.post(page, {"username": ADMINISTRATOR, "password": PASSWORD})
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
    assert client.get("/admin/").status_code == 302


def test_its_sessions_end_with_the_demonstration(client, settings):
    settings.DEMONSTRATION = True
    make_accounts()
    client.force_login(User.objects.get(email=ADMINISTRATOR))
    assert client.get("/admin/").status_code == 200
    settings.DEMONSTRATION = False
    assert client.get("/admin/").status_code == 302
    assert client.get("/account/").status_code == 302


def deployment_says():
    return {each.id for each in checks.run_checks(include_deployment_checks=True)}


def test_the_deployment_check_fails_while_a_demonstration_account_is_open(deployed, command):
    assert "accounts.E001" in deployment_says()
    command("close_demonstration_accounts", verbosity=0)
    assert "accounts.E001" not in deployment_says()
    assert User.objects.filter(is_demonstration=True, is_active=True).count() == 0


@pytest.mark.parametrize("address", ["", "http://portal.example.org", "portal.example.org"])
def test_the_deployment_check_fails_without_the_address_of_the_site(deployed, address):
    deployed.SITE_ADDRESS_GIVEN = address
    assert "portal.E001" in deployment_says()
    deployed.SITE_ADDRESS_GIVEN = "https://portal.example.org"
    assert "portal.E001" not in deployment_says()


def test_a_given_database_that_holds_other_people_becomes_no_demonstration(settings, person):
    settings.DEMONSTRATION, settings.OWN_DATABASE = True, False
    make_accounts()
    before = User.objects.count()
    person("officer@council.example")
    User.objects.filter(email=ADMINISTRATOR).update(email="away@demonstration.example")
    with pytest.raises(ImproperlyConfigured, match="people who are not of a demonstration"):
        make_accounts()
    assert User.objects.count() == before + 1
    settings.OWN_DATABASE = True
    make_accounts()


@pytest.mark.parametrize(
    ("verb", "url", "demonstration"),
    [
        *((verb, "", "1") for verb in ("run", "test", "manage", "migrations", "shell")),
        *((verb, "postgresql://u@h/n", "1") for verb in ("run", "test", "test-all", "bench")),
        *((verb, "postgresql://u@h/n", "") for verb in ("manage", "migrations", "shell")),
    ],
)
def test_a_verb_is_a_demonstration_only_where_it_has_to_be(tmp_path, verb, url, demonstration):
    tell = tmp_path / "tell"
    tell.write_text('#!/bin/sh\necho "<$DEBUG>"\n')
    tell.chmod(tell.stat().st_mode | stat.S_IXUSR)
    given = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    done = subprocess.run(
        ["make", "--no-print-directory", verb, f"RUN={tell}", "PYTHON=true"],
        cwd=portal.BASE_DIR,
        env=given | ({"DATABASE_URL": url} if url else {}),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == f"<{demonstration}>"
