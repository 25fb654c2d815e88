"""What would differ between two captures of the same version, and how each is held steady."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

# The day that a demonstration lives on: ``demonstration.westshire.NOW``. A version that moves its
# clock there does not have to, and one that has no clock shows the same day.
MOMENT = datetime(2027, 1, 20, 10, tzinfo=UTC)


@dataclass(frozen=True)
class Rule:
    """A part of a line that says nothing of the portal: what stands in its place, and why."""

    name: str
    pattern: re.Pattern
    instead: str | Callable[[re.Match], str]
    reason: str


def _in_order(match: re.Match) -> str:
    return match[1] + "; ".join(sorted(match[2].split("; ")))


RULES = (
    Rule(
        "fingerprints of static files",
        re.compile(r"(/static/[^\s)\"]+?)\.[0-9a-f]{12}(\.\w+)"),
        r"\1\2",
        "The name of a static file holds a fingerprint of its content; the words of a page do "
        "not depend on it, and the base borrows the built files of the working tree.",
    ),
    Rule(
        "the moment at which an answer runs out",
        re.compile(r"^(expires): .*"),
        r"\1: (a moment)",
        "Django counts it from the machine's clock.",
    ),
    Rule(
        "microseconds",
        re.compile(r"(\d\d\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d)\.\d{6}"),
        r"\1",
        "The clock that stands still counts by them, so they tell how often it was asked before: "
        "one migration more, and all are others.",
    ),
    Rule(
        "the order in the content security policy",
        re.compile(r"^(content-security-policy: )(.*)"),
        _in_order,
        "It comes from a set of Python's, whose order is another in each process.",
    ),
)


def steady(line: str) -> str:
    """The line as it is the same in every capture."""
    for rule in RULES:
        line = rule.pattern.sub(rule.instead, line)
    return line


def stop_clock() -> None:
    """Every moment that Django gives is MOMENT, each a microsecond after the one before.

    It has to come before the models are imported, for fields keep the clock as their default.
    Sessions that run out and signed links use the machine's own clock and are shown nowhere.
    """
    from django.utils import timezone

    timezone.now = _clock()


def _clock() -> Callable[[], datetime]:
    ticks = count()
    return lambda: MOMENT + timedelta(microseconds=next(ticks))


def date_history(since: datetime) -> int:
    """Gives history rows that the database dated by its own clock the fixed moment, in their order.

    ``since`` is when loading began: what the demonstration dated itself is left alone. The number
    of rows.
    """
    from django.db import connection

    quoted, rows = connection.ops.quote_name, 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND column_name = 'pgh_created_at' ORDER BY table_name"
        )
        for (table,) in cursor.fetchall():
            name = quoted(table)
            # History is only added to: this one database is made to be read once.
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
            cursor.execute(
                f"UPDATE {name} AS t SET pgh_created_at = "
                "%s + (r.rank - 1) * interval '1 microsecond' "
                "FROM (SELECT pgh_id, dense_rank() OVER (ORDER BY pgh_created_at) AS rank "
                f"FROM {name} WHERE pgh_created_at BETWEEN %s AND clock_timestamp()) AS r "
                "WHERE r.pgh_id = t.pgh_id",
                [MOMENT, since],
            )
            rows += cursor.rowcount
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
    return rows
