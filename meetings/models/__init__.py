"""A committee's business: its meetings, what was recommended, decided, asked for and answered."""

from meetings.models.business import (
    Appointment,
    MemberUpdate,
    Minute,
    Question,
    Recommendation,
)
from meetings.models.committees import Committee, CommitteeName
from meetings.models.decisions import Action, Decision, ReportBack
from meetings.models.meetings import (
    AgendaItem,
    Attendance,
    Departure,
    Meeting,
    MeetingStep,
    MeetingVersion,
    Stage,
)

__all__ = [
    "Action",
    "AgendaItem",
    "Appointment",
    "Attendance",
    "Committee",
    "CommitteeName",
    "Decision",
    "Departure",
    "Meeting",
    "MeetingStep",
    "MeetingVersion",
    "MemberUpdate",
    "Minute",
    "Question",
    "Recommendation",
    "ReportBack",
    "Stage",
]
