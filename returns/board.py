"""The officers' board of one period: a row for each return, and how its columns are worked out.

Everything is read in a fixed number of queries, whatever the number of projects.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from accounts.models import User
from bcfportal.lib.sentences import counted, day_words
from outcomes.entry.draft import Draft
from outcomes.models import Month
from projects.models import Council
from publishing.models import Report, ReportingPeriod, Return, Section, with_subjects
from publishing.registry import Stuck
from returns.board_drafts import drafts_of
from returns.due import with_end
from returns.owed import OWED, is_owed, writers_of
from returns.period_versions.holding_withdrawn import holding_withdrawn
from returns.subjects import model_of, reports_of
from returns.transitions import IN_REVIEW, RETURNS

Status = Report.Status
COMMISSIONER, OFFICER, NOBODY = "commissioner", "officer", "nobody"
# Of what is submitted, where the council asks for a second signature before it is approved.
SIGNATORY = "second signature"
# Somebody has to be assigned before anybody can report.
ADMINISTRATOR = "administrator"
TURNS = {
    COMMISSIONER: "Commissioner",
    SIGNATORY: "Second signature",
    OFFICER: "Officer",
    ADMINISTRATOR: "Administrator",
    NOBODY: "Nobody",
}


@dataclass(frozen=True)
class Row:
    """One return on the board. ``due`` and ``touched`` are empty where there is nothing to say.

    ``leads`` are the people who can write it; ``signed_by`` says who signs it a second time;
    ``beyond`` why nobody who is there may decide on it.
    """

    report: Report
    leads: list[User]
    turn: str
    due: str
    late: bool
    missing: list[str]
    touched_at: datetime | None
    touched_by: str
    signed_by: str = ""
    beyond: str = ""
    # That it holds what was withdrawn, when and why.
    withdrawn: str = ""

    @property
    def turn_words(self) -> str:
        if self.beyond:
            return f"{TURNS[ADMINISTRATOR]}: {self.beyond}"
        return self.signed_by or TURNS[self.turn]

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
        """How many returns are in each state, in the order of the work.

        None is left out but that of a second signature, where nobody is asked for one.
        """
        counts = Counter(row.report.status for row in self.rows)
        signs = bool(self.period.council.second_signature)
        return [
            (status, counts[status])
            for status in Status
            if status != Status.SIGNED or signs or counts[status]
        ]

    @property
    def late(self) -> int:
        return sum(row.late for row in self.rows)

    @property
    def owed(self) -> int:
        return sum(row.turn == COMMISSIONER for row in self.rows)

    @property
    def nobody_s(self) -> list[str]:
        """What is owed and is assigned to nobody who can sign in."""
        waiting = (row for row in self.rows if row.turn == ADMINISTRATOR)
        return [row.report.subject for row in waiting if not row.beyond]

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
    """The board of what the period reports: as many queries for ten projects as for a thousand."""
    returns = list(
        with_subjects(with_end(reports_of(period)))
        .select_related("changed_by")
        .prefetch_related(Prefetch("sections", Section.objects.select_related("saved_by")))
        .order_by(*model_of(period).IN_ORDER)
    )
    for report in returns:
        report.period = period
    returns = [report for report in returns if report.reports]
    writers = writers_of(returns)
    drafts = drafts_of([report for report in returns if is_owed(report, today)])
    unsigned = any(RETURNS.next_decision(report) == "countersign" for report in returns)
    signed_by = RETURNS.signed_by(period.council) if unsigned else ""
    beyond = RETURNS.beyond(returns, period.council)
    gone = {pk: holds.sentence for pk, holds in holding_withdrawn(returns).items()}
    return Board(
        period,
        [
            replace(
                _row(
                    *(report, writers[report.pk], today, drafts.get(report.pk)),
                    *(signed_by, beyond.get(report, "")),
                ),
                withdrawn=gone.get(report.pk, ""),
            )
            for report in returns
        ],
    )


def waiting_for_nobody(council: Council) -> Iterator[Stuck]:
    """What is submitted in any period of the council, and nobody there may decide on."""
    for model in (Return, Month):
        waiting = model._default_manager.filter(period__council=council, status__in=IN_REVIEW)
        reports = list(with_subjects(waiting.select_related("period__council")))
        for report, why in RETURNS.beyond(reports, council).items():
            place = [council.slug, report.period.key, report.slug]
            said = f"{report.subject}, {report.period.label}"
            yield Stuck(said, why, reverse("reporting:review", args=place))


def _row(report, leads, today, draft, signed_by, beyond):
    turn = ADMINISTRATOR if beyond else turn_of(report, today=today, led=bool(leads))
    waits = turn in (COMMISSIONER, ADMINISTRATOR) and not beyond
    at, by = last_touched(report)
    return Row(
        report=report,
        leads=leads,
        turn=turn,
        due=_due(report, today) if waits or report.ended_on else "",
        late=waits and is_late(report.period.due, today),
        missing=missing(draft) if draft else [],
        touched_at=at,
        touched_by=by,
        signed_by=signed_by if turn == SIGNATORY else "",
        beyond=beyond,
    )


def _due(report, today):
    if report.ended_on and report.status in OWED:
        return f"nothing: ended on {day_words(report.ended_on)}"
    return due_in_words(report.period.due, today) if report.ended_on is None else ""


def turn_of(report: Any, *, today: date, led: bool) -> str:
    """Who has the next step with the return; ``led`` says whether anybody can report on it.

    In a period that is closed or not open yet a commissioner can do nothing, so it is nobody's; an
    officer can still approve. Of a project that has ended nothing is owed: the return was read
    ``returns.due.with_end``. What is approved waits for the period to be published, which is done
    all at once.
    """
    if decision := RETURNS.next_decision(report):
        return OFFICER if decision == "approve" else SIGNATORY
    if not is_owed(report, today):
        return NOBODY
    return COMMISSIONER if led else ADMINISTRATOR


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


def missing(draft: Draft) -> list[str]:
    """What is still to be done of a return that is owed, by section, as its task list says it."""
    states = [draft.state(name) for name in draft.report.section_names]
    return [
        state.name.label
        # Of what is not begun, all is missing.
        + (f" ({state.label.lower()})" if state.begun or state.is_sent_back else "")
        for state in states
        if state.label
    ]


def last_touched(report: Report) -> tuple[datetime | None, str]:
    """When the return was last saved or moved on, and the post of who did it."""
    touches = [(report.changed_at, report.changed_by)]
    touches += [(section.saved_at, section.saved_by) for section in report.sections.all()]
    known = [(at, by) for at, by in touches if at]
    if not known:
        return None, ""
    at, by = max(known, key=lambda touch: touch[0])
    return at, by.post_at(at) if by else ""
