"""Two people at once, and a server killed in the middle, on real connections.

These tests commit, so pytest runs them after all others and empties the database after each.
"""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection, connections

from publishing.models import Return, Snapshot
from publishing.workflow import NotNow
from returns.actions import Conflict, save_section, submit
from returns.transitions import RETURNS

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """Runs the calls at the same moment, each on a connection of its own. Their outcomes."""
    barrier, outcomes = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        barrier.wait()
        try:
            outcomes[place] = call()
        except Exception as fault:
            outcomes[place] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def kinds(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


def test_two_saves_from_the_same_page_one_is_told(quarter):
    by = quarter.by("commissioner")
    pk = quarter.report.pk
    outcomes = at_once(
        *(
            lambda words=words: save_section(
                pk, "performance", {"performance": words}, version=0, **by
            )
            for words in ("One.", "Two.", "Three.", "Four.")
        )
    )
    assert kinds(outcomes) == ["Conflict", "Conflict", "Conflict", "Section"]
    (kept,) = [outcome for outcome in outcomes if not isinstance(outcome, Conflict)]
    section = quarter.report.sections.get(name="performance")
    assert (section.version, section.typed) == (1, kept.typed)
    assert quarter.report.events.filter(action="start").count() == 1


def test_four_submits_at_once_submit_once(quarter):
    quarter.fill()
    by, pk = quarter.by("commissioner"), quarter.report.pk
    outcomes = at_once(*[lambda: submit(pk, **by)] * 4)
    assert kinds(outcomes) == ["NotNow", "NotNow", "NotNow", "Step"]
    assert quarter.report.events.filter(action="submit").count() == 1


def test_approving_and_withdrawing_at_once_only_one_happens(quarter):
    pk = quarter.submitted().pk
    outcomes = at_once(
        lambda: RETURNS.transition("approve", pk, **quarter.by("performance officer")),
        lambda: RETURNS.transition("withdraw", pk, **quarter.by("commissioner")),
    )
    assert kinds(outcomes) == ["NotNow", "Step"]
    (refused,) = [outcome for outcome in outcomes if isinstance(outcome, NotNow)]
    assert "This return is" in str(refused)
    snapshots = Snapshot.objects.filter(report=pk).count()
    assert (Return.objects.get(pk=pk).status, snapshots) in (("approved", 1), ("draft", 0))


def test_a_server_killed_in_the_middle_leaves_the_old_state(quarter, tmp_path):
    quarter.fill()
    before = list(quarter.report.sections.values_list("name", "typed", "version"))
    script = textwrap.dedent(
        """
        import sys, time, django
        django.setup()
        from django.db import connection
        from accounts.models import User
        from projects.access import access_of
        from returns import actions, draft
        from publishing.models import Return
        report = Return.objects.select_related("project__council").get(pk=int(sys.argv[1]))
        user = User.objects.get(email="commissioner@example.org")
        write = draft.ProjectDraft.write
        def write_and_wait(*args, **kwargs):
            write(*args, **kwargs)
            open(sys.argv[2], "w").close()
            time.sleep(60)
        draft.ProjectDraft.write = write_and_wait
        actions.submit(report.pk, by=user, access=access_of(user, report.period.council))
        """
    )
    ready = tmp_path / "ready"
    database = connection.settings_dict
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "bcfportal.settings",
        "DATABASE_URL": database_url(database),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(quarter.report.pk), str(ready)],
        cwd=settings.BASE_DIR,
        env=environment,
    )
    try:
        for _ in range(300):
            if ready.exists() or process.poll() is not None:
                break
            time.sleep(0.1)
        assert ready.exists(), "the submission did not come to its middle"
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    report = quarter.report
    assert (report.status, report.spend_forecast) == ("draft", None)
    assert list(report.sections.values_list("name", "typed", "version")) == before
    assert not report.events.filter(action="submit").exists()
    submit(report.pk, **quarter.by("commissioner"))
    assert quarter.report.status == "submitted"


def database_url(database):
    """The address of the test database for another process."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database['NAME']}").geturl()
