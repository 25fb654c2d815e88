"""Projects and the funding streams that pay for them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.protection import tracked
from bcfportal.lib.provenance import Sourced
from projects.models.councils import Council, Fund, GrantCondition, Provider
from projects.models.names import Name, Named, NamedManager


class ProjectQuerySet(models.QuerySet):
    def live(self):
        """Projects that report: those that have not been closed."""
        return self.filter(status=Project.Status.LIVE)


@tracked()
class Project(Named, Sourced):
    """One funded project, with its words as the report prints them."""

    RENAMINGS = "changes"

    class Status(models.TextChoices):
        LIVE = "live", "Live"
        CLOSED = "closed", "Closed"

    class Kind(models.TextChoices):
        REPORTED = "reported", "Project on a page"
        DESCRIBED = "described", "Described only"

    council = models.ForeignKey(Council, models.CASCADE, related_name="projects")
    grant_condition = models.ForeignKey(GrantCondition, models.PROTECT, related_name="projects")
    slug = models.SlugField(max_length=60)
    status = models.CharField(max_length=10, choices=Status, default=Status.LIVE)
    kind = models.CharField(
        max_length=10,
        choices=Kind,
        default=Kind.REPORTED,
        help_text="Some entries are described only: money and purpose, no measures.",
    )
    order = models.PositiveSmallIntegerField(help_text="Place within the condition, as printed.")
    title = models.CharField(max_length=200, help_text="As headed on the project's own page.")
    short_title = models.CharField(max_length=120, help_text="As in the summary overview.")
    contents_entry = models.CharField(
        max_length=200, blank=True, help_text="The line in the report's contents list."
    )
    contents_page = models.PositiveSmallIntegerField(null=True, blank=True)
    description = models.TextField(blank=True)
    rationale = models.TextField(blank=True)
    method = models.TextField(blank=True)
    measures_introduction = models.TextField(
        blank=True, help_text="What is printed under Outcome Measures before or in place of them."
    )
    summary_description = models.TextField(blank=True)
    summary_method = models.TextField(blank=True)
    summary_total_as_printed = models.CharField(
        max_length=30, blank=True, help_text="The £ total in the summary overview, such as 1.9M."
    )
    summary_total_note = models.CharField(
        max_length=120, blank=True, help_text="What is printed beside it: 17% of the service."
    )
    providers = models.ManyToManyField(Provider, blank=True, related_name="projects")

    objects = NamedManager.from_queryset(ProjectQuerySet)("council__slug", "slug")

    class Meta:
        ordering = ["council", "grant_condition__number", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "slug"],
                name="project_slug_unique_in_council",
                violation_error_message="This council already has a project with that slug.",
            ),
            models.UniqueConstraint(
                fields=["grant_condition", "order"],
                name="project_order_unique_in_condition",
                violation_error_message="Another project has that place in the condition.",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self):
        return self.today.short

    @property
    def typed_name(self) -> Name:
        return Name(self.title, self.short_title)

    @property
    def renamings(self) -> list[Any]:
        return [change for change in self.changes_known() if change.kind == change.Kind.RENAMED]

    @property
    def is_live(self) -> bool:
        """Whether it runs, by what was typed last: that may hold from a later day only."""
        return self.status == self.Status.LIVE

    @depends_on("projects.council", "projects.grantcondition", "projects.provider")
    def natural_key(self):
        return (self.council.slug, self.slug)

    def clean(self):
        if self.grant_condition.council_id != self.council_id:
            raise ValidationError(
                {"grant_condition": "Choose a grant condition of the project's own council."}
            )


class FundingStream(Sourced):
    """The money of one fund in one project; it can have a title and words of its own."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="streams")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="streams")
    order = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(
        max_length=200, blank=True, help_text="Where the stream is printed under its own heading."
    )
    description = models.TextField(blank=True)
    share_percent = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Per cent of the whole service that this fund pays for.",
    )
    share_note = models.CharField(
        max_length=200, blank=True, help_text="The contribution note as printed."
    )

    objects = ByNaturalKey("project__council__slug", "project__slug", "fund__slug")

    class Meta:
        ordering = ["project", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "fund"],
                name="stream_fund_unique_in_project",
                violation_error_message="The project already has a stream of that fund.",
            ),
            models.CheckConstraint(
                condition=Q(share_percent__isnull=True)
                | Q(share_percent__gt=0, share_percent__lte=100),
                name="stream_share_over_0_to_100",
                violation_error_message="A share is more than 0 and at most 100 per cent.",
            ),
        ]

    def __str__(self):
        return f"{self.project}: {self.title or self.fund}"

    @depends_on("projects.project", "projects.fund")
    def natural_key(self):
        return (self.project.council.slug, self.project.slug, self.fund.slug)
