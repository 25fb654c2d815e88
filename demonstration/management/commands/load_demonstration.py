"""Loads the fixtures once and, in demonstration mode only, makes the demonstration accounts."""

from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import transaction

from bcfportal.lib import clock
from demonstration.accounts import PASSWORD
from demonstration.quarter import make_demonstration
from finance.keeping import keep_loaded, loading
from finance.savings_actions import publish_new_papers
from projects.models import Council
from reporting.actions import publish, take_snapshots
from reporting.models import Return


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "--again", action="store_true", help="Load the fixtures over what is there."
        )

    def handle(self, *, again=False, **options):
        if again or not Council.objects.exists():
            load_fixtures(settings.BASE_DIR / "fixtures")
            self.stdout.write("Loaded the fixtures.")
        if not settings.DEMONSTRATION:
            return
        self.stdout.write("Demonstration sign-ins, all with the password " + PASSWORD)
        for user in make_demonstration(today=clock.today()).values():
            self.stdout.write(f"  {user.email}  ({user.post})")


@transaction.atomic
def load_fixtures(folder: Path):
    """Loads every fixture of every council in ``folder``, and keeps what is published."""
    files = sorted(str(path) for path in folder.glob("*/*.yaml"))
    if not files:
        raise CommandError(f"There are no fixtures in {folder.name}/.")
    with loading():
        call_command("loaddata", *files, verbosity=0)
    keep_loaded()
    publish(take_snapshots(Return.objects.filter(status=Return.Status.PUBLISHED)))
    publish_new_papers()
