"""Sheets that belong together, such as those of a grant condition, and their totals."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from bcfportal.lib.ratings import ATTENTION_ORDER, Rating
from bcfportal.lib.sums import sum_present
from returns.content import Sheet, StatedSum
from returns.period_versions.published import ENDED, NOT_REPORTED, REPORTED


@dataclass(frozen=True)
class Group:
    """Sheets that belong together, such as those of one grant condition."""

    number: int
    title: str
    sheets: list[Sheet]

    @cached_property
    def total(self) -> Decimal | None:
        """Pounds allocated over all years; None if no line has a figure."""
        return sum_present(sheet.total for sheet in self.sheets).total

    def total_of(self, year: int) -> Decimal | None:
        return sum_present(sheet.total_of(year) for sheet in self.sheets).total

    @cached_property
    def stated_sums(self) -> list[tuple[Sheet, StatedSum]]:
        return [(sheet, stated) for sheet in self.sheets for stated in sheet.stated_sums]

    @cached_property
    def by_rating(self) -> list[tuple[Rating, list[Sheet]]]:
        """The projects that have reported, by rating; ratings without a project are left out."""
        by_rating = {
            rating: [sheet for sheet in self.reported if sheet.rating == rating]
            for rating in ATTENTION_ORDER
        }
        return [(rating, sheets) for rating, sheets in by_rating.items() if sheets]

    @cached_property
    def ratings(self) -> list[tuple[Rating, int]]:
        """How many projects have each rating; ratings without a project are left out."""
        return [(rating, len(sheets)) for rating, sheets in self.by_rating]

    @cached_property
    def projects(self) -> list[Sheet]:
        """The projects that report, whether or not they have reported for this period."""
        return [sheet for sheet in self.sheets if not sheet.described_only]

    @cached_property
    def reported(self) -> list[Sheet]:
        """The projects that have reported for this period: only these count in its ratings."""
        return [sheet for sheet in self.projects if sheet.state == REPORTED]

    @cached_property
    def not_reported(self) -> list[Sheet]:
        """The projects that are shown in grey, as in their last published report."""
        return [sheet for sheet in self.projects if sheet.state == NOT_REPORTED]

    @property
    def due_to_report(self) -> int:
        """How many projects have reported or should have done."""
        return len(self.reported) + len(self.not_reported)

    @cached_property
    def ended(self) -> list[Sheet]:
        """The projects that have ended and no longer report."""
        return [sheet for sheet in self.projects if sheet.state == ENDED]

    @cached_property
    def described(self) -> list[Sheet]:
        return [sheet for sheet in self.sheets if sheet.described_only]


def group_by_condition(sheets: list[Sheet]) -> list[Group]:
    groups: dict[int, list[Sheet]] = {}
    for sheet in sheets:
        groups.setdefault(sheet.condition_number, []).append(sheet)
    return [
        Group(number=number, title=members[0].condition_title, sheets=members)
        for number, members in groups.items()
    ]
