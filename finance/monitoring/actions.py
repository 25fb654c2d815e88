"""Writes of monitoring reports: begin one, keep what is typed, submit, correct."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from accounts.models import User
from accounts.roles import Permission
from bcfportal.lib import clock
from bcfportal.lib.periods import Period
from bcfportal.lib.sentences import day_words
from bcfportal.lib.text.bounds import too_long_a_note
from finance.models import MonitoringReport, MonitoringSection
from finance.monitoring.collect import latest_statement, report_before
from finance.monitoring.content import Statement
from finance.monitoring.draft import Draft
from finance.monitoring.entry import as_typed
from finance.monitoring.record import write_record
from finance.monitoring.transitions import MONITORING, note
from finance.monitoring.tree import tree
from projects.access import Access
from projects.models import Council
from publishing.drafts import save_boxes
from publishing.history import How, Restored, write_down
from publishing.workflow import NotNow
from typed.merging import Conflict
from typed.seen import Seen

__all__ = [
    "Conflict",
    "HasReport",
    "Incomplete",
    "begin",
    "carried",
    "change_about",
    "correct",
    "save_section",
    "submit",
    "why_corrected",
]

Name, Status = MonitoringSection.Name, MonitoringReport.Status


class HasReport(NotNow):
    """The period has a ``report`` already. The message says what can be done with it."""

    def __init__(self, report: MonitoringReport) -> None:
        self.report = report
        state = report.get_status_display().lower()
        what_to_do = "Go on with it, or give it up."
        if report.status in MonitoringReport.IN_REVIEW:
            what_to_do = "Withdraw it first to change it."
        elif report.status in MonitoringReport.FROZEN:
            what_to_do = "Correct it with a new version."
        elif report.status == Status.GIVEN_UP:
            what_to_do = "Take it up again."
        super().__init__(f"That period already has a report: {report} is {state}. {what_to_do}")


class Incomplete(Exception):
    """Something is missing. ``draft`` knows what."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("The report is not complete.")
        self.draft = draft


@transaction.atomic
def begin(
    *,
    council: Council,
    period: str,
    as_at: date | None = None,
    meeting: str = "",
    said_right: Sequence[str] = (),
    by: User,
    access: Access,
) -> MonitoringReport:
    """Begins the report of a period that has none yet. ``as_at`` is its last day unless given.

    ``said_right`` is what was asked about the period and answered; the timeline says it.

    A report of the period that was given up is taken up again, as it was typed.

    Raises PermissionDenied, HasReport where the period has one, ValueError for no period.
    """
    if not access.may(Permission.KEEP_MONEY):
        raise PermissionDenied
    parsed = Period.parse(period)
    council = type(council).objects.select_for_update().get(pk=council.pk)
    latest = _latest(council, period)
    if latest and (latest.version > 1 or latest.status != Status.GIVEN_UP):
        raise HasReport(latest)
    if latest:
        day = as_at or parsed.last_day
        return _taken_up(latest, by=by, access=access, as_at=day, meeting=meeting)
    report = MonitoringReport.objects.create(
        council=council,
        period=period,
        as_at=as_at or parsed.last_day,
        meeting=meeting,
        compared_with=report_before(council, period),
    )
    note(report, "start", "Begun", by=by, comment=" ".join(said_right))
    return report


