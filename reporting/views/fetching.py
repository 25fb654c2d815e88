"""Fetching a return that the person may have, so that the check cannot be forgotten."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from projects.access import Access, council_for
from reporting.models import Return


def return_for(request, council: str, period: str, slug: str) -> tuple[Return, Access]:
    """The return and the person's access. Http404 unless they may read it in whatever state."""
    council, access = council_for(request.user, council)
    report = (
        Return.objects.filter(project__council=council, project__slug=slug, period__key=period)
        .select_related("project__council", "project__grant_condition", "period", "changed_by")
        .first()
    )
    if report is None or not access.may_see_return(report.project_id):
        raise Http404("No such return.")
    return report, access


def return_to_write(request, council: str, period: str, slug: str) -> tuple[Return, Access]:
    """The return of a project that the person reports on. PermissionDenied for other readers."""
    report, access = return_for(request, council, period, slug)
    if not access.may_report(report.project_id):
        raise PermissionDenied
    return report, access
