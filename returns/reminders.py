"""Reminders to commissioners: one digest a person, with only what they owe, why and by when.

Returns are owed, and reviews of risks whose day has come (``risks.reminders``).

A row is kept in the same transaction as the mail, which is sent after the response
(``accounts.outbox``). So two runs at once send one mail, and what the mail server does not take is
tried again and goes once.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts import outbox
from accounts.links import whole_address
from accounts.models import User
from accounts.roles import Permission
from bcfportal.lib import present
from bcfportal.lib.sentences import counted
from bcfportal.lib.working_days import (
    is_working_day,
    working_day_on_or_before,
    working_days_between,
)
from projects.access import access_of
from projects.models import Council
from publishing.models import Reminder, Report, ReportingPeriod, ReturnEvent
from returns.board import due_in_words, is_late
from returns.owed import owed_returns, writers_of
from risks.reminders import Review, reviews_due

# Working days before the due date on which a reminder goes; it also goes on the day itself.
DAYS_BEFORE = (5, 1)
# Once late, one every so many working days.
LATE_EVERY = 2
# An officer's chase goes to a person at most this often.
CHASE_PAUSE = timedelta(hours=1)

logger = logging.getLogger(__name__)
Kind = Reminder.Kind


@dataclass(frozen=True)
class Owed:
    """One return that a person owes, in the words of the mail."""

    title: str
    period: str
    why: str
    due_on: date | None
    due: str
    late: bool
    address: str
    asked_for: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Digest:
    """All that one person owes one council, what is due first on top."""

    person: User
    council: Council
    owed: list[Owed]
    reviews: list[Review] = field(default_factory=list)

    @property
    def subject(self) -> str:
        parts = []
        if self.owed:
            number = counted(len(self.owed), "return")
            late = sum(owed.late for owed in self.owed)
            parts.append(f"{number} to send in" + (f", {late} late" if late else ""))
        if self.reviews:
            parts.append(f"{counted(len(self.reviews), 'risk')} to review")
        return f"Better Care Fund: {'; '.join(parts)}"


@dataclass
class Outcome:
    """Who was written to, who was left alone, and whose mail the server did not take."""

    sent: list[User] = field(default_factory=list)
    left_alone: list[User] = field(default_factory=list)
    failed: list[User] = field(default_factory=list)


def working_days_left(due: date, today: date) -> int:
    """Working days from today to the due date; negative once late.

    A due date at a weekend or on a bank holiday counts as the last working day before it, so that
    the reminder "on the day" comes while there is still time.
    """
    return working_days_between(today, working_day_on_or_before(due))


def is_reminder_day(due: date | None, today: date) -> bool:
    """Whether reminders of a return due on that date go out today. Never without a due date."""
    if due is None or not is_working_day(today):
        return False
    left = working_days_left(due, today)
    return left in (*DAYS_BEFORE, 0) if left >= 0 else -left % LATE_EVERY == 0


def send_reminders(*, now: datetime) -> Outcome:
    """Sends today's digests of all councils. A second run on the same day sends nothing more.

    A digest goes where one of the person's returns has its reminder day; it then lists all whose
    time for reminders has begun. People who owe nothing get nothing.
    """
    today, outcome = timezone.localdate(now), Outcome()
    periods = list(
        ReportingPeriod.objects.filter(
            status=ReportingPeriod.Status.OPEN, due__isnull=False
        ).exclude(opens__gt=today)
    )
    begun = [
        period
        for period in periods
        if working_days_left(present(period.due), today) <= max(DAYS_BEFORE)
    ]
    going = {period.pk for period in begun if is_reminder_day(period.due, today)}
    returns = owed_returns(period__in=begun) if going else []
    because_of = {report.pk for report in returns if report.period_id in going}
    reviews = reviews_due(today)
    if not returns and begun and any(is_reminder_day(review.due_on, today) for review in reviews):
        # A digest that goes for a risk lists the returns whose time has begun, too.
        returns = owed_returns(period__in=begun)
    for digest in _digests(returns, reviews, today=today, because_of=because_of):
        _deliver(digest, Kind.SCHEDULED, now=now, outcome=outcome)
    return outcome


def chase(reports: Iterable[Report], *, council: Council, by, now: datetime) -> Outcome:
    """Writes now to the people who owe any of ``reports``, with all that they owe the council.

    Raises PermissionDenied where the officer may not. A person written to within the last hour,
    by a reminder or a chase, is left alone.
    """
    if not access_of(by, council).may(Permission.RUN_PERIODS):
        raise PermissionDenied
    today, outcome = timezone.localdate(now), Outcome()
    owed = owed_returns(period__council=council)
    because_of = {report.pk for report in reports}
    reviews = reviews_due(today, council=council)
    for digest in _digests(owed, reviews, today=today, because_of=because_of, chasing=True):
        _deliver(digest, Kind.CHASE, now=now, outcome=outcome, by=by)
    return outcome


def _digests(returns, reviews, *, today, because_of, chasing=False):
    """The digests that go: a person's whole list, or none.

    One goes where a return of ``because_of`` (keys) is in it or, unless an officer is chasing,
    a risk has its reminder day.
    """
    writers = writers_of(returns)
    sent_back = _last_sent_back(returns)
    by_person: dict[tuple[int, int], _Owing] = {}
    for report in returns:
        council = report.period.council
        for person in writers[report.pk]:
            owing = by_person.setdefault((council.pk, person.pk), _Owing(person, council))
            owing.returns.append(report)
    for review in reviews:
        key = review.council.pk, review.person.pk
        by_person.setdefault(key, _Owing(review.person, review.council)).reviews.append(review)
    return [
        Digest(
            owing.person,
            owing.council,
            [_owed(r, sent_back.get(r.pk), owing.council, today) for r in owing.returns],
            owing.reviews,
        )
        for owing in by_person.values()
        if outbox.can_receive(owing.person)
        if any(report.pk in because_of for report in owing.returns)
        or (not chasing and any(is_reminder_day(review.due_on, today) for review in owing.reviews))
    ]


@dataclass
class _Owing:
    person: User
    council: Council
    returns: list[Report] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)


def _last_sent_back(returns):
    events = (
        ReturnEvent.objects.filter(report__in=returns, after=Report.Status.SENT_BACK)
        .select_related("by")
        .order_by("report_id", "-at", "-pk")
        .distinct("report_id")
    )
    return {event.report_id: event for event in events}


def _owed(report, event, council, today):
    why, asked_for, asked = f"{report.get_status_display()}: not sent in yet.", "", []
    if report.status == Report.Status.NOT_STARTED:
        why = "Not started."
    elif report.status == Report.Status.SENT_BACK:
        why = "Sent back."
        if event:
            at = timezone.localtime(event.at)
            why = f"Sent back on {at.day} {at:%B} by {event.by.post_at(event.at)}."
            asked_for = event.comment
            asked = event.notes
    due = report.period.due
    return Owed(
        title=report.subject,
        period=report.period.label,
        why=why,
        due_on=due,
        due=due_in_words(due, today),
        late=is_late(due, today),
        address=whole_address(_path(report, council)),
        asked_for=asked_for,
        asked=asked,
    )


def _path(report, council):
    """The commissioner's page of the return; their list of returns where it has none."""
    try:
        return reverse("reporting:return", args=[council.slug, report.period.key, report.slug])
    except NoReverseMatch:
        return reverse("reporting:my-returns", args=[council.slug])


