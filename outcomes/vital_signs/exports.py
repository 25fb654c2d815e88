"""The dashboard as rows of plain values, for spreadsheets."""

from collections.abc import Iterator

from bcfportal.lib.exports import Export
from bcfportal.lib.periods import period_of
from outcomes.vital_signs.dashboard import dashboard, row_of, with_corrections
from outcomes.vital_signs.parts import statuses_of_parts
from outcomes.vital_signs.published import PublishedMeasures

VERSION = ("version", "Which version of which month's report this is, and when it was published.")


def vital_sign_rows(published: PublishedMeasures) -> Iterator[list]:
    """A row for each measure and month, in the order of the dashboard; then those of its parts."""
    for row in dashboard(published.sheet, published.month):
        parts = [(name, row_of(part)) for name, part in statuses_of_parts(published, row.status)]
        for name, named_row in [("", row), *parts]:
            (marked,) = with_corrections([named_row], published.corrected, published.given)
            yield from _rows(marked, name, published.version_words)


def _rows(row, part, version):
    measure, status = row.measure, row.status
    # A criterion is of the whole.
    met = "" if part else "; ".join(met.criterion for met in status.met)
    for cell in row.cells:
        result = status.in_month(cell.month)
        period = period_of(result.period) if result else cell.month
        target, then = status.target_in(period), measure.definition_in(period)
        yield [
            measure.slug,
            then.text,
            measure.theme,
            then.unit,
            then.direction,
            cell.month.key,
            result.value if result else None,
            result.numerator if result else None,
            result.denominator if result else None,
            result.status if result else "",
            target.value if target else None,
            target.note if target else "",
            cell.rating or "",
            cell.reason if cell.rating else "",
            met,
            part,
            cell.corrected,
            "no" if measure.not_official else "",
            measure.note,
            version,
        ]


VITAL_SIGNS = Export(
    "vital-signs",
    "Vital signs",
    "One row for each measure and month; then one for each of its parts.",
    [
        ("measure", "The measure's name in addresses."),
        ("title", "What is measured, as printed."),
        ("theme", "What it is grouped under."),
        ("unit", "The unit of the figures."),
        ("direction", "Whether a bigger or a smaller figure is better, or neither."),
        ("month", "2016-17-m12 is month 12 of 2016/17, which is March 2017."),
        ("value", "The figure. Empty where there is none."),
        ("numerator", "How many, where printed."),
        ("denominator", "Out of how many, where printed."),
        ("status", "reported, or why there is no figure."),
        ("target", "The target that stood in that month. Empty where there was none in figures."),
        ("target_note", "Notes on that target."),
        ("rating_by_rule", "green, amber or red against that target; empty for none."),
        ("reason", "The rule's reason."),
        ("exception", "The criteria that the measure meets at the end of the months shown."),
        ("part", "The locality, provider or sector that the figure is of. Empty for the whole."),
        (
            "corrected",
            "What the figure was corrected from, to, when and why; what its own report gives.",
        ),
        ("official", "no where it is named like an official measure and counted otherwise."),
        ("note", "Notes on the measure."),
        VERSION,
    ],
    vital_sign_rows,
)
