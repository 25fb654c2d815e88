"""Westshire, made once for all tests of this folder."""

import pytest

from bcfportal.lib import clock
from demonstration.accounts import make_accounts
from demonstration.westshire import NOW, make_westshire
from projects.models import Council


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """On top of the one of tests/conftest.py."""
    with django_db_blocker.unblock():
        make_westshire({user.email: user for user in make_accounts()})


@pytest.fixture
def westshire(db):
    """The council on the last day of its story."""
    with clock.stopped_at(NOW):
        yield Council.objects.get(slug="westshire")
