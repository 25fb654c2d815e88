"""What is counted: measures of a project or of a council."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from bcfportal.lib import present
from bcfportal.lib.model_fields import PeriodKeyField
from bcfportal.lib.natural_keys import NaturalKeyManager, depends_on
from bcfportal.lib.periods import Period
from bcfportal.lib.protection import tracked
from bcfportal.lib.provenance import Sourced
from outcomes.models.defined import Accumulation, Defined, Direction
from outcomes.models.months import Month
from outcomes.models.segments import Segment
from projects.models import Council, Project


def measure_lookups(prefix: str, council: str, project: str | None, place) -> dict:
    """What finds a measure by its natural key, from a model that ``prefix`` leads to it from.

    A project's measure is known by its place on the project's page, a council's by its slug.
    """
    if project is None:
        return {f"{prefix}council__slug": council, f"{prefix}slug": place}
    return {
        f"{prefix}project__council__slug": council,
        f"{prefix}project__slug": project,
        f"{prefix}position": place,
    }


class MeasureManager(NaturalKeyManager):
    def natural_key_lookups(self, *values):
        council, project, place = values
        return measure_lookups("", council, project, place)


class ByMeasure(NaturalKeyManager):
    """A manager that finds a record by its measure's natural key and these fields of its own."""

    def __init__(self, *fields, through="measure__"):
        super().__init__()
        self.fields, self.through = fields, through

    def natural_key_lookups(self, *values):
        council, project, place, *others = values
        own = dict(zip(self.fields, others, strict=True))
        return measure_lookups(self.through, council, project, place) | own


