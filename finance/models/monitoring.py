"""A council's budget monitoring: areas, the report of a period, and what its source printed.

Money is pounds. Spending is positive and income negative, so variance = outturn less budget, and
a positive variance is adverse on every line.
"""

from typing import Self

import pgtrigger
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Prefetch, Q

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.periods import Period, financial_year_label, validate_period_key
from bcfportal.lib.protection import Protect, Trigger, frozen_once, never_emptied, tracked
from bcfportal.lib.provenance import Sourced
from bcfportal.lib.withdrawals import MayBeWithdrawn, Withdrawable
from projects.models import Council

_PERIOD = r"^\d{4}-\d{2}(-m\d{2})?$"


def pounds_field(help_text: str, **options):
    """Pounds that may be missing: a blank is not zero."""
    return models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, help_text=help_text, **options
    )


def frozen_with_report(name: str) -> list[pgtrigger.Trigger]:
    """Refuses to add, change or delete a row of a report once what it says is frozen.

    Writing a row over itself with the same values passes, so that fixtures can be loaded again.
    """
    frozen = "EXISTS (SELECT 1 FROM finance_monitoringsnapshot WHERE report_id = {row}.report_id)"
    refuse = "RAISE EXCEPTION 'pgtrigger: an approved report cannot change';"
    trigger = Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF TG_OP = 'UPDATE' THEN
                IF OLD IS NOT DISTINCT FROM NEW THEN RETURN NEW; END IF;
            END IF;
            IF TG_OP <> 'INSERT' THEN
                IF {frozen.format(row="OLD")} THEN {refuse} END IF;
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            IF {frozen.format(row="NEW")} THEN {refuse} END IF;
            RETURN NEW;
        """,
    )
    return [trigger, never_emptied(name.removesuffix("_of_approved_report_stays"))]


@tracked()
class ExpenditureArea(models.Model):
    """A line of a council's budget. Those with parts are the sum of them, never typed."""

    class Kind(models.TextChoices):
        EXPENDITURE = "expenditure", "Expenditure"
        INCOME = "income", "Income"

    council = models.ForeignKey(Council, models.CASCADE, related_name="expenditure_areas")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField(help_text="Place among the parts of the same whole.")
    kind = models.CharField(
        max_length=12,
        choices=Kind,
        default=Kind.EXPENDITURE,
        help_text="Income is kept as negative pounds.",
    )

    objects = ByNaturalKey("council__slug", "slug")

    class Meta:
        ordering = ["council", "order", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "slug"],
                name="area_slug_unique_in_council",
                violation_error_message="This council already has an area with that slug.",
            ),
            models.UniqueConstraint(
                fields=["council"],
                condition=Q(parent__isnull=True),
                name="area_one_total_in_council",
                violation_error_message="A council has one total: choose what this is a part of.",
            ),
            models.UniqueConstraint(
                fields=["parent", "order"],
                name="area_order_unique_in_parent",
                violation_error_message="Another part has that place.",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="area_not_its_own_part",
                violation_error_message="An area is no part of itself.",
            ),
        ]

    def __str__(self):
        return self.name

    @depends_on("projects.council")
    def natural_key(self):
        return (self.council.slug, self.slug)

    def clean(self):
        if self.parent and self.parent.council_id != self.council_id:
            raise ValidationError({"parent": "Choose an area of the same council."})


class ReportQuerySet(Withdrawable):
    def published(self):
        """Reports that everyone may read."""
        return self.not_withdrawn().filter(status=MonitoringReport.Status.PUBLISHED)

    def approved(self):
        """Reports that no longer change, published or not, and are not withdrawn."""
        return self.not_withdrawn().filter(status__in=MonitoringReport.FROZEN)

    def not_given_up(self) -> Self:
        """Those that somebody works on, or that are done with."""
        return self.exclude(status=MonitoringReport.Status.GIVEN_UP)

    def with_withdrawals(self, *related: str) -> Self:
        """The same with their withdrawals, and what is ``related`` to those."""
        snapshots = apps.get_model("finance", "MonitoringSnapshot").objects.defer("content")
        path = "snapshots__withdrawals"
        return self.prefetch_related(
            Prefetch("snapshots", snapshots), path, *(f"{path}__{name}" for name in related)
        )


