"""The tables as text, and docs/performance.md."""

import os
import platform
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from textwrap import fill

from django.conf import settings
from django.db import connection

INTRODUCTION = """\
# Performance

`make bench` measures the portal and writes this page. Do not edit it by hand.

## How to repeat it

- `make bench` takes about two minutes.
- `make bench ARGS=--quick` takes fewer repeats. It prints the figures and leaves this page alone.

The run makes a database of its own on the server that `DATABASE_URL` names, loads the fixtures
into it, and removes it at the end. The data of the given database are not touched. The user of
the database has to be allowed to make one.

No test depends on these times, and `make bench` ends with status 0 whatever they are. Times vary
with what else the machine does. Ratios vary less, because what is compared takes turns. The 95th
percentile of a few repeats is near the slowest of them.
"""


@dataclass(frozen=True)
class Table:
    """A table, its first column words; ``note`` says how the figures came about."""

    title: str
    head: list[str]
    rows: list[list[str]]
    note: str = ""


def machine() -> list[str]:
    """What the figures depend on, with nothing that tells which machine it was."""
    major, minor = divmod(connection.pg_version, 10_000)  # type: ignore[attr-defined]  # PostgreSQL's own
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    facts = [
        f"Date: {_day(date.today())}",
        f"Machine: {cores} cores, {platform.system()} on {platform.machine()}",
        f"Python {platform.python_version()}, PostgreSQL {major}.{minor}, "
        f"Django {version('django')}, Typst {version('typst')}",
    ]
    if hasattr(os, "getloadavg"):
        facts.append(
            f"Load of the machine over the five minutes to the end: {os.getloadavg()[1]:.1f} "
            "(more than the cores means that others were waiting too)"
        )
    return facts


def _day(day):
    return f"{day.day} {day:%B %Y}"


def printed(tables: list[Table], facts: list[str]) -> str:
    """Everything for the terminal."""
    parts = ["\n".join(facts)]
    for table in tables:
        parts.append("\n\n".join(filter(None, [table.title, "\n".join(_lines(table))])))
    return "\n\n".join(["", *parts])


def write(tables: list[Table], facts: list[str], seconds: float) -> None:
    """docs/performance.md, with the same tables."""
    facts = [*facts, f"The run took {seconds:.0f} seconds"]
    parts = [INTRODUCTION, "## Where these figures are from\n", *(f"- {fact}." for fact in facts)]
    for table in tables:
        parts += [f"\n## {table.title}\n"]
        if table.note:
            parts += [_wrapped(table.note), ""]
        parts += _lines(table)
    target = settings.BASE_DIR / "docs" / "performance.md"
    target.write_text("\n".join(parts) + "\n", encoding="utf-8")
    print(f"\nWritten to {target.relative_to(settings.BASE_DIR)}.")


def _wrapped(text):
    return fill(text, 98, break_long_words=False, break_on_hyphens=False)


def _lines(table):
    """A Markdown table that is readable as it stands: columns padded, figures to the right."""
    rows = [table.head, *table.rows]
    widths = [max(len(row[at]) for row in rows) for at in range(len(table.head))]
    right = [_is_figures(table, at) for at in range(len(table.head))]
    rule = [
        "-" * (width - 1) + (":" if figures else "-")
        for width, figures in zip(widths, right, strict=True)
    ]
    padded = [
        [
            cell.rjust(width) if figures else cell.ljust(width)
            for cell, width, figures in zip(row, widths, right, strict=True)
        ]
        for row in rows
    ]
    return [f"| {' | '.join(row)} |" for row in [padded[0], rule, *padded[1:]]]


def _is_figures(table, at):
    cells = [row[at].replace(",", "").replace(".", "") for row in table.rows]
    return all(cell.isdigit() for cell in cells)
