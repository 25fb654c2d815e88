"""A programme that joins health and social care: what it offers, and who decides what."""

from django.db import models
from django.db.models import F, Q

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.protection import tracked
from bcfportal.lib.provenance import Sourced
from partnerships.models.arrangements import OF_ARRANGEMENT, Arrangement, OfArrangement


@tracked()
class IntegrationProgramme(Sourced):
    """Where a programme is and whom it is for."""

    arrangement = models.OneToOneField(Arrangement, models.CASCADE, related_name="programme")
    planning_area = models.CharField(max_length=120, blank=True)
    districts = models.CharField(max_length=300, blank=True)
    partners = models.TextField(blank=True)
    care_areas = models.TextField(blank=True)
    in_scope = models.TextField(blank=True)
    out_of_scope = models.TextField(blank=True)
    basis_of = models.TextField(blank=True, help_text="What it is the basis of, if anything.")
    meeting = models.CharField(
        max_length=120,
        blank=True,
        help_text="Committee and meeting it was put to, as in their address: committee/meeting.",
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
class CommissioningModel(Sourced):
    """How the programme is to be commissioned, and the names its lead provider is given."""

    arrangement = models.OneToOneField(
        Arrangement, models.CASCADE, related_name="commissioning_model"
    )
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    lead_provider_names = models.TextField(
        blank=True, help_text="The names as printed, one a line: all of them are one provider."
    )
    lead_provider_duties = models.TextField(blank=True, help_text="One a line.")

    objects = ByNaturalKey(
        *("arrangement__council__slug", "arrangement__kind", "arrangement__slug")
    )

    class Meta:
        ordering = ["arrangement"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="commissioning_model_has_a_name",
                violation_error_message="Say what model it is.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @depends_on("partnerships.arrangement")
    def natural_key(self) -> tuple:
        return self.arrangement.natural_key()


@tracked()
class ServiceElement(OfArrangement):
    """A service that the programme offers, with the standard that it sets itself."""

    name = models.CharField(max_length=120)
    what_it_does = models.TextField()
    for_whom = models.CharField(max_length=300, blank=True)
    cover = models.CharField(max_length=200, blank=True, help_text="Where, and when.")
    standard = models.CharField(max_length=300, blank=True, help_text="As printed.")
    measure = models.CharField(
        max_length=120,
        blank=True,
        help_text="The measure whose target the standard is, such as measures/falls.",
    )
    state = models.CharField(max_length=120, blank=True, help_text="As printed.")

    objects = ByNaturalKey(*OF_ARRANGEMENT)

    class Meta(OfArrangement.Meta):
        constraints = [
            *OfArrangement.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(what_it_does=""),
                name="service_element_says_what_it_does",
                violation_error_message="Name the service, and say what it does.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class BlueprintActivity(OfArrangement):
    """Something that has to be done to bring the programme about."""

    title = models.CharField(max_length=200)

    objects = ByNaturalKey(*OF_ARRANGEMENT)

    class Meta(OfArrangement.Meta):
        constraints = [
            *OfArrangement.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(title=""),
                name="blueprint_activity_has_a_title",
                violation_error_message="Say what is done.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class IssueArea(OfArrangement):
    """Something that members have to weigh: what is at stake, and what they are asked."""

    title = models.CharField(max_length=120)
    at_stake = models.TextField(blank=True)
    options = models.TextField(blank=True, help_text="One a line.")
    asked = models.TextField(blank=True, help_text="What members are asked to weigh.")

    objects = ByNaturalKey(*OF_ARRANGEMENT)

    class Meta(OfArrangement.Meta):
        constraints = [
            *OfArrangement.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(title=""),
                name="issue_area_has_a_title",
                violation_error_message="Name the area.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class ProgrammeParagraph(OfArrangement):
    """A paragraph of the paper that says it, in its words. People are named by post."""

    heading = models.CharField(max_length=120, blank=True)
    text = models.TextField()

    objects = ByNaturalKey(*OF_ARRANGEMENT)

    class Meta(OfArrangement.Meta):
        constraints = [
            *OfArrangement.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(text=""),
                name="programme_paragraph_has_text",
                violation_error_message="Give the words of the paragraph.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paragraph} {self.text[:60]}".strip()


class Disposal(models.TextChoices):
    """What becomes of a function."""

    RETAIN = "retain", "Retain"
    DELEGATE = "delegate", "Delegate"
    SHARE = "share", "Share"
    UNDECIDED = "undecided", "Undecided"


@tracked()
class Function(OfArrangement):
    """Something that the council does now, with what its paper says should become of it."""

    name = models.CharField(max_length=250)
    holder = models.CharField(max_length=200, blank=True, help_text="Who holds it now.")
    position = models.TextField(blank=True, help_text="What the paper says of it.")
    recommended = models.CharField(
        max_length=10,
        choices=Disposal,
        default=Disposal.UNDECIDED,
        help_text="What the paper recommends. A recommendation decides nothing.",
    )
    condition = models.TextField(blank=True)
    advice_of = models.CharField(max_length=200, blank=True)

    objects = ByNaturalKey(*OF_ARRANGEMENT)

    class Meta(OfArrangement.Meta):
        constraints = [
            *OfArrangement.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(name=""),
                name="function_has_a_name",
                violation_error_message="Name the function.",
            ),
            models.CheckConstraint(
                condition=Q(recommended__in=["retain", "delegate", "share", "undecided"]),
                name="function_recommended_known",
                violation_error_message="Choose retain, delegate, share or undecided.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class FunctionDecision(Sourced):
    """What was decided on a function, when, by whom and why. A later one says which it replaces."""

    function = models.ForeignKey(Function, models.CASCADE, related_name="decisions")
    order = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=10, choices=Disposal)
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=200, help_text="The body or post, not a name.")
    reason = models.TextField()
    condition = models.TextField(blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    objects = ByNaturalKey(*(f"function__{name}" for name in OF_ARRANGEMENT), "order")

    class Meta:
        ordering = ["function", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["function", "order"],
                name="function_decision_order_unique",
                violation_error_message="Another decision has that place.",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(decided_by=""),
                name="function_decision_says_why_and_who",
                violation_error_message="Say who decided, and why.",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["retain", "delegate", "share", "undecided"]),
                name="function_decision_known",
                violation_error_message="Choose retain, delegate, share or undecided.",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
                name="function_decision_replaces_another",
                violation_error_message="A decision cannot replace itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.function}: {self.get_decision_display()}"

    @depends_on("partnerships.function")
    def natural_key(self) -> tuple:
        return (*self.function.natural_key(), self.order)
