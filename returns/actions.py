"""Keeping and reading the sections of a return: what was typed, and what it comes to."""

from typing import Any

import msgspec
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from bcfportal.lib import clock
from outcomes.entry.last_time import marked
from outcomes.models import Month
from outcomes.monthly.draft import MonthDraft
from projects.access import Access
from publishing.drafts import save_boxes
from publishing.history import How, Restored
from publishing.models import Report, Section, SectionName
from publishing.steps import Step
from publishing.workflow import NotNow
from returns.collect import fresh, sheet_for
from returns.draft import ProjectDraft
from returns.transitions import RETURNS
from typed.merging import Conflict

__all__ = ["Conflict", "NotNow", "draft_of", "save_section", "submit"]

WRITABLE = (Report.Status.NOT_STARTED, Report.Status.DRAFT, Report.Status.SENT_BACK)


def may_write_now(report: Report, access: Access) -> bool:
    """Whether the person may write the return, and it can be written today."""
    return report.may_be_written_by(access) and not why_not_written(report)


def why_not_written(report: Report) -> str:
    """Why nothing can be typed into the return today, and what to do; "" where it can."""
    if reason := report.period.why_not_written(clock.today()):
        return reason
    if report.status in WRITABLE:
        return ""
    way = {
        Report.Status.SUBMITTED: "Withdraw it, or ask for it to be sent back, to change it.",
        Report.Status.SIGNED: "Withdraw it, or ask for it to be sent back, to change it.",
        Report.Status.NOT_NEEDED: "An officer can ask for it again.",
    }
    reopen = "An officer can reopen it, with the reason."
    needed = report.status != Report.Status.NOT_NEEDED
    said = report.get_status_display().lower() if needed else "not needed"
    return f"This return is {said}. {way.get(Report.Status(report.status), reopen)}"


# A project's return being written, or the month of a council's measures.
AnyDraft = ProjectDraft | MonthDraft


def draft_of(report: Report) -> AnyDraft:
    """The return or the month being written."""
    return MonthDraft(report) if isinstance(report, Month) else ProjectDraft(report)


def save_section(
    report_pk: int,
    name: str,
    typed: dict,
    *,
    version: int,
    by: User,
    access: Access,
    was: dict | None = None,
    whole: bool = True,
    only_new: bool = False,
    how: How = How.SAVED,
    restored: Restored | None = None,
) -> Section:
    """Keeps what was typed, right or wrong, and starts the return where it is not started.

    As ``publishing.drafts.save_boxes``, which says what is raised.
    """

    def locked() -> Section:
        report = RETURNS.lock(report_pk, access)
        if not report.may_be_written_by(access):
            raise PermissionDenied
        if reason := why_not_written(report):
            raise NotNow(reason)
        section = Section.objects.filter(report=report, name=name).order_by(
            "pk"
        ).first() or Section(name=name)
        section.report = report
        return section

    def start(section: Section) -> None:
        if section.report.status == Report.Status.NOT_STARTED:
            RETURNS.transition("start", report_pk, by=by, access=access)

    return save_boxes(
        locked,
        typed,
        version=version,
        by=by,
        was=was,
        whole=whole,
        only_new=only_new,
        before=start,
        how=how,
        restored=restored,
    )


class Incomplete(Exception):
    """Something is missing. ``draft`` knows what."""

    def __init__(self, draft: "AnyDraft") -> None:
        super().__init__("The return is not complete.")
        self.draft = draft


class Changed(Exception):
    """“Nothing has changed” was ticked, but something has. ``draft`` knows what."""

    def __init__(self, draft: "AnyDraft") -> None:
        super().__init__("Something has changed since last time.")
        self.draft = draft


def submit(report_pk: int, *, by: User, access: Access, unchanged: bool = False) -> Step:
    """Submits the return: what was typed becomes its record.

    Raises Incomplete, Changed if ``unchanged`` is claimed of something that has changed, NotNow,
    ...
    """

    def write(report: Report) -> None:
        draft = draft_of(report)
        if not draft.is_complete:
            raise Incomplete(draft)
        if unchanged and draft.changed:
            raise Changed(draft)
        draft.write(unchanged=unchanged)

    def write_and_keep(report: Report) -> dict[str, Any]:
        write(report)
        return msgspec.to_builtins(sheet_for(fresh(report)))

    return RETURNS.transition("submit", report_pk, by=by, access=access, before=write_and_keep)


@transaction.atomic
def fill_from_last_time(
    draft: AnyDraft, *, by: User, access: Access, confirmed: bool = False
) -> None:
    """Fills the boxes that are empty with what last time said; what is typed stays.

    Figures are marked as last time's, and asked about, unless the person has ``confirmed`` that
    nothing has changed. Raises PermissionDenied, NotNow or Conflict as ``save_section`` does.
    """
    for name, values in draft.carried().items():
        if name == SectionName.MEASURES:
            values = marked(values, draft.grid, confirmed=confirmed)
        typed = values | {field: text for field, text in draft.typed(name).items() if text}
        version = draft.sections[name].version
        save_section(
            *(draft.report.pk, name, typed),
            version=version,
            by=by,
            access=access,
            how=How.FILLED,
        )
