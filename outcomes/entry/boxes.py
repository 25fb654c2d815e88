"""The grid of a return's measures: its rows and boxes, as typed and as read."""

from dataclasses import dataclass, field
from decimal import Decimal

from bcfportal.lib.periods import Period
from bcfportal.lib.plausible import tick
from bcfportal.lib.ratings import COLOURS
from outcomes.entry.validation import FIGURES, MORE, REASONS, Status
from outcomes.models import Measure, Result, Segment
from outcomes.rules import Rated
from typed.boxes import Box


@dataclass(frozen=True)
class Last:
    """The result before this period. The rating is the declared one or else the rule's."""

    text: str
    period_label: str
    rated: Rated
    result: Result
    # Whether it measures the same thing as the figure asked for now, so the two can be compared.
    is_alike: bool

    @property
    def is_rated(self) -> bool:
        return self.rated.rating in COLOURS


@dataclass(frozen=True)
class Row:
    """A measure, for one segment or the total: what is asked, last time's result, what is typed."""

    key: str
    measure: Measure
    segment: Segment | None
    unit: str
    target_words: str
    last: Last | None
    boxes: dict[str, Box]
    status: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    # The value in words where nobody typed it.
    worked_out: str
    # Neither a figure nor a reason for none was given: no error while the return is a draft.
    missing: bool
    rated: Rated
    # The figures before, latest first: (month in words, figure in words).
    history: list[tuple[str, str]] = field(default_factory=list)
    # For the rules: (month in words, figure) by time, and the target now and then.
    known_before: list[tuple[str, Decimal]] = field(default_factory=list)
    target: Decimal | None = None
    last_target: Decimal | None = None
    # Why the value is unlike earlier ones, if it is; a person then confirms that it is right.
    unusual: str = ""
    # The period of the figure, and whether that is the return's own.
    when: Period = field(kw_only=True)
    is_own: bool = True
    # Whether the period ends with the return's: its rating counts.
    is_now: bool = True
    # What was said of the figure so far, where it is awaited.
    awaited: str = ""

    @property
    def right(self) -> str:
        """What a tick confirms: this value or reason for none, and no other typed later."""
        if self.value is not None or not self.unusual:
            return tick(self.value)
        return f"yes: {self.status} {self.boxes['expected'].text}".strip()

    @property
    def is_said_right(self) -> bool:
        """Whether a person has confirmed that this value is right."""
        return bool(self.right) and self.boxes["right"].text == self.right

    @property
    def asks_if_right(self) -> bool:
        """Whether an unusual value still waits for a person to confirm it."""
        return bool(self.unusual) and not self.is_said_right

    @property
    def asked_in_words(self) -> str:
        """For the checker: what is unusual about the value, and whether it was confirmed."""
        said = " Said to be right." if self.is_said_right else ""
        return f"{self.name}: {self.unusual}{said}" if self.unusual else ""

    @property
    def segment_name(self) -> str:
        return self.segment.name if self.segment else ""

    @property
    def name(self) -> str:
        """The measure with its segment, as sentences about the row call it."""
        text = self.measure.name
        short = text if len(text) <= 70 else f"{text[:69].rstrip()}…"
        named = f"{short}, {self.segment_name}" if self.segment else short
        return named if self.is_own else f"{named}, {self.when.label}"

    @property
    def of_year(self) -> str:
        """The year of a project's yearly figure, in words; empty for other figures."""
        yearly = (
            self.is_own and self.measure.project_id and not (self.when.quarter or self.when.month)
        )
        return self.when.label if yearly else ""

    @property
    def is_typed(self) -> bool:
        """Whether the row has a figure, a reason or a text."""
        return any(self.boxes[what].text for what in (*FIGURES, "none", *MORE))

    @property
    def figures(self) -> list[Box]:
        return [self.boxes[what] for what in FIGURES]

    @property
    def errors(self) -> list[Box]:
        return [box for box in self.boxes.values() if box.error]

    @property
    def has_more(self) -> bool:
        """Whether there is anything in the part of the row that is folded away."""
        return any(self.boxes[what].text or self.boxes[what].error for what in MORE)


@dataclass(frozen=True)
class Grid:
    """All rows of a return's measures, in the order of the page."""

    rows: list[Row] = field(default_factory=list)
    reasons: tuple[Status, ...] = REASONS

    @property
    def sections(self) -> list[tuple[str, list[Row]]]:
        """Rows by the heading under which their measure is printed."""
        sections: list[tuple[str, list[Row]]] = []
        for row in self.rows:
            heading = row.measure.heading
            if not sections or (heading and heading != sections[-1][0]):
                sections.append((heading, []))
            sections[-1][1].append(row)
        return sections

    @property
    def own(self) -> list[Row]:
        """The rows of the return's own period: those that must be filled in."""
        return [row for row in self.rows if row.is_own]

    @property
    def missing(self) -> list[Row]:
        return [row for row in self.rows if row.missing]

    @property
    def ratings(self) -> dict[str, dict[str, str]]:
        """Each row's rating by key, in the form that the page's script takes."""
        return {
            row.key: {
                "rating": row.rated.rating.value,
                "label": row.rated.rating.label,
                "reason": row.rated.reason,
                "unusual": row.unusual,
                "right": row.right,
            }
            for row in self.rows
        }
