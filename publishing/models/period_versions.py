"""Versions of what is published: what the public saw of a period, from when, and why it changed.

Each act of publishing makes a version of the period: the list of the snapshots that its pages
show. It never changes. Withdrawing takes it out of sight and keeps it.
"""

from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.timezone import localdate

from bcfportal.lib import present
from bcfportal.lib.protection import Protect, ReadOnly, never_emptied
from bcfportal.lib.sentences import day_words
from bcfportal.lib.withdrawals import MayBeWithdrawn, Withdrawable
from publishing.models.periods import ReportingPeriod
from publishing.models.snapshots import Snapshot
from publishing.models.versions import NEVER, Version


class PeriodVersionQuerySet(Withdrawable):
    def with_what_they_show(self) -> Self:
        """Each ``shows_withdrawn``: projects as of an earlier period whose report is withdrawn."""
        carried = VersionSnapshot.objects.filter(version=OuterRef("pk")).withdrawn()
        slugs = carried.values("snapshot__report__slug")
        return self.annotate(shows_withdrawn=ArraySubquery(slugs))

    def known_by(self, version: "PeriodVersion | None") -> Self:
        """Those of all periods that were made no later than ``version``; all without one."""
        if version is None:
            return self
        return self.filter(Q(at__lt=version.at) | Q(at=version.at, pk__lte=version.pk))

    def in_force(self, known_by: "PeriodVersion | None" = None) -> Self:
        """The latest version of each period that is not withdrawn.

        ``known_by`` asks for those that stood when that version was made.
        """
        newer = PeriodVersion.objects.filter(
            period=OuterRef("period"), number__gt=OuterRef("number")
        ).not_withdrawn()
        return self.not_withdrawn().known_by(known_by).filter(~Exists(newer.known_by(known_by)))


class PeriodVersion(MayBeWithdrawn, Version):
    """What the public saw of a period after one act of publishing.

    Its content is that of publishing.period_versions.content.
    """

    KIND = "period"
    RECORD: tuple[str, ...] = ("period",)

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="versions")
    snapshots = models.ManyToManyField(Snapshot, through="VersionSnapshot", related_name="versions")

    objects = PeriodVersionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["period", "number"]
        triggers = [
            never_emptied("period_version"),
            Protect(name="period_version_stays", operation=NEVER),
        ]

    def __str__(self) -> str:
        return f"{self.period}, version {self.number}"

    def record_name(self) -> str:
        return self.period.key


class VersionSnapshotQuerySet(models.QuerySet):
    def public(self) -> Self:
        """Where versions of a report's own period show it that are not withdrawn."""
        own = self.filter(version__period=F("snapshot__report__period"))
        return own.filter(version__in=PeriodVersion.objects.not_withdrawn())

    def since(self) -> Subquery:
        """Of a snapshot: since when versions of its own period show it that are not withdrawn."""
        rows = self.public().filter(snapshot=OuterRef("pk"))
        return Subquery(rows.order_by("version__at").values("version__at")[:1])

    def withdrawn(self) -> Self:
        """What versions carry from earlier periods, where nobody can read it in those any more."""
        carried = self.exclude(snapshot__report__period=F("version__period"))
        return carried.filter(snapshot__in=VersionSnapshot.objects.gone().values("snapshot"))

    def gone(self) -> Self:
        """Where withdrawn versions of a report's own period show it, and no others do."""
        own = self.filter(version__period=F("snapshot__report__period"))
        again = VersionSnapshot.objects.public().filter(snapshot=OuterRef("snapshot"))
        return own.filter(~Exists(again), version__withdrawals__decision="confirmed")


class VersionSnapshot(models.Model):
    """A snapshot that a version shows: of its own period, or carried over from an earlier one."""

    version = models.ForeignKey(PeriodVersion, models.PROTECT, related_name="shown")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="shown_in")

    objects = VersionSnapshotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "snapshot"],
                name="snapshot_once_in_version",
                violation_error_message="The version has that snapshot already.",
            ),
        ]
        triggers = [
            never_emptied("version_snapshot"),
            Protect(name="version_snapshot_stays", operation=NEVER),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.snapshot}"


