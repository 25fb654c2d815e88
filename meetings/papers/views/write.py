"""Pages on which officers write a paper, and decide on one that somebody else wrote."""

from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.roles import Permission
from meetings.models import AgendaItem, Paper, PaperState
from meetings.papers import actions
from meetings.papers.collect import make_paper
from meetings.papers.forms import HeadForm, SectionForm, head_of, section_of
from meetings.papers.published import paper_of
from meetings.papers.references import compared
from meetings.papers.transitions import PAPERS, paper_read
from projects.access import Access
from projects.models import Council
from publishing.form_drafts.comment import comment_form, comment_typed, kept_comment, still_of
from publishing.form_drafts.form import About, KeptForm
from publishing.pages import render_working_page, working_council
from publishing.steps import Transition
from publishing.workflow import NotNow
from typed.forms import Make
from typed.seen import Seen, Stale, mark_of

CONFLICT = 409
MENU = "paper-work"
MOST_ITEMS = 60
COMMENT = "Comment to keep with the paper"
either = require_http_methods(["GET", "HEAD", "POST"])


def _allowed(request: HttpRequest, council: str, *, write: bool = False) -> tuple[Council, Access]:
    """404 for people outside the council, 403 for those inside who do not write papers."""
    of_council, access = working_council(request, council)
    if write or not access.may(Permission.APPROVE_PAPERS):
        access.require(Permission.WRITE_PAPERS)
    return of_council, access


@require_safe
def list_of_papers(request: HttpRequest, council: str) -> HttpResponse:
    """The papers that are written, approved and to be published, and items without one."""
    of_council, access = _allowed(request, council)
    items = (
        AgendaItem.objects.filter(meeting__committee__council=of_council)
        .filter(Q(kind=AgendaItem.Kind.REPORT) | Q(paper__isnull=False))
        .select_related("meeting__committee", "paper")
        .order_by("-meeting__day", "meeting__committee__slug", "order")[:MOST_ITEMS]
    )
    return render_working_page(
        request,
        "meetings/papers/work.html",
        of_council,
        access,
        MENU,
        items=items,
        may_write=access.may(Permission.WRITE_PAPERS),
    )


@never_cache
@either
def head(
    request: HttpRequest, council: str, committee: str, meeting: str, item: str
) -> HttpResponse:
    """The head of a paper; of an item that has none, the paper begins with it."""
    of_council, access = _allowed(request, council, write=True)
    of_item = _item(of_council, committee, meeting, item)
    paper = Paper.objects.filter(item=of_item).first()
    kept = _kept(
        request,
        of_council,
        access,
        of_item,
        "The head of the paper" if paper else "A new paper",
        lambda data: [HeadForm(data, initial=head_of(paper))],
    )
    if kept.answer:
        return kept.answer
    (form,) = kept.parts
    if kept.is_sent and form.is_valid():
        by: dict[str, Any] = {"by": cast(User, request.user), "access": access}
        with kept.refusing(), kept.sending():
            if paper:
                actions.save_head(paper.pk, **by, **form.cleaned_data)
            else:
                actions.begin_paper(of_item, **by, **form.cleaned_data)
        if not kept.problem:
            messages.success(request, "The head of the paper is saved.")
            return redirect(_writing(of_council, of_item))
    return _form_page(kept, paper)


@never_cache
@either
def section(
    request: HttpRequest, council: str, committee: str, meeting: str, item: str, number: int = 0
) -> HttpResponse:
    """One heading with what stands below it; without ``number`` another at the end."""
    of_council, access = _allowed(request, council, write=True)
    paper = paper_of(of_council, committee, meeting, item)
    row = paper.sections.filter(order=number).first() if number else None
    if number and row is None:
        raise Http404("The paper has no such heading.")
    kept = _kept(
        request,
        of_council,
        access,
        paper.item,
        f"“{row.heading}”" if row else "Add a heading",
        lambda data: [SectionForm(data, initial=section_of(row))],
        own=row is None,
    )
    if kept.answer:
        return kept.answer
    (form,) = kept.parts
    if kept.is_sent and form.is_valid():
        by: dict[str, Any] = {"by": cast(User, request.user), "access": access}
        with kept.refusing(), kept.sending():
            actions.save_section(paper.pk, number or None, **by, **form.cleaned_data)
        if not kept.problem:
            messages.success(request, f"“{form.cleaned_data['heading']}” is saved.")
            return redirect(_writing(of_council, paper.item))
    return _form_page(kept, paper)


@never_cache
@require_POST
def arrange(
    request: HttpRequest, council: str, committee: str, meeting: str, item: str
) -> HttpResponse:
    """Moves a heading, takes it out, or puts it back."""
    of_council, access = _allowed(request, council, write=True)
    paper = paper_of(of_council, committee, meeting, item)
    do, _, place = request.POST.get("do", "").partition(" ")
    order = int(place) if place.isascii() and place.isdecimal() and len(place) < 5 else 0
    row = paper.sections.filter(order=order).first()
    by: dict[str, Any] = {"by": cast(User, request.user), "access": access}
    try:
        if row is None or row.heading != request.POST.get(f"heading-{order}"):
            raise NotNow("The headings were moved since you opened the page: look again.")
        if do in ("up", "down"):
            actions.move_section(paper.pk, order, up=do == "up", **by)
            messages.success(request, f"“{row.heading}” is moved.")
        elif do in ("out", "back"):
            actions.take_out(paper.pk, order, removed=do == "out", **by)
            said = "taken out: it can be put back" if do == "out" else "put back"
            messages.success(request, f"“{row.heading}” is {said}.")
        else:
            raise NotNow("Choose what to do with the heading.")
    except NotNow as reason:
        messages.error(request, str(reason))
    return redirect(_writing(of_council, paper.item))


