"""Councils and their reference lists: funds, grant conditions, providers."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from accounts.roles import Role
from bcfportal.lib.colours import validate_accent_colour
from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.protection import tracked
from bcfportal.lib.sentences import several
from bcfportal.lib.tolerances import ToleranceKind
from projects.models.names import Name, Named, NamedManager

# The roles of which a council may ask for a second signature: they read every return and finance
# report.
SIGN_SECOND = (Role.PERFORMANCE_OFFICER, Role.FINANCE_OFFICER)


class CouncilQuerySet(models.QuerySet):
    def publishing(self):
        """Councils whose published reports everyone may read."""
        return self.filter(publishes=True)


@tracked()
class Council(models.Model):
    """An upper-tier authority whose programme this is. Every page is within one council."""

    class MoneyStyle(models.TextChoices):
        UPPER = "upper", "£1.9M and £237K"
        LOWER = "lower", "£1.9m and £237k"

    # What it has to show: on a council of ``publishing.council_sections.councils`` only.
    has_programme: bool
    has_vital_signs: bool
    has_money: bool
    has_risks: bool
    has_stated: bool
    # What it has published and withdrawn: on a council of ``publishing.acts.with_acts`` only.
    acts_end: str | None
    acts_withdrawals: str | None
    acts_published: int | None
    acts_shown: int | None

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120, unique=True)
    ons_code = models.CharField(
        "ONS code",
        max_length=9,
        blank=True,
        validators=[RegexValidator(r"^E\d{8}$", "Enter a code like E10000024.")],
    )
    accent_colour = models.CharField(
        max_length=7, default="#1d5a8c", validators=[validate_accent_colour]
    )
    money_style = models.CharField(
        max_length=5, choices=MoneyStyle, default=MoneyStyle.UPPER, help_text="Money on cards."
    )
    publishes = models.BooleanField(
        default=False, help_text="Everyone may read this council's published reports."
    )
    made_up = models.BooleanField(
        default=False,
        help_text="Nobody’s council: pages, papers and downloads say that it is made up.",
    )
    variance_tolerance = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=5,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="Per cent: a forecast further from the allocation than this needs a reason.",
    )
    rating_tolerance = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=5,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="Worse than the target by less is amber, by this or more is red.",
    )
    rating_tolerance_kind = models.CharField(
        max_length=10,
        choices=ToleranceKind,
        default=ToleranceKind.RELATIVE,
        help_text="What the rating tolerance is measured in.",
    )
    exception_variance = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=5,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="Per cent of the target: a measure worse by this or more is an exception.",
    )
    second_signature = models.CharField(
        max_length=20,
        choices=[(role, role.label) for role in SIGN_SECOND],
        blank=True,
        help_text="The role that signs a return before an officer approves it.",
    )
    second_signature_of_finance = models.CharField(
        max_length=20,
        choices=[(role, role.label) for role in SIGN_SECOND],
        blank=True,
        help_text="The role that signs a finance report before an officer approves it.",
    )
    approves_own_since = models.DateField(
        "One person may approve what they wrote, since",
        null=True,
        blank=True,
        help_text="For a team of one: versions say so.",
    )
    service_name = models.CharField(
        max_length=80,
        default="Better Care Fund",
        help_text="What its pages are called, beside the council's name.",
    )
    purpose_word = models.CharField(
        max_length=40,
        default="Purpose",
        help_text="What a purpose of the money is called: Purpose, Objective, Grant condition.",
    )
    programme_sentence = models.CharField(
        max_length=200,
        blank=True,
        help_text="What the projects do, to follow “projects that”.",
    )
    contact = models.CharField(
        max_length=200,
        blank=True,
        help_text="The post or team to ask about the figures; not a person's name.",
    )

    objects = ByNaturalKey.from_queryset(CouncilQuerySet)("slug")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(variance_tolerance__gte=0, variance_tolerance__lte=100)
                & Q(rating_tolerance__gte=0, rating_tolerance__lte=100)
                & Q(exception_variance__gte=0, exception_variance__lte=100),
                name="council_tolerances_0_to_100",
                violation_error_message="A tolerance is from 0 to 100 per cent.",
            ),
            models.CheckConstraint(
                condition=Q(second_signature="", second_signature_of_finance="")
                | Q(approves_own_since__isnull=True),
                name="council_second_signature_or_own_approval",
                violation_error_message="A second signature is given by a second person.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def printed_name(self):
        """Its name on papers, which lie about without the pages round them."""
        return f"{self.name} (made up)" if self.made_up else self.name

    @property
    def purpose_words(self):
        """The word for several purposes."""
        return several(self.purpose_word)

    @property
    def file_name(self):
        """What the names of its files begin with."""
        return f"made-up-{self.slug}" if self.made_up else self.slug

    def natural_key(self):
        return (self.slug,)


@tracked()
class Fund(Named, models.Model):
    """A source of money, such as the improved Better Care Fund."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="funds")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    label = models.CharField(max_length=30, help_text="The short name in lists, such as iBCF.")
    order = models.PositiveSmallIntegerField(default=0)

    objects = NamedManager("council__slug", "slug")

    class Meta:
        ordering = ["council", "order", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "slug"],
                name="fund_slug_unique_in_council",
                violation_error_message="This council already has a fund with that slug.",
            ),
        ]

    def __str__(self):
        return self.today.name

    @property
    def typed_name(self) -> Name:
        return Name(self.name, self.label)

    @depends_on("projects.council")
    def natural_key(self):
        return (self.council.slug, self.slug)


@tracked()
class GrantCondition(Named, models.Model):
    """The numbered purpose that a project serves."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="conditions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)

    objects = NamedManager("council__slug", "number")

    class Meta:
        ordering = ["council", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "number"],
                name="condition_number_unique_in_council",
                violation_error_message="This council already has a condition with that number.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="condition_number_from_one",
                violation_error_message="Conditions are numbered from 1.",
            ),
        ]

    def __str__(self):
        # Without the council's own word for it, which stands beside it where it is shown.
        return f"{self.number}. {self.today.name}"

    @property
    def typed_name(self) -> Name:
        return Name(self.title)

    @depends_on("projects.council")
    def natural_key(self):
        return (self.council.slug, self.number)


class Provider(Named, models.Model):
    """An organisation that a council commissions to provide a service."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="providers")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)

    objects = NamedManager("council__slug", "slug")

    class Meta:
        ordering = ["council", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "slug"],
                name="provider_slug_unique_in_council",
                violation_error_message="This council already has a provider with that slug.",
            ),
        ]

    def __str__(self):
        return self.today.name

    @property
    def typed_name(self) -> Name:
        return Name(self.name)

    @depends_on("projects.council")
    def natural_key(self):
        return (self.council.slug, self.slug)
