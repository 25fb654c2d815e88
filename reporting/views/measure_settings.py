"""Setting a target, recalculating limits, recording a changed definition: each with a reason."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from outcomes.actions import break_series, set_target
from outcomes.models import Measure
from reporting.views.follow_ups import _measure as measure_to_change
from reporting.views.pages import render_working_page, working_council
from reporting.vital_signs.forms import BreakForm, TargetForm
from reporting.vital_signs.measure_forms import MeasureForm

SHOWN_WHEN = "Published pages show it once the next month is approved and published."


def _page(request, council, access, measure, form, title, about):
    return render_working_page(
        request,
        "vital_signs/decide.html",
        council,
        access,
        "vital-signs",
        form=form,
        measure=measure,
        title=title,
        about=f"{about} {SHOWN_WHEN}",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def target(request, council, measure):
    """Sets the target of a measure from a month on; the old one is kept with who and why."""
    council, access, measure = measure_to_change(
        request, council, measure, Permission.KEEP_MEASURES
    )
    form = TargetForm(request.POST or None, measure=measure)
    if request.method == "POST" and form.is_valid():
        set_target(measure=measure, by=request.user, **form.cleaned_data)
        messages.success(request, f"The target is set. {SHOWN_WHEN}")
        return redirect(reverse("reporting:report-card", args=[council.slug, measure.slug]))
    return _page(
        request,
        council,
        access,
        measure,
        form,
        "Set or change a target",
        "A target stands from its month until the next that is set. What stood before is kept, "
        "with your post and your reason.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add_break(request, council, measure):
    """Begins a new segment of the series, or notes that its definition changed."""
    council, access, measure = measure_to_change(
        request, council, measure, Permission.KEEP_MEASURES
    )
    form = BreakForm(request.POST or None, measure=measure)
    if request.method == "POST" and form.is_valid():
        break_series(measure=measure, by=request.user, **form.cleaned_data)
        messages.success(request, f"The break is recorded. {SHOWN_WHEN}")
        return redirect(reverse("reporting:report-card", args=[council.slug, measure.slug]))
    return _page(
        request,
        council,
        access,
        measure,
        form,
        "Break the series",
        "Recalculating limits is a judgement: do it only where a change is known and has lasted. "
        "Your reason stands on every chart of the measure.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request, council, measure):
    """What is said of a measure and how it rates; every change is kept by the database."""
    council, access, measure = measure_to_change(
        request, council, measure, Permission.KEEP_MEASURES
    )
    form = MeasureForm(request.POST or None, instance=measure)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"Saved: {measure.name}. {SHOWN_WHEN}")
        return redirect(reverse("reporting:vital-signs", args=[council.slug]))
    about = "What is said of the measure, and how it is rated."
    return _page(request, council, access, measure, form, "Change the measure", about)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request, council):
    """A new measure of the council's own."""
    council, access = working_council(request, council)
    access.require(Permission.KEEP_MEASURES)
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
