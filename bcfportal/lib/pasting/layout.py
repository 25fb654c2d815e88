"""How a block is laid out: its titles and heads, its columns of names, and its lines of figures."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from bcfportal.lib.pasting.blocks import Block
from bcfportal.lib.pasting.broken_names import Line, is_name, join_broken_names
from bcfportal.lib.pasting.figures import Figure, figure_in, is_figure, is_nothing
from bcfportal.lib.pasting.grids import WHOLE, Grid, word_set
from bcfportal.lib.pasting.harmless import is_of_paper
from bcfportal.lib.pasting.heads import SERIAL, Head, When, read_head
from bcfportal.lib.pasting.meaning import column_of, something_else
from bcfportal.lib.pasting.name_columns import columns_of_names
from bcfportal.lib.pasting.names import fold

# So many lines may stand over each other as heads; what stands above them are titles.
MOST_HEADS = 4
YEAR = re.compile(r"20\d\d", re.ASCII)
# Years, numbers of quarters and months, and days as Excel counts them: 46296 is 1 October 2026.
_TIME_NUMBER = re.compile(r"20\d\d(?:\d\d)?|1[0-3]|[1-9]|[3-6]\d{4}", re.ASCII)
_OVER_NAMES = word_set("measure measures indicator indicators kpi kpis metric metrics area areas")
NAME_HEADS = word_set(
    "measure measures indicator indicators kpi kpis metric description name title area areas "
    "service services scheme schemes reserve reserves provision provisions objective objectives "
    "outcome outcomes expenditure budget line heading vital sign signs performance project"
)
_OF_NAMES = NAME_HEADS | word_set("the of and or a")
_OF_UNITS = word_set(
    "all figures amounts values are is shown given stated in note of the this table"
)
# Words that say below a measure's name that its result stands there, beside its target.
RESULTS = word_set("target targets actual actuals result results plan performance")
_SIDES = RESULTS | word_set("last previous year quarter month")
NUMBERS = frozenset({"no", "nos", "number", "ref", "reference", "id", "item", "#", "row", "n"})


@dataclass
class Layout:
    """A block taken apart. ``context`` is what its titles say of all of it."""

    heads: dict[int, Head]
    context: Head
    body: list[Line]
    names: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    figures: list[int] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
    # Columns of words that are called as rows are, beside names of other rows.
    beside_names: list[int] = field(default_factory=list)
    # The name that a title says, and the titles.
    title: str = ""
    titles: list[str] = field(default_factory=list)
    # What stands over more heads than are read.
    above_heads: list[str] = field(default_factory=list)
    # All that stands above the body.
    above: list[str] = field(default_factory=list)
    # Whether the names stood across, and the block was turned.
    is_across: bool = False
    # Figures that had a mark or words behind them, by line and column, with the cell as it was.
    marked: dict[tuple[int, int], tuple[str, Figure]] = field(default_factory=dict)

    def line_at(self, number: int) -> str:
        """What a line is called: of a block that was turned it was a column."""
        return f"{'Column' if self.is_across else 'Line'} {number}"

    def column_at(self, column: int) -> str:
        """What a column is called: of a block that was turned it was a line."""
        return f"{'Line' if self.is_across else 'Column'} {column + 1}"


def lies_across(block: list[list[str]], grid: Grid) -> bool:
    """Whether the names of rows stand in the heads, and parts or periods down the side."""
    for line in block[:4]:
        names = [cell for cell in line if cell and not is_figure(cell) and grid.called(cell)]
        if len({grid.called(name) for name in names}) > 1 and not any(map(is_figure, line)):
            return True
        if names and names[0] != line[0] and not any(map(is_figure, line)):
            sides = [other[0] for other in block if other and other is not line and other[0]]
            if sides and all(map(_says_which, sides)):
                return True
            parts = any(fold(side) in grid.part_names for side in sides)
            # What stands below the name, and beside it, is said of its figures.
            said = [read_head(cell) for other in block[:4] for cell in other[1:] if other != line]
            result = any(head.phrase in RESULTS for head in said)
            return (parts or result) and not any(map(grid.called, sides))
        if names:
            return False
    return _sides_say_which(block, grid)


def _sides_say_which(block: Block, grid: Grid) -> bool:
    """Whether the first cells alone say which figures stand beside them, and no head does.

    Then names stand across, though none is known.
    """
    lines = [line for line in block if any(line)]
    heads = next((line for line in lines if len(list(filter(None, line))) > 1), [])
    below = [line for line in lines if any(map(is_figure, line[1:]))]
    if heads in below or not below or not all(_says_which(line[0]) for line in below):
        return False
    return not any(_is_of_figures(text, grid) for text in heads[1:] if text)


def _is_of_figures(text: str, grid: Grid) -> bool:
    """Whether a head says which figures stand below it, rather than naming a row."""
    head = read_head(text)
    said = something_else(head.phrase) or fold(text) in {*grid.part_names, *grid.wholes_said}
    return bool(said or head.when or not head.phrase or column_of(head, grid))


def _says_which(text: str) -> bool:
    """Whether a text says which figures stand beside it: a period, a target, a result."""
    head = read_head(text)
    said = set(head.phrase.split())
    return bool(head.when or said) and said <= _SIDES


def lay_out(block: Block, grid: Grid, *, is_across: bool = False) -> Layout:
    """The block's heads and columns. The cost grows with the number of cells.

    ``is_across``: the block was turned, as its names stood across.
    """
    lines: list[Line] = []
    marked: dict[tuple[int, int], tuple[str, Figure]] = {}
    for number, cells in enumerate(block, start=1):
        figures = [figure_in(cell, grid.units) for cell in cells]
        lines.append(Line(number, [figure.text for figure in figures]))
        marked |= {
            (number, column): (cell, figure)
            for column, (cell, figure) in enumerate(zip(cells, figures, strict=True))
            if figure.mark or figure.unit
        }
    join_broken_names(lines, grid)
    title = _take_out_title(lines, grid)
    is_wide = any(len(line.filled) > 1 for line in lines)
    first = next(
        (
            at
            for at, line in enumerate(lines)
            if line.filled and not (_is_head(line, grid) or (is_wide and _is_title(line, grid)))
        ),
        len(lines),
    )
    above = [line for line in lines[:first] if line.filled]
    one_column = all(column == 0 for line in lines[first:] for column, _ in line.filled)
    heads, context, part, titles, over = _heads(above, grid, one_column)
    repeated = {tuple(map(fold, line.cells)) for line in above}
    body = [
        line
        for line in lines[first:]
        if not (line.filled and tuple(map(fold, line.cells)) in repeated)
    ]
    layout = Layout(heads, context, body, marked=marked, title=title, titles=titles)
    layout.is_across = is_across
    layout.above_heads = over
    layout.above = [cell for line in above for _, cell in line.filled]
    _find_columns(layout, grid)
    if not context.unit:
        layout.context = replace(context, unit=_unit_beside(layout))
    _carry_down(layout, grid, part, title)
    return layout


def _take_out_title(lines: list[Line], grid: Grid) -> str:
    """The name of a row that stands alone over the heads of its parts, taken out of the lines."""
    filled = [line for line in lines if line.filled][:2]
    if len(filled) < 2 or len(filled[0].filled) > 1 or not _is_head(filled[1], grid):
        return ""
    ((_, title),) = filled[0].filled
    if not is_name(title, grid):
        return ""
    filled[0].cells = []
    return title


def _unit_beside(layout: Layout) -> str:
    """The unit of pounds over the names, or in a line below the figures that says no more."""
    over = [layout.heads[column].unit for column in layout.names if column in layout.heads]
    lines = [line.filled[0][1] for line in layout.body if len(line.filled) == 1]
    notes = [head.unit for head in map(read_head, lines) if _says_unit(head)]
    return next((unit for unit in (*over, *notes) if unit.startswith("£")), "")


def _says_unit(head: Head) -> bool:
    return bool(head.unit) and set(head.phrase.split()) <= _OF_UNITS


def _is_head(line: Line, grid: Grid) -> bool:
    """Whether a line has no name of a row and no figure but years.

    Beside "Measure" stand heads, though they are numbers of quarters or of days.
    """
    cells = [cell for _, cell in line.filled]
    if not line.get(0) and all(map(SERIAL.fullmatch, cells)):
        return True
    if _is_over_names(cells[0]) and not is_name(cells[0], grid):
        return all(not is_figure(cell) or _TIME_NUMBER.fullmatch(cell) for cell in cells[1:])
    years = [int(cell) for cell in cells if YEAR.fullmatch(cell)]
    if any(is_figure(cell) and not YEAR.fullmatch(cell) for cell in cells):
        return False
    if any(map(grid.reason, cells)):
        return False
    rising = len(years) > 1 and years == list(range(years[0], years[0] + len(years)))
    if years and len(years) == len(cells) and not rising:
        return False
    return not any(is_name(cell, grid) for cell in cells)


def _is_title(line: Line, grid: Grid) -> bool:
    """Whether a line alone is a year, or says of what the lines below it are a part."""
    if len({cell for _, cell in line.filled}) > 1:
        return False
    column, text = line.filled[0]
    return bool(
        YEAR.fullmatch(text)
        or (not column and grid.whole_names.find(text) and not grid.called(text))
    )


def _heads(
    above: list[Line], grid: Grid, one_column: bool
) -> tuple[dict[int, Head], Head, str, list[str], list[str]]:
    """(heads by column, what titles say of all, the part that one names, titles, more heads)."""
    context, part, over, titles = Head(), "", [], []
    for line in above:
        ((column, text), *others) = line.filled
        # A title may be merged over the whole table.
        is_merged = bool(others) and not column and len({cell for _, cell in line.filled}) == 1
        head = read_head(text)
        of_all = column == 0 or not (head.phrase or head.when)
        is_title = is_merged and line is not above[-1]
        if not is_title and (others or one_column or not of_all or _names_rows(text)):
            over.append(line)
        else:
            part = grid.part_names.get(fold(text), part)
            of_paper = is_of_paper(head, grid)
            context = (replace(head, when=When()) if of_paper else head).under(context)
            titles.append(text)
    more = list(dict.fromkeys(text for line in over[:-MOST_HEADS] for _, text in line.filled))
    over = over[-MOST_HEADS:]
    heads: dict[int, Head] = {}
    for place, line in enumerate(over):
        for column, text in _filled_right(line, over[place + 1 :]):
            head = read_head(text)
            heads[column] = head.under(heads[column]) if column in heads else head
    return heads, context, part, titles, more


def _filled_right(line: Line, below: list[Line]) -> list[tuple[int, str]]:
    """The cells of a line of heads; one that was merged stands over all columns below it."""
    if not below:
        return line.filled
    under = {column for lower in below for column, _ in lower.filled}
    cells, source = [], None
    for column in range(max((*under, len(line.cells) - 1)) + 1):
        text = line.get(column)
        if text:
            source = text if column in under and not _names_rows(text) else None
            cells.append((column, text))
        elif source and column in under:
            cells.append((column, source))
    return cells


def _is_over_names(text: str) -> bool:
    return bool(set(fold(text).split()) & _OVER_NAMES) and _names_rows(text)


def _names_rows(text: str) -> bool:
    """Whether a head says that names of rows stand below it, and nothing of their figures."""
    head = read_head(text)
    phrase = set(head.phrase.split())
    return bool(phrase & NAME_HEADS) and phrase <= _OF_NAMES and not head.when


def _find_columns(layout: Layout, grid: Grid) -> None:
    """Which columns hold names, numbers of rows, parts, figures and other words."""
    named: Counter[int] = Counter()
    figures: Counter[int] = Counter()
    others: Counter[int] = Counter()
    parts: Counter[int] = Counter()
    for line in layout.body:
        for column, cell in line.filled:
            if is_figure(cell) or grid.reason(cell):
                figures[column] += 1
            elif fold(cell) in grid.part_names and not grid.names.find(cell):
                parts[column] += 1
            elif is_name(cell, grid):
                named[column] += 1
            elif not is_nothing(cell):
                others[column] += 1
    like_names = sorted(column for column in named if named[column] >= figures[column])
    layout.names = columns_of_names(layout.body, grid, like_names)
    layout.beside_names = [column for column in like_names if column not in layout.names]
    if not layout.names:
        layout.names = _unknown_names(layout, figures, others)
    layout.parts = sorted(
        column
        for column in parts
        if column not in layout.names and not figures[column] and not others[column]
    )
    taken = {*layout.names, *layout.parts}
    layout.figures = sorted(column for column in figures if column not in taken)
    layout.texts = sorted(
        {column for column in others if column not in taken and not figures[column]}
        | set(layout.beside_names)
    )
    layout.figures = [column for column in layout.figures if column not in layout.beside_names]
    _take_out_numbers(layout, grid)


def _unknown_names(layout: Layout, figures: Counter[int], others: Counter[int]) -> list[int]:
    """The column of names that no row has: headed so, or the first with words and no figures."""
    for column in sorted(others):
        if not figures[column] and _names_rows(getattr(layout.heads.get(column), "text", "")):
            return [column]
    first = min((*figures, *others), default=0)
    return [first] if others[first] and not figures[first] and figures else []


def _take_out_numbers(layout: Layout, grid: Grid) -> None:
    """Columns that number the rows, or stand unheaded before their names, are no figures."""
    figures, numbers = list(layout.figures), []
    if layout.names:
        before = [column for column in figures if column < layout.names[0]]
        numbers = [column for column in before if _may_number(layout.heads.get(column))]
        if numbers == figures and not _are_known(layout, numbers, grid):
            # There are no other figures: what they are is asked.
            numbers = []
    elif len(figures) > 1 and _may_number(layout.heads.get(figures[0])):
        cells = [cell for line in layout.body if (cell := line.get(figures[0]))]
        sure = figures[0] in layout.heads and _is_of_numbers(layout.heads[figures[0]])
        numbers = figures[:1] if _are_row_numbers(cells, grid, sure=sure) else []
    layout.numbers = numbers
    layout.figures = [column for column in figures if column not in set(numbers)]


def _are_known(layout: Layout, columns: list[int], grid: Grid) -> bool:
    cells = [line.get(column) for line in layout.body for column in columns]
    return any(fold(cell) in grid.numbers for cell in cells if cell)


def _is_of_numbers(head: Head) -> bool:
    return fold(head.text) in NUMBERS or head.text.strip(" .") == "#"


def _may_number(head: Head | None) -> bool:
    return head is None or _is_of_numbers(head) or not (head.phrase or head.when)


def _are_row_numbers(cells: list[str], grid: Grid, *, sure: bool) -> bool:
    """Whether numbers without names number the rows: headed so, or all in order."""
    folded = [fold(cell) for cell in cells]
    if not folded or any(number not in grid.numbers for number in folded):
        return False
    named_rows = [grid.numbers[number] for number in folded]
    rising = [min(rows) for rows in named_rows]
    if sure:
        return True
    whole = any(row.number for row in grid.rows) or len(cells) == len(grid.groups)
    return whole and len(cells) > 1 and rising == sorted(set(rising))


def _carry_down(layout: Layout, grid: Grid, part: str, name: str) -> None:
    """A part that heads several lines, and a name that was merged down over them.

    ``name`` is one that a title says of all lines that have none.
    """
    if not name and layout.parts and not layout.names and len(grid.groups) == 1:
        # What the parts are of can be one thing only.
        name = grid.rows[0].names[-1]
    split = all(row.part != WHOLE for row in grid.rows)
    for line in layout.body:
        if not line.filled:
            continue
        cells = [cell for _, cell in line.filled]
        if len(set(cells)) == 1 and (named_part := grid.part_names.get(fold(cells[0]))):
            part, line.cells = named_part, []
            continue
        own = [line.get(column) for column in layout.names if line.get(column)]
        there = [line.get(column) for column in layout.parts if line.get(column)]
        if own and not there and not any(is_name(text, grid) for text in own):
            parts = [text for text in own if fold(text) in grid.part_names]
            # A part among the names is one of what is named above it.
            own, there = ([], parts) if name and parts else (own, there)
        line.part = grid.part_names.get(fold(there[0]), "") if there else part
        if there and split:
            # Where every row has a part, one that is not said again was merged down.
            part = line.part
        if own and not line.name:
            name = own[-1]
        elif not own and there:
            line.name = name
