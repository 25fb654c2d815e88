"""The vital signs: the dashboard, a measure's report card, and what is reported by exception."""

from collections.abc import Iterable
from dataclasses import replace

from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from bcfportal.lib.periods import period_of
from bcfportal.lib.versions import VersionStatus
from bcfportal.lib.withdrawals import NotThen
from outcomes.vital_signs.charts import card_chart
from outcomes.vital_signs.content import Measure
from outcomes.vital_signs.dashboard import (
    Row,
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
from outcomes.vital_signs.measure_status import MeasureStatus
from outcomes.vital_signs.otherwise import judged_words, worked_out_words
from outcomes.vital_signs.parts import parts_of
from outcomes.vital_signs.published import PublishedMeasures, vital_signs_shown
from outcomes.vital_signs.statuses import statuses
from publishing.pages import render_council_page


def shown_to(request, council):
    """The measures of the month that the address asks for. Raises Http404 otherwise."""
    asked = request.GET
    return vital_signs_shown(
        request.user, council, asked.get("month", "")[:20], asked.get("version", "")[:10]
    )


def render_measures(request, template, published, **context):
    """A page of what is published of a council's measures."""
    return render_council_page(
        request,
        template,
        published.council,
        published.access,
        "vital-signs",
        of_version=published.version,
        vital_signs=published,
        **context,
    )


def _with_corrections(rows: list[Row], published: PublishedMeasures) -> list[Row]:
    return with_corrections(rows, published.corrected, published.given)


@require_safe
def dashboard_page(request, council):
    published = shown_to(request, council)
    rows = _with_corrections(dashboard(published.sheet, published.month), published)
    form = DashboardFilterForm(request.GET, rows=rows)
    chosen = sort_rows(form.chosen(rows), form.order)
    return render_measures(
        request,
        "outcomes/vital_signs/dashboard.html",
        published,
        form=form,
        rows=rows,
        chosen=chosen,
        groups=group_rows(chosen, form.order),
        months=[cell.month for cell in rows[0].cells] if rows else [],
        exceptions=sum(bool(row.status.met) for row in rows),
        target_notes=notes_on_targets(chosen),
        may_set=published.access.may(Permission.SET_MEASURES),
        profiled=any(row.status.fixed_target is not None for row in rows),
    )


@require_safe
def download(request, council):
    """The thirteen months of the dashboard as CSV, a row for each measure and month."""
    published = shown_to(request, council)
    name = f"{published.council.file_name}-{published.month.key}-{VITAL_SIGNS.name}"
    return VITAL_SIGNS.answer(published, name, version=published.version)


def not_then(published, what, page, *arguments):
    """Raises NotThen: the month has no report of what a later one tells of."""
    address = reverse(page, args=[published.council.slug, *arguments])
    raise NotThen(
        published.council, f"{what}: nothing was reported by {published.month.label}.", address
    )


def status_of(published, slug) -> MeasureStatus:
    """How the measure stands that has this name in addresses. Raises Http404 where none has."""
    measure = published.sheet.measure(slug)
    if measure is None:
        raise Http404("No such measure.")
    in_collection = statuses(published.sheet, published.month, measure.collection)
    return next(status for status in in_collection if status.measure is measure)


@require_safe
def card(request, council, measure):
    """One measure in full: why, chart, words, actions, history of targets."""
    published = shown_to(request, council)
    later = published.latest.measure(measure)
    if later is not None and published.sheet.measure(measure) is None:
        not_then(published, later.name, "reporting:report-card", measure)
    status = status_of(published, measure)
    if status.measure.collection not in ("vital signs", "supporting"):
        raise Http404("Not a vital sign.")
    sheet = published.sheet
    decided = follow_ups(published)
    (row,) = _with_corrections([row_of(status)], published)
    supporting = [
        other
        for other in statuses(sheet, published.month, "supporting")
        if other.measure.supports == status.measure.slug
    ]
    counterpart = sheet.measure(status.measure.same_as) if status.measure.same_as else None
    ordered = [other.measure for other in statuses(sheet, published.month)]
    at = ordered.index(status.measure) if status.measure in ordered else -1
    return render_measures(
        request,
        "outcomes/vital_signs/report_card.html",
        published,
        measure_status=status,
        narrowed=narrowed_to(
            published.version, [status.measure, *(other.measure for other in supporting)]
        ),
        row=row,
        actions=actions_of(status),
        card_label=status.card and period_of(status.card.period).label,
        limits=limits_words(status),
        breaks=[(break_words(mark), mark.by, mark.on) for mark in status.measure.marks],
        targets=target_lines(status),
        changes=change_lines(status),
        checks=list(of_measure(sheet, status.measure)),
        chart=card_chart(status, counterpart, published.council.accent_colour),
        corrected=judged_words(status, published.corrected, published.given),
        worked_out=worked_out_words(status, published.corrected, published.given),
        history=history_table(status, published.corrected),
        parts=parts_of(published, status),
        supporting=[(other, history_table(other, published.corrected)) for other in supporting],
        counterpart=counterpart and MeasureStatus(counterpart, status.last, sheet.judging),
        follow_ups=decided.get(status.measure.slug, []),
        before=ordered[at - 1] if at > 0 else None,
        after=ordered[at + 1] if 0 <= at < len(ordered) - 1 else None,
        may_set=published.access.may(Permission.SET_MEASURES),
        may_follow_up=published.access.may(Permission.FOLLOW_UP),
    )


def narrowed_to(version: VersionStatus | None, measures: Iterable[Measure]) -> VersionStatus | None:
    """The version with what it corrects of these measures, or of the whole report, and why."""
    if version is None:
        return None
    named = {"", *(measure.slug for measure in measures)}
    kept = tuple(correction for correction in version.corrections if correction.about in named)
    why = "; ".join(dict.fromkeys(correction.why for correction in kept if correction.why))
    return replace(version, corrections=kept, why=why)


@require_safe
def exceptions_page(request, council):
    published = shown_to(request, council)
    exceptions = Exceptions(published)
    decided = follow_ups(published)
    return render_measures(
        request,
        "outcomes/vital_signs/exceptions.html",
        published,
        exceptions=exceptions,
        listed=[(listed, decided.get(listed.measure.slug, [])) for listed in exceptions.listed],
        paper_count=sum(listed.status.declared for listed in exceptions.listed),
        decided=[
            (published.sheet.measure(slug), records)
            for slug, records in decided.items()
            if published.sheet.measure(slug)
        ],
        actions=list(published.council.follow_up_actions.all()),
        may_follow_up=published.access.may(Permission.FOLLOW_UP),
    )
