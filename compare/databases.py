"""Databases of a comparison's own: made beside the given one, and removed whatever happens."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from compare import PREFIX

# The variable in which a capture is told which database to be in while it copies its own.
BESIDE = "COMPARE_BESIDE"


@contextmanager
def throwaway(url: str) -> Iterator[dict[str, str]]:
    """The variables for a capture: an empty database's address, and the given one's name.

    It and its copies are removed at the end, even while somebody is still connected to them.
    """
    parts = urlsplit(url)
    name = f"{PREFIX}{os.getpid()}_{token_hex(3)}"
    try:
        _do(url, f'CREATE DATABASE "{name}_0"')
        yield {
            "DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}_0")),
            BESIDE: parts.path.strip("/"),
        }
    finally:
        for database in _like(url, name):
            _do(url, f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


def _like(url: str, name: str) -> list[str]:
    with _connected(url) as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [name])
        return [row[0] for row in cursor.fetchall()]


def _do(url: str, statement: str) -> None:
    with _connected(url) as cursor:
        cursor.execute(statement)


@contextmanager
def _connected(url: str) -> Iterator[psycopg2.extensions.cursor]:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()
