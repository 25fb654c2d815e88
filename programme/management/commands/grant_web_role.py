"""Lets a database role run the portal without owning its tables: it reads and writes rows only.

The owner runs ``migrate`` and then this. A role that owns nothing cannot switch off what protects a
table, nor empty or drop one.
"""

from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import connection

_GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public "
    "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="An existing role, which the portal's DATABASE_URL names.")

    def handle(self, *, role: str, **options: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if not cursor.fetchone():
                raise CommandError(f"There is no role {role}. Make it first: CREATE ROLE … LOGIN.")
            for grant in _GRANTS:
                cursor.execute(grant.format(role=connection.ops.quote_name(role)))
        self.stdout.write(f"{role} reads and writes rows, and owns nothing.")
