"""What the columns of a block hold: by their heads, and by what the words of a line say of them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from bcfportal.lib.pasting.figures import is_figure, is_nothing
from bcfportal.lib.pasting.grids import WHOLE, Column, Grid
from bcfportal.lib.pasting.heads import OWN, Head, is_bare_no
from bcfportal.lib.pasting.layout import Layout, Line
from bcfportal.lib.pasting.meaning import (
    OUT,
    SO_FAR,
    Meaning,
    column_of,
    meaning_beside,
    meaning_of,
    of_year,
)
from bcfportal.lib.pasting.names import shortened
from bcfportal.lib.pasting.result import Placed, Question, Reading
from bcfportal.lib.pasting.said import Said
from bcfportal.lib.pasting.settled import settled
from bcfportal.lib.pasting.wording import Wording

_BY_WORDS = "The words of each line say what it is."
_NO_BOX = "It holds words, and its heading is that of no box here."


@dataclass
class Columns:
    """The columns of a block that has its lines' rows; asks in ``reading`` what is not known.

    ``rows_of`` are the rows that each line may be of, ``said`` what its words say, by its number.
    """

    layout: Layout
    grid: Grid
    answers: Mapping[str, str]
    reading: Reading
    wording: Wording
    rows_of: Mapping[int, frozenset[int]]
    said: Mapping[int, Said]
    in_lines: dict[int, dict[int, Meaning]] = field(default_factory=dict)
    # The columns that are left out by their heads, whatever the lines say.
    by_heads: set[int] = field(default_factory=set)

    def meanings(self, unheaded: dict[int, Meaning]) -> dict[int, Meaning]:
        """What each column holds, noted in ``reading`` too.

        ``unheaded`` is what columns without a head are.
        """
        layout = self.layout
        heads = {column: layout.heads.get(column, Head()) for column in self.kept()}
        meanings, units = {}, {}
        self._count_wholes(heads)
        for column, head in heads.items():
            units[column] = head.unit or layout.context.unit
            if head.unit:
                self.reading.units[column] = head.unit
            meaning = unheaded.get(column) or meaning_of(
                head, layout.context, self._grid_of(column)
            )
            if meaning.so_far and not self._any_so_far():
                meaning = Meaning(OUT, f"It is {SO_FAR}.")
            meanings[column] = meaning
        self._go_on(heads, meanings)
        self._doubt_no(heads, meanings)
        meanings = settled(
            {column: self._of_which_part(meaning) for column, meaning in meanings.items()},
            units,
            self._choices_of_words(),
        )
        by_words = self._by_words(heads, units)
        heads |= {column: layout.heads.get(column, Head()) for column in self._other_words()}
        meanings |= {column: Meaning(OUT, _NO_BOX) for column in heads if column not in meanings}
        for column, meaning in sorted(meanings.items()):
            options = self._options(column)
            allowed = dict(options)
            place = Placed(column, heads[column].text, meaning, "")
            answer = self.answers.get(place.field, "")
            if answer in allowed:
                self.by_heads |= {column} if answer == OUT else set()
                if answer != meaning.choice:
                    why = "You left it out." if answer == OUT else "You said so."
                    meaning = Meaning(answer, why, is_said=True)
            elif meaning.choice == OUT:
                self.by_heads.add(column)
            elif meaning.asked and column in by_words:
                meaning = by_words[column]
            elif meaning.asked:
                self.reading.questions.append(
                    Question(place.field, self._asks(column, heads[column], meaning), options)
                )
            meanings[column] = meaning
        self._give_way(meanings, units)
        for column, meaning in sorted(meanings.items()):
            options = self._options(column)
            label = dict(options).get(meaning.choice, "")
            self.reading.columns.append(Placed(column, heads[column].text, meaning, label, options))
        self.reading.also_read = list(self._also_read(meanings))
        return meanings

    def _doubt_no(self, heads: dict[int, Head], meanings: dict[int, Meaning]) -> None:
        """Beside a head that is not known, "No" may be those who said no, and no number."""
        others = [column for column, meaning in meanings.items() if meaning.rivals]
        for column, head in heads.items():
            if others and head.unit == "number" and is_bare_no(head.text):
                why = "It may be a number, or those who said no."
                meanings[column] = Meaning("", why, sure=False, rivals=True)

    def _give_way(self, meanings: dict[int, Meaning], units: dict[int, str]) -> None:
        """Where a person says that a column is a box's, another that was taken for it is not."""
        said = {
            (meaning.choice, units.get(column, "") == "%")
            for column, meaning in meanings.items()
            if meaning.is_said and meaning.choice != OUT
        }
        for column, meaning in meanings.items():
            if not meaning.is_said and (meaning.choice, units.get(column, "") == "%") in said:
                meanings[column] = Meaning(OUT, "You said that another column is this.")

    def _go_on(self, heads: dict[int, Head], meanings: dict[int, Meaning]) -> None:
        """Years without words go on with the budgets on their left: "2026/27 Budget", "2027/28"."""
        left: Column | None = None
        for column, meaning in sorted(meanings.items()):
            year = of_year(heads[column].phrase, heads[column], self.grid)
            if heads[column].phrase or meaning.choice:
                key = meaning.choice.partition("|")[0]
                left = self.grid.column(key) if key not in ("", OUT) else None
            elif year and left and left.year is not None and left.core == year.core:
                meanings[column] = Meaning(year.key, "It goes on with the column on its left.")

    def _also_read(self, placed: Collection[int]) -> Iterator[str]:
        """What the columns that hold no figures and no remarks are read for, in sentences."""
        layout = self.layout
        filled = {column for line in layout.body for column, _ in line.filled}
        for column in sorted(filled - set(placed)):
            head = layout.heads.get(column, Head()).text
            place = layout.column_at(column)
            what = "say which figures stand beside them"
            if column in layout.names:
                what = "name the rows"
            elif column in layout.numbers:
                what = "number the rows"
            yield f"{place}{f', “{shortened(head)}”,' if head else ''} is read: its cells {what}."

    def _by_words(self, heads: dict[int, Head], units: dict[int, str]) -> dict[int, Meaning]:
        """Notes what the columns hold in lines whose words say so.

        Gives the choices of the columns of which the lines' own words tell all there is.
        """
        lines: dict[tuple[Head, str], list[int]] = {}
        for number in self.rows_of:
            said = self.said.get(number, Said())
            if not said.is_plain:
                lines.setdefault((said.head, said.column), []).append(number)
        choices: dict[int, Meaning] = {}
        left: dict[int, Meaning] = {}
        unknown: set[int] = set()
        for (line_head, key), numbers in lines.items():
            of_said = {
                column: self._of_which_part(
                    meaning_beside(head, line_head, key, self.layout.context, self._grid_of(column))
                )
                for column, head in heads.items()
                if column in self.layout.figures
            }
            for column, meaning in settled(of_said, units, self._choices_of_words()).items():
                unknown |= {column} if meaning.asked else set()
                if meaning.choice == OUT:
                    left.setdefault(column, Meaning(OUT, meaning.why))
                elif meaning.choice:
                    choices.setdefault(column, Meaning(meaning.choice, _BY_WORDS))
                of_said[column] = meaning
            for number in numbers:
                self.in_lines[number] = of_said
        if not lines or sum(map(len, lines.values())) != len(self.rows_of):
            return {}
        return {
            column: choices.get(column) or left.get(column) or Meaning(OUT, _BY_WORDS)
            for column in self.layout.figures
            if column not in unknown
        }

    def in_line(self, line: Line, name: str, meanings: dict[int, Meaning]) -> dict[int, Meaning]:
        """What the columns hold in the line; what a person said of a column holds everywhere."""
        by_column = {}
        for column, plain in meanings.items():
            meaning = self.in_lines.get(line.number, {}).get(column, plain)
            if plain.is_said and not self.said[line.number].column:
                meaning = plain
            elif meaning.asked and not plain.asked:
                meaning = self._ask_in_line(line, name, column, meaning)
            by_column[column] = meaning
        out = [
            meaning.why
            for column, meaning in by_column.items()
            if meaning.choice == OUT and not meaning.is_said and line.get(column)
            if column not in self.by_heads
        ]
        if out:
            self.wording.leave_out(name, self.said[line.number], out[0])
        return by_column

    def _ask_in_line(self, line: Line, name: str, column: int, meaning: Meaning) -> Meaning:
        said = self.said[line.number]
        field = f"column-{column + 1}-line-{line.number}"
        answer = self.answers.get(field, "")
        if answer in dict(self._options(column)):
            return Meaning(answer, is_said=True)
        beside = ", ".join(f"“{shortened(text, 40)}”" for text in said.printed)
        text = shortened(line.get(column), 40)
        self.reading.questions.append(
            Question(
                field,
                f"What is {text} at “{name}”, {beside}? {meaning.why}",
                self._options(column),
            )
        )
        return meaning

    def _grid_of(self, column: int) -> Grid:
        """The grid for a column: one of figures alone is none of the columns of words."""
        cells = [cell for line in self.layout.body if not is_nothing(cell := line.get(column))]
        return self.grid.of_figures if all(map(is_figure, cells)) else self.grid

    def _count_wholes(self, heads: dict[int, Head]) -> None:
        """A total beside a column that is headed by % alone is how many there are in all."""
        if not any(head.unit == "%" and not (head.phrase or head.when) for head in heads.values()):
            return
        letters = [column for column, head in heads.items() if head.is_letter]
        for column, head in heads.items():
            if not head.unit and head.phrase in self.grid.wholes_said:
                heads[column] = self.layout.heads[column] = replace(head, unit="number")
            elif head.unit == "number" and letters == [column]:
                # "n" beside "%" is how many there are.
                heads[column] = self.layout.heads[column] = replace(head, is_letter=False)

    def _any_so_far(self) -> bool:
        rows = {row for rows in self.rows_of.values() for row in rows}
        return any(self.grid.rows[row].so_far for row in rows)

    def _of_which_part(self, meaning: Meaning) -> Meaning:
        """Asks, where neither a column nor its lines say which part they are for."""
        if meaning.choice != self.grid.default or meaning.so_far or not self.grid.parts:
            return meaning
        several = [rows for rows in self.rows_of.values() if len(rows) > 1]
        if not any(
            len({self.grid.rows[row].group for row in rows}) == 1
            and all(self.grid.rows[row].part != WHOLE for row in rows)
            for rows in several
        ):
            return meaning
        return Meaning("", "It does not say which part it is for.", sure=False)

    def kept(self) -> list[int]:
        """The columns of figures, and those of words that the grid has boxes for."""
        known = {
            column: column_of(self.layout.heads.get(column, Head()), self.grid)
            for column in self.layout.texts
        }
        of_words = [column for column, named in known.items() if named and named.of_words]
        return sorted([*self.layout.figures, *of_words])

    def _other_words(self) -> list[int]:
        """The columns of words that go nowhere and say nothing of the figures beside them."""
        placed = {*self.kept(), *self.wording.columns, *self.layout.names}
        return [column for column in self.layout.texts if column not in placed]

    def _choices_of_words(self) -> frozenset[str]:
        return frozenset(column.key for column in self.grid.columns if column.of_words)

    def _asks(self, column: int, head: Head, meaning: Meaning) -> str:
        place = self.layout.column_at(column).casefold()
        named = f"“{shortened(head.text)}”" if head.text else place
        return f"What is {named}? {meaning.why}".strip()

    def _options(self, column: int) -> list[tuple[str, str]]:
        """What the column may be taken for: one of words for one of words."""
        of_words = self._choices_of_words()
        is_of_words = column not in self.layout.figures
        choices = [pair for pair in self.grid.choices if not is_of_words or pair[0] in of_words]
        return [*choices, (OUT, "Leave it out")]

    def unheaded(self) -> dict[int, Meaning]:
        """With names but no heads, one column of figures is the result; several are asked about."""
        if self.layout.heads or not self.grid.default or len(self.layout.figures) > 1:
            return {}
        column = self.layout.figures[0]
        after_names = not self.layout.names or column > self.layout.names[0]
        meaning = Meaning(self.grid.default, "It is the only column of figures.")
        return {column: meaning} if after_names and self.is_of_now() else {}

    def is_of_now(self) -> bool:
        """Whether no title names a period other than the grid's own."""
        when = self.layout.context.when
        return not when or any(when.is_of(own) == OWN for own in self.grid.own)
