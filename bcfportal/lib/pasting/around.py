"""The words around the figures of a block: its titles, the heads over its names, lines below.

Each text that is not known whole covers figures: those of the whole block, or those below it. It is
said of their lines, as words beside their names are; so nothing of it is lost without a word.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from bcfportal.lib.pasting.figures import is_figure, is_nothing
from bcfportal.lib.pasting.grids import Grid, word_set
from bcfportal.lib.pasting.harmless import told_by
from bcfportal.lib.pasting.heads import OTHER, Head, When, read_head, together
from bcfportal.lib.pasting.layout import NAME_HEADS, NUMBERS, YEAR, Layout, Line
from bcfportal.lib.pasting.meaning import FILLING, something_else
from bcfportal.lib.pasting.names import fold, shortened
from bcfportal.lib.pasting.units import is_unit

# Words that stand beside others and change nothing: "North locality", "All ages", "In the month".
BESIDE = word_set(
    "locality localities area areas district districts place team provider council county borough "
    "unitary authority quarter qtr month mth period year yr data row line result value figure "
    "service trust neighbourhood pcn"
)
# Heads of columns that say who answers for a row, or how it is counted, and not which figure.
OF_ROWS = word_set(
    "owner owners lead leads officer officers manager managers director responsible accountable "
    "contact author unit units uom measured frequency collection collected polarity source sources "
    "data definition definitions description note notes comment comments commentary narrative "
    "action actions next steps progress remark remarks why "
    "explanation explanations reason reasons rag brag rating ratings status trend direction travel "
    "good better is high low ref reference code codes id no number numbers theme domain priority "
    "objective objectives outcome outcomes category sro supplier contract system quality"
)
_OF_NAMES = NAME_HEADS | NUMBERS | OF_ROWS | BESIDE | word_set("type kind group category partner")
# A line alone that says so is of all lines below it.
_SECTIONS = word_set(
    "target targets plan planned trajectory baseline last previous prior earlier england national "
    "regional variance variances"
)
_RESULTS = word_set("actual actuals result results performance achieved")
# What is set for a year, and is reported on in another.
_SET = word_set("objectives objective priorities aims goals")
# Of so many texts each is asked about; of more, all at once.
_MOST = 6


# What a line below all figures begins with where it is a note on them.
_FOOTNOTE = re.compile(r"\s*(?:[*†‡§]|(?:data )?sources?\b|foot ?notes?\b|notes?\b)", re.IGNORECASE)


def is_footnote(text: str) -> bool:
    """Whether a line below all figures is a note on them: "* excludes…", "Source: ONS"."""
    return _FOOTNOTE.match(text) is not None


class Around:
    """The texts that cover lines of a block. Says in the layout what its notes say of when."""

    def __init__(self, layout: Layout, grid: Grid) -> None:
        self._layout, self._grid = layout, grid
        self._of_all = ""
        self._unknown: dict[str, str] = {}
        self._below: dict[int, list[str]] = {}
        # Units in words that are said of all figures.
        self.units: list[str] = []
        # Notes below all, which change nothing.
        self.footnotes: list[str] = []
        self._read_names()
        self._read_titles()
        self._read_body()
        if len(self._unknown) > _MOST:
            several = [shortened(text, 30) for text in self._unknown.values()]
            more = f"{'”, “'.join(several[:_MOST])}” and {len(several) - _MOST} more"
            self._unknown = {"": more}

    def of(self, line: Line) -> list[str]:
        """What covers the line, in its words."""
        return [*self._below.get(line.number, []), *self._unknown.values()]

    # Of the whole block.

    def _read_names(self) -> None:
        """The heads of columns that hold no figures say what is said of all."""
        layout = self._layout
        over = {*layout.names, *layout.numbers, *layout.parts}
        filled = {column for line in layout.body for column, _ in line.filled}
        for column, head in layout.heads.items():
            if column in over:
                self._note(head.text, _OF_NAMES, is_head=True)
            elif column not in filled and not (head.when or something_else(head.phrase)):
                # What says no more than when is the head of a column that is empty.
                self._note(head.text)
        for text in layout.above_heads:
            self._note(text, _OF_NAMES)

    def _read_titles(self) -> None:
        section = ""
        for text in dict.fromkeys(self._layout.titles):
            if self._is_section(text):
                section = text
            else:
                # What it says of when is in the layout's context already.
                self._note(text, is_title=True)
        self._of_all = section

    def _note(
        self,
        text: str,
        known: frozenset[str] = frozenset(),
        *,
        is_head: bool = False,
        is_title: bool = False,
    ) -> None:
        """Notes what the text says of all figures: of when, in what unit, or not known."""
        layout = self._layout
        told = told_by(text, self._grid, known)
        set_words = set(fold(text).split()) & _SET
        if told.when and not is_title and not (is_head and set_words and _is_year(told.when)):
            both = together(layout.context.when, told.when)
            layout.context = replace(layout.context, when=both or self._other(told.when))
        if told.rest and self._grid.has_units and is_unit(told.rest, self._grid.units):
            self.units.append(told.rest)
        elif told.rest and fold(text) not in self._grid.part_names:
            self._unknown.setdefault(fold(text), text)
        elif not told.rest and told.unit and not self._layout.context.unit:
            self._layout.context = replace(self._layout.context, unit=told.unit)

    def _other(self, when: When) -> When:
        """Of two periods that differ, the one that is not the grid's own."""
        own = all(when.is_of(period) == OTHER for period in self._grid.own)
        return when if own else self._layout.context.when

    # Of the lines below.

    def _read_body(self) -> None:
        layout, grid = self._layout, self._grid
        lines = [line for line in layout.body if line.filled]
        figures = [any(is_figure(line.get(column)) for column in layout.figures) for line in lines]
        last = max((at for at, holds in enumerate(figures) if holds), default=-1)
        for line in lines[last + 1 :]:
            for text in self._alone(line):
                told = told_by(text, grid)
                if not (told.rest or told.when or told.unit):
                    continue
                if is_footnote(text):
                    head = read_head(text)
                    if told.when or told.unit or something_else(head.phrase):
                        self._unknown.setdefault(fold(text), text)
                    else:
                        self.footnotes.append(text)
                elif self._is_section(text, is_note=True):
                    self._unknown.setdefault(fold(text), text)
                else:
                    self._note(text)
        section, unknown = self._of_all, ""
        for line, holds in zip(lines[: last + 1], figures, strict=False):
            if not holds:
                for text in self._alone(line):
                    if self._is_section(text) or self._says_other(text):
                        section = text
                    elif fold(text) in self._grid.wholes_said:
                        unknown = ""
                    elif (told := told_by(text, self._grid)).rest or told.unit:
                        unknown = text
            self._below[line.number] = list(filter(None, (section, unknown)))

    def _alone(self, line: Line) -> Iterator[str]:
        """The texts of a line without figures that are no names, parts or words beside them."""
        layout, grid = self._layout, self._grid
        alone = len({fold(cell) for _, cell in line.filled}) == 1
        of_row = (column for column, _ in line.filled if column in (*layout.names, *layout.parts))
        if not alone and (line.name or any(map(self._names_one, map(line.get, of_row)))):
            return
        if layout.is_across and self._is_remark(line):
            return
        for column, cell in line.filled[:1] if alone else line.filled:
            is_year = alone and len(line.filled) == 1 and YEAR.fullmatch(cell)
            if (is_figure(cell) and not is_year) or is_nothing(cell) or grid.reason(cell):
                continue
            if self._names_one(cell) if alone else grid.called(cell):
                continue
            if alone or (column in layout.figures and not self._is_head(column, cell)):
                yield cell

    def _is_remark(self, line: Line) -> bool:
        """Whether a line was a column of owners, comments and the like before it was turned."""
        said = {word for column in self._layout.names for word in fold(line.get(column)).split()}
        return bool(said) and said <= OF_ROWS

    def _names_one(self, cell: str) -> bool:
        """Whether a cell names a row, what is worked out of rows, or a part."""
        grid = self._grid
        named = grid.called(cell) or grid.whole_names.find(cell)
        return bool(named) or fold(cell) in grid.part_names

    def _is_head(self, column: int, cell: str) -> bool:
        head = self._layout.heads.get(column, Head())
        return f" {fold(head.text)} ".endswith(f" {fold(cell)} ")

    def _says_other(self, text: str) -> bool:
        told = told_by(text, self._grid)
        other = all(told.when.is_of(own) == OTHER for own in self._grid.own)
        is_own_year = told.when.year == self._grid.own[0].start_year
        return bool(told.when) and other and not told.rest and not is_own_year

    def _is_section(self, text: str, *, is_note: bool = False) -> bool:
        """Whether a line alone says of all below it that they are targets, or of a period."""
        grid = self._grid
        if is_figure(text) or grid.called(text) or fold(text) in grid.part_names:
            return False
        head = read_head(text)
        said = set(head.phrase.split())
        if something_else(head.phrase):
            return said <= _SECTIONS | FILLING | BESIDE
        when = head.when
        known = said <= FILLING | BESIDE | _RESULTS or (
            is_note and not told_by(text, grid).rest and not told_by(text, grid).is_own(grid)
        )
        return known and (bool(when.quarter or when.month or when.day) or bool(said & _RESULTS))


def _is_year(when: When) -> bool:
    return not (when.quarter or when.month or when.day)
