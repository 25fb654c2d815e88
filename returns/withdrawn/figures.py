"""What a report takes of earlier periods where its records hold what was withdrawn.

Results, targets and report cards are kept once, whichever report put them right. Where that
report was withdrawn, they still hold what it said, for whoever puts it right to find. No other
report takes it from there before its own report is published again: it takes what stands.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

import msgspec
from django.db.models import Exists, OuterRef, QuerySet, Value

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
    """What the report of a period says, and when it was approved.

    ``at`` is when it was published; or when the ``version`` that showed it was withdrawn.
    """

    report: int
    period: Period
    approved: tuple[datetime, int]
    at: datetime
    version: int
    sheet: Any
    rows: dict[_Key, Any]


class Beside(NamedTuple):
    """What reports of one name say that are withdrawn, and that stand: the latest period first."""

    gone: list[_Said]
    public: list[_Said]


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
    beside = beside_withdrawn(report.period, [report.slug]).get(report.slug)
    return what_stands(sheet, report.period.key, beside, report.pk) if beside else sheet


def what_stands(sheet: S, period: str, beside: Beside, report: int) -> S:
    """The same, where it is known what stands ``beside`` the report and what is withdrawn there."""
    gone = {said.period.key for said in beside.gone if said.report != report}
    sheet = _without_promises(sheet, gone - {said.period.key for said in beside.public})
    instead = _instead(sheet, period, beside, report)
    return _with(sheet, instead, beside.public) if instead else sheet


def beside_withdrawn(period: ReportingPeriod, slugs: Collection[str]) -> dict[str, Beside]:
    """By slug, what its reports say that are withdrawn and that stand; none without the former.

    One query where nothing is withdrawn, two more and those of the sheets otherwise.
    """
    gone = VersionSnapshot.objects.gone().filter(
        snapshot__report__slug__in=slugs,
        snapshot__report__period__council=period.council_id,
        snapshot__report__period__kind=period.kind,
    )
    of = ("slug", "pk", "period__key")
    withdrawn = set(
        gone.values_list(
            *(f"snapshot__report__{name}" for name in of),
            *("snapshot__fingerprint", "snapshot__at", "snapshot"),
            *("version__withdrawals__decided_at", "version"),
        )
    )
    if not withdrawn:
        return {}
    periods = ReportingPeriod.objects.filter(council=period.council_id, kind=period.kind)
    rows = Snapshot.objects.published(periods).order_by()
    rows = rows.annotate(since=VersionSnapshot.objects.since())
    public = set(
        rows.filter(report__slug__in={row[0] for row in withdrawn}).values_list(
            *(f"report__{name}" for name in of),
            *("fingerprint", "at", "pk", "since", Value(0)),
        )
    )
    sheets = sheets_by_fingerprint({row[3] for row in withdrawn | public}, content_of(period))
    said = {row[3]: dict(_rows(sheets[row[3]])) for row in withdrawn | public}

    def of_slug(rows: Iterable[tuple[Any, ...]], slug: str) -> list[_Said]:
        reports = [
            _Said(pk, period_of(key), (made, number), at, version, sheets[mark], said[mark])
            for own, pk, key, mark, made, number, at, version in rows
            if own == slug
        ]
        return sorted(reports, key=lambda report: report.period.last_day, reverse=True)

    return {
        slug: Beside(of_slug(withdrawn, slug), of_slug(public, slug))
        for slug in {row[0] for row in withdrawn}
    }


def _instead(
    sheet: Sheet | VitalSigns, period: str, beside: Beside, report: int
) -> dict[_Key, Any]:
    """What stands in place of each row of the sheet that came from what is withdrawn."""
    own = period_of(period)
    return {
        key: other
        for key, row in _rows(sheet)
        if not _is_own(key, own) and (other := _in_place(key, row, beside, report)) is not row
    }


def versions_held(sheet: Sheet | VitalSigns, period: str, beside: Beside, report: int) -> set[int]:
    """The versions that are withdrawn and said what a report of ``period`` took of others."""
    held = _instead(sheet, period, beside, report)
    rows = dict(_rows(sheet))
    return {
        said.version
        for said in beside.gone
        if said.report != report and any(_says(said, key, rows[key]) for key in held)
    }


def withdrawn_figures(
    sheet: Sheet | VitalSigns, period: str, beside: Beside, report: int
) -> set[tuple[str, str, str]]:
    """The figures of earlier periods in the sheet of a ``report`` that are withdrawn.

    Each is its measure as corrections call it, its period and its part.
    """
    instead = _instead(sheet, period, beside, report)
    return {(key.measure, key.period, key.part) for key in instead if key.kind == "figure"}


def by_itself(sheet: S, other: S, period: str, beside: Beside) -> S:
    """A withdrawn sheet of a report of ``period``, as ``other`` where it did not say it itself.

    So what differs between the two is what it said, and nothing that it took of other reports.
    """
    own = period_of(period)
    there = dict(_rows(other))
    taken: dict[_Key, Any] = {
        key: there.get(key)
        for key, row in _rows(sheet)
        if not _is_own(key, own) and _in_place(key, row, beside) is row
    }
    return _with(sheet, taken, [*beside.public, *beside.gone]) if taken else sheet


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


def _in_place(key: _Key, row: Any, beside: Beside, report: int = 0) -> Any:
    """What stands in place of ``row``: itself where it was not withdrawn, None where nothing does.

    A ``report`` that asks, by its key, is told nothing of what it gave itself.

    What the report of its own period said is withdrawn until that report says it again. What came
    with another report is withdrawn where no report that stands gives it.
    """
    public = beside.public
    gone = [said for said in beside.gone if _says(said, key, row)]
    said_by = [said for said in gone if said.report != report]
    if not said_by:
        return row
    own = next((said for said in public if _is_of(key, row, said.period)), None)
    if any(_is_of(key, row, said.period) for said in said_by):
        if own:
            return _kept(row, own.rows.get(key))
        return next((said.rows.get(key) for said in public if said.report == report), None)
    if _first(gone).report == report:
        return row
    if any(_gives(said, gone) for said in public if _says(said, key, row)):
        return row
    again = {said.period for said in said_by}
    if stands := own or next((said for said in public if said.period in again), None):
        return stands.rows.get(key)
    return row


def _says(said: _Said, key: _Key, row: Any) -> bool:
    return key in said.rows and _same(said.rows[key], row)


def _gives(said: _Said, gone: Sequence[_Said]) -> bool:
    """Whether a report that says what ``gone`` reports said gives it, and did not take it of them.

    It said it before them, is the first of them and says it again, or was published when they were
    withdrawn already: who published it was asked.
    """
    first = _first(gone)
    if said.report == first.report or said.approved < first.approved:
        return True
    return said.at > max(other.at for other in gone)


def _first(said: Sequence[_Said]) -> _Said:
    return min(said, key=lambda other: other.approved)


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
