"""What a council arranges with its partners: a programme, a pool of money, joint outcomes."""

from django.db import models
from django.db.models import Q

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.protection import tracked
from bcfportal.lib.provenance import Sourced
from bcfportal.lib.withdrawals import MayBeWithdrawn, Withdrawable
from projects.models import Council
from publishing.models.events import Event, stays_with
from publishing.models.versions import Version


@tracked()
class Arrangement(Sourced):
    """One of them, with what it is for. All else of it is in the records that point at it."""

    class Kind(models.TextChoices):
        PROGRAMME = "programme", "Integration programme"
        POOL = "pool", "Pooled budget"
        OUTCOMES = "outcomes", "Joint outcomes framework"

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        APPROVED = "approved", "Approved"
        PUBLISHED = "published", "Published"

    council = models.ForeignKey(Council, models.PROTECT, related_name="arrangements")
    kind = models.CharField(max_length=10, choices=Kind)
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    purpose = models.TextField(blank=True, help_text="What it is for.")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)

    objects = ByNaturalKey("council__slug", "kind", "slug")

    class Meta:
        ordering = ["council", "kind", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "kind", "slug"],
                name="arrangement_slug_unique_in_kind",
                violation_error_message="The council already has one with that address.",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(slug=""),
                name="arrangement_has_a_title",
                violation_error_message="Give it a title.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["programme", "pool", "outcomes"]),
                name="arrangement_kind_known",
                violation_error_message="Choose a programme, a pool or joint outcomes.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "submitted", "approved", "published"]),
                name="arrangement_status_known",
                violation_error_message="That is no state of it.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @depends_on("projects.council")
    def natural_key(self) -> tuple:
        return (self.council.slug, self.kind, self.slug)

    @property
    def record_name(self) -> str:
        """Its name in its council, which no other has."""
        return f"{self.kind}/{self.slug}"


class OfArrangement(Sourced):
    """Something of an arrangement, in its place there, with the paragraph that says it."""

    arrangement = models.ForeignKey(Arrangement, models.CASCADE, related_name="%(class)ss")
    order = models.PositiveSmallIntegerField()
    paragraph = models.CharField(max_length=40, blank=True, help_text="As printed: 7, 8.")

    class Meta:
        abstract = True
        ordering = ["arrangement", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["arrangement", "order"],
                name="%(class)s_order_unique",
                violation_error_message="Another has that place.",
            ),
        ]

    @depends_on("partnerships.arrangement")
    def natural_key(self) -> tuple:
        return (*self.arrangement.natural_key(), self.order)


OF_ARRANGEMENT = (
    *("arrangement__council__slug", "arrangement__kind", "arrangement__slug"),
    "order",
)


class ArrangementStep(Event):
    """One line of an arrangement's timeline."""

    KIND = "arrangement"

    arrangement = models.ForeignKey(Arrangement, models.PROTECT, related_name="timeline")

    class Meta:
        ordering = ["arrangement", "at", "pk"]
        triggers = stays_with("arrangement_step")

    def record_name(self) -> str:
        return self.arrangement.record_name


class ArrangementVersion(MayBeWithdrawn, Version):
    """What an arrangement said when it was approved."""

    KIND = "arrangement"
    RECORD: tuple[str, ...] = ("arrangement",)

    arrangement = models.ForeignKey(Arrangement, models.PROTECT, related_name="versions")
    why = models.TextField(blank=True, help_text="Why the version before it was changed.")

    objects = Withdrawable.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["arrangement", "number"]
        triggers = stays_with("arrangement_version")

    def __str__(self) -> str:
        return f"{self.arrangement}, version {self.number}"

    def record_name(self) -> str:
        return self.arrangement.record_name
