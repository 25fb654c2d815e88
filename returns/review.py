"""Reviewing a return: what has changed, what the checks say, and approving it."""

from typing import Any

import msgspec

from accounts.models import User
from bcfportal.lib.money import pounds
from bcfportal.lib.ratings import COLOURS, Rating
from bcfportal.lib.sentences import day_words, listed
from bcfportal.lib.versions import fingerprint
from finance.allocations.calculations import variance_words
from outcomes.entry.review import FigureRow, figures_of
from outcomes.monthly.review import card_words, vital_signs_checks, vital_signs_figures
from outcomes.vital_signs.content import VitalSigns
from projects.access import Access
from publishing.models import Report, ReportingPeriod, with_subjects
from publishing.workflow import NotNow
from returns.actions import AnyDraft
from returns.collect import fresh, sheet_for
from returns.content import Sheet
from returns.draft import ProjectDraft
from returns.due import ended_before
from returns.period_versions.holding_withdrawn import holding_withdrawn
from returns.period_versions.to_publish import changes_to_publish
from returns.publication import Current
from returns.said import TITLES, Change, marked, said, said_in_words
from returns.subjects import content_of, reports_of
from returns.transitions import AGAIN, CURRENT, PUBLICATIONS, RETURNS
from typed.seen import REST, Seen

# The states in which a page shows to who decides on it nothing of what is typed.
UNREAD = (Report.Status.NOT_STARTED, Report.Status.DRAFT, Report.Status.NOT_NEEDED)


def changes(before: Sheet | VitalSigns | None, now: Sheet | VitalSigns) -> list[Change]:
    """What the return's boxes of words and money say now, marked against what was said before."""
    if isinstance(now, VitalSigns):
        return marked(card_words(before) if isinstance(before, VitalSigns) else {}, card_words(now))
    last = before if isinstance(before, Sheet) else None
    return marked(said(last, TITLES), said(now, TITLES))


def figures(sheet: Sheet | VitalSigns, before: Sheet | VitalSigns | None) -> list[FigureRow]:
    """The figures that the sheet publishes for the first time, as rows of one table."""
    if isinstance(sheet, VitalSigns):
        return vital_signs_figures(sheet)
    return figures_of(sheet, before if isinstance(before, Sheet) else None)


def figure_changes(before: Sheet | VitalSigns, now: Sheet | VitalSigns) -> list[Change]:
    """The figures that one submission gave differently from the one before."""
    return [
        change for change in marked(_figure_words(before), _figure_words(now)) if change.changed
    ]


def _figure_words(sheet):
    return {
        row.title: "\n".join(filter(None, (row.now, row.detail, row.comment)))
        for row in figures(sheet, None)
    }


def current_sheet(report: Report) -> Sheet | VitalSigns:
    return sheet_for(fresh(report))


def submitted_before(report: Report) -> Sheet | VitalSigns | None:
    """The sheet of the submission before the last one; None where there was only one."""
    sheets = list(
        report.events.filter(action="submit", sheet__isnull=False).order_by("-at", "-pk")[:2]
    )
    if len(sheets) < 2:
        return None
    return msgspec.convert(sheets[1].sheet, type=content_of(report.period))


