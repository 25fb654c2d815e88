"""Figures that papers state in words, each with its qualifier and the words as printed."""

from datetime import date, timedelta
from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import F, Q

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.protection import Trigger, never_changes
from bcfportal.lib.provenance import Sourced
from bcfportal.lib.sentences import day_words, month_words
from projects.models import Council, Project
from stated.rules import Qualifier, Stated, written


def _number(help_text: str) -> models.DecimalField:
    return models.DecimalField(
        max_digits=16, decimal_places=4, null=True, blank=True, help_text=help_text
    )


class StatedFigure(Sourced):
    """One figure of a paper's sentence. It is never changed, and never added to another.

    Two figures are of the same thing where their ``thing``, ``what``, ``area``, ``unit``,
    ``basis``, ``per`` and days are the same; those with other words are never compared.
    """

    class Basis(models.TextChoices):
        NONE = "", "Neither"
        GROSS = "gross", "Gross"
        NET = "net", "Net"

    class Per(models.TextChoices):
        NONE = "", "Not by time"
        YEAR = "a year", "A year"
        MONTH = "a month", "A month"
        WEEK = "a week", "A week"
        DAY = "a day", "A day"

    council = models.ForeignKey(Council, models.PROTECT, related_name="stated_figures")
    number = models.PositiveSmallIntegerField(help_text="Its place among those of the council.")
    document = models.CharField(
        max_length=150, help_text="The paper that states it; the source begins with it."
    )
    thing = models.CharField(max_length=150, help_text="The thing it is of.")
    what = models.CharField(max_length=150, help_text="What of the thing it says, in words.")
    area = models.CharField(max_length=100, blank=True, help_text="The place it is of.")
    qualifier = models.CharField(
        max_length=10,
        choices=[(word.value, word.value.capitalize()) for word in Qualifier],
        default=Qualifier.EXACT.value,
    )
    value = models.DecimalField(max_digits=16, decimal_places=4)
    until = _number("The end of a span, such as 20 of 15 to 20.")
    out_of = _number("How many a share is of, such as 5 of 1 in 5.")
    step = models.DecimalField(
        max_digits=16,
        decimal_places=4,
        default=Decimal(0),
        help_text="The last place that the words show: 1000000 of £80m; 0 of what is counted.",
    )
    unit = models.CharField(max_length=60, help_text="£, % or the name of what is counted.")
    basis = models.CharField(max_length=5, choices=Basis, blank=True)
    per = models.CharField(max_length=10, choices=Per, blank=True)
    first_day = models.DateField(null=True, blank=True, help_text="The first day that it is of…")
    last_day = models.DateField(null=True, blank=True, help_text="…and the last.")
    as_printed = models.TextField(help_text="The words of the paper round it.")
    of_place = models.BooleanField(
        default=False, help_text="A fact of the place and its people, shown with the others."
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="stated_figures"
    )
    own_figure = models.CharField(
        max_length=120,
        blank=True,
        help_text="The portal's own figure that it names, such as measures/falls/2017-18-q3.",
    )

    objects = ByNaturalKey("council__slug", "number")

    class Meta:
        ordering = ["council", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "number"],
                name="stated_number_unique_in_council",
                violation_error_message="The council has a figure of that number.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="stated_number_from_one",
                violation_error_message="Figures are numbered from 1.",
            ),
            models.CheckConstraint(
                condition=~Q(thing="") & ~Q(what="") & ~Q(unit=""),
                name="stated_says_of_what",
                violation_error_message="Say what the figure is of, and its unit.",
            ),
            models.CheckConstraint(
                condition=~Q(document="") & ~Q(as_printed=""),
                name="stated_as_printed",
                violation_error_message="Give the paper, and its words as printed.",
            ),
            models.CheckConstraint(
                condition=Q(source__startswith=F("document")),
                name="stated_source_in_document",
                violation_error_message="The source begins with the paper, and says where in it.",
            ),
            models.CheckConstraint(
                condition=Q(qualifier__in=[word.value for word in Qualifier]),
                name="stated_qualifier_known",
                violation_error_message="Choose one of the words before figures.",
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0, step__gte=0),
                name="stated_not_negative",
                violation_error_message="A figure is not negative: say in words what is less.",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("value"), out_of__isnull=True),
                name="stated_span_goes_up",
                violation_error_message="A span ends with the bigger figure, and is no share.",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True)
                | Q(qualifier__in=[Qualifier.EXACT.value, Qualifier.ABOUT.value]),
                name="stated_span_exact_or_about",
                violation_error_message="A span is exact, or about.",
            ),
            models.CheckConstraint(
                condition=Q(out_of__isnull=True) | Q(out_of__gt=0, value__lte=F("out_of")),
                name="stated_share_within_all",
                violation_error_message="A share is no more than what it is of.",
            ),
            models.CheckConstraint(
                condition=Q(basis__in=["", "gross", "net"]),
                name="stated_basis_known",
                violation_error_message="A figure is gross, net or neither.",
            ),
            models.CheckConstraint(
                condition=Q(per__in=["", "a year", "a month", "a week", "a day"]),
                name="stated_per_known",
                violation_error_message="Choose a year, a month, a week, a day or none of them.",
            ),
            models.CheckConstraint(
                condition=Q(first_day__isnull=True, last_day__isnull=True)
                | Q(first_day__isnull=False, last_day__isnull=False, first_day__lte=F("last_day")),
                name="stated_days_in_order",
                violation_error_message="Give the first day and the last, in their order.",
            ),
            models.CheckConstraint(
                condition=Q(of_place=False) | Q(project__isnull=True),
                name="stated_of_place_or_project",
                violation_error_message="A figure is of the place or of a project, not both.",
            ),
        ]
        triggers = [
            *never_changes("stated_figure"),
            Trigger(
                name="stated_project_of_council",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.project_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM projects_project
                        WHERE id = NEW.project_id AND council_id = NEW.council_id
                    ) THEN
                        RAISE EXCEPTION 'pgtrigger: the project is of another council';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thing}: {self.written}"

    @depends_on("projects.council", "projects.project")
    def natural_key(self) -> tuple[str, int]:
        return (self.council.slug, self.number)

    @property
    def stated(self) -> Stated:
        """The figure as the rules compare it."""
        return Stated(self.value, self.step, Qualifier(self.qualifier), self.until, self.out_of)

    @property
    def same_thing(self) -> tuple:
        """What is the same of two figures of one thing; shares are as per cents."""
        unit = "%" if self.out_of else self.unit
        of = (self.thing, self.what, self.area, unit, self.basis, self.per)
        return (*of, self.first_day, self.last_day)

    @property
    def written(self) -> str:
        """The figure with its word and unit: "over £300m gross a year"."""
        return written(self.stated, self.unit, basis=self.basis, per=self.per)

    @property
    def days_written(self) -> str:
        """What it is of in time: a day, a year, a span of days; nothing where none is said."""
        return days_written(self.first_day, self.last_day)

    @property
    def place_in_document(self) -> str:
        """Where in its document it stands: "paragraph 18"."""
        return self.source.removeprefix(self.document).lstrip(", ")


def days_written(first: date | None, last: date | None) -> str:
    """Days as people call them: 1 March 2017, April 2017, 2016, 2017/18, or from and to."""
    if first is None or last is None:
        return ""
    if first == last:
        return day_words(first)
    if (
        first.day == 1
        and (last + timedelta(1)).day == 1
        and month_words(first) == month_words(last)
    ):
        return month_words(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        whole = str(first.year)
        return whole if first.year == last.year else f"{whole} to {last.year}"
    if (first.month, first.day, last.month, last.day) == (4, 1, 3, 31):
        if last.year == first.year + 1:
            return f"{first.year}/{last.year % 100:02}"
        return f"{first.year}/{(first.year + 1) % 100:02} to {last.year - 1}/{last.year % 100:02}"
    return f"{day_words(first)} to {day_words(last)}"
