"""The installation of the README, started as it says there and asked over the network."""

import html
import http.client
import os
import re
import shlex
import shutil
import signal
import sys
import threading
import time
import uuid
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection

from accounts.models import User
from accounts.roles import Role
from projects.models import Assignment, Council
from publishing.models import Return, Section
from tests import database
from tests.serving import DEPLOYED, ROOT, database_url, served
from tests.test_launcher import new_var, servers

pytestmark = pytest.mark.long


@pytest.fixture
def url(template, django_db_blocker, socket_enabled):
    """The address of a database of its own, with all that is published in it."""
    with django_db_blocker.unblock(), database.cloned(template):
        yield database_url()


def waitress_of_readme(port):
    """The command that the README gives for Waitress, at the port."""
    (command,) = re.findall(r"^ +(waitress-serve (?:.*\\\n)*.*)$", _readme(), re.M)
    words = shlex.split(command.replace("\\\n", " "))
    return [
        str(Path(sys.executable).parent / words[0]),
        *(re.sub(r"(127\.0\.0\.1):\d+", rf"\1:{port}", word) for word in words[1:]),
    ]


def _readme():
    return (ROOT / "README.md").read_text()


@pytest.mark.parametrize("command", [None, waitress_of_readme], ids=["launcher", "waitress"])
def test_behind_a_proxy_pages_answer_and_do_not_lead_to_themselves(url, command):
    with served(command, DATABASE_URL=url) as site:
        home = site.get("/")
        assert home.status == 200
        assert "Westshire" in home.text
        assert site.get("/westshire/").status == 200
        plain = site.ask("GET", "/", proxied=False)
        assert (plain.status, plain.headers["Location"]) == (301, "https://portal.example.org/")
        # A monitor asks by the number of the machine, without the proxy.
        by_number = site.ask("GET", "/health/", proxied=False, Host="10.20.30.40")
        assert (by_number.status, by_number.json) == (200, {"status": "ok"})


def test_a_database_that_was_killed_is_started_again_and_forms_wait_for_it():
    var = new_var()
    try:
        with served(BCFPORTAL_VAR=str(var)) as site:
            assert site.get("/health/").status == 200
            (first,) = servers(var)
            os.kill(first.pid, signal.SIGKILL)
            assert _until(lambda: site.get("/health/").status == 200 and servers(var))
            (second,) = servers(var)
            assert second.pid != first.pid
    finally:
        shutil.rmtree(var)


def _until(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.2)
    return False


def test_the_readme_names_every_setting_that_a_deployment_is_started_with():
    asked = {name for name in DEPLOYED if name not in ("DEBUG", "PYTHONUNBUFFERED")}
    assert not {name for name in asked if f"`{name}" not in _readme()}


WRITERS, SAVES, KILLS = 4, 25, 3


def test_every_save_that_was_acknowledged_is_there_after_the_process_was_killed(url):
    """Killed while people save: what was said to be saved is saved, and no version goes back."""
    period, projects = _a_quarter_to_write()
    said: dict[str, str] = {}
    for _ in range(KILLS):
        with served(DATABASE_URL=url) as site:
            visitor = site.visitor()
            assert visitor.sign_in(WRITER, PASSWORD).status == 302
            stop = threading.Event()
            hands = [
                threading.Thread(
                    target=_save_on, args=(site.visitor(), visitor.cookies, address, said, stop)
                )
                for address in projects[:WRITERS]
            ]
            for hand in hands:
                hand.start()
            # In the middle of it: what comes after this many is cut off wherever it is.
            wanted = len(said) + SAVES
            assert _until(lambda count=wanted: len(said) >= count)
            site.process.kill()
            site.process.wait()
            stop.set()
            for hand in hands:
                hand.join()
    assert len(said) >= KILLS * SAVES
    connection.close()
    texts = set()
    for section in Section.objects.filter(report__period=period, name="performance"):
        lines = section.typed.get("performance", "").split("\n")
        texts.update(lines)
        # Each save added one line and one to the version: none is half, and none went back.
        assert section.version == len([line for line in lines if line])
    assert not set(said) - texts


WRITER = "lead@kills.example"
PASSWORD = "a long enough phrase"


def _a_quarter_to_write():
    """Westshire's open quarter with a commissioner of all of its projects, and their addresses."""
    council = Council.objects.get(slug="westshire")
    user = User.objects.create_user(WRITER, PASSWORD, post="Lead")
    user.memberships.create(council=council, role=Role.COMMISSIONER)
    Assignment.objects.bulk_create(
        Assignment(user=user, project=project) for project in council.projects.all()
    )
    period = council.periods.filter(kind="programme", status="open").first()
    # The portal that is started goes by today's clock.
    period.opens, period.due = date.today() - timedelta(days=9), date.today() + timedelta(days=9)
    period.closes = date.today() + timedelta(days=19)
    period.save()
    reports = period.returns.select_related("project")
    reports.update(status=Return.Status.DRAFT)
    for report in reports:
        Section.objects.update_or_create(
            report=report,
            name="performance",
            defaults={"typed": {}, "version": 0, "saved_by": None, "saved_at": None},
        )
    return period, [
        f"/westshire/returns/{period.key}/{report.slug}/performance/" for report in reports
    ]


def _save_on(visitor, cookies, address, said, stop):
    """Adds a line to the section again and again, and notes each that was acknowledged."""
    visitor.cookies = dict(cookies)
    try:
        page = visitor.get(address)
        version = int(re.search(r'name="version" value="(\d+)"', page.text)[1])
        box = re.search(r'name="performance"[^>]*>\n?(.*?)</textarea>', page.text, re.S)
        text = html.unescape(box[1])
        while not stop.is_set():
            line = f"{address} {uuid.uuid4()}"
            text = f"{text}\n{line}".strip()
            answer = visitor.post(
                address,
                {"version": str(version), "performance": text},
                Accept="application/json",
            )
            if answer.status != 200:
                return
            version = answer.json["version"]
            said[line] = address
    except (OSError, http.client.HTTPException):
        # The process is gone.
        return
