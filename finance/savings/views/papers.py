"""Publishing a savings paper, which asks first, and a corrected edition of the latest."""

from collections.abc import Iterator
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import Permission
from bcfportal.lib import clock
from bcfportal.lib.sentences import counted, day_words
from finance.models import SavingsPaper
from finance.savings.asked import said_right_of_drafts
from finance.savings.collect import make_sheet
from finance.savings.content import SavingsSheet
from finance.savings.deciding import paper_read
from finance.savings.editions import corrected_by_the_next, correction_of, correction_read
from finance.savings.forms import CorrectionForm, PaperForm
from finance.savings.paper_transitions import PAPERS, taking_in
from finance.savings.published import WORKING, editions_of
from finance.savings.records import free_slug
from finance.savings.unreported import needed, unreported
from finance.savings.views.kept import kept_in_savings
from publishing.form_drafts.form import KeptForm
from publishing.pages import PublishPage, render_working_page, working_council
from publishing.workflow import NotNow, Unanswered, yes_to
from typed.seen import Seen, Stale, mark_of

CONFLICT = 409
either = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@either
def papers(request: HttpRequest, council: str) -> HttpResponse:
    """The papers with their editions; what a new one would report, and publishing it."""
    of_council, access = working_council(request, council)
    access.require(Permission.KEEP_SAVINGS)
    by = cast(User, request.user)
    kept = kept_in_savings(
        *(request, of_council, access, "Publish a savings paper"),
        lambda data: [PaperForm(data, council=of_council)],
    )
    if kept.answer:
        return kept.answer
    (form,) = kept.parts
    if kept.is_sent and form.is_valid():
        given = form.cleaned_data
        slug = free_slug(SavingsPaper, of_council, given["title"][:60])
        slug = slug or slugify(given["dated"])
        paper = SavingsPaper(council=of_council, slug=slug[:60], **given)
        if not request.POST.get("confirm"):
            return _ask(kept, paper)
        seen = Seen(request.POST.get("seen", ""), _to_publish)
        try:
            with kept.sending():
                answer = request.POST.get("right", "")
                PAPERS.transition("publish", paper, by=by, access=access, seen=seen, answer=answer)
        except (Stale, Unanswered) as reason:
            kept.problem = str(reason)
            return _ask(kept, paper)
        except NotNow as reason:
            kept.problem = str(reason)
        else:
            return _published(request, of_council, paper)
    latest = SavingsPaper.objects.filter(council=of_council).last()
    return render_working_page(
        request,
        "finance/savings/papers.html",
        of_council,
        access,
        "savings-work",
        status=CONFLICT if kept.problem else 200,
        form=form,
        kept=kept,
        problem=kept.problem,
        editions=editions_of(of_council),
        latest=latest,
        actions={
            rule.action
            for record in (SavingsPaper(council=of_council), *([latest] if latest else []))
            for rule in PAPERS.actions_for(record, by=by, access=access)
        },
        unreported=unreported(of_council),
        said_right=said_right_of_drafts(of_council, clock.today()),
    )


def _to_publish(paper: SavingsPaper) -> dict[str, str]:
    """What the page asks to publish: the paper as it is typed, and what it would report."""
    head = {"The paper": f"{paper.title} {paper.meeting} {paper.dated} {paper.as_at}"}
    return head | paper_read(paper.council)


