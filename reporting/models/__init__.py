"""Reporting periods, the returns made in them, and the snapshots that approval keeps."""

from reporting.models.checks import AcceptedDisagreement
from reporting.models.periods import ReportingPeriod
from reporting.models.reminders import PeriodEvent, Reminder, RemovedPeriod
from reporting.models.returns import VITAL_SIGNS, Event, Return, Section, SectionName
from reporting.models.snapshots import Publication, Snapshot
from reporting.models.versions import KeptPaper, PeriodVersion, VersionSnapshot, Withdrawal

__all__ = [
    "VITAL_SIGNS",
    "AcceptedDisagreement",
    "Event",
    "KeptPaper",
    "PeriodEvent",
    "PeriodVersion",
    "Publication",
    "Reminder",
    "RemovedPeriod",
    "ReportingPeriod",
    "Return",
    "Section",
    "SectionName",
    "Snapshot",
    "VersionSnapshot",
    "Withdrawal",
]
