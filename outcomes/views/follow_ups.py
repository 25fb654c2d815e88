"""What a committee decides about a measure: recorded by an officer, followed until done."""

from typing import Any, cast

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import Permission
from bcfportal.lib import clock
from bcfportal.lib.periods import period_of
from bcfportal.lib.sentences import day_words, listed
from bcfportal.lib.withdrawals import Withdrawn
from outcomes.models import FollowUp, Measure
from outcomes.vital_signs.decisions import becomes_public, versions_with, were_public
from outcomes.vital_signs.forms import DecisionForm, ReportBackForm, TakeBackForm
from outcomes.vital_signs.published import vital_signs_shown
from projects.access import Access
from projects.models import Council
from publishing.current_report import current_period
from publishing.form_drafts.form import About, KeptForm
from publishing.models import ReportingPeriod
from publishing.pages import render_working_page, working_council
from publishing.publications import kind_of
from typed.carrying import held, wants_json
from typed.forms import Make
from typed.pages import not_saved

# Where a measure that has no card of its own is shown.
PAGES = {
    Measure.Collection.FRAMEWORK: "outcomes-framework",
    Measure.Collection.CARE_QUALITY: "care-quality",
}


NEVER_PUBLISHED = "It is not published: only people of the council read that it was taken back."
NO_LONGER_PUBLISHED = (
    "It was public, and no report that stands has it now: only people of the council read that it "
    "was taken back."
)


def measure_to_change(request, council, permission, **found_by):
    """A measure of the council or of a project of its, found by these fields, for people who may.

    404 outside the council, 403 inside for others.
    """
    council, access = working_council(request, council)
    access.require(permission)
    ours = Measure.objects.filter(Q(council=council) | Q(project__council=council), **found_by)
    measure = ours.select_related("council", "project__council").first()
    if measure is None:
        raise Http404("No such measure.")
    return council, access, measure


def page_of(request, council, measure):
    """(address, words) of the page that shows the measure; the list of all where none does yet.

    Of a project's it is the list of what the project counts.
    """
    if measure.project_id:
        args = [council.slug, measure.project.slug]
        return reverse("reporting:project-measures", args=args), str(measure.project)
    try:
        sheet = vital_signs_shown(request.user, council.slug).sheet
    except (Http404, Withdrawn):
        sheet = None
    if sheet is None or sheet.measure(measure.slug) is None:
        return reverse("reporting:add-measure", args=[council.slug]), "Measures"
    name = PAGES.get(measure.collection, "report-card")
    args = [council.slug, measure.slug] if name == "report-card" else [council.slug]
    return reverse(f"reporting:{name}", args=args), measure.name


def _kept(
    request: HttpRequest,
    council: Council,
    access: Access,
    measure: Measure,
    make: Make,
    *,
    title: str,
    own: bool = False,
) -> KeptForm:
    """The form about the measure, with what is typed into it; for people who may follow up."""
    about = About(
        council=council,
        access=access,
        menu="vital-signs",
        title=title,
        subject=measure.name,
        steps=[page_of(request, council, measure)],
        own=own,
    )
    return KeptForm(request, about, make)


def _form_page(kept: KeptForm, measure: Measure, *, about: str) -> HttpResponse:
    return render_working_page(
        kept.request,
        "outcomes/vital_signs/form.html",
        kept.about.council,
        kept.about.access,
        kept.about.menu,
        status=409 if kept.problem else 200,
        form=kept.parts[0],
        kept=kept,
        problem=kept.problem,
        name=measure.name,
        parent=kept.about.steps[-1],
        title=kept.about.title,
        about=about,
    )


def _too_late(request: HttpRequest, council: Council, said: str) -> HttpResponse:
    """Says that the decision was acted on meanwhile, and shows what was typed to copy."""
    if request.method == "POST" and (wants_json(request) or held(request).typed):
        return not_saved(request, 409, "That was not done", said)
    messages.error(request, said)
    return _back(council)


def _lock_months(council: Council) -> None:
    """Locks the council's months, so that none is published until this is done."""
    months = ReportingPeriod.objects.select_for_update().filter(council=council).of_vital_signs()
    list(months.order_by("as_at", "key").values_list("pk"))


