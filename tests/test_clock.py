"""The portal's own clock: moved by a demonstration, stopped by a story, the only one read."""

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from bcfportal.lib import clock
from demonstration import clock as demonstration_clock
from demonstration.westshire import NOW
from tests.test_house import python_files

WINTER = datetime(2027, 1, 20, 23, 30, tzinfo=UTC)
# What reads a clock, and the file that may.
READS = re.compile(r"timezone\.(?:now|localdate|localtime)\(\)|(?:date|datetime)\.(?:today|now)\(")
# Accounts, sessions and their mail go by the machine's clock, as Django's own sessions do, wherever
# a demonstration's clock stands; launching knows no Django.
MAY = (
    *("bcfportal/lib/clock.py", "demonstration/clock.py", "accounts/models.py"),
    *("accounts/sessions.py", "accounts/outbox.py", "accounts/views.py"),
)


@pytest.fixture
def kept_clock(settings, tmp_path):
    settings.DEMONSTRATION_CLOCK = tmp_path / "var" / "demonstration-clock"
    yield settings.DEMONSTRATION_CLOCK
    clock.set_ahead(timedelta(0))


def test_the_clock_is_the_machines_unless_somebody_moved_it():
    assert abs(clock.now() - timezone.now()) < timedelta(seconds=5)


@pytest.mark.django_db
def test_who_signed_in_last_and_when_goes_by_the_portals_clock(client, person):
    user = person()
    with clock.stopped_at(WINTER):
        client.force_login(user)
    user.refresh_from_db()
    assert user.last_login == WINTER


def test_a_stopped_clock_stands_still_in_every_thread_and_goes_on_afterwards():
    seen = []
    with clock.stopped_at(WINTER):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
        assert seen == [WINTER] == [clock.now()]
        with clock.stopped_at(WINTER + timedelta(days=1)):
            assert clock.now() == WINTER + timedelta(days=1)
        assert clock.now() == WINTER
    assert clock.now() != WINTER


def test_the_day_is_that_of_england():
    with clock.stopped_at(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)):
        assert clock.today().isoformat() == "2026-07-02"
    with clock.stopped_at(WINTER):
        assert clock.today().isoformat() == "2027-01-20"


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"), clock.stopped_at(datetime(2027, 1, 20)):
        pass


def test_a_demonstration_goes_on_from_the_day_that_it_was_moved_to(kept_clock):
    demonstration_clock.begin_at(NOW)
    assert abs(clock.now() - NOW) < timedelta(seconds=5)
    clock.set_ahead(timedelta(0))
    demonstration_clock.keep_time()
    assert abs(clock.now() - NOW) < timedelta(seconds=5)


def test_outside_a_demonstration_the_clock_is_never_moved(kept_clock, settings):
    demonstration_clock.begin_at(NOW)
    clock.set_ahead(timedelta(0))
    settings.DEMONSTRATION = False
    demonstration_clock.keep_time()
    assert abs(clock.now() - timezone.now()) < timedelta(seconds=5)
    with pytest.raises(CommandError, match="Only a demonstration"):
        call_command("move_clock", "2027-02-15")


def test_the_clock_is_moved_by_a_command(kept_clock, capsys):
    call_command("move_clock", "2027-02-15")
    assert clock.today().isoformat() == "2027-02-15"
    assert "15 February 2027" in capsys.readouterr().out
    for day in ("2027-02-30", "tomorrow"):
        with pytest.raises(CommandError, match="Enter a day that exists"):
            call_command("move_clock", day)
    for day in ("1990-01-01", "2027-01-19", "9999-12-31"):
        with pytest.raises(CommandError, match="Enter a day from 20 January 2027"):
            call_command("move_clock", day)


def test_nothing_of_the_portal_reads_another_clock(settings):
    for path in python_files():
        name = str(path.relative_to(settings.BASE_DIR))
        if name.startswith(("tests/", "bench/", "compare/", "bcfportal/launch")) or name in MAY:
            continue
        assert not READS.search(path.read_text()), name
