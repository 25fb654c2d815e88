"""What a savings paper says, as plain data: kept in its edition, read by pages and downloads.

Money is Decimal pounds; years are start years; a year of None is a year that the source does not
state. The rule's settings are part of the sheet, so that a later setting changes no paper.
"""

from datetime import date
from decimal import Decimal

import msgspec

from bcfportal.lib.periods import Period, financial_year_label
from bcfportal.lib.ratings import Rating
from bcfportal.lib.versions import Correction
from finance.savings.rules import AMBER_FROM, GREEN_WITHIN, expected, rate_saving, shortfall

# As finance.models.Saving.Evidence calls them.
EVIDENCE_WORDS = {
    "planned": "Planned",
    "at risk": "At risk",
    "delivered": "Delivered",
    "validated": "Validated by finance",
    "not stated": "Not stated",
}


class _Plain(msgspec.Struct, frozen=True, kw_only=True):
    source: str = ""
    note: str = ""
    # The paper that reports it; empty for a draft.
    paper: str = ""


class Named(msgspec.Struct, frozen=True):
    slug: str
    name: str


class YearFigures(_Plain, frozen=True, kw_only=True):
    year: int | None
    target: Decimal | None
    achieved: Decimal | None
    forecast: Decimal | None
    over: Decimal | None
    places: int = 0

    @property
    def year_label(self) -> str:
        return year_words(self.year)


class SavingLine(_Plain, frozen=True, kw_only=True):
    slug: str
    title: str
    references: list[str]
    action: str
    kind: str
    evidence: str
    explanation: str
    project: Named | None
    years: list[YearFigures]

    @property
    def reference(self) -> str:
        return " and ".join(self.references)


class ChangeLine(_Plain, frozen=True, kw_only=True):
    number: int
    kind: str
    status: str
    title: str
    saving: str
    project: Named | None
    amount: Decimal | None
    from_year: int | None
    to_year: int | None
    from_fund: str
    to_fund: str
    starts: date | None
    ends: date | None
    dates: str
    reason: str
    requested: str
    decided: str
    before: dict[str, Decimal]
    after: dict[str, Decimal]


class TeamLine(_Plain, frozen=True, kw_only=True):
    slug: str
    title: str
    cost: Decimal | None
    funding: str
    fund: str


class PostLine(_Plain, frozen=True, kw_only=True):
    slug: str
    title: str
    team: str
    grade: str
    fte: Decimal | None
    status: str
    cost: Decimal | None
    basis: str
    starts: date | None
    ends: date | None
    dates: str
    fund: str
    funding: str
    purpose: str
    project: Named | None


class OptionFigures(msgspec.Struct, frozen=True, kw_only=True):
    year: int
    gross: Decimal | None
    lost_income: Decimal | None
    reprovision: Decimal | None
    net: Decimal | None
    capital: Decimal | None
    revenue: Decimal | None
    fte: Decimal | None


class RiskLine(msgspec.Struct, frozen=True):
    risk: str
    mitigation: str


class OptionLine(_Plain, frozen=True, kw_only=True):
    slug: str
    reference: str
    title: str
    service_area: str
    proposal: str
    reasons: str
    impacts: list[tuple[str, str]]
    disproportionate: str
    equality: str
    full_assessment: str
    gross_budget: Decimal | None
    net_budget: Decimal | None
    total_gross: Decimal | None
    total_net: Decimal | None
    current_fte: Decimal | None
    total_fte: Decimal | None
    places: int
    signed_by: str
    signed_when: str
    status: str
    decided: str
    saving: str
    project: Named | None
    # Whether somebody typed it here: then nothing of it is lost in a copy.
    written_here: bool = False
    years: list[OptionFigures]
    risks: list[RiskLine]


class Printed(_Plain, frozen=True, kw_only=True):
    number: int
    # "group", "saving", "change", "post", "team" or "option", and which one.
    about: str
    key: str
    title: str
    year: int | None
    figure: str
    amount: Decimal
    places: int
    as_printed: str


