"""The sheet: everything that one project's page says for one period, as plain data.

A sheet is made once from the records (``collect``), kept in a snapshot, and read by every
page, PDF and download, so that all of them say the same. Money and figures are Decimal and keep
the digits they were given; years are start years; periods are keys.
"""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

import msgspec

from bcfportal.lib.money import pounds
from bcfportal.lib.periods import financial_year_label
from bcfportal.lib.sentences import day_words
from bcfportal.lib.sums import sum_present
from bcfportal.lib.text.searching import TITLE
from bcfportal.lib.text.told_numbers import ToldNumber, without_numbers
from bcfportal.lib.versions import approved_own
from finance.allocations.calculations import variance_words
from outcomes.project_measures.content import Measure
from outcomes.project_measures.table import ends_with, rate_result
from outcomes.rules import Rated, rate_project
from publishing.period_versions.content import HeldBack
from publishing.period_versions.numbers_given import Given
from publishing.promises import PromiseLine


class _Plain(msgspec.Struct, frozen=True):
    pass


class FundName(_Plain, frozen=True):
    slug: str
    name: str
    label: str


class Line(_Plain, frozen=True):
    """A stream's allocation in pounds for one year; None where the year is printed empty."""

    year: int
    allocation: Decimal | None
    note: str = ""

    @property
    def year_label(self) -> str:
        return financial_year_label(self.year)


class StatedSum(_Plain, frozen=True):
    """Pounds that the source states in words without saying for which years."""

    amount: Decimal
    basis: str
    purpose: str
    as_printed: str
    note: str = ""


class Stream(_Plain, frozen=True):
    fund: FundName
    title: str
    description: str
    share_percent: Decimal | None
    share_note: str
    lines: list[Line]
    stated_sums: list[StatedSum]
    note: str = ""

    @property
    def total(self) -> Decimal | None:
        """The sum of the lines in pounds; None where no line has a figure."""
        return sum_present(line.allocation for line in self.lines).total


# Since 2 a measure has the targets of each period, and the sheet says which period is its own;
# since 3 it has the definitions of each period; since 4 providers have a name in addresses.
SCHEMA = 4


# What people write in a return of its figures.
WRITTEN = (
    *("performance", "summary_performance", "rating_text", "difference_reason"),
    *("cause", "action", "variance_reason"),
)


