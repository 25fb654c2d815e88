"""Savings: what is to be saved, by year, and the papers that reported them."""

from typing import Any

import pgtrigger
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.periods import financial_year_label
from bcfportal.lib.protection import Protect, never_emptied, tracked
from bcfportal.lib.provenance import Sourced
from bcfportal.lib.withdrawals import MayBeWithdrawn, Withdrawable
from projects.models import Council, Project
from publishing.models.versions import Version

YEAR: dict[str, Any] = {"validators": [MinValueValidator(2013), MaxValueValidator(2099)]}
PLACES_HELP = "Decimals that the source prints: 0 whole pounds, -3 thousands (£m with three)."


def money(**options):
    """A sum in pounds; empty where the source gives none."""
    return models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True, **options)


class Simplified(Func):
    """A text without its case, spaces and punctuation: what makes two titles the same."""

    function = "regexp_replace"
    arity = 4

    def __init__(self, text):
        super().__init__(
            Lower(text), Value("[^a-z0-9]+"), Value(""), Value("g"), output_field=models.TextField()
        )


@tracked()
class SavingsPaper(Sourced):
    """A paper that reported savings, posts, changes or options: what it is called and when."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="savings_papers")
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    meeting = models.CharField(max_length=200, blank=True, help_text="Whose meeting, and when.")
    dated = models.DateField(help_text="The day of the paper; the last of a month if no more.")
    as_at = models.DateField(help_text="The day that its figures stand for.")

    objects = ByNaturalKey("council__slug", "slug")

    class Meta:
        ordering = ["council", "dated", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "slug"],
                name="savings_paper_slug_unique_in_council",
                violation_error_message="This council already has a paper with that address.",
            ),
        ]

    def __str__(self):
        return self.title

    @depends_on("projects.council")
    def natural_key(self):
        return (self.council.slug, self.slug)


class SavingsEdition(MayBeWithdrawn, Version):
    """What a savings paper said when it was published."""

    KIND = "savings paper"
    RECORD: tuple[str, ...] = ("paper",)

    paper = models.ForeignKey(SavingsPaper, models.PROTECT, related_name="editions")

    objects = Withdrawable.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["paper", "number"]
        triggers = [
            never_emptied("savings_edition"),
            Protect(
                name="savings_edition_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
            ),
        ]

    def __str__(self):
        return f"{self.paper}, edition {self.number}"

    def record_name(self) -> str:
        return self.paper.slug


class Reported(Sourced):
    """A record that a paper reports; in no paper yet, it is a draft."""

    paper = models.ForeignKey(SavingsPaper, models.PROTECT, null=True, blank=True, related_name="+")

    # Each model of these has a council.
    council_id: int

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        for name in ("paper", "project", "saving", "team", "fund", "from_fund", "to_fund"):
            if (other := getattr(self, name, None)) and other.council_id != self.council_id:
                raise ValidationError({name: "Choose one of the same council."})


@tracked()
class Saving(Reported):
    """One thing that is to save money, with what is done for it and how sure it is."""

    class Kind(models.TextChoices):
        CASHABLE = "cashable", "Cashable"
        AVOIDED = "avoided", "Cost avoided"
        NOT_STATED = "not stated", "Not stated"

    class Evidence(models.TextChoices):
        PLANNED = "planned", "Planned"
        AT_RISK = "at risk", "At risk"
        DELIVERED = "delivered", "Delivered"
        VALIDATED = "validated", "Validated by finance"
        NOT_STATED = "not stated", "Not stated"

    council = models.ForeignKey(Council, models.PROTECT, related_name="savings")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=250)
    action = models.TextField(blank=True, help_text="What is done to make the saving.")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.NOT_STATED)
    evidence = models.CharField(max_length=10, choices=Evidence, default=Evidence.PLANNED)
    explanation = models.TextField(blank=True, help_text="Why it falls short of its target.")
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="savings"
    )
    order = models.PositiveSmallIntegerField(default=1, help_text="Place in the list, as printed.")

    objects = ByNaturalKey("council__slug", "slug")

    class Meta:
        ordering = ["council", "order", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "slug"],
                name="saving_slug_unique_in_council",
                violation_error_message="This council already has a saving with that address.",
            ),
            models.UniqueConstraint(
                F("council"),
                Simplified("title"),
                name="saving_title_unique_in_council",
                violation_error_message=(
                    "This council already has a saving with that title. A saving under two "
                    "references would be counted twice: add the reference to the one that is there."
                ),
            ),
        ]

    def __str__(self):
        return self.title

    @depends_on("projects.council", "projects.project", "finance.savingspaper")
    def natural_key(self):
        return (self.council.slug, self.slug)


@tracked()
class SavingReference(models.Model):
    """A reference that a saving goes by. One saving can have several; no two share one."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    saving = models.ForeignKey(Saving, models.CASCADE, related_name="references")
    reference = models.CharField(max_length=30)

    objects = ByNaturalKey("council__slug", "reference")

    class Meta:
        ordering = ["saving", "pk"]
        constraints = [
            models.UniqueConstraint(
                F("council"),
                Simplified("reference"),
                name="saving_reference_unique_in_council",
                violation_error_message="Another saving of this council has that reference.",
            ),
        ]

    def __str__(self):
        return self.reference

    @depends_on("projects.council", "finance.saving")
    def natural_key(self):
        return (self.council.slug, self.reference)