class ToCome(_Plain, frozen=True, kw_only=True):
    number: int
    about: str
    words: str
    by: date


class PaperName(msgspec.Struct, frozen=True):
    title: str
    dated: date
    as_at: date


class Rule(msgspec.Struct, frozen=True):
    green_within: Decimal = GREEN_WITHIN
    amber_from: Decimal = AMBER_FROM
    posts_end_soon_months: int = 6


class SavingsSheet(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of a council that its papers had reported by one day."""

    paper: str
    title: str
    meeting: str
    dated: date
    as_at: date
    source: str
    note: str
    rule: Rule
    savings: list[SavingLine]
    changes: list[ChangeLine]
    teams: list[TeamLine]
    posts: list[PostLine]
    options: list[OptionLine]
    printed: list[Printed]
    to_come: list[ToCome]
    # The papers that report the records of the sheet.
    papers: dict[str, PaperName]

    def rows(self) -> list["SavingRow"]:
        """A row for each year of each saving, rated by the rule as at the sheet's day."""
        return [
            row_of(saving, figures, self.as_at, self.rule, first=place == 0)
            for saving in self.savings
            for place, figures in enumerate(saving.years)
        ]

    def rows_of_papers(self) -> list["SavingRow"]:
        """The same of savings that a paper reports, rated as at the day of that paper."""
        return [
            row_of(saving, figures, self.papers[saving.paper].as_at, self.rule)
            for saving in self.savings
            if saving.paper
            for figures in saving.years
        ]


class LaterEdition(SavingsSheet, frozen=True, kw_only=True):
    """A further edition of a paper: its number, what it corrects of the one before, and why.

    Of an edition that was withdrawn it names what changed, and not what it was.
    """

    edition: int = 1
    why: str = ""
    corrections: tuple[Correction, ...] = ()


class SavingRow(msgspec.Struct, frozen=True):
    """One year of a saving with what follows from its figures."""

    saving: SavingLine
    figures: YearFigures
    brings: Decimal | None
    shortfall: Decimal | None
    rating: Rating
    reason: str
    # The first of the saving's years: where its words are shown.
    first: bool
    # Whether the year has begun, and is over, on the day of the sheet.
    year_begun: bool = True
    year_over: bool = False

    @property
    def forecast(self) -> Decimal | None:
        """The forecast in pounds; from a source that prints only the difference, worked out."""
        figures = self.figures
        if figures.forecast is None and figures.over is not None and figures.target is not None:
            return figures.target + figures.over
        return figures.forecast

    @property
    def evidence(self) -> str:
        """The saving's evidence, as far as it can be of this year, in words."""
        said = self.saving.evidence
        if said in ("delivered", "validated") and not self.year_begun:
            return "Year not begun"
        if said == "planned" and self.figures.achieved is not None:
            return "Outturn reported" if self.year_over else "Part of it reported"
        return EVIDENCE_WORDS[said]


def row_of(
    saving: SavingLine, figures: YearFigures, as_at: date, rule: Rule, *, first: bool = True
) -> SavingRow:
    """The row of one year; the year is over once ``as_at`` is its last day or later."""
    year_over = figures.year is not None and Period(figures.year).last_day <= as_at
    brings = expected(
        figures.target, figures.achieved, figures.forecast, figures.over, year_over=year_over
    )
    rated = rate_saving(
        figures.target,
        brings,
        at_risk=saving.evidence == "at risk",
        green_within=rule.green_within,
        amber_from=rule.amber_from,
    )
    short = shortfall(figures.target, brings)
    begun = figures.year is None or Period(figures.year).first_day <= as_at
    return SavingRow(
        *(saving, figures, brings, short, rated.rating, rated.reason, first, begun, year_over)
    )


def year_words(year: int | None) -> str:
    """The printed name of a financial year, or that none is stated."""
    return "No year stated" if year is None else financial_year_label(year)
