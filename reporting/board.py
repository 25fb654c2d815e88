"""The officers' board of one period: a row for each return, and how its columns are worked out.

Everything is read in a fixed number of queries, whatever the number of projects.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch

from accounts.models import User
from accounts.roles import MAY, Permission, Role
from bcfportal.lib.plurals import counted
from projects.models import Assignment, Membership
from reporting.models import ReportingPeriod, Return, Section

Status = Return.Status
COMMISSIONER, OFFICER, NOBODY = "commissioner", "officer", "nobody"
# Somebody has to be assigned before anybody can report.
ADMINISTRATOR = "administrator"
TURNS = {
    COMMISSIONER: "Commissioner",
    OFFICER: "Officer",
    ADMINISTRATOR: "Administrator",
    NOBODY: "Nobody",
}
# States in which the commissioner has something to do while the period is open.
OWED = (Status.NOT_STARTED, Status.DRAFT, Status.SENT_BACK)
REPORTING_ROLES = tuple(role for role in Role if Permission.REPORT in MAY[role])


@dataclass(frozen=True)
class Row:
    """One return on the board. ``due`` and ``touched`` are empty where there is nothing to say."""

    report: Return
    leads: list[User]
    turn: str
    due: str
    late: bool
    missing: list[str]
    touched_at: datetime | None
    touched_by: str

    @property
    def turn_words(self) -> str:
        return TURNS[self.turn]

    @property
    def may_be_chased(self) -> bool:
        return self.turn == COMMISSIONER and bool(self.leads)


@dataclass(frozen=True)
class Board:
    """The rows of a period, all of them, in the report's order."""

    period: ReportingPeriod
    rows: list[Row]

    @property
    def counts(self) -> list[tuple[Status, int]]:
        """How many returns are in each state, in the order of the work; none left out."""
        counts = Counter(row.report.status for row in self.rows)
        return [(status, counts[status]) for status in Status]

    @property
    def late(self) -> int:
        return sum(row.late for row in self.rows)

    @property
    def owed(self) -> int:
        return sum(row.turn == COMMISSIONER for row in self.rows)

    @property
    def nobody_s(self) -> list[str]:
        """What is owed and is assigned to nobody who can sign in."""
        return [row.report.subject for row in self.rows if row.turn == ADMINISTRATOR]

    @property
    def may_be_chased(self) -> bool:
        return any(row.may_be_chased for row in self.rows)

    def chosen(self, *, state="", turn="", late=False) -> list[Row]:
        """The rows that the filters leave; a filter that is empty leaves all."""
        return [
            row
            for row in self.rows
            if (not state or row.report.status == state)
            and (not turn or row.turn == turn)
            and (not late or row.late)
        ]


def board_of(period: ReportingPeriod, *, today: date) -> Board:
    """The board of the period: three queries, for ten projects or for a thousand."""
    returns = (
        Return.objects.filter(period=period)
        .select_related("project", "changed_by")
        .prefetch_related(Prefetch("sections", Section.objects.select_related("saved_by")))
        .order_by("project__grant_condition__number", "project__order")
    )
    leads = leads_by_project(project__council=period.council_id)
    rows = []
    for report in returns:
        report.period = period
        rows.append(_row(report, leads.get(report.project_id, []), today))
    return Board(period, rows)


def _row(report, leads, today):
    turn = turn_of(report, today=today, led=bool(leads))
    waits = turn in (COMMISSIONER, ADMINISTRATOR)
    at, by = last_touched(report)
    return Row(
        report=report,
        leads=leads,
        turn=turn,
        due=due_in_words(report.period.due, today) if waits else "",
        late=waits and is_late(report.period.due, today),
        missing=missing(report),
        touched_at=at,
        touched_by=by,
    )


def leads_by_project(**where) -> dict[int, list[User]]:
    """By project, the people who report on it: assigned, and still commissioners there.

    ``where`` narrows the assignments. One query.
    """
    role = Membership.objects.filter(
        user=OuterRef("user"), council=OuterRef("project__council"), role__in=REPORTING_ROLES
    )
    assignments = (
        Assignment.objects.filter(Exists(role), user__is_active=True, **where)
        .select_related("user")
        .order_by("user__post", "user__email")
    )
    leads: dict[int, list[User]] = {}
    for assignment in assignments:
        leads.setdefault(assignment.project_id, []).append(assignment.user)
    return leads


def turn_of(report: Return, *, today: date, led: bool) -> str:
    """Who has the next step with the return; ``led`` says whether anybody can report on it.

    In a period that is closed or not open yet a commissioner can do nothing, so it is nobody's; an
    officer can still approve. What is approved waits for the period to be published, which is done
    all at once.
    """
    if report.status == Status.SUBMITTED:
        return OFFICER
    if report.status not in OWED or report.period.why_not_written(today):
        return NOBODY
    return COMMISSIONER if led or not report.project_id else ADMINISTRATOR


def is_late(due: date | None, today: date) -> bool:
    """Whether the due date has gone by; on the day itself it has not."""
    return due is not None and today > due


def due_in_words(due: date | None, today: date) -> str:
    """How far off the due date is, in calendar days: "in 4 days", "today", "2 days late"."""
    if due is None:
        return "no date set"
    days = (due - today).days
    if days == 0:
        return "today"
    number = counted(abs(days), "day")
    return f"in {number}" if days > 0 else f"{number} late"


def missing(report: Return) -> list[str]:
    """What the commissioner has not done yet, in words.

    For now: the sections never saved, and those sent back with a note. Nothing is missing from
    what has been submitted. Exact checks of what the sections say are to be added here.
    """
    if report.status not in OWED:
        return []
    sections = {section.name: section for section in report.sections.all()}
    words = []
    for name in report.section_names:
        section = sections.get(name)
        if section is None or section.version == 0:
            words.append(name.label)
        elif report.status == Status.SENT_BACK and section.asked:
            words.append(f"{name.label} (sent back)")
    return words


def last_touched(report: Return) -> tuple[datetime | None, str]:
    """When the return was last saved or moved on, and the post of who did it."""
    touches = [(report.changed_at, report.changed_by)]
    touches += [(section.saved_at, section.saved_by) for section in report.sections.all()]
    at, by = max(
        (touch for touch in touches if touch[0]),
        key=lambda touch: touch[0],
        default=(None, None),
    )
    return at, by.post if by else ""
