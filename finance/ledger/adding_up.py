"""Rows of one code and month, as a list of transactions has them: they are added up, and said."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db import connection

from bcfportal.lib.sentences import counted
from bcfportal.lib.spreadsheets.refusals import at
from finance.ledger.cells import LARGEST
from finance.ledger.reading import Row
from finance.models.ledger import LedgerUpload


@dataclass(slots=True)
class _Line:
    """The first row of a code and month, what its rows come to, and what stands in them."""

    place: str
    amount: Decimal
    cells: set[int]


@dataclass
class AddingUp:
    """The codes and months of a file so far, and the rows that were added to an earlier one."""

    lines: dict[tuple[str, str], _Line] = field(default_factory=dict)
    added: int = 0
    # Of these, how many are the same in every cell as a row of their line.
    alike: int = 0
    example: str = ""
    example_alike: str = ""

    def add(self, row: Row, code: str, period: str, amount: Decimal) -> bool:
        """Takes a row; says whether it is added to an earlier one.

        Raises ValueError where they come to more than an amount can be.
        """
        place = at(row.sheet, row.number)
        cells = hash(tuple(map(str, row.cells)))
        line = self.lines.get((code, period))
        if line is None:
            self.lines[code, period] = _Line(place, amount, {cells})
            return False
        if abs(line.amount + amount) >= LARGEST:
            raise ValueError(
                f"with {line.place[0].lower()}{line.place[1:]}, of the same code and month, it "
                "comes to £100,000,000,000 or more. Enter pounds."
            )
        line.amount += amount
        self.added += 1
        first = f"{line.place[0].lower()}{line.place[1:]}"
        self.example = self.example or f"{place[0].lower()}{place[1:]} to {first}, {code}"
        if cells in line.cells:
            self.alike += 1
            self.example_alike = self.example_alike or f"{place[0].lower()}{place[1:]}"
        line.cells.add(cells)
        return True

    def remarks(self) -> list[str]:
        """What there is to say of it, in sentences."""
        if not self.added:
            return []
        rows = counted(self.added, "row has", "rows have")
        said = (
            f"{rows} the code and month of a row above and {'was' if self.added == 1 else 'were'} "
            f"added to it: {self.example}{' and others' if self.added > 1 else ''}."
        )
        if self.alike:
            are = counted(self.alike, "is", "are")
            said += (
                f" Of these {are} the same in every cell, the first {self.example_alike}: look "
                "whether anything is in the file twice."
            )
        return [said]


def keep_sums(upload: LedgerUpload) -> None:
    """Gives the first row of each code and month what all its rows come to."""
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, [upload.pk])


_SUMS = """
UPDATE finance_ledgerrow AS first SET amount = whole.amount FROM (
    SELECT min(id) AS id, sum(amount) AS amount FROM finance_ledgerrow
    WHERE upload_id = %s AND kind IN ('same', 'added up')
    GROUP BY code, period HAVING count(*) > 1
) AS whole WHERE first.id = whole.id
"""
