"""Change requests: a saving's profile moved, another fund, an extension; asked for and agreed."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.protection import Protect, never_emptied, tracked
from finance.models.savings import YEAR, Reported, Saving, money
from projects.models import Council, Fund, Project
from publishing.models.events import Event, stays_with


@tracked()
class ChangeRequest(Reported):
    """A change that one person asks for and another agrees. Agreed, it never changes."""

    class Kind(models.TextChoices):
        REPROFILE = "re-profiling", "Savings moved between years"
        FUNDING = "funding source", "Another fund pays"
        EXTENSION = "extension", "Extended"

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        REQUESTED = "requested", "Requested"
        AGREED = "agreed", "Agreed"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    council = models.ForeignKey(Council, models.PROTECT, related_name="change_requests")
    number = models.PositiveSmallIntegerField(help_text="Counted within the council.")
    kind = models.CharField(max_length=20, choices=Kind)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    title = models.CharField(max_length=200)
    saving = models.ForeignKey(
        Saving, models.PROTECT, null=True, blank=True, related_name="changes"
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="change_requests"
    )
    # A re-profiling moves the amount from a year to a year; an extension adds it over the years.
    amount = money(help_text="Pounds.")
    from_year = models.PositiveSmallIntegerField(**YEAR, null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(**YEAR, null=True, blank=True)
    from_fund = models.ForeignKey(Fund, models.PROTECT, null=True, blank=True, related_name="+")
    to_fund = models.ForeignKey(Fund, models.PROTECT, null=True, blank=True, related_name="+")
    starts = models.DateField(null=True, blank=True, help_text="From when the change counts.")
    ends = models.DateField(null=True, blank=True, help_text="Until when, where that is said.")
    dates = models.CharField("dates as printed", max_length=120, blank=True)
    reason = models.TextField(help_text="Why.")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    requested_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_why = models.TextField(blank=True)
    # In the words of the paper, where it was decided outside the portal.
    decided_body = models.CharField("who decides", max_length=200, blank=True)
    decided_when = models.CharField("when", max_length=60, blank=True)
    # The saving's targets by year when it was agreed: {"2018": "2010000.00"}.
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)

    objects = ByNaturalKey("council__slug", "number")

    class Meta:
        ordering = ["council", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "number"],
                name="change_number_unique_in_council",
                violation_error_message="This council already has a change of that number.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="re-profiling")
                | Q(
                    saving__isnull=False,
                    amount__isnull=False,
                    amount__gt=0,
                    from_year__isnull=False,
                    to_year__isnull=False,
                ),
                name="reprofiling_says_what_moves",
                violation_error_message="Say which saving, how much, from which year and to which.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="re-profiling") | ~Q(from_year=F("to_year")),
                name="reprofiling_between_two_years",
                violation_error_message="Choose two different years.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="funding source")
                | Q(
                    project__isnull=False,
                    from_fund__isnull=False,
                    to_fund__isnull=False,
                    starts__isnull=False,
                ),
                name="funding_change_says_from_to_and_when",
                violation_error_message="Say which project, from which fund, to which, from when.",
            ),
            models.CheckConstraint(
                condition=Q(from_fund__isnull=True) | ~Q(from_fund=F("to_fund")),
                name="funding_change_between_two_funds",
                violation_error_message="Choose two different funds.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="extension")
                | Q(ends__isnull=False)
                | Q(
                    amount__isnull=False,
                    amount__gt=0,
                    from_year__isnull=False,
                    to_year__isnull=False,
                    to_year__gte=F("from_year"),
                ),
                name="extension_says_until_when_or_how_much",
                violation_error_message="Say until when it is extended, or what it adds by when.",
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="change_ends_after_it_starts",
                violation_error_message="A change ends on or after the day it starts.",
            ),
            models.CheckConstraint(
                condition=Q(requested_by__isnull=True, requested_at__isnull=True)
                | Q(requested_by__isnull=False, requested_at__isnull=False),
                name="change_requested_by_and_at_together",
                violation_error_message="Who asked and when belong together.",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="change_decided_by_and_at_together",
                violation_error_message="Who decided and when belong together.",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="change_decided_by_another_person",
                violation_error_message="Who asked for a change cannot decide on it.",
            ),
        ]
        triggers = [
            never_emptied("change"),
            Protect(
                name="agreed_change_never_changes",
                operation=pgtrigger.Update,
                # Only the paper that first reports it may still be written down, once.
                condition=pgtrigger.Condition(
                    "OLD.status = 'agreed' AND "
                    "((to_jsonb(OLD) - 'paper_id') IS DISTINCT FROM (to_jsonb(NEW) - 'paper_id') "
                    "OR (OLD.paper_id IS NOT NULL AND OLD.paper_id IS DISTINCT FROM NEW.paper_id))"
                ),
            ),
            Protect(
                name="agreed_change_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__status="agreed"),
            ),
        ]

    def __str__(self):
        return f"Change {self.number}: {self.title}"

    @depends_on(
        *("projects.council", "projects.project", "projects.fund"),
        *("finance.savingspaper", "finance.saving"),
    )
    def natural_key(self):
        return (self.council.slug, self.number)


class ChangeEvent(Event):
    """One line of the timeline of a change request."""

    KIND = "change"

    change = models.ForeignKey(ChangeRequest, models.PROTECT, related_name="timeline")

    class Meta:
        ordering = ["change", "at", "pk"]
        triggers = stays_with("change_event")

    def record_name(self) -> str:
        return str(self.change.number)
