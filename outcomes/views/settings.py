"""Setting targets, recalculating limits, changing what a measure is: each with a reason.

Measures of a council and of its projects have the same forms. A council's is found by its slug, a
project's by the project's and by its place there.
"""

import re

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from bcfportal.lib import clock
from bcfportal.lib.periods import financial_year_label, financial_year_of
from outcomes.actions import break_series
from outcomes.models import Measure
from outcomes.views.follow_ups import measure_to_change, page_of
from outcomes.vital_signs.forms import YEARS_AHEAD, YEARS_BACK, BreakForm
from outcomes.vital_signs.measure_forms import DefinitionForm, MeasureForm
from outcomes.vital_signs.target_forms import YearOfTargetsForm
from projects.models import Project
from publishing.pages import render_working_page, working_council
from typed.forms import one_form

SHOWN_WHEN = "Published pages show it once the next month is approved and published."
SHOWN_WITH_RETURN = (
    "Published pages show it once the project’s next return is approved and published."
)


def _ask(request, council, found_by, form_class, keep, *, title, about, said):
    """One question about a measure: asks it, keeps a good answer, and goes back to the measure.

    ``form_class`` takes what was posted and the measure, ``keep`` the measure, the person and the
    form.
    """
    council, access, measure = measure_to_change(
        request, council, Permission.SET_MEASURES, **found_by
    )
    name = measure.name
    form = one_form(request, lambda data: form_class(data, measure))
    shown_when = SHOWN_WITH_RETURN if measure.project_id else SHOWN_WHEN
    if request.method == "POST" and form.is_valid():
        keep(measure, request.user, form)
        messages.success(request, f"{said} {shown_when}")
        return redirect(page_of(request, council, measure)[0])
    return render_working_page(
        request,
        "outcomes/vital_signs/form.html",
        council,
        access,
        "projects" if measure.project_id else "vital-signs",
        form=form,
        name=name,
        parent=page_of(request, council, measure),
        title=title,
        about=f"{about} {shown_when}",
    )


def _found_by(measure="", slug="", number=0):
    """What finds the measure that an address names: a council's, or a project's at its place."""
    return {"slug": measure} if measure else {"project__slug": slug, "position": number}


@require_http_methods(["GET", "HEAD", "POST"])
def target(request, council, **which):
    """Sets the targets of a year's months or quarters; the old are kept with who and why."""
    today = clock.today()
    year = _year(request.GET.get("year", ""), financial_year_of(today))
    label = financial_year_label(year)
    return _ask(
        request,
        council,
        _found_by(**which),
        lambda posted, measure: YearOfTargetsForm(posted, measure=measure, year=year, today=today),
        lambda measure, by, form: form.keep(by),
        title=f"Targets of {label}",
        about="A target holds for its own period only. Enter a figure, none, or not yet set. Leave "
        "undecided targets empty. The old targets are kept, with your post and your reason.",
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
        _found_by(measure),
        lambda posted, measure: BreakForm(posted, measure=measure),
        lambda measure, by, form: break_series(measure=measure, by=by, **form.cleaned_data),
        title="Break the series",
        about="Recalculating limits is a judgement: do it only where a change is known and has "
        "lasted. Your reason is shown on every chart of the measure.",
        said="The break is recorded.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request, council, **which):
    """What a measure is, and how it rates; every change is kept by the database."""
    return _ask(
        request,
        council,
        _found_by(**which),
        _form_of,
        lambda measure, by, form: form.keep(by),
        title="Change the measure",
        about="How the measure is described, counted and rated.",
        said="The measure is changed.",
    )


def _form_of(posted, measure):
    form_class = DefinitionForm if measure.project_id else MeasureForm
    return form_class(posted, instance=measure)


@require_safe
def of_project(request, council, slug):
    """What a project counts, each with its targets and what it is."""
    council, access = working_council(request, council)
    access.require(Permission.SET_MEASURES)
    project = Project.objects.filter(council=council, slug=slug).first()
    if project is None:
        raise Http404("No such project of this council.")
    return render_working_page(
        request,
        "outcomes/project_measures/measures.html",
        council,
        access,
        "projects",
        project=project,
        measures=project.measures.order_by("position"),
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
        "outcomes/vital_signs/add_measure.html",
        council,
        access,
        "vital-signs",
        form=form,
        known=Measure.objects.filter(council=council).order_by("collection", "position"),
        projects=council.projects.filter(measures__isnull=False).distinct(),
    )
