"""Makes what is published of a meeting from its records, and keeps it for good."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import Max, QuerySet, prefetch_related_objects

from accounts.models import User
from bcfportal.lib import clock
from bcfportal.lib.versions import Correction
from meetings.content import (
    SCHEMA,
    ActionLine,
    AppointmentLine,
    AttendanceLine,
    DecisionLine,
    DepartureLine,
    ItemContent,
    MeetingContent,
    MinuteLine,
    QuestionLine,
    RecommendationLine,
    ReportBackLine,
    UpdateLine,
)
from meetings.corrections import corrections
from meetings.models import AgendaItem, Decision, Meeting, MeetingVersion, Stage
from projects.models import Council
from publishing.freezing import freeze, make_public

_READ = (
    *("committee__council", "committee__names", "attendance"),
    "reports_back__action__item__meeting__committee",
    *("items__recommendations", "items__appointments", "items__decisions__recommendation"),
    *("items__minutes", "items__departures", "items__actions__decision"),
    *("items__questions", "items__memberupdates"),
)


def read_whole(meetings: list[Meeting]) -> list[Meeting]:
    """Reads with meetings all that is said of them: twenty queries at most, however many."""
    prefetch_related_objects(meetings, *_READ)
    return meetings


def make_meeting(meeting: Meeting, stage: str, number: int) -> MeetingContent:
    """What would be published of a meeting at this stage, as version ``number``.

    An agenda has what was known before the meeting. At most twenty queries, or none of a meeting
    that was read by ``read_whole``.
    """
    read_whole([meeting])
    minutes, committee = stage == Stage.MINUTES, meeting.committee
    name = committee.name_on(meeting.day)
    names = [committee.name, *(row.name for row in committee.names.all())]
    return MeetingContent(
        schema=SCHEMA,
        council=meeting.council.slug,
        committee_slug=committee.slug,
        committee=name,
        other_names=tuple(other for other in names if other != name),
        stage=stage,
        number=number,
        attendance=tuple(
            _line(AttendanceLine, row)
            for row in meeting.attendance.all()
            if minutes or row.kind == "members"
        ),
        items=tuple(_item(row, minutes) for row in meeting.items.all()),
        reports_back=tuple(_reports_back(meeting)) if minutes else (),
        **_fields(meeting, *("slug", "day", "starts_at", "place", "agenda_published_on")),
        **_fields(meeting, *("questions_by", "source", "note")),
        **(_fields(meeting, "chair_post", "chair_chosen", "ended_at") if minutes else {}),
    )


def freeze_meeting(
    meeting: Meeting,
    stage: str,
    *,
    at: datetime | None = None,
    by: User | None = None,
    why: str = "",
) -> MeetingVersion:
    """Keeps what the meeting says at this stage, which everyone may read from now on.

    ``why`` is the reason of a corrected version. People publish by ``transitions.MEETINGS``.
    """
    number = (meeting.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    content = msgspec.to_builtins(make_meeting(meeting, stage, number))
    if why:
        content |= {"why": why, "corrections": msgspec.to_builtins(corrected(meeting))}
    at = at or clock.now()
    row = MeetingVersion(meeting=meeting, stage=stage, number=number, content=content, at=at, by=by)
    made = freeze([row], meeting.council_id)
    make_public(made, at=at, by=by)
    return made[0]


def corrected(meeting: Meeting) -> tuple[Correction, ...]:
    """What a correction of what stands of the meeting would say otherwise; nothing of nothing."""
    last = meeting.versions.not_withdrawn().order_by("-number").first()
    if last is None:
        return ()
    before = msgspec.convert(last.content, MeetingContent)
    return corrections(before, make_meeting(meeting, last.stage, last.number))


def freeze_loaded(councils: QuerySet[Council]) -> None:
    """Keeps what was published before of the councils' meetings, the earliest first.

    Only of those of which nothing is kept yet.
    """
    meetings = Meeting.objects.filter(committee__council__in=councils, versions=None)
    for meeting in (
        meetings.exclude(published_before="")
        .select_related("committee__council")
        .order_by("day", "committee__slug", "slug")
    ):
        freeze_meeting(meeting, meeting.published_before)


def _item(item: AgendaItem, minutes: bool) -> ItemContent:
    said: dict[str, Any] = {}
    if minutes:
        said = {
            "minutes": _lines(MinuteLine, item.minutes.all()),
            "departures": _lines(DepartureLine, item.departures.all()),
            "actions": tuple(
                _line(ActionLine, row, decision=row.decision and row.decision.order)
                for row in item.actions.all()
            ),
            "questions": _lines(QuestionLine, item.questions.all()),
            "updates": _lines(UpdateLine, item.memberupdates.all()),
        }
    return ItemContent(
        recommendations=_lines(RecommendationLine, item.recommendations.all()),
        appointments=tuple(
            _line(AppointmentLine, row, kind=row.get_kind_display())
            for row in item.appointments.all()
        ),
        decisions=tuple(
            _line(
                DecisionLine,
                row,
                outcome_label=row.get_outcome_display(),
                on=row.recommendation.number if row.recommendation else "",
            )
            for row in item.decisions.all()
            # Before a meeting only that what was decided is not in the documents.
            if minutes or row.outcome == Decision.Outcome.NOT_HELD
        ),
        **_fields(
            item,
            *("number", "title", "kind", "page", "responsible_post", "text", "lead"),
            *("source", "note"),
        ),
        **said,
    )


def _reports_back(meeting: Meeting) -> Iterable[ReportBackLine]:
    for row in meeting.reports_back.all():
        action, asked = row.action, row.action.item.meeting
        yield ReportBackLine(
            committee=asked.committee.slug,
            meeting=asked.slug,
            item=action.item.number,
            order=action.order,
            what=action.what,
            state=row.state,
            state_label=row.get_state_display(),
            text=row.text,
            source=row.source,
        )


def _lines(struct: type[msgspec.Struct], rows: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(_line(struct, row) for row in rows)


def _line(struct: type[msgspec.Struct], row: Any, /, **given: Any) -> Any:
    """A line of the row's fields, but for those that are given."""
    names = [name for name in struct.__struct_fields__ if name not in given]
    return struct(**_fields(row, *names), **given)


def _fields(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