def checks(draft: AnyDraft, sheet: Sheet | VitalSigns) -> list[str]:
    """What an officer should look at, in sentences. Empty where nothing stands out."""
    if isinstance(sheet, VitalSigns):
        return vital_signs_checks(draft, sheet)
    if not isinstance(draft, ProjectDraft):
        raise TypeError("A project's figures with the return of a month.")
    sentences = []
    if ended := ended_before(draft.report):
        sentences.append(
            f"The project ended on {day_words(ended)}, before this period began. Published, its "
            "return counts in no total of ratings. If the project still ran, correct its end; if "
            "not, no return is needed."
        )
    if sheet.rule_rating in COLOURS and sheet.rating != sheet.rule_rating:
        sentences.append(
            f"Declared {Rating(sheet.rating).label.lower()}, "
            f"the rule says {Rating(sheet.rule_rating).label.lower()}: {sheet.rule_reason}"
        )
    tolerance = draft.report.period.council.variance_tolerance
    if sheet.spend_forecast is not None and draft.allocation:
        variance = abs(sheet.spend_forecast - draft.allocation) * 100
        if variance > tolerance * draft.allocation:
            text = variance_words(sheet.spend_forecast, draft.allocation)
            sentences.append(
                f"The forecast is {text}, more than the tolerance of {tolerance.normalize():f}%."
            )
    if (
        sheet.spend_to_date is not None
        and sheet.spend_forecast is not None
        and sheet.spend_to_date > sheet.spend_forecast
    ):
        sentences.append("More is spent to date than is forecast for the whole year.")
    sentences += draft.spend_questions
    if sheet.spend_to_date is not None and sheet.spend_to_date < 0:
        said = " Said to be right." if draft.is_below_zero_right else ""
        sentences.append(
            f"{pounds(sheet.spend_to_date)} is spent to date, less than nothing.{said}"
        )
    if draft.report.unchanged and draft.last:
        performance = sheet.performance != draft.last.performance
        changed = ["the performance text"] * performance + draft.changed_on_page
        if changed:
            have = f"{listed(changed)} {'has' if len(changed) == 1 else 'have'}"
            sentences.append(f"“Nothing has changed” is ticked, but {have} changed.")
    sentences += [row.asked_in_words for row in draft.grid.rows if row.unusual]
    if questions := draft.rating_questions:
        sentences += questions
    elif sheet.action_due and sheet.action_due < draft.report.period.as_at:
        sentences.append(
            f"The action was due on {day_words(sheet.action_due)}, before the as-at date."
        )
    return sentences


def read_of(report: Report, sheet: Sheet | VitalSigns | None = None) -> dict[str, str]:
    """What a page shows of the return to who decides on it, by title; see ``typed.seen``.

    Of a return that nobody has submitted it is the state alone. ``sheet`` is what the return says,
    where it is collected already.
    """
    if report.status in UNREAD:
        return {"State": report.get_status_display()}
    sheet = sheet or current_sheet(report)
    titled = card_words(sheet) if isinstance(sheet, VitalSigns) else said_in_words(sheet)
    return {**titled, **_figure_words(sheet), REST: fingerprint(msgspec.to_builtins(sheet))}


def submission_of(report: Report) -> dict[str, str]:
    """What the board shows of a return that waits: which state it is in, and since when."""
    return {report.subject: f"{report.status} {report.changed_at}"}


def send_back(
    report_pk: int,
    *,
    asked: dict[str, str],
    comment: str,
    by,
    access: Access,
    seen: Seen[Report] | None = None,
):
    """Sends the return back with a note for each section that is asked about."""

    def ask(report):
        report.sections.update(asked="")
        for name, note in asked.items():
            report.sections.filter(name=name).update(asked=note)

    said = comment or "; ".join(asked.values())
    return RETURNS.transition(
        "send back",
        report_pk,
        by=by,
        access=access,
        comment=said,
        asked=asked,
        before=ask,
        seen=seen,
    )


ONLY_WITHDRAWN = "Say that what was withdrawn is published again, or put it right first."


def publish_period(
    period: ReportingPeriod,
    *,
    by: User,
    access: Access,
    current: Current = Current.NOW,
    seen: Seen[ReportingPeriod] | None = None,
    again: bool = True,
) -> int:
    """Publishes every approved return of the period. Returns how many that report something.

    ``current`` says when a later period takes the place of the current report. Without ``again``
    what holds something that was withdrawn stays as it is. Raises NotNow where nothing is approved
    and nothing became known of projects, Stale where something else would be published than
    ``seen``.
    """
    approved: list[Report] = []

    def publish_returns(period: ReportingPeriod) -> dict[str, Any]:
        ready = reports_of(period).filter(status=Report.Status.APPROVED)
        reports = list(with_subjects(ready))
        gone = {} if again else holding_withdrawn(reports)
        for report in reports:
            if report.pk not in gone:
                RETURNS.transition("publish", report.pk, by=by, access=access)
                approved.append(report)
        if gone and not approved and not changes_to_publish(period).all:
            raise NotNow(ONLY_WITHDRAWN)
        return {CURRENT: current, AGAIN: again}

    PUBLICATIONS.transition(
        "publish", period.pk, by=by, access=access, before=publish_returns, seen=seen
    )
    return sum(report.reports for report in approved)
