"""What the risk register says will come: its promises, and the tasks of its risks."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from bcfportal.lib.sentences import day_words
from projects.access import Access
from projects.models import Council
from publishing.promises import KEPT, LATE, TOLD, AnswerLine, PromiseLine
from risks.models import Progress, Promise, Task
from risks.register import Register, RiskAt, latest_register

_ANSWERS = {Progress.State.DONE: KEPT, Progress.State.BEHIND: LATE}


def promises_of(council: Council, access: Access) -> Iterator[PromiseLine]:
    """Of the open risks of the register that stands. Three queries beside those of the register."""
    register = latest_register(council)
    if register is None or register.report is None:
        return
    risks = {entry.risk.pk: entry for entry in register.risks}
    held = Q(
        risk__in=risks,
        on__lte=register.as_at,
        recorded_at__lte=register.report.published_at,
    )
    # The same words promise the same again; what they said last of the day is what holds.
    promises = {
        (row.risk_id, row.text): row
        for row in Promise.objects.filter(held).order_by("on", "recorded_at", "order")
    }
    for promise in promises.values():
        yield _line(
            register,
            risks[promise.risk_id],
            promise,
            key=f"risk/{risks[promise.risk_id].risk.slug}/{promise.on}/{promise.order}",
            when=promise.due_as_printed,
            last=promise.due,
        )
    progress: dict[int | None, list[Progress]] = {}
    for row in Progress.objects.filter(held, task__isnull=False).order_by("on", "order", "pk"):
        progress.setdefault(row.task_id, []).append(row)
    for task in Task.objects.filter(held).order_by("risk", "number"):
        yield _line(
            register,
            risks[task.risk_id],
            task,
            key=f"risk/{risks[task.risk_id].risk.slug}/task/{task.number}",
            answers=tuple(_answer(row) for row in progress.get(task.pk, [])),
        )


def _line(register: Register, entry: RiskAt, row: Promise | Task, **fields: object) -> PromiseLine:
    council = register.council
    return PromiseLine(
        kind="risk",
        about=f"{entry.risk.reference or entry.risk.slug.upper()}: {entry.details.title}",
        what=row.text,
        said_in=f"Risk register, {day_words(row.on)}",
        said_on=row.on,
        owner=entry.details.owner_post,
        source=row.source,
        note=row.note,
        address=reverse("reporting:risk", args=[council.slug, entry.risk.slug]),
        **fields,  # type: ignore[arg-type]
    )


def _answer(row: Progress) -> AnswerLine:
    return AnswerLine(
        state=_ANSWERS.get(Progress.State(row.state), TOLD),
        text=row.text,
        on=row.on,
        told_in=f"Risk register, {day_words(row.on)}",
        by=row.by_post,
    )
