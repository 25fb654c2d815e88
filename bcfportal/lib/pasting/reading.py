"""A pasted block read by what it says: which cell belongs in which box, and what has to be asked.

Nothing goes by its place where there are words. A column is placed by its head, a line by its name;
what is no result of the grid's own period is left out and said; what may be two things is asked.
"""

from collections.abc import Iterator, Mapping

from bcfportal.lib.pasting.blocks import Block, TooLarge, turned
from bcfportal.lib.pasting.columns import Columns
from bcfportal.lib.pasting.decimal_commas import with_points
from bcfportal.lib.pasting.figures import Figure, is_figure, is_nothing
from bcfportal.lib.pasting.grids import WHOLE, Grid
from bcfportal.lib.pasting.heads import Head, read_head
from bcfportal.lib.pasting.layout import Layout, Line, lay_out, lies_across
from bcfportal.lib.pasting.meaning import OUT, Meaning, may_be_result
from bcfportal.lib.pasting.names import fold, shortened
from bcfportal.lib.pasting.result import Cell, Question, Reading
from bcfportal.lib.pasting.said import Said
from bcfportal.lib.pasting.said_units import HEADS_OF_UNITS, unit_in_head, unit_in_name
from bcfportal.lib.pasting.since_april import SinceApril
from bcfportal.lib.pasting.totals import is_sum, totals
from bcfportal.lib.pasting.units import is_unit
from bcfportal.lib.pasting.unread import has_digits, no_figures, unread_columns
from bcfportal.lib.pasting.wording import Wording
from bcfportal.lib.sentences import counted

# So many lines with a name like a row's are asked about; of more there is a list.
MOST_ASKED = 20
MOST_COLUMNS = 100
# No table of a council says in more columns of words which figure a line holds.
MOST_COLUMNS_OF_WORDS = 30
_IN_ORDER = "There are as many columns as on the screen: they are taken in its order."


def read(
    block: Block,
    grid: Grid,
    answers: Mapping[str, str] | None = None,
    at: tuple[int, str] | None = None,
) -> Reading:
    """Reads the block for the grid. ``answers`` are to earlier questions, by their fields.

    ``at`` is the box that figures alone were pasted into, as (row, key of a column).
    """
    block, said = with_points(block)
    across = lies_across(block, grid)
    if across:
        try:
            block = turned(block)
        except TooLarge as too_large:
            return Reading(refused=str(too_large))
    layout = lay_out(block, grid, is_across=across)
    for columns, most, what in (
        (layout.figures, MOST_COLUMNS, "figures"),
        (layout.texts, MOST_COLUMNS_OF_WORDS, "words"),
    ):
        if len(columns) > most:
            return Reading(
                refused=f"What was pasted has more than {most} columns of {what}. Copy only the "
                "columns that belong here."
            )
    reading = _Reader(layout, grid, answers or {}, at).read()
    reading.left_out[:0] = said
    return reading


