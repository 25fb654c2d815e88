"""Sends today's reminders to commissioners. Safe to run every hour: each day's go out once."""

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from reporting.reminders import send_reminders


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        outcome = send_reminders(now=timezone.now())
        number = len(outcome.sent)
        self.stdout.write(f"Sent {number} reminder{'' if number == 1 else 's'}.")
        if outcome.failed:
            raise CommandError(
                f"{len(outcome.failed)} could not be sent: see the log. Check the mail settings."
            )
