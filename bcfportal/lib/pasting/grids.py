"""What a block is laid onto: the rows, parts and columns of a grid of boxes, and their names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from bcfportal.lib.pasting.heads import OTHER, read_head
from bcfportal.lib.pasting.names import RowNames, fold
from bcfportal.lib.periods import Period

# The part of a row that is of all parts together.
WHOLE = "whole"


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for ``core`` and ``beside`` of a column."""
    return frozenset(text.split())


# Words that say how long a figure's time is.
TIMES = {
    "month": word_set("month months monthly mth"),
    "quarter": word_set("quarter quarterly qtr"),
    "year": word_set("year years annual yearly"),
}


def time_of(period: Period) -> str:
    """What a period is: a month, a quarter or a year."""
    return "month" if period.month else "quarter" if period.quarter else "year"


# What tables of councils are headed with.
_PHRASES = (
    *("better care fund", "health and wellbeing board", "integrated care board", "care board"),
    *("adult social care", "adult social services", "adult care", "social care", "section 75"),
    *("against target", "against targets", "against plan", "targets and results"),
    *("target and actual", "target and result", "targets and actuals", "performance targets"),
)


# Heads of columns of words that are remarks on a row's figures.
REMARKS = word_set("comment comments commentary commentaries note notes remark remarks narrative")
BESIDE_REMARKS = word_set(
    "performance progress additional further other any general result results quarter month year "
    "period latest council officer your our"
)


def _no_words(*_: object) -> str:
    return ""


@dataclass(frozen=True)
class Row:
    """A row of boxes. Rows of one ``group`` are the parts of one thing, such as its providers.

    ``so_far``: its figures are added up since April, and are not of a quarter or a month alone.
    """

    names: tuple[str, ...]
    number: str = ""
    part: str = ""
    group: int | None = None
    so_far: bool = False


@dataclass(frozen=True)
class Part:
    """A part that figures are split by, with all that it is called."""

    key: str
    label: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """A column of boxes, and the heads that mean it.

    A head means the column where it is one of ``names``, or where its words are of ``core`` and
    ``beside`` with one of ``core`` at least. ``year`` and ``day`` (day, month) are those of its
    figures, where that is not the grid's own period. ``of_words``: its boxes hold words.
    """

    key: str
    label: str
    names: tuple[str, ...] = ()
    core: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    year: int | None = None
    day: tuple[int, int] | None = None
    of_words: bool = False

    @cached_property
    def folded(self) -> frozenset[str]:
        return frozenset(map(fold, (self.label, *self.names)))


