"""What was changed about a measure, by whom and why: targets, limits, definitions."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from bcfportal.lib.model_fields import PeriodKeyField
from bcfportal.lib.protection import Protect
from outcomes.models.defined import Defined
from outcomes.models.measures import Measure
from outcomes.models.targets import Target


class Reasoned(models.Model):
    """A change with who made it, when and why. Never altered."""

    why = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class TargetChange(Reasoned):
    """A target that was set or changed; what stood before is kept here."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="target_changes")
    period = PeriodKeyField()
    before_status = models.CharField(max_length=30, choices=Target.Status, blank=True)
    before = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    before_note = models.TextField(blank=True)
    after_status = models.CharField(max_length=30, choices=Target.Status)
    after = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    after_note = models.TextField(blank=True)

    class Meta:
        ordering = ["measure", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(why=""),
                name="target_change_has_a_reason",
                violation_error_message="Say why the target changes.",
            ),
        ]
        triggers = [Protect(name="target_change_stays", operation=pgtrigger.Update)]

    def __str__(self):
        return f"{self.measure} {self.period}"


class DefinitionChange(Defined, Reasoned):
    """A change of what a measure's figures are, from ``period`` on.

    The definition kept here is the one that held *before* that period, since the change before it.
    The newest definition is the measure's own, so it stands nowhere twice.
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="definition_changes")
    period = PeriodKeyField(help_text="The first period of the new definition.")

    class Meta:
        ordering = ["measure", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(why=""),
                name="definition_change_has_a_reason",
                violation_error_message="Say why the definition changes.",
            ),
        ]
        triggers = [Protect(name="definition_change_stays", operation=pgtrigger.Update)]

    def __str__(self):
        return f"{self.measure} from {self.period}"


class Break(Reasoned):
    """Where a series breaks: its definition changed, or its limits were recalculated.

    ``period`` is the first of the new part. Its words stand on every chart of the measure.
    """

    class Kind(models.TextChoices):
        REBASE = "rebase", "Limits recalculated"
        DEFINITION = "definition change", "Definition changed"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="breaks")
    period = PeriodKeyField()
    kind = models.CharField(max_length=20, choices=Kind)

    class Meta:
        ordering = ["measure", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "period", "kind"],
                name="break_unique_in_measure_and_period",
                violation_error_message="The series already has such a break in that period.",
            ),
            models.CheckConstraint(
                condition=~Q(why=""),
                name="break_has_a_reason",
                violation_error_message="Say why the series breaks here.",
            ),
        ]
        triggers = [Protect(name="break_stays", operation=pgtrigger.Update)]

    def __str__(self):
        return f"{self.measure} {self.period}: {self.get_kind_display()}"
