"""What councils have published, from the fixtures, kept as it is when a person publishes it."""

from pathlib import Path

from django.core.management import CommandError, call_command
from django.db import transaction

from bcfportal.lib.natural_keys import remembering
from finance.keeping import keep_loaded, loading
from finance.savings_actions import publish_new_papers
from reporting.actions import publish, take_snapshots
from reporting.models import Return


@transaction.atomic
def load_fixtures(folder: Path):
    """Loads every fixture of every council in ``folder``, and keeps what is published."""
    files = sorted(str(path) for path in folder.glob("*/*.yaml"))
    if not files:
        raise CommandError(f"There are no fixtures in {folder.name}/.")
    with loading(), remembering():
        call_command("loaddata", *files, verbosity=0)
    keep_loaded()
    publish(take_snapshots(Return.objects.filter(status=Return.Status.PUBLISHED)))
    publish_new_papers()
