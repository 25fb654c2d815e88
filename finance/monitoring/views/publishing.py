"""Publishing a finance report: asks first, with what is in, what is missing, and a preview."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from bcfportal.lib import clock, present
from bcfportal.lib.sentences import counted, day_words
from finance.models import MonitoringReport
from finance.monitoring.collect import latest_statement
from finance.monitoring.content import Statement
from finance.monitoring.corrections import corrections
from finance.monitoring.deciding import report_read
from finance.monitoring.transitions import MONITORING
from finance.monitoring.views.entry import report_for
from publishing.pages import PublishPage, render_working_page
from publishing.workflow import NotNow
from typed.seen import Seen, Stale, mark_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, council: str, period: str, version: int) -> HttpResponse:
    """Asks what the public is to see; publishes once that is confirmed."""
    report, access = report_for(request, council, period, version)
    by, problem = cast(User, request.user), ""
    if request.method == "POST":
        try:
            MONITORING.transition(
                "publish",
                report.pk,
                by=by,
                access=access,
                seen=Seen(request.POST.get("seen", ""), report_read),
                answer=request.POST.get("right", ""),
            )
        except (NotNow, Stale) as reason:
            problem = str(reason)
            report.refresh_from_db()
        else:
            messages.success(request, f"{report} is published.")
            return redirect("reporting:money-report", council, period, version)
    if why_not := MONITORING.why_not("publish", report, clock.today()):
        messages.error(request, problem or why_not)
        return redirect("reporting:money-report", council, period, version)
    statement = present(latest_statement(report))
    before = _before(report)
    return render_working_page(
        request,
        "publishing/publish.html",
        report.council,
        access,
        "money",
        status=409 if problem else 200,
        page=_page(report, statement),
        problem=problem,
        parent=str(report),
        parent_url=_address(report, "money-report"),
        corrections=corrections(before, statement) if before else [],
    )


def _address(report: MonitoringReport, name: str) -> str:
    place = [report.council.slug, report.period, report.version]
    return reverse(f"reporting:{name}", args=place)


def _before(report: MonitoringReport) -> Statement | None:
    """What the public reads now of the same period; None where it reads nothing."""
    public = MonitoringReport.objects.published().filter(
        council=report.council_id, period=report.period
    )
    latest = public.order_by("-version").first()
    return latest_statement(latest) if latest else None


def _page(report: MonitoringReport, statement: Statement) -> PublishPage:
    parts = [
        ("Budget monitoring", len(statement.areas), "area"),
        ("Reserves", len(statement.reserves), "reserve"),
        ("Capital", len(statement.capital), "project"),
    ]
    pages = [("The front page of money", "finance"), ("The paper (PDF)", "finance-pdf")]
    pages += [("Reserves", "reserves")] if statement.reserves else []
    pages += [("Capital", "capital")] if statement.capital else []
    query = f"?report={report.period}&version={report.version}"
    return PublishPage(
        what=str(report),
        heading=f"Publish {report}?",
        lead=f"As at {day_words(report.as_at)}.",
        button="Publish the report",
        back=_address(report, "money-report"),
        seen=mark_of(report_read(report)),
        becomes_public=[
            f"{name}: {counted(number, what)}" for name, number, what in parts if number
        ],
        missing=[f"{name}: nothing is entered" for name, number, _ in parts if not number],
        previews=[
            (label, reverse(f"reporting:{name}", args=[report.council.slug]) + query)
            for label, name in pages
        ],
        asked=MONITORING.asks("publish", report),
    )
