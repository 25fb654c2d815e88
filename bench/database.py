"""A database of bench's own, what is loaded into it, and made-up councils of any size."""

import os
from contextlib import contextmanager
from secrets import token_hex

import msgspec
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from bench import PREFIX
from bench.figures import clocked
from demonstration.fixtures import load_fixtures
from programme.programme import published_programme
from projects.models import Council, GrantCondition, Project
from publishing.freezing import freeze
from publishing.models import ReportingPeriod, Return, Snapshot
from returns.publication import publish, take_snapshots

COUNCIL = "nottinghamshire"


@contextmanager
def throwaway_database():
    """The name of a new, empty database with tables, removed at the end however the block ends.

    The name is new each time, so that neither a test run nor another bench can be in the way.
    """
    creation, given = connection.creation, connection.settings_dict["NAME"]
    name = f"{PREFIX}{os.getpid()}_{token_hex(3)}"
    connection.settings_dict["TEST"]["NAME"] = name
    try:
        creation.create_test_db(verbosity=0, autoclobber=False, serialize=False)
        yield name
    finally:
        if connection.settings_dict["NAME"] == name:
            creation.destroy_test_db(given, verbosity=0)


def load(times: int) -> list[float]:
    """Load the fixtures into empty tables each time, and keep the last; the seconds of each time.

    All but the last are rolled back: the tables of history refuse to be emptied.
    """
    seconds = []
    for left in reversed(range(times)):
        with transaction.atomic():
            seconds.append(clocked(_load)[0])
            transaction.set_rollback(left > 0)
    tidy()
    return seconds


def _load() -> None:
    load_fixtures(settings.BASE_DIR / "fixtures")
    # What a commit would check is checked within the time.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def tidy() -> None:
    """Let PostgreSQL know its tables as well as it would after some minutes of its own."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def make_snapshots(times: int) -> tuple[list[float], int]:
    """Make a snapshot of every return and take it back; the seconds, and how many there were."""
    seconds: list[float] = []
    made: list[int] = []
    for _ in range(times):
        with transaction.atomic():
            # A return that says what its latest snapshot says would get no new one.
            Project.objects.update(note="Changed.")
            passed, made = clocked(lambda: take_snapshots(Return.objects.all()))
            seconds.append(passed)
            transaction.set_rollback(True)
    return seconds, len(made)


@transaction.atomic
def make_council(slug: str, count: int) -> None:
    """A council whose projects are those of the fixtures over and over, ``count`` in all.

    Real texts and tables, because short made-up ones would flatter the pages. A project's slug
    is that of the original with the number of the copy: connect-1.
    """
    original = published_programme(COUNCIL)
    council = Council.objects.create(slug=slug, name=slug.title(), publishes=True)
    period = ReportingPeriod.objects.create(
        council=council,
        key=original.period.key,
        title=original.period.title,
        subtitle=original.period.subtitle,
        as_at=original.period.as_at,
    )
    conditions = {
        group.number: GrantCondition.objects.create(
            council=council, number=group.number, title=group.title
        )
        for group in original.conditions
    }
    copies = list(_copies(original.sheets, count))
    projects = Project.objects.bulk_create(
        Project(
            council=council,
            grant_condition=conditions[sheet.condition_number],
            slug=sheet.slug,
            order=order,
            kind=sheet.kind,
            title=sheet.title,
            short_title=sheet.short_title,
        )
        for order, sheet in enumerate(copies, 1)
    )
    reports = Return.objects.bulk_create(
        Return(project=project, period=period, status=Return.Status.PUBLISHED)
        for project in projects
    )
    publish(freeze(map(_snapshot, reports, copies), council.pk))


def _copies(originals, count):
    for number in range(count):
        sheet, copy = originals[number % len(originals)], number // len(originals) + 1
        yield msgspec.structs.replace(
            sheet, slug=f"{sheet.slug}-{copy}", title=f"{sheet.title} {copy}"
        )


def _snapshot(report, sheet):
    content = msgspec.to_builtins(sheet)
    return Snapshot(
        report=report,
        number=1,
        content=content,
        title=sheet.title,
        words=sheet.words,
        at=timezone.now(),
    )
