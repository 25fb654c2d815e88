"""One list of what was said to come, of all subjects, with what became of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from programme.pages import render_page
from programme.programme import Programme, programme_in
from programme.promises import KINDS, PROMISES, is_current, promises_shown
from projects.access import Access
from projects.models import Council
from publishing.pages import council_shown, period_asked, render_council_page, version_asked


def _asked(request: HttpRequest, slug: str) -> tuple[Council, Access, Programme | None]:
    """The council, and the programme whose version is asked for; None where it has none."""
    council, access = council_shown(request, slug)
    period, version = period_asked(request), version_asked(request)
    if not (period or version or getattr(council, "has_programme", False)):
        return council, access, None
    return council, access, programme_in(council, access, period, version)


@require_safe
def promises(request: HttpRequest, council: str) -> HttpResponse:
    """What is late first; kept, moved and dropped counted by owner."""
    of_council, access, programme = _asked(request, council)
    listed = promises_shown(of_council, programme)
    context: dict[str, Any] = {
        "promises": listed,
        "kinds": KINDS,
        "current": programme is None or is_current(programme),
        "export": PROMISES,
    }
    template = "programme/promises.html"
    if programme:
        return render_page(request, template, programme, "promises", **context)
    return render_council_page(request, template, of_council, access, "promises", **context)


@require_safe
def download(request: HttpRequest, council: str, form: str) -> HttpResponseBase:
    """The same list as CSV or as a workbook, a row each."""
    of_council, _, programme = _asked(request, council)
    version = programme.version if programme else None
    stem = f"{of_council.file_name}-{PROMISES.name}"
    if programme:
        stem = f"{of_council.file_name}-{programme.period.key}-{PROMISES.name}"
    return PROMISES.answer(promises_shown(of_council, programme), stem, form, version=version)
