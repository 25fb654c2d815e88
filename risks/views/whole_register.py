"""Entering a risk, and publishing the register as at a day."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from accounts.roles import Permission
from bcfportal.lib import clock
from bcfportal.lib.sentences import day_words
from projects.models import Council
from publishing.pages import working_council
from publishing.workflow import NotNow
from risks import actions, forms
from risks.deciding import another_day_holds, register_read, since_the_last
from risks.models import RegisterReport
from risks.register import register_at
from risks.transitions import REGISTERS, latest_report
from risks.versions import ever_published
from risks.views.kept import form_page, kept_about, to_risk
from risks.views.manage import writes
from typed.asking import ask
from typed.seen import Seen, Stale, mark_of


def _register_to_keep(request, council):
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
    council, access, register = _register_to_keep(request, council)
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


@never_cache
@writes
def publish(request, council):
    """Publishes the register as at a day."""
    council, access, register = _register_to_keep(request, council)
    to_come = RegisterReport(council=council, as_at=clock.today())
    latest = latest_report(to_come)
    title = latest.title if latest else "Risk register"
    kept = kept_about(
        *(request, council, access, "Publish the register"),
        lambda data: forms.PublishForm(
            data, scale=register.scale, initial={"title": title}, seen=True
        ),
    )
    if kept.answer:
        return kept.answer
    (form,) = kept.parts
    mark = request.POST.get("seen") or mark_of(register_read(council, register))
    if kept.is_sent and form.is_valid():
        _ask_about_another_day(form, council, latest)
    if kept.is_sent and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("as_at", "meeting_on", "title")}
        try:
            with kept.sending():
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
            kept.problem, mark = str(error), mark_of(register_read(council))
        else:
            day = step.record.as_at
            messages.success(
                request, f"The register as at {day_words(day)} is published. Everyone can read it."
            )
            return redirect("reporting:risks", council.slug)
    return form_page(
        kept,
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
