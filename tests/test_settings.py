"""Settings fail closed."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

# What this process was given, or the browser tests set, and a deployment is not.
NOT_PASSED_ON = (
    "SITE_ADDRESS",
    "DEBUG",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
)
LONG = "x7" * 40 + "abcdefgh!"


def manage(*arguments, **environment):
    kept = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_debug_a_secret_key_is_required():
    done = manage("check")
    assert done.returncode != 0
    assert "Set SECRET_KEY to a long random text" in done.stderr


def test_a_deployment_passes_djangos_own_checks_in_silence():
    done = manage(
        "check",
        *("--deploy", "--fail-level", "WARNING"),
        SECRET_KEY=LONG,
        ALLOWED_HOSTS="example.org",
        SITE_ADDRESS="https://example.org",
        DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing",
    )
    assert done.returncode == 0, done.stderr


def test_a_deployment_without_its_address_does_not_pass():
    done = manage(
        *("check", "--deploy"),
        SECRET_KEY=LONG,
        ALLOWED_HOSTS="example.org",
        DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing",
    )
    assert done.returncode != 0
    assert "SITE_ADDRESS" in done.stderr


def test_no_other_database_is_taken():
    done = manage("check", SECRET_KEY=LONG, DATABASE_URL="sqlite://:memory:")
    assert done.returncode != 0
    assert "PostgreSQL only" in done.stderr


@pytest.mark.parametrize(
    "name", ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"]
)
def test_a_deployment_is_safe_by_default(name):
    code = f"from django.conf import settings; print(settings.{name}, settings.DEBUG)"
    done = manage("shell", "-v0", "-c", code, SECRET_KEY=LONG, ALLOWED_HOSTS="example.org")
    assert done.stdout.split()[-2:] == ["True", "False"], done.stderr
