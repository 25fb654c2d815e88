"""What a project said would come, on its next return: answered there, and said anew."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from projects.access import Access
from publishing.form_drafts.form import About, KeptForm
from publishing.models import Return
from publishing.pages import render_working_page
from publishing.promises import PromiseLine
from returns.actions import why_not_written
from returns.promises.actions import answer_in_return, promise_in_return, promises_before
from returns.views.fetch import return_to_write
from stated.forms import ReturnAnswerForm, ReturnPromiseForm
from typed.carrying import held, wants_json
from typed.pages import not_saved

writes = require_http_methods(["GET", "HEAD", "POST"])


def _fetched(request: HttpRequest, council: str, period: str, slug: str) -> tuple[Return, Access]:
    """The project's return, for whoever writes it. Raises Http404 for a month of measures."""
    report, access = return_to_write(request, council, period, slug)
    if not isinstance(report, Return):
        raise Http404("Only projects say what will come.")
    return report, access


def _about(report: Return, access: Access, title: str, *, own: bool) -> About:
    council = report.period.council
    address = reverse("reporting:return", args=[council.slug, report.period.key, report.slug])
    return About(
        council=council,
        access=access,
        menu="returns" if access.may(Permission.REPORT) else "quarter",
        title=title,
        subject=report.subject,
        steps=[(address, report.period.label)],
        own=own,
    )


def _too_late(request: HttpRequest, report: Return, said: str) -> HttpResponse:
    """Says why nothing is written now, and shows what was typed to copy."""
    if request.method == "POST" and (wants_json(request) or held(request).typed):
        return not_saved(request, 409, "That was not done", said)
    messages.error(request, said)
    return redirect("reporting:return", report.period.council.slug, report.period.key, report.slug)


def _page(kept: KeptForm, report: Return, **context: Any) -> HttpResponse:
    return render_working_page(
        kept.request,
        "returns/promise.html",
        kept.about.council,
        kept.about.access,
        kept.about.menu,
        status=409 if kept.problem else 200,
        form=kept.parts[0],
        kept=kept,
        problem=kept.problem,
        report=report,
        title=kept.about.title,
        parent=kept.about.steps[-1],
        **context,
    )


def _line(report: Return, key: str) -> PromiseLine:
    line = next((line for line in promises_before(report) if line.key == key), None)
    if line is None:
        raise Http404("No such promise.")
    return line


def _said(form: Any, *names: str) -> Mapping[str, Any]:
    return {name: form.cleaned_data[name] for name in names}


@never_cache
@writes
def answer(
    request: HttpRequest, council: Any, period: Any, slug: Any, kind: str, promise: str
) -> HttpResponse:
    """Says what became of something that was said to come: done, late, moved or dropped."""
    report, access = _fetched(request, council, period, slug)
    line = _line(report, f"{kind}/{promise}")
    if reason := why_not_written(report):
        return _too_late(request, report, reason)
    here = line.told_in_return(report.period.key)
    initial = {"state": here.state, "text": here.text, "when": here.when} if here else {}

    def make(data: Any) -> list[BaseForm]:
        return [ReturnAnswerForm(data, initial=initial, line=line)]

    kept = KeptForm(request, _about(report, access, "What became of it", own=False), make)
    if kept.answer:
        return kept.answer
    form: Any = kept.parts[0]
    if kept.is_sent and form.is_valid():
        with kept.refusing(), kept.sending():
            answer_in_return(
                report,
                line.key,
                by=kept.user,
                access=access,
                **_said(form, "state", "text"),
                when=form.when_said if form.said else "",
                said=form.said,
            )
        if not kept.problem:
            messages.success(request, "Kept with the return. It is public when that is published.")
            return redirect("reporting:return", council, period, slug)
    return _page(kept, report, line=line)


@never_cache
@writes
def add(request: HttpRequest, council: Any, period: Any, slug: Any) -> HttpResponse:
    """Says that something will come, with the return."""
    report, access = _fetched(request, council, period, slug)
    if reason := why_not_written(report):
        return _too_late(request, report, reason)
    kept = KeptForm(
        request,
        _about(report, access, "Say what will come", own=True),
        lambda data: [ReturnPromiseForm(data)],
    )
    if kept.answer:
        return kept.answer
    form: Any = kept.parts[0]
    if kept.is_sent and form.is_valid():
        with kept.refusing(), kept.sending():
            promise_in_return(
                report,
                by=kept.user,
                access=access,
                what=form.cleaned_data["what"],
                owner_post=form.cleaned_data["owner"],
                when=form.when_said,
                said=form.said,
            )
        if not kept.problem:
            messages.success(
                request, "Kept with the return. The next return asks what became of it."
            )
            return redirect("reporting:return", council, period, slug)
    return _page(kept, report)
