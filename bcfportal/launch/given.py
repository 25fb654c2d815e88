"""The database that somebody named in DATABASE_URL."""

import dj_database_url

from bcfportal.launch.faults import Fault

EXAMPLE = "postgresql://user:password@host:5432/name"
ENGINE = "django.db.backends.postgresql"
SECONDS_TO_ANSWER = "5"


def check(url: str) -> None:
    """Raise a fault unless a PostgreSQL database answers at ``url``.

    Asking first gives a sentence at once where Django would give a traceback later.
    """
    settings = _parsed(url)
    import psycopg2

    options = {
        "connect_timeout": SECONDS_TO_ANSWER,
        "host": settings["HOST"],
        "port": settings["PORT"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
        "dbname": settings["NAME"],
    } | settings.get("OPTIONS", {})
    try:
        psycopg2.connect(**{key: value for key, value in options.items() if value != ""}).close()
    except psycopg2.Error as error:
        raise Fault(
            f"The database of DATABASE_URL does not answer ({_reason(error)}): start or correct "
            "it, or leave DATABASE_URL out and the portal starts a database of its own."
        ) from error


def _parsed(url: str) -> dict:
    try:
        settings = dict(dj_database_url.parse(url))
    except ValueError:
        settings = {}
    if settings.get("ENGINE") != ENGINE or not settings.get("NAME"):
        raise Fault(
            f"DATABASE_URL is not the address of a PostgreSQL database: write it as {EXAMPLE}, "
            "or leave it out and the portal starts a database of its own."
        )
    return settings


def _reason(error: Exception) -> str:
    """The first line of the driver's message; it never holds the password."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].strip().rstrip(".:")
