"""How one measure stands in a month: its rating, its travel, its signal, and by which criterion.

Everything that a page, paper or download says of a measure is worked out here, once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from bcfportal.lib import spc
from bcfportal.lib.figures import figure
from bcfportal.lib.periods import Period, period_of
from outcomes.exceptions import Met, Series, criteria_met, variance_percent
from outcomes.rules import Rated, Tolerance, rate
from outcomes.travel import Travelled, travelled
from reporting.vital_signs.sheet import Card, Figure, Measure, Target, VitalSigns

STATUS_WORDS = {
    "nil return": "Nil return",
    "not yet available": "Not yet available",
    "not due": "Not due",
    "held back: small number": "Held back: small number",
    "illegible in the source": "Illegible",
}


@dataclass(frozen=True, eq=False)
class Standing:
    """One measure as it stood at the end of ``last``, from the figures known by then."""

    measure: Measure
    last: Period
    exception_variance: Decimal
    segment: str = ""

    @cached_property
    def figures(self) -> list[Figure]:
        return self.measure.figures_to(self.last, self.segment)

    @cached_property
    def by_period(self) -> dict[str, Figure]:
        return {each.period: each for each in self.figures}

    @cached_property
    def known(self) -> list[Figure]:
        """The figures that are there, by time."""
        return [each for each in self.figures if each.value is not None]

    @property
    def latest(self) -> Figure | None:
        return self.known[-1] if self.known else None

    @property
    def latest_period(self) -> Period | None:
        return period_of(self.latest.period) if self.latest else None

    @property
    def missing(self) -> str:
        """The month looked at, in words, where it has no figure though earlier ones have."""
        if self.measure.frequency != "month" or not self.latest:
            return ""
        return self.last.label if self.latest.period != self.last.key else ""

    @property
    def latest_words(self) -> str:
        return self.words_of(self.latest)

    def words_of(self, result: Figure | None) -> str:
        """A figure in words, or the reason why there is none."""
        if result is None:
            return "No figure"
        if result.value is None:
            return STATUS_WORDS.get(result.status, result.status.capitalize())
        return self.number(result.value)

    def number(self, value: Decimal | None) -> str:
        """A value with a sign for per cent or pounds; other units stand in the measure's head."""
        unit = self.measure.unit if self.measure.unit in ("%", "£") else ""
        return figure(value, unit, self.measure.decimals)

    @cached_property
    def target(self) -> Target | None:
        """The target that stands in the period of the latest figure."""
        return self.measure.target_in(self.latest_period or self.last)

    @property
    def target_value(self) -> Decimal | None:
        return self.target.value if self.target else None

    @property
    def target_words(self) -> str:
        standing = self.target or self.measure.target_in(self.last)
        if standing is None:
            return "No target"
        if standing.value is None:
            return standing.status.capitalize()
        return self.number(standing.value)

    @cached_property
    def rated(self) -> Rated:
        return self.rate(self.latest)

    def rate(self, result: Figure | None) -> Rated:
        """A figure against the target that stood in its own period."""
        target = self.measure.target_in(period_of(result.period)) if result else None
        return rate(
            result.value if result else None,
            target.value if target else None,
            self.measure.direction,
            Tolerance(self.measure.tolerance, self.measure.tolerance_kind),
            unit=self.measure.unit,
            decimals=self.measure.decimals,
        )

    @property
    def variance(self) -> Decimal | None:
        """Per cent of the target by which the latest figure is worse; negative where better."""
        if not self.latest or self.target_value is None:
            return None
        return variance_percent(self.latest.value, self.target_value, self.measure.direction)

    @property
    def variance_words(self) -> str:
        if self.variance is None:
            return ""
        size = abs(self.variance).quantize(Decimal("0.1"))
        if not size:
            return "on target"
        return f"{figure(size, '%')} {'worse' if self.variance > 0 else 'better'} than target"

    @cached_property
    def from_previous(self) -> Travelled:
        """Against the figure before the latest that is there."""
        return self._travelled(self.known[-2] if len(self.known) > 1 else None)

    @cached_property
    def from_last_year(self) -> Travelled:
        """Against the same period of the year before."""
        now = self.latest_period
        return self._travelled(self.by_period.get(_year_before(now).key) if now else None)

    def _travelled(self, before):
        return travelled(
            before.value if before else None,
            self.latest.value if self.latest else None,
            self.measure.direction,
            unit=self.measure.unit if self.measure.unit in ("%", "£") else "",
            decimals=self.measure.decimals,
        )

    @cached_property
    def chart(self) -> spc.Analysis:
        """The series by statistical process control."""
        return spc.analyse(
            [(period_of(each.period).first_day, each.value) for each in self.known],
            self.measure.direction,
            target=self.fixed_target,
            rebases=[
                period_of(each.period).first_day
                for each in self.measure.breaks
                if each.kind == "rebase"
            ],
        )

    @property
    def fixed_target(self) -> Decimal | None:
        """The one target that has been set up to now; None where none is, or it is profiled."""
        values = {
            target.value
            for target in self.measure.targets
            if target.value is not None
            and (not target.period or period_of(target.period).last_day <= self.last.last_day)
        }
        return values.pop() if len(values) == 1 else None

    @cached_property
    def card(self) -> Card | None:
        return self.measure.card_in(self.last)

    @cached_property
    def met(self) -> list[Met]:
        """The exception criteria that it meets."""
        card = self.card if self.card and self.card.period == self.last.key else None
        return criteria_met(
            Series(
                figures=[(period_of(each.period).label, each.value) for each in self.known],
                direction=self.measure.direction,
                target=self.target_value,
                rated=self.rated,
                unit=self.measure.unit,
                decimals=self.measure.decimals,
                missing=self.missing,
                budget_reason=card.budget_reason if card else "",
                risk_reason=card.risk_reason if card else "",
            ),
            self.exception_variance,
        )

    @property
    def declared(self) -> bool:
        """Whether the published paper of this very month reported it by exception."""
        return bool(self.card and self.card.by_exception and self.card.period == self.last.key)


def _year_before(period):
    return Period(period.start_year - 1, period.quarter, period.month)


@lru_cache(maxsize=64)
def standings_kept(held, collection, last):
    """The standings of a held sheet, made once."""
    sheet = held.sheet
    return tuple(
        Standing(measure, last, sheet.exception_variance) for measure in sheet.of(collection)
    )


class _Held:
    """A sheet, as a key of the cache below: by identity, for a sheet is decoded once."""

    def __init__(self, sheet):
        self.sheet = sheet

    def __hash__(self):
        return id(self.sheet)

    def __eq__(self, other):
        return self.sheet is other.sheet


def standings(
    sheet: VitalSigns, last: Period, collection: str = "vital signs"
) -> Sequence[Standing]:
    """How each measure of a collection stands, worked out once for each sheet and month."""
    return standings_kept(_Held(sheet), collection, last)
