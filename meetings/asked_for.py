"""What committees asked for and what came back: worked out from what is published of meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bcfportal.lib import clock
from meetings.content import ActionLine, ItemContent, MeetingContent, ReportBackLine

# In the order of the page: its key, and its heading.
STATES = {
    "late": "The day has passed",
    "to come": "Still to come",
    "changed": "Changed",
    "done": "Done",
    "dropped": "Dropped",
}
_ENDS = {"done", "dropped"}


@dataclass(frozen=True)
class Asked:
    """One action: which meeting asked for it, and what later meetings were told of it."""

    meeting: MeetingContent
    item: ItemContent
    action: ActionLine
    # With the day of the meeting, the latest first.
    came_back: Sequence[tuple[MeetingContent, ReportBackLine]]
    # Whether any later meeting of the committee has minutes that can be read.
    later_minutes: bool
    as_at: date

    @property
    def state(self) -> str:
        """A key of ``STATES``."""
        last = self.came_back[0][1].state if self.came_back else ""
        if last in _ENDS:
            return last
        if self.action.due and self.action.due < self.as_at:
            return "late"
        return "changed" if last == "changed" else "to come"

    @property
    def nothing_came_back(self) -> str:
        """Why nothing is said of what came of it, in a sentence."""
        if self.came_back:
            return ""
        if self.later_minutes:
            return "Later minutes say nothing of it."
        return "No later minutes are published, so nothing says what came of it."


@dataclass(frozen=True)
class AskedFor:
    """All that committees asked for, by state, as at the day of the latest meeting, or today."""

    as_at: date
    everything: Sequence[Asked]

    @property
    def by_state(self) -> list[tuple[str, list[Asked]]]:
        """(heading, what is in that state) of the states that any is in."""
        groups = [
            (heading, [asked for asked in self.everything if asked.state == state])
            for state, heading in STATES.items()
        ]
        return [(heading, those) for heading, those in groups if those]

    def count(self, state: str) -> int:
        return sum(asked.state == state for asked in self.everything)


def asked_for(meetings: Sequence[MeetingContent]) -> AskedFor:
    """What the meetings asked for; by the day due, what has none last.

    ``meetings`` are what stands, at least one, the latest first.
    """
    as_at = min(max(meeting.day for meeting in meetings), clock.today())
    said: dict[tuple[str, str, str, int], list[tuple[MeetingContent, ReportBackLine]]] = {}
    for meeting in meetings:
        for line in meeting.reports_back:
            key = (line.committee, line.meeting, line.item, line.order)
            said.setdefault(key, []).append((meeting, line))
    everything = []
    for meeting in meetings:
        later = any(
            other.has_minutes
            and other.committee_slug == meeting.committee_slug
            and other.day > meeting.day
            for other in meetings
        )
        for item, action in meeting.actions():
            key = (meeting.committee_slug, meeting.slug, item.number, action.order)
            back = tuple(said.get(key, ()))
            everything.append(Asked(meeting, item, action, back, later, as_at))
    everything.sort(key=lambda asked: (asked.action.due or date.max, asked.meeting.day))
    return AskedFor(as_at, everything)
