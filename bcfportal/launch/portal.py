"""The portal itself: tables and demonstration data up to date, then served."""

import logging
import signal
import socket
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from bcfportal.launch.faults import Fault

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

THREADS = 8
# Browsers keep several connections open each; a silent one is closed after this.
CONNECTIONS = 500
SECONDS_OF_SILENCE = 30
# Any number will do, as long as all starts use the same one.
PREPARING = 20180205


class OtherVersion(Fault):
    """The database has tables of a version of the portal that this one does not build on."""


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
    from waitress.channel import HTTPChannel

    from bcfportal.launch.receiving import Receiver

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    HTTPChannel.parser_class = Receiver
    create_server(application, sockets=sockets, ident=None, **_limits(), **_proxy()).run()


def _limits() -> dict:
    """What one visitor can hold up: half-sent requests end, and a body has an end."""
    from django.conf import settings

    return {
        "threads": THREADS,
        "channel_timeout": SECONDS_OF_SILENCE,
        "cleanup_interval": SECONDS_OF_SILENCE // 2,
        "connection_limit": CONNECTIONS,
        # The pages refuse a file that is too big in a sentence; this is for what nobody reads.
        "max_request_body_size": 3 * settings.UPLOAD_BYTES,
    }


def _proxy() -> dict:
    """The proxy whose word is taken for how and from where a visitor came."""
    from django.conf import settings

    # A visitor's own X-Forwarded-For is no proxy's word.
    options: dict = {"clear_untrusted_proxy_headers": True}
    if settings.TRUSTED_PROXY:
        options |= {
            "trusted_proxy": settings.TRUSTED_PROXY,
            "trusted_proxy_count": 1,
            "trusted_proxy_headers": {"x-forwarded-proto", "x-forwarded-for"},
        }
    return options


def _require_own_migrations(connection: "BaseDatabaseWrapper") -> None:
    """Raises OtherVersion where the database was made by migrations that are not there."""
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    applied = set(MigrationRecorder(connection).applied_migrations())
    unknown = sorted(applied - set(MigrationLoader(None).disk_migrations))
    if unknown:
        app, name = unknown[0]
        raise OtherVersion(
            f"This database was made by another version of the portal (it has {app} {name}, which "
            "this one does not have), and this one cannot bring it up to date."
        )


def _bring_up_to_date() -> None:
    """Migrate and load, one process at a time: two starts may share a database."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        try:
            _require_own_migrations(connection)
            call_command("migrate", interactive=False, verbosity=0)
            if settings.DEMONSTRATION:
                call_command("load_demonstration")
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])
    connection.close()