class MonitoringReport(MayBeWithdrawn, Sourced):
    """The money as it stood in one period: budget, forecast or outturn, reserves, capital.

    Once approved it cannot change: a correction is a report of the next version.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        # Where the council asks for a second signature, and it is given.
        SIGNED = "signed", "Signed a second time"
        APPROVED = "approved", "Approved"
        PUBLISHED = "published", "Published"
        # Begun by mistake: nothing of it is public, and beginning it again takes it up.
        GIVEN_UP = "given up", "Given up"

    IN_REVIEW = (Status.SUBMITTED, Status.SIGNED)
    FROZEN = (Status.APPROVED, Status.PUBLISHED)
    WITHDRAWALS = "snapshots__withdrawals"

    council = models.ForeignKey(Council, models.CASCADE, related_name="monitoring_reports")
    period = models.CharField(
        max_length=12,
        validators=[validate_period_key, RegexValidator(_PERIOD, "Enter a month or a year.")],
        help_text="2016-17-m10 is the forecast at January 2017; 2016-17 is the year's outturn.",
    )
    version = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])
    as_at = models.DateField(help_text="The last day that the figures are about.")
    meeting = models.CharField(
        max_length=200, blank=True, help_text="The meeting that the report goes to, and its date."
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    compared_with = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The report before, whose variances stand beside those of this one.",
    )

    objects = ByNaturalKey.from_queryset(ReportQuerySet)("council__slug", "period", "version")

    class Meta:
        ordering = ["council", "-as_at", "-period", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "period", "version"],
                name="monitoring_version_unique_in_period",
                violation_error_message="The period already has a report of that version.",
            ),
            models.UniqueConstraint(
                fields=["council", "period"],
                condition=Q(status__in=["draft", "submitted", "signed"]),
                name="monitoring_one_version_in_work",
                violation_error_message="Another version of this report is being worked on.",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1),
                name="monitoring_version_from_one",
                violation_error_message="Versions are numbered from 1.",
            ),
            models.CheckConstraint(
                condition=Q(period__regex=_PERIOD),
                name="monitoring_period_month_or_year",
                violation_error_message="The period is a month or a financial year.",
            ),
        ]
        triggers = [
            never_emptied("monitoring_report"),
            frozen_once(
                "approved_report_is_kept",
                "finance_monitoringreport",
                "'approved', 'published'",
                "finance_monitoringsnapshot",
            ),
            Protect(
                name="frozen_report_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__status__in=["approved", "published"]),
            ),
            Protect(
                name="frozen_report_only_published",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.status IN ('approved', 'published') AND ("
                    "(to_jsonb(OLD) - 'status') IS DISTINCT FROM (to_jsonb(NEW) - 'status') "
                    "OR NEW.status NOT IN (OLD.status, 'published'))"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.label}, version {self.version}" if self.version > 1 else self.label

    @depends_on("projects.council")
    def natural_key(self):
        return (self.council.slug, self.period, self.version)

    @property
    def record_name(self) -> str:
        """Its name among the finance reports of its council."""
        return f"{self.period}/{self.version}"

    @property
    def year(self) -> int:
        """The year that the financial year starts in."""
        return Period.parse(self.period).start_year

    @property
    def is_outturn(self) -> bool:
        return Period.parse(self.period).month is None

    @property
    def label(self) -> str:
        """ "Outturn 2016/17" or "Month 10 of 2016/17"."""
        period = Period.parse(self.period)
        year = financial_year_label(period.start_year)
        return f"Month {period.month} of {year}" if period.month else f"Outturn {year}"


class MonitoringLine(Sourced):
    """What a report says of one area, in pounds.

    Figures belong to areas without parts. An area with parts has one of its own only where the
    source does not give it for the parts.
    """

    report = models.ForeignKey(MonitoringReport, models.CASCADE, related_name="lines")
    area = models.ForeignKey(ExpenditureArea, models.PROTECT, related_name="lines")
    budget = pounds_field("The year's budget.")
    outturn = pounds_field("The forecast for the year; in an outturn report, the outturn.")
    stated_variance = pounds_field("Where the source gives only the variance.")
    last_year_actual = pounds_field("What was spent in the year before.")
    last_year_variance = pounds_field("The year before: outturn less budget.")
    next_budget = pounds_field("The budget of the year after.")
    explanation = models.TextField(blank=True, help_text="Why the outturn is not the budget.")

    objects = ByNaturalKey(
        "report__council__slug", "report__period", "report__version", "area__slug"
    )

    class Meta:
        ordering = ["report", "area"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "area"],
                name="monitoring_line_unique_in_report",
                violation_error_message="The report already has a line for that area.",
            ),
            models.CheckConstraint(
                condition=Q(stated_variance__isnull=True)
                | Q(budget__isnull=True)
                | Q(outturn__isnull=True),
                name="monitoring_variance_stated_or_worked_out",
                violation_error_message="A variance is worked out where there are both figures.",
            ),
        ]
        triggers = frozen_with_report("line_of_approved_report_stays")

    def __str__(self):
        return f"{self.report}: {self.area}"

    @depends_on("finance.monitoringreport", "finance.expenditurearea")
    def natural_key(self):
        return (*self.report.natural_key(), self.area.slug)
