"""A decision on a function, and an outcome with its weight and measures."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.writing import keep_writer
from partnerships.actions import decide_function, remove_outcome, save_outcome
from partnerships.forms import DecisionForm, OutcomeForm
from partnerships.models import JointOutcome
from partnerships.views.kept import address_of_work, form_page, kept_about, to_write
from publishing import registry
from publishing.form_drafts.clearing import forget_form
from publishing.workflow import NotNow

either = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@either
def decide(request: HttpRequest, council: str, arrangement: str, order: int) -> HttpResponse:
    """What was decided on a function of a programme, with the reason and the day."""
    of_council, access, record = to_write(request, council, "programme", arrangement)
    function = record.functions.filter(order=order).first()
    if function is None:
        raise Http404("No such function.")
    kept = kept_about(
        *(request, of_council, access, f"Decision: {function}"),
        lambda data: [DecisionForm(data, function=function)],
        arrangement=record,
        own=True,
    )
    if kept.answer:
        return kept.answer
    (form,) = kept.parts
    if kept.is_sent and form.is_valid():
        with kept.refusing(), kept.sending() as writers:
            decide_function(function, form.cleaned_data, by=cast(User, request.user))
            for writer in writers:
                keep_writer(record, writer)
        if not kept.problem:
            messages.success(request, f"Kept: the decision on “{function}”.")
            return redirect(address_of_work(record))
    return form_page(kept, arrangement=record, whole=True, decisions=function.decisions.all())


@never_cache
@either
def add_outcome(request: HttpRequest, council: str, arrangement: str) -> HttpResponse:
    """A new outcome of a framework."""
    return _outcome(request, council, arrangement, None)


@never_cache
@either
def edit_outcome(request: HttpRequest, council: str, arrangement: str, order: int) -> HttpResponse:
    """An outcome, changed or removed."""
    return _outcome(request, council, arrangement, order)


def _outcome(
    request: HttpRequest, council: str, arrangement: str, order: int | None
) -> HttpResponse:
    of_council, access, record = to_write(request, council, "outcomes", arrangement)
    outcome = record.jointoutcomes.filter(order=order).first() if order else None
    if order is not None and outcome is None:
        raise Http404("No such outcome.")
    by = cast(User, request.user)
    if outcome and "remove" in request.POST:
        return _removed(request, outcome, by)
    initial = {}
    if outcome:
        names = ("domain", "statement", "weight", "priority", "target", "source")
        initial = {name: getattr(outcome, name) for name in names}
        initial["measures"] = list(outcome.measures.values_list("name", flat=True))
    measures = registry.measures_of(of_council)
    kept = kept_about(
        *(request, of_council, access, str(outcome or "Add an outcome")),
        lambda data: [OutcomeForm(data, initial=initial, measures=measures)],
        arrangement=record,
        own=outcome is None,
    )
    if kept.answer:
        return kept.answer
    (form,) = kept.parts
    if kept.is_sent and form.is_valid():
        with kept.refusing(), kept.sending() as writers:
            save_outcome(record, outcome, form.cleaned_data, by=by)
            for writer in writers:
                keep_writer(record, writer)
        if not kept.problem:
            messages.success(request, "Saved: the outcome.")
            return redirect(address_of_work(record))
    return form_page(kept, arrangement=record, whole=True, removable=outcome is not None)


def _removed(request: HttpRequest, outcome: JointOutcome, by: User) -> HttpResponse:
    record = outcome.arrangement
    try:
        remove_outcome(outcome, by=by)
    except NotNow as reason:
        messages.error(request, str(reason))
    else:
        forget_form(record.council, request.path)
        messages.success(request, f"Removed: {outcome}.")
    return redirect(address_of_work(record))
