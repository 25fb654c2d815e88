"""Fetching a return that the person may have, so that the check cannot be forgotten."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from projects.access import Access, council_for
from publishing.models import with_subjects
from returns.due import with_end
from returns.subjects import model_named


def return_for(request, council: str, period: str, slug: str) -> tuple[Any, Access]:
    """The return, or the month of measures, and the person's access.

    Http404 unless they may read it in whatever state.
    """
    reporting_council, access = council_for(request.user, council)
    model = model_named(slug)
    report = (
        with_subjects(with_end(model._default_manager.filter(period__council=reporting_council)))
        .filter(period__key=period, slug=slug)
        .select_related("period__council", "changed_by")
        .first()
    )
    if report is None or not report.may_be_read_by(access):
        raise Http404("No such return.")
    return report, access


def return_to_write(request, council: str, period: str, slug: str) -> tuple[Any, Access]:
    """The return of what the person reports on. PermissionDenied for other readers."""
    report, access = return_for(request, council, period, slug)
    if not report.may_be_written_by(access):
        raise PermissionDenied
    return report, access