@transaction.atomic
def correct(
    report: MonitoringReport,
    *,
    by: User,
    access: Access,
    why: str,
    seen: Seen[MonitoringReport] | None = None,
) -> MonitoringReport:
    """Begins the next version of an approved report, with what this one says typed in.

    Raises PermissionDenied, NotNow without a reason or while another version is being written,
    Stale where the report is not as it was ``seen``.
    """
    if not access.may(Permission.KEEP_MONEY):
        raise PermissionDenied
    report = MonitoringReport.objects.select_for_update().get(pk=report.pk)
    versions = MonitoringReport.objects.filter(council=report.council_id, period=report.period)
    if report.status not in MonitoringReport.FROZEN:
        raise NotNow("Only an approved report can be corrected with a new version.")
    later = versions.filter(version__gt=report.version)
    if versions.not_given_up().exclude(status__in=MonitoringReport.FROZEN).exists():
        raise NotNow("Another version of this report is being worked on.")
    if later.not_given_up().exists():
        raise NotNow("A later version has corrected this one: correct that.")
    if seen:
        seen.require(report)
    if not why.strip():
        raise NotNow("Say what is corrected and why: the words are published with the version.")
    if reason := too_long_a_note(why):
        raise NotNow(reason)
    if given_up := later.first():
        taken_up = _taken_up(given_up, by=by, access=access)
        note(taken_up, "correct", _CORRECTS.format(report.version), by=by, comment=why)
        return taken_up
    fresh = MonitoringReport.objects.create(
        council=report.council,
        period=report.period,
        version=versions.aggregate(last=Max("version"))["last"] + 1,
        as_at=report.as_at,
        meeting=report.meeting,
        compared_with=report_before(report.council, report.period),
    )
    note(fresh, "correct", _CORRECTS.format(report.version), by=by, comment=why)
    now = clock.now()
    MonitoringSection.objects.bulk_create(
        MonitoringSection(
            report=fresh, name=name, typed=typed, version=1, saved_by=by, saved_at=now
        )
        for name, typed in typed_from(latest_statement(report)).items()
    )
    _keep_as_approved(fresh)
    for section in fresh.sections.select_related("saved_by"):
        write_down(section, How.BEGUN, None)
    return fresh


# What the timeline says of a correction that is begun, for the version that it corrects.
_CORRECTS = "Begun to correct version {}"


def _latest(council: Council, period: str) -> MonitoringReport | None:
    rows = MonitoringReport.objects.filter(council=council, period=period)
    return rows.order_by("-version").first()


def _taken_up(
    report: MonitoringReport, *, by: User, access: Access, **about: date | str
) -> MonitoringReport:
    """The report that was given up, worked on again with all that was typed in it.

    ``about`` is what is said of it by who begins it again: its day and its meeting.
    """
    taken_up = MONITORING.transition("take up again", report.pk, by=by, access=access).record
    for name, value in about.items():
        setattr(taken_up, name, value)
    taken_up.save(update_fields=list(about))
    return taken_up


@transaction.atomic
def change_about(
    report_pk: int, *, as_at: date, meeting: str, why: str, by: User, access: Access
) -> MonitoringReport:
    """Changes the day, the meeting and, of a correction, the published reason, of a draft.

    The timeline says what it was before. Raises PermissionDenied, NotNow where the report is no
    draft, or a correction has no reason.
    """
    if not access.may(Permission.KEEP_MONEY):
        raise PermissionDenied
    report = MONITORING.lock(report_pk, access)
    if reason := why_not_written(report):
        raise NotNow(reason)
    if reason := too_long_a_note(why):
        raise NotNow(reason)
    before = why_corrected(report)
    if report.version > 1 and not why.strip():
        raise NotNow("Say what is corrected and why: the words are published with the version.")
    said = []
    if as_at != report.as_at:
        said.append(f"As at {day_words(as_at)}; it was {day_words(report.as_at)}.")
    if meeting != report.meeting:
        said.append(f"Meeting: {meeting or 'none'}; it was {report.meeting or 'none'}.")
    report.as_at, report.meeting = as_at, meeting
    report.save(update_fields=["as_at", "meeting"])
    if said:
        note(report, "change", "Day or meeting changed", by=by, comment=" ".join(said))
    if report.version > 1 and why.strip() != before:
        note(report, "correct", "Reason of the correction changed", by=by, comment=why)
    return report


def why_corrected(report: MonitoringReport) -> str:
    """What the version corrects and why, as it is published with it; nothing of a first one."""
    told = report.events.filter(action="correct").order_by("-at", "-pk")
    return told.values_list("comment", flat=True).first() or ""


