"""Moves the demonstration's clock to ten in the morning of a day; the next start shows it."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils.dateparse import parse_date

from demonstration.clock import begin_at
from demonstration.westshire.story import moment


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("day", help="Such as 2027-02-15.")

    def handle(self, *, day, **options):
        if not settings.DEMONSTRATION:
            raise CommandError("Only a demonstration has a clock that can be moved.")
        try:
            date = parse_date(day)
        except ValueError:
            date = None
        if date is None:
            raise CommandError("Enter a day that exists, such as 2027-02-15.")
        begin_at(moment(date.year, date.month, date.day))
        self.stdout.write(f"It is ten in the morning of {date:%-d %B %Y} now.")
