"""A pool of money: what partners put in, what it has to pay for, and who bears what."""

from django.db import models
from django.db.models import Q

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.protection import tracked
from bcfportal.lib.provenance import Sourced
from partnerships.models.arrangements import OF_ARRANGEMENT, Arrangement, OfArrangement
from stated.rules import Qualifier

QUALIFIERS = [(word.value, word.value.capitalize()) for word in Qualifier]
_KNOWN = Q(qualifier__in=[word.value for word in Qualifier])


class Basis(models.TextChoices):
    NONE = "", "Not said"
    GROSS = "gross", "Gross"
    NET = "net", "Net"


def _pounds(help_text: str) -> models.DecimalField:
    return models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, help_text=help_text
    )


@tracked()
class Pool(Sourced):
    """How a pool is held: by which law, by whom, at which level, and how far it is."""

    class Level(models.TextChoices):
        NOT_SAID = "", "Not said"
        COMMISSIONING = "commissioning", "Pooled at commissioning level"
        PROVIDER = "provider", "Separate but related contracts at provider level"
        ALIGNED = "aligned", "Aligned, not pooled"

    class State(models.TextChoices):
        NOT_SAID = "", "Not said"
        DISCUSSED = "discussed", "Under discussion"
        PROPOSED = "proposed", "Proposed"
        AGREED = "agreed", "Agreed"
        RUNNING = "running", "Running"

    arrangement = models.OneToOneField(Arrangement, models.CASCADE, related_name="pool")
    legal_basis = models.CharField(max_length=200, blank=True)
    host = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=15, choices=Level, blank=True)
    state = models.CharField(max_length=10, choices=State, blank=True)
    money_note = models.TextField(
        blank=True, help_text="Why there are no amounts, where there are none."
    )
    programme = models.CharField(
        max_length=60, blank=True, help_text="The programme it belongs to, as in its address."
    )

    objects = ByNaturalKey(
        *("arrangement__council__slug", "arrangement__kind", "arrangement__slug")
    )

    class Meta:
        ordering = ["arrangement"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=["", "commissioning", "provider", "aligned"]),
                name="pool_level_known",
                violation_error_message="Choose one of the levels.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["", "discussed", "proposed", "agreed", "running"]),
                name="pool_state_known",
                violation_error_message="Choose how far it is.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.arrangement)

    @depends_on("partnerships.arrangement")
    def natural_key(self) -> tuple:
        return self.arrangement.natural_key()


class YearlyAmount(OfArrangement):
    """An amount of money of a year, with the word before it where it is not exact."""

    year = models.PositiveSmallIntegerField(help_text="The financial year's first year.")
    basis = models.CharField(max_length=5, choices=Basis, blank=True)
    qualifier = models.CharField(max_length=10, choices=QUALIFIERS, default="exact")
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta(OfArrangement.Meta):
        abstract = True
        constraints = [
            *OfArrangement.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="%(class)s_not_negative",
                violation_error_message="An amount is not negative.",
            ),
            models.CheckConstraint(
                condition=Q(basis__in=["", "gross", "net"]) & _KNOWN,
                name="%(class)s_basis_and_word_known",
                violation_error_message="An amount is gross, net or neither, and has a known word.",
            ),
        ]


@tracked()
class PoolContribution(YearlyAmount):
    """What a partner puts into a pool in a year, and out of which fund."""

    partner = models.CharField(max_length=200)
    fund = models.CharField(max_length=200, blank=True)

    objects = ByNaturalKey(*OF_ARRANGEMENT)

    class Meta(YearlyAmount.Meta):
        constraints = [
            *YearlyAmount.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(partner=""),
                name="pool_contribution_has_a_partner",
                violation_error_message="Say whose contribution it is.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}, {self.year}"


@tracked()
class CapitatedBudget(YearlyAmount):
    """The whole of a pool in a year; capitated where it is for all the needs of a population."""

    population = models.PositiveIntegerField(
        null=True, blank=True, help_text="People in scope, where it is for all their needs."
    )
    savings = _pounds("Savings and efficiencies that it has to make.")
    savings_made = _pounds("Of them, made.")
    pressures = _pounds("Pressures of demand and cost that partners have agreed to meet.")
    committed = _pounds("What is committed.")
    forecast = _pounds("What is expected to be spent in the year.")
    actual = _pounds("What was spent.")

    objects = ByNaturalKey(*OF_ARRANGEMENT)

    class Meta(YearlyAmount.Meta):
        constraints = [
            *YearlyAmount.Meta.constraints,
            models.CheckConstraint(
                condition=Q(population__isnull=True) | Q(population__gte=1),
                name="capitated_budget_population_from_one",
                violation_error_message="A population has people.",
            ),
            models.UniqueConstraint(
                fields=["arrangement", "year", "basis"],
                name="capitated_budget_once_a_year",
                violation_error_message="The pool already has a budget of that year and basis.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.arrangement}, {self.year}"


@tracked()
class RiskShare(OfArrangement):
    """Who bears how much of what goes otherwise than the budget."""

    class Event(models.TextChoices):
        OVER_COMMITMENT = "over commitment", "Over commitment"
        OVERSPEND = "overspend", "Overspend"
        UNDER_DELIVERY = "under delivery", "Under delivery"
        UNDERSPEND = "underspend", "Underspend"

    event = models.CharField(max_length=15, choices=Event)
    partner = models.CharField(max_length=200)
    share = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True, help_text="In %."
    )
    terms = models.TextField(blank=True)

    objects = ByNaturalKey(*OF_ARRANGEMENT)

    class Meta(OfArrangement.Meta):
        constraints = [
            *OfArrangement.Meta.constraints,
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gte=0, share__lte=100),
                name="risk_share_within_all",
                violation_error_message="A share is between 0 and 100 %.",
            ),
            models.CheckConstraint(
                condition=~Q(partner="")
                & Q(
                    event__in=["over commitment", "overspend", "under delivery", "underspend"],
                ),
                name="risk_share_of_whom_and_what",
                violation_error_message="Say who bears what.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.get_event_display()}"
