"""What funds allocate to projects, by year."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.periods import financial_year_label
from bcfportal.lib.provenance import Sourced
from projects.models import FundingStream


class FinanceLine(Sourced):
    """What a fund allocates to a project in one financial year, in pounds."""

    stream = models.ForeignKey(FundingStream, models.CASCADE, related_name="lines")
    year = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(2013), MaxValueValidator(2099)],
        help_text="The year the financial year starts in: 2017 for 2017/18.",
    )
    allocation = models.DecimalField(
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Pounds. Left empty where the source prints the year with no figure.",
    )

    objects = ByNaturalKey(
        "stream__project__council__slug", "stream__project__slug", "stream__fund__slug", "year"
    )

    class Meta:
        ordering = ["stream", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["stream", "year"],
                name="line_year_unique_in_stream",
                violation_error_message="The stream already has a line for that year.",
            ),
            models.CheckConstraint(
                condition=Q(allocation__isnull=True) | Q(allocation__gte=0),
                name="line_allocation_not_negative",
                violation_error_message="An allocation is 0 or more.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2013, year__lte=2099),
                name="line_year_plausible",
                violation_error_message="The year is one from 2013 to 2099.",
            ),
        ]

    def __str__(self):
        return f"{self.stream} {financial_year_label(self.year)}"

    @depends_on("projects.fundingstream")
    def natural_key(self):
        return (*self.stream.natural_key(), self.year)


class StatedSum(Sourced):
    """A sum that the source states in words, without saying which years it is for.

    Kept apart from finance lines: a full year effect or a sum a year is no allocation of a year,
    so it is shown but never added to a total.
    """

    class Basis(models.TextChoices):
        FULL_YEAR = "full year effect", "Full year effect"
        PRO_RATA = "pro rata", "Pro rata"
        PER_YEAR = "per annum", "Per annum"
        SUM = "sum", "Sum"

    stream = models.ForeignKey(FundingStream, models.CASCADE, related_name="stated_sums")
    order = models.PositiveSmallIntegerField(default=1)
    amount = models.DecimalField(max_digits=14, decimal_places=2, help_text="Pounds.")
    basis = models.CharField(max_length=20, choices=Basis)
    purpose = models.CharField(max_length=200, blank=True)
    as_printed = models.CharField(max_length=60)

    objects = ByNaturalKey(
        "stream__project__council__slug", "stream__project__slug", "stream__fund__slug", "order"
    )

    class Meta:
        ordering = ["stream", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["stream", "order"],
                name="stated_sum_order_unique_in_stream",
                violation_error_message="Another sum has that place in the stream.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="stated_sum_positive",
                violation_error_message="A stated sum is more than 0.",
            ),
        ]

    def __str__(self):
        return f"{self.stream}: {self.as_printed}"

    @depends_on("projects.fundingstream")
    def natural_key(self):
        return (*self.stream.natural_key(), self.order)
