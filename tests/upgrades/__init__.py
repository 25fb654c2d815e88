"""Databases of made-up councils as earlier versions of the portal left them.

Each file is the whole of one, as SQL in gzip, named for the month in which it was written. None is
changed once the portal is in use; when tables change, another is written beside it:

    make manage ARGS="shell -c 'from tests.upgrades import write; write(\"2026-11\")'"
"""

import gzip
import os
import re
import subprocess
from pathlib import Path

from django.db import connection

from bcfportal.launch.places import packaged_program
from tests import database

FOLDER = Path(__file__).resolve().parent
# A client of PostgreSQL's own writes such lines for itself.
_OF_THE_CLIENT = re.compile(r"^\\.*\n", re.MULTILINE)


def kept() -> list[Path]:
    """The databases that are kept, the oldest first."""
    return sorted(FOLDER.glob("*.sql.gz"))


def restore(path: Path) -> None:
    """Fills Django's database, which is empty, with one that is kept."""
    with connection.cursor() as cursor:
        cursor.execute(gzip.decompress(path.read_bytes()).decode())
        # What it was written with is not what its reader has set.
        cursor.execute("RESET ALL")


def write(month: str) -> Path:
    """Writes a small made-up council's database, made now from nothing, under the month's name."""
    from tests.upgrades.small_council import make_small_council

    path = FOLDER / f"{month}.sql.gz"
    with database.cloned(database.tables_template()):
        make_small_council()
        path.write_bytes(gzip.compress(_dump(), mtime=0))
    return path


def _dump() -> bytes:
    options = connection.get_connection_params()
    environment = os.environ | {"PGPASSWORD": options.get("password", "")}
    arguments = ("--inserts", "--no-owner", "--no-privileges")
    where = ("-h", options["host"], "-U", options["user"], "-d", options["dbname"])
    command = [packaged_program("pg_dump"), *arguments, *where]
    if port := options.get("port"):
        command += ["-p", str(port)]
    ended = subprocess.run(command, env=environment, capture_output=True, check=True)
    return _OF_THE_CLIENT.sub("", ended.stdout.decode()).encode()
