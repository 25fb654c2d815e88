"""The earlier saves of a section of a return: the list, and one of them, which can be restored."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from projects.access import Access
from publishing import earlier_saves
from publishing.models import Report, SectionName
from returns.actions import draft_of, save_section, why_not_written
from returns.views.fetch import return_for, return_to_write


@never_cache
@require_safe
def saves(
    request: HttpRequest, council: str, period: str, slug: str, name: SectionName
) -> HttpResponse:
    report, access = return_for(request, council, period, slug)
    return earlier_saves.show_list(request, _kept(report, access, name))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def save(
    request: HttpRequest, council: str, period: str, slug: str, name: SectionName, number: int
) -> HttpResponse:
    fetch = return_to_write if request.method == "POST" else return_for

    def make() -> earlier_saves.KeptSection:
        return _kept(*fetch(request, council, period, slug), name)

    return earlier_saves.show_one(request, make, number)


def _kept(report: Report, access: Access, name: SectionName) -> earlier_saves.KeptSection:
    draft = draft_of(report)
    if name not in draft.sections:
        raise Http404("This return has no such section.")
    return earlier_saves.KeptSection(
        section=draft.sections[name],
        title=str(name.label),
        subject=f"{report.subject}, {report.period.label}",
        steps=_steps(report, access, name),
        address=reverse("reporting:saves", args=[*_of(report), name]),
        menu="returns" if access.may(Permission.REPORT) else "quarter",
        council=report.period.council,
        access=access,
        labels=draft.labels(name),
        in_words=partial(draft.in_words, name),
        may_write=report.may_be_written_by(access),
        why_not=why_not_written(report),
        save=partial(save_section, report.pk, name),
    )


def _of(report: Report) -> list[Any]:
    return [report.period.council.slug, report.period.key, report.slug]


def _steps(report: Report, access: Access, name: SectionName) -> list[tuple[str, str]]:
    council = report.period.council.slug
    if access.may(Permission.REPORT):
        first = (reverse("reporting:my-returns", args=[council]), "My returns")
    else:
        board = reverse("reporting:quarter", args=[council])
        first = (f"{board}?period={report.period.key}", "Quarter")
    return [
        first,
        (reverse("reporting:return", args=_of(report)), report.subject),
        (reverse("reporting:section", args=[*_of(report), name]), str(name.label)),
    ]
