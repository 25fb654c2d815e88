"""Fetching a return that the person may have, so that the check cannot be forgotten."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from projects.access import Access, council_for
from publishing.models import VITAL_SIGNS, Return
from returns.due import with_end


def returns_of(slug: str) -> dict:
    """What finds the returns that have this name in addresses: a project's, or the council's."""
    return {"project": None} if slug == VITAL_SIGNS else {"project__slug": slug}


def return_for(request, council: str, period: str, slug: str) -> tuple[Return, Access]:
    """The return and the person's access. Http404 unless they may read it in whatever state."""
    reporting_council, access = council_for(request.user, council)
    report = (
        with_end(Return.objects.filter(period__council=reporting_council, period__key=period))
        .filter(**returns_of(slug))
        .select_related("project__grant_condition", "period__council", "changed_by")
        .first()
    )
    if report is None or not access.may_see_return(report.project_id):
        raise Http404("No such return.")
    return report, access


def return_to_write(request, council: str, period: str, slug: str) -> tuple[Return, Access]:
    """The return of what the person reports on. PermissionDenied for other readers."""
    report, access = return_for(request, council, period, slug)
    if not access.may_report(report.project_id):
        raise PermissionDenied
    return report, access
