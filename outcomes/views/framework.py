"""The outcomes framework against its comparators, and the quality of care by sector."""

from django.http import Http404
from django.views.decorators.http import require_safe

from outcomes.care_quality.exports import QUALITY
from outcomes.care_quality.tables import care_quality
from outcomes.framework.exports import FRAMEWORK
from outcomes.framework.tables import framework
from outcomes.views.vital_signs import not_then, render_measures, shown_to
from outcomes.vital_signs.discrepancies import of_measure


def _framework(shown):
    found = framework(shown)
    if found is None:
        raise Http404("No indicators of that year.")
    return found


@require_safe
def framework_page(request, council):
    shown = shown_to(request, council)
    if framework(shown) is None and shown.latest.of("outcomes framework"):
        not_then(shown, "Outcomes framework", "reporting:outcomes-framework")
    found = _framework(shown)
    return render_measures(
        request,
        "outcomes/framework/framework.html",
        shown,
        framework=found,
        provisional=any(each.standing.latest.provisional for each in found.indicators),
        checks=[
            disagreement
            for measure in shown.sheet.measures
            if measure.collection == "outcomes framework" or measure.same_as
            for disagreement in of_measure(shown.sheet, measure)
        ],
    )


@require_safe
def download(request, council):
    """The indicators as CSV, a row each."""
    shown = shown_to(request, council)
    found = _framework(shown)
    return FRAMEWORK.answer(shown, f"{shown.council.file_name}-{found.year.key}-{FRAMEWORK.name}")


@require_safe
def care_quality_page(request, council):
    shown = shown_to(request, council)
    found = care_quality(shown)
    if found is None:
        if shown.latest.of("care quality"):
            not_then(shown, "Quality of care", "reporting:care-quality")
        raise Http404("No figures on the quality of care.")
    return render_measures(
        request,
        "outcomes/care_quality/care_quality.html",
        shown,
        quality=found,
        checks=[
            disagreement
            for measure in shown.sheet.of("care quality")
            for disagreement in of_measure(shown.sheet, measure)
        ],
    )


@require_safe
def quality_download(request, council):
    """Every figure of the quality of care as CSV, a row for each measure, part and period."""
    shown = shown_to(request, council)
    if care_quality(shown) is None:
        raise Http404("No figures on the quality of care.")
    return QUALITY.answer(shown, f"{shown.council.file_name}-{shown.month.key}-{QUALITY.name}")
