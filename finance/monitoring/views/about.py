"""What is said of a finance report beside its figures: its day, its meeting, what it corrects."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import Permission
from bcfportal.lib.periods import Period
from finance.monitoring.actions import change_about, why_corrected, why_not_written
from finance.monitoring.forms import AboutForm
from finance.monitoring.views.entry import report_for
from publishing.pages import render_working_page
from publishing.workflow import NotNow
from typed.forms import one_form


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def about(request: HttpRequest, council: str, period: str, version: int) -> HttpResponse:
    """Shows what is said of the report; of a draft, who keeps money changes it."""
    report, access = report_for(request, council, period, version)
    if request.method == "POST":
        access.require(Permission.KEEP_MONEY)
    why = why_corrected(report) if report.version > 1 else None
    form = one_form(
        request,
        lambda data: AboutForm(
            data,
            period=Period.parse(report.period),
            why=why,
            initial={"as_at": report.as_at, "meeting": report.meeting},
        ),
    )
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            change_about(
                report.pk,
                as_at=form.cleaned_data["as_at"],
                meeting=form.cleaned_data["meeting"],
                why=form.cleaned_data.get("why", ""),
                by=cast(User, request.user),
                access=access,
            )
        except NotNow as reason:
            problem = str(reason)
        else:
            messages.success(request, "Saved.")
            return redirect("reporting:money-report", council, period, version)
    return render_working_page(
        request,
        "finance/monitoring/about.html",
        report.council,
        access,
        "money",
        status=409 if problem else 200,
        report=report,
        form=form,
        why=why,
        problem=problem,
        why_not=why_not_written(report),
        may_write=access.may(Permission.KEEP_MONEY),
        typed=_typed(form) if problem else [],
        parent=str(report),
        parent_url=reverse("reporting:money-report", args=[council, period, version]),
    )


def _typed(form: AboutForm) -> list[tuple[str, str]]:
    """What was typed, to copy, where the report is no draft any more."""
    boxes = [(str(box.label), str(box.value() or "")) for box in form]
    return [(label, text) for label, text in boxes if text]
