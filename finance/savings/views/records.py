"""Entering savings, posts and options; putting options forward and deciding on them."""

from contextlib import nullcontext
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import Permission
from accounts.writing import keep_writer
from finance.models import OptionForChange, Saving, TemporaryPost
from finance.savings.asked import ask_about_figures, ask_about_little, said_right_of_option
from finance.savings.deciding import option_read
from finance.savings.forms import (
    OptionForm,
    OptionRisks,
    OptionYears,
    PostForm,
    SavingForm,
    SavingYears,
)
from finance.savings.records import (
    OPTION_FIGURES,
    remove_draft,
    save_option,
    save_post,
    save_saving,
    why_no_longer_changed,
    why_not_removed,
)
from finance.savings.transitions import OPTIONS, may_propose_for
from finance.savings.views.kept import about_savings, kept_in_savings
from projects.access import Access
from publishing.form_drafts.clearing import forget_form
from publishing.form_drafts.comment import comment_form, comment_typed, kept_comment, still_of
from publishing.pages import render_working_page, working_council
from publishing.workflow import NotNow
from typed.carrying import wants_json
from typed.grids import BaseGrid
from typed.seen import Seen, Stale, mark_of

CONFLICT = 409
DECIDED = {
    "put forward": "{} is put forward.",
    "agree": "{} is agreed and is now a saving.",
    "refuse": "{} is refused.",
    "take back": "{} is a draft again.",
    "take back agreement": "{} waits for a decision again.",
}
# Beside these stands a box for words.
COMMENTED = {
    "agree": "Comment to keep with the decision",
    "take back agreement": "Why the agreement is taken back",
}
either = require_http_methods(["GET", "HEAD", "POST"])


def _council(request, slug, permission):
    council, access = working_council(request, slug)
    access.require(permission)
    return council, access


def _one(model, council, slug):
    record = model.objects.filter(council=council, slug=slug).first()
    if record is None:
        raise Http404("No such record.")
    return record


def _form(kept, grids=(), **context):
    return render_working_page(
        kept.request,
        "finance/savings/form.html",
        kept.about.council,
        kept.about.access,
        kept.about.menu,
        status=CONFLICT if kept.problem else 200,
        form=kept.parts[0],
        kept=kept,
        problem=kept.problem,
        grids=grids,
        title=kept.about.title,
        **context,
    )


def _removed(request, council, record):
    """The answer to removing a draft that nothing points at; None where that is not asked."""
    if "remove" not in request.POST or record is None:
        return None
    try:
        remove_draft(record)
    except NotNow as reason:
        messages.error(request, str(reason))
    else:
        forget_form(council, request.path)
        messages.success(request, f"Removed: {record}.")
    return redirect("reporting:savings-work", council.slug)


def _initial(record, form_class):
    return {name: getattr(record, name) for name in form_class.base_fields if hasattr(record, name)}


def _are_right(form: SavingForm | OptionForm, year_grid: BaseGrid, *others: BaseGrid) -> bool:
    """Whether all parts are; what is wrong with each, and asked about them, is said at once."""
    grids = [grid.is_valid() for grid in (year_grid, *others)]
    read = form.is_valid() and all(grids)
    form.ask_about_years(year_grid.forms)
    ask_about_little(form, year_grid)
    ask_about_figures(form, year_grid)
    years = [year for row in year_grid.forms if (year := row.cleaned_data.get("year"))]
    if len(set(years)) < len(years):
        form.add_error(None, "Enter each year once: one of them is in the table twice.")
    return read and form.is_valid()


@never_cache
@either
def add_saving(request, council):
    council, access = _council(request, council, Permission.KEEP_SAVINGS)
    return _saving(request, council, access, None, "Add a saving")


@never_cache
@either
def edit_saving(request, council, slug):
    council, access = _council(request, council, Permission.KEEP_SAVINGS)
    saving = _one(Saving, council, slug)
    return _saving(request, council, access, saving, saving.title)


def _saving(request, council, access, saving, title):
    if removed := _removed(request, council, saving):
        return removed
    initial, years = {"kind": "not stated", "evidence": "planned"}, []
    if saving:
        references = ", ".join(str(reference) for reference in saving.references.all())
        initial = _initial(saving, SavingForm) | {"references": references}
        names = ("year", "target", "achieved", "forecast", "source")
        years = [{name: getattr(year, name) for name in names} for year in saving.years.all()]
    kept = kept_in_savings(
        *(request, council, access, title),
        lambda data: [
            SavingForm(data, initial=initial, council=council, saving=saving),
            SavingYears(data, initial=years, prefix="years"),
        ],
        own=saving is None,
    )
    if kept.answer:
        return kept.answer
    form, grid = kept.parts
    if kept.is_sent and _are_right(form, grid):
        try:
            with kept.sending():
                saved = save_saving(council, saving, form.cleaned_data, grid.rows)
        except NotNow as reason:
            form.add_error("correction", str(reason))
        else:
            messages.success(request, f"Saved: {saved}.")
            return redirect("reporting:savings-work", council.slug)
    grids = [("Targets and figures by year", grid)]
    return _form(kept, grids, removable=saving and not why_not_removed(saving))


@never_cache
@either
def add_post(request, council):
    council, access = _council(request, council, Permission.KEEP_SAVINGS)
    return _post(request, council, access, None, "Add a temporary post")


@never_cache
@either
def edit_post(request, council, slug):
    council, access = _council(request, council, Permission.KEEP_SAVINGS)
    post = _one(TemporaryPost, council, slug)
    return _post(request, council, access, post, post.title)


