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
from meetings.models.papers import (
    BackgroundPaper,
    Paper,
    PaperFigure,
    PaperSection,
    PaperState,
    PaperStep,
    PaperVersion,
    Paragraph,
)

__all__ = [
    "Action",
    "AgendaItem",
    "Appointment",
    "Attendance",
    "BackgroundPaper",
    "Committee",
    "CommitteeName",
    "Decision",
    "Departure",
    "Meeting",
    "MeetingStep",
    "MeetingVersion",
    "MemberUpdate",
    "Minute",
    "Paper",
    "PaperFigure",
    "PaperSection",
    "PaperState",
    "PaperStep",
    "PaperVersion",
    "Paragraph",
    "Question",
    "Recommendation",
    "ReportBack",
    "Stage",
]
