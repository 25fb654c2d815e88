"""The earlier saves of a section of a finance report: the list, and one of them to restore."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from finance.models import MonitoringReport, MonitoringSection
from finance.monitoring.actions import save_section, why_not_written
from finance.monitoring.draft import Draft
from finance.monitoring.views.entry import report_for
from projects.access import Access
from publishing import earlier_saves
from typed.boxes import as_read


@never_cache
@require_safe
def saves(request: HttpRequest, council: str, period: str, version: int, name: str) -> HttpResponse:
    report, access = report_for(request, council, period, version)
    return earlier_saves.show_list(request, _kept(report, access, name))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def save(
    request: HttpRequest, council: str, period: str, version: int, name: str, number: int
) -> HttpResponse:
    def make() -> earlier_saves.KeptSection:
        return _kept(*report_for(request, council, period, version), name)

    return earlier_saves.show_one(request, make, number)


def _kept(report: MonitoringReport, access: Access, name: str) -> earlier_saves.KeptSection:
    if name not in MonitoringSection.Name.values:
        raise Http404("This report has no such section.")
    draft, title = Draft(report), str(MonitoringSection.Name(name).label)
    of_report = [report.council.slug, report.period, report.version]
    return earlier_saves.KeptSection(
        section=draft.sections[name],
        title=title,
        subject=str(report),
        steps=[
            (reverse("reporting:money-reports", args=of_report[:1]), "Finance reports"),
            (reverse("reporting:money-report", args=of_report), str(report)),
            (reverse(f"reporting:money-{name}", args=of_report), title),
        ],
        address=reverse("reporting:money-saves", args=[*of_report, name]),
        menu="money",
        council=report.council,
        access=access,
        labels=draft.labels(name),
        in_words=as_read,
        may_write=access.may(Permission.KEEP_MONEY),
        why_not=why_not_written(report),
        save=partial(save_section, report.pk, name),
    )
