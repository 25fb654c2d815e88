"""The vital signs: the dashboard, a measure's report card, and what is reported by exception."""

from dataclasses import replace

from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from bcfportal.lib import clock
from bcfportal.lib.periods import period_of
from bcfportal.lib.withdrawals import NotThen
from outcomes.vital_signs.charts import card_chart
from outcomes.vital_signs.dashboard import (
    dashboard,
    group_rows,
    notes_on_targets,
    row_of,
    sort_rows,
    with_corrections,
)
from outcomes.vital_signs.discrepancies import of_measure
from outcomes.vital_signs.exception_list import Exceptions, actions_of, follow_ups
from outcomes.vital_signs.exports import VITAL_SIGNS
from outcomes.vital_signs.filters import DashboardFilterForm
from outcomes.vital_signs.history import (
    break_words,
    change_lines,
    history_table,
    limits_words,
    target_lines,
)
from outcomes.vital_signs.measure_status import Standing, standings
from outcomes.vital_signs.parts import parts_of
from outcomes.vital_signs.published import vital_signs_shown
from publishing.pages import render_council_page


def shown_to(request, council):
    """The measures of the month that the address asks for. Raises Http404 otherwise."""
    asked = request.GET
    return vital_signs_shown(
        request.user, council, asked.get("month", "")[:20], asked.get("version", "")[:10]
    )


def render_measures(request, template, shown, **context):
    """A page of what is published of a council's measures."""
    return render_council_page(
        request, template, shown.council, shown.access, "vital-signs", vital_signs=shown, **context
    )


@require_safe
def dashboard_page(request, council):
    shown = shown_to(request, council)
    rows = with_corrections(dashboard(shown.sheet, shown.month), shown.corrected)
    form = DashboardFilterForm(request.GET, rows=rows)
    chosen = sort_rows(form.chosen(rows), form.order)
    return render_measures(
        request,
        "outcomes/vital_signs/dashboard.html",
        shown,
        form=form,
        rows=rows,
        chosen=chosen,
        groups=group_rows(chosen, form.order),
        months=[cell.month for cell in rows[0].cells] if rows else [],
        exceptions=sum(bool(row.standing.met) for row in rows),
        target_notes=notes_on_targets(chosen),
        may_set=shown.access.may(Permission.SET_MEASURES),
        profiled=any(row.standing.fixed_target is not None for row in rows),
    )


@require_safe
def download(request, council):
    """The thirteen months of the dashboard as CSV, a row for each measure and month."""
    shown = shown_to(request, council)
    name = f"{shown.council.file_name}-{shown.month.key}-{VITAL_SIGNS.name}"
    return VITAL_SIGNS.answer(shown, name)


def not_then(shown, what, page, *arguments):
    """Raises NotThen: the month has no report of what a later one tells of."""
    address = reverse(page, args=[shown.council.slug, *arguments])
    raise NotThen(shown.council, f"{what}: nothing was reported by {shown.month.label}.", address)


def standing_of(shown, slug) -> Standing:
    """How the measure stands that has this name in addresses. Raises Http404 where none has."""
    measure = shown.sheet.measure(slug)
    if measure is None:
        raise Http404("No such measure.")
    found = standings(shown.sheet, shown.month, measure.collection)
    return next(each for each in found if each.measure is measure)


@require_safe
def card(request, council, measure):
    """One measure in full: why, chart, words, actions, history of targets."""
    shown = shown_to(request, council)
    later = shown.latest.measure(measure)
    if later is not None and shown.sheet.measure(measure) is None:
        not_then(shown, later.name, "reporting:report-card", measure)
    standing = standing_of(shown, measure)
    if standing.measure.collection not in ("vital signs", "supporting"):
        raise Http404("Not a vital sign.")
    sheet = shown.sheet
    decided = follow_ups(shown.council, clock.today(), shown.until)
    row = row_of(standing)
    supporting = [
        each
        for each in standings(sheet, shown.month, "supporting")
        if each.measure.supports == standing.measure.slug
    ]
    counterpart = sheet.measure(standing.measure.same_as) if standing.measure.same_as else None
    ordered = [each.measure for each in standings(sheet, shown.month)]
    at = ordered.index(standing.measure) if standing.measure in ordered else -1
    return render_measures(
        request,
        "outcomes/vital_signs/report_card.html",
        shown,
        standing=standing,
        narrowed=_of_measures(shown.version, [standing, *supporting]),
        row=row,
        actions=actions_of(standing),
        card_label=standing.card and period_of(standing.card.period).label,
        limits=limits_words(standing),
        breaks=[(break_words(each), each.by, each.on) for each in standing.measure.marks],
        targets=target_lines(standing),
        changes=change_lines(standing),
        checks=list(of_measure(sheet, standing.measure)),
        chart=card_chart(standing, counterpart, shown.council.accent_colour),
        history=history_table(standing, shown.corrected),
        parts=parts_of(shown, standing),
        supporting=[(each, history_table(each, shown.corrected)) for each in supporting],
        counterpart=counterpart and Standing(counterpart, standing.last, sheet.judging),
        follow_ups=decided.get(standing.measure.slug, []),
        before=ordered[at - 1] if at > 0 else None,
        after=ordered[at + 1] if 0 <= at < len(ordered) - 1 else None,
        may_set=shown.access.may(Permission.SET_MEASURES),
        may_follow_up=shown.access.may(Permission.FOLLOW_UP),
    )


def _of_measures(version, shown):
    """The version with what it corrects of the measures shown, or of the whole report."""
    named = {"", *(each.measure.slug for each in shown)}
    kept = [each for each in version.corrections if each.about in named] if version else []
    return version and replace(version, corrections=tuple(kept))


@require_safe
def exceptions_page(request, council):
    shown = shown_to(request, council)
    found = Exceptions(shown)
    decided = follow_ups(shown.council, clock.today(), shown.until)
    return render_measures(
        request,
        "outcomes/vital_signs/exceptions.html",
        shown,
        exceptions=found,
        listed=[(each, decided.get(each.measure.slug, [])) for each in found.listed],
        paper_count=sum(each.standing.declared for each in found.listed),
        decided=[
            (shown.sheet.measure(slug), records)
            for slug, records in decided.items()
            if shown.sheet.measure(slug)
        ],
        actions=list(shown.council.follow_up_actions.all()),
        may_follow_up=shown.access.may(Permission.FOLLOW_UP),
    )
