"""Sends today's reminders to commissioners. Safe to run every hour: each day's go out once.

It also forgets ledger files that nobody applied and forms that nobody sent within the time they are
kept, and sessions that have ended, and sends mail that the mail server did not take before.
"""

from django.core.management import BaseCommand, CommandError, call_command

from accounts import outbox
from bcfportal.lib import clock
from bcfportal.lib.sentences import counted
from finance.ledger.uploading import forget_old
from publishing.form_drafts.clearing import forget_old_drafts
from returns.reminders import send_reminders


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        forget_old(now=clock.now())
        forget_old_drafts(now=clock.now())
        call_command("clearsessions")
        outcome = send_reminders(now=clock.now())
        waiting = outbox.work_off()
        number = len(outcome.sent)
        self.stdout.write(f"Sent {counted(number, 'reminder')}.")
        if failed := len(outcome.failed) + waiting:
            raise CommandError(f"{failed} could not be sent: see the log. Check the mail settings.")
