"""One section of a return: shown, saved by a person or by itself, and never lost."""

from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from bcfportal.lib.clock import today
from finance.calculations import variance_words
from reporting.models import SectionName
from reporting.section_forms import PERFORMANCE_FITS, SUMMARY_FITS
from reporting.sections import Conflict, may_write_now, save_section, work_on
from reporting.views import pasting
from reporting.views.fetching import return_for, return_to_write
from reporting.views.pages import render_working_page
from reporting.views.saving import clock, differing, refusal_as_json, version_of
from reporting.views.signing_in import unless_signed_in, wants_json
from reporting.workflow import NotNow


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def section(request, council, period, slug, name):
    """Shows a section or keeps what is typed in it. ``name`` is one of SectionName's."""
    if (answer := unless_signed_in(request)) is not None:
        return answer
    if request.method != "POST":
        report, access = return_for(request, council, period, slug)
        return _show(request, report, access, name, work_on(report))
    report, access = return_to_write(request, council, period, slug)
    work = work_on(report)
    if name not in work.sections:
        raise Http404("This return has no such section.")
    typed = _typed(request, work, name)
    answer = _keep(request, report, access, name, typed)
    if wants_json(request):
        return _as_json(answer, report, name)
    if "conflict" in answer or "reason" in answer:
        work.sections[name].typed = typed
        return _show(request, report, access, name, work, **answer)
    if name == SectionName.MEASURES and pasting.is_asked(request):
        return pasting.answer(
            request, pasting.for_measures(request, report, access, answer["saved"])
        )
    if request.POST.get("use") or request.POST.get("place") or request.POST.get("undo"):
        return redirect(request.path)
    if request.POST.get("then") == "next":
        return redirect(_following(report, name))
    return redirect("reporting:return", council, period, slug)


def _typed(request, work, name):
    """What is in the boxes. Boxes that the page did not send keep what they had."""
    kept = dict(work.typed(name))
    fields = list(work.fields(name))
    for field in fields:
        if field in request.POST:
            kept[field] = request.POST[field].replace("\x00", "").replace("\r\n", "\n")
    use = request.POST.get("use")
    if use in fields and work.last is not None:
        kept[use] = work.said_last(use)
    if request.POST.get("undo"):
        kept |= pasting.taken_back(request, pasting.place_of(work.report, name), kept)
    return kept


def _keep(request, report, access, name, typed):
    try:
        saved = save_section(
            report.pk,
            name,
            typed,
            version=version_of(request),
            by=request.user,
            access=access,
        )
    except Conflict as conflict:
        return {"conflict": conflict.section}
    except NotNow as reason:
        return {"reason": str(reason)}
    return {"saved": saved}


def _as_json(answer, report, name):
    if (refusal := refusal_as_json(answer)) is not None:
        return refusal
    saved = answer["saved"]
    body = {"version": saved.version, "saved": f"Saved {clock(saved.saved_at)}"}
    fresh = work_on(report)
    if name == SectionName.MEASURES:
        body["ratings"] = fresh.grid.ratings
    if name == SectionName.SPEND:
        form = fresh.form(name)
        form.is_valid()
        body["variance"] = variance_words(form.cleaned_data.get("spend_forecast"), fresh.allocation)
    return JsonResponse(body)


def _show(request, report, access, name, work, **answer):
    if name not in work.sections:
        raise Http404("This return has no such section.")
    section_kept = work.sections[name]
    conflict = answer.get("conflict")
    context = {
        "report": report,
        "work": work,
        "kept": section_kept,
        "name": name,
        "last_section": report.section_names[-1],
        "title": SectionName(name).label,
        "writable": may_write_now(report, access),
        "period_reason": report.period.why_not_written(today()),
        "problems": work.wrong(name),
        "progress": work.progress(name),
        "version": conflict.version if conflict else section_kept.version,
        "differing": differing(section_kept.typed, conflict.typed) if conflict else [],
        "performance_fits": PERFORMANCE_FITS,
        "summary_fits": SUMMARY_FITS,
        **answer,
    }
    if name == SectionName.MEASURES:
        place = pasting.place_of(report, name)
        context |= {
            "grid": work.grid,
            # What was to be pasted is kept in its box where the section could not be saved.
            "pasted": request.POST.get("block", ""),
            "undo": pasting.may_be_taken_back(request, place, section_kept.typed),
        }
    elif name == SectionName.CARDS:
        context["cards"] = work.cards
    else:
        context["form"] = work.form(name)
    if name == SectionName.SPEND:
        form = context["form"]
        form.is_valid()
        context["variance"] = variance_words(
            form.cleaned_data.get("spend_forecast"), work.allocation
        )
    return render_working_page(
        request,
        f"returns/{name}.html",
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
