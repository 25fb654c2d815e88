"""The answer to a monitor, which knows the machine by its number and comes when all is lost."""

import pytest
from django.db import OperationalError, connection

pytestmark = pytest.mark.django_db


def test_a_monitor_is_answered_by_whatever_name_it_calls_the_machine(client, settings):
    settings.ALLOWED_HOSTS = ["portal.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get("/health/", headers={"host": "10.20.30.40:8000"})
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert client.get("/", headers={"host": "10.20.30.40"}).status_code == 400


def test_without_its_database_the_portal_says_503(client, monkeypatch):
    def away():
        raise OperationalError("the server closed the connection unexpectedly")

    monkeypatch.setattr(connection, "cursor", away)
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json() == {"status": "no database"}
    assert answer.headers["Cache-Control"] == "no-store"
