"""What is published of a meeting, as plain data: pages and downloads read nothing else.

An agenda has what was known before the meeting; minutes have all of it.
"""

from collections.abc import Iterator
from datetime import date, datetime, time

import msgspec
from django.utils.timezone import localtime

from bcfportal.lib.sentences import day_words, listed, time_words
from bcfportal.lib.versions import Correction
from meetings.roles import counted_role

SCHEMA = 1


class AttendanceLine(msgspec.Struct, frozen=True):
    """How many of a role were members, present, or sent apologies."""

    kind: str
    role: str
    count: int
    source: str = ""
    note: str = ""


class DepartureLine(msgspec.Struct, frozen=True):
    """Members who left before the end."""

    number: str
    at: time
    count: int


class RecommendationLine(msgspec.Struct, frozen=True):
    """What was put to the committee."""

    order: int
    number: str
    text: str
    source: str = ""
    note: str = ""


class MinuteLine(msgspec.Struct, frozen=True):
    """A paragraph of the minutes."""

    number: str
    text: str
    source: str = ""
    note: str = ""


class DecisionLine(msgspec.Struct, frozen=True):
    """What was decided, in the words of the minutes; without words it is not in the documents."""

    order: int
    number: str
    outcome: str
    outcome_label: str
    wording: str
    # The number of the recommendation that it is on.
    on: str = ""
    votes_for: int | None = None
    votes_against: int | None = None
    abstained: int | None = None
    did_not_vote: int | None = None
    source: str = ""
    note: str = ""

    @property
    def is_held(self) -> bool:
        """Whether what was decided is known."""
        return bool(self.wording)

    @property
    def voted(self) -> int | None:
        """How many voted or abstained; None where no votes are recorded."""
        votes = (self.votes_for, self.votes_against, self.abstained)
        return None if None in votes else sum(vote or 0 for vote in votes)

    @property
    def votes_words(self) -> str:
        """ "9 for, 2 against, 4 abstained"; nothing where no votes are recorded."""
        if self.voted is None:
            return ""
        said = f"{self.votes_for} for, {self.votes_against} against, {self.abstained} abstained"
        return said if self.did_not_vote is None else f"{said}, {self.did_not_vote} did not vote"


class ActionLine(msgspec.Struct, frozen=True):
    """What somebody was asked or agreed to do."""

    order: int
    number: str
    what: str
    wording: str
    owner_post: str
    due_as_said: str = ""
    due: date | None = None
    # The order of the decision that it came from.
    decision: int | None = None
    source: str = ""
    note: str = ""


class QuestionLine(msgspec.Struct, frozen=True):
    """A question to the committee, and what was answered."""

    number: str
    asked_by: str
    text: str
    answered_by: str = ""
    answer: str = ""
    supplementary: str = ""
    supplementary_answered_by: str = ""
    supplementary_answer: str = ""
    source: str = ""
    note: str = ""


class UpdateLine(msgspec.Struct, frozen=True):
    """What a member told of a body that they sit on."""

    number: str
    role: str
    body: str
    text: str
    source: str = ""
    note: str = ""


class AppointmentLine(msgspec.Struct, frozen=True):
    """A body that the committee appoints to."""

    body: str
    kind: str
    places: int
    held_by: str
    shown_for: str
    text: str
    source: str = ""
    note: str = ""


