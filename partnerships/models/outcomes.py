"""Outcomes that partners want together: how much each matters, and which pull apart."""

from django.db import models
from django.db.models import Q

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.protection import tracked
from bcfportal.lib.provenance import Sourced
from partnerships.models.arrangements import OF_ARRANGEMENT, Arrangement, OfArrangement


@tracked()
class OutcomesFramework(Sourced):
    """The frame of joint outcomes: the paper that has it, how far it is, and what is not there."""

    arrangement = models.OneToOneField(Arrangement, models.CASCADE, related_name="framework")
    paper = models.CharField(max_length=250, blank=True)
    state = models.CharField(max_length=200, blank=True, help_text="As printed, or in words.")
    not_held = models.TextField(blank=True, help_text="Why it has no outcomes, where it has none.")
    programme = models.CharField(
        max_length=60, blank=True, help_text="The programme it belongs to, as in its address."
    )

    objects = ByNaturalKey(
        *("arrangement__council__slug", "arrangement__kind", "arrangement__slug")
    )

    class Meta:
        ordering = ["arrangement"]

    def __str__(self) -> str:
        return str(self.arrangement)

    @depends_on("partnerships.arrangement")
    def natural_key(self) -> tuple:
        return self.arrangement.natural_key()


@tracked()
class JointOutcome(OfArrangement):
    """What partners want for people, how much it weighs, and by when how much of it."""

    domain = models.CharField(max_length=150, blank=True)
    statement = models.TextField()
    weight = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True, help_text="In %; all make 100."
    )
    priority = models.CharField(max_length=120, blank=True)
    target = models.CharField(max_length=300, blank=True, help_text="In words.")

    objects = ByNaturalKey(*OF_ARRANGEMENT)

    class Meta(OfArrangement.Meta):
        constraints = [
            *OfArrangement.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(statement=""),
                name="joint_outcome_has_a_statement",
                violation_error_message="Say what is wanted.",
            ),
            models.CheckConstraint(
                condition=Q(weight__isnull=True) | Q(weight__gte=0, weight__lte=100),
                name="joint_outcome_weight_within_all",
                violation_error_message="A weight is between 0 and 100 %.",
            ),
        ]

    def __str__(self) -> str:
        return self.statement


@tracked()
class OutcomeMeasure(Sourced):
    """A measure by which an outcome is known, by the name that the measure has in the portal."""

    outcome = models.ForeignKey(JointOutcome, models.CASCADE, related_name="measures")
    name = models.CharField(max_length=120, help_text="Such as measures/falls.")

    objects = ByNaturalKey(*(f"outcome__{name}" for name in OF_ARRANGEMENT), "name")

    class Meta:
        ordering = ["outcome", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["outcome", "name"],
                name="outcome_measure_once",
                violation_error_message="The outcome already has that measure.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="outcome_measure_has_a_name",
                violation_error_message="Choose the measure.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @depends_on("partnerships.jointoutcome")
    def natural_key(self) -> tuple:
        return (*self.outcome.natural_key(), self.name)


@tracked()
class OutcomeTension(OfArrangement):
    """Two things that are both wanted, where more of one may be less of the other."""

    first = models.CharField(max_length=250)
    other = models.CharField(max_length=250)

    objects = ByNaturalKey(*OF_ARRANGEMENT)

    class Meta(OfArrangement.Meta):
        constraints = [
            *OfArrangement.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(first="") & ~Q(other=""),
                name="outcome_tension_of_two",
                violation_error_message="Say both.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.other}"
