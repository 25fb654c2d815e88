"""What reading a block gives: cells with their boxes, what each column is, and what is asked."""

from dataclasses import dataclass, field

from bcfportal.lib.pasting.meaning import Meaning


@dataclass(frozen=True)
class Cell:
    """A cell and its box: the row, the column's key, and what the block says of its unit."""

    row: int
    key: str
    text: str
    line: int
    column: int
    # The unit that the column's head says, and that of the block's titles.
    unit: str = ""
    unit_of_all: str = ""


@dataclass(frozen=True)
class Total:
    """A figure that a block prints as a total of its own, and what it may be the total of."""

    name: str
    line: int
    column: int
    text: str
    # The figures of the column: each such list may be what it adds up.
    of: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Question:
    """Something that a person has to say. ``field`` is what it is called in a form."""

    field: str
    sentence: str
    options: list[tuple[str, str]]
    answer: str = ""


@dataclass(frozen=True)
class Placed:
    """A column of figures and what it is taken for."""

    number: int
    head: str
    meaning: Meaning
    label: str
    # (choice, label) of all that a person may take it for.
    options: list[tuple[str, str]] = field(default_factory=list)

    @property
    def field(self) -> str:
        return f"column-{self.number + 1}"


@dataclass
class Reading:
    """The cells with their boxes, what each column is, what is left out and what is asked.

    ``refused`` says why nothing can be placed at all, in a sentence.
    """

    cells: list[Cell] = field(default_factory=list)
    columns: list[Placed] = field(default_factory=list)
    # What the other columns are read for, in sentences: so each column is in one of the two.
    also_read: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    refused: str = ""
    # Whether the names stood across: its columns were the lines of what was pasted.
    is_across: bool = False
    # The units that heads of figures say, by column, also of those that are left out.
    units: dict[int, str] = field(default_factory=dict)
    # Figures of rows in columns that are left out, with no key of a column; and the block's totals.
    beside: list[Cell] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
