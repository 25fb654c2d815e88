"""Reporting periods, the returns made in them, and the snapshots that approval keeps."""

from publishing.models.events import Event
from publishing.models.form_drafts import FormDraft, FormDraftSave
from publishing.models.period_versions import KeptPaper, PeriodVersion, VersionSnapshot, Withdrawal
from publishing.models.periods import ReportingPeriod
from publishing.models.reminders import PeriodEvent, Reminder, RemovedPeriod
from publishing.models.reports import (
    Report,
    ReturnEvent,
    Section,
    SectionName,
    SectionSave,
    with_subjects,
)
from publishing.models.returns import Return
from publishing.models.signatures import Signature
from publishing.models.snapshots import Snapshot
from publishing.models.versions import Publication, Version

__all__ = [
    "Event",
    "FormDraft",
    "FormDraftSave",
    "KeptPaper",
    "PeriodEvent",
    "PeriodVersion",
    "Publication",
    "Reminder",
    "RemovedPeriod",
    "Report",
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
    "with_subjects",
]
