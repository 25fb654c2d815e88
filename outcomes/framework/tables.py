"""The outcomes framework: each indicator against its target, last year and three comparators."""

from dataclasses import dataclass
from decimal import Decimal

from bcfportal.lib import present
from bcfportal.lib.figures import figure
from bcfportal.lib.periods import Period, period_of
from outcomes.models import Benchmark
from outcomes.vital_signs.discrepancies import year_end
from outcomes.vital_signs.measure_status import MeasureStatus
from outcomes.vital_signs.published import PublishedMeasures
from outcomes.vital_signs.sentences import compared, detail
from outcomes.vital_signs.statuses import statuses


@dataclass(frozen=True)
class Against:
    """The indicator's figure against one other: that figure, and the difference in words."""

    title: str
    text: str
    tone: str
    difference: str
    period: str


@dataclass(frozen=True)
class Indicator:
    status: MeasureStatus
    number: str
    detail: str
    others: list[Against]
    # The council's own measure of the same thing: "3.6% in March 2026"; nothing where none is.
    own: str = ""
    own_slug: str = ""

    @property
    def measure(self):
        return self.status.measure


@dataclass(frozen=True)
class Framework:
    """A year's indicators under their headings. ``year`` is the latest with a figure."""

    year: Period
    groups: list[tuple[str, list[Indicator]]]

    @property
    def indicators(self) -> list[Indicator]:
        return [indicator for _, members in self.groups for indicator in members]

    def count(self, title: str, tone: str) -> int:
        """How many indicators are better (good), worse (bad), plain or none to a comparator."""
        return sum(
            other.title == title and other.tone == tone
            for indicator in self.indicators
            for other in indicator.others
        )

    @property
    def counts(self) -> list[tuple[str, list[int]]]:
        """(comparator, better, worse, neither, not compared) over all indicators.

        Not compared are those where it, or the indicator itself, has no figure.
        """
        titles = [other.title for other in self.indicators[0].others] if self.indicators else []
        return [
            (title, [self.count(title, tone) for tone in ("good", "bad", "plain", "none")])
            for title in titles
        ]


def framework(published: PublishedMeasures) -> Framework | None:
    """The framework of the financial year of the month; None if there is none."""
    year = Period(published.month.start_year)
    with_figures = [
        status for status in statuses(published.sheet, year, "outcomes framework") if status.latest
    ]
    if not with_figures:
        return None
    latest = max(present(status.latest_period) for status in with_figures)
    groups: dict[str, list[Indicator]] = {}
    for status in with_figures:
        groups.setdefault(status.measure.theme or "Indicators", []).append(
            _indicator(published, status, latest)
        )
    return Framework(latest, list(groups.items()))


def _own(sheet, indicator, year):
    """(words, name in addresses) of the council's own figure of the same at the year's end."""
    for measure in sheet.measures:
        result = year_end(measure, year) if measure.same_as == indicator.slug else None
        if result and result.value is not None:
            unit = measure.unit if measure.unit in ("%", "£") else ""
            text = figure(result.value, unit, measure.decimals)
            return f"{text} in {period_of(result.period).label}", measure.slug
    return "", ""


def _indicator(published, status, year):
    measure = status.measure
    now = status.by_period.get(year.key)
    value = now.value if now else None
    earlier = [result for result in status.known if result.period != year.key]
    last = earlier[-1] if earlier else None
    target = status.target_in(year)
    others = [
        _against(status, "Target", value, target.value if target else None, year.key),
        _against_last(status, value, last, year),
    ]
    for comparator, title in Benchmark.Comparator.choices:
        held = [benchmark for benchmark in measure.benchmarks if benchmark.comparator == comparator]
        benchmark = max(
            held, key=lambda benchmark: period_of(benchmark.period).last_day, default=None
        )
        others.append(
            _against(
                status,
                title,
                value,
                benchmark.value if benchmark else None,
                _key(benchmark),
                missing="Not available" if benchmark else "No figure",
            )
        )
    number = measure.references[-1].number if measure.references else ""
    return Indicator(status, number, detail(now), others, *_own(published.sheet, measure, year))


def _key(held):
    return held.period if held else ""


def _against_last(status, value, last, year):
    """Against the result before, where it is of the same thing."""
    against = _against(status, "Last result", value, last.value if last else None, _key(last))
    changed = last and status.measure.changed_between(period_of(last.period), year)
    if not changed or last.value is None:
        return against
    return Against(
        title=against.title,
        text=status.words_of(last),
        tone="none",
        difference=f"What is counted changed from {changed.label}: not compared",
        period=against.period,
    )


def _against(status, title, value, other: Decimal | None, key, missing="No figure"):
    tone, difference = compared(value, other, status.measure)
    return Against(
        title=title,
        text=missing if other is None and title != "Target" else status.number(other) or "None",
        tone=tone,
        difference=difference if other is not None else "",
        period=period_of(key).label if key and other is not None else "",
    )
