"""The portal itself: tables and demonstration data up to date, then served."""

import logging
import signal
import socket
from contextlib import contextmanager, suppress

from bcfportal.launch.faults import Fault

THREADS = 8
# Any number will do, as long as all starts use the same one.
PREPARING = 20180205


class Stopped(SystemExit):
    """Raised where the portal is when somebody asks it to stop."""


@contextmanager
def stopping_in_order():
    """End the block with the first Ctrl-C, SIGTERM or closed terminal; ignore any that follow.

    A second Ctrl-C would otherwise cut short the stopping of the database.
    """
    asked = False

    def stop(number, frame):
        nonlocal asked
        if not asked:
            asked = True
            raise Stopped(0)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    with suppress(Stopped):
        yield


def prepare():
    """Django with its tables made and the demonstration loaded; the WSGI application."""
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError
    from django.db import DatabaseError

    try:
        django.setup()
        _bring_up_to_date()
    except (ImproperlyConfigured, CommandError) as error:
        raise Fault(" ".join(str(error).split())) from error
    except DatabaseError as error:
        if not _is_outside(error):
            raise
        reason = " ".join(str(error).split())
        raise Fault(
            f"The database cannot be used ({reason}): it has to go on running, and its user needs "
            "the right to make tables in it."
        ) from error

    from bcfportal.wsgi import application

    return application


def _is_outside(error: Exception) -> bool:
    """True for a server that has gone or forbids something, which is no fault of the code."""
    from django.db import OperationalError
    from django.db.migrations.exceptions import MigrationSchemaMissing
    from psycopg2.errors import InsufficientPrivilege

    forbidden = isinstance(error.__cause__, InsufficientPrivilege)
    return forbidden or isinstance(error, OperationalError | MigrationSchemaMissing)


def serve(application, sockets: list[socket.socket]) -> None:
    """Answer requests until somebody asks the portal to stop."""
    from waitress import create_server

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    create_server(application, sockets=sockets, threads=THREADS, ident=None).run()


def _bring_up_to_date() -> None:
    """Migrate and load, one process at a time: two starts may share a database."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        try:
            call_command("migrate", interactive=False, verbosity=0)
            if settings.DEMONSTRATION:
                call_command("load_demonstration")
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])
    connection.close()