@tracked()
class SavingYear(Sourced):
    """Target, achieved and forecast of a saving in one financial year, in pounds."""

    saving = models.ForeignKey(Saving, models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField(
        **YEAR,
        null=True,
        blank=True,
        help_text="The year the financial year starts in; empty where the source states none.",
    )
    target = money()
    achieved = money()
    forecast = money(help_text="What is expected for the whole year.")
    over = money(
        help_text="By how much the target is passed (negative: missed), where only that is printed."
    )
    places = models.SmallIntegerField(default=0, help_text=PLACES_HELP)

    objects = ByNaturalKey("saving__council__slug", "saving__slug", "year")

    class Meta:
        ordering = ["saving", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["saving", "year"],
                nulls_distinct=False,
                name="saving_year_unique_in_saving",
                violation_error_message="The saving already has figures for that year.",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | Q(target__gte=0),
                name="saving_target_not_negative",
                violation_error_message="A target is 0 or more.",
            ),
            models.CheckConstraint(
                condition=Q(over__isnull=True) | Q(target__isnull=False),
                name="saving_over_needs_target",
                violation_error_message="More or less than a target needs the target.",
            ),
        ]

    def __str__(self):
        year = financial_year_label(self.year) if self.year else "no year stated"
        return f"{self.saving}, {year}"

    @depends_on("finance.saving")
    def natural_key(self):
        return (*self.saving.natural_key(), self.year)


@tracked()
class SavingsRule(models.Model):
    """A council's settings of the rule that rates savings, and what counts as soon for posts."""

    council = models.OneToOneField(Council, models.CASCADE, related_name="savings_rule")
    green_within = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="Per cent of the target that may be missing and still be green.",
    )
    amber_from = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=50,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="Per cent of the target: less than this is red.",
    )
    posts_end_soon_months = models.PositiveSmallIntegerField(
        default=6, help_text="A post that ends within as many months ends soon."
    )

    objects = ByNaturalKey("council__slug")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(green_within__gte=0, amber_from__gte=0)
                & Q(green_within__lte=100 - F("amber_from")),
                name="savings_rule_thresholds_in_order",
                violation_error_message=(
                    "Amber begins at or below what is still green: the two add up to at most 100."
                ),
            ),
        ]

    def __str__(self):
        return f"How {self.council} rates savings"

    @depends_on("projects.council")
    def natural_key(self):
        return (self.council.slug,)
