"""Verifies all that is kept for good: fingerprints, numbers, and the triggers that protect it.

Prints each place where something is not as it was kept, and exits with 1 where there is any. Else
prints how many versions each council has and the link of the last: who notes it elsewhere can tell
later that none of them was changed or taken away.
"""

from django.core.management import BaseCommand, CommandError, CommandParser

from programme.verification import chain_of, ends_of_chains, faults, verified


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--chain",
            metavar="COUNCIL",
            help="Only print the council's chain, a version a line: the SHA-256 of each line is "
            "what the next one has as previous.",
        )

    def handle(self, *, chain: str = "", **options: object) -> None:
        if chain:
            for line in chain_of(chain):
                self.stdout.write(line)
            return
        all_faults = list(faults())
        for fault in all_faults:
            self.stderr.write(fault)
        if all_faults:
            raise CommandError(f"{len(all_faults)} things are not as they were kept.", returncode=1)
        self.stdout.write(f"All is as it was kept: {', '.join(verified())}.")
        for council, (number, link) in ends_of_chains().items():
            self.stdout.write(f"{council}: {number} versions, the last is {link}.")
