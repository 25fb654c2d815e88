"""Reporting periods: the list, opening a quarter, and one period with its timeline."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from bcfportal.lib import clock
from bcfportal.lib.periods import Period
from bcfportal.lib.sentences import counted, day_words
from outcomes.entry.grid import counted_monthly
from publishing.models import Report, ReportingPeriod, with_subjects
from publishing.models.reminders import DATES
from publishing.pages import render_working_page, working_council
from publishing.workflow import NotNow
from returns.due import still_due
from returns.owed import OWED
from returns.period_forms import (
    ChangeDatesForm,
    CloseForm,
    OpenPeriodForm,
    RemoveForm,
    ReopenForm,
    next_quarter,
)
from returns.periods import (
    change_dates,
    close_period,
    may_run_periods,
    open_period,
    remove_period,
    reopen_period,
    why_not_removed,
)
from returns.subjects import model_of, reports_of
from typed.forms import first_shown, one_form

CONFLICT = 409


def council_to_run(request, slug):
    """The council, for people who run its periods. 404 outside it, 403 inside for others."""
    council, access = working_council(request, slug)
    if not may_run_periods(access):
        raise PermissionDenied
    return council, access


@require_http_methods(["GET", "HEAD", "POST"])
def periods(request, council):
    """The list of periods, and the form that opens a quarter."""
    council, access = council_to_run(request, council)
    known, problem = list(council.periods.order_by("-as_at", "-key")), ""
    form = OpenPeriodForm(
        request.POST or None,
        initial=_first_answers(known),
        today=clock.today(),
        council=council,
    )
    if request.method == "POST" and form.is_valid():
        try:
            opened = open_period(
                council=council,
                key=form.key,
                title=form.cleaned_data["title"],
                subtitle=form.cleaned_data["subtitle"],
                take_over=form.cleaned_data["take_over"] == "yes",
                by=request.user,
                **form.dates,
            )
        except NotNow as error:
            problem = str(error)
        else:
            count = counted(opened.reports.count(), "return")
            opens = f"opens on {day_words(opened.opens)}"
            state = opens if opened.opens > clock.today() else "is open"
            messages.success(request, f"{opened.label} {state}, with {count} to be made.")
            return redirect("reporting:periods", council.slug)
    counts = _counts(known)
    return render_working_page(
        request,
        "returns/periods.html",
        council,
        access,
        "quarter",
        status=CONFLICT if problem else 200,
        form=form,
        problem=problem,
        periods=[(period, counts[period.pk]) for period in known],
        removed=council.removed_periods.select_related("by"),
        counts_monthly=counted_monthly(council).exists(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def period(request, council, period):
    """One period: its dates with a reason, closing and reopening, and its timeline."""
    council, access = council_to_run(request, council)
    period = council.periods.filter(key=period).first()
    if period is None:
        raise Http404("No such period.")
    form, problem = None, ""
    unfinished = _unfinished(period)
    if request.method == "POST":
        if request.POST.get("action") not in ACTIONS:
            raise Http404("No such action.")
        form_class, act, done = ACTIONS[request.POST["action"]]
        asked = _asked(form_class, period, unfinished)
        if form_class is ChangeDatesForm:
            asked["initial"] = dates_held(period)
        form = one_form(request, lambda data: form_class(data, **asked))
        if form.is_valid():
            try:
                act(period, form, request.user)
            except NotNow as error:
                # Another person may have been quicker: show what is so now.
                problem = str(error)
                period.refresh_from_db()
            else:
                messages.success(request, done.format(period.label))
                if form_class is RemoveForm:
                    return redirect("reporting:periods", council.slug)
                return redirect("reporting:period", council.slug, period.key)
    is_open = period.status == ReportingPeriod.Status.OPEN
    wanted = ChangeDatesForm if is_open else ReopenForm
    closing = form if isinstance(form, CloseForm) else None
    removing = form if isinstance(form, RemoveForm) else None
    if not isinstance(form, wanted):
        asked = _asked(wanted, period, unfinished) | {"initial": dates_held(period)}
        (form,) = first_shown([wanted(**asked)])
    closing = closing or CloseForm(**_asked(CloseForm, period, unfinished))
    if removing is None and not why_not_removed(period):
        removing = RemoveForm(**_asked(RemoveForm, period, unfinished))
    counts = _counts([period])[period.pk]
    return render_working_page(
        request,
        "returns/period.html",
        council,
        access,
        "quarter",
        status=CONFLICT if problem else 200,
        form=form,
        closing=closing,
        removing=removing,
        problem=problem,
        period=period,
        is_open=is_open,
        counts=counts,
        may_see_board=access.may(Permission.SEE_RETURNS),
        unfinished=unfinished,
        events=period.events.select_related("by").order_by("-at", "-pk"),
    )


def dates_held(period):
    """The dates that the period has, by name."""
    return {name: getattr(period, name) for name in DATES}


def _change_dates(period, form, by):
    change_dates(period, reason=form.cleaned_data["reason"], by=by, **form.dates)


def _close(period, form, by):
    close_period(period, reason=form.cleaned_data["reason"], by=by)


def _reopen(period, form, by):
    reopen_period(period, reason=form.cleaned_data["reason"], by=by)


def _remove(period, form, by):
    remove_period(period, reason=form.cleaned_data["reason"], by=by)


# What can be posted to a period: its form, what it does, and what is said then.
ACTIONS = {
    "dates": (ChangeDatesForm, _change_dates, "The dates of {} are changed."),
    "close": (CloseForm, _close, "{} is closed."),
    "reopen": (ReopenForm, _reopen, "{} is open again."),
    "remove": (RemoveForm, _remove, "{} is removed. It was empty."),
}


def _asked(form_class, period, unfinished):
    """What a form has to know of the period."""
    if form_class is CloseForm:
        # Several forms of the page ask why.
        return {"unfinished": len(unfinished), "period": period.label, "auto_id": "id_close_%s"}
    if form_class is RemoveForm:
        return {"auto_id": "id_remove_%s"}
    if form_class is ChangeDatesForm:
        published = period.published_at is not None
        return {
            "today": clock.today(),
            "period": Period.parse(period.key),
            "published": published,
        }
    return {}


def _unfinished(period):
    """The returns that are not submitted, in the order of the report."""
    model = model_of(period)
    reports = still_due(reports_of(period).filter(status__in=OWED))
    return list(with_subjects(reports).order_by(*model.IN_ORDER))


def _first_answers(known):
    """What the form begins with: the quarter after the latest, and its report's title."""
    known = [period for period in known if period.kind == ReportingPeriod.Kind.PROGRAMME]
    if not known:
        return {}
    latest = known[0]
    answers = {"title": latest.title, "subtitle": latest.subtitle}
    return answers | next_quarter(Period.parse(latest.key))


def _counts(periods):
    """By period: how many returns are in each state, those that none is in left out."""
    by_period: dict[int, Counter] = {period.pk: Counter() for period in periods}
    rows = (
        Report.objects.filter(period__in=periods)
        .order_by()
        .values_list("period", "status")
        .annotate(Count("pk"))
    )
    for key, status, number in rows:
        by_period[key][status] = number
    return {
        key: [(status, counts[status]) for status in Report.Status if counts[status]]
        for key, counts in by_period.items()
    }
