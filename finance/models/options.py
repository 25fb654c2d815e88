"""Options for change: what a service puts forward to save, before it is agreed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.periods import financial_year_label
from bcfportal.lib.protection import tracked
from finance.models.savings import YEAR, Reported, Saving, money
from projects.models import Council, Project
from publishing.models.events import Event, stays_with


@tracked()
class OptionForChange(Reported):
    """One option with its words, as the form of the council asks for them."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUT_FORWARD = "put forward", "Put forward"
        AGREED = "agreed", "Agreed"
        REFUSED = "refused", "Refused"

    council = models.ForeignKey(Council, models.PROTECT, related_name="options")
    slug = models.SlugField(max_length=80)
    reference = models.CharField(max_length=30, blank=True)
    title = models.CharField(max_length=200)
    service_area = models.CharField(max_length=200, blank=True)
    proposal = models.TextField("what is proposed and how")
    reasons = models.TextField("why it is put forward")
    impact_on_people = models.TextField("impact on service users and communities", blank=True)
    impact_on_partners = models.TextField("impact on other organisations and partners", blank=True)
    impact_on_council = models.TextField("impact on other parts of the council", blank=True)
    disproportionate = models.CharField(
        "disproportionate impact on people with protected characteristics",
        max_length=10,
        blank=True,
        choices=[("yes", "Yes"), ("no", "No")],
    )
    equality = models.TextField("equality assessment", blank=True)
    full_assessment = models.CharField(
        "a full equality impact assessment accompanies it",
        max_length=10,
        blank=True,
        choices=[("yes", "Yes"), ("no", "No")],
    )
    gross_budget = money(help_text="The permanent budget, gross, in pounds.")
    net_budget = money(help_text="The permanent budget, net, in pounds.")
    total_gross = money()
    total_net = money()
    current_fte = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    total_fte = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    places = models.SmallIntegerField(default=0)
    signed_by = models.CharField("signed off by", max_length=120, blank=True, help_text="A post.")
    signed_when = models.CharField("signed off when", max_length=60, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_why = models.TextField(blank=True)
    saving = models.OneToOneField(
        Saving, models.PROTECT, null=True, blank=True, related_name="option"
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="options"
    )

    objects = ByNaturalKey("council__slug", "slug")

    class Meta:
        ordering = ["council", "reference", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "slug"],
                name="option_slug_unique_in_council",
                violation_error_message="This council already has an option with that address.",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="option_decided_by_and_at_together",
                violation_error_message="Who decided and when belong together.",
            ),
            models.CheckConstraint(
                condition=Q(saving__isnull=True) | Q(status="agreed"),
                name="option_saving_only_once_agreed",
                violation_error_message="Only an agreed option is a saving.",
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}".strip()

    @depends_on("projects.council", "projects.project", "finance.savingspaper")
    def natural_key(self):
        return (self.council.slug, self.slug)


class OptionEvent(Event):
    """One line of the timeline of an option."""

    KIND = "option"

    option = models.ForeignKey(OptionForChange, models.PROTECT, related_name="timeline")

    class Meta:
        ordering = ["option", "at", "pk"]
        triggers = stays_with("option_event")

    def record_name(self) -> str:
        return self.option.slug


@tracked()
class OptionYear(models.Model):
    """What an option saves and costs in one year, in pounds. Empty is lost or not given."""

    option = models.ForeignKey(OptionForChange, models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField(**YEAR)
    gross = money()
    lost_income = money()
    reprovision = money(help_text="Costs of providing it in another way.")
    net = money(help_text="The net saving that the source prints.")
    capital = money()
    revenue = money()
    fte = models.DecimalField(
        "FTE reduction", max_digits=7, decimal_places=2, null=True, blank=True
    )

    objects = ByNaturalKey("option__council__slug", "option__slug", "year")

    class Meta:
        ordering = ["option", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["option", "year"],
                name="option_year_unique_in_option",
                violation_error_message="The option already has figures for that year.",
            ),
        ]

    def __str__(self):
        return f"{self.option}, {financial_year_label(self.year)}"

    @depends_on("finance.optionforchange")
    def natural_key(self):
        return (*self.option.natural_key(), self.year)


@tracked()
class OptionRisk(models.Model):
    """A risk of an option with what is done about it."""

    option = models.ForeignKey(OptionForChange, models.CASCADE, related_name="risks")
    order = models.PositiveSmallIntegerField()
    risk = models.TextField()
    mitigation = models.TextField(blank=True)

    objects = ByNaturalKey("option__council__slug", "option__slug", "order")

    class Meta:
        ordering = ["option", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["option", "order"],
                name="option_risk_order_unique_in_option",
                violation_error_message="Another risk has that place in the option.",
            ),
        ]

    def __str__(self):
        return self.risk[:80]

    @depends_on("finance.optionforchange")
    def natural_key(self):
        return (*self.option.natural_key(), self.order)