def _back(council: Council) -> HttpResponse:
    return redirect(reverse("reporting:exceptions", args=[council.slug]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request, council, measure):
    """Records one of the standard actions for a measure."""
    council, access, measure = measure_to_change(
        request, council, Permission.FOLLOW_UP, slug=measure
    )
    initial = {"owner": measure.lead}
    latest = current_period(council.pk, ReportingPeriod.Kind.VITAL_SIGNS)
    month_ends = period_of(latest.key).last_day if latest else None
    kept = _kept(
        *(request, council, access, measure),
        lambda data: [DecisionForm(data, initial=initial, council=council, month_ends=month_ends)],
        title="Record a follow-up action",
        own=True,
    )
    if kept.answer:
        return kept.answer
    (form,) = kept.parts
    if kept.is_sent and form.is_valid():
        with kept.refusing(), kept.sending():
            _lock_months(council)
            FollowUp.objects.create(
                measure=measure,
                recorded_by=request.user,
                recorded_at=clock.now(),
                **form.cleaned_data,
            )
        if not kept.problem:
            messages.success(
                request,
                f"Recorded for {measure.name}. {becomes_public(council.pk)} It stays on the list "
                "until it is done.",
            )
            return _back(council)
    return _form_page(
        kept,
        measure,
        about="An action that the committee chose for this measure. People of the council read it "
        f"from now on. {becomes_public(council.pk)}",
    )


def _record(measure: Measure, number: int) -> FollowUp:
    """The decision on the measure with that number. Raises Http404 where there is none."""
    record = FollowUp.objects.filter(measure=measure, pk=number).select_related("action").first()
    if record is None:
        raise Http404("No such action.")
    return record


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, council: Any, measure: Any, number: int) -> HttpResponse:
    """Takes back a decision that was recorded wrongly: it stays, and says why it is taken back."""
    council, access, measure = measure_to_change(
        request, council, Permission.FOLLOW_UP, slug=measure
    )
    record = _record(measure, number)
    if record.taken_back_at is not None:
        return _too_late(request, council, "That decision is already taken back.")
    kept = _kept(
        *(request, council, access, measure),
        lambda data: [TakeBackForm(data)],
        title="Take a decision back",
    )
    if kept.answer:
        return kept.answer
    (form,) = kept.parts
    if kept.is_sent and form.is_valid():
        record.taken_back_at, record.taken_back_by = clock.now(), cast(User, request.user)
        record.taken_back_why = form.cleaned_data["why"]
        with kept.refusing(), kept.sending():
            _lock_months(council)
            record.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_why"])
            for version in versions_with(record)[:1]:
                kind_of(version).carry_on(version, record.taken_back_by)
        if not kept.problem:
            messages.success(request, f"{record.action.title} is taken back for {measure.name}.")
            return _back(council)
    reports = listed([version.period.label for version in versions_with(record)])
    hidden = NO_LONGER_PUBLISHED if were_public([record]) else NEVER_PUBLISHED
    public = (
        f"It is public in the report of {reports}. When you take it back, a new version is "
        "published that leaves it out and says that it was taken back, with your reason."
    )
    return _form_page(
        kept,
        measure,
        about=f"{record.action.title}, decided on {day_words(record.decided_on)}: "
        f"{record.decision} {public if reports else hidden}",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_back(request, council, measure, number):
    """Says what came of an action, which ends it."""
    council, access, measure = measure_to_change(
        request, council, Permission.FOLLOW_UP, slug=measure
    )
    record = _record(measure, number)
    if record.taken_back_at is not None:
        said = "That decision was taken back, so there is nothing to report."
        return _too_late(request, council, said)
    if record.done_on is not None:
        said = "That action is already done. Its outcome is on this page."
        return _too_late(request, council, said)
    kept = _kept(
        *(request, council, access, measure),
        lambda data: [ReportBackForm(data, record=record)],
        title="Report back",
    )
    if kept.answer:
        return kept.answer
    (form,) = kept.parts
    if kept.is_sent and form.is_valid():
        record.done_on = form.cleaned_data["done_on"]
        record.outcome = form.cleaned_data["outcome"]
        with kept.refusing(), kept.sending():
            _lock_months(council)
            record.save(update_fields=["done_on", "outcome"])
        if not kept.problem:
            done = f"{record.action.title} is done for {measure.name}."
            messages.success(request, f"{done} {becomes_public(council.pk)}")
            return _back(council)
    return _form_page(
        kept,
        measure,
        about=f"{record.action.title}, decided on {day_words(record.decided_on)}: "
        f"{record.decision} {becomes_public(council.pk)}",
    )
