"""The capital programme: schemes, and what a report says of each by year. Money is pounds."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.protection import tracked
from bcfportal.lib.provenance import Sourced
from finance.models.monitoring import MonitoringReport, frozen_with_report, pounds_field
from projects.models import Council


@tracked()
class CapitalScheme(models.Model):
    """A scheme of the capital programme."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="capital_schemes")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=160)
    order = models.PositiveSmallIntegerField(default=0)

    objects = ByNaturalKey("council__slug", "slug")

    class Meta:
        ordering = ["council", "order", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "slug"],
                name="scheme_slug_unique_in_council",
                violation_error_message="This council already has a scheme with that slug.",
            ),
        ]

    def __str__(self):
        return self.name

    @depends_on("projects.council")
    def natural_key(self):
        return (self.council.slug, self.slug)


class CapitalLine(Sourced):
    """One scheme in one financial year, as a report gives it."""

    report = models.ForeignKey(MonitoringReport, models.CASCADE, related_name="capital_lines")
    scheme = models.ForeignKey(CapitalScheme, models.PROTECT, related_name="lines")
    year = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(2013), MaxValueValidator(2099)],
        help_text="The year the financial year starts in: 2017 for 2017/18.",
    )
    budget = pounds_field("The year's capital budget.")
    outturn = pounds_field("The forecast or the outturn; empty for years to come.")

    objects = ByNaturalKey(
        "report__council__slug", "report__period", "report__version", "scheme__slug", "year"
    )

    class Meta:
        ordering = ["report", "scheme", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "scheme", "year"],
                name="capital_line_unique_in_report",
                violation_error_message="The report already has that scheme in that year.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2013, year__lte=2099),
                name="capital_line_year_plausible",
                violation_error_message="The year is one from 2013 to 2099.",
            ),
        ]
        triggers = frozen_with_report("capital_of_approved_report_stays")

    def __str__(self):
        return f"{self.report}: {self.scheme}, {self.year}"

    @depends_on("finance.monitoringreport", "finance.capitalscheme")
    def natural_key(self):
        return (*self.report.natural_key(), self.scheme.slug, self.year)
