"""Measure the portal: ``make bench``, or ``make bench ARGS=--quick`` for a rough look.

The figures are printed. A full run also writes them to docs/performance.md.
"""

import argparse
import os
import signal
import sys
import time


def main() -> int:
    """The exit status is 0 whatever the figures are: a busy machine is no fault of the code."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repeats; writes no file")
    quick = parser.parse_args().quick
    if not os.environ.get("DATABASE_URL"):
        sys.stderr.write("bench needs a PostgreSQL server: use `make bench`.\n")
        return 2
    try:
        return _measure(quick)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return 130


def _measure(quick: bool) -> int:
    started = time.perf_counter()
    _prepare()
    from django.db import OperationalError

    from bench import report, run
    from bench.database import throwaway_database

    # Without this a SIGTERM would leave the database behind. There is none before.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    try:
        with throwaway_database() as database:
            tables = run.tables(database, run.QUICK if quick else run.FULL)
            machine = report.machine()
    except OperationalError as error:
        sys.stderr.write(f"The database server cannot be used ({' '.join(str(error).split())}).\n")
        return 2
    print(report.printed(tables, machine))
    if not quick:
        report.write(tables, machine, time.perf_counter() - started)
    return 0


def _prepare() -> None:
    """The same settings for everyone, whatever this terminal has set: the demonstration's."""
    os.environ["DEBUG"] = "1"
    os.environ.pop("ALLOWED_HOSTS", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "bcfportal.settings"
    import django

    django.setup()


if __name__ == "__main__":
    sys.exit(main())
