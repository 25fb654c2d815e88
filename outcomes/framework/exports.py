"""The outcomes framework as rows of plain values, for spreadsheets."""

from collections.abc import Iterator

from bcfportal.lib.exports import Export
from bcfportal.lib.periods import period_of
from bcfportal.lib.ratings import COLOURS
from outcomes.framework.tables import framework
from outcomes.models import Benchmark
from outcomes.vital_signs.exports import VERSION
from outcomes.vital_signs.published import PublishedMeasures


def framework_rows(published: PublishedMeasures) -> Iterator[list]:
    """A row for each indicator of the year; none if the month has no framework."""
    table = framework(published)
    if table is None:
        return
    for indicator in table.indicators:
        measure, status = indicator.measure, indicator.status
        now = status.by_period.get(table.year.key)
        earlier = [result for result in status.known if result.period != table.year.key]
        held = {benchmark.comparator: benchmark for benchmark in measure.benchmarks}
        target = status.target_in(table.year)
        rated = status.rate(now)
        yield [
            indicator.number,
            measure.text,
            measure.direction,
            measure.unit,
            table.year.label,
            now.numerator if now else None,
            now.denominator if now else None,
            now.value if now else None,
            "yes" if now and now.provisional else "",
            target.value if target else None,
            rated.rating if rated.rating in COLOURS else "",
            earlier[-1].value if earlier else None,
            period_of(earlier[-1].period).label if earlier else "",
            *(
                value
                for name, _ in Benchmark.Comparator.choices
                for value in ((held[name].value, held[name].status) if name in held else (None, ""))
            ),
            period_of(next(iter(held.values())).period).label if held else "",
            published.version_words,
        ]


FRAMEWORK = Export(
    "outcomes-framework",
    "Outcomes framework",
    "One row for each indicator of the year.",
    [
        ("number", "The indicator's number in the framework of its year."),
        ("indicator", "What is measured, as printed."),
        ("direction", "Whether a bigger or a smaller figure is better."),
        ("unit", "The unit of the figures."),
        ("year", "The financial year of the result."),
        ("numerator", "As printed."),
        ("denominator", "As printed."),
        ("result", "The result."),
        ("provisional", "yes where the result may still change."),
        ("target", "The target; empty where none is printed."),
        ("rating_by_rule", "green, amber or red; empty for none."),
        ("last_result", "The result before; last_result_year says of which year."),
        ("last_result_year", ""),
        ("family_group", "The family group's average; empty where there is none."),
        ("family_group_status", "reported, or not available; empty where none was asked for."),
        ("region", "The region's average."),
        ("region_status", "As family_group_status."),
        ("england", "England's average."),
        ("england_status", "As family_group_status."),
        ("comparators_year", "The year of the comparators."),
        VERSION,
    ],
    framework_rows,
)
