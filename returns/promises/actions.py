"""What a return says of what was said to come: written with it, and public with it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.writing import keep_writer
from bcfportal.lib.periods import period_of
from bcfportal.lib.text.said_days import SaidDay
from projects.access import Access
from publishing.models import Report, Return
from publishing.promises import PromiseLine
from publishing.workflow import NotNow
from returns.actions import why_not_written
from returns.collect import returns_with_records
from returns.transitions import RETURNS
from stated.actions import record_answer, record_promise
from stated.models import PromiseAnswer, StatedPromise
from stated.promises_of_returns import promises_in

GONE = "That promise is no longer among those of the project."


def promises_before(report: Return) -> list[PromiseLine]:
    """What the project said would come before this return, and had not come before it.

    What this return itself says of it is in it.
    """
    (read,) = returns_with_records(Return.objects.filter(pk=report.pk))
    return [
        line
        for line in promises_in(read, read.subject)
        if line.period != report.period.key
        and not any(
            answer.state in ("kept", "dropped") and answer.period != report.period.key
            for answer in line.answers
        )
    ]


def said_here(report: Return) -> list[StatedPromise]:
    """What was typed as to come with this return."""
    return list(report.stated_promises.order_by("number"))


def _to_write(report: Return, by: User, access: Access) -> None:
    """Locks the return, which must be writable, and starts it where it is not started."""
    locked = RETURNS.lock(report.pk, access)
    if not locked.may_be_written_by(access):
        raise PermissionDenied
    if reason := why_not_written(locked):
        raise NotNow(reason)
    if locked.status == Report.Status.NOT_STARTED:
        RETURNS.transition("start", report.pk, by=by, access=access)
    keep_writer(Report.objects.get(pk=report.pk), by)


@transaction.atomic
def answer_in_return(
    report: Return,
    key: str,
    *,
    by: User,
    access: Access,
    state: str,
    text: str,
    when: str = "",
    said: SaidDay | None = None,
) -> PromiseAnswer:
    """Says in the return what became of a promise; what it said of it before stays, and is past."""
    _to_write(report, by, access)
    kind, _, name = key.partition("/")
    promise = of_return = None
    if kind == "stated":
        promise = StatedPromise.objects.filter(project=report.project, number=name).first()
    else:
        of_return = Return.objects.filter(project=report.project, period__key=name).first()
    if promise is None and of_return is None:
        raise NotNow(GONE)
    return record_answer(
        by=by,
        state=state,
        text=text,
        when=when,
        said=said,
        promise=promise,
        of_return=of_return,
        told_in_return=report,
    )


@transaction.atomic
def promise_in_return(
    report: Return,
    *,
    by: User,
    access: Access,
    what: str,
    owner_post: str,
    when: str,
    said: SaidDay | None,
) -> StatedPromise:
    """Says in the return that something will come."""
    _to_write(report, by, access)
    return record_promise(
        report.period.council,
        by=by,
        about=report.subject,
        what=what,
        owner_post=owner_post,
        when=when,
        said=said,
        said_in=f"Report for {period_of(report.period.key).label}",
        said_on=report.period.as_at,
        project=report.project,
        of_return=report,
    )
