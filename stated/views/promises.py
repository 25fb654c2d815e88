"""Pages on which officers write down what was said to come, and what became of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from bcfportal.lib import clock
from projects.access import Access
from projects.models import Council
from publishing.form_drafts.form import About, KeptForm
from publishing.pages import render_working_page, working_council
from publishing.promises import PromiseLine, Promises
from stated.actions import record_answer, record_promise
from stated.forms import AnswerForm, PromiseForm
from stated.promises import kept_by_officers, promise_line

LIST = "Promises"
writes = require_http_methods(["GET", "HEAD", "POST"])
PUBLIC = "It is public once a report is published after it."


def _fetched(request: HttpRequest, slug: str) -> tuple[Council, Access]:
    council, access = working_council(request, slug)
    access.require(Permission.KEEP_PROMISES)
    return council, access


def _kept(
    request: HttpRequest,
    council: Council,
    access: Access,
    title: str,
    subject: str,
    make: Callable[[Any], Any],
    *,
    own: bool,
) -> KeptForm:
    about = About(
        council=council,
        access=access,
        menu="promises-work",
        title=title,
        subject=subject,
        steps=[(reverse("reporting:promises-work", args=[council.slug]), LIST)],
        own=own,
    )
    return KeptForm(request, about, lambda data: [make(data)])


def _page(kept: KeptForm, line: PromiseLine | None = None) -> HttpResponse:
    return render_working_page(
        kept.request,
        "stated/promise.html",
        kept.about.council,
        kept.about.access,
        kept.about.menu,
        status=409 if kept.problem else 200,
        form=kept.parts[0],
        kept=kept,
        problem=kept.problem,
        title=kept.about.title,
        parent=kept.about.steps[-1],
        line=line,
        public=PUBLIC,
    )


@require_safe
def written_down(request: HttpRequest, council: str) -> HttpResponse:
    """What officers wrote down, late first, to say what became of it."""
    of_council, access = _fetched(request, council)
    rows = kept_by_officers(of_council)
    lines = [promise_line(row, row.answers.all()) for row in rows]
    return render_working_page(
        request,
        "stated/promises.html",
        of_council,
        access,
        "promises-work",
        promises=Promises(clock.today(), lines),
        public=PUBLIC,
    )


@never_cache
@writes
def add(request: HttpRequest, council: str) -> HttpResponse:
    """Writes down what a paper or a meeting said would come."""
    of_council, access = _fetched(request, council)
    kept = _kept(
        request,
        of_council,
        access,
        "Write down what was said to come",
        of_council.name,
        PromiseForm,
        own=True,
    )
    if kept.answer:
        return kept.answer
    form: Any = kept.parts[0]
    if kept.is_sent and form.is_valid():
        said = form.cleaned_data
        with kept.refusing(), kept.sending():
            record_promise(
                of_council,
                by=kept.user,
                about=said["about"],
                what=said["what"],
                owner_post=said["owner"],
                when=form.when_said,
                said=form.said,
                said_in=said["said_in"],
                said_on=said["said_on"],
            )
        if not kept.problem:
            messages.success(request, f"Written down. {PUBLIC}")
            return redirect("reporting:promises-work", council)
    return _page(kept)


@never_cache
@writes
def answer(request: HttpRequest, council: str, number: int) -> HttpResponse:
    """Writes down what became of it, and at which meeting that was told."""
    of_council, access = _fetched(request, council)
    row = kept_by_officers(of_council).filter(number=number).first()
    if row is None:
        raise Http404("No such promise.")
    line = promise_line(row, row.answers.all())
    kept = _kept(
        request,
        of_council,
        access,
        "What became of it",
        row.about,
        lambda data: AnswerForm(data, line=line),
        own=False,
    )
    if kept.answer:
        return kept.answer
    form: Any = kept.parts[0]
    if kept.is_sent and form.is_valid():
        said = form.cleaned_data
        with kept.refusing(), kept.sending():
            record_answer(
                by=kept.user,
                promise=row,
                state=said["state"],
                text=said["text"],
                when=form.when_said if form.said else "",
                said=form.said,
                told_in=said["told_in"],
                told_on=said["told_on"],
            )
        if not kept.problem:
            messages.success(request, f"Written down. {PUBLIC}")
            return redirect("reporting:promises-work", council)
    return _page(kept, line)
