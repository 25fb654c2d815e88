"""What was said to come, read from its records."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Max, Prefetch, QuerySet
from django.utils.timezone import localdate

from projects.models import Council
from publishing.models import PeriodVersion
from publishing.promises import AnswerLine, PromiseLine
from stated.models import PromiseAnswer, StatedPromise


def with_answers() -> Prefetch:
    """The answers of a queryset of promises, with the return that tells each."""
    return Prefetch(
        "answers", PromiseAnswer.objects.select_related("told_in_return__period", "recorded_by")
    )


# What the line of a record, and of its answers, is read with.
READ_WITH = ("project", "of_return__period")


def promises_of(council: Council) -> QuerySet[StatedPromise]:
    """All of a council, by number: two queries."""
    rows = StatedPromise.objects.filter(council=council).select_related(*READ_WITH)
    return rows.prefetch_related(with_answers())


def kept_by_officers(council: Council) -> QuerySet[StatedPromise]:
    """Those that no project's return answers, by number: two queries."""
    return promises_of(council).filter(project__isnull=True)


def public_promises(council: Council, until: datetime | None = None) -> Iterator[PromiseLine]:
    """What is public of them, as known at the moment: three queries.

    What is taken from a text is public; what was typed is once a report is published after it.
    What is typed of a project is public with its return: see ``stated.promises_of_returns``.
    """
    versions = PeriodVersion.objects.in_force().filter(period__council=council)
    published = until or versions.aggregate(last=Max("at"))["last"]
    day = localdate(until) if until else None
    for row in promises_of(council):
        typed_of_project = row.recorded_at is not None and row.project_id is not None
        if typed_of_project or (day and row.said_on > day) or not _is_public(row, published):
            continue
        answers = [
            answer
            for answer in row.answers.all()
            if answer.told_in_return is None
            and _is_public(answer, published)
            and (day is None or answer.told_on <= day)
        ]
        yield promise_line(row, answers)


def _is_public(row: StatedPromise | PromiseAnswer, published: datetime | None) -> bool:
    return row.recorded_at is None or (published is not None and row.recorded_at < published)


def promise_line(row: StatedPromise, answers: Iterable[PromiseAnswer]) -> PromiseLine:
    """The record as a line, with those of its answers."""
    return PromiseLine(
        key=f"stated/{row.number}",
        kind="project" if row.project else "council",
        about=row.about,
        what=row.what,
        said_in=row.said_in,
        said_on=row.said_on,
        owner=row.owner_post,
        when=row.when_as_said,
        last=row.last_day,
        answers=tuple(map(answer_line, answers)),
        as_printed=row.as_printed,
        source=row.source,
        note=row.note,
        project=row.project.slug if row.project else "",
        period=row.of_return.period.key if row.of_return else "",
    )


def answer_line(answer: PromiseAnswer) -> AnswerLine:
    """The answer as a line; one told in a return names the report that is of."""
    told_in = answer.told_in
    if answer.told_in_return:
        told_in = f"Report for {answer.told_in_return.period.label}"
    return AnswerLine(
        state=answer.state,
        text=answer.text,
        on=answer.told_on,
        told_in=told_in,
        by=answer.by_post,
        when=answer.when_as_said,
        last=answer.last_day,
        period=answer.told_in_return.period.key if answer.told_in_return else "",
    )
