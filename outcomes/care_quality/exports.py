"""The quality of care as rows of plain values, for spreadsheets."""

from collections.abc import Iterator

from bcfportal.lib.exports import Export
from bcfportal.lib.periods import period_of
from outcomes.vital_signs.exports import VERSION
from outcomes.vital_signs.parts import statuses_of_parts
from outcomes.vital_signs.published import PublishedMeasures
from outcomes.vital_signs.statuses import statuses


def quality_rows(published: PublishedMeasures) -> Iterator[list]:
    """A row for each figure: by measure in printed order, the total before its parts."""
    for status in statuses(published.sheet, published.month, "care quality"):
        for part, part_status in [("", status), *statuses_of_parts(published, status)]:
            measure = part_status.measure
            for result in part_status.figures:
                yield [
                    measure.slug,
                    measure.text,
                    measure.theme,
                    measure.unit,
                    measure.direction,
                    part,
                    result.period,
                    period_of(result.period).label,
                    result.value,
                    result.numerator,
                    result.denominator,
                    result.status,
                    " ".join(filter(None, (result.note, measure.note))),
                    result.source or measure.source,
                    published.version_words,
                ]


QUALITY = Export(
    "care-quality",
    "Quality of care",
    "One row for each figure: by measure, the total before its parts.",
    [
        ("measure", "The measure's name in addresses."),
        ("title", "What is measured, as printed."),
        ("theme", "What it is grouped under."),
        ("unit", "The unit of the figures."),
        ("direction", "Whether a bigger or a smaller figure is better, or neither."),
        ("part", "The sector of the figure. Empty for all sectors."),
        ("period", "2016-17-m12 is March 2017, 2016-17 the financial year."),
        ("period_in_words", "The period or day of the figure."),
        ("value", "The figure. Empty where there is none."),
        ("numerator", "How many, where printed."),
        ("denominator", "Out of how many, where printed."),
        ("status", "reported, or why there is no figure."),
        ("note", "Notes on the figure and on the measure."),
        ("source", "Where it is printed. Empty if it came from a return on the portal."),
        VERSION,
    ],
    quality_rows,
)