def _keep_as_approved(fresh: MonitoringReport) -> None:
    """Ticks the amounts that a new version begins with: they were approved with the last one.

    The tick is of the amount, so that whatever is changed is asked about again.
    """
    draft = Draft(fresh)
    for name in Name.values:
        ticks = {box.right_field: box.right for box in draft.boxes(name) if box.asks}
        if ticks:
            section = draft.sections[name]
            section.typed |= ticks
            section.save(update_fields=["typed"])


def typed_from(statement: Statement | None) -> dict[str, dict[str, str]]:
    """What each section would hold if it were to say the same as the statement."""
    if statement is None:
        return {}
    lines: dict[str, str] = {}
    for node in tree(statement).walk():
        if not node.parts:
            lines[f"{node.slug}-budget"] = as_typed(node.area.budget)
            lines[f"{node.slug}-outturn"] = as_typed(node.area.outturn)
        lines[f"{node.slug}-explanation"] = node.area.explanation
    reserves = {
        f"{line.slug}-{figure}": as_typed(getattr(line, figure))
        for line in statement.reserves
        for figure in ("opening", "planned", "movement")
    }
    capital = {
        f"{line.slug}-{figure}-{line.year}": as_typed(getattr(line, figure))
        for line in statement.capital
        for figure in ("budget", "outturn")
    }
    typed = {Name.LINES: lines, Name.RESERVES: reserves, Name.CAPITAL: capital}
    return {
        name: {field: text for field, text in texts.items() if text}
        for name, texts in typed.items()
    }


def carried(draft: Draft, name: str) -> dict[str, str]:
    """The section filled from the report before: what is typed stays, explanations are not taken.

    From another year only the balances go on: what closed the year opens this one.
    """
    last = draft.last
    if last is None:
        return dict(draft.typed(name))
    if last.year == draft.report.year:
        values = typed_from(last)[name]
    elif name == Name.RESERVES:
        values = {
            f"{line.slug}-opening": as_typed(line.opening + line.movement)
            for line in last.reserves
            if line.opening is not None and line.movement is not None
        }
    else:
        values = {}
    values = {
        field: text for field, text in values.items() if text and not field.endswith("-explanation")
    }
    return values | {field: text for field, text in draft.typed(name).items() if text}


def why_not_written(report: MonitoringReport) -> str:
    """Why nothing can be typed into the report, and what to do; "" where it can."""
    if report.status == Status.DRAFT:
        return ""
    what_to_do = {
        Status.APPROVED: "Begin a new version to change it.",
        Status.PUBLISHED: "Begin a new version to change it.",
        Status.GIVEN_UP: "Take it up again to change it.",
    }.get(Status(report.status), "Withdraw it to change it.")
    return f"This report is {report.get_status_display().lower()}. {what_to_do}"


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
) -> MonitoringSection:
    """Keeps what was typed, right or wrong.

    As ``publishing.drafts.save_boxes``, which says what is raised.
    """

    def locked() -> MonitoringSection:
        if not access.may(Permission.KEEP_MONEY):
            raise PermissionDenied
        report = MONITORING.lock(report_pk, access)
        if reason := why_not_written(report):
            raise NotNow(reason)
        section = MonitoringSection.objects.filter(report=report, name=name).first()
        section = section or MonitoringSection(name=name)
        section.report = report
        return section

    return save_boxes(
        locked,
        typed,
        version=version,
        by=by,
        was=was,
        whole=whole,
        only_new=only_new,
        how=how,
        restored=restored,
    )


def submit(
    report_pk: int, *, by: User, access: Access, seen: Seen[MonitoringReport] | None = None
) -> MonitoringReport:
    """Submits the report: what was typed becomes its record. Raises Incomplete, NotNow, ..."""

    def write(report: MonitoringReport) -> None:
        draft = Draft(report)
        if not draft.is_complete:
            raise Incomplete(draft)
        write_record(draft)

    step = MONITORING.transition("submit", report_pk, by=by, access=access, before=write, seen=seen)
    return step.record
