"""What a report takes of earlier periods where its records hold what was withdrawn.

Results, targets and report cards are kept once, whichever report put them right. Where that
report was withdrawn, they still hold what it said, for whoever puts it right to find. No other
report takes it from there before its own report is published again: it takes what stands.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec
from django.db.models import Exists, OuterRef, QuerySet

from bcfportal.lib.periods import Period, period_of
from outcomes.models import Target
from outcomes.project_measures.content import Measure, Result
from outcomes.vital_signs.content import Measure as CouncilMeasure
from outcomes.vital_signs.content import VitalSigns
from publishing.models import Report, ReportingPeriod, Snapshot, VersionSnapshot
from publishing.version_cache import sheets_by_fingerprint
from returns.content import Sheet
from returns.subjects import content_of

S = TypeVar("S", Sheet, VitalSigns)
# Where it comes from and what its provider is called, not what it says.
_NOT_SAID = ("source", "provider")


class _Key(NamedTuple):
    """What is said: of which measure, in which list of it, of which period and part."""

    measure: str
    kind: str
    period: str
    part: str = ""


class _Said(NamedTuple):
    """What the report of a period says. ``itself``: it is the report that asks."""

    period: Period
    itself: bool
    sheet: Any
    rows: dict[_Key, Any]


def with_withdrawn(reports: QuerySet[Any]) -> QuerySet[Any]:
    """The reports with whether anything of others of their kind is withdrawn, in no further query.

    See ``without_withdrawn``.
    """
    gone = VersionSnapshot.objects.gone().filter(
        snapshot__report__slug=OuterRef("slug"),
        snapshot__report__period__council=OuterRef("period__council"),
        snapshot__report__period__kind=OuterRef("period__kind"),
    )
    return reports.annotate(beside_withdrawn=Exists(gone.exclude(snapshot__report=OuterRef("pk"))))


def without_withdrawn(sheet: S, report: Report) -> S:
    """The sheet with what stands, in place of what other reports said that is withdrawn.

    No query where the report was read ``with_withdrawn`` and nothing of the kind is.
    """
    if not getattr(report, "beside_withdrawn", True):
        return sheet
    gone = VersionSnapshot.objects.gone().filter(
        snapshot__report__slug=report.slug,
        snapshot__report__period__council=report.period.council_id,
        snapshot__report__period__kind=report.period.kind,
    )
    named = ("snapshot__report", "snapshot__report__period__key", "snapshot__fingerprint")
    withdrawn: set[tuple[int, str, str]] = set(
        gone.exclude(snapshot__report=report.pk).values_list(*named)
    )
    if not withdrawn:
        return sheet
    periods = ReportingPeriod.objects.filter(
        council=report.period.council_id, kind=report.period.kind
    )
    public: set[tuple[int, str, str]] = set(
        Snapshot.objects.published(periods)
        .filter(report__slug=report.slug)
        .order_by()
        .values_list("report", "report__period__key", "fingerprint")
    )
    sheet = _without_promises(
        sheet, {key for _, key, _ in withdrawn} - {key for _, key, _ in public}
    )
    marks = {mark for *_, mark in (*withdrawn, *public)}
    sheets: dict[str, Any] = sheets_by_fingerprint(marks, content_of(report.period))

    def said(rows: Iterable[tuple[int, str, str]]) -> list[_Said]:
        """What these reports say, the latest period first."""
        reports = [
            _Said(period_of(key), pk == report.pk, sheets[mark], dict(_rows(sheets[mark])))
            for pk, key, mark in rows
        ]
        return sorted(reports, key=lambda said: said.period.last_day, reverse=True)

    gone_by, stands_by = said(withdrawn), said(public)
    own = period_of(report.period.key)
    instead = {
        key: other
        for key, row in _rows(sheet)
        if not _is_own(key, own) and (other := _in_place(key, row, gone_by, stands_by)) is not row
    }
    return _with(sheet, instead, stands_by) if instead else sheet


def _without_promises(sheet: S, gone: Collection[str]) -> S:
    """The sheet without what the returns of these periods said would come, and had come."""
    if not isinstance(sheet, Sheet):
        return sheet
    promises = [
        msgspec.structs.replace(
            promise,
            answers=tuple(answer for answer in promise.answers if answer.period not in gone),
        )
        for promise in sheet.promises
        if promise.period not in gone
    ]
    return msgspec.structs.replace(sheet, promises=promises)


def _is_own(key: _Key, own: Period) -> bool:
    """Whether it is for the report of ``own`` to say, or for a later one.

    A target is for the report that it begins with, a figure for the one that it ends with.
    """
    if not key.period:
        return False
    period = period_of(key.period)
    day = period.first_day if key.kind == "target" else period.last_day
    return day >= own.first_day


def _in_place(key: _Key, row: Any, gone: Sequence[_Said], public: Sequence[_Said]) -> Any:
    """What stands in place of ``row``: itself where it was not withdrawn, None where nothing does.

    What the report of its own period said is withdrawn until that report says it again. What came
    with another report is withdrawn where no report that stands says it.
    """
    said_by = [said for said in gone if key in said.rows and _same(said.rows[key], row)]
    if not said_by:
        return row
    own = next((said for said in public if _is_of(key, row, said.period)), None)
    if any(_is_of(key, row, said.period) for said in said_by):
        if own:
            return _kept(row, own.rows.get(key))
        return next((said.rows.get(key) for said in public if said.itself), None)
    if any(key in said.rows and _same(said.rows[key], row) for said in public):
        return row
    again = {said.period for said in said_by}
    if stands := own or next((said for said in public if said.period in again), None):
        return stands.rows.get(key)
    return row


def _is_of(key: _Key, row: Any, period: Period) -> bool:
    """Whether the report of the period is the one to say it; a standing target is of none."""
    if key.kind == "target":
        return key.period == period.key and not row.until
    return period.first_day <= period_of(key.period).last_day <= period.last_day


def _kept(row: Any, other: Any) -> Any:
    return row if other is not None and _same(row, other) else other


def _same(row: Any, other: Any) -> bool:
    return all(
        getattr(row, name) == getattr(other, name)
        for name in row.__struct_fields__
        if name not in _NOT_SAID
    )


def _rows(sheet: Sheet | VitalSigns) -> Iterator[tuple[_Key, Any]]:
    """(what it is, what is said) of each result, target and report card of the sheet."""
    for measure in sheet.measures:
        for kind, _, rows in _lists(measure):
            for row in rows:
                yield _key(measure, kind, row), row


def _lists(measure: Any) -> Iterator[tuple[str, str, Iterable[Any]]]:
    """(what kind, the field, what stands in it) of each list of a measure."""
    yield "target", "targets", measure.targets
    if isinstance(measure, CouncilMeasure):
        yield "figure", "figures", measure.figures
        yield "card", "cards", measure.cards
    else:
        yield "figure", "results", measure.results


def _key(measure: Any, kind: str, row: Any) -> _Key:
    name = measure.slug if isinstance(measure, CouncilMeasure) else str(measure.position)
    return _Key(name, kind, row.period, getattr(row, "segment", ""))


def _with(sheet: S, instead: dict[_Key, Any], public: Sequence[_Said]) -> S:
    """The sheet with what stands ``instead``, where None is nothing."""
    measures: list[Any] = []
    for measure in sheet.measures:
        lists = {
            field: [
                _called(said, row)
                for row in rows
                if (said := instead.get(_key(measure, kind, row), row)) is not None
            ]
            for kind, field, rows in _lists(measure)
        }
        made: Any = msgspec.structs.replace(measure, **lists)
        if isinstance(made, CouncilMeasure):
            measures.append(_with_history(made, instead, public))
        else:
            measures.append(_with_own_target(made, sheet.period))
    return msgspec.structs.replace(sheet, measures=measures)


def _called(said: Any, row: Any) -> Any:
    """What is ``said``, with its provider's name as it is in ``row``."""
    if isinstance(said, Result):
        return msgspec.structs.replace(said, provider=row.provider)
    return said


def _with_history(
    measure: CouncilMeasure, instead: dict[_Key, Any], public: Sequence[_Said]
) -> CouncilMeasure:
    """The measure without those changes of a target that no report tells which stands."""
    told = [
        change
        for said in public
        if (same := said.sheet.measure(measure.slug))
        for change in same.target_changes
    ]
    changes = [
        change
        for change in measure.target_changes
        if _Key(measure.slug, "target", change.period) not in instead or change in told
    ]
    return msgspec.structs.replace(measure, target_changes=changes)


def _with_own_target(measure: Measure, period: str) -> Measure:
    """A project's measure with the target of the sheet's period, which it also says by itself."""
    target = measure.target_in(period)
    return msgspec.structs.replace(
        measure,
        target_status=target.status if target else Target.Status.NONE.value,
        target=target.value if target else None,
        target_note=target.note if target else "",
    )
