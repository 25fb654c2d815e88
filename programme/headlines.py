"""What is off track on outcomes, money and risk, for the first page of a council.

Each part is what its own page publishes; only the selection is made here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from bcfportal.lib import present
from bcfportal.lib.money import pounds
from bcfportal.lib.sentences import day_words
from finance.monitoring.charts import lines_of
from finance.monitoring.published import Money
from finance.monitoring.tree import Node
from finance.savings.content import SavingsSheet
from finance.savings.tables import Totals, YearTable, by_year, totals_of, year_of
from outcomes.framework.tables import Framework, framework
from outcomes.vital_signs.exception_list import Exceptions
from outcomes.vital_signs.published import PublishedMeasures
from projects.access import Access
from projects.models import Council
from publishing import registry
from publishing.registry import Line
from risks.register import Register, RiskAt, latest_register, risks_of_project


@dataclass(frozen=True)
class Savings:
    """The savings of the latest paper: how many, and what its year should bring."""

    count: int
    as_at: date
    totals: Totals
    # The year of the paper's date; None if no target has a year.
    year: YearTable | None

    @property
    def sentence(self) -> str:
        """What is known of them, with its date, in a sentence or two; sums are of one year."""
        said = f"as at {day_words(self.as_at)}"
        sums = self.year.totals if self.year else None
        if self.year and sums and sums.target is not None:
            said += f" {pounds(sums.target)} to be saved in {self.year.label}"
            if sums.shortfall is not None:
                which = f"{sums.known} of {sums.count} with an outturn or forecast"
                said += f", {self._against(sums.shortfall)} ({which})"
        unknown = self.totals.count - self.totals.known
        if unknown:
            said += f". Of all {self.totals.count} yearly targets {unknown} have neither"
        return f"{said}."

    @staticmethod
    def _against(shortfall: Decimal) -> str:
        if not shortfall:
            return "on target"
        return f"{pounds(abs(shortfall))} {'short' if shortfall > 0 else 'over target'}"


# What has a column of its own below what is off track; all others have their lines there.
WITH_COLUMNS = ("measures", "money", "savings", "risks")


@dataclass(frozen=True)
class Together:
    """What the subjects of a council publish, by their names, and the lines of its first page."""

    read: Mapping[str, Any]
    by_subject: Mapping[str, list[Line]]

    @property
    def lines(self) -> list[Line]:
        """All that the first page says of the subjects, in their order."""
        return [line for lines in self.by_subject.values() for line in lines]

    @property
    def others(self) -> list[Line]:
        """The lines of what has no column of its own."""
        return [
            line
            for subject, lines in self.by_subject.items()
            if subject not in WITH_COLUMNS
            for line in lines
        ]

    @property
    def exceptions(self) -> Exceptions | None:
        return self.read.get("measures")

    @property
    def measures(self) -> PublishedMeasures | None:
        return self.exceptions.published if self.exceptions else None

    @property
    def money(self) -> Money | None:
        return self.read.get("money")

    @cached_property
    def savings(self) -> Savings | None:
        sheet = self.read.get("savings")
        return _savings(sheet) if sheet else None

    @property
    def register(self) -> Register | None:
        return self.read.get("risks")

    @cached_property
    def indicators(self) -> Framework | None:
        return framework(self.measures) if self.measures else None

    @cached_property
    def overspends(self) -> list[Node]:
        """The lines that are adverse by more than the tolerance, largest first.

        Lines, so that a line that another offsets is not hidden in a total. An area at the top
        level is listed itself if it is beyond the tolerance and none of its lines is.
        """
        if self.money is None:
            return []
        nodes = []
        for part in self.money.root.parts:
            lines = [line for line in lines_of(part) if _is_off(line)]
            nodes += lines or ([part] if _is_off(part) else [])
        return sorted(nodes, key=lambda part: -abs(present(part.variance)))

    @property
    def risks_off(self) -> list[RiskAt]:
        exceptions = self.register.exceptions if self.register else []
        return sorted(exceptions, key=lambda entry: -(entry.score or 0))


def _is_off(part: Node) -> bool:
    return part.variance is not None and part.is_adverse and part.is_beyond_tolerance


def together(council: Council, access: Access) -> Together:
    """What a council of ``council_sections.councils`` publishes; what it lacks costs no query."""
    read = registry.read_of(council, access)
    return Together(read, registry.lines_of(council, read))


def _savings(sheet: SavingsSheet) -> Savings:
    rows = sheet.rows()
    return Savings(
        len(sheet.savings), sheet.as_at, totals_of(rows), year_of(by_year(rows), sheet.as_at)
    )


def project_risks(council: Council, slug: str) -> list[RiskAt]:
    """The open risks of a project in the latest register; no query if there is no register."""
    if not getattr(council, "has_risks", False):
        return []
    register = latest_register(council)
    project = council.projects.filter(slug=slug).values_list("pk", flat=True).first()
    return risks_of_project(register, project) if register and project else []