@never_cache
@either
def paper(
    request: HttpRequest, council: str, committee: str, meeting: str, item: str
) -> HttpResponse:
    """What a paper is made of, and what can be done with it now."""
    of_council, access = _allowed(request, council)
    row = paper_of(of_council, committee, meeting, item)
    kept = _kept_comment(request, of_council, access, row)
    if kept and kept.answer:
        return kept.answer
    if request.method != "POST":
        return _show(request, of_council, access, row, kept)
    return _act(request, of_council, access, row, kept)


def _act(
    request: HttpRequest, council: Council, access: Access, row: Paper, kept: KeptForm | None
) -> HttpResponse:
    action, comment = request.POST.get("action", ""), comment_typed(request, kept)
    problem = kept.problem if kept else ""
    if kept is None or kept.is_sent:
        try:
            if action not in PAPERS.table:
                raise NotNow("Choose what to do with the paper.")
            with kept.sending() if kept else transaction.atomic():
                done = PAPERS.transition(
                    action,
                    row.pk,
                    by=cast(User, request.user),
                    access=access,
                    comment=comment,
                    seen=Seen(request.POST.get("seen", ""), paper_read),
                ).record
        except (NotNow, Stale) as reason:
            problem = str(reason)
        else:
            said = PAPERS.label(done.status)
            messages.success(request, f"The paper is {'a draft' if said == 'draft' else said}.")
            return redirect(_writing(council, row.item))
    row = paper_of(council, row.item.meeting.committee.slug, row.item.meeting.slug, row.item.number)
    return _show(request, council, access, row, kept, problem=problem, said=comment)


def _show(
    request: HttpRequest,
    council: Council,
    access: Access,
    row: Paper,
    kept: KeptForm | None,
    *,
    problem: str = "",
    said: str = "",
) -> HttpResponse:
    rules = PAPERS.actions_for(row, by=cast(User, request.user), access=access)
    of = _commented(rules)
    kept = still_of(kept, of)
    content = make_paper(row, 0)
    sections = list(row.sections.all())
    present = [section for section in sections if not section.removed]
    return render_working_page(
        request,
        "meetings/papers/write.html",
        council,
        access,
        MENU,
        status=CONFLICT if problem else 200,
        paper=row,
        content=content,
        newer=[
            reference
            for reference in compared(council, content.figures)
            if reference.is_of_earlier and row.status == PaperState.DRAFT
        ],
        sections=present,
        removed=[section for section in sections if section.removed],
        may_write=row.status == PaperState.DRAFT and access.may(Permission.WRITE_PAPERS),
        actions=rules,
        kept=kept,
        form=comment_form(kept, of, COMMENT),
        seen=mark_of(paper_read(row)) if rules else "",
        events=row.timeline.select_related("by").order_by("-at", "-pk"),
        problem=problem,
        typed=[("Comment", said)] if said and not kept else [],
    )


def _kept_comment(
    request: HttpRequest, council: Council, access: Access, row: Paper
) -> KeptForm | None:
    rules = PAPERS.actions_for(row, by=cast(User, request.user), access=access)
    about = _about(council, access, row.item, "Comment on the paper")
    return kept_comment(request, about, _commented(rules), label=COMMENT)


def _commented(rules: list[Transition]) -> str:
    """What the comment is on, of what the person may do; nothing where none is needed."""
    return next((rule.action.replace(" ", "-") for rule in rules if rule.needs_comment), "")


def _item(council: Council, committee: str, meeting: str, number: str) -> AgendaItem:
    rows = AgendaItem.objects.select_related("meeting__committee__council")
    item = rows.filter(
        meeting__committee__council=council,
        meeting__committee__slug=committee,
        meeting__slug=meeting,
        number=number,
    ).first()
    if item is None:
        raise Http404("No such item.")
    return item


def _where(council: Council, item: AgendaItem) -> list[str]:
    return [council.slug, item.meeting.committee.slug, item.meeting.slug, item.number]


def _writing(council: Council, item: AgendaItem) -> str:
    return reverse("reporting:write-paper", args=_where(council, item))


def _about(
    council: Council, access: Access, item: AgendaItem, title: str, *, own: bool = False
) -> About:
    steps = [(reverse("reporting:paper-work", args=[council.slug]), "Papers to write")]
    if Paper.objects.filter(item=item).exists():
        steps.append((_writing(council, item), f"Item {item.number}"))
    return About(
        council=council,
        access=access,
        menu=MENU,
        title=title,
        subject=f"{item.meeting}, item {item.number}",
        steps=steps,
        own=own,
    )


def _kept(
    request: HttpRequest,
    council: Council,
    access: Access,
    item: AgendaItem,
    title: str,
    make: Make,
    *,
    own: bool = False,
) -> KeptForm:
    return KeptForm(request, _about(council, access, item, title, own=own), make)


def _form_page(kept: KeptForm, paper: Paper | None) -> HttpResponse:
    ended = actions.why_not_written_on(paper) if paper else ""
    return render_working_page(
        kept.request,
        "meetings/papers/form.html",
        kept.about.council,
        kept.about.access,
        kept.about.menu,
        status=CONFLICT if kept.problem else 200,
        form=kept.parts[0],
        kept=kept,
        problem=kept.problem,
        title=kept.about.title,
        subject=kept.about.subject,
        parent=kept.about.steps[-1],
        ended=ended,
    )
