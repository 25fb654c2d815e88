"""Figures that came in late, with another report than the one that is published again.

A month that is put right has every figure of earlier periods that was reported since. Nobody
corrected those in it: they came in with a later month, or were put right there.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from bcfportal.lib.versions import CAME_IN
from outcomes.vital_signs.content import HELD_BACK, VitalSigns
from outcomes.vital_signs.differences import said_beside
from publishing.models import Report, Snapshot
from publishing.period_versions.content import Corrected
from publishing.version_cache import sheets_by_fingerprint
from returns.content import Sheet
from returns.period_versions.differences import same_figure
from returns.period_versions.held_back import figures
from returns.subjects import content_of

# A figure: its measure as corrections call it, its period and its part.
_Figure = tuple[str, str, str]


def with_what_came_in(
    corrections: list[Corrected], report: Report, before: Snapshot, after: Snapshot
) -> list[Corrected]:
    """The corrections, where what another report of the kind gave meanwhile is said to come in.

    Its counts, comment and whether it is final came with it.
    """
    names = {_figure_of(said): said.what for said in corrections if said.is_figure}
    came_in = {names[figure] for figure in _given_meanwhile(names, report, before, after)}
    beside = {what for name in came_in for what in said_beside(name)}
    return [
        msgspec.structs.replace(said, before=CAME_IN)
        if said.is_figure and said.what in came_in
        else said
        for said in corrections
        if said.is_figure or said.what not in beside
    ]


def _given_meanwhile(
    asked: Iterable[_Figure], report: Report, before: Snapshot, after: Snapshot
) -> list[_Figure]:
    """Those that ``before`` has no value of, and that another report had as ``after`` has it.

    What the report itself said first, in a version that was withdrawn, came in with it.
    """
    kind = content_of(report.period)
    sheets = sheets_by_fingerprint([before.fingerprint, after.fingerprint], kind)
    was, now = (_values(sheets[snapshot.fingerprint]) for snapshot in (before, after))
    new = [figure for figure in asked if figure in now and figure not in was]
    if not new:
        return []
    made = Snapshot.objects.filter(
        report__slug=report.slug,
        report__period__council=report.period.council_id,
        report__period__kind=report.period.kind,
        at__range=(before.at, after.at),
    ).exclude(pk=after.pk)
    rows = list(made.order_by("at", "pk").values_list("report", "fingerprint"))
    sheets = sheets_by_fingerprint({mark for _, mark in rows}, kind)
    given = [(own, _values(sheets[mark])) for own, mark in rows]
    first = {
        figure: next((own for own, values in given if _has(values, figure, now)), report.pk)
        for figure in new
    }
    return [figure for figure in new if first[figure] != report.pk]


def _has(values: dict[_Figure, Any], figure: _Figure, now: dict[_Figure, Any]) -> bool:
    return figure in values and same_figure(values[figure], now[figure])


def _values(sheet: Sheet | VitalSigns) -> dict[_Figure, Any]:
    """The figures of the sheet that have a value, or are held back."""
    return {
        (measure, result.period, result.segment): result
        for measure, result in figures(sheet)
        if result.value is not None or result.status == HELD_BACK
    }


def _figure_of(said: Corrected) -> _Figure:
    return said.measure, said.period, said.segment
