"""Pages on which owners and officers update risks: one form each; nothing is overwritten."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from bcfportal.lib import clock
from projects.models import Project
from publishing.pages import working_council
from publishing.workflow import NotNow
from risks import actions, forms
from risks.access import may_keep
from risks.deciding import read_of, risk_read
from risks.models import Details, RegisterReport, Risk
from risks.register import register_at
from risks.risk_history import one_risk
from risks.views.kept import CONFLICT, form_page, kept_about, to_risk
from typed.carrying import wants_json
from typed.seen import Seen, mark_of

LOST = "[…]"
writes = require_http_methods(["GET", "HEAD", "POST"])


def _fetched(request, council, reference):
    """The risk as it is now, for people who may update it.

    Raises Http404 for people outside the council and for what they may not see; PermissionDenied
    if the risk is published and not theirs.
    """
    council, access = working_council(request, council)
    risk = Risk.objects.filter(council=council, slug=reference).first()
    if risk is None:
        raise Http404("No such risk.")
    if not may_keep(access, request.user, risk):
        if _is_published(risk):
            raise PermissionDenied
        raise Http404("No such risk.")
    history = one_risk(council, reference, clock.today())
    if history is None:
        raise Http404("No such risk.")
    return council, access, history


def _is_published(risk):
    details = Details.objects.filter(
        risk=risk, on__lte=OuterRef("as_at"), recorded_at__lte=OuterRef("published_at")
    )
    published = RegisterReport.objects.not_withdrawn()
    return published.filter(Exists(details), council=risk.council_id).exists()


def _seen(request):
    typed = request.POST.get("seen", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None


def _write(
    request,
    council,
    reference,
    *,
    title,
    form_of,
    act,
    done,
    template=None,
    seen_of=None,
    own=False,
    of_closed=False,
):
    """One form about one risk: shows it, checks it, saves it, or shows it again with the errors.

    ``form_of`` makes the form from (data, history, access), ``act`` saves it, ``seen_of`` says
    what of the risk must not have changed since the person opened the form. A form that adds to the
    risk is each person's ``own``; ``of_closed`` says that it is about a risk that is closed.
    """
    council, access, history = _fetched(request, council, reference)
    risk = history.at.risk
    if bool(history.at.closure) != of_closed:
        why = "is open already" if of_closed else "is closed: reopen it to write about it"
        if wants_json(request):
            return JsonResponse({"reason": f"{risk} {why}."}, status=CONFLICT)
        if request.method != "POST":
            messages.error(request, f"{risk} {why}.")
            return to_risk(council, reference)
    by = {"by": request.user, "access": access}
    kept = kept_about(
        *(request, council, access, title),
        lambda data: form_of(data, history, access),
        risk=risk,
        own=own,
        key=_of_a_task(request, risk),
    )
    if kept.answer:
        return kept.answer
    (form,) = kept.parts
    # Of a form that is wrong the page says still what was read when it was opened.
    seen = request.POST.get("seen") or (seen_of(history) if seen_of else "")
    if kept.is_sent and form.is_valid():
        with kept.refusing(), kept.sending():
            act(risk, form, by)
        if not kept.problem:
            messages.success(request, done)
            return to_risk(council, reference)
        # The latest values are beside the boxes: who saves again has seen them.
        history = one_risk(council, reference, clock.today())
        seen = seen_of(history) if seen_of else ""
    closed = history.at.closure and not of_closed
    return form_page(kept, history=history, beside=template, seen=seen, closed=closed)


def _of_a_task(request: HttpRequest, risk: Risk) -> str:
    """Which task of the risk the address asks for, where it asks for one."""
    asked = {"task": request.GET.get("task", "")}
    tasks = (
        {str(key) for key in risk.task_rows.values_list("pk", flat=True)} if asked["task"] else ()
    )
    return f"?{urlencode(asked)}" if asked["task"] in tasks else ""


@never_cache
@writes
def assess(request, council, reference):
    """Assesses the risk, with the reason."""

    def form_of(data, history, access):
        now = history.at.now
        initial = {"prospects": history.at.prospects}
        if now:
            initial |= {"likelihood": now.likelihood, "impact": now.impact}
        return forms.AssessForm(data, initial=initial, scale=history.at.scale, seen=True)

    def act(risk, form, by):
        chosen = form.cleaned_data
        actions.assess(
            risk,
            current=(chosen["likelihood"], chosen["impact"]),
            prospects=chosen["prospects"],
            reason=chosen["reason"],
            review_by=chosen["review_by"],
            seen=_seen(request),
            **by,
        )

    return _write(
        request,
        council,
        reference,
        title="Assess the risk",
        form_of=form_of,
        act=act,
        done="The assessment is saved.",
        template="assess",
        seen_of=lambda history: history.at.now and history.at.now.row.pk,
    )


@never_cache
@writes
def reword(request, council, reference):
    """Changes title, description and other details; the earlier ones stay in the history."""

    def form_of(data, history, access):
        details, risk = history.at.details, history.at.risk
        initial = {name: getattr(details, name) for name in forms.DetailsForm.NAMES}
        # Values that the source has lost are left for the person to fill in.
        initial = {name: "" if value == LOST else value for name, value in initial.items()}
        given = {"initial": initial, "scale": history.at.scale, "seen": True}
        if access.may(Permission.KEEP_RISKS):
            initial["owner"] = risk.owner_id
            return forms.OfficersDetailsForm(data, council=access.council, **given)
        return forms.DetailsForm(data, **given)

    def act(risk, form, by):
        chosen = form.cleaned_data
        actions.reword(
            risk,
            details=form.details,
            reason=chosen["reason"],
            significant=chosen["significant"],
            seen=_seen(request),
            **by,
        )
        if "owner" in chosen:
            actions.give_owner(risk, owner=chosen["owner"], **by)

    return _write(
        request,
        council,
        reference,
        title="Change title, description or details",
        form_of=form_of,
        act=act,
        done="The details are saved. The earlier ones stay in the history.",
        seen_of=lambda history: history.at.details.pk,
    )


@never_cache
@writes
def set_links(request, council, reference):
    """Sets what the risk is about: projects, measures, savings."""

    def form_of(data, history, access):
        held: dict[str, list] = {"projects": [], "measures": [], "savings": []}
        for link in history.at.links:
            held[f"{link.kind}s"].append(link.project_id or link.reference)
        initial = {
            "projects": held["projects"],
            "measures": "\n".join(held["measures"]),
            "savings": "\n".join(held["savings"]),
        }
        projects = Project.objects.filter(council=access.council).order_by("short_title")
        return forms.LinksForm(data, initial=initial, scale=history.at.scale, projects=projects)

    return _write(
        request,
        council,
        reference,
        title="What the risk is about",
        form_of=form_of,
        act=lambda risk, form, by: actions.set_links(risk, **form.cleaned_data, **by),
        done="The links are saved.",
    )


@never_cache
@writes
def add_task(request, council, reference):
    return _write(
        request,
        council,
        reference,
        title="Add a task",
        form_of=lambda data, history, access: forms.TaskForm(data, scale=history.at.scale),
        act=lambda risk, form, by: actions.add_task(risk, text=form.cleaned_data["text"], **by),
        done="The task is added.",
        template="tasks",
        own=True,
    )


@never_cache
@writes
def add_progress(request, council, reference):
    def form_of(data, history, access):
        return forms.ProgressForm(
            data,
            scale=history.at.scale,
            tasks=history.at.risk.task_rows.all(),
            initial={"task": request.GET.get("task", "")},
        )

    return _write(
        request,
        council,
        reference,
        title="Report progress",
        form_of=form_of,
        act=lambda risk, form, by: actions.add_progress(risk, **form.cleaned_data, **by),
        done="The progress is saved.",
        template="tasks",
        own=True,
    )


def _with_reason(
    request: HttpRequest,
    council: str,
    reference: str,
    form: type[forms.CloseForm] | type[forms.ReopenForm],
    act: Callable[..., object],
    **said: Any,
) -> HttpResponse:
    """The risk is closed or opened again, with the reason, as it was read."""
    return _write(
        request,
        council,
        reference,
        form_of=lambda data, history, access: form(data, scale=history.at.scale, seen=True),
        act=lambda risk, typed, by: act(
            risk,
            reason=typed.cleaned_data["reason"],
            seen=Seen(request.POST.get("seen", ""), risk_read),
            **by,
        ),
        seen_of=lambda history: mark_of(read_of(history)),
        **said,
    )


@never_cache
@writes
def close(request: HttpRequest, council: str, reference: str) -> HttpResponse:
    """Closes the risk, with the reason."""
    return _with_reason(
        *(request, council, reference, forms.CloseForm, actions.close),
        title="Close the risk",
        done="The risk is closed. It stays in the register, with the reason.",
    )


@never_cache
@writes
def reopen(request: HttpRequest, council: str, reference: str) -> HttpResponse:
    """Opens a closed risk again, with the reason."""
    return _with_reason(
        *(request, council, reference, forms.ReopenForm, actions.reopen),
        title="Reopen the risk",
        done="The risk is open again, as it was when it was closed.",
        of_closed=True,
    )


def register_to_keep(request, council):
    """The council and its register as it is now, for officers who keep it."""
    council, access = working_council(request, council)
    access.require(Permission.KEEP_RISKS)
    register = register_at(council, clock.today())
    if register is None:
        raise Http404("The council has no risk matrix.")
    return council, access, register


@never_cache
@writes
def new_risk(request, council):
    """Enters a risk."""
    council, access, register = register_to_keep(request, council)
    kept = kept_about(
        *(request, council, access, "Enter a risk"),
        lambda data: forms.NewRiskForm(data, scale=register.scale, council=council),
        own=True,
    )
    if kept.answer:
        return kept.answer
    (form,) = kept.parts
    if kept.is_sent and form.is_valid():
        chosen = form.cleaned_data
        try:
            with kept.sending():
                risk = actions.add_risk(
                    council,
                    reference=chosen["reference"],
                    slug=form.slug,
                    details=form.details,
                    original=(chosen["original_likelihood"], chosen["original_impact"]),
                    target=(chosen["target_likelihood"], chosen["target_impact"]),
                    prospects=chosen["prospects"],
                    reason=chosen["reason"],
                    review_by=chosen["review_by"],
                    owner=chosen["owner"],
                    by=request.user,
                    access=access,
                )
        except NotNow as error:
            form.add_error("reference", str(error))
        else:
            messages.success(
                request, f"{risk} is entered. It will be public when the register is published."
            )
            return to_risk(council, risk.slug)
    return form_page(kept)
