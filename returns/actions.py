"""Keeping and reading the sections of a return: what was typed, and what it comes to."""

from datetime import datetime
from typing import Any

import msgspec
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.writing import keep_writer
from bcfportal.lib import clock
from bcfportal.lib.text.bounds import too_much_typed
from outcomes.monthly.draft import MonthDraft
from projects.access import Access
from publishing.models import Return, Section
from publishing.workflow import NotNow, Step
from returns.collect import returns_with_records, sheet_for
from returns.draft import ProjectDraft
from returns.transitions import RETURNS
from typed.merging import Clash, Conflict, Merged, merge

__all__ = ["Conflict", "NotNow", "draft_of", "save_section", "submit"]

WRITABLE = (Return.Status.NOT_STARTED, Return.Status.DRAFT, Return.Status.SENT_BACK)


def may_write_now(report: Return, access: Access) -> bool:
    """Whether the person may write the return, and it can be written today."""
    return (
        report.status in WRITABLE
        and access.may_report(report.project_id)
        and not report.period.why_not_written(clock.today())
    )


# A project's return being written, or the month of a council's measures.
AnyDraft = ProjectDraft | MonthDraft


def draft_of(report: Return) -> AnyDraft:
    """The return being written, by what it reports on."""
    return ProjectDraft(report) if report.project_id else MonthDraft(report)


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
) -> Section:
    """Keeps what was typed, right or wrong, and starts the return where it is not started.

    ``version`` is the one the person began from, ``was`` the fingerprints of what the boxes held
    then; where somebody saved since, the boxes are merged by ``typed.merging.merge``. Where
    ``typed`` is not the ``whole`` section, boxes that it leaves out stay as they are. Raises
    PermissionDenied and NotNow (closed, not theirs to write at the moment, or too long), and then
    keeps nothing; Conflict where both changed a box, and then keeps all others.
    """
    with transaction.atomic():
        section, clashes, before = _keep(
            report_pk, name, typed, version, by=by, access=access, was=was, whole=whole
        )
    if clashes:
        raise Conflict(section, clashes, *before)
    return section


def _keep(
    report_pk: int,
    name: str,
    typed: dict[str, str],
    version: int,
    *,
    by: User,
    access: Access,
    was: dict[str, str] | None,
    whole: bool,
) -> tuple[Section, list[Clash], tuple[User | None, datetime | None]]:
    if reason := too_much_typed(typed):
        raise NotNow(reason)
    report = (
        Return.objects.select_for_update(of=("self",))
        .select_related("period__council", "project")
        .get(pk=report_pk)
    )
    if not access.may_report(report.project_id):
        raise PermissionDenied
    if reason := report.period.why_not_written(clock.today()):
        raise NotNow(reason)
    if report.status not in WRITABLE:
        raise NotNow(
            f"This return is {report.get_status_display().lower()}. "
            "Withdraw it, or ask for it to be sent back, to change it."
        )
    section, _ = Section.objects.get_or_create(report=report, name=name)
    # In a whole section what is left out was emptied.
    mine = (dict.fromkeys(section.typed, "") if whole else {}) | typed
    # Of what nobody has saved yet there is no other text.
    if section.version not in (version, 0):
        merged = merge(was, mine, section.typed)
    else:
        merged = Merged(dict(typed) if whole else section.typed | typed)
    before = (section.saved_by, section.saved_at)
    if section.version and merged.boxes == section.typed:
        return section, merged.clashes, before
    if report.status == Return.Status.NOT_STARTED:
        RETURNS.transition("start", report.pk, by=by, access=access)
    section.typed, section.version = merged.boxes, section.version + 1
    section.saved_by, section.saved_at = by, clock.now()
    section.save()
    keep_writer(report, by)
    return section, merged.clashes, before


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

    def write(report: Return) -> None:
        draft = draft_of(report)
        if not draft.is_complete:
            raise Incomplete(draft)
        if unchanged and draft.changed:
            raise Changed(draft)
        draft.write(unchanged=unchanged)

    def write_and_keep(report: Return) -> dict[str, Any]:
        write(report)
        (fresh,) = returns_with_records(Return.objects.filter(pk=report.pk))
        return msgspec.to_builtins(sheet_for(fresh))

    return RETURNS.transition("submit", report_pk, by=by, access=access, before=write_and_keep)


@transaction.atomic
def fill_from_last_time(draft: AnyDraft, *, by: User, access: Access) -> None:
    """Fills the boxes that are empty with what last time said; what is typed stays.

    Raises PermissionDenied, NotNow or Conflict as ``save_section`` does.
    """
    for name, values in draft.carried().items():
        typed = values | {field: text for field, text in draft.typed(name).items() if text}
        version = draft.sections[name].version
        save_section(draft.report.pk, name, typed, version=version, by=by, access=access)
