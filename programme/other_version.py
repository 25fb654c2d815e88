"""Frozen content that is not a version of a period: what it is, and where it is read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import models

from bcfportal.lib.periods import period_of
from bcfportal.lib.versions import VersionStatus
from projects.models import Council
from publishing.kept_papers import kept_paper
from publishing.models import KeptPaper, PeriodVersion


@dataclass(frozen=True)
class PrintedAgain:
    """A version of a period that prints a project's report with other marks, and why it does."""

    row: PeriodVersion
    reasons: list[str]

    @property
    def label(self) -> str:
        return f"Version {self.row.number} of {period_of(self.row.period.key).label}"


@dataclass(frozen=True)
class OtherVersion:
    """Frozen content that is not a version of a period: what it is and where to read it.

    ``kept`` is the record whose ``content`` is frozen. ``make`` makes its paper, if it has one,
    which is kept under the name ``paper``. ``row`` is the record that can be withdrawn; a
    project's report is withdrawn with the version of its period. ``gone`` is the withdrawn
    record, if it was withdrawn. ``held_back``: it gives a figure that is held back since, so that
    its content is not read. ``others`` are all its versions, this one included, with titles.
    """

    council: Council
    title: str
    version: VersionStatus
    address: str
    kept: models.Model
    row: models.Model | None = None
    paper: str = ""
    make: Callable[[], bytes] | None = None
    gone: models.Model | None = None
    held_back: bool = False
    others: Sequence[tuple[str, VersionStatus]] = ()
    since: str = ""
    # That it was withdrawn, and published again since, in sentences.
    withdrawn_before: Sequence[str] = ()
    # Of a project's report: the later versions of a period that print it with other marks.
    again: Sequence[PrintedAgain] = ()
    # What the names of its papers begin with, where it is printed again under another.
    printed: str = ""

    @property
    def papers(self) -> list[KeptPaper]:
        """Its papers as first handed out; made now if it was never made and may still be."""
        if self.make is None:
            return []
        if not self.gone:
            kept_paper(self.version.fingerprint, self.paper, self.make)
        own = {"name__startswith": self.printed} if self.printed else {"name": self.paper}
        kept = KeptPaper.objects.filter(fingerprint=self.version.fingerprint, **own)
        return list(kept.defer("content").order_by("pk"))
