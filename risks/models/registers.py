"""How a council scores risks, when its register was published, and what the paper printed."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from bcfportal.lib.natural_keys import ByNaturalKey, NaturalKeyManager, depends_on
from bcfportal.lib.protection import never_changes
from bcfportal.lib.provenance import Sourced
from bcfportal.lib.withdrawals import MayBeWithdrawn, Withdrawable
from projects.models import Council
from publishing.models.versions import Version
from risks.models.risks import Risk


def _labels(help_text):
    return ArrayField(models.CharField(max_length=40), help_text=help_text)


class RiskScale(Sourced):
    """A council's matrix from a day on: its axis labels, its bands and its exception rule."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="risk_scales")
    on = models.DateField()
    recorded_at = models.DateTimeField()
    likelihoods = _labels("The words for likelihood 1 to 5.")
    impacts = _labels("The words for impact 1 to 5.")
    bands = models.JSONField(help_text="name, low, high, treatment; the highest first.")
    stages = models.JSONField(
        default=dict, blank=True, help_text="What original, current and target mean."
    )
    prospects = models.JSONField(
        default=dict, blank=True, help_text="What green, amber and red mean."
    )
    exception_score = models.PositiveSmallIntegerField(help_text="Reported from this score on…")
    exception_prospects = ArrayField(
        models.CharField(max_length=10), help_text="…where the prospects are one of these."
    )

    objects = ByNaturalKey("council__slug", "on", "recorded_at")

    class Meta:
        ordering = ["council", "on", "recorded_at"]
        triggers = never_changes("scale")
        constraints = [
            models.UniqueConstraint(
                fields=["council", "on", "recorded_at"],
                name="scale_unique_in_council",
                violation_error_message="The council already has a scale from that moment.",
            ),
            models.CheckConstraint(
                condition=Q(likelihoods__len=5, impacts__len=5),
                name="scale_has_five_of_each",
                violation_error_message="Give five words for likelihood and five for impact.",
            ),
            models.CheckConstraint(
                condition=Q(exception_score__gte=1, exception_score__lte=25),
                name="scale_exception_score_1_to_25",
                violation_error_message="The score for exceptions is from 1 to 25.",
            ),
        ]

    def __str__(self):
        return f"{self.council}: scale from {self.on}"

    @depends_on("projects.council")
    def natural_key(self):
        return (self.council.slug, self.on, self.recorded_at)

    def clean(self):
        held = sorted(
            score for band in self.bands for score in range(band["low"], band["high"] + 1)
        )
        if held != list(range(1, 26)):
            raise ValidationError({"bands": "Each score from 1 to 25 is in one band."})


_Withdrawables = NaturalKeyManager.from_queryset(Withdrawable)


class RegistersByDay(_Withdrawables):
    """Finds registers by council and day, as documents name them: the first of that day."""

    def natural_key_lookups(self, *values):
        council, as_at, number = values if len(values) > 2 else (*values, 1)
        return {"council__slug": council, "as_at": as_at, "number": number}


class RegisterReport(MayBeWithdrawn, Sourced):
    """A register that was published: which date it is as at, for which meeting, and when.

    A day has one, and another with the next ``number`` only after that one is withdrawn.
    """

    WITHDRAWALS = "edition__withdrawals"

    council = models.ForeignKey(Council, models.PROTECT, related_name="risk_reports")
    as_at = models.DateField()
    number = models.PositiveSmallIntegerField(default=1)
    meeting_on = models.DateField(null=True, blank=True)
    title = models.CharField(max_length=200)
    next_update = models.CharField(max_length=60, blank=True, help_text="As printed.")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    since = models.DateField(
        null=True, blank=True, help_text="The last day that the report before may be as at."
    )
    since_as_printed = models.CharField(max_length=60, blank=True)
    reconciliation = models.TextField(blank=True, help_text="What it says has changed since.")
    says_nothing_changed = models.BooleanField(default=False)

    objects = RegistersByDay()

    class Meta:
        ordering = ["council", "-as_at", "-number"]
        triggers = never_changes("report")
        constraints = [
            models.UniqueConstraint(
                fields=["council", "as_at", "number"],
                name="report_as_at_unique_in_council",
                violation_error_message="A register as at that date is published already.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="report_number_from_one",
                violation_error_message="Registers of a day are numbered from 1.",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(since__lt=F("as_at")),
                name="report_since_before_as_at",
                violation_error_message="The report before is as at an earlier date.",
            ),
        ]

    def __str__(self):
        return f"{self.title}, as at {self.as_at}"

    @depends_on("projects.council")
    def natural_key(self):
        first = (self.council.slug, self.as_at)
        return first if self.number == 1 else (*first, self.number)


class RegisterEdition(Version):
    """What a register said when it was published. Its content is that of risks.content."""

    KIND = "risk register"
    RECORD: tuple[str, ...] = ("report",)

    report = models.OneToOneField(RegisterReport, models.PROTECT, related_name="edition")

    class Meta:
        ordering = ["report"]
        triggers = never_changes("register_edition")

    def __str__(self):
        return f"{self.report}, {self.fingerprint[:12]}"

    def record_name(self) -> str:
        return f"{self.report.as_at}"


class PrintedCount(Sourced):
    """How many risks a report says are in a band, and where it says so."""

    report = models.ForeignKey(RegisterReport, models.PROTECT, related_name="counts")
    place = models.CharField(max_length=60)
    band = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()

    objects = ByNaturalKey("report__council__slug", "report__as_at", "place", "band")

    class Meta:
        ordering = ["report", "pk"]
        triggers = never_changes("printed_count")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "place", "band"],
                name="printed_count_once_in_place",
                violation_error_message="That place already has a count of that band.",
            ),
        ]

    def __str__(self):
        return f"{self.place}: {self.number} {self.band}"

    @depends_on("risks.registerreport")
    def natural_key(self):
        return (*self.report.natural_key(), self.place, self.band)


class Printing(Sourced):
    """One place where a report prints a risk, with the values that are legible there, by name."""

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="printings")
    report = models.ForeignKey(RegisterReport, models.PROTECT, related_name="printings")
    order = models.PositiveSmallIntegerField()
    values = models.JSONField(default=dict)

    objects = ByNaturalKey(
        "risk__council__slug", "risk__slug", "report__council__slug", "report__as_at", "order"
    )

    class Meta:
        ordering = ["risk", "report", "order"]
        triggers = never_changes("printing")
        constraints = [
            models.UniqueConstraint(
                fields=["risk", "report", "order"],
                name="printing_order_unique",
                violation_error_message="The report already prints the risk in that place.",
            ),
        ]

    def __str__(self):
        return f"{self.risk}, {self.source}"

    @depends_on("risks.risk", "risks.registerreport")
    def natural_key(self):
        return (*self.risk.natural_key(), *self.report.natural_key(), self.order)
