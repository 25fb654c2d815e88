"""What waits, what is in no paper yet, publishing a paper, and the rule's settings."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from bcfportal.lib import clock
from finance.models import OptionForChange, SavingsPaper, SavingsRule
from finance.savings.asked import said_right_of_drafts
from finance.savings.change_forms import CHANGE_KINDS
from finance.savings.collect import make_sheet
from finance.savings.deciding import paper_read
from finance.savings.editions import corrected_by_the_next, correction_of, correction_read
from finance.savings.forms import CorrectionForm, PaperForm, RuleForm
from finance.savings.paper_transitions import PAPERS, taking_in
from finance.savings.published import editions_of
from finance.savings.records import free_slug
from finance.savings.unreported import needed, unreported
from finance.savings.views.kept import kept_in_savings
from publishing.pages import render_working_page, working_council
from publishing.workflow import NotNow
from typed.forms import one_form
from typed.seen import Seen, Stale, mark_of

CONFLICT = 409
either = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def manage(request, council):
    """Everything that is kept, what waits for a decision, and what is in no paper yet."""
    council, access = working_council(request, council)
    access.require(Permission.SEE_SAVINGS)
    sheet = make_sheet(council, as_at=clock.today())
    options = OptionForChange.objects.filter(council=council).select_related("written_by")
    writers = {option.slug: option.written_by for option in options}
    return render_working_page(
        request,
        "finance/savings/manage.html",
        council,
        access,
        "savings-work",
        sheet=sheet,
        options=[(option, writers.get(option.slug)) for option in sheet.options],
        waiting=[change for change in sheet.changes if change.status == "requested"],
        drafts=[change for change in sheet.changes if change.status == "draft"],
        decided=[change for change in sheet.changes if change.status not in ("draft", "requested")],
        kinds=[(name, label) for name, (_, label, _) in CHANGE_KINDS.items()],
        may_keep=access.may(Permission.KEEP_SAVINGS),
        may_propose=access.may(Permission.PROPOSE_SAVINGS),
        may_agree=access.may(Permission.AGREE_CHANGES),
    )


@never_cache
@either
def papers(request, council):
    """The papers with their editions; publishing a new one, or one again."""
    council, access = working_council(request, council)
    access.require(Permission.KEEP_SAVINGS)
    kept = kept_in_savings(
        *(request, council, access, "Publish a savings paper"),
        lambda data: [PaperForm(data, council=council)],
    )
    if kept.answer:
        return kept.answer
    (form,) = kept.parts
    # Of a form that is wrong the page says still what was read when it was opened.
    mark = request.POST.get("seen") or mark_of(paper_read(council))
    if kept.is_sent and form.is_valid():
        given = form.cleaned_data
        slug = free_slug(SavingsPaper, council, given["title"][:60]) or slugify(given["dated"])
        paper = SavingsPaper(council=council, slug=slug[:60], **given)
        seen: Seen[SavingsPaper] = Seen(
            request.POST.get("seen", ""), lambda record: paper_read(record.council)
        )
        try:
            with kept.sending():
                PAPERS.transition("publish", paper, by=request.user, access=access, seen=seen)
        except (NotNow, Stale) as reason:
            kept.problem, mark = str(reason), mark_of(paper_read(council))
        else:
            return _published(request, council, paper)
    latest = SavingsPaper.objects.filter(council=council).last()
    return render_working_page(
        request,
        "finance/savings/papers.html",
        council,
        access,
        "savings-work",
        status=CONFLICT if kept.problem else 200,
        form=form,
        kept=kept,
        problem=kept.problem,
        seen=mark,
        editions=editions_of(council),
        latest=latest,
        actions={
            rule.action
            for record in (SavingsPaper(council=council), *([latest] if latest else []))
            for rule in PAPERS.actions_for(record, by=request.user, access=access)
        },
        unreported=unreported(council),
        said_right=said_right_of_drafts(council, clock.today()),
    )


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
                )
            if not kept.problem:
                return _published(request, council, paper)
    differences = correction_of(paper, also)
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
        looked_at=kept.is_sent and form.is_valid() and (differences or before.withdrawal),
    )


def _published(request, council, paper):
    edition = paper.editions.latest("number")
    messages.success(
        request, f"Edition {edition.number} of “{paper}” is published. The pages show it now."
    )
    return redirect("reporting:savings-papers", council.slug)


@either
def rule(request, council):
    """The settings of the rule that rates savings; published papers keep those they had."""
    council, access = working_council(request, council)
    access.require(Permission.ADMINISTER)
    settings = SavingsRule.objects.filter(council=council).first() or SavingsRule(council=council)
    form = one_form(request, lambda data: RuleForm(data, instance=settings))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(
            request, "Saved. Savings in papers published from now on are rated this way."
        )
        return redirect("reporting:savings-rule", council.slug)
    return render_working_page(
        request,
        "finance/savings/form.html",
        council,
        access,
        "administration",
        form=form,
        title="How savings are rated",
        parent=(reverse("administration:start", args=[council.slug]), "Administration"),
        whole=True,
    )
