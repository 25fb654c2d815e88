"""The installation of the README, started as it says there and asked over the network."""

import os
import re
import shlex
import shutil
import signal
import sys
import time
from pathlib import Path

import psutil
import pytest

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
            (first,) = _postmasters(var)
            os.kill(first.pid, signal.SIGKILL)
            assert _until(lambda: site.get("/health/").status == 200 and _postmasters(var))
            (second,) = _postmasters(var)
            assert second.pid != first.pid
    finally:
        shutil.rmtree(var)


def _postmasters(var):
    """The servers on the folder, without the processes that they started."""
    return [each for each in servers(var) if each.parent() is None or not _is_server(each.parent())]


def _is_server(process):
    try:
        return process.name() == "postgres"
    except psutil.NoSuchProcess:
        return False


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
