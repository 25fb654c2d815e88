"""What the words beside the name of a row say of its line: a target, a period, a part, the whole.

A table with one column of figures often says in a second column of words which figure a line holds:
"Target", "Actual", "Q2 2026/27", "North". They are read as heads of columns are.
"""

import re
from dataclasses import dataclass, field, replace

from bcfportal.lib.pasting.around import BESIDE, OF_ROWS, Around, is_footnote
from bcfportal.lib.pasting.figures import is_figure, is_nothing
from bcfportal.lib.pasting.grids import WHOLE, Grid, word_set
from bcfportal.lib.pasting.harmless import told_by
from bcfportal.lib.pasting.heads import OTHER, Head, is_bare_no, read_head, together
from bcfportal.lib.pasting.layout import Layout, Line
from bcfportal.lib.pasting.meaning import (
    FILLING,
    KINDS,
    SO_FAR,
    column_of,
    something_else,
    without_part,
)
from bcfportal.lib.pasting.names import fold
from bcfportal.lib.pasting.units import is_unit

_YEAR = re.compile(r"20\d\d", re.ASCII)
_DATES = word_set("date dates deadline due year by month")
_OF_DATES = word_set(
    "due deadline start updated review next expected baseline target revised completion published "
    "refreshed"
)
_KNOWN = frozenset(KINDS) | FILLING | BESIDE
_COLOURS = word_set("green amber red blue grey g a r b yes no y n up down same")
# Beside a figure of the year they are of a part of it: "Budget in month".
_PARTS_OF_A_YEAR = word_set("month mth quarter qtr period")
_NUMBERED = {
    "year": ("", range(2000, 2100)),
    "years": ("", range(2000, 2100)),
    "calendar year": ("", range(2000, 2100)),
    "quarter": ("Quarter", range(1, 5)),
    "qtr": ("Quarter", range(1, 5)),
    "month": ("Month", range(1, 14)),
    "period": ("Period", range(1, 14)),
}
# Words that say of a line that it is what others beside it come to, and that they stand with.
_NET = word_set("net total overall")
_OF_NET = word_set("cost costs expenditure spend spending position programme")
# Words of columns that say surely which figure a line holds; the others may name a part.
_SURE = word_set(
    "value values result results actual actuals act performance outturn forecast projected budget "
    "budgets"
)
# What may be all of a council, or its own part beside another's.
_PERHAPS_ALL = word_set("council county")
# Where words stand that are in no column: around the figures, and in a name's brackets.
AROUND, NAME = -1, -2
# So many columns of remarks are looked at for what tells lines apart.
_MOST_TELLING = 20
# What is longer is a remark.
_LONGEST = 60
_MOST_WORDS = 6


