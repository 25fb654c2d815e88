"""Sends today's reminders to commissioners. Safe to run every hour: each day's go out once.

It also forgets ledger files that nobody applied within the time they are kept.
"""

from django.core.management import BaseCommand, CommandError

from bcfportal.lib import clock
from bcfportal.lib.plurals import counted
from finance.ledger.uploading import forget_old
from reporting.reminders import send_reminders


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        forget_old(now=clock.now())
        outcome = send_reminders(now=clock.now())
        number = len(outcome.sent)
        self.stdout.write(f"Sent {counted(number, 'reminder')}.")
        if outcome.failed:
            raise CommandError(
                f"{len(outcome.failed)} could not be sent: see the log. Check the mail settings."
            )
