"""Returns: what one project reports in one period."""

from datetime import date
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from bcfportal.lib.natural_keys import depends_on
from bcfportal.lib.protection import Trigger
from bcfportal.lib.ratings import Rating
from projects.access import Access
from projects.models import Project
from projects.today import changes_later
from publishing.models.reports import Report, ReportManager, SectionName


class ReturnManager(ReportManager["Return"]):
    def natural_key_lookups(self, *values: object) -> dict[str, object]:
        council, project, period = values
        return {
            "period__council__slug": council,
            "project__slug": project,
            "period__key": period,
        }


class Return(Report):
    """What one project reports in one period."""

    section_names = (
        SectionName.MEASURES,
        SectionName.SPEND,
        SectionName.PERFORMANCE,
        SectionName.RATING,
    )
    RECORD = ("project",)
    NAMED_BY = (f"project__{Project.RENAMINGS}",)
    IN_ORDER = ("project__grant_condition__number", "project__order", "pk")

    # The day on which its project ended: on a return that ``returns.due.with_end`` read only.
    ended_on: date | None

    class Forecast(models.TextChoices):
        """The rating expected at the end of the financial year."""

        GREEN = Rating.GREEN.value, Rating.GREEN.label
        AMBER = Rating.AMBER.value, Rating.AMBER.label
        RED = Rating.RED.value, Rating.RED.label

    report_ptr = models.OneToOneField(
        Report,
        models.CASCADE,
        parent_link=True,
        primary_key=True,
        related_name="project_return",
    )
    project = models.ForeignKey(Project, models.CASCADE, related_name="returns")
    performance = models.TextField(blank=True)
    summary_performance = models.TextField(blank=True)
    rating = models.CharField(max_length=12, choices=Rating, default=Rating.NOT_RATED)
    rating_text = models.TextField(
        blank=True, help_text="The words beside or in place of a colour."
    )
    rule_rating = models.CharField(
        max_length=12, choices=Rating, default=Rating.NOT_RATED, help_text="As calculated."
    )
    rule_reason = models.TextField(blank=True, help_text="What the rule says, in its words.")
    difference_reason = models.TextField(
        blank=True, help_text="Why the declared rating is not the rule's."
    )
    forecast_rating = models.CharField(max_length=12, choices=Forecast, blank=True)
    cause = models.TextField(blank=True)
    action = models.TextField(blank=True)
    action_owner = models.CharField(max_length=120, blank=True, help_text="By post.")
    action_due = models.DateField(null=True, blank=True)
    spend_to_date = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, help_text="Pounds, this year."
    )
    spend_forecast = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, help_text="Pounds, whole year."
    )
    variance_reason = models.TextField(blank=True)

    objects: ClassVar[ReturnManager] = ReturnManager()

    class Meta:
        ordering = ["period", "project"]
        constraints = [
            models.CheckConstraint(
                # Spend to date can be below 0: an accrual of last year that is taken back.
                condition=Q(spend_forecast__isnull=True) | Q(spend_forecast__gte=0),
                name="return_forecast_not_negative",
                violation_error_message="The forecast of a year is 0 or more.",
            ),
        ]
        triggers = [
            # With ``report_unique_in_period``: a project has one return in a period.
            Trigger(
                name="return_named_as_its_project",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM publishing_report JOIN projects_project USING (slug)
                        WHERE publishing_report.id = NEW.report_ptr_id
                        AND projects_project.id = NEW.project_id
                    ) THEN
                        RAISE EXCEPTION 'pgtrigger: a return is named as its project is';
                    END IF;
                    RETURN NULL;
                """,
            )
        ]

    @property
    def subject(self) -> str:
        return self.project.today.short

    @property
    def subject_slug(self) -> str:
        return self.project.slug

    @property
    def title(self) -> str:
        return self.project.today.name

    @property
    def later(self) -> list[str]:
        return changes_later(self.project)

    @property
    def reports(self) -> bool:
        """Not of a project that is described only."""
        return self.project.kind != Project.Kind.DESCRIBED

    def may_be_written_by(self, access: Access) -> bool:
        return access.may_report(self.project_id)

    @depends_on("projects.project", "publishing.reportingperiod")
    def natural_key(self) -> tuple[str, str, str]:
        return (self.period.council.slug, self.project.slug, self.period.key)