class Withdrawal(models.Model):
    """One version taken out of sight, of whatever subject.

    One person asks, with the reason, and a second decides; where no second person approves what
    is published, who asks decides ``alone``. Who asked may take it back until then. Once
    another version is published in its place, what was asked lapses for good.
    """

    class Decision(models.TextChoices):
        WAITING = "waiting", "Waits for a second person"
        CONFIRMED = "confirmed", "Withdrawn"
        REFUSED = "refused", "Refused"
        TAKEN_BACK = "taken back", "Taken back"
        # Another version was published in its place: whoever still wants it gone asks again.
        LAPSED = "lapsed", "Lapsed"

    version = models.ForeignKey(Version, models.PROTECT, related_name="withdrawals")
    alone = models.BooleanField(default=False, help_text="Who asks decides.")
    reason = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(decision__in=["waiting", "confirmed"]),
                name="withdrawal_once_in_publication",
                violation_error_message="Withdrawing this is asked for already.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="withdrawal_says_why",
                violation_error_message="Say why.",
            ),
            models.CheckConstraint(
                condition=Q(decision="waiting", decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(decision="waiting")
                & Q(decided_by__isnull=False, decided_at__isnull=False)
                & (
                    ~Q(decided_by=F("asked_by")) & ~Q(decision="taken back")
                    | Q(decided_by=F("asked_by"), decision="taken back")
                    | Q(decision="lapsed")
                    | Q(alone=True)
                ),
                name="withdrawal_decided_by_a_second_person",
                violation_error_message="A second person decides.",
            ),
        ]
        triggers = [
            never_emptied("withdrawal"),
            Protect(
                name="withdrawal_decided_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(
                    old__decision__in=["confirmed", "refused", "taken back", "lapsed"]
                ),
            ),
            ReadOnly(
                name="withdrawal_asked_once",
                fields=["version", "alone", "reason", "asked_by", "asked_at"],
            ),
            Protect(name="withdrawal_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_decision_display()}"

    @property
    def of_two(self) -> bool:
        """Whether one person asked for it and a second agreed."""
        return self.decided_by_id != self.asked_by_id

    @property
    def asked_words(self) -> str:
        """ "The Performance officer asked for it"."""
        return f"The {self.asked_by.post_at(self.asked_at)} asked for it"

    @property
    def agreed_words(self) -> str:
        """ "The Committee member agreed."."""
        return f"The {self._decider} agreed."

    @property
    def withdrawn_words(self) -> str:
        """ "withdrawn on 20 January 2027", and by whom where one person withdraws alone."""
        on = f"withdrawn on {day_words(localdate(present(self.decided_at)))}"
        return on if self.of_two else f"{on} by the {self._decider}"

    @property
    def sentence(self) -> str:
        """Of what is withdrawn: when, who asked for it and in which words, and who agreed."""
        said = f"W{self.withdrawn_words[1:]}"
        quoted = f"“{self.reason}”" + ("" if self.reason.endswith((".", "!", "?")) else ".")
        if not self.of_two:
            return f"{said}: {quoted}"
        return f"{said}. {self.asked_words}: {quoted} {self.agreed_words}"

    @property
    def _decider(self) -> str:
        return present(self.decided_by).post_at(present(self.decided_at))


class KeptPaper(models.Model):
    """A paper as it was first handed out, byte for byte, under the fingerprint of its content."""

    fingerprint = models.CharField(max_length=64)
    name = models.CharField(max_length=120, help_text="Which paper of that content it is.")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64, help_text="Of the file, in hex.")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint", "name"],
                name="paper_kept_once",
                violation_error_message="That paper of that content is kept already.",
            ),
        ]
        triggers = [never_emptied("kept_paper"), Protect(name="kept_paper_stays", operation=NEVER)]

    def __str__(self) -> str:
        return f"{self.name}, {self.fingerprint[:12]}"