@tracked()
class Measure(Defined, Sourced):
    """Something counted that tells whether a project, or the whole service, works."""

    Direction = Direction
    Accumulation = Accumulation

    class Frequency(models.TextChoices):
        MONTH = "month", "Monthly"
        QUARTER = "quarter", "Quarterly"
        YEAR = "year", "Yearly"

    class Collection(models.TextChoices):
        """The set that a measure is shown with."""

        PROJECT = "project", "A project's own measure"
        VITAL_SIGNS = "vital signs", "Vital sign"
        FRAMEWORK = "outcomes framework", "Outcomes framework indicator"
        CARE_QUALITY = "care quality", "Quality of care"
        SUPPORTING = "supporting", "Shown on another measure's report card"

    project = models.ForeignKey(
        Project, models.CASCADE, null=True, blank=True, related_name="measures"
    )
    council = models.ForeignKey(
        Council,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="measures",
        help_text="Of a measure that belongs to no project.",
    )
    collection = models.CharField(
        max_length=20, choices=Collection, default=Collection.PROJECT, help_text="Where it shows."
    )
    slug = models.SlugField(max_length=60, blank=True, help_text="Its name in addresses.")
    position = models.PositiveSmallIntegerField(help_text="Place in its project or collection.")
    number = models.CharField(max_length=8, blank=True, help_text="As printed, where it is.")
    heading = models.CharField(
        max_length=200,
        blank=True,
        help_text="The heading that this and the next are printed under.",
    )
    short_title = models.CharField(max_length=120, blank=True, help_text="For lists and charts.")
    theme = models.CharField(max_length=80, blank=True, help_text="What it is grouped under.")
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.QUARTER)
    can_be_below_zero = models.BooleanField(
        default=False, help_text="Such as a change. What is counted, or is a share, else is not."
    )
    can_be_above_whole = models.BooleanField(
        default=False, help_text="A share that can be more than 100%, such as beds in use."
    )
    counted_from = PeriodKeyField(blank=True, help_text="The first period that it is asked for.")
    counted_until = PeriodKeyField(
        blank=True, help_text="The last period that it is asked for, where it is counted no more."
    )
    breakdown = models.CharField(
        max_length=10, choices=Segment.Kind, blank=True, help_text="What results are split by."
    )
    why = models.TextField(blank=True, help_text="Why it is important.")
    lead = models.CharField(max_length=120, blank=True, help_text="Who answers for it, by post.")
    data_owner = models.CharField(max_length=120, blank=True, help_text="Who keeps the figures.")
    supports = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="supporting",
        help_text="The measure on whose report card it is shown.",
    )
    same_as = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="counterparts",
        help_text="Another measure of the same thing, such as the national framework's.",
    )

    not_official = models.BooleanField(
        default=False,
        help_text="Named like an official measure and counted otherwise. Pages say so beside it.",
    )
    rest_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="An average over all, 0 for a share of them: the measure of that share, in %.",
    )
    rest_average = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="And the measure of the average of the rest. The share that is left times this "
        "makes the figure.",
    )

    objects = MeasureManager()

    class Meta:
        ordering = ["council", "project", "collection", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "project", "collection", "position"],
                name="measure_position_unique",
                nulls_distinct=False,
                violation_error_message="Another measure has that place.",
            ),
            models.UniqueConstraint(
                fields=["council", "slug"],
                condition=Q(council__isnull=False),
                name="measure_slug_unique_in_council",
                violation_error_message="This council already has a measure with that slug.",
            ),
            models.CheckConstraint(
                condition=Q(
                    project__isnull=False, council__isnull=True, collection="project", slug=""
                )
                | Q(project__isnull=True, council__isnull=False)
                & ~Q(collection="project")
                & ~Q(slug=""),
                name="measure_of_a_project_or_of_a_council",
                violation_error_message="A measure belongs to a project, or to a council and has "
                "a slug.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="measure_has_text",
                violation_error_message="Enter what is measured.",
            ),
            models.CheckConstraint(
                condition=Q(decimals__lte=4),
                name="measure_decimals_to_four",
                violation_error_message="A measure has at most 4 decimals.",
            ),
            models.CheckConstraint(
                condition=Q(multiplier__isnull=True) | Q(multiplier__gte=1),
                name="measure_multiplier_from_one",
                violation_error_message="A multiplier is 1 or more.",
            ),
            models.CheckConstraint(
                condition=Q(tolerance__isnull=True, tolerance_kind="")
                | Q(tolerance__gte=0) & ~Q(tolerance_kind=""),
                name="measure_tolerance_with_its_kind",
                violation_error_message="A tolerance is 0 or more, and says of what kind it is.",
            ),
        ]

    @property
    def is_so_far(self) -> bool:
        """Whether a figure of a quarter or a month is added up since April."""
        added_up = self.accumulation == self.Accumulation.CUMULATIVE
        return added_up and self.frequency != self.Frequency.YEAR

    def __str__(self):
        return f"{self.owner} {self.number or self.position}: {self.text[:60]}"

    @property
    def owner(self):
        """The project or the council that it is a measure of."""
        return self.project if self.project_id else self.council

    @property
    def reported_by(self) -> str:
        """The name of the reports that ask for it: its project's, or that of the months."""
        return self.project.slug if self.project else Month.SLUG

    @property
    def council_of_owner(self):
        """The council that it is a measure of, or whose project's."""
        return self.project.council if self.project else self.council

    @property
    def council_id_of_owner(self):
        return self.project.council_id if self.project else self.council_id

    @property
    def name(self):
        """What lists and sentences call it."""
        return self.short_title or self.text

    def reported_in(self, own: Period) -> Period:
        """Which period's figure the return of ``own`` asks for.

        That of a project's measure that is counted once a year is of the year that ends with it.
        """
        year = Period(own.start_year)
        yearly = self.project_id and self.frequency == self.Frequency.YEAR
        return year if yearly and own.last_day == year.last_day else own

    @depends_on("projects.project")
    def natural_key(self):
        if self.project:
            return (self.project.council.slug, self.project.slug, self.position)
        return (present(self.council).slug, None, self.slug)

    def clean(self):
        if bool(self.rest_of_id) != bool(self.rest_average_id):
            raise ValidationError({"rest_average": "Choose both measures that make it, or none."})
        for name in ("supports", "same_as", "rest_of", "rest_average"):
            other = getattr(self, name)
            if other and other.council_id != self.council_id:
                raise ValidationError({name: "Choose a measure of the same council."})
