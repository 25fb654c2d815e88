"""What a project said would come, as its return has it: its records, and the actions of returns."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec
from django.db.models import Prefetch

from bcfportal.lib.sentences import day_words
from publishing.models import Report, Return
from publishing.promises import ENDS, MOVED, AnswerLine, PromiseLine
from stated.models import PromiseAnswer, StatedPromise
from stated.promises import READ_WITH, answer_line, promise_line, with_answers

# A return says it for good once it is approved.
APPROVED = (Report.Status.APPROVED, Report.Status.PUBLISHED)
AGAIN = "Its return says it again, with another day."


def prefetched() -> list[Prefetch]:
    """What ``promises_in`` reads of a queryset of returns: four queries, however many there are."""
    actions = Return.objects.exclude(action="").select_related("period").order_by("period__as_at")
    answers = PromiseAnswer.objects.select_related("told_in_return__period")
    stated = StatedPromise.objects.select_related(*READ_WITH).prefetch_related(with_answers())
    return [
        Prefetch("project__stated_promises", stated),
        Prefetch(
            "project__returns",
            actions.prefetch_related(Prefetch("action_answers", answers)),
            to_attr="returns_with_action",
        ),
    ]


def promises_in(report: Return, called: str) -> list[PromiseLine]:
    """All that the project said would come by the end of the return's period, the first first.

    The return must have been read with ``prefetched``. What another return said is there once that
    is approved. ``called`` is the project's name on the day that is asked about.
    """
    stated = [
        promise_line(row, _told_by(report, row.answers.all()))
        for row in report.project.stated_promises.all()
        if (_is_said(report, row.of_return) if row.of_return else row.said_on <= _as_at(report))
    ]
    lines = [msgspec.structs.replace(line, about=called) for line in (*stated, *_actions(report))]
    return sorted(lines, key=lambda line: (line.said_on, line.key))


def _as_at(report: Return) -> date:
    return report.period.as_at


def _is_said(report: Return, by: Return) -> bool:
    """Whether the return, or an earlier one that is approved, is the one by which it is said."""
    return by.pk == report.pk or (by.status in APPROVED and by.period.as_at < _as_at(report))


def _told_by(report: Return, answers: Iterable[PromiseAnswer]) -> list[PromiseAnswer]:
    """What was told by the end of the period; of what one return tells, what it told last."""
    told: dict[Any, PromiseAnswer] = {}
    for answer in answers:
        in_return = answer.told_in_return
        if in_return and _is_said(report, in_return):
            told[in_return.pk] = answer
        elif in_return is None and answer.told_on <= _as_at(report):
            told[f"answer {answer.pk}"] = answer
    return sorted(told.values(), key=lambda answer: (_told_on(answer), answer.pk))


def _told_on(answer: PromiseAnswer) -> date:
    return answer.told_in_return.period.as_at if answer.told_in_return else answer.told_on


def _actions(report: Return) -> list[PromiseLine]:
    """What returns said is being done; the same said again is the same while it is to come."""
    held: dict[tuple[str, str], PromiseLine] = {}
    lines: list[PromiseLine] = []
    known: Sequence[Return] = report.project.returns_with_action  # type: ignore[attr-defined]
    for said in known:
        if not _is_said(report, said):
            continue
        key = (" ".join(said.action.casefold().split()), said.action_owner.casefold().strip())
        before = held.get(key)
        answers = tuple(map(answer_line, _told_by(report, said.action_answers.all())))
        if before is None or _has_ended_by(before, said):
            line = _first_said(report, said, answers)
            lines.append(line)
        else:
            line = _said_again(before, said, answers)
            lines[lines.index(before)] = line
        held[key] = line
    return lines


def _has_ended_by(promise: PromiseLine, said: Return) -> bool:
    """Whether it was kept or dropped by the time of the return, or is in it."""
    period = said.period
    return any(
        answer.period <= period.key if answer.period else answer.on <= period.as_at
        for answer in promise.answers
        if answer.state in ENDS
    )


def _first_said(report: Return, said: Return, answers: tuple[AnswerLine, ...]) -> PromiseLine:
    return PromiseLine(
        key=f"return/{said.period.key}",
        kind="project",
        about=report.project.slug,
        what=said.action,
        said_in=f"Report for {said.period.label}",
        said_on=said.period.as_at,
        owner=said.action_owner,
        when=day_words(said.action_due) if said.action_due else "",
        last=said.action_due,
        answers=answers,
        project=report.project.slug,
        period=said.period.key,
    )


def _said_again(before: PromiseLine, said: Return, answers: tuple[AnswerLine, ...]) -> PromiseLine:
    """The same promise, moved where the later return has a later day and nobody said so there."""
    due, moved = said.action_due, []
    told_there = any(answer.period == said.period.key for answer in before.answers)
    if due and due != before.last_day and not told_there:
        moved = [
            AnswerLine(
                state=MOVED,
                text=AGAIN,
                on=said.period.as_at,
                told_in=f"Report for {said.period.label}",
                by=said.action_owner,
                when=day_words(due),
                last=due,
                period=said.period.key,
            )
        ]
    told = sorted((*before.answers, *moved, *answers), key=lambda answer: answer.on)
    return msgspec.structs.replace(before, answers=tuple(told))