def _post(request, council, access, post, title):
    if removed := _removed(request, council, post):
        return removed
    initial = _initial(post, PostForm) if post else {"status": "recommended"}
    kept = kept_in_savings(
        *(request, council, access, title),
        lambda data: [PostForm(data, initial=initial, council=council)],
        own=post is None,
    )
    if kept.answer:
        return kept.answer
    (form,) = kept.parts
    if kept.is_sent and form.is_valid():
        with kept.refusing(), kept.sending():
            saved = save_post(council, post, form.cleaned_data)
        if not kept.problem:
            messages.success(request, f"Saved: {saved}.")
            return redirect("reporting:savings-work", council.slug)
    return _form(kept, removable=post and not why_not_removed(post))


@never_cache
@either
def add_option(request, council):
    council, access = _council(request, council, Permission.PROPOSE_SAVINGS)
    return _option(request, council, access, None, "Add an option for change")


@never_cache
@either
def edit_option(request, council, slug):
    council, access = _council(request, council, Permission.SEE_SAVINGS)
    option = _one(OptionForChange, council, slug)
    if not may_propose_for(access, option.project_id):
        raise PermissionDenied
    return _option(request, council, access, option, str(option))


def _option(request, council, access, option, title):
    if removed := _removed(request, council, option):
        return removed
    initial, years, risks = {}, [], []
    if option:
        initial = _initial(option, OptionForm)
        names = ("year", *OPTION_FIGURES)
        years = [{name: getattr(year, name) for name in names} for year in option.years.all()]
        risks = [{"risk": row.risk, "mitigation": row.mitigation} for row in option.risks.all()]
    kept = kept_in_savings(
        *(request, council, access, title),
        lambda data: [
            OptionForm(data, initial=initial, council=council, access=access, option=option),
            OptionYears(data, initial=years, prefix="years"),
            OptionRisks(data, initial=risks, prefix="risks"),
        ],
        own=option is None,
    )
    if kept.answer:
        return kept.answer
    form, year_grid, risk_grid = kept.parts
    grids = [("Savings and costs by year", year_grid), ("Risks", risk_grid)]
    if kept.is_sent and _are_right(form, year_grid, risk_grid):
        with kept.refusing(), kept.sending() as writers:
            saved = save_option(
                *(council, option, form.cleaned_data, year_grid.rows, risk_grid.rows),
                by=request.user,
            )
            for writer in writers:
                keep_writer(saved, writer)
        if not kept.problem:
            messages.success(request, f"Saved: {saved}. It is a draft until it is put forward.")
            return redirect("reporting:decide-option", council.slug, saved.slug)
    return _form(
        kept,
        grids,
        removable=option and not why_not_removed(option),
        ended=why_no_longer_changed(option) if option else "",
    )


@never_cache
@either
def decide(request, council, slug):
    """Putting an option forward, agreeing or refusing it."""
    council, access = _council(request, council, Permission.SEE_SAVINGS)
    option = _one(OptionForChange, council, slug)
    actions = _actions(request, option, access)
    decided = _decided(actions)
    about = about_savings(council, access, f"Comment on {option}")
    kept = kept_comment(request, about, decided, label=COMMENTED.get(decided, ""))
    if kept and kept.answer:
        return kept.answer
    problem, status = kept.problem if kept else "", 200
    comment = comment_typed(request, kept)
    if request.method == "POST":
        if kept is None and wants_json(request):
            return JsonResponse(
                {"reason": "This option was decided on meanwhile."}, status=CONFLICT
            )
        status = CONFLICT
        if kept is None or kept.is_sent:
            try:
                with kept.sending() if kept else nullcontext():
                    said = _decide(request, option, access, comment)
            except (NotNow, Stale) as reason:
                problem = str(reason)
            else:
                messages.success(request, said)
                return redirect("reporting:decide-option", council.slug, slug)
        option.refresh_from_db()
        actions = _actions(request, option, access)
    decided = _decided(actions)
    kept = still_of(kept, decided)
    return render_working_page(
        request,
        "finance/savings/decide.html",
        council,
        access,
        "savings-work",
        status=status,
        option=option,
        problem=problem,
        kept=kept,
        form=comment_form(kept, decided, COMMENTED.get(decided, "")),
        seen=mark_of(option_read(option)),
        typed=[("Comment", comment)] if comment and not kept else [],
        actions=actions,
        own=OPTIONS.is_author(option, request.user),
        events=option.timeline.select_related("by").order_by("-at", "-pk"),
        said_right=said_right_of_option(option),
        read_url=reverse("reporting:option", args=[council.slug, slug]) + "?paper=working",
    )


def _actions(request: HttpRequest, option: OptionForChange, access: Access) -> set[str]:
    rules = OPTIONS.actions_for(option, by=cast(User, request.user), access=access)
    return {rule.action for rule in rules}


def _decided(actions: set[str]) -> str:
    """What words are asked for with, of what the person may do; "" where nothing."""
    return next((name for name in COMMENTED if name in actions), "")


def _decide(request, option, access, comment):
    action, seen = request.POST.get("action", ""), Seen(request.POST.get("seen", ""), option_read)
    by = {"by": request.user, "access": access, "seen": seen}
    if action not in OPTIONS.table:
        raise NotNow("Choose what to do with the option.")
    OPTIONS.transition(action, option.pk, comment=comment, **by)
    return DECIDED[action].format(option)
