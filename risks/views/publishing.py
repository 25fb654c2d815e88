"""Publishing the register as at a day: says first what that day holds."""

import calendar
import re
from collections.abc import Iterator
from datetime import date
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from accounts.models import User
from bcfportal.lib import clock, present
from bcfportal.lib.sentences import counted, day_words, month_words
from publishing.form_drafts.form import KeptForm
from publishing.pages import PublishPage, render_working_page
from publishing.workflow import NotNow, Unanswered
from risks import forms
from risks.deciding import report_read, since_the_last
from risks.models import RegisterReport
from risks.register import Register, RiskAt, register_at
from risks.transitions import REGISTERS, latest_report
from risks.versions import ever_published
from risks.views.kept import CONFLICT, form_page, kept_about
from risks.views.manage import register_to_keep, writes
from risks.views.register import WORKING
from typed.seen import Seen, Stale, mark_of

# A month of a year, as titles of registers have it: "November 2026".
_MONTH = re.compile(rf"\b({'|'.join(calendar.month_name[1:])}) \d{{4}}\b")


@never_cache
@writes
def publish(request: HttpRequest, council: str) -> HttpResponse:
    """Asks for the day, says what it holds, and publishes it once that is confirmed."""
    of_council, access, register = register_to_keep(request, council)
    to_come = RegisterReport(council=of_council, as_at=clock.today())
    latest, by = latest_report(to_come), cast(User, request.user)
    title = _title_of(clock.today(), after=latest)
    kept = kept_about(
        *(request, of_council, access, "Publish the register"),
        lambda data: forms.PublishForm(data, scale=register.scale, initial={"title": title}),
    )
    if kept.answer:
        return kept.answer
    (form,) = kept.parts
    if kept.is_sent and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("as_at", "meeting_on", "title")}
        report = RegisterReport(council=of_council, **chosen)
        try:
            if why_not := REGISTERS.why_not("publish", report, clock.today()):
                raise NotNow(why_not)
            if not request.POST.get("confirm"):
                return _ask(kept, report)
            seen = Seen(request.POST.get("seen", ""), report_read)
            with kept.sending():
                answer = request.POST.get("right", "")
                REGISTERS.transition(
                    "publish", report, by=by, access=access, seen=seen, answer=answer
                )
        except (Stale, Unanswered) as error:
            kept.problem = str(error)
            return _ask(kept, report)
        except NotNow as error:
            form.add_error("as_at", str(error))
        else:
            day = day_words(report.as_at)
            messages.success(
                request, f"The register as at {day} is published. Everyone can read it."
            )
            return redirect("reporting:risks", of_council.slug)
    return form_page(
        kept,
        beside="publish",
        published=ever_published(of_council),
        actions={rule.action for rule in REGISTERS.actions_for(to_come, by=by, access=access)},
        why_not=REGISTERS.why_not("publish", to_come, clock.today()),
        register=register,
        since=since_the_last(latest, register),
    )


def _ask(kept: KeptForm, report: RegisterReport) -> HttpResponse:
    """What becomes public of that day, and its page and paper as the public would read them.

    What is typed stays kept until that is confirmed.
    """
    return render_working_page(
        kept.request,
        "risks/publish.html",
        report.council,
        kept.about.access,
        "risks",
        status=CONFLICT if kept.problem else 200,
        page=_page(report),
        problem=kept.problem,
        form=kept.parts[0],
        held=kept.held,
        parent="Publish the register",
        parent_url=reverse("reporting:publish-risks", args=[report.council.slug]),
    )


def _page(report: RegisterReport) -> PublishPage:
    day, slug = day_words(report.as_at), report.council.slug
    register = present(register_at(report.council, report.as_at, promised_until=report.meeting_on))
    meeting = f", for the meeting of {day_words(report.meeting_on)}" if report.meeting_on else ""
    query = f"?as_at={WORKING}&day={report.as_at.isoformat()}"
    if report.meeting_on:
        query += f"&meeting={report.meeting_on.isoformat()}"
    return PublishPage(
        what=f"the register as at {day}",
        heading=f"Publish the register as at {day}?",
        lead=f"{report.title}{meeting}.",
        button="Publish the register",
        back=reverse("reporting:publish-risks", args=[slug]),
        seen=mark_of(report_read(report)),
        becomes_public=list(_holds(report, register)),
        missing=[
            f"{risk.risk.reference}: {lacks}" for risk in register.risks for lacks in _lacks(risk)
        ],
        previews=[
            ("The register", reverse("reporting:risks", args=[slug]) + query),
            ("The paper (PDF)", reverse("reporting:risks-pdf", args=[slug]) + query),
        ],
        asked=REGISTERS.asks("publish", report),
    )


def _holds(report: RegisterReport, register: Register) -> Iterator[str]:
    yield f"{counted(len(register.risks), 'open risk')} and {len(register.closed)} closed"
    yield from (f"{band.name}: {number}" for band, number in register.by_band if number)
    if since := since_the_last(latest_report(report), register):
        yield since


def _lacks(risk: RiskAt) -> list[str]:
    said = [] if risk.now else ["it is not assessed"]
    said += [] if risk.prospects else ["no prospects are given"]
    return said + (["its review is late"] if risk.review_is_late else [])


def _title_of(day: date, *, after: RegisterReport | None) -> str:
    """The title to begin with: that of the register before, with the month of the day."""
    return _MONTH.sub(month_words(day), after.title) if after else "Risk register"
