"""What was said to come, taken from a text or typed; and what was said of it since."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.protection import Trigger, never_changes
from bcfportal.lib.provenance import Sourced
from projects.models import Council, Project
from publishing.models import Return
from publishing.promises import ANSWERS, MOVED

# What says a day as vague as it was said: the two days are what the words can mean.
_DAYS = Q(first_day__isnull=True, last_day__isnull=True) | Q(
    first_day__isnull=False, last_day__isnull=False, first_day__lte=models.F("last_day")
)
# What is typed here says who typed it, and when; what a document says was typed by nobody.
_TYPED = Q(recorded_by__isnull=True, recorded_at__isnull=True) | Q(
    recorded_by__isnull=False, recorded_at__isnull=False
)


class SaidDays(models.Model):
    """A day as vague as it was said, and who wrote it down."""

    when_as_said = models.CharField(
        max_length=60, blank=True, help_text="By when, in the words in which it was said."
    )
    first_day = models.DateField(null=True, blank=True, help_text="The first day they can mean…")
    last_day = models.DateField(null=True, blank=True, help_text="…and the last.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class StatedPromise(Sourced, SaidDays):
    """Something that was said to come. It is never changed: what is said since is an answer."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="stated_promises")
    number = models.PositiveSmallIntegerField(help_text="Its place among those of the council.")
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="stated_promises"
    )
    about = models.CharField(max_length=200, help_text="What it is of.")
    what = models.TextField(help_text="What is to come.")
    as_printed = models.TextField(blank=True, help_text="The words of the text it is taken from.")
    owner_post = models.CharField(max_length=120, blank=True, help_text="Who owes it, by post.")
    said_in = models.CharField(max_length=200, help_text="The paper, return or meeting.")
    said_on = models.DateField()
    of_return = models.ForeignKey(
        Return,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stated_promises",
        help_text="The return with which it was typed.",
    )

    objects = ByNaturalKey("council__slug", "number")

    class Meta:
        ordering = ["council", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "number"],
                name="promise_number_unique_in_council",
                violation_error_message="The council has a promise of that number.",
            ),
            models.CheckConstraint(
                condition=~Q(about="") & ~Q(what="") & ~Q(said_in=""),
                name="promise_says_what_and_where",
                violation_error_message="Say what is to come, what it is of and where it was said.",
            ),
            models.CheckConstraint(
                condition=_DAYS,
                name="promise_days_in_order",
                violation_error_message="Give the first day and the last, in their order.",
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | ~Q(when_as_said=""),
                name="promise_day_in_words",
                violation_error_message="Say the day in words too.",
            ),
            models.CheckConstraint(
                condition=_TYPED,
                name="promise_typed_by_somebody_at_a_moment",
                violation_error_message="Who typed it goes with when.",
            ),
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=False) | ~Q(source="") & ~Q(as_printed=""),
                name="promise_of_a_text_as_printed",
                violation_error_message="What is taken from a text has its words and its source.",
            ),
            models.CheckConstraint(
                condition=Q(of_return__isnull=True) | Q(project__isnull=False),
                name="promise_of_a_return_has_its_project",
                violation_error_message="What a return promises is of its project.",
            ),
        ]
        triggers = [
            *never_changes("stated_promise"),
            Trigger(
                name="promise_project_of_council",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.project_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM projects_project
                        WHERE id = NEW.project_id AND council_id = NEW.council_id
                    ) THEN
                        RAISE EXCEPTION 'pgtrigger: the project is of another council';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.what}"

    @depends_on("projects.council", "projects.project", "publishing.return")
    def natural_key(self) -> tuple[Any, ...]:
        return (self.council.slug, self.number)


class PromiseAnswer(Sourced, SaidDays):
    """What was said of a promise since: kept, late, moved to another day, or dropped.

    It is never changed: what is said again is another. The promise is a record, or the action of
    the return ``of_return``.
    """

    promise = models.ForeignKey(
        StatedPromise, models.PROTECT, null=True, blank=True, related_name="answers"
    )
    of_return = models.ForeignKey(
        Return, models.PROTECT, null=True, blank=True, related_name="action_answers"
    )
    state = models.CharField(max_length=10, choices=list(ANSWERS.items()))
    text = models.TextField(help_text="What came of it, or why.")
    by_post = models.CharField(max_length=120, blank=True)
    told_in = models.CharField(max_length=200, blank=True, help_text="The meeting or paper.")
    told_on = models.DateField()
    # The return that tells it: it is public with that.
    told_in_return = models.ForeignKey(
        Return, models.PROTECT, null=True, blank=True, related_name="answers_told"
    )

    class Meta:
        ordering = ["told_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(promise__isnull=True, of_return__isnull=False)
                | Q(promise__isnull=False, of_return__isnull=True),
                name="answer_of_one_promise",
                violation_error_message="An answer is of a promise, or of the action of a return.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(ANSWERS)),
                name="answer_state_known",
                violation_error_message="Choose what became of it.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="answer_has_words",
                violation_error_message="Say what came of it, or why.",
            ),
            models.CheckConstraint(
                condition=_DAYS,
                name="answer_days_in_order",
                violation_error_message="Give the first day and the last, in their order.",
            ),
            models.CheckConstraint(
                condition=Q(state=MOVED) & ~Q(when_as_said="") & Q(last_day__isnull=False)
                | ~Q(state=MOVED) & Q(when_as_said="", last_day__isnull=True),
                name="answer_moved_to_a_day",
                violation_error_message="What is moved says to which day; nothing else does.",
            ),
            models.CheckConstraint(
                condition=_TYPED,
                name="answer_typed_by_somebody_at_a_moment",
                violation_error_message="Who typed it goes with when.",
            ),
            models.CheckConstraint(
                condition=Q(told_in_return__isnull=False, told_in="")
                | Q(told_in_return__isnull=True) & ~Q(told_in=""),
                name="answer_told_somewhere",
                violation_error_message="Name the meeting or report at which it was told.",
            ),
        ]
        triggers = never_changes("promise_answer")

    def __str__(self) -> str:
        return f"{self.promise or self.of_return}: {self.state}"
