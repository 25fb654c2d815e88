"""Versions of reports, which approval makes: snapshots."""

from collections.abc import Iterable
from typing import Any, Self

from django.apps import apps
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Exists, OuterRef

from bcfportal.lib.protection import Protect, never_emptied
from bcfportal.lib.text.searching import WordsVector
from publishing.models.periods import ReportingPeriod
from publishing.models.reports import Report
from publishing.models.versions import NEVER, Version


class SnapshotQuerySet(models.QuerySet):
    def published(self, periods: Iterable[ReportingPeriod], known_by: Any = None) -> Self:
        """The snapshot of each return that the standing versions of ``periods`` hold.

        ``known_by``, a PeriodVersion, asks for those that stood when it was made.
        """
        held = apps.get_model("publishing", "VersionSnapshot").objects.filter(
            snapshot=OuterRef("pk"), version__period=OuterRef("report__period")
        )
        in_force = apps.get_model("publishing", "PeriodVersion").objects.in_force(known_by)
        return self.filter(
            Exists(held.filter(version__in=in_force)), report__period__in=periods
        ).order_by(
            "report__project_return__project__grant_condition__number",
            "report__project_return__project__order",
        )

    def approved(self, periods: list[ReportingPeriod]) -> Self:
        """The latest snapshot of each return of ``periods``, published or not."""
        return self._latest_of(Snapshot.objects.all(), periods)

    def _latest_of(self, among: "SnapshotQuerySet", periods: list[ReportingPeriod]) -> Self:
        newer = among.filter(report=OuterRef("report"), number__gt=OuterRef("number"))
        return self.filter(~Exists(newer), report__period__in=periods).order_by(
            "report__project_return__project__grant_condition__number",
            "report__project_return__project__order",
        )


class Snapshot(Version):
    """What a report said when it was approved, with the words by which it is found."""

    KIND = "return"
    RECORD: tuple[str, ...] = ("report__period",)

    report = models.ForeignKey(Report, models.PROTECT, related_name="snapshots")
    title = models.TextField(help_text="As in the content: what is searched stands in one table.")
    words = models.JSONField(help_text="The sheet's words by the heading they stand under.")
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english") + WordsVector("words"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = SnapshotQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["report", "number"]
        indexes = [GinIndex(fields=["search"], name="snapshot_search")]
        triggers = [never_emptied("snapshot"), Protect(name="snapshot_stays", operation=NEVER)]

    def __str__(self) -> str:
        return f"{self.report}, snapshot {self.number}"

    def record_name(self) -> str:
        return self.report.record_name