@dataclass(frozen=True)
class Said:
    """What the words of a line say together.

    ``part`` is one of the grid's, ``column`` the key of one. ``out`` is why the line holds no
    result, in half a sentence; ``unknown`` are its words that are not known, with their columns.
    ``perhaps`` are words that name a part where other lines of the row have other words.
    """

    head: Head = field(default_factory=Head)
    part: str = ""
    column: str = ""
    out: str = ""
    unknown: tuple[tuple[int, str], ...] = ()
    printed: tuple[str, ...] = ()
    perhaps: tuple[tuple[int, str], ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether the heads of the columns say alone what the line's figures are."""
        return not (self.head.when or self.head.phrase or self.column)

    @property
    def tells(self) -> bool:
        """Whether there are words, and all are known."""
        return bool(self.printed) and not self.unknown

    def as_part(self) -> "Said":
        """The same, if what may be a part's name is one: then it is unknown."""
        return replace(self, unknown=(*self.unknown, *self.perhaps), perhaps=())

    def is_of_another_period(self, grid: Grid) -> bool:
        """Whether the words alone say another period than the grid's."""
        when = self.head.when
        partly = when.year == grid.own[0].start_year and not (when.quarter or when.month)
        return bool(when) and not partly and all(when.is_of(own) == OTHER for own in grid.own)


class Beside:
    """The words beside the names of a block, by line. Takes them, and what was merged down.

    Gives lines their name and part where those were merged down beside other words.
    """

    def __init__(self, layout: Layout, grid: Grid) -> None:
        self.layout, self.grid = layout, grid
        self._read: dict[tuple[int, str], Said] = {}
        self._take_names()
        self._numbered = self._take_numbered()
        self._full, self._strict = self._columns()
        self.around = Around(layout, grid)
        self._cells: dict[int, list[tuple[int, str]]] = {}
        self._carry_down()
        self._find_telling()

    @property
    def columns(self) -> set[int]:
        """The columns whose words say which figures stand beside them."""
        return self._full

    def of(self, line: Line) -> Said:
        """What the words of the line say. Without words it is plain."""
        said = Said()
        for column, text in (*self._cells.get(line.number, []), *self._in_brackets(line)):
            said = _both(said, self._say(column, text))
        return said

    def _in_brackets(self, line: Line) -> list[tuple[int, str]]:
        """What stands in brackets behind the line's name and is no part of it; units are apart."""
        names = [line.name] if line.name else map(line.get, self.layout.names)
        texts = filter(None, map(self.grid.names.beyond, names))
        return [
            (NAME, text)
            for text in texts
            if not (
                self.grid.has_units and is_unit(fold(text).removeprefix("in "), self.grid.units)
            )
        ]

    # Columns.

    def _take_names(self) -> None:
        """Where the title gives the name, words in the column of names stand beside it."""
        layout, grid = self.layout, self.grid
        cells = [line.get(column) for line in layout.body for column in layout.names]
        if not layout.title or any(map(grid.called, filter(None, cells))):
            return
        layout.texts = sorted({*layout.texts, *layout.names})
        layout.names = []
        for line in layout.body:
            line.name = layout.title if line.filled else ""

    def _take_numbered(self) -> dict[int, str]:
        """Columns of years, or of numbers of quarters or months, which are no figures."""
        numbered = {}
        layout = self.layout
        for column in layout.figures if len(layout.figures) > 1 else ():
            head = layout.heads.get(column, Head())
            says = head.when or column_of(head, self.grid)
            kind = _NUMBERED.get(fold(layout.heads.get(column, Head()).text))
            cells = [cell for line in layout.body if (cell := line.get(column))]
            if not kind and not says and all(map(_YEAR.fullmatch, cells)):
                kind = _NUMBERED["year"]
            elif column == layout.figures[-1]:
                continue
            if kind and all(cell.isdecimal() and int(cell) in kind[1] for cell in cells):
                numbered[column] = kind[0]
        layout.figures = [column for column in layout.figures if column not in numbered]
        return numbered

    def _columns(self) -> tuple[set[int], set[int]]:
        """Those whose words all say something, and those of which only known words do."""
        full: set[int] = set(self._numbered)
        strict: set[int] = set()
        body, first = self.layout.body, min(self.layout.figures, default=0)
        for column in self.layout.texts:
            if column in self.layout.names:
                continue
            head = self.layout.heads.get(column, Head())
            said = set(head.phrase.split())
            if said & _OF_DATES and said & _DATES:
                continue
            known = column_of(head, self.grid)
            if known and known.of_words:
                continue
            of_rows = said and said <= OF_ROWS | FILLING
            told = known or head.when or something_else(head.phrase)
            right = column > first and any(line.get(column)[:1].isdigit() for line in body)
            is_strict = bool(of_rows or told or right)
            if column in self.layout.beside_names or (is_strict and self._goes_on(column)):
                is_strict = False
            (strict if is_strict else full).add(column)
        return full, strict

    def _goes_on(self, column: int) -> bool:
        """Whether lines without a name of their own have words there: a name was merged down."""
        layout, named = self.layout, False
        for line in layout.body:
            own = line.name or any(map(line.get, layout.names))
            figures = any(is_figure(line.get(place)) for place in layout.figures)
            if named and not own and figures and not is_nothing(line.get(column)):
                return True
            named = bool(line.filled and (named or own))
        return False

    def _carry_down(self) -> None:
        """Notes the words of each line with figures; a blank one was merged down from above."""
        layout = self.layout
        places = sorted({*layout.names, *layout.parts, *self._full, *self._strict})
        above: dict[int, str] = {}
        for line in layout.body:
            if not line.filled:
                above = {}
                continue
            self._cells[line.number] = [(AROUND, text) for text in self.around.of(line)]
            own = [column for column in places if line.get(column)]
            said = [
                column
                for column in own
                if column not in self._strict or self._words_of(column, line.get(column)).tells
            ]
            if not said or is_nothing("".join(map(line.get, said))):
                # A line of figures alone: nothing says that it goes on.
                self._note(line, [(place, line.get(place)) for place in own])
                continue
            first = min(said)
            above = {column: text for column, text in above.items() if column < first}
            above |= {column: line.get(column) for column in own}
            named = [column for column in layout.names if column in above]
            if named and not line.name and not any(line.get(place) for place in layout.names):
                line.name = above[named[-1]]
            for column in layout.parts:
                if column in above and not line.get(column):
                    line.part = self.grid.part_names.get(fold(above[column]), line.part)
            texts = [(column, above[column]) for column in places if column in above]
            told = {*self._full, *layout.parts, *(self._strict & set(own))}
            self._note(line, [(column, text) for column, text in texts if column in told])

    def _note(self, line: Line, cells: list[tuple[int, str]]) -> None:
        self._cells[line.number] = [*self._cells.get(line.number, []), *cells]

    def _find_telling(self) -> None:
        """A column of owners or remarks counts if it alone tells two lines apart."""
        for column in sorted(self._strict)[:_MOST_TELLING]:
            seen: dict[object, str] = {}
            for line in self.layout.body:
                if not any(is_figure(line.get(place)) for place in self.layout.figures):
                    continue
                names = tuple(map(line.get, self.layout.names))
                others = tuple(
                    text for place, text in self._cells.get(line.number, []) if place != column
                )
                key = (line.name or names, line.part, others)
                text = fold(line.get(column))
                if text and any(key[0]) and seen.setdefault(key, text) != text:
                    self._full.add(column)
                    break
        self._strict -= self._full

    # Words.

    def _say(self, column: int, text: str) -> Said:
        key = (column, fold(text))
        if key not in self._read:
            said = self._words_of(column, text)
            # A remark may hold words of a target: "Better than last year".
            remark = said.out and not set(read_head(text).phrase.split()) <= _KNOWN
            if column < 0:
                said = self._of_all_words(column, text, said)
            elif column not in self._full and (said.unknown or remark or not said.printed):
                said = Said()
            self._read[key] = said
        return self._read[key]

    def _of_all_words(self, column: int, text: str, said: Said) -> Said:
        """The same where each word of the text is known; else it is not known."""
        told = told_by(text, self.grid)
        if column == AROUND and is_footnote(text):
            return Said(unknown=((column, text),), printed=(text,))
        if column == NAME and (told.is_own(self.grid) or not (told.rest or told.when or told.unit)):
            return Said()
        if not (told.rest or told.when or told.unit) and said.unknown:
            return Said()
        if said.unknown and told.when and not told.rest:
            return Said(Head(text, told.when, told.unit), printed=(text,))
        tells = said.out or said.part or said.column or said.is_of_another_period(self.grid)
        if said.unknown or (tells and said.printed) or (not told.rest and said.printed):
            return said
        return Said(unknown=((column, text),), printed=(text,))

    def _words_of(self, column: int, text: str) -> Said:
        grid, folded = self.grid, fold(text)
        head = read_head(f"{self._numbered.get(column, '')} {text}")
        unknown = Said(unknown=((column, text),), printed=(text,))
        nothing = Said(perhaps=((column, text),))
        if len(text) > _LONGEST:
            return nothing
        if not folded and not head.unit:
            return Said()
        all_of_it = ((column, text),) if folded in _PERHAPS_ALL else ()
        if folded in grid.part_names:
            return Said(part=grid.part_names[folded], printed=(text,), perhaps=all_of_it)
        if folded in grid.wholes_said:
            return replace(self._whole(text), perhaps=all_of_it)
        if named := column_of(Head(text, phrase=folded), grid):
            exact = folded in named.folded
            if not named.of_words:
                plain = not exact or named.key == grid.default
                return Said(
                    Head(text, phrase=head.phrase, when=head.when, unit=head.unit),
                    column="" if plain else named.key,
                    printed=(text,),
                    perhaps=() if exact or set(folded.split()) & _SURE else ((column, text),),
                )
        if is_bare_no(text) and head.unit == "number" and not head.phrase:
            if column == NAME:
                return unknown
            return Said(
                Head(text, head.when, head.unit), printed=(text,), perhaps=((column, text),)
            )
        said, part = without_part(head.phrase, grid)
        word_list = said.split()
        if len(word_list) > _MOST_WORDS:
            return unknown
        kind = something_else(said)
        if kind and kind != SO_FAR:
            return Said(out=f"it is {kind}", printed=(text,))
        beside = BESIDE - _PARTS_OF_A_YEAR if grid.of_year else BESIDE
        rest = [word for word in word_list if word not in FILLING | beside]
        if kind == SO_FAR:
            return Said(Head(text, head.when, head.unit, said), part, printed=(text,))
        if set(rest) <= _COLOURS and rest and not head.when.is_end:
            return nothing
        is_net = "net" in rest and set(rest) <= _NET | _OF_NET
        if is_net or " ".join(rest) in grid.wholes_said or (rest and set(rest) <= _NET):
            return self._whole(text)
        if not rest:
            bare = Head(text, head.when, head.unit) if head.when or head.unit else Head()
            return Said(bare, part, printed=(text,)) if bare.text or part else unknown
        if named := column_of(Head(text, phrase=" ".join(rest)), grid):
            exact = " ".join(rest) in named.folded and named.key != grid.default
            return Said(
                Head(text, head.when, head.unit, " ".join(rest)),
                part,
                named.key if exact else "",
                printed=(text,),
                perhaps=() if exact or set(rest) & _SURE else ((column, text),),
            )
        if set(rest) <= {
            word for known in grid.of_figures.columns for word in known.core | known.beside
        }:
            perhaps = () if set(rest) & _SURE else ((column, text),)
            words_of = Head(text, head.when, head.unit, " ".join(rest))
            return Said(words_of, part, printed=(text,), perhaps=perhaps)
        return unknown

    def _whole(self, text: str) -> Said:
        grid = self.grid
        if not grid.parts:
            return Said(printed=(text,))
        if any(part.key == WHOLE for part in grid.parts):
            return Said(part=WHOLE, printed=(text,))
        return Said(out="it is of all parts together", printed=(text,))


def _both(first: Said, second: Said) -> Said:
    when = together(first.head.when, second.head.when)
    parts = {first.part, second.part} - {"", WHOLE}
    two = "it says two things" if when is None or len(parts) > 1 else ""
    # "All" beside a part is all of that part.
    part = min(parts) if parts else first.part or second.part
    head = Head(
        " ".join(filter(None, (first.head.text, second.head.text))),
        when or first.head.when,
        first.head.unit or second.head.unit,
        " ".join(filter(None, (first.head.phrase, second.head.phrase))),
    )
    return Said(
        head,
        part,
        first.column or second.column,
        first.out or second.out or two,
        (*first.unknown, *second.unknown),
        (*first.printed, *second.printed),
        (*first.perhaps, *second.perhaps),
    )