class Sheet(_Plain, frozen=True, kw_only=True):
    """One project on a page. ``schema`` says which form of sheet this is."""

    schema: int = 1
    slug: str
    kind: str
    title: str
    short_title: str
    contents_entry: str
    contents_page: int | None
    condition_number: int
    condition_title: str
    description: str
    rationale: str
    method: str
    performance: str
    rating: str
    rating_text: str
    summary_description: str
    summary_method: str
    summary_performance: str
    summary_total_as_printed: str
    summary_total_note: str
    measures_introduction: str
    providers: list[str]
    streams: list[Stream]
    measures: list[Measure]
    notes: list[str]
    source: str
    # Below: what returns made on the portal say, which the first published reports did not.
    rule_rating: str = "not rated"
    rule_reason: str = ""
    difference_reason: str = ""
    forecast_rating: str = ""
    cause: str = ""
    action: str = ""
    action_owner: str = ""
    action_due: date | None = None
    spend_year: int | None = None
    spend_to_date: Decimal | None = None
    spend_forecast: Decimal | None = None
    variance_reason: str = ""
    unchanged: bool = False
    # All that was said to come of the project by the end of the period, with what became of it.
    promises: list[PromiseLine] = []
    # The council's setting when the sheet was made: what the rule rated by.
    tolerance: Decimal = Decimal(5)
    tolerance_kind: str = "relative"
    # The key of the period that the return is of.
    period: str = ""
    # Of each provider that it names, by that name, the name in addresses. Since schema 4.
    provider_slugs: dict[str, str] = {}
    # Approved by who wrote it: since when the council allowed that. Else it is not in the sheet.
    approved_own_since: date | msgspec.UnsetType = msgspec.UNSET

    def without(self, held_back: Collection[HeldBack], given: Given) -> "Sheet":
        """The same with these of its results held back, and their numbers in its words too.

        Whoever wrote the words did not know yet that the figure would be held back. ``given`` are
        the numbers that other reports gave for it.
        """
        if not held_back:
            return self
        hidden: dict[str, set[tuple[str, str]]] = {}
        for figure in held_back:
            hidden.setdefault(figure.measure, set()).add((figure.period, figure.segment))
        numbers = {
            number
            for of_figures in (self.numbers_of(held_back), given)
            for figure in held_back
            for number in of_figures.get(figure, ())
        }
        measures = [
            measure.without(hidden.get(str(measure.position), ())).without_words(numbers)
            for measure in self.measures
        ]
        words = {name: without_numbers(getattr(self, name), numbers) for name in WRITTEN}
        promises = [promise.without(numbers) for promise in self.promises]
        sheet = msgspec.structs.replace(self, measures=measures, promises=promises, **words)
        if not self.rule_reason or not any(
            ends_with(figure.period, self.period) for figure in held_back
        ):
            return sheet
        ruled = self.rule_without(held_back)
        return msgspec.structs.replace(
            sheet, rule_rating=str(ruled.rating), rule_reason=ruled.reason
        )

    def rule_without(self, held_back: Collection[HeldBack]) -> Rated:
        """What the rule says of the project by the results of its period, but for these."""
        return rate_project(
            rate_result(self, measure, result).rating
            for measure in self.measures
            for result in measure.results
            if ends_with(result.period, self.period)
            and HeldBack(str(measure.position), result.period, result.segment) not in held_back
        )

    def numbers_of(self, held_back: Collection[HeldBack]) -> dict[HeldBack, set[ToldNumber]]:
        """The values and numerators that the sheet has of these figures."""
        numbers: dict[HeldBack, set[ToldNumber]] = {}
        for measure in self.measures:
            for result in measure.results:
                figure = HeldBack(str(measure.position), result.period, result.segment)
                if figure in held_back:
                    numbers[figure] = {
                        ToldNumber(number, measure.named)
                        for number in (result.value, result.numerator)
                        if number is not None
                    }
        return numbers

    @property
    def tolerates_of_nought(self) -> bool:
        """Whether a tolerance of a target of 0 was a difference in the unit: of older sheets."""
        return self.schema < 3

    @property
    def state(self) -> str:
        """Whether it counts in the period that shows it: see ``ShownSheet``."""
        return "reported"

    @property
    def unchanged_words(self) -> str:
        """That its return had nothing new but the spend; empty where it does not say so."""
        if not self.unchanged:
            return ""
        return "Nothing but the spend to date has changed since last time."

    @property
    def standing_words(self) -> str:
        return ""

    @property
    def approved_own(self) -> str:
        """That who wrote it approved it, in words; nothing where another did."""
        return approved_own([self.approved_own_since] if self.approved_own_since else [])

    @property
    def ended_words(self) -> str:
        """When it ended, where it has reported of the period all the same."""
        return ""

    @property
    def earlier_rating_words(self) -> str:
        return ""

    @property
    def earlier_promises(self) -> list[PromiseLine]:
        """What was said to come before its own return, or was said of it there."""
        return [promise for promise in self.promises if promise.key != f"return/{self.period}"]

    @property
    def described_only(self) -> bool:
        return self.kind == "described"

    @property
    def funds(self) -> list[FundName]:
        return list({stream.fund.slug: stream.fund for stream in self.streams}.values())

    @property
    def fund_labels(self) -> str:
        """The funds' short names as the contents list joins them: "BCF CA & iBCF"."""
        return " & ".join(fund.label for fund in self.funds)

    @property
    def years(self) -> list[int]:
        return sorted({line.year for stream in self.streams for line in stream.lines})

    @property
    def total(self) -> Decimal | None:
        """All allocations of all streams and years in pounds; None where there is none."""
        return sum_present(stream.total for stream in self.streams).total

    @property
    def stated_sums(self) -> list[StatedSum]:
        return [stated for stream in self.streams for stated in stream.stated_sums]

    @property
    def spend_words(self) -> list[str]:
        """Spend to date and forecast in pounds, in words; empty where not reported."""
        return [
            "" if amount is None else pounds(amount)
            for amount in (self.spend_to_date, self.spend_forecast)
        ]

    @property
    def variance_words(self) -> str:
        """The forecast against what was allocated in its year when it was made, in words."""
        allocated = self.allocated_then
        text = variance_words(self.spend_forecast, allocated)
        if not self.spend_year or allocated is None or allocated == self.total_of(self.spend_year):
            return text
        return f"{text}, which was {pounds(allocated)} when it was reported" if text else ""

    @property
    def allocated_then(self) -> Decimal | None:
        """Pounds allocated in the year of the forecast when that was made; None without any."""
        return self.total_of(self.spend_year) if self.spend_year else None

    @property
    def words(self) -> dict[str, str]:
        """All words of the sheet by the heading they stand under: what a search looks through."""
        streams = [
            text
            for stream in self.streams
            for text in (stream.fund.name, stream.title, stream.description, stream.share_note)
        ]
        sums = [f"{stated.as_printed} {stated.purpose}" for stated in self.stated_sums]
        measures = [
            text
            for measure in self.measures
            for text in (measure.heading, measure.text, *(r.provider for r in measure.results))
        ]
        by_heading = {
            TITLE: [self.title, self.short_title, self.contents_entry],
            "Description": [self.description, self.summary_description],
            "Rationale": [self.rationale],
            "Method": [self.method, self.summary_method],
            "Performance": [self.performance, self.summary_performance],
            "Rating": [self.rating_text, self.difference_reason, self.cause, self.action],
            "Said to come": [promise.in_words for promise in self.promises],
            "Measures": [self.measures_introduction, *dict.fromkeys(measures)],
            "Money": [*dict.fromkeys(streams), *sums, self.summary_total_note],
            "Providers": self.providers,
            "Notes": self.notes,
        }
        joined = {heading: "\n".join(filter(None, texts)) for heading, texts in by_heading.items()}
        return {heading: text for heading, text in joined.items() if text}

    def total_of(self, year: int) -> Decimal | None:
        return sum_present(
            line.allocation for stream in self.streams for line in stream.lines if line.year == year
        ).total


