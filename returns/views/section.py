"""One section of a return: shown, saved by a person or by itself, and never lost."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from bcfportal.lib.clock import today
from publishing import paste_preview as pasting
from publishing.autosave import (
    answer_as_json,
    keep,
    say_what_was_not_taken,
    sent_boxes,
    shown_after,
    to_copy,
    with_last_time,
    without_last_time,
)
from publishing.models import SectionName
from publishing.pages import render_working_page
from publishing.workflow import NotNow
from returns.actions import Conflict, draft_of, may_write_now, save_section
from returns.draft import ProjectDraft
from returns.entry_forms import PERFORMANCE_FITS, SUMMARY_FITS
from returns.paste_target import for_measures
from returns.views.fetch import return_for, return_to_write
from returns.warnings.held_back_in_sums import in_typed_sums
from returns.warnings.held_back_in_words import in_typed_words
from returns.warnings.unprinted_letters import in_typed_letters
from returns.warnings.what_sentences_say import in_typed_sentences
from typed.carrying import wants_json
from typed.merging import write_was

TEMPLATES = {
    SectionName.MEASURES: "outcomes/entry/measures.html",
    SectionName.CARDS: "outcomes/monthly/report_cards.html",
    SectionName.SPEND: "returns/spend.html",
    SectionName.PERFORMANCE: "returns/performance.html",
    SectionName.RATING: "returns/rating.html",
}
# Buttons after which the person is still at work on the section.
STAY = ("use", "unuse", "place", "take", "undo")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def section(request, council, period, slug, name):
    """Shows a section or keeps what is typed in it. ``name`` is one of SectionName's."""
    if request.method != "POST":
        report, access = return_for(request, council, period, slug)
        return _show(request, report, access, name, draft_of(report))
    report, access = return_to_write(request, council, period, slug)
    draft = draft_of(report)
    if name not in draft.sections:
        raise Http404("This return has no such section.")
    typed, kept = _typed(request, draft, name), dict(draft.typed(name))
    answer = keep(
        request,
        save_section,
        report,
        name,
        typed,
        access,
        conflict=Conflict,
        not_now=NotNow,
        only_new=name == SectionName.MEASURES and pasting.is_asked(request),
    )
    if wants_json(request):
        return answer_as_json(answer, typed, draft.labels(name), lambda: _worked_out(report, name))
    if "saved" not in answer:
        after = shown_after(answer, kept, typed, draft.labels(name))
        # Read again: what was worked out so far is of what is kept, not of what is shown.
        return _show(request, report, access, name, draft_of(report), **after)
    if name == SectionName.MEASURES and pasting.is_asked(request):
        return pasting.answer(request, for_measures(request, report, access, answer["saved"]))
    say_what_was_not_taken(request, kept, typed, draft.labels(name))
    if any(request.POST.get(button) for button in STAY):
        return redirect(request.path)
    if request.POST.get("then") == "next":
        return redirect(_following(report, name))
    return redirect("reporting:return", council, period, slug)


def _typed(request, draft, name):
    """What is in the boxes that the page sent, with what its buttons put into them."""
    fields = list(draft.fields(name))
    typed = sent_boxes(request, fields)
    for field in request.POST.getlist("take"):
        typed.pop(field, None)
    for button, change in (("use", with_last_time), ("unuse", without_last_time)):
        field = request.POST.get(button)
        if field in fields and draft.last is not None:
            text = typed.get(field, draft.typed(name).get(field, ""))
            typed[field] = change(text, draft.said_last(field))
    if request.POST.get("undo"):
        place = pasting.place_of(draft.report, name)
        typed |= pasting.taken_back(request, place, draft.typed(name) | typed)
    return typed


def _worked_out(report, name):
    """What the page works out of the boxes as they are kept now."""
    draft = draft_of(report)
    if name == SectionName.MEASURES:
        return {"ratings": draft.grid.ratings}
    if name == SectionName.SPEND and isinstance(draft, ProjectDraft):
        return {"variance": draft.variance_words}
    return {}


def _show(request, report, access, name, draft, *, boxes=None, **answer):
    """The section's page; ``boxes`` are shown in place of what is kept."""
    if name not in draft.sections:
        raise Http404("This return has no such section.")
    kept, before = draft.sections[name], dict(draft.typed(name))
    if boxes is not None:
        kept.typed = boxes
    writable = may_write_now(report, access)
    context = {
        "report": report,
        "draft": draft,
        "kept": kept,
        "name": name,
        "last_section": report.section_names[-1],
        "title": SectionName(name).label,
        "writable": writable,
        "period_reason": report.period.why_not_written(today()),
        "problems": draft.wrong(name),
        "held_back": in_typed_words(draft),
        "unprinted": in_typed_letters(draft, [name]),
        "slips": in_typed_sentences(draft, [name], today()),
        "progress": draft.progress(name),
        "was": write_was(before),
        "typed": [] if writable or boxes is None else to_copy(before, boxes, draft.labels(name)),
        "performance_fits": PERFORMANCE_FITS,
        "summary_fits": SUMMARY_FITS,
        **answer,
    }
    if name == SectionName.MEASURES:
        place = pasting.place_of(report, name)
        context |= {
            "grid": draft.grid,
            "told_by_sums": in_typed_sums(draft),
            # What was to be pasted is kept in its box where the section could not be saved.
            "pasted": request.POST.get("block", ""),
            "undo": pasting.may_be_taken_back(request, place, kept.typed),
        }
    elif name == SectionName.CARDS:
        context["cards"] = draft.cards
    else:
        context["form"] = draft.form(name)
    if name == SectionName.SPEND and isinstance(draft, ProjectDraft):
        context["variance"] = draft.variance_words
    return render_working_page(
        request,
        TEMPLATES[name],
        report.period.council,
        access,
        "returns" if access.may(Permission.REPORT) else "quarter",
        status=409 if answer else 200,
        **context,
    )


def _following(report, name):
    names = list(report.section_names)
    place = names.index(name) + 1
    arguments = [report.period.council.slug, report.period.key, report.slug]
    if place < len(names):
        return reverse("reporting:section", args=[*arguments, names[place]])
    return reverse("reporting:check", args=arguments)
