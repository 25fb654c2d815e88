"""What running a period leaves behind: its own timeline, and the reminders that went out."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate

from bcfportal.lib.periods import period_of
from bcfportal.lib.plausible import far_days, is_reported_as_at, said_of_far_day
from bcfportal.lib.protection import Protect, Trigger, never_emptied
from bcfportal.lib.sentences import day_words
from projects.models import Council
from publishing.models.events import Event
from publishing.models.periods import ReportingPeriod

# The dates of a period, in the order in which pages list them.
DATES = {"as_at": "as at", "opens": "opens", "due": "due", "closes": "closes"}


class PeriodEvent(Event):
    """One line of a period's timeline, with its dates.

    The dates before and after are kept so that "it was due earlier" can be settled years later.
    """

    class Action(models.TextChoices):
        OPENED = "opened", "Opened"
        DATES_CHANGED = "dates changed", "Dates changed"
        CLOSED = "closed", "Closed"
        REOPENED = "reopened", "Reopened"

    KIND = "period"

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="events")
    dates_before = models.JSONField(default=dict, help_text="The dates before, by name.")
    dates = models.JSONField(default=dict, help_text="The dates from then on, by name.")

    class Meta:
        ordering = ["period", "at", "pk"]
        triggers = [
            never_emptied("period_event"),
            Trigger(
                name="period_event_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                # It goes only with a period that was opened by mistake, after its returns.
                func="""
                    IF TG_OP = 'DELETE' AND NOT EXISTS (
                        SELECT 1 FROM publishing_report WHERE period_id = OLD.period_id
                    ) THEN
                        RETURN OLD;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table',
                        TG_TABLE_NAME;
                """,
            ),
        ]

    def record_name(self) -> str:
        return self.period.key

    @property
    def changes(self) -> list[tuple[str, object, object]]:
        """(which date, before, after) of the dates that it changed; None where there was none."""
        return [
            (label, _date(self.dates_before.get(name)), _date(self.dates.get(name)))
            for name, label in DATES.items()
            if self.dates_before.get(name) != self.dates.get(name)
        ]

    @property
    def said_right(self) -> list[str]:
        """What was asked about the dates that it changed and said to be right, by a tick.

        ``returns.period_forms`` asks.
        """
        period, entered = period_of(self.period.key), localdate(self.at)
        period_days = (period.first_day, period.last_day)
        given = {label: day for label, _, day in self.changes if isinstance(day, date)}
        said = [
            said_of_far_day(label.capitalize(), day, entered)
            for label, day in given.items()
            if far_days({label: day}, entered, [period.last_day])
        ]
        if (due := given.get("due")) and due < entered:
            said.append(f"Due: {day_words(due)} had passed already, and was said to be right.")
        if (as_at := given.get("as at")) and not is_reported_as_at(as_at, *period_days):
            said.append(
                f"As at: {day_words(as_at)} is {'before' if as_at < period.first_day else 'after'} "
                f"{period.label}, and was said to be right."
            )
        return list(filter(None, said))


class RemovedPeriod(models.Model):
    """A period that was opened by mistake and held nothing: who removed it, when and why."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="removed_periods")
    label = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.TextField()

    class Meta:
        ordering = ["council", "-at"]
        triggers = [
            never_emptied("removed_period"),
            Protect(
                name="removed_period_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}, removed"


def _date(text: str | None) -> date | None:
    return parse_date(text) if text else None


class Reminder(models.Model):
    """A digest that a person was sent. The row comes first, then the mail: none goes twice."""

    class Kind(models.TextChoices):
        SCHEDULED = "reminder", "Reminder"
        CHASE = "chase", "Chase"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders")
    council = models.ForeignKey(Council, models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=10, choices=Kind)
    sent_on = models.DateField(help_text="The day in England.")
    sent_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The officer who chased.",
    )

    class Meta:
        ordering = ["council", "user", "sent_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "council", "sent_on"],
                condition=Q(kind="reminder"),
                name="reminder_once_a_day",
                violation_error_message="This person was already reminded that day.",
            ),
            models.CheckConstraint(
                condition=Q(kind="chase", by__isnull=False) | Q(kind="reminder", by__isnull=True),
                name="reminder_chase_has_officer",
                violation_error_message="A chase has the officer who sent it, a reminder none.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.sent_on}: {self.kind}"
