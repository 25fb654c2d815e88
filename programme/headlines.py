"""What is off track on outcomes, money and risk, for the first page of a council.

Each part is what its own page publishes; only the selection is made here.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from bcfportal.lib import present
from bcfportal.lib.money import pounds
from bcfportal.lib.ratings import ATTENTION_ORDER, Rating
from bcfportal.lib.sentences import day_words
from finance.monitoring.charts import lines_of
from finance.monitoring.published import Money, money_in
from finance.monitoring.tree import Node
from finance.savings.published import latest_sheet
from finance.savings.tables import Totals, YearTable, by_year, totals_of, year_of
from outcomes.framework.tables import Framework, framework
from outcomes.vital_signs.exception_list import Exceptions
from outcomes.vital_signs.published import PublishedMeasures, vital_signs_of
from projects.access import Access
from projects.models import Council
from risks.models import RegisterReport
from risks.register import Register, RiskAt, published_register, risks_of_project


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


@dataclass(frozen=True)
class Together:
    """A council's measures, money, savings and risks; each None if none is published."""

    measures: PublishedMeasures | None
    money: Money | None
    savings: Savings | None
    register: Register | None

    @cached_property
    def exceptions(self) -> Exceptions | None:
        return Exceptions(self.measures) if self.measures else None

    @cached_property
    def indicators(self) -> Framework | None:
        return framework(self.measures) if self.measures else None

    @property
    def ratings(self) -> list[tuple[Rating, int]]:
        """(rating, how many) of the vital signs, worst first; ratings without one are left out.

        Figures of an earlier month, or of a quarter or year, are not counted for the month.
        """
        statuses = self.exceptions.statuses if self.exceptions else []
        counts = Counter(
            Rating(status.rated.rating)
            for status in statuses
            if status.latest and status.latest.period == status.last.key
        )
        return [(rating, counts[rating]) for rating in ATTENTION_ORDER if counts[rating]]

    @property
    def not_of_month(self) -> int:
        """How many vital signs those counts leave out, for want of a figure of the month itself."""
        statuses = self.exceptions.statuses if self.exceptions else []
        return len(statuses) - sum(count for _, count in self.ratings)

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
    """The parts of a council of ``council_sections.councils``; a part it lacks costs no query."""
    return Together(
        measures=vital_signs_of(council, access) if council.has_vital_signs else None,
        money=money_in(council, access) if council.has_money else None,
        savings=_savings(council),
        register=latest_register(council) if council.has_risks else None,
    )


def _savings(council: Council) -> Savings | None:
    sheet = latest_sheet(council)
    if sheet is None:
        return None
    rows = sheet.rows()
    return Savings(
        len(sheet.savings), sheet.as_at, totals_of(rows), year_of(by_year(rows), sheet.as_at)
    )


def latest_register(council: Council) -> Register | None:
    """The register that the council published last; None if it has published none."""
    report = (
        RegisterReport.objects.not_withdrawn()
        .filter(council=council)
        .select_related("council")
        .order_by("-as_at", "-number")
        .first()
    )
    return published_register(report) if report else None


def project_risks(council: Council, slug: str) -> list[RiskAt]:
    """The open risks of a project in the latest register; no query if there is no register."""
    if not getattr(council, "has_risks", False):
        return []
    register = latest_register(council)
    project = council.projects.filter(slug=slug).values_list("pk", flat=True).first()
    return risks_of_project(register, project) if register and project else []
