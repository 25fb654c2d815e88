"""Votes in minutes that do not fit who was there by then."""

from collections.abc import Iterator
from dataclasses import dataclass

from meetings.content import DecisionLine, ItemContent, MeetingContent
from meetings.models import Attendance
from meetings.rules import votes_beyond


@dataclass(frozen=True)
class Unfit:
    """A decision whose votes do not fit, how many were there, and how they do not fit."""

    item: ItemContent
    decision: DecisionLine
    there: int
    beyond: str

    @property
    def sentence(self) -> str:
        return f"Item {self.item.number}: {self.decision.votes_words}. That is {self.beyond}."


def unfit_votes(meeting: MeetingContent) -> Iterator[Unfit]:
    """In the order of the minutes."""
    there = meeting.counted(Attendance.Kind.PRESENT)
    for item in meeting.items:
        left = sum(line.count for line in item.departures)
        for line in item.decisions:
            if line.voted is None:
                continue
            if beyond := votes_beyond(line.voted, line.did_not_vote, there, left):
                yield Unfit(item, line, there, beyond)
        there -= left
