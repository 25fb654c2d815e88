"""The status of a measure in a month: its rating, travel, signal and exception criteria.

Everything that a page, paper or download says about a measure is worked out here, once.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from bcfportal.lib import present, spc
from bcfportal.lib.figures import figure
from bcfportal.lib.periods import Period, period_of
from outcomes.definitions import Definition
from outcomes.exceptions import Met, Series, criteria_met, variance_percent
from outcomes.models.results import EXPECTED
from outcomes.rules import NOT_RATED, Rated, Tolerance, rate, rate_in
from outcomes.travel import Travel, Travelled, travelled
from outcomes.vital_signs.content import Card, Figure, Judging, Measure, Target

HELD_BACK = "held back: small number"
STATUS_WORDS = {
    "nil return": "Nil return",
    "not yet available": "Not yet available",
    "not due": "Not due",
    HELD_BACK: "Held back: small number",
    "illegible in the source": "Illegible",
}


@dataclass(frozen=True, eq=False)
class MeasureStatus:
    """One measure as it stood at the end of ``last``, from the figures known by then."""

    measure: Measure
    last: Period
    judging: Judging
    segment: str = ""

    @cached_property
    def figures(self) -> list[Figure]:
        return self.measure.figures_to(self.last, self.segment)

    @cached_property
    def by_period(self) -> dict[str, Figure]:
        return {result.period: result for result in self.figures}

    @cached_property
    def known(self) -> list[Figure]:
        """The figures that are there, by time."""
        return [result for result in self.figures if result.value is not None]

    @property
    def latest(self) -> Figure | None:
        return self.known[-1] if self.known else None

    @property
    def latest_period(self) -> Period | None:
        return period_of(self.latest.period) if self.latest else None

    @property
    def missing(self) -> str:
        """The month looked at, in words, where it has no figure yet though earlier ones have."""
        if self.measure.frequency != "month" or not self.latest or self.counted_no_more:
            return ""
        return self.last.label if self.latest.period != self.last.key else ""

    @property
    def missing_words(self) -> str:
        """Why the month looked at gives no figure, though earlier ones have one."""
        if not self.missing:
            return ""
        why = "is held back" if self.held_back_now else "has no figure yet"
        return f"{self.missing} {why}"

    @property
    def held_back_now(self) -> bool:
        """Whether the month looked at has a figure that is held back: an earlier one is not its."""
        figure_now = self.by_period.get(self.last.key)
        return bool(self.missing and figure_now and figure_now.status == HELD_BACK)

    @property
    def latest_words(self) -> str:
        return self.words_of(self.latest)

    def words_of(self, result: Figure | None) -> str:
        """A figure in words, or the reason why there is none."""
        if result is None:
            return "No figure"
        if result.value is None:
            text = STATUS_WORDS.get(result.status, result.status.capitalize())
            first = result.note.split("\n")[0]
            if not first.startswith(EXPECTED):
                return text
            return f"{text}, expected {first.removeprefix(EXPECTED)}"
        return self.number(result.value, self.defined(result))

    def defined(self, result: Figure) -> Definition:
        """The definition that held in the period of a figure."""
        return self.measure.definition_in(period_of(result.period))

    def number(self, value: Decimal | None, definition: Definition | None = None) -> str:
        """A value with a sign for per cent or pounds, or with its unit where there were several.

        The one unit of a measure stands in its head.
        """
        definition = definition or self.measure.definition_in(self.last)
        unit = definition.unit
        if unit not in ("%", "£") and self.has_one_unit:
            unit = ""
        return figure(value, unit, definition.decimals)

    @cached_property
    def has_one_unit(self) -> bool:
        """Whether the measure always had the unit that it has."""
        return {definition.unit for definition in self.measure.known_definitions} == {
            self.measure.unit
        }

    def in_month(self, month: Period) -> Figure | None:
        """The figure of a month, or of a quarter or year that ends with it."""
        if result := self.by_period.get(month.key):
            return result
        return self.by_end.get(month.last_day)

    @cached_property
    def by_end(self) -> dict:
        """Figures of periods longer than a month, by the day they end: the shortest."""
        ordered = (
            sorted(
                (period_of(result.period).first_day, result)
                for result in self.figures
                if not period_of(result.period).month
            )
            if self.measure.frequency != "month"
            else []
        )
        return {period_of(result.period).last_day: result for _, result in ordered}

    @property
    def added_up(self) -> bool:
        """Whether its figures are sums since April."""
        return self.measure.accumulation == "cumulative"

    @property
    def counted_no_more(self) -> Period | None:
        """The last period that it was counted for, where that is past."""
        until = period_of(self.measure.counted_until) if self.measure.counted_until else None
        return until if until and until.last_day < self.last.last_day else None

    @cached_property
    def target(self) -> Target | None:
        """The target that stands in the period of the latest figure."""
        return self.target_in(self.latest_period or self.last)

    def target_in(self, period: Period) -> Target | None:
        """What a figure of ``period`` is judged against."""
        return self.measure.target_in(period, carried=self.judging.carried)

    @property
    def target_value(self) -> Decimal | None:
        return self.target.value if self.target else None

    @property
    def shown_target(self) -> Target | None:
        """The target that stands beside the latest figure."""
        return self.target or self.target_in(self.last)

    @property
    def target_note(self) -> str:
        """What is to be known of the target that is shown."""
        return self.shown_target.note if self.shown_target else ""

    @property
    def target_words(self) -> str:
        """The target in words, with its month where that is not of the latest figure."""
        target = self.shown_target
        if target is None:
            return "No target"
        if target.value is None:
            return target.status.capitalize()
        then = self.measure.definition_in(period_of(target.period) if target.period else None)
        of_month = target.period and self.target is None
        when = f" in {self.last.label}" if of_month else ""
        return f"{self.number(target.value, then)}{when}"

    @cached_property
    def rated(self) -> Rated:
        """What the rule says of the latest figure; nothing where it is counted no more."""
        if until := self.counted_no_more:
            return Rated(NOT_RATED, f"It is no longer counted: the last was {until.label}")
        if self.held_back_now:
            return Rated(NOT_RATED, self.missing_words)
        return self.rate(self.latest)

    def rate(self, result: Figure | None) -> Rated:
        """A figure against the target that stood in its own period."""
        period = period_of(result.period) if result else self.last
        target = self.target_in(period) if result else None
        then = self.measure.definition_in(period)
        tolerance = Tolerance(present(then.tolerance), then.tolerance_kind)
        if result and not self.judging.carried:
            return rate_in(
                period,
                result.value,
                self.measure.targets_in(period),
                then.direction,
                tolerance,
                unit=then.unit,
                decimals=then.decimals,
            )
        return rate(
            result.value if result else None,
            target.value if target else None,
            then.direction,
            tolerance,
            unit=then.unit,
            decimals=then.decimals,
            of_nought=self.judging.of_nought,
        )

    @property
    def variance(self) -> Decimal | None:
        """Per cent of the target by which the latest figure is worse; negative where better."""
        if not self.latest or self.target_value is None or self.held_back_now:
            return None
        return variance_percent(
            present(self.latest.value), self.target_value, self.measure.direction
        )

    @property
    def variance_words(self) -> str:
        if not self.latest or self.target_value is None or self.measure.direction == "neutral":
            return ""
        if self.held_back_now:
            return ""
        gap = present(self.latest.value) - self.target_value
        if not gap:
            return "on target"
        way = "worse" if (gap > 0) == (self.measure.direction == "smaller is better") else "better"
        if self.variance is None:
            # Nothing is a share of a target of 0 or below: the difference itself.
            unit = "points" if self.measure.unit == "%" else self.measure.unit
            return f"{figure(abs(gap), unit)} {way} than target"
        size = abs(self.variance).quantize(Decimal("0.1"))
        percent = figure(size, "%") if size else "less than 0.1%"
        return f"{percent} {way} than target"

    @cached_property
    def from_previous(self) -> Travelled:
        """Against the figure before the latest that is there; a sum since April with none."""
        if self.added_up and len(self.known) > 1:
            return Travelled(
                Travel.UNKNOWN, "Added up since April: compared with the same time last year only"
            )
        return self._travelled(self.known[-2] if len(self.known) > 1 else None)

    @cached_property
    def from_last_year(self) -> Travelled:
        """Against the same period of the year before."""
        return self._travelled(self.a_year_before)

    @property
    def a_year_before(self) -> Figure | None:
        """The figure of the same period of the year before the latest."""
        now = self.latest_period
        return self.by_period.get(_year_before(now).key) if now else None

    def _travelled(self, before):
        if before and (since := self._changed_since(before)):
            return Travelled(
                Travel.UNKNOWN,
                f"What is counted changed from {since.label}: figures before are not compared",
            )
        return travelled(
            before.value if before else None,
            self.latest.value if self.latest else None,
            self.measure.direction,
            unit=self.measure.unit if self.measure.unit in ("%", "£") else "",
            decimals=self.measure.decimals,
        )

    @cached_property
    def chart(self) -> spc.Analysis:
        """The series by statistical process control; empty for a sum since April."""
        starts = [
            period_of(series_break.period)
            for series_break in self.measure.breaks
            if series_break.kind == "rebase"
        ]
        return spc.analyse(
            [
                (period_of(result.period).first_day, self._exact(result))
                for result in self.known
                if not self.added_up
            ],
            self.measure.direction,
            target=self.fixed_target,
            rebases=[period.first_day for period in (*starts, *self.measure.new_series)],
        )

    def _exact(self, result):
        """The share that a figure was rounded from, where its parts make it; else as printed."""
        then = self.defined(result)
        if not result.denominator or result.numerator is None or not then.multiplier:
            return result.value
        share = Fraction(result.numerator) / Fraction(result.denominator) * then.multiplier
        places = max(then.decimals, -min(int(result.value.as_tuple().exponent), 0))
        step = Fraction(1, 10**places)
        rounded_whole = result.value == result.value.to_integral_value()
        allowed = Fraction(1, 2) if rounded_whole else step / 2
        return share if abs(share - Fraction(result.value)) <= allowed else result.value

    def _changed_since(self, before: Figure):
        """From when the latest figure is of another thing than ``before``."""
        now = self.latest_period
        return self.measure.changed_between(period_of(before.period), now) if now else None

    @cached_property
    def run(self) -> list[Figure]:
        """The latest figures in a row that can be said to get better or worse from one to the next.

        They are of one definition and one direction; of a sum since April there is but the latest.
        """
        if self.added_up:
            return self.known[-1:]
        direction = self.defined(self.latest).direction if self.latest else ""
        return [
            result
            for result in self.known
            if not self._changed_since(result) and self.defined(result).direction == direction
        ]

    @property
    def left_out(self) -> list[tuple[str, str]]:
        """(the last period with a figure, a later one whose figure is held back), by time."""
        before, left_out = "", []
        for result in self.figures:
            label = period_of(result.period).label
            if result.value is not None:
                before = label
            elif result.status == HELD_BACK:
                left_out.append((before, label))
        return left_out

    @cached_property
    def fixed_target(self) -> Decimal | None:
        """The one target that has been set up to now; None where none is, or it is profiled.

        It has stood always or for as many figures as limits need: a target that is known for one
        month says nothing of the months before.
        """
        targets = [self.target_in(period_of(result.period)) for result in self.known]
        if sum(target is not None for target in targets) < min(len(targets), spc.FEWEST_POINTS):
            return None
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
                figures=[
                    (period_of(result.period).label, present(result.value)) for result in self.run
                ],
                direction=self.measure.direction,
                target=self.target_value,
                rated=self.rated,
                unit=self.measure.unit,
                decimals=self.measure.decimals,
                missing=self.missing_words,
                left_out=self.left_out,
                budget_reason=card.budget_reason if card else "",
                risk_reason=card.risk_reason if card else "",
            ),
            self.judging.exception_variance,
        )

    @property
    def declared(self) -> bool:
        """Whether the published paper of this very month reported it by exception."""
        return bool(self.card and self.card.by_exception and self.card.period == self.last.key)


def _year_before(period):
    return Period(period.start_year - 1, period.quarter, period.month)
