"""What is off on outcomes, on money and on risk, together: for the first page of a council.

Each part is what its own page publishes; nothing is worked out here but the choice.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from bcfportal.lib.money import pounds
from bcfportal.lib.ratings import ATTENTION_ORDER, Rating
from finance.monitoring import Node
from finance.savings_tables import Totals, totals_of
from projects.access import Access
from projects.models import Council
from reporting.money.shown import Money, money_in
from reporting.savings.shown import latest_sheet
from reporting.vital_signs.exceptions import Exceptions
from reporting.vital_signs.framework import Framework, framework
from reporting.vital_signs.shown import Shown, vital_signs_of
from risks.models import RegisterReport
from risks.register import Register, RiskAt, published_register, risks_of_project


@dataclass(frozen=True)
class Savings:
    """The savings of the latest paper, in sum."""

    totals: Totals

    @property
    def against_targets(self) -> str:
        """How far from their targets they are together, in words; nothing where it is unknown."""
        shortfall = self.totals.shortfall
        if not shortfall:
            return ""
        return f"{pounds(abs(shortfall))} {'short' if shortfall > 0 else 'over their targets'}"


@dataclass(frozen=True)
class Together:
    """A council's measures, money, savings and risks; None where it has published none."""

    measures: Shown | None
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
        """(rating, how many) of the vital signs, worst first; ratings that none has left out.

        A figure of an earlier month, or of a quarter or year, is in no count of the month's.
        """
        standings = self.exceptions.standings if self.exceptions else []
        counts = Counter(
            Rating(each.rated.rating)
            for each in standings
            if each.latest and each.latest.period == each.last.key
        )
        return [(rating, counts[rating]) for rating in ATTENTION_ORDER if counts[rating]]

    @cached_property
    def overspends(self) -> list[Node]:
        """The areas just below the whole that are adverse beyond the tolerance, largest first."""
        if self.money is None:
            return []
        found = [part for part in self.money.root.parts if _is_off(part)]
        return sorted(found, key=lambda part: -abs(part.variance))

    @property
    def risks_off(self) -> list[RiskAt]:
        return self.register.exceptions if self.register else []


def _is_off(part):
    return part.variance is not None and part.is_adverse and part.is_beyond_tolerance


def together(council: Council, access: Access) -> Together:
    """Everything of a council of ``contents.councils``; parts that it has not cost no query."""
    return Together(
        measures=vital_signs_of(council, access) if council.has_vital_signs else None,
        money=money_in(council, access) if council.has_money else None,
        savings=_savings(council),
        register=latest_register(council) if council.has_risks else None,
    )


def _savings(council):
    sheet = latest_sheet(council)
    return Savings(totals_of(sheet.rows())) if sheet else None


def latest_register(council: Council) -> Register | None:
    """The register that the council published last; None where it has published none."""
    report = (
        RegisterReport.objects.filter(council=council)
        .select_related("council")
        .order_by("-as_at", "-published_at")
        .first()
    )
    return published_register(report) if report else None


def project_risks(council: Council, slug: str) -> list[RiskAt]:
    """The open risks of a project in the latest published register; none costs no query."""
    if not getattr(council, "has_risks", False):
        return []
    register = latest_register(council)
    project = council.projects.filter(slug=slug).values_list("pk", flat=True).first()
    return risks_of_project(register, project) if register and project else []
