"""The outcomes framework against its comparators, and the quality of care by sector."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from bcfportal.lib.spreadsheets.files import csv_chunks
from outcomes.care_quality.exports import QUALITY_COLUMNS, quality_rows
from outcomes.care_quality.tables import care_quality
from outcomes.framework.tables import COLUMNS, framework, framework_rows
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
        "vital_signs/framework.html",
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
    name = f"{shown.council.file_name}-{found.year.key}-outcomes-framework.csv"
    return _csv(name, COLUMNS, framework_rows(found, shown))


def _csv(name, columns, rows):
    response = HttpResponse(
        "".join(csv_chunks([column for column, _ in columns], rows)),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


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
        "vital_signs/care_quality.html",
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
    name = f"{shown.council.file_name}-{shown.month.key}-care-quality.csv"
    return _csv(name, QUALITY_COLUMNS, quality_rows(shown))
