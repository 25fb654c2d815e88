"""Returns: what one project reports in one period, section by section, and its timeline."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from bcfportal.lib.natural_keys import NaturalKeyManager, depends_on
from bcfportal.lib.protection import frozen_once
from bcfportal.lib.provenance import Sourced
from bcfportal.lib.ratings import Rating
from projects.models import Project
from publishing.models.drafts import DraftSave, DraftSection
from publishing.models.events import Event, stays_with
from publishing.models.periods import ReportingPeriod

# What stands in addresses where a project's slug stands, for the return of a council.
VITAL_SIGNS = "vital-signs"


class ReturnManager(NaturalKeyManager):
    def natural_key_lookups(self, *values: object) -> dict[str, object]:
        council, project, period = values
        return {
            "period__council__slug": council,
            "project__slug": project,
            "period__key": period,
        }


class Return(Sourced):
    """What one project, or the council on its vital signs, reports in one period."""

    # The day on which its project ended: on a return that ``returns.due.with_end`` read only.
    ended_on: date | None

    class Status(models.TextChoices):
        NOT_STARTED = "not started", "Not started"
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        # Where the council asks for a second signature, and it is given.
        SIGNED = "signed", "Signed a second time"
        SENT_BACK = "sent back", "Sent back"
        APPROVED = "approved", "Approved"
        PUBLISHED = "published", "Published"
        # An officer said why; it is in the timeline.
        NOT_NEEDED = "not needed", "No return needed"

    class Forecast(models.TextChoices):
        """The rating expected at the end of the financial year."""

        GREEN = Rating.GREEN.value, Rating.GREEN.label
        AMBER = Rating.AMBER.value, Rating.AMBER.label
        RED = Rating.RED.value, Rating.RED.label

    project = models.ForeignKey(
        Project,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="returns",
        help_text="None for the return of the council's vital signs.",
    )
    period = models.ForeignKey(ReportingPeriod, models.CASCADE, related_name="returns")
    status = models.CharField(max_length=12, choices=Status, default=Status.NOT_STARTED)
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
    unchanged = models.BooleanField(
        default=False, help_text="Nothing has changed since last time and it is still right."
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = ReturnManager()

    class Meta:
        ordering = ["period", "project"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "period"],
                name="return_unique_in_project_and_period",
                nulls_distinct=False,
                violation_error_message="The project already has a return for that period.",
            ),
            models.CheckConstraint(
                condition=Q(changed_by__isnull=True) | Q(changed_at__isnull=False),
                name="return_changed_by_with_when",
                violation_error_message="Who changed a return goes with when.",
            ),
            models.CheckConstraint(
                # Spend to date can be below 0: an accrual of last year that is taken back.
                condition=Q(spend_forecast__isnull=True) | Q(spend_forecast__gte=0),
                name="return_forecast_not_negative",
                violation_error_message="The forecast of a year is 0 or more.",
            ),
        ]
        triggers = [
            frozen_once(
                "approved_return_is_kept",
                "publishing_return",
                "'approved', 'published'",
                "publishing_snapshot",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject}, {self.period.label}"

    @property
    def subject(self) -> str:
        """What it reports on, in words."""
        return str(self.project) if self.project_id else "Vital signs"

    @property
    def reports(self) -> bool:
        """Whether anything is reported in it: not of a project that is described only."""
        return not self.project or self.project.kind != Project.Kind.DESCRIBED

    @property
    def title(self) -> str:
        return self.project.title if self.project else "Vital signs"

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return self.project.slug if self.project else VITAL_SIGNS

    @property
    def record_name(self) -> str:
        """Its name among the returns of its council."""
        return f"{self.period.key}/{self.slug}"

    @property
    def section_names(self) -> "tuple[SectionName, ...]":
        """The sections that it has, in their order."""
        return PROJECT_SECTIONS if self.project_id else VITAL_SIGNS_SECTIONS

    @depends_on("projects.project", "publishing.reportingperiod")
    def natural_key(self) -> tuple[str, str | None, str]:
        project = self.project.slug if self.project else None
        return (self.period.council.slug, project, self.period.key)


class SectionName(models.TextChoices):
    MEASURES = "measures", "Measures"
    CARDS = "cards", "Report cards"
    SPEND = "spend", "Spend"
    PERFORMANCE = "performance", "Performance"
    RATING = "rating", "Rating"


PROJECT_SECTIONS = (
    SectionName.MEASURES,
    SectionName.SPEND,
    SectionName.PERFORMANCE,
    SectionName.RATING,
)
VITAL_SIGNS_SECTIONS = (SectionName.MEASURES, SectionName.CARDS)


class Section(DraftSection):
    """One section of a return as it was typed; see ``DraftSection``."""

    report = models.ForeignKey(Return, models.CASCADE, related_name="sections")
    name = models.CharField(max_length=12, choices=SectionName)
    asked = models.TextField(
        blank=True, help_text="What the officer asks for, where the section was sent back."
    )

    class Meta:
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "name"],
                name="section_unique_in_return",
                violation_error_message="The return already has that section.",
            ),
            models.CheckConstraint(
                condition=Q(saved_by__isnull=True, saved_at__isnull=True, version=0)
                | Q(saved_by__isnull=False, saved_at__isnull=False, version__gte=1),
                name="section_saved_by_with_when",
                violation_error_message="Who saved a section goes with when.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_name_display()}"


class SectionSave(DraftSave):
    """One save of a section of a return; see ``DraftSave``."""

    section = models.ForeignKey(Section, models.PROTECT, related_name="saves")


class ReturnEvent(Event):
    """One line of a return's timeline."""

    KIND = "return"

    report = models.ForeignKey(Return, models.PROTECT, related_name="events")
    asked = models.JSONField(default=dict, help_text="Notes by section, where it was sent back.")
    sheet = models.JSONField(null=True, help_text="What the return said when it was submitted.")

    class Meta:
        ordering = ["report", "at", "pk"]
        triggers = stays_with("return_event")

    def record_name(self) -> str:
        return self.report.record_name

    @property
    def notes(self) -> list[tuple[str, str]]:
        """(title of a section, what was asked of it), of those of which anything was asked."""
        titles = dict(SectionName.choices)
        return [(titles.get(name, name), note) for name, note in self.asked.items() if note]
