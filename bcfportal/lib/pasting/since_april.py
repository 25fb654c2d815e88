"""Figures that are added up since April: which of a block's columns are so, and which boxes.

A box that counts since April takes a column of the year so far, and no figure of a quarter alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bcfportal.lib.pasting.figures import is_figure
from bcfportal.lib.pasting.grids import Grid
from bcfportal.lib.pasting.heads import Head, When
from bcfportal.lib.pasting.layout import Layout, Line
from bcfportal.lib.pasting.meaning import OUT, Meaning
from bcfportal.lib.pasting.names import shortened
from bcfportal.lib.pasting.result import Cell, Question, Reading

FROM_APRIL = "april"


@dataclass(frozen=True)
class SinceApril:
    """Says of each cell of a block whether it is of its box's time; asks where it may be."""

    grid: Grid
    layout: Layout
    answers: Mapping[str, str]
    reading: Reading

    def fits(
        self, name: str, line: Line, meanings: Mapping[int, Meaning], cell: Cell, said: Head
    ) -> bool:
        """Whether the figure belongs in its box; what does not is said in ``reading``.

        ``said`` is what the line's own words say of its time.
        """
        meaning = meanings[cell.column]
        so_far = self.grid.is_so_far and self.grid.rows[cell.row].so_far
        if cell.key != self.grid.default or meaning.is_said or so_far == meaning.so_far:
            return True
        if self.grid.reason(cell.text):
            return True
        if not so_far:
            # Its column says that it goes to what is counted since April.
            if said.text:
                figure = f"{shortened(cell.text)} at “{name}”, “{shortened(said.text)}”,"
                self.reading.left_out.append(f"{figure} is left out: it is of the year so far.")
            return False
        beside = (column for column, other in meanings.items() if other.so_far)
        if any(is_figure(line.get(column)) for column in beside):
            return self._left_out(name, cell)
        head = self.layout.heads.get(cell.column, Head())
        when = said.when or head.when or self.layout.context.when
        if not (when.quarter or when.month or when.day):
            return True
        field = f"since-{cell.column + 1}"
        answer = self.answers.get(field, "")
        if answer == OUT:
            return self._left_out(name, cell)
        if answer != FROM_APRIL and all(other.field != field for other in self.reading.questions):
            self.reading.questions.append(self._question(field, name, head, when, cell))
        return True

    def _question(self, field: str, name: str, head: Head, when: When, cell: Cell) -> Question:
        alone = shortened(when.phrase or head.text)
        named = f" under “{shortened(head.text)}”" if head.text else ""
        return Question(
            field,
            f"“{name}” is counted since April. Is {shortened(cell.text)}{named} the count since "
            "April, or the count of that time alone?",
            [
                (FROM_APRIL, "Since April: put it into the box"),
                (OUT, f"Of {alone} alone: leave it out"),
            ],
        )

    def _left_out(self, name: str, cell: Cell) -> bool:
        self.reading.left_out.append(
            f"{shortened(cell.text)} at “{name}” is left out: the box counts since April."
        )
        return False
