"""What the pages for who keeps the meetings list: meetings, what they lack, what is late."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery

from bcfportal.lib import clock
from meetings.asked_for import AskedFor, asked_for
from meetings.entry.business import BUSINESS, Business
from meetings.models import AgendaItem, Committee, Meeting, MeetingVersion, Stage
from meetings.published import contents_of, versions_of, versions_that_stand
from projects.models import Council


def committees_in(council: Council) -> QuerySet[Committee]:
    """The council's committees."""
    return council.committees.order_by("name")


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in the list, with how far it is published."""

    meeting: Meeting
    stage: Stage
    items: int

    @property
    def to_come(self) -> bool:
        return self.meeting.day >= clock.today()

    @property
    def what_next(self) -> str:
        """What is to be done with it, in words; nothing where nothing is."""
        if self.stage == Stage.PLANNED:
            return "The agenda is to be published" if self.to_come else "No agenda was published"
        if self.stage == Stage.AGENDA and not self.to_come:
            return "The minutes are to be published"
        return ""


def meetings_in(council: Council) -> list[MeetingLine]:
    """All meetings of the council, the latest first. One query."""
    versions = MeetingVersion.objects.not_withdrawn().filter(meeting=OuterRef("pk"))
    rows = (
        Meeting.objects.filter(committee__council=council)
        .select_related("committee__council")
        .annotate(
            stage=Subquery(versions.order_by("-number").values("stage")[:1]),
            count=Count("items"),
        )
        .order_by("-day", "committee__name", "-slug")
    )
    return [MeetingLine(row, Stage(row.stage or Stage.PLANNED), row.count) for row in rows]


@dataclass(frozen=True)
class ToDo:
    """What is to come of the committees' business, and what is late."""

    next_meeting: MeetingLine | None
    # Meetings of which the agenda or the minutes are to be published.
    waiting: Sequence[MeetingLine]
    asked: AskedFor | None

    @property
    def late(self) -> int:
        """How much of what was asked for is late."""
        return self.asked.count("late") if self.asked else 0


def to_do(council: Council) -> ToDo:
    """What is to come. Four queries at most."""
    lines = meetings_in(council)
    coming = [line for line in lines if line.to_come]
    published = contents_of(versions_that_stand(versions_of(council)))
    return ToDo(
        next_meeting=coming[-1] if coming else None,
        waiting=[line for line in reversed(lines) if line.what_next],
        asked=asked_for(published) if published else None,
    )


@dataclass(frozen=True)
class ItemLine:
    """An item as its meeting's page shows it: how much there is of each kind of business."""

    item: AgendaItem
    # What there is, with how much of it; and what else can be entered.
    business: Sequence[tuple[Business, int]]
    others: Sequence[Business]
    first: bool
    last: bool


def parts_of_items(meeting: Meeting) -> list[ItemLine]:
    """The items in order, each with how much there is of each kind. One query a kind.

    Before the day of the meeting only what is known then can be added.
    """
    items = list(meeting.items.prefetch_related(*BUSINESS).order_by("order"))
    to_come = meeting.day > clock.today()
    lines = []
    for number, item in enumerate(items):
        counts = [(kind, len(kind.records(item))) for kind in BUSINESS.values()]
        others = [kind for kind, count in counts if not count and (kind.before or not to_come)]
        business = [(kind, count) for kind, count in counts if count]
        lines.append(ItemLine(item, business, others, number == 0, number == len(items) - 1))
    return lines
