"""Temporary posts, and teams whose cost is known only as a whole."""

from django.db import models
from django.db.models import F, Q

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.protection import tracked
from finance.models.savings import Reported, money
from projects.models import Council, Fund, Project


class Funded(Reported):
    """Something that a fund pays for, or a source that is not one of the council's funds."""

    fund = models.ForeignKey(Fund, models.PROTECT, null=True, blank=True, related_name="+")
    funding = models.CharField(
        max_length=200, blank=True, help_text="Who pays, as printed; also where it is no fund."
    )
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True


@tracked()
class PostTeam(Funded):
    """A team of temporary posts whose cost is printed for the whole team."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="post_teams")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    cost = money(help_text="Pounds a year for all its posts.")

    objects = ByNaturalKey("council__slug", "slug")

    class Meta:
        ordering = ["council", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "slug"],
                name="post_team_slug_unique_in_council",
                violation_error_message="This council already has a team with that address.",
            ),
        ]

    def __str__(self):
        return self.title

    @depends_on("projects.council", "projects.fund", "finance.savingspaper")
    def natural_key(self):
        return (self.council.slug, self.slug)


@tracked()
class TemporaryPost(Funded):
    """A post for a time: grade, full-time equivalent, cost, from when to when, who pays."""

    class Status(models.TextChoices):
        RECOMMENDED = "recommended", "Recommended for approval"
        ESTABLISHED = "established", "Established"
        DISESTABLISHING = "disestablishing", "Recommended to be disestablished"
        ENDED = "ended", "Ended"

    class Basis(models.TextChoices):
        PER_YEAR = "a year", "A year"
        WHOLE = "for its whole time", "For its whole time"

    council = models.ForeignKey(Council, models.PROTECT, related_name="temporary_posts")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    team = models.ForeignKey(PostTeam, models.PROTECT, null=True, blank=True, related_name="posts")
    grade = models.CharField(max_length=40, blank=True)
    fte = models.DecimalField(
        "FTE", max_digits=5, decimal_places=2, null=True, blank=True, help_text="Such as 1 or 0.5."
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.RECOMMENDED)
    cost = money(help_text="Pounds, with on-costs; empty where none is printed for the post.")
    basis = models.CharField(max_length=20, choices=Basis, blank=True)
    starts = models.DateField(null=True, blank=True, help_text="Empty where it is not printed.")
    ends = models.DateField(null=True, blank=True)
    dates = models.CharField("dates as printed", max_length=120, blank=True)
    purpose = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=1)

    objects = ByNaturalKey("council__slug", "slug")

    class Meta:
        ordering = ["council", "ends", "order", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "slug"],
                name="post_slug_unique_in_council",
                violation_error_message="This council already has a post with that address.",
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="post_ends_after_it_starts",
                violation_error_message="A post ends on or after the day it starts.",
            ),
            models.CheckConstraint(
                condition=Q(cost__isnull=True, basis="")
                | (Q(cost__isnull=False, cost__gte=0) & ~Q(basis="")),
                name="post_cost_says_for_how_long",
                violation_error_message="A cost says whether it is a year's or the whole time's.",
            ),
            models.CheckConstraint(
                condition=Q(fte__isnull=True) | Q(fte__gt=0),
                name="post_fte_more_than_none",
                violation_error_message="The full-time equivalent of a post is more than 0.",
            ),
        ]

    def __str__(self):
        return self.title

    @depends_on(
        *("projects.council", "projects.fund", "projects.project"),
        *("finance.savingspaper", "finance.postteam"),
    )
    def natural_key(self):
        return (self.council.slug, self.slug)
