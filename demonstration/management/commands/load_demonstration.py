"""Loads the fixtures once and, in demonstration mode only, makes the demonstration accounts."""

from django.conf import settings
from django.core.management import BaseCommand

from bcfportal.lib import clock
from demonstration.accounts import PASSWORD
from demonstration.clock import begin_at
from demonstration.fixtures import load_fixtures
from demonstration.quarter import make_demonstration
from demonstration.westshire import NOW
from projects.models import Council


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
        if not settings.DEMONSTRATION_CLOCK.exists():
            begin_at(NOW)
        self.stdout.write("Demonstration sign-ins, all with the password " + PASSWORD)
        for user in make_demonstration(today=clock.today()).values():
            self.stdout.write(f"  {user.email}  ({user.post})")
