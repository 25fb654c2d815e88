"""What the source of a report printed: rows of its tables, totals, and figures in its text.

Kept as printed, beside the lines that the portal works with, so that what disagrees can be found.
Money is pounds.
"""

from django.db import models
from django.db.models import Q

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.provenance import Sourced
from finance.models.capital import CapitalScheme
from finance.models.monitoring import (
    ExpenditureArea,
    MonitoringReport,
    frozen_with_report,
    pounds_field,
)
from finance.models.reserves import Reserve


class PrintedRow(Sourced):
    """A row of one of the source's tables of monitoring."""

    report = models.ForeignKey(MonitoringReport, models.CASCADE, related_name="printed_rows")
    table = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=120)
    area = models.ForeignKey(
        ExpenditureArea, models.PROTECT, null=True, blank=True, related_name="+"
    )
    part_of = models.CharField(
        max_length=120, blank=True, help_text="The label of its total, where it is of no area."
    )
    budget = pounds_field("")
    outturn = pounds_field("")
    variance = pounds_field("")
    percent = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    percent_places = models.PositiveSmallIntegerField(default=1)
    places = models.SmallIntegerField(
        default=3, help_text="Decimals of £ million that the row is printed with."
    )
    last_year_actual = pounds_field("")
    last_year_variance = pounds_field("")
    next_budget = pounds_field("The budget of the year after.")

    objects = ByNaturalKey(
        "report__council__slug", "report__period", "report__version", "table", "order"
    )

    class Meta:
        ordering = ["report", "table", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "table", "order"],
                name="printed_row_place_unique_in_table",
                violation_error_message="Another row has that place in the table.",
            ),
        ]
        triggers = frozen_with_report("printed_row_of_approved_report_stays")

    def __str__(self):
        return f"{self.report}, {self.table}: {self.label}"

    @depends_on("finance.monitoringreport", "finance.expenditurearea")
    def natural_key(self):
        return (*self.report.natural_key(), self.table, self.order)


class PrintedTotal(Sourced):
    """A total of the source's table of reserves or of the capital programme."""

    class Of(models.TextChoices):
        PROVISIONS = "provisions", "Provisions"
        RESERVES = "reserves", "Reserves"
        ALL_RESERVES = "reserves and provisions", "Reserves and provisions"
        CAPITAL = "capital programme", "Capital programme"

    report = models.ForeignKey(MonitoringReport, models.CASCADE, related_name="printed_totals")
    of = models.CharField(max_length=24, choices=Of)
    year = models.PositiveSmallIntegerField(help_text="The start year of the financial year.")
    label = models.CharField(max_length=120)
    opening = pounds_field("")
    movement = pounds_field("")
    closing = pounds_field("")
    budget = pounds_field("")
    outturn = pounds_field("")

    objects = ByNaturalKey(
        "report__council__slug", "report__period", "report__version", "of", "year"
    )

    class Meta:
        ordering = ["report", "of", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "of", "year"],
                name="printed_total_unique_in_report",
                violation_error_message="The report already has that total of that year.",
            ),
        ]
        triggers = frozen_with_report("printed_total_of_approved_report_stays")

    def __str__(self):
        return f"{self.report}: {self.label}"

    @depends_on("finance.monitoringreport")
    def natural_key(self):
        return (*self.report.natural_key(), self.of, self.year)


class OtherFigure(Sourced):
    """A figure that the source states once more, in words: of an area, a reserve, a scheme."""

    class What(models.TextChoices):
        BUDGET = "budget", "Budget"
        OUTTURN = "outturn", "Outturn"
        VARIANCE = "variance", "Variance"
        PERCENT = "percent", "Variance as a per cent of budget"
        MOVEMENT_SINCE = "change since last period", "Variance less that of the period before"
        BUDGET_ON_LAST_YEAR = "budget on last year", "Budget less the year before's outturn"
        ON_LAST_YEAR = "change on last year", "Outturn less the year before"
        LAST_YEAR_VARIANCE = "last year's variance", "Last year's variance"
        OPENING = "opening", "Opening balance"
        MOVEMENT = "movement", "Use or addition in the year"
        CLOSING = "closing", "Closing balance"
        ALL_YEARS = "all years", "Budget of all years"
        AGREED_USE = "agreed use", "Use that was agreed"
        STATED = "stated", "As stated"

    report = models.ForeignKey(MonitoringReport, models.CASCADE, related_name="other_figures")
    order = models.PositiveSmallIntegerField()
    area = models.ForeignKey(
        ExpenditureArea, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reserve = models.ForeignKey(Reserve, models.PROTECT, null=True, blank=True, related_name="+")
    scheme = models.ForeignKey(
        CapitalScheme, models.PROTECT, null=True, blank=True, related_name="+"
    )
    total_of = models.CharField(max_length=24, choices=PrintedTotal.Of, blank=True)
    about = models.CharField(
        max_length=160, blank=True, help_text="In words, where it is of none of these."
    )
    what = models.CharField(max_length=28, choices=What)
    value = models.DecimalField(max_digits=14, decimal_places=2, help_text="Pounds, or per cent.")
    places = models.SmallIntegerField(
        default=3, help_text="Decimals as printed, of £ million or of the per cent."
    )
    as_printed = models.CharField(max_length=160)

    objects = ByNaturalKey("report__council__slug", "report__period", "report__version", "order")

    class Meta:
        ordering = ["report", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "order"],
                name="other_figure_place_unique_in_report",
                violation_error_message="Another figure has that place.",
            ),
            models.CheckConstraint(
                condition=Q(area__isnull=False, reserve__isnull=True, scheme__isnull=True)
                & Q(total_of="", about="")
                | Q(area__isnull=True, reserve__isnull=False, scheme__isnull=True)
                & Q(total_of="", about="")
                | Q(area__isnull=True, reserve__isnull=True, scheme__isnull=False)
                & Q(total_of="", about="")
                | Q(area__isnull=True, reserve__isnull=True, scheme__isnull=True)
                & ~Q(total_of="")
                & Q(about="")
                | Q(area__isnull=True, reserve__isnull=True, scheme__isnull=True)
                & Q(total_of="")
                & ~Q(about=""),
                name="other_figure_of_one_thing",
                violation_error_message="A figure is of one thing.",
            ),
        ]
        triggers = frozen_with_report("other_figure_of_approved_report_stays")

    def __str__(self):
        return f"{self.report}: {self.as_printed}"

    @depends_on(
        *("finance.monitoringreport", "finance.expenditurearea"),
        *("finance.reserve", "finance.capitalscheme"),
    )
    def natural_key(self):
        return (*self.report.natural_key(), self.order)