def _ask(kept: KeptForm, paper: SavingsPaper) -> HttpResponse:
    """What becomes public with the paper, and its page as the public would read it.

    What is typed stays kept until that is confirmed.
    """
    address = reverse("reporting:savings-papers", args=[paper.council.slug])
    sheet = make_sheet(paper.council, as_at=paper.as_at)
    as_public = reverse("reporting:savings", args=[paper.council.slug])
    page = PublishPage(
        what=f"“{paper.title}”",
        heading=f"Publish “{paper.title}”?",
        lead=f"Dated {day_words(paper.dated)}, as at {day_words(paper.as_at)}.",
        button="Publish the paper",
        back=address,
        seen=mark_of(_to_publish(paper)),
        becomes_public=list(_holds(paper, sheet)),
        missing=list(_lacks(sheet)),
        previews=[
            (
                "The page of savings",
                f"{as_public}?paper={WORKING}&as_at={paper.as_at.isoformat()}",
            )
        ],
        asked=PAPERS.asks("publish", paper),
    )
    return render_working_page(
        kept.request,
        "finance/savings/publish.html",
        paper.council,
        kept.about.access,
        "savings-work",
        status=CONFLICT if kept.problem else 200,
        page=page,
        problem=kept.problem,
        form=kept.parts[0],
        held=kept.held,
        said_right=said_right_of_drafts(paper.council, clock.today()),
        parent="Publish a savings paper",
        parent_url=address,
    )


def _holds(paper: SavingsPaper, sheet: SavingsSheet) -> Iterator[str]:
    parts = (
        (sheet.savings, "saving", "savings"),
        (sheet.changes, "change", "changes"),
        (sheet.posts, "post", "posts"),
        (sheet.options, "option for change", "options for change"),
    )
    for lines, what, several in parts:
        if lines:
            yield counted(len(lines), what, several)
    for draft in unreported(paper.council):
        yield f"In no paper yet: {draft.title} ({draft.kind})"


def _lacks(sheet: SavingsSheet) -> Iterator[str]:
    """What waits for a decision, and is reported as it stands."""
    for change in sheet.changes:
        if change.status in ("draft", "requested"):
            yield f"Change {change.number}, {change.title}: {change.status}"


@never_cache
@either
def correct(request, council, paper):
    """A corrected edition of a paper: why, with which drafts, and what it says otherwise.

    Raises Http404 where it cannot be corrected: records are kept as they stand now.
    """
    council, access = working_council(request, council)
    access.require(Permission.KEEP_SAVINGS)
    paper = SavingsPaper.objects.filter(council=council, slug=paper).first()
    if paper is None or PAPERS.why_not("correct", paper, clock.today()):
        raise Http404("Not the latest paper.")
    last = paper.editions.order_by("-number").first()
    before = corrected_by_the_next(paper)
    come_along = needed(paper)
    drafts = [draft for draft in unreported(council) if draft not in come_along]
    kept = kept_in_savings(
        *(request, council, access, f"A corrected edition of {paper}"),
        lambda data: [CorrectionForm(data, drafts=drafts)],
    )
    if kept.answer:
        return kept.answer
    (form,) = kept.parts
    also = frozenset(draft.key for draft in come_along)
    if kept.is_sent and form.is_valid():
        also |= form.chosen
        if request.POST.get("action") == "publish":
            with kept.refusing(), kept.sending():
                PAPERS.transition(
                    "correct",
                    paper.pk,
                    by=request.user,
                    access=access,
                    comment=form.cleaned_data["why"],
                    before=taking_in(also),
                    seen=Seen(
                        request.POST.get("seen", ""),
                        lambda paper: correction_read(correction_of(paper, also)),
                    ),
                    answer=request.POST.get("right", ""),
                )
            if not kept.problem:
                return _published(request, council, paper)
    differences, asked = correction_of(paper, also), PAPERS.asks("correct", paper)
    return render_working_page(
        request,
        "finance/savings/correct_paper.html",
        council,
        access,
        "savings-work",
        status=CONFLICT if kept.problem else 200,
        form=form,
        kept=kept,
        problem=kept.problem,
        paper=paper,
        last=last,
        number=last.number + 1,
        withdrawn=last.withdrawal,
        before=before,
        same_again=before.withdrawal,
        come_along=come_along,
        differences=differences,
        seen=mark_of(correction_read(differences)),
        asked=asked,
        tick=yes_to(asked),
        looked_at=kept.is_sent and form.is_valid() and (differences or before.withdrawal),
    )


def _published(request, council, paper):
    edition = paper.editions.latest("number")
    messages.success(
        request, f"Edition {edition.number} of “{paper}” is published. The pages show it now."
    )
    return redirect("reporting:savings-papers", council.slug)
