"""Moves the demonstration's clock to ten in the morning of a day; the next start shows it."""

from datetime import date

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils.dateparse import parse_date

from bcfportal.lib.sentences import day_words
from demonstration.clock import begin_at
from demonstration.westshire.story import NOW, moment

# Records of years are kept up to then.
LAST = date(2098, 12, 31)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("day", help="Such as 2027-02-15.")

    def handle(self, *, day, **options):
        if not settings.DEMONSTRATION:
            raise CommandError("Only a demonstration has a clock that can be moved.")
        try:
            chosen = parse_date(day)
        except ValueError:
            chosen = None
        if chosen is None:
            raise CommandError("Enter a day that exists, such as 2027-02-15.")
        if not NOW.date() <= chosen <= LAST:
            raise CommandError(f"Enter a day from {day_words(NOW)} to {day_words(LAST)}.")
        begin_at(moment(chosen.year, chosen.month, chosen.day))
        self.stdout.write(f"It is ten in the morning of {day_words(chosen)} now.")
