"""Setting a target, recalculating limits, recording a changed definition: each with a reason."""

import re

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from bcfportal.lib import clock
from bcfportal.lib.periods import financial_year_label, financial_year_of
from outcomes.actions import break_series
from outcomes.models import Measure
from reporting.views.follow_ups import measure_to_change, page_of
from reporting.views.pages import render_working_page, working_council
from reporting.vital_signs.forms import YEARS_AHEAD, YEARS_BACK, BreakForm
from reporting.vital_signs.measure_forms import MeasureForm
from reporting.vital_signs.target_forms import YearOfTargetsForm
from typed.forms import one_form

SHOWN_WHEN = "Published pages show it once the next month is approved and published."


def _ask(request, council, measure, form_class, keep, *, title, about, said):
    """One question about a measure: asks it, keeps a good answer, and goes back to the measure.

    ``form_class`` takes what was posted and the measure, ``keep`` the measure, the person and the
    form.
    """
    council, access, measure = measure_to_change(request, council, measure, Permission.SET_MEASURES)
    form = one_form(request, lambda data: form_class(data, measure))
    if request.method == "POST" and form.is_valid():
        keep(measure, request.user, form)
        messages.success(request, f"{said} {SHOWN_WHEN}")
        return redirect(page_of(request, council, measure)[0])
    return render_working_page(
        request,
        "vital_signs/decide.html",
        council,
        access,
        "vital-signs",
        form=form,
        measure=measure,
        parent=page_of(request, council, measure),
        title=title,
        about=f"{about} {SHOWN_WHEN}",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def target(request, council, measure):
    """Sets the targets of a year's months or quarters; the old are kept with who and why."""
    today = clock.today()
    year = _year(request.GET.get("year", ""), financial_year_of(today))
    label = financial_year_label(year)
    return _ask(
        request,
        council,
        measure,
        lambda posted, measure: YearOfTargetsForm(posted, measure=measure, year=year, today=today),
        lambda measure, by, form: form.keep(by),
        title=f"Targets of {label}",
        about="A target holds for its own period only. Enter a figure, none, or not yet set; leave "
        "empty what nobody has decided. What stood before is kept, with your post and your reason.",
        said=f"The targets of {label} are set.",
    )


def _year(typed, now):
    """The financial year asked for, near enough to set targets for; else this one."""
    year = int(typed) if re.fullmatch(r"[0-9]{4}", typed) else now
    return year if now - YEARS_BACK <= year <= now + YEARS_AHEAD else now


@require_http_methods(["GET", "HEAD", "POST"])
def add_break(request, council, measure):
    """Begins a new segment of the series, or notes that its definition changed."""
    return _ask(
        request,
        council,
        measure,
        lambda posted, measure: BreakForm(posted, measure=measure),
        lambda measure, by, form: break_series(measure=measure, by=by, **form.cleaned_data),
        title="Break the series",
        about="Recalculating limits is a judgement: do it only where a change is known and has "
        "lasted. Your reason stands on every chart of the measure.",
        said="The break is recorded.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request, council, measure):
    """What is said of a measure and how it rates; every change is kept by the database."""
    return _ask(
        request,
        council,
        measure,
        lambda posted, measure: MeasureForm(posted, instance=measure),
        lambda measure, by, form: form.keep(by),
        title="Change the measure",
        about="What is said of the measure, and how it is rated.",
        said="The measure is changed.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request, council):
    """A new measure of the council's own."""
    council, access = working_council(request, council)
    access.require(Permission.SET_MEASURES)
    measure = Measure(council=council, collection=Measure.Collection.VITAL_SIGNS, frequency="month")
    form = MeasureForm(request.POST or None, instance=measure, submit="Add the measure")
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"{measure.name} is added. Its figures are entered next month.")
        return redirect(reverse("reporting:add-measure", args=[council.slug]))
    return render_working_page(
        request,
        "vital_signs/add.html",
        council,
        access,
        "vital-signs",
        form=form,
        known=Measure.objects.filter(council=council).order_by("collection", "position"),
    )