def _deliver(digest, kind, *, now, outcome, by=None):
    try:
        sent = _send(digest, kind, now=now, by=by)
    except OSError:
        # SMTP's errors and a server that does not answer. Others still get theirs.
        logger.exception("A reminder could not be sent (person %s).", digest.person.pk)
        outcome.failed.append(digest.person)
    else:
        (outcome.sent if sent else outcome.left_alone).append(digest.person)


@transaction.atomic
def _send(digest, kind, *, now, by):
    """Keeps the row and sends on commit; False where the person had one that counts."""
    # Whoever else writes to this person now waits here, and then finds the row.
    User.objects.select_for_update(no_key=True).get(pk=digest.person.pk)
    earlier = Reminder.objects.filter(user=digest.person, council=digest.council)
    if kind == Kind.CHASE:
        earlier = earlier.filter(sent_at__gt=now - CHASE_PAUSE)
    else:
        earlier = earlier.filter(sent_on=timezone.localdate(now))
    if earlier.exists():
        return False
    Reminder.objects.create(
        user=digest.person,
        council=digest.council,
        kind=kind,
        sent_on=timezone.localdate(now),
        sent_at=now,
        by=by,
    )
    outbox.post_words(digest.person, "reminder", digest.subject, _words(digest, by))
    return True


def _words(digest, by):
    ask = digest.council.contact or (by.post if by else "the performance officer of your council")
    context = {
        "digest": digest,
        "council": digest.council,
        "chased_by": by.post if by else "",
        "ask": ask,
    }
    return render_to_string("mail/reminder.txt", context)