class _Reader:
    def __init__(
        self,
        layout: Layout,
        grid: Grid,
        answers: Mapping[str, str],
        at: tuple[int, str] | None,
    ) -> None:
        self.layout, self.grid, self.answers, self.at = layout, grid, answers, at
        self.reading = Reading(is_across=layout.is_across)
        self.wording = Wording(layout, grid, answers, self.reading)
        # The rows of each line, and what is said beside its name.
        self.rows_of: dict[int, frozenset[int]] = {}
        self.said: dict[int, Said] = {}
        self.columns = Columns(
            layout, grid, answers, self.reading, self.wording, self.rows_of, self.said
        )
        self._of_remarks = [
            column for column in self.columns.kept() if column not in layout.figures
        ]
        self.asked_lines = 0
        self.unit_columns = [
            column for column, head in layout.heads.items() if fold(head.text) in HEADS_OF_UNITS
        ]

    def read(self) -> Reading:
        if not self.layout.figures:
            self.reading.refused = no_figures(self.layout, self.grid)
            return self.reading
        named = any(line.name for line in self.layout.body)
        if self.layout.names or self.layout.numbers or named:
            self._rows_by_name()
            meanings = self.columns.meanings(self.columns.unheaded())
        else:
            self._rows_by_place()
            if self.reading.refused:
                return self.reading
            meanings = self.columns.meanings(self._by_shape())
        self._place(meanings)
        self.reading.left_out += unread_columns(
            self.layout, {*self.columns.kept(), *self.wording.columns}
        )
        self.reading.totals = list(
            totals(self.layout, self._name, lambda name: bool(self.grid.whole_names.find(name)))
        )
        return self.reading

    def _by_shape(self) -> dict[int, Meaning]:
        """What columns of figures alone are, where their number fits the grid and nothing else."""
        grid, columns = self.grid, self.layout.figures
        if self.layout.heads or not self.columns.is_of_now():
            return {}
        if self.at and len(columns) == 1:
            return {columns[0]: Meaning(self.at[1], "It was pasted into that box.")}
        if grid.parts and len(columns) == len(grid.parts) and self._lines_fit(len(grid.groups)):
            return {
                column: Meaning(f"{grid.default}|{part.key}", _IN_ORDER)
                for column, part in zip(columns, grid.parts, strict=True)
            }
        figures = [column for column in grid.columns if not column.of_words]
        from_first_box = self.at and self.at[1] == figures[0].key
        if not from_first_box and not self._lines_fit(len(grid.rows)):
            return {}
        if len(columns) == 1 and grid.default:
            return {columns[0]: Meaning(grid.default, "It is the only column of figures.")}
        if not grid.default and len(columns) == len(figures):
            return {
                number: Meaning(column.key, _IN_ORDER)
                for number, column in zip(columns, figures, strict=True)
            }
        return {}

    # Lines.

    def _lines_fit(self, count: int) -> bool:
        lines = self._of_figures()
        return bool(lines) and lines[-1].number - lines[0].number + 1 == count

    def _of_figures(self) -> list[Line]:
        columns = self.layout.figures
        return [line for line in self.layout.body if any(line.get(column) for column in columns)]

    def _with_cells(self) -> list[Line]:
        """The lines with a figure, or with words that go into a box of their row."""
        figures = {line.number for line in self._of_figures()}
        return [
            line for line in self.layout.body if line.number in figures or self._has_remark(line)
        ]

    def _has_remark(self, line: Line) -> bool:
        cells = {column: line.get(column) for column in self._of_remarks}
        # Heads may be printed again.
        heads = self.layout.heads
        return any(not is_nothing(cell) and cell != heads[at].text for at, cell in cells.items())

    def _rows_by_place(self) -> None:
        lines, rows = self._of_figures(), len(self.grid.rows)
        first = lines[0].number
        count = lines[-1].number - first + 1
        groups = [frozenset(group) for group in self.grid.groups]
        by_line = [frozenset({row}) for row in range(rows)]
        if self.at and not self.layout.heads:
            start = self.at[0]
            whole = [group for group in groups if min(group) >= start]
            by_line = by_line[start:]
            if len(self.layout.figures) > 1 and self.grid.parts:
                by_line = whole
            if count > len(by_line):
                self._refuse_shape(count, len(by_line), " from that box down")
                return
        elif count == rows and (len(self.layout.figures) == 1 or len(groups) == rows):
            pass
        elif count == len(groups):
            by_line = groups
        elif count != rows:
            self._refuse_shape(count, rows, "")
            return
        for line in lines:
            said = self.wording.of(line)
            if said.out or said.unknown:
                name = self.layout.line_at(line.number)
                if said.out:
                    self.wording.leave_out(name, said, said.out)
                else:
                    self.wording.ask(name, said)
                continue
            self.rows_of[line.number] = by_line[line.number - first]
            self.said[line.number] = said

    def _refuse_shape(self, count: int, there: int, where: str) -> None:
        lines = counted(count, "line of figures", "lines of figures")
        rows = counted(there, "row")
        self.reading.refused = (
            f"You pasted {lines} without names, but this screen has {rows}{where}. "
            "Copy the names of the rows as well: then each figure goes to its own row."
        )

    def _rows_by_name(self) -> None:
        waiting = []
        for line in self._with_cells():
            said = self.wording.of(line)
            line.part = said.part or line.part
            name = self._name(line)
            rows = self._candidates(line)
            if rows and said.out:
                self.wording.leave_out(name, said, said.out)
            elif rows and line.part and not self._of_part(rows, line.part):
                self._leave_part(name, line.part)
            elif rows and said.unknown:
                waiting.append((name, rows, said))
            elif rows:
                self.rows_of[line.number] = rows
                self.said[line.number] = said
            elif not name:
                figures = any(has_digits(line.get(column)) for column in self.layout.figures)
                if figures or self._has_remark(line):
                    self.reading.left_out.append(
                        f"{self.layout.line_at(line.number)} of what was pasted has no name."
                    )
            elif self.grid.whole_names.find(name) or is_sum(name):
                self.reading.left_out.append(f"“{shortened(name)}” is left out: it is worked out.")
            else:
                self._ask_or_leave(line, name)
        sure = [
            rows
            for number, rows in self.rows_of.items()
            if number in self.said and not self.said[number].is_of_another_period(self.grid)
        ]
        for name, rows, said in waiting:
            beside = any(rows & others for others in sure)
            if beside and not any(may_be_result(fold(text), self.grid) for _, text in said.unknown):
                self.wording.leave_out(name, said, "Those words are not known here")
            else:
                self.wording.ask(name, said)

    def _leave_part(self, name: str, part: str) -> None:
        label = next((known.label for known in self.grid.parts if known.key == part), part)
        self.reading.left_out.append(f"“{shortened(name)}” is not reported for {label}.")

    def _name(self, line: Line) -> str:
        if line.name:
            return line.name
        names = [line.get(column) for column in self.layout.names if line.get(column)]
        return ", ".join(names) or next(filter(None, map(line.get, self.layout.numbers)), "")

    def _called(self, line: Line) -> str:
        return shortened(self._name(line) or self.layout.line_at(line.number))

    def _candidates(self, line: Line) -> frozenset[int]:
        names = [line.name] if line.name else [line.get(column) for column in self.layout.names]
        matches = [rows for name in names if name and (rows := self.grid.called(name))]
        rows = frozenset.intersection(*matches) if matches else frozenset()
        numbers = [
            self.grid.numbers.get(fold(line.get(column)), ()) for column in self.layout.numbers
        ]
        numbered = frozenset().union(*numbers)
        if rows and len(rows & numbered) > 0:
            rows = rows & numbered
        elif not rows and not any(names):
            rows = numbered
        return self._of_part(rows, line.part) or rows if line.part else rows

    def _of_part(self, rows: frozenset[int], part: str) -> frozenset[int]:
        return frozenset(row for row in rows if self.grid.rows[row].part == part)

    def _ask_or_leave(self, line: Line, name: str) -> None:
        head = read_head(name)
        if head.when and self.grid.names.find(head.phrase):
            of = head.when.written
            self.reading.left_out.append(f"“{shortened(name)}” is left out: it is of {of}.")
            return
        near = self.grid.names.near(name) if self.asked_lines < MOST_ASKED else []
        options = {}
        for row in near:
            (group,) = [group for group in self.grid.groups if row in group]
            options[str(group[0])] = (self.grid.rows[group[0]].names[-1], frozenset(group))
        if not options:
            self.reading.left_out.append(f"“{shortened(name)}” is not one of the rows here.")
            return
        self.asked_lines += 1
        asked = f"line-{line.number}"
        answer = self.answers.get(asked, "")
        if answer in options:
            rows = options[answer][1]
            self.rows_of[line.number] = (
                self._of_part(rows, line.part) if line.part else rows
            ) or rows
        elif answer == OUT:
            self.reading.left_out.append(f"“{shortened(name)}” is left out, as you said.")
        else:
            self.reading.questions.append(
                Question(
                    asked,
                    f"Which row is “{shortened(name)}”? No row has that name.",
                    [*((key, label) for key, (label, _) in options.items()), (OUT, "Leave it out")],
                )
            )

    # Cells.

    def _place(self, meanings: dict[int, Meaning]) -> None:
        boxes: dict[tuple[int, str], list[Cell]] = {}
        shared = self._shared(meanings)
        since_april = SinceApril(self.grid, self.layout, self.answers, self.reading)
        for line in self._with_cells():
            rows = self.rows_of.get(line.number)
            if not rows:
                continue
            said = self.said.get(line.number, Said())
            in_line = self.columns.in_line(line, self._called(line), meanings)
            for column, meaning in in_line.items():
                text = line.get(column)
                if meaning.choice == OUT and said.is_plain and len(rows) == 1 and is_figure(text):
                    (row,) = rows
                    self.reading.beside.append(self._cell_of(row, "", line, column))
                if meaning.choice in ("", OUT) or is_nothing(text):
                    continue
                cell = self._cell(line, column, meaning, shared.get(line.number) or rows)
                if cell and since_april.fits(self._called(line), line, in_line, cell, said.head):
                    boxes.setdefault((cell.row, cell.key), []).append(cell)
        for cells in boxes.values():
            if len({cell.text for cell in cells}) > 1:
                name = shortened(self.grid.rows[cells[0].row].names[-1])
                self.reading.left_out.append(
                    f"“{name}” is there more than once, with "
                    f"{' and '.join(cell.text for cell in cells[:3])}: type the right one."
                )
            else:
                self.reading.cells.append(cells[0])

    def _shared(self, meanings: dict[int, Meaning]) -> dict[int, frozenset[int]]:
        """Rows that share a name or a number take its lines in order, where there are as many."""
        lines: dict[frozenset[int], list[int]] = {}
        for number, rows in self.rows_of.items():
            if len(rows) > 1 and not any(rows <= set(group) for group in self.grid.groups):
                lines.setdefault(rows, []).append(number)
        return {
            number: frozenset({row})
            for rows, numbers in lines.items()
            if len(rows) == len(numbers)
            for number, row in zip(sorted(numbers), sorted(rows), strict=True)
        }

    def _cell(self, line: Line, column: int, meaning: Meaning, rows: frozenset[int]) -> Cell | None:
        text = line.get(column)
        key, _, part = meaning.choice.partition("|")
        name = self._called(line)
        rows = self._of_part(rows, part) if part else self._of_part(rows, WHOLE) or rows
        if not rows:
            self._leave_part(name, part)
            return None
        if len(rows) > 1:
            self.reading.left_out.append(f"“{name}” may be any of {len(rows)} rows here.")
            return None
        of_words = self.grid.column(key).of_words
        if not of_words and not is_figure(text) and not self.grid.reason(text):
            self.reading.left_out.append(f"“{shortened(text)}” at “{name}” is no figure.")
            return None
        head = self.layout.heads.get(column, Head())
        (row,) = rows
        was, figure = self.layout.marked.get((line.number, column), ("", None))
        units = filter(None, self._units_of(line, row, head, figure))
        problems = (self.grid.refuses(row, key, unit) for unit in units)
        problem = next(filter(None, problems), "")
        if figure and figure.mark:
            self.reading.left_out.append(
                f"The mark of “{shortened(was)}” at “{name}”: only {text} goes into the box."
            )
        if problem and not self.grid.reason(text):
            said = shortened(was if figure and figure.unit else text)
            self.reading.left_out.append(f"{said} at “{name}” is left out: {problem}")
            return None
        return self._cell_of(row, key, line, column)

    def _units_of(self, line: Line, row: int, head: Head, figure: Figure | None) -> Iterator[str]:
        """What the block says that the figure is in: its head, its line, its name and its cell."""
        units, in_cell = self.grid.units, figure.unit if figure else ""
        beside = self.said.get(line.number, Said()).head
        said = head.unit or beside.unit
        yield said or ("number" if in_cell else "")
        yield in_cell
        yield unit_in_name(self._name(line), self.grid.rows[row].names, units)
        yield unit_in_head(head.phrase, units)
        yield unit_in_head(beside.phrase, units)
        yield from self.wording.units
        for column in self.unit_columns:
            yield from filter(lambda text: is_unit(text, units), [line.get(column)])

    def _cell_of(self, row: int, key: str, line: Line, column: int) -> Cell:
        said = self.said.get(line.number, Said()).head.unit
        unit = self.layout.heads.get(column, Head()).unit or said
        return Cell(row, key, line.get(column), line.number, column, unit, self.layout.context.unit)
