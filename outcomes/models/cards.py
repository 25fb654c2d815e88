"""Report cards: what is said of a measure in a period, and what is to be done."""

from django.db import models
from django.db.models import Q

from bcfportal.lib.model_fields import PeriodKeyField
from bcfportal.lib.natural_keys import depends_on
from bcfportal.lib.protection import tracked
from bcfportal.lib.provenance import Sourced
from outcomes.models.measures import ByMeasure, Measure


@tracked()
class ReportCard(Sourced):
    """The words on a measure in a period, a line for each point, and a person's two flags.

    That a measure is adverse to the budget or to a corporate risk is a person's judgement, with
    a reason; what is off target or deteriorating the rules say.
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="cards")
    period = PeriodKeyField()
    explains = models.TextField(blank=True, help_text="What explains performance.")
    success = models.TextField(blank=True, help_text="What success will look like.")
    by_exception = models.BooleanField(
        default=False, help_text="The published paper reported it by exception."
    )
    exception_words = models.CharField(
        max_length=200, blank=True, help_text="Why, as the paper says it."
    )
    budget_reason = models.TextField(
        blank=True, help_text="How it keeps the council from meeting its budget; else empty."
    )
    risk_reason = models.TextField(
        blank=True, help_text="Which corporate risk it affects and how; else empty."
    )

    objects = ByMeasure("period")

    class Meta:
        ordering = ["measure", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "period"],
                name="card_unique_in_measure_and_period",
                violation_error_message="The measure already has a card for that period.",
            ),
        ]

    def __str__(self):
        return f"{self.measure} {self.period}"

    @depends_on("outcomes.measure")
    def natural_key(self):
        return (*self.measure.natural_key(), self.period)


class CardAction(models.Model):
    """Something to be done about a measure, by whom and by when."""

    card = models.ForeignKey(ReportCard, models.CASCADE, related_name="actions")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    owner = models.CharField(max_length=120, blank=True, help_text="By post.")
    due = models.DateField(null=True, blank=True)

    objects = ByMeasure("card__period", "order", through="card__measure__")

    class Meta:
        ordering = ["card", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "order"],
                name="card_action_order_unique",
                violation_error_message="Another action has that place on the card.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="card_action_has_text",
                violation_error_message="Enter what is to be done.",
            ),
        ]

    def __str__(self):
        return self.text[:60]

    @depends_on("outcomes.reportcard")
    def natural_key(self):
        return (*self.card.natural_key(), self.order)
