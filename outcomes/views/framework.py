"""The outcomes framework against its comparators, and the quality of care by sector."""

from django.http import Http404
from django.views.decorators.http import require_safe

from outcomes.care_quality.exports import QUALITY
from outcomes.care_quality.tables import care_quality
from outcomes.framework.exports import FRAMEWORK
from outcomes.framework.tables import framework
from outcomes.views.vital_signs import narrowed_to, not_then, render_measures, shown_to
from outcomes.vital_signs.content import Measure, VitalSigns
from outcomes.vital_signs.discrepancies import of_measure


def _framework(published):
    table = framework(published)
    if table is None:
        raise Http404("No indicators of that year.")
    return table


def _measures_of(sheet: VitalSigns) -> list[Measure]:
    """The indicators, and the council's own measures of the same."""
    return [
        measure
        for measure in sheet.measures
        if measure.collection == "outcomes framework" or measure.same_as
    ]


@require_safe
def framework_page(request, council):
    published = shown_to(request, council)
    if framework(published) is None and published.latest.of("outcomes framework"):
        not_then(published, "Outcomes framework", "reporting:outcomes-framework")
    table = _framework(published)
    return render_measures(
        request,
        "outcomes/framework/framework.html",
        published,
        framework=table,
        narrowed=narrowed_to(published.version, _measures_of(published.sheet)),
        provisional=any(indicator.status.latest.provisional for indicator in table.indicators),
        checks=[
            disagreement
            for measure in _measures_of(published.sheet)
            for disagreement in of_measure(published.sheet, measure)
        ],
    )


@require_safe
def download(request, council):
    """The indicators as CSV, a row each."""
    published = shown_to(request, council)
    table = _framework(published)
    stem = f"{published.council.file_name}-{table.year.key}-{FRAMEWORK.name}"
    return FRAMEWORK.answer(published, stem, version=published.version)


@require_safe
def care_quality_page(request, council):
    published = shown_to(request, council)
    quality = care_quality(published)
    if quality is None:
        if published.latest.of("care quality"):
            not_then(published, "Quality of care", "reporting:care-quality")
        raise Http404("No figures on the quality of care.")
    return render_measures(
        request,
        "outcomes/care_quality/care_quality.html",
        published,
        quality=quality,
        narrowed=narrowed_to(published.version, published.sheet.of("care quality")),
        checks=[
            disagreement
            for measure in published.sheet.of("care quality")
            for disagreement in of_measure(published.sheet, measure)
        ],
    )


@require_safe
def quality_download(request, council):
    """Every figure of the quality of care as CSV, a row for each measure, part and period."""
    published = shown_to(request, council)
    if care_quality(published) is None:
        raise Http404("No figures on the quality of care.")
    stem = f"{published.council.file_name}-{published.month.key}-{QUALITY.name}"
    return QUALITY.answer(published, stem, version=published.version)
