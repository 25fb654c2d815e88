"""Pages on which owners and officers update risks: one form each; nothing is overwritten."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from bcfportal.lib import clock
from bcfportal.lib.sentences import day_words
from projects.models import Council, Project
from publishing.pages import render_working_page, working_council
from publishing.workflow import NotNow
from risks import actions, forms
from risks.access import may_keep
from risks.deciding import another_day_holds, read_of, register_read, risk_read, since_the_last
from risks.models import Details, RegisterReport, Risk
from risks.register import register_at
from risks.risk_history import one_risk
from risks.transitions import REGISTERS, latest_report
from risks.versions import ever_published
from risks.views.register import WORKING
from typed.asking import ask
from typed.forms import one_form
from typed.seen import Seen, Stale, mark_of

CONFLICT = 409
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


def _form_page(request, council, access, title, form, *, problem="", history=None, **context):
    return render_working_page(
        request,
        "risks/write.html",
        council,
        access,
        "risks",
        status=CONFLICT if problem else 200,
        title=title,
        form=form,
        problem=problem,
        history=history,
        entry=history.at if history else None,
        working=WORKING,
        **context,
    )


def _seen(request):
    typed = request.POST.get("seen", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None


def _to_risk(council, slug):
    address = reverse("reporting:risk", args=[council.slug, slug])
    return redirect(f"{address}?as_at={WORKING}")


def _write(request, council, reference, *, title, form_of, act, done, template=None, seen_of=None):
    """One form about one risk: shows it, checks it, saves it, or shows it again with the errors.

    ``form_of`` makes the form from (data, history, access), ``act`` saves it, ``seen_of`` says
    what of the risk must not have changed since the person opened the form.
    """
    council, access, history = _fetched(request, council, reference)
    if request.method != "POST" and history.at.closure:
        messages.error(request, f"{history.at.risk} is closed: nothing more is written about it.")
        return _to_risk(council, reference)
    by = {"by": request.user, "access": access}
    form = one_form(request, lambda data: form_of(data, history, access))
    # Of a form that is wrong the page says still what was read when it was opened.
    seen = request.POST.get("seen") or (seen_of(history) if seen_of else "")
    problem, before = "", history
    if request.method == "POST" and form.is_valid():
        try:
            act(history.at.risk, form, by)
        except (NotNow, Stale) as error:
            problem = str(error)
            # The latest values are beside the boxes: who saves again has seen them.
            before = one_risk(council, reference, clock.today())
            seen = seen_of(before) if seen_of else ""
        else:
            messages.success(request, done)
            return _to_risk(council, reference)
    return _form_page(
        *(request, council, access, title, form),
        problem=problem,
        history=before,
        beside=template,
        seen=seen,
    )


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
    )


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
    )


@writes
def close(request, council, reference):
    return _write(
        request,
        council,
        reference,
        title="Close the risk",
        form_of=lambda data, history, access: forms.CloseForm(
            data, scale=history.at.scale, seen=True
        ),
        act=lambda risk, form, by: actions.close(
            risk,
            reason=form.cleaned_data["reason"],
            seen=Seen(request.POST.get("seen", ""), risk_read),
            **by,
        ),
        done="The risk is closed. It stays in the register, with the reason.",
        seen_of=lambda history: mark_of(read_of(history)),
    )


def _register_to_keep(request, council):
    """The council and its register as it is now, for officers who keep it."""
    council, access = working_council(request, council)
    access.require(Permission.KEEP_RISKS)
    register = register_at(council, clock.today())
    if register is None:
        raise Http404("The council has no risk matrix.")
    return council, access, register


@writes
def new_risk(request, council):
    """Enters a risk."""
    council, access, register = _register_to_keep(request, council)
    data = request.POST if request.method == "POST" else None
    form, problem = forms.NewRiskForm(data, scale=register.scale, council=council), ""
    if data is not None and form.is_valid():
        chosen = form.cleaned_data
        try:
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
            return _to_risk(council, risk.slug)
    return _form_page(request, council, access, "Enter a risk", form, problem=problem)


def _ask_about_another_day(
    form: forms.PublishForm, council: Council, latest: RegisterReport | None
) -> None:
    """Asks where the day typed holds something else than the page shows, which is of today."""
    day = form.cleaned_data["as_at"]
    if latest and day <= latest.as_at:
        return
    if said := another_day_holds(council, day, latest):
        about = f"{day.isoformat()} {mark_of({'Asked': said})}"
        ask(form, "holds_is_right", about, said, label="Publish it as it was on that day")


@writes
def publish(request, council):
    """Publishes the register as at a day."""
    council, access, register = _register_to_keep(request, council)
    to_come = RegisterReport(council=council, as_at=clock.today())
    latest = latest_report(to_come)
    data = request.POST if request.method == "POST" else None
    form = forms.PublishForm(
        data,
        scale=register.scale,
        initial={"title": latest.title if latest else "Risk register"},
        seen=True,
    )
    problem, mark = "", request.POST.get("seen") or mark_of(register_read(council, register))
    if data is not None and form.is_valid():
        _ask_about_another_day(form, council, latest)
    if data is not None and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("as_at", "meeting_on", "title")}
        try:
            step = REGISTERS.transition(
                "publish",
                RegisterReport(council=council, **chosen),
                by=request.user,
                access=access,
                seen=Seen(
                    request.POST.get("seen", ""), lambda report: register_read(report.council)
                ),
            )
        except NotNow as error:
            form.add_error("as_at", str(error))
        except Stale as error:
            problem, mark = str(error), mark_of(register_read(council))
        else:
            day = step.record.as_at
            messages.success(
                request, f"The register as at {day_words(day)} is published. Everyone can read it."
            )
            return redirect("reporting:risks", council.slug)
    return _form_page(
        request,
        council,
        access,
        "Publish the register",
        form,
        problem=problem,
        seen=mark,
        beside="publish",
        published=ever_published(council),
        actions={
            rule.action for rule in REGISTERS.actions_for(to_come, by=request.user, access=access)
        },
        why_not=REGISTERS.why_not("publish", to_come, clock.today()),
        register=register,
        since=since_the_last(latest, register),
    )
