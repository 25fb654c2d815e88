"""Where an administrator begins."""

from django.views.decorators.http import require_safe

from administration.people import people_of
from administration.views.frame import for_administrators, render_screen
from projects.approval import why_not_approved
from projects.models import Project
from projects.today import today_of
from publishing.registry import stuck_in
from returns.owed import leads_by_project


@for_administrators
@require_safe
def start(request, council):
    people = people_of(council)
    projects = council.projects.all()
    leads = leads_by_project(project__council=council)
    live = {project for project in projects if today_of(project).is_live}
    return render_screen(
        request,
        "administration/start.html",
        council,
        open_people=sum(person.is_open for person in people),
        closed_people=sum(not person.is_open for person in people),
        live_projects=len(live),
        closed_projects=len(projects) - len(live),
        nobody_s=[
            project
            for project in projects
            if project in live and project.kind == Project.Kind.REPORTED and project.pk not in leads
        ],
        not_approved=why_not_approved(council),
        stuck=stuck_in(council),
        funds=council.funds.count(),
        conditions=council.conditions.count(),
        providers=council.providers.count(),
    )
