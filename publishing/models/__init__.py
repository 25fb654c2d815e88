"""Reporting periods, the returns made in them, and the snapshots that approval keeps."""

from publishing.models.events import Event
from publishing.models.form_drafts import FormDraft, FormDraftSave
from publishing.models.period_versions import KeptPaper, PeriodVersion, VersionSnapshot, Withdrawal
from publishing.models.periods import ReportingPeriod
from publishing.models.reminders import PeriodEvent, Reminder, RemovedPeriod
from publishing.models.returns import (
    VITAL_SIGNS,
    Return,
    ReturnEvent,
    Section,
    SectionName,
    SectionSave,
)
from publishing.models.signatures import Signature
from publishing.models.snapshots import Snapshot
from publishing.models.versions import Publication, Version

__all__ = [
    "VITAL_SIGNS",
    "Event",
    "FormDraft",
    "FormDraftSave",
    "KeptPaper",
    "PeriodEvent",
    "PeriodVersion",
    "Publication",
    "Reminder",
    "RemovedPeriod",
    "ReportingPeriod",
    "Return",
    "ReturnEvent",
    "Section",
    "SectionName",
    "SectionSave",
    "Signature",
    "Snapshot",
    "Version",
    "VersionSnapshot",
    "Withdrawal",
]
