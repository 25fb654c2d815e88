"""The databases of the tests: one template, built once, and a clone of it wherever one is needed.

Making the tables, loading the fixtures and living through Westshire's story takes most of a minute,
a clone a tenth of a second. A template is kept for as long as nothing that it is made of changes;
its name says what that was. Building waits for nobody but another build of the same server, so two
runs at once do not meet.
"""

import hashlib
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg2 import sql

from bcfportal.lib import clock
from demonstration.accounts import make_accounts
from demonstration.fixtures import load_fixtures
from demonstration.quarter import make_demonstration
from demonstration.westshire import make_westshire
from tests.packages import PACKAGES

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
PREFIX = "bcfportal_test_"
# The kind of the clones that a run uses.
RUN = "run"
# Any number will do, as long as every run uses the same one.
BUILDING = 20270120
# A template is made of our code and data.
SOURCES = (*(f"{app}/**/*.py" for app in PACKAGES), "fixtures/**/*.yaml", "requirements.lock")
TABLES = (*(f"{app}/migrations/*.py" for app in PACKAGES), "requirements.lock")


def published_template(*, stale: bool = False) -> str:
    """The name of the template with the fixtures and Westshire.

    ``stale``: the last one that was made will do, whatever has changed since.
    """
    if stale and (name := _newest("published")):
        return name
    return _template("published", _mark(SOURCES), _load, start=tables_template())


def tables_template() -> str:
    """The name of the template with tables and no rows."""
    return _template("tables", _mark(TABLES), _migrate)


def demonstration_template(published: str) -> str:
    """The name of the template with the demonstration too, as a newcomer meets it today."""
    mark = f"{published.rsplit('_', 1)[-1]}_{clock.today():%Y%m%d}"
    return _template("demonstration", mark, _demonstrate, start=published)


@contextmanager
def cloned(template: str) -> Iterator[str]:
    """A block in which Django's database is a clone of the template, removed at the end."""
    name = f"{PREFIX}{RUN}_{os.getpid()}_{uuid.uuid4().hex[:8]}"
    with kept(name):
        clone(template, name)
        before = use(name)
        try:
            yield name
        finally:
            use(before)
            drop(name)


def _require_ours(name: str) -> None:
    """Refuses any database but one of the tests: the portal's own holds what people typed."""
    if not name.startswith(PREFIX):
        raise ValueError(f"{name} is no database of the tests.")


def clone(template: str, name: str) -> None:
    """Makes the database ``name`` as a copy of the template. Raises ValueError for any but ours."""
    _require_ours(name)
    _run("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, template)


def drop(name: str) -> None:
    """Removes a database of the tests, whoever holds a connection. Raises ValueError for others."""
    _require_ours(name)
    _run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def renew(template: str) -> None:
    """Makes Django's database a fresh clone of the template, under the name that it has."""
    connections.close_all()
    name = connection.settings_dict["NAME"]
    drop(name)
    clone(template, name)


def use(name: str) -> str:
    """Points Django at the database ``name``; the one that it used before."""
    connections.close_all()
    before = connection.settings_dict["NAME"]
    # Threads of a server make connections of their own, from these settings.
    connections.settings["default"]["NAME"] = connection.settings_dict["NAME"] = name
    return before


@contextmanager
def kept(name: str) -> Iterator[None]:
    """A block in which no other run removes the database as one that nobody uses."""
    with _maintenance() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(hashtext(%s))", [name])
        yield


def _template(kind: str, mark: str, build: Callable[[], None], start: str = "template0") -> str:
    name = f"{PREFIX}{kind}_{mark}"
    with _maintenance() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [BUILDING])
        # What a run left that was killed.
        _drop_unused(cursor, RUN)
        if not _exists(cursor, name):
            _drop_unused(cursor, kind)
            _make(name, build, start)
    return name


def _make(name, build, start):
    unfinished = f"{name}_new"
    drop(unfinished)
    clone(start, unfinished)
    before = use(unfinished)
    try:
        build()
        with connection.cursor() as inside:
            inside.execute("ANALYZE")
    except BaseException:
        use(before)
        drop(unfinished)
        raise
    use(before)
    _run("ALTER DATABASE {} RENAME TO {}", unfinished, name)


def _migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)


def _load() -> None:
    load_fixtures(FIXTURES)
    make_westshire({user.email: user for user in make_accounts()})


def _demonstrate() -> None:
    make_demonstration(today=clock.today())


def _mark(patterns) -> str:
    """What the files are that a template is made of, in 12 digits."""
    root, found = Path(settings.BASE_DIR), hashlib.sha256()
    for pattern in patterns:
        for file in sorted(root.glob(pattern)):
            found.update(str(file.relative_to(root)).encode())
            found.update(file.read_bytes())
    return found.hexdigest()[:12]


def _of_kind(cursor, kind) -> list[str]:
    """The templates of a kind, the newest first."""
    cursor.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC",
        [f"{PREFIX}{kind}\\_%"],
    )
    return [name for (name,) in cursor.fetchall()]


def _newest(kind) -> str:
    with _maintenance() as cursor:
        return next(iter(_of_kind(cursor, kind)), "")


def _drop_unused(cursor, kind):
    """Removes the databases of the kind that no run uses."""
    for name in _of_kind(cursor, kind):
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name])
        if cursor.fetchone()[0]:
            drop(name)


def _exists(cursor, name) -> bool:
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    return cursor.fetchone() is not None


def _run(statement: str, *names: str) -> None:
    with _maintenance() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def _maintenance():
    """A cursor on the server's own database: one cannot copy or remove what one is connected to."""
    options = connection.get_connection_params() | {"dbname": "postgres"}
    options.pop("cursor_factory", None)
    maintenance = psycopg2.connect(**options)
    try:
        maintenance.autocommit = True
        with maintenance.cursor() as cursor:
            yield cursor
    finally:
        maintenance.close()
