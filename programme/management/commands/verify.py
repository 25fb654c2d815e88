"""Verifies all that is kept for good: fingerprints, numbers, and the triggers that protect it.

Prints each place where something is not as it was kept, and exits with 1 where there is any.
"""

from django.core.management import BaseCommand, CommandError

from programme.verification import counted, faults


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options: object) -> None:
        all_faults = list(faults())
        for fault in all_faults:
            self.stderr.write(fault)
        if all_faults:
            raise CommandError(f"{len(all_faults)} things are not as they were kept.", returncode=1)
        read = ", ".join(f"{number} {name}" for name, number in counted().items())
        self.stdout.write(f"All is as it was kept: {read}.")
