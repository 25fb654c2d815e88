"""The council's own settings, and its projects."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from administration.actions import save_project, saved_words
from administration.forms.records import CouncilForm, ProjectForm
from administration.history import history_of, history_of_project
from administration.views.frame import for_administrators, render_screen
from bcfportal.lib.periods import period_of
from projects.today import changes_later, today_of
from projects.tolerances import tolerances_of
from returns.owed import leads_by_project
from typed.forms import one_form

either = require_http_methods(["GET", "HEAD", "POST"])


@for_administrators
@either
def settings(request, council):
    form = one_form(request, lambda data: CouncilForm(data, instance=council))
    if form.is_valid():
        form.keep(request.user)
        messages.success(request, "Saved: the settings of the council.")
        return redirect("administration:start", council.slug)
    if form.errors:
        # The form has put what was typed on the record from which the page's frame is made.
        council.refresh_from_db()
    judged = [
        (tolerance, period_of(tolerance.since).label)
        for tolerance in tolerances_of(council)
        if tolerance.since
    ]
    return render_screen(
        request,
        "administration/settings.html",
        council,
        form=form,
        judged=judged[::-1],
        changes=history_of(council),
    )


@for_administrators
@require_safe
def projects(request, council):
    rows = council.projects.select_related("grant_condition").prefetch_related(
        "assignments__user", "changes__condition_before", "changes__condition_after"
    )
    projects_today = [(project, today_of(project)) for project in rows]
    projects_today.sort(key=lambda row: row[1].grant_condition.number)
    return render_screen(
        request,
        "administration/projects.html",
        council,
        projects=projects_today,
        leads=leads_by_project(project__council=council),
    )


@for_administrators
@either
def project(request, council, slug):
    project = council.projects.filter(slug=slug).first()
    if project is None:
        raise Http404("No such project of this council.")
    title, later = str(project), changes_later(project)
    leads = list(project.assignments.values_list("user_id", flat=True))
    form = one_form(
        request, lambda data: ProjectForm(data, instance=project, initial={"leads": leads})
    )
    if form.is_valid():
        replaced = save_project(form, by=request.user)
        messages.success(request, saved_words(project, replaced))
        return redirect("administration:projects", council.slug)
    return render_screen(
        request,
        "administration/project.html",
        council,
        form=form,
        title=title,
        later=later,
        changes=history_of_project(project),
    )
