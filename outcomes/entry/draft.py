"""A report being written: its sections as typed, what is left to do, and last time's answers.

``Draft`` is what every report has: a project's return, and a month of the council's measures.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from outcomes.entry import grid as entry
from outcomes.entry.boxes import Grid
from outcomes.entry.validation import REASONS
from publishing.models import Report, Section, SectionName
from publishing.progress import Progress, nothing_in, progress, wrong_and_left
from typed.boxes import as_read

# Boxes of a measure whose label differs from their name.
BOX_WORDS = {
    "none": "why there is no figure",
    "expected": "when the figure is expected",
    "right": "this is right",
    "filled": "filled in from last time",
}


REASON_WORDS = {reason.value: str(reason.label) for reason in REASONS}


@dataclass(frozen=True)
class SectionState:
    """How far one section is, for the task list, the board and reminders."""

    name: SectionName
    section: Section
    left: int
    is_sent_back: bool = False

    @property
    def begun(self) -> bool:
        return self.section.version > 0

    @property
    def label(self) -> str:
        """What is left to do, in words; empty if it is complete."""
        if self.is_sent_back:
            return "Sent back"
        if not self.begun:
            return "Not started"
        return f"{self.left} to do" if self.left else ""


@dataclass(frozen=True)
class Known:
    """What was fetched for many returns at once: here, the measures of one."""

    measures: list


@dataclass(frozen=True)
class TypedBox:
    """A box that is not empty: its field, label and text, and its rating if it is one."""

    field: str
    label: str
    text: str
    rating: str = ""


@dataclass(frozen=True)
class Draft:
    """The sections of a report with what was typed, right or wrong."""

    report: Report
    known: Known | None = None

    @cached_property
    def sections(self) -> dict[str, Section]:
        rows = self.report.sections
        # With ``known`` they are read already.
        saved = rows.all() if self.known else rows.select_related("saved_by")
        kept = {section.name: section for section in saved}
        return {
            name: kept.get(name) or Section(report=self.report, name=name)
            for name in self.report.section_names
        }

    def typed(self, name: str) -> dict:
        return self.sections[name].typed

    @cached_property
    def grid(self) -> Grid:
        measures = self.known.measures if self.known else None
        return entry.grid(self.report, self.typed(SectionName.MEASURES), measures)

    def state(self, name: SectionName) -> SectionState:
        """How far the section is."""
        section = self.sections[name]
        asked = bool(section.asked) and self.report.status == Report.Status.SENT_BACK
        return SectionState(name, section, len(self.all_problems[name]), asked)

    def fields(self, name: str) -> Iterable[str]:
        """The names of the section's boxes."""
        return [box.field for row in self.grid.rows for box in row.boxes.values()]

    def labels(self, name: str) -> dict[str, str]:
        """What each box of the section is called on its page, by field."""
        return {
            box.field: f"{row.name}: {BOX_WORDS.get(what, box.label.lower())}"
            for row in self.grid.rows
            for what, box in row.boxes.items()
        }

    def in_words(self, name: str, field: str, text: str) -> str:
        """What a person reads of a text in a box of the section."""
        reasons = REASON_WORDS if field.endswith("-none") else None
        return as_read(field, text, reasons)

    def problems(self, name: str) -> list[tuple[str, str]]:
        """(field, sentence) for everything that prevents submitting the section."""
        return entry.problems(self.grid)

    def wrong(self, name: str) -> list[tuple[str, str]]:
        """(field, sentence) for everything that is typed and wrong."""
        return wrong_and_left(self.problems(name), self._is_left(name))[0]

    def progress(self, name: str) -> Progress:
        """How much of the section is filled, and what is left."""
        boxes = [field for field, text in self.typed(name).items() if str(text or "").strip()]
        if name == SectionName.MEASURES:
            # A figure or a reason is asked for each.
            boxes = [row.boxes["value"].field for row in self.grid.own]
        return progress(self.problems(name), self._is_left(name), boxes)

    def _is_left(self, name):
        if name == SectionName.MEASURES:
            return {row.boxes["value"].field for row in self.grid.missing}.__contains__
        return nothing_in(self.typed(name))

    @cached_property
    def all_problems(self) -> dict[str, list[tuple[str, str]]]:
        return {name: self.problems(name) for name in self.report.section_names}

    @property
    def is_complete(self) -> bool:
        return not any(self.all_problems.values())

    @property
    def last(self) -> Any:
        """What was published last before the report's period, as its own content; None for none."""
        raise NotImplementedError

    def boxes_in_words(self, name: str) -> list[TypedBox]:
        """The section's boxes that are not empty, in page order."""
        raise NotImplementedError

    @cached_property
    def changed(self) -> list[str]:
        """The names of what differs from last time; empty boxes do not count."""
        return [row.name for row in self.grid.rows if entry.differs_from_last(row)]