@dataclass(frozen=True)
class Grid:
    """The boxes that a block may fill.

    ``default`` is the key of the column that a figure without a head belongs to; none where several
    may be meant. ``own`` are the periods whose figures the grid takes, the first one before all.
    ``wholes`` are rows that are worked out; ``units`` are words that may stand behind a figure.
    ``reason`` says what a cell's words choose where they stand for a figure, such as "Not yet
    available"; nothing for others.
    """

    rows: Sequence[Row]
    columns: Sequence[Column]
    own: tuple[Period, ...]
    parts: Sequence[Part] = ()
    default: str = ""
    wholes: Sequence[str] = ()
    # What all parts together are called: the council's own names, "Total".
    of_all: Sequence[str] = ()
    # What its tables are headed with: the project, the section.
    titles: Sequence[str] = ()
    units: frozenset[str] = frozenset()
    reason: Callable[[str], str] = _no_words
    # Whether its figures are of the whole year, whatever month they are reported in.
    of_year: bool = False
    # Units of heads whose figures are none of its own, with what they are: "in per cent".
    other_units: Mapping[str, str] = field(default_factory=dict)
    # Why a column of a unit is none of a row's box: refuses(row, key, unit), in a sentence.
    refuses: Callable[[int, str, str], str] = _no_words

    @cached_property
    def names(self) -> RowNames:
        """The rows by all that they are called, with their part and without."""
        labels = {part.key: part.names for part in self.parts}
        return RowNames(
            [
                (
                    *row.names,
                    *(f"{row.number} {name}" for name in row.names if row.number),
                    *(
                        f"{name} {part}"
                        for name in row.names
                        for part in labels.get(row.part, ())
                        if part
                    ),
                )
                for row in self.rows
            ]
        )

    @cached_property
    def is_so_far(self) -> bool:
        """Whether any row is added up since April, at a time when that is more than one period."""
        return self.own[0].first_day.month != 4 and any(row.so_far for row in self.rows)

    def called(self, text: str) -> frozenset[int]:
        """The rows that a text names, alone or with the grid's own period: "Falls seen, Q3"."""
        if rows := self.names.find(text):
            return rows
        head = read_head(text)
        own = head.when and any(head.when.is_of(period) != OTHER for period in self.own)
        return self.names.find(head.phrase) if own and head.phrase else frozenset()

    @cached_property
    def wholes_said(self) -> frozenset[str]:
        """What all parts together are called, folded."""
        return frozenset(map(fold, self.of_all))

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """What may stand around its figures and says nothing of them, folded, the longest first."""
        names = (
            *self.of_all,
            *self.titles,
            *self.wholes,
            *(n for row in self.rows for n in row.names),
        )
        # A name of one word is a word for other things too: "Carers".
        several = {fold(name) for name in names if " " in fold(name)}
        alone = {*map(fold, (*self.of_all, *self.titles)), *_PHRASES}
        return tuple(sorted(several | alone, key=lambda phrase: (-len(phrase), phrase)))

    @cached_property
    def said_of_all(self) -> frozenset[str]:
        """Words that say no more than that results of the grid's own periods stand there."""
        own = self.column(self.default).core if self.default else frozenset[str]()
        if not self.default:
            own = own.union(*(column.core for column in self.of_figures.columns))
        times = (TIMES[time_of(period)] for period in self.own)
        return own.union(*times)

    def without_units(self, phrase: str) -> str:
        """Folded words of a head without the unit of rows that they say: "carers", "visits"."""
        padded = f" {phrase} "
        for unit in sorted(self.units, key=lambda unit: (-len(unit), unit)):
            for said in (f" number of {unit} ", f" no of {unit} ", f" {unit} "):
                padded = padded.replace(said, "  ")
        return " ".join(padded.split())

    @property
    def has_units(self) -> bool:
        """Whether its rows have units of their own, in words."""
        return self.refuses is not _no_words

    @cached_property
    def of_figures(self) -> "Grid":
        """The grid without its columns of words, for columns that hold figures alone."""
        return replace(self, columns=[column for column in self.columns if not column.of_words])

    @cached_property
    def whole_names(self) -> RowNames:
        return RowNames([(name,) for name in self.wholes])

    @cached_property
    def numbers(self) -> dict[str, frozenset[int]]:
        """The rows by their printed number, or by their place where none has a number."""
        by_number: dict[str, set[int]] = {}
        printed = any(row.number for row in self.rows)
        for place, several in enumerate(self.groups, start=1):
            for row in several:
                name = fold(self.rows[row].number if printed else str(place))
                if name:
                    by_number.setdefault(name, set()).add(row)
        return {name: frozenset(rows) for name, rows in by_number.items()}

    @cached_property
    def groups(self) -> list[tuple[int, ...]]:
        """The rows that are parts of one thing, in order; a row alone is a group of its own."""
        by_group: dict[object, list[int]] = {}
        for number, row in enumerate(self.rows):
            key = ("row", number) if row.group is None else ("group", row.group)
            by_group.setdefault(key, []).append(number)
        return [tuple(rows) for rows in by_group.values()]

    @cached_property
    def part_names(self) -> dict[str, str]:
        """The keys of parts by all that they are called, folded."""
        return {fold(name): part.key for part in self.parts for name in part.names if name}

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)

    def label(self, choice: str) -> str:
        """What a choice of ``choices`` is called."""
        return dict(self.choices)[choice]

    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        """(choice, label) of all that a column of figures may be: "value", "value|south"."""
        choices = [
            (f"{self.default}|{part.key}", f"{self.column(self.default).label}, {part.label}")
            for part in self.parts
        ]
        return choices + [(column.key, column.label) for column in self.columns]