def reported_since(sheet: Sheet) -> list[tuple[str, str]]:
    """(heading, words) of what a return made on the portal says beyond the first reports."""
    when = f", by {day_words(sheet.action_due)}" if sheet.action_due else ""
    to_date, forecast = sheet.spend_words
    variance = f": {sheet.variance_words}" if sheet.variance_words else ""
    spend = f"Spent to date {to_date}, forecast {forecast}{variance}." if forecast else ""
    expected = f"Expected at year end: {sheet.forecast_rating}." if sheet.forecast_rating else ""
    said = [
        ("Said to come", "\n".join(promise.in_words for promise in sheet.earlier_promises)),
        ("Cause", sheet.cause),
        ("Action", "\n".join(filter(None, (sheet.action, f"{sheet.action_owner}{when}")))),
        ("Forecast of the rating", expected),
        ("Why the declared rating is not the rule's", sheet.difference_reason),
        (f"Spend in {financial_year_label(sheet.spend_year)}" if sheet.spend_year else "", spend),
        ("Why the forecast differs", sheet.variance_reason),
    ]
    return [(heading, text) for heading, text in said if heading and text]


class Served(_Plain, frozen=True):
    """What projects serve, by its number in the council's list."""

    number: int
    title: str


class ProviderName(_Plain, frozen=True):
    """A provider, by its name in addresses."""

    slug: str
    name: str


class Names(_Plain, frozen=True):
    """What a version calls funds, providers and what projects serve, where its reports differ.

    Funds and providers are known by their ``slug``, what is served by its number. A sheet of
    before schema 4 does not know its providers by a slug: they keep their names.
    """

    funds: list[FundName] = []
    served: list[Served] = []
    providers: list[ProviderName] = []

    def of(self, sheet: Sheet) -> Sheet:
        """The same sheet with these names."""
        funds = {fund.slug: fund for fund in self.funds}
        served = {purpose.number: purpose.title for purpose in self.served}
        by_slug = {provider.slug: provider.name for provider in self.providers}
        providers = {
            name: by_slug[slug] for name, slug in sheet.provider_slugs.items() if slug in by_slug
        }
        return msgspec.structs.replace(
            sheet,
            providers=[providers.get(name, name) for name in sheet.providers],
            provider_slugs={
                providers.get(name, name): slug for name, slug in sheet.provider_slugs.items()
            },
            measures=[_with_providers(measure, providers) for measure in sheet.measures]
            if providers
            else sheet.measures,
            condition_title=served.get(sheet.condition_number, sheet.condition_title),
            streams=[
                msgspec.structs.replace(stream, fund=funds.get(stream.fund.slug, stream.fund))
                for stream in sheet.streams
            ],
        )


def _with_providers(measure: Measure, names: Mapping[str, str]) -> Measure:
    """The measure with other names of providers, by the names that its results have."""
    results = [
        result.called(names.get(result.provider, result.provider)) for result in measure.results
    ]
    return msgspec.structs.replace(measure, results=results)
