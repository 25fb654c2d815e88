"""What papers print as totals or say in words: kept to be compared, never added up."""

from django.db import models
from django.db.models import Q

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from finance.models.changes import ChangeRequest
from finance.models.options import OptionForChange
from finance.models.posts import PostTeam, TemporaryPost
from finance.models.savings import PLACES_HELP, YEAR, Reported, Saving
from projects.models import Council

ABOUT = ("saving", "change", "post", "team", "option")


class PrintedFigure(Reported):
    """A figure as one place of a paper prints it, about a record or about a group of savings."""

    class Figure(models.TextChoices):
        TARGET = "target", "Target"
        ACHIEVED = "achieved", "Achieved"
        SHORTFALL = "shortfall", "Shortfall"
        AMOUNT = "amount", "Amount"
        COST = "cost", "Cost"
        FTE = "FTE", "FTE"

    class Group(models.TextChoices):
        NONE = "", "Of one record"
        ALL = "all", "All savings"
        ON_TARGET = "on target", "Savings on target"
        NOT_ON_TARGET = "not on target", "Savings not or partly achieved"
        # Not told apart in the list of savings, so only compared with each other.
        PURCHASE_OF_CARE = "purchase of care", "Savings to purchase of care"

    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(help_text="Counted within the council.")
    group = models.CharField(max_length=20, choices=Group, blank=True)
    saving = models.ForeignKey(Saving, models.CASCADE, null=True, blank=True, related_name="+")
    change = models.ForeignKey(
        ChangeRequest, models.CASCADE, null=True, blank=True, related_name="+"
    )
    post = models.ForeignKey(TemporaryPost, models.CASCADE, null=True, blank=True, related_name="+")
    team = models.ForeignKey(PostTeam, models.CASCADE, null=True, blank=True, related_name="+")
    option = models.ForeignKey(
        OptionForChange, models.CASCADE, null=True, blank=True, related_name="+"
    )
    year = models.PositiveSmallIntegerField(**YEAR, null=True, blank=True)
    figure = models.CharField(max_length=10, choices=Figure)
    amount = models.DecimalField(max_digits=15, decimal_places=3, help_text="Pounds, or FTE.")
    places = models.SmallIntegerField(default=0, help_text=PLACES_HELP)
    as_printed = models.CharField(max_length=60)

    objects = ByNaturalKey("council__slug", "number")

    class Meta:
        ordering = ["council", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "number"],
                name="printed_figure_number_unique_in_council",
                violation_error_message="This council already has a printed figure so numbered.",
            ),
            models.CheckConstraint(
                condition=~Q(group="", **{f"{name}__isnull": True for name in ABOUT}),
                name="printed_figure_is_about_something",
                violation_error_message="A printed figure is about a record or a group of savings.",
            ),
        ]

    def __str__(self):
        return f"{self.as_printed} ({self.source})"

    @depends_on(
        "projects.council",
        *(
            f"finance.{name}"
            for name in (
                *("savingspaper", "saving", "changerequest"),
                *("temporarypost", "postteam", "optionforchange"),
            )
        ),
    )
    def natural_key(self):
        return (self.council.slug, self.number)


class SaidToCome(Reported):
    """A day that a paper speaks of as still to come."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(help_text="Counted within the council.")
    about = models.CharField(max_length=200)
    words = models.TextField(help_text="As printed.")
    by = models.DateField(help_text="The last day of what is printed: 31 December for December.")

    objects = ByNaturalKey("council__slug", "number")

    class Meta:
        ordering = ["council", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "number"],
                name="said_to_come_number_unique_in_council",
                violation_error_message="This council already has one of that number.",
            ),
        ]

    def __str__(self):
        return self.about

    @depends_on("projects.council", "finance.savingspaper")
    def natural_key(self):
        return (self.council.slug, self.number)
