"""What was put to a meeting and said there: recommendations, questions, appointments, minutes."""

from django.db import models
from django.db.models import Q

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.protection import tracked
from bcfportal.lib.provenance import Sourced
from meetings.models.meetings import AgendaItem

OF_ITEM = (
    "item__meeting__committee__council__slug",
    "item__meeting__committee__slug",
    "item__meeting__slug",
    "item__number",
)


class OfItem(Sourced):
    """Something of an agenda item, in its place there."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="%(class)ss")
    order = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        ordering = ["item", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "order"],
                name="%(class)s_order_unique_in_item",
                violation_error_message="Another of the item has that place.",
            ),
        ]

    @depends_on("meetings.agendaitem")
    def natural_key(self) -> tuple:
        return (*self.item.natural_key(), self.order)


@tracked()
class Minute(OfItem):
    """A paragraph of the minutes, with the number that it prints. People are named by post."""

    number = models.CharField(max_length=10, blank=True, help_text="As printed.")
    text = models.TextField()

    objects = ByNaturalKey(*OF_ITEM, "order")

    class Meta(OfItem.Meta):
        constraints = [
            *OfItem.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(text=""),
                name="minute_has_text",
                violation_error_message="Say what the minutes say.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text[:60]}".strip()


@tracked()
class Recommendation(OfItem):
    """What a paper or an item asks the committee to do."""

    number = models.CharField(max_length=10, blank=True, help_text="Its number or letter.")
    text = models.TextField()

    objects = ByNaturalKey(*OF_ITEM, "order")

    class Meta(OfItem.Meta):
        constraints = [
            *OfItem.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(text=""),
                name="recommendation_has_text",
                violation_error_message="Say what is recommended.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text[:60]}".strip()


@tracked()
class Question(OfItem):
    """A question put to the committee, by the role or body of who asked, with what was answered."""

    number = models.CharField(max_length=10, blank=True)
    asked_by = models.CharField(max_length=200, help_text="A role or a body, not a name.")
    text = models.TextField()
    answered_by = models.CharField(max_length=120, blank=True, help_text="The post.")
    answer = models.TextField(blank=True)
    supplementary = models.TextField(blank=True)
    supplementary_answered_by = models.CharField(max_length=120, blank=True)
    supplementary_answer = models.TextField(blank=True)

    objects = ByNaturalKey(*OF_ITEM, "order")

    class Meta(OfItem.Meta):
        constraints = [
            *OfItem.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(asked_by=""),
                name="question_has_text_and_who_asked",
                violation_error_message="Say who asked, by role or body, and what.",
            ),
            models.CheckConstraint(
                condition=~Q(supplementary="") | Q(supplementary_answer=""),
                name="question_supplementary_before_its_answer",
                violation_error_message="Enter the supplementary question that was answered.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_by}: {self.text[:60]}"


@tracked()
class MemberUpdate(OfItem):
    """What a member told the committee of a body that they sit on."""

    number = models.CharField(max_length=10, blank=True, help_text="The paragraph of the minutes.")
    role = models.CharField(max_length=120, help_text="The role, not a person's name.")
    body = models.CharField(max_length=200, blank=True, help_text="Of which body, where it says.")
    text = models.TextField()

    objects = ByNaturalKey(*OF_ITEM, "order")

    class Meta(OfItem.Meta):
        constraints = [
            *OfItem.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(role=""),
                name="member_update_has_text_and_role",
                violation_error_message="Say whose update it is, by role, and what it was.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.text[:60]}"


@tracked()
class Appointment(OfItem):
    """A body that the committee appoints to, with its places and by which role each is held."""

    class Kind(models.TextChoices):
        BOARD = "board", "Board, panel or steering group"
        OUTSIDE = "outside body", "Outside body"
        CHAMPION = "champion", "Member champion"

    body = models.CharField(max_length=200)
    kind = models.CharField(max_length=15, choices=Kind)
    places = models.PositiveSmallIntegerField(default=1)
    held_by = models.CharField(max_length=200, blank=True, help_text="The roles, not names.")
    shown_for = models.CharField(max_length=20, blank=True, help_text="Of which year it is.")
    text = models.TextField(blank=True, help_text="What is said of the body.")

    objects = ByNaturalKey(*OF_ITEM, "order")

    class Meta(OfItem.Meta):
        constraints = [
            *OfItem.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(body="") & Q(places__gte=1),
                name="appointment_has_body_and_places",
                violation_error_message="Name the body, and say how many places it has.",
            ),
        ]

    def __str__(self) -> str:
        return self.body
