"""Captures one version: ``python -m compare.capture FOLDER RESULT ``.

FOLDER is the version's root, RESULT the folder to write to. DATABASE_URL names an empty database
whose name ends in ``_0``; copies of it, one for each visitor, end in another number. BESIDE names
another database of the server, to be in while copying.
"""

import argparse
import json
import logging
import multiprocessing
import os
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from compare.capture.following import PARAMETER, Following, fill, patterns
from compare.capture.schema import read_schema
from compare.capture.steady import date_history, steady, stop_clock
from compare.capture.visiting import Visit, Visitor, say
from compare.databases import BESIDE
from compare.records import KINDS, Record, read_records, write_records

NOBODY = Visitor("nobody")
WORKERS = 2


def main() -> int:
    """Load, look round, write down."""
    parser = argparse.ArgumentParser(prog="compare.capture", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("result", type=Path)
    parser.add_argument("--only", choices=("", *KINDS), default="")
    parser.add_argument("--council", default="")
    parser.add_argument("--public", action="store_true")
    given = parser.parse_args()
    started = time.monotonic()
    result = given.result.resolve()
    _stand_in(given.folder.resolve())
    people = _load(with_data=given.only != "schema")
    about: dict = {"seconds loading": round(time.monotonic() - started)}
    if given.only in ("", "schema"):
        schema = [
            Record(r.place, r.kind, [steady(line) for line in r.lines]) for r in read_schema()
        ]
        about["schema"] = write_records(result / "schema.gz", schema)
    if given.only != "schema":
        visitors = [NOBODY] if given.public else [NOBODY, *people]
        about |= _visits(visitors, result, given.only, given.council)
    about["seconds"] = round(time.monotonic() - started)
    (result / "about.json").write_text(json.dumps(about, indent=1, sort_keys=True))
    return 0


def _stand_in(folder: Path) -> None:
    """Everything but this package is imported from ``folder`` from now on."""
    own = Path(__file__).resolve().parents[2]
    sys.path[:] = [str(folder), *(p for p in sys.path if Path(p or ".").resolve() != own)]
    os.chdir(folder)
    os.environ |= {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": _settings(folder)}
    os.environ.pop("ALLOWED_HOSTS", None)
    stop_clock()
    import django
    from django.conf import settings

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    django.setup()
    # What an address answers is written down, and told once where it is a failure.
    logging.getLogger("django.request").setLevel(logging.CRITICAL)


def _settings(folder: Path) -> str:
    """The name of the version's settings, as its manage.py says it."""
    named = re.search(r'"DJANGO_SETTINGS_MODULE", "([\w.]+)"', (folder / "manage.py").read_text())
    if not named:
        raise SystemExit("manage.py does not say which settings the version has.")
    return named[1]


def _load(*, with_data: bool) -> list[Visitor]:
    """The version's tables and its demonstration; the people whose sign-ins it prints."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import connections

    since, printed = datetime.now(UTC), StringIO()
    say("making the tables")
    call_command("migrate", interactive=False, verbosity=0)
    people = []
    if with_data:
        say("loading the demonstration")
        with redirect_stdout(printed):
            call_command("load_demonstration", stdout=printed)
        date_history(since)
        users = get_user_model()
        for email in dict.fromkeys(re.findall(r"[\w.+-]+@[\w.-]+\w", printed.getvalue())):
            key = users._default_manager.filter(**{users.USERNAME_FIELD: email}).first()
            if key and key.is_demonstration:
                people.append(Visitor(email.partition("@")[0], key.pk))
        with connections["default"].cursor() as cursor:
            cursor.execute("ANALYZE")
    return people


# Pages.


@dataclass(frozen=True)
class Task:
    """What one visitor is sent out for; ``number`` is that of the visitor's copy of the database.

    Visitors leave what they found in files of ``result``.
    """

    number: int
    visitor: Visitor
    result: Path
    only: str
    council: str

    def visit(self, **given: Any) -> Visit:
        """A visit that has yet to go anywhere."""
        following = Following(self.council, **given)
        return Visit(self.visitor, self.only, self.result.parent / "papers", following)

    def file(self, ending: str) -> Path:
        """A file that is there between the two times that the visitor is sent out."""
        return self.result / f"unfinished-{self.number}.{ending}"


def _visits(visitors: list[Visitor], result: Path, only: str, council: str) -> dict:
    """Every visitor crawls; then each goes wherever anybody has been, and where no link leads."""
    from django.db import connections
    from django.urls import get_resolver

    connections.close_all()
    tasks = [Task(n, visitor, result, only, council) for n, visitor in enumerate(visitors, 1)]
    _send_out(_crawl, [(task,) for task in tasks])
    crawled = [json.loads(task.file("json").read_text()) for task in tasks]
    everywhere = {address for one in crawled for address in one["seen"]}
    routes = sorted(set(patterns(get_resolver())))
    filled = fill(routes, _found(everywhere, set(routes)))
    say(f"{len(everywhere)} addresses by links, {len(set(filled) - everywhere)} by patterns")
    rest = sorted(everywhere | set(filled))
    _send_out(_look, [(task, rest) for task in tasks])
    left_out: dict[str, set[str]] = defaultdict(set)
    for one in crawled:
        for why, addresses in one["left out"].items():
            left_out[why].update(addresses)
    return {
        "visitors": [visitor.name for visitor in visitors],
        "addresses": len(rest),
        "patterns": len(routes),
        "left out": {why: len(addresses) for why, addresses in sorted(left_out.items())},
    }


def _send_out(errand: Callable, each: list[tuple]) -> None:
    """Does the errand for each in a process of its own, a few at a time.

    A fresh process and a copy of the database, so that none sees what another did. They are forks
    of this process, which has one thread: a pool's threads would leave locks behind in them.
    """
    waiting = list(reversed(each))
    running: list = []
    while waiting or running:
        while waiting and len(running) < WORKERS:
            process = multiprocessing.get_context("fork").Process(target=errand, args=waiting.pop())
            process.start()
            running.append(process)
        wait([process.sentinel for process in running])
        for process in [one for one in running if not one.is_alive()]:
            process.join()
            running.remove(process)
            if process.exitcode:
                raise SystemExit("A visitor did not come back (see above).")


def _crawl(task: Task) -> None:
    _make_copy(task.number)
    visit = task.visit()
    visit.crawl()
    write_records(task.file("gz"), visit.records.values())
    left_out = {why: sorted(all_) for why, all_ in visit.following.left_out.items()}
    told = {"seen": sorted(visit.following.seen), "left out": left_out}
    task.file("json").write_text(json.dumps(told))


def _look(task: Task, addresses: list[str]) -> None:
    _use_copy(task.number)
    before, seen = task.file("gz"), set(json.loads(task.file("json").read_text())["seen"])
    visit = task.visit(seen=seen, sparing=False)
    visit.look(addresses)
    records = [*read_records(before), *visit.records.values()]
    write_records(task.result / f"visitor-{task.visitor.name}.gz", records)
    before.unlink()
    task.file("json").unlink()


def _found(addresses: set[str], routes: set[str]) -> list[tuple[str, dict[str, str]]]:
    """(route, values as they stand in the address) of each address that one of ``routes`` fits."""
    from django.urls import Resolver404, resolve

    found = {}
    for path in {address.partition("?")[0] for address in addresses}:
        try:
            route = "/" + resolve(path).route
        except Resolver404:
            continue
        if route not in routes:
            continue
        read = PARAMETER.sub(r"(?P<\2>.+?)", route.replace(".", r"\.")) + "$"
        match = re.match(read, path)
        if match and match.groupdict():
            found[path] = (route, match.groupdict())
    return [found[path] for path in sorted(found)]


def _make_copy(number: int) -> None:
    """This process goes on with a new copy of the database, of its own."""
    from django.db import connection

    loaded = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = os.environ[BESIDE]
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{_copy(loaded, number)}" TEMPLATE "{loaded}"')
    connection.close()
    connection.settings_dict["NAME"] = _copy(loaded, number)


def _use_copy(number: int) -> None:
    from django.db import connection

    connection.settings_dict["NAME"] = _copy(connection.settings_dict["NAME"], number)


def _copy(loaded: str, number: int) -> str:
    return f"{loaded.removesuffix('_0')}_{number}"


if __name__ == "__main__":
    sys.exit(main())
