"""Closes the accounts of a demonstration, on a database that is to be used for real."""

from django.core.management import BaseCommand

from accounts.models import User


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        closed = 0
        for user in User.objects.filter(is_demonstration=True, is_active=True):
            user.is_active = user.is_staff = user.is_superuser = False
            user.save(update_fields=["is_active", "is_staff", "is_superuser"])
            closed += 1
        self.stdout.write(f"Closed {closed} demonstration accounts.")