class ItemContent(msgspec.Struct, frozen=True):
    """An item of the agenda with its business."""

    number: str
    title: str
    kind: str
    page: int | None = None
    responsible_post: str = ""
    text: str = ""
    # What leads to the recommendations.
    lead: str = ""
    recommendations: tuple[RecommendationLine, ...] = ()
    appointments: tuple[AppointmentLine, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    minutes: tuple[MinuteLine, ...] = ()
    departures: tuple[DepartureLine, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    questions: tuple[QuestionLine, ...] = ()
    updates: tuple[UpdateLine, ...] = ()
    source: str = ""
    note: str = ""

    @property
    def held_decisions(self) -> list[DecisionLine]:
        """Those decisions that are known."""
        return [decision for decision in self.decisions if decision.is_held]

    @property
    def is_not_held(self) -> bool:
        """Whether it is said that what was decided is not in the documents."""
        return any(not decision.is_held for decision in self.decisions)


class ReportBackLine(msgspec.Struct, frozen=True):
    """What the meeting was told of something that an earlier one asked for."""

    # The meeting that asked, its item, and the action's place there.
    committee: str
    meeting: str
    item: str
    order: int
    what: str
    state: str
    state_label: str
    text: str
    source: str = ""


class MeetingContent(msgspec.Struct, frozen=True):
    """All that is published of a meeting."""

    schema: int
    council: str
    committee_slug: str
    # Its name on the day of the meeting.
    committee: str
    slug: str
    stage: str
    # Which version it is; so no two of a meeting have one fingerprint.
    number: int
    day: date
    starts_at: time | None = None
    place: str = ""
    # What the committee was called before or since.
    other_names: tuple[str, ...] = ()
    agenda_published_on: date | None = None
    questions_by: datetime | None = None
    chair_post: str = ""
    chair_chosen: str = ""
    ended_at: time | None = None
    attendance: tuple[AttendanceLine, ...] = ()
    items: tuple[ItemContent, ...] = ()
    reports_back: tuple[ReportBackLine, ...] = ()
    source: str = ""
    note: str = ""
    # Of a version that corrects the one before it: why, and what it says otherwise.
    why: str = ""
    corrections: tuple[Correction, ...] = ()

    @property
    def has_minutes(self) -> bool:
        return self.stage == "minutes"

    def of_kind(self, kind: str) -> list[AttendanceLine]:
        """Who were members, were present, or sent apologies."""
        return [line for line in self.attendance if line.kind == kind]

    def counted(self, kind: str) -> int:
        """How many."""
        return sum(line.count for line in self.of_kind(kind))

    @property
    def time_words(self) -> str:
        """ "10am to 12:55pm", as far as it is known."""
        times = [time_words(at) for at in (self.starts_at, self.ended_at) if at]
        return " to ".join(times)

    @property
    def questions_words(self) -> str:
        """By when questions must be received: "5pm on 14 June 2017"."""
        if self.questions_by is None:
            return ""
        by = localtime(self.questions_by)
        return f"{time_words(by.time())} on {day_words(by.date())}"

    @property
    def present_words(self) -> str:
        return attendance_words(self.of_kind("present"))

    @property
    def apologies_words(self) -> str:
        return attendance_words(self.of_kind("apologies"))

    @property
    def members_words(self) -> str:
        return attendance_words(self.of_kind("members"))

    def actions(self) -> Iterator[tuple[ItemContent, ActionLine]]:
        for item in self.items:
            for action in item.actions:
                yield item, action

    def decisions(self) -> Iterator[tuple[ItemContent, DecisionLine]]:
        for item in self.items:
            for decision in item.decisions:
                yield item, decision

    def questions(self) -> Iterator[tuple[ItemContent, QuestionLine]]:
        for item in self.items:
            for question in item.questions:
                yield item, question

    @property
    def decided(self) -> int:
        """How many decisions it has that are known."""
        return sum(len(item.held_decisions) for item in self.items)

    @property
    def asked(self) -> int:
        """How many things it asked for."""
        return sum(len(item.actions) for item in self.items)

    @property
    def text(self) -> str:
        """All that a search looks through."""
        said = [self.committee, self.place]
        for item in self.items:
            said += [item.title, item.text, item.lead]
            said += [line.text for line in item.recommendations]
            said += [line.text for line in item.minutes]
            said += [line.text for line in item.updates]
            said += [line.wording for line in item.decisions]
            said += [f"{line.what} {line.owner_post}" for line in item.actions]
            said += [f"{line.text} {line.answer}" for line in item.questions]
            said += [line.body for line in item.appointments]
        return " ".join(said)


def attendance_words(lines: list[AttendanceLine]) -> str:
    """ "17: 16 members and 1 chair"; of one role its number only."""
    said = listed([counted_role(line.count, line.role) for line in lines])
    return f"{sum(line.count for line in lines)}: {said}" if len(lines) > 1 else said
