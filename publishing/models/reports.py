"""Reports: what is reported in a period, section by section, and its timeline.

A subject's report extends the one here, as its versions and events do: a project's return, and a
month of a council's measures. What they share points at this table.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet

from accounts.roles import Permission
from bcfportal.lib.extending import insert_extending
from bcfportal.lib.natural_keys import NaturalKeyManager
from bcfportal.lib.protection import ReadOnly, frozen_once
from bcfportal.lib.provenance import Sourced
from projects.access import Access
from publishing.models.drafts import DraftSave, DraftSection
from publishing.models.events import Event, stays_with
from publishing.models.periods import ReportingPeriod

R = TypeVar("R", bound="Report")


class SectionName(models.TextChoices):
    MEASURES = "measures", "Measures"
    CARDS = "cards", "Report cards"
    SPEND = "spend", "Spend"
    PERFORMANCE = "performance", "Performance"
    RATING = "rating", "Rating"


class ReportManager(NaturalKeyManager[R]):
    """A manager of a subject's reports."""

    def bulk_create(self, objs: Iterable[R], **options: Any) -> list[R]:  # type: ignore[override]
        """Writes new reports; Django has no such thing for rows that extend others."""
        rows = list(objs)
        for row in rows:
            row.slug = row.slug or row.subject_slug
        return insert_extending(Report, rows)


class Report(Sourced):
    """What one subject reports in one period: how far it is, and who moved it on."""

    # What is fetched with a row to name its subject, and what is known of the subject's names:
    # see ``with_subjects``.
    RECORD: ClassVar[tuple[str, ...]] = ()
    NAMED_BY: ClassVar[tuple[str, ...]] = ()
    # The order of the reports of a period, as the public reads them.
    IN_ORDER: ClassVar[tuple[str, ...]] = ("pk",)

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

    period = models.ForeignKey(ReportingPeriod, models.CASCADE, related_name="reports")
    slug = models.SlugField(
        max_length=60, db_index=False, help_text="Its name in addresses: its subject's."
    )
    status = models.CharField(max_length=12, choices=Status, default=Status.NOT_STARTED)
    unchanged = models.BooleanField(
        default=False, help_text="Nothing has changed since last time and it is still right."
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["period", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "slug"],
                name="report_unique_in_period",
                violation_error_message="The period already has a report of that name.",
            ),
            models.CheckConstraint(
                condition=Q(changed_by__isnull=True) | Q(changed_at__isnull=False),
                name="report_changed_by_with_when",
                violation_error_message="Who changed a report goes with when.",
            ),
        ]
        triggers = [
            frozen_once(
                "approved_report_is_kept",
                "publishing_report",
                "'approved', 'published'",
                "publishing_snapshot",
            ),
            ReadOnly(name="report_keeps_its_name", fields=["slug"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject}, {self.period.label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or self.subject_slug
        super().save(*args, **kwargs)

    @property
    def itself(self) -> Any:
        """The row that extends this one: a subject's report says more than is common to all."""
        if type(self) is not Report:
            return self
        links = (relation.field for relation in Report._meta.related_objects)
        names = (link.related_query_name() for link in links if link.primary_key)
        return next(getattr(self, name) for name in names if hasattr(self, name))

    @property
    def subject(self) -> str:
        """What it reports on, as it is called today."""
        return self.itself.subject

    @property
    def subject_slug(self) -> str:
        """Its subject's name in addresses."""
        return self.itself.subject_slug

    @property
    def title(self) -> str:
        return self.subject

    @property
    def later(self) -> list[str]:
        """What changes about its subject from a later day on, each in a sentence."""
        return []

    @property
    def reports(self) -> bool:
        """Whether anything is reported in it."""
        return True

    @property
    def section_names(self) -> tuple[SectionName, ...]:
        """The sections that it has, in their order."""
        return self.itself.section_names

    @property
    def record_name(self) -> str:
        """Its name among the reports of its council."""
        return f"{self.period.key}/{self.slug}"

    def may_be_written_by(self, access: Access) -> bool:
        """Whether the person may write it, in whatever state."""
        return self.itself.may_be_written_by(access)

    def written_by(self, today: date) -> date:
        """The day by which its words were written: its report's once it is approved."""
        done = self.status in (self.Status.APPROVED, self.Status.PUBLISHED)
        return min(today, self.period.as_at) if done else today

    def may_be_read_by(self, access: Access) -> bool:
        """Whether the person may read it before it is approved."""
        return access.may(Permission.SEE_RETURNS) or self.may_be_written_by(access)


def with_subjects(reports: QuerySet[R]) -> QuerySet[R]:
    """The reports with what names them, however many there are."""
    return reports.select_related(*reports.model.RECORD).prefetch_related(*reports.model.NAMED_BY)


class Section(DraftSection):
    """One section of a report as it was typed; see ``DraftSection``."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections")
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
    """One save of a section of a report; see ``DraftSave``."""

    section = models.ForeignKey(Section, models.PROTECT, related_name="saves")


class ReturnEvent(Event):
    """One line of a report's timeline."""

    KIND = "return"

    report = models.ForeignKey(Report, models.PROTECT, related_name="events")
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
