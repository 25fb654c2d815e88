"""The statement: everything that one monitoring report says, as plain data.

Made once from the records (``finance.monitoring.collect``), kept in a snapshot, and read by
every page, paper and download. Money is Decimal pounds; income is negative; what the source does
not give is None.
Totals are not kept: ``finance.monitoring.tree`` works them out from the parts.
"""

from datetime import date
from decimal import Decimal

import msgspec

from bcfportal.lib.discrepancies import half_step
from bcfportal.lib.periods import Period, financial_year_label

# Decimals of £ million that a paper's figure has unless it is said otherwise.
PLACES = 3


class _Plain(msgspec.Struct, frozen=True):
    pass


class Area(_Plain, frozen=True):
    """An area of the budget with its own line. ``parent`` is the slug of what it is a part of."""

    slug: str
    name: str
    parent: str
    kind: str
    budget: Decimal | None = None
    outturn: Decimal | None = None
    stated_variance: Decimal | None = None
    last_year_actual: Decimal | None = None
    last_year_variance: Decimal | None = None
    next_budget: Decimal | None = None
    # The variance in the report that this one is compared with, and what its source printed.
    previous_variance: Decimal | None = None
    previous_printed: list[Decimal] = []
    # The budget in that report: None where it has none, and in content older than this field.
    previous_budget: Decimal | None = None
    explanation: str = ""
    source: str = ""
    note: str = ""


class Row(_Plain, frozen=True):
    """A row of a table as printed. ``area`` is a slug, or empty for what is no area."""

    table: str
    label: str
    area: str
    part_of: str
    budget: Decimal | None
    outturn: Decimal | None
    variance: Decimal | None
    percent: Decimal | None
    percent_places: int
    last_year_actual: Decimal | None
    last_year_variance: Decimal | None
    next_budget: Decimal | None
    source: str
    note: str = ""
    # Decimals of £ million that the row is printed with.
    places: int = PLACES

    @property
    def half_step(self) -> Decimal:
        """By how many pounds rounding may have moved what the row prints."""
        return half_step(self.places) * 1_000_000


class Other(_Plain, frozen=True):
    """A figure stated once more: of the ``kind`` of thing (area, reserve, scheme, total, words)."""

    kind: str
    of: str
    what: str
    value: Decimal
    places: int
    as_printed: str
    source: str
    note: str = ""


class Reserve(_Plain, frozen=True):
    slug: str
    name: str
    purpose: str
    group: str
    opening: Decimal | None
    planned: Decimal | None
    movement: Decimal | None
    closing_printed: Decimal | None
    source: str = ""
    note: str = ""


class Capital(_Plain, frozen=True):
    """One scheme in one year."""

    slug: str
    name: str
    year: int
    budget: Decimal | None
    outturn: Decimal | None
    source: str = ""
    note: str = ""


class Total(_Plain, frozen=True):
    """A printed total of reserves or of the capital programme."""

    of: str
    year: int
    label: str
    opening: Decimal | None
    movement: Decimal | None
    closing: Decimal | None
    budget: Decimal | None
    outturn: Decimal | None
    source: str = ""


class Statement(_Plain, frozen=True, kw_only=True):
    """One monitoring report. ``schema`` says which form of statement this is.

    Schema 2 keeps the decimals of printed rows and the budgets of the report before.
    """

    schema: int = 2
    period: str
    version: int
    as_at: date
    meeting: str
    # Per cent: the council's tolerance when the report was approved.
    tolerance: Decimal
    # Key and version of the report compared with; empty for none.
    previous: str = ""
    previous_version: int = 1
    areas: list[Area]
    rows: list[Row] = []
    others: list[Other] = []
    reserves: list[Reserve] = []
    capital: list[Capital] = []
    totals: list[Total] = []
    source: str = ""
    note: str = ""
    # Approved by who wrote it: since when the council allowed that. Else it is not there.
    approved_own_since: date | msgspec.UnsetType = msgspec.UNSET

    @property
    def is_outturn(self) -> bool:
        return Period.parse(self.period).month is None

    @property
    def year(self) -> int:
        """The year that the financial year starts in."""
        return Period.parse(self.period).start_year

    @property
    def year_label(self) -> str:
        return financial_year_label(self.year)

    @property
    def last_year_label(self) -> str:
        return financial_year_label(self.year - 1)

    @property
    def next_year_label(self) -> str:
        return financial_year_label(self.year + 1)

    @property
    def outturn_word(self) -> str:
        """ "Outturn" or, before the year has ended, "Forecast"."""
        return "Outturn" if self.is_outturn else "Forecast"

    @property
    def label(self) -> str:
        return period_label(self.period)

    @property
    def previous_label(self) -> str:
        """The report compared with, and its version where it is not the first."""
        return versioned_label(self.previous, self.previous_version) if self.previous else ""

    @property
    def versioned_label(self) -> str:
        return versioned_label(self.period, self.version)


def period_label(key: str) -> str:
    """A report's period in words: "Outturn 2016/17", "Month 10 of 2016/17"."""
    period = Period.parse(key)
    year = financial_year_label(period.start_year)
    return f"Month {period.month} of {year}" if period.month else f"Outturn {year}"


def versioned_label(key: str, version: int) -> str:
    """The same with the version where it is not the first: "Month 6 of 2026/27, version 2"."""
    return f"{period_label(key)}, version {version}" if version > 1 else period_label(key)


def read(content: dict) -> Statement:
    """The statement that a snapshot keeps. Raises msgspec.ValidationError for anything else."""
    return msgspec.convert(content, Statement, strict=False)


def read_json(text: str) -> Statement:
    """The same of its JSON."""
    return read(msgspec.json.decode(text))
