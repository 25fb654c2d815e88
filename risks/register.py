"""The register as at a date, read from the dated rows up to it.

A published report shows the rows that held on its date and had been recorded by the time it was
published. Both are fixed, and the rows never change, so the report always says the same.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db.models import QuerySet

from bcfportal.lib.ratings import COLOURS, Rating
from projects.models import Council
from risks.models import (
    Assessment,
    Closure,
    Details,
    Link,
    Prospect,
    RegisterReport,
    Risk,
    RiskScale,
)
from risks.rules import (
    Answer,
    Band,
    band_of,
    by_exception,
    counts_by_band,
    is_passed,
    movement,
    score,
)

ORIGINAL, CURRENT, TARGET = Assessment.Stage.values


@dataclass(frozen=True)
class Scale:
    """The council's matrix as plain data."""

    likelihoods: tuple[str, ...]
    impacts: tuple[str, ...]
    bands: tuple[Band, ...]
    stages: dict[str, str]
    prospects: dict[str, str]
    exception_score: int
    exception_prospects: tuple[str, ...]
    source: str = ""

    @classmethod
    def of(cls, record: RiskScale) -> "Scale":
        return cls(
            tuple(record.likelihoods),
            tuple(record.impacts),
            tuple(Band(**band) for band in record.bands),
            _ordered(record.stages, Assessment.Stage.values),
            _ordered(record.prospects, [str(colour) for colour in COLOURS]),
            record.exception_score,
            tuple(record.exception_prospects),
            record.source,
        )

    def likelihood(self, value: int) -> str:
        return self.likelihoods[value - 1]

    def impact(self, value: int) -> str:
        return self.impacts[value - 1]

    def rank(self, band: Band) -> int:
        """The rank of a band; the highest band is 1."""
        return self.bands.index(band) + 1

    @property
    def exceptions(self) -> str:
        """The rule for exceptions in words."""
        colours = " or ".join(Rating(colour).label.lower() for colour in self.exception_prospects)
        return f"a score of {self.exception_score} or more and prospects of {colours}"


@dataclass(frozen=True)
class Position:
    """A risk's place on the matrix, at one stage: likelihood, impact, score and band."""

    row: Assessment
    scale: Scale

    @property
    def likelihood(self) -> int:
        return self.row.likelihood

    @property
    def impact(self) -> int:
        return self.row.impact

    @property
    def score(self) -> int:
        return score(self.row.likelihood, self.row.impact)

    @property
    def band(self) -> Band:
        return band_of(self.score, self.scale.bands)

    @property
    def rank(self) -> int:
        """The rank of its band; the highest band is 1."""
        return self.scale.rank(self.band)

    @property
    def likelihood_words(self) -> str:
        return self.scale.likelihood(self.row.likelihood)

    @property
    def impact_words(self) -> str:
        return self.scale.impact(self.row.impact)


@dataclass(frozen=True)
class RiskAt:
    """One risk as it was on a date."""

    risk: Risk
    details: Details
    scale: Scale
    positions: dict[str, Position] = field(default_factory=dict)
    prospect: Prospect | None = None
    closure: Closure | None = None
    links: tuple[Link, ...] = ()
    # Dates before this day count as passed: the day of the meeting, or of the register.
    day: date | None = None

    @property
    def original(self) -> Position | None:
        return self.positions.get(ORIGINAL)

    @property
    def now(self) -> Position | None:
        return self.positions.get(CURRENT)

    @property
    def target(self) -> Position | None:
        return self.positions.get(TARGET)

    @property
    def score(self) -> int | None:
        return self.now.score if self.now else None

    @property
    def prospects(self) -> str:
        return self.prospect.prospects if self.prospect else ""

    @property
    def exception(self) -> Answer:
        return by_exception(
            self.score,
            self.prospects,
            threshold=self.scale.exception_score,
            counting=self.scale.exception_prospects,
        )

    @property
    def moved(self) -> str:
        """How the score moved since the risk was entered."""
        return movement(self.original.score if self.original else None, self.score)

    @property
    def to_go(self) -> int | None:
        """Points between the current and the target score; None if either is missing."""
        if self.now is None or self.target is None:
            return None
        return self.now.score - self.target.score

    @property
    def reviewed_on(self) -> date | None:
        return self.now.row.on if self.now else None

    @property
    def review_by(self) -> date | None:
        return self.now.row.review_by if self.now else None

    @property
    def review_is_late(self) -> bool:
        """Whether the next review date of an open risk has passed."""
        return self._has_passed(self.review_by)

    @property
    def target_has_passed(self) -> bool:
        """Whether the target date has passed and the target is not met."""
        met = self.to_go is not None and self.to_go <= 0
        return not met and self._has_passed(self.details.target_date)

    def _has_passed(self, until: date | None) -> bool:
        if until is None or self.day is None or self.closure is not None:
            return False
        return is_passed(until, self.day)

    @property
    def owner_has_left(self) -> bool:
        """Whether the person who maintains it here has left; needs the owner to be fetched."""
        return self.risk.owner is not None and not self.risk.owner.is_active


@dataclass(frozen=True)
class Register:
    """A council's register as at a date, in register order, closed risks apart."""

    council: Council
    as_at: date
    scale: Scale
    risks: tuple[RiskAt, ...]
    closed: tuple[RiskAt, ...] = ()
    report: RegisterReport | None = None

    @property
    def by_band(self) -> list[tuple[Band, int]]:
        return counts_by_band((risk.score for risk in self.risks), self.scale.bands)

    @property
    def exceptions(self) -> list[RiskAt]:
        return [risk for risk in self.risks if risk.exception.yes]

    @property
    def everything(self) -> tuple[RiskAt, ...]:
        return (*self.risks, *self.closed)

    def only(self, wanted: Callable[[Risk], bool]) -> "Register":
        """The same register with only the risks for which ``wanted`` is true."""
        return replace(
            self,
            risks=tuple(entry for entry in self.risks if wanted(entry.risk)),
            closed=tuple(entry for entry in self.closed if wanted(entry.risk)),
        )

    def find(self, slug: str) -> RiskAt | None:
        return next((entry for entry in self.everything if entry.risk.slug == slug), None)


def register_at(
    council: Council,
    as_at: date,
    *,
    recorded_by: datetime | None = None,
    promised_until: date | None = None,
) -> Register | None:
    """The council's register as at a day, from what had been recorded by a moment (or by now).

    Dates before ``promised_until`` count as passed; it is ``as_at`` unless given. None if the
    council had no scale yet. Six queries, however many risks there are.
    """
    held = {"on__lte": as_at}
    if recorded_by is not None:
        held["recorded_at__lte"] = recorded_by
    record = RiskScale.objects.filter(council=council, **held).order_by("on", "recorded_at").last()
    if record is None:
        return None
    scale = Scale.of(record)
    mine = {"risk__council": council, **held}
    details = _latest(Details, mine).select_related("risk__owner")
    positions: dict[int, dict[str, Position]] = {}
    for row in _latest(Assessment, mine, "stage"):
        positions.setdefault(row.risk_id, {})[row.stage] = Position(row, scale)
    prospects = {row.risk_id: row for row in _latest(Prospect, mine)}
    closures = {row.risk_id: row for row in _latest(Closure, mine) if not row.reopened}
    links: dict[int, list[Link]] = {}
    for link in links_held(mine):
        links.setdefault(link.risk_id, []).append(link)
    entries = sorted(
        (
            RiskAt(
                row.risk,
                row,
                scale,
                positions.get(row.risk_id, {}),
                prospects.get(row.risk_id),
                closures.get(row.risk_id),
                tuple(links.get(row.risk_id, ())),
                promised_until or as_at,
            )
            for row in details
        ),
        key=lambda entry: (entry.risk.order, entry.risk.slug),
    )
    return Register(
        council,
        as_at,
        scale,
        tuple(entry for entry in entries if entry.closure is None),
        tuple(entry for entry in entries if entry.closure is not None),
    )


def published_register(report: RegisterReport) -> Register | None:
    """The register that a report published, as it was then."""
    register = register_at(
        report.council,
        report.as_at,
        recorded_by=report.published_at,
        promised_until=report.meeting_on,
    )
    return replace(register, report=report) if register else None


def latest_register(council: Council) -> Register | None:
    """The register that the council published last; None if it has published none."""
    report = (
        RegisterReport.objects.not_withdrawn()
        .filter(council=council)
        .select_related("council")
        .order_by("-as_at", "-number")
        .first()
    )
    return published_register(report) if report else None


def closure_now(risk: Risk) -> Closure | None:
    """The closure that holds today; None of a risk that is open. One query."""
    latest = Closure.objects.filter(risk=risk).order_by("on", "recorded_at", "pk").last()
    return latest if latest and not latest.reopened else None


def shows(report: RegisterReport, slug: str) -> bool:
    """Whether the register that the report published had the risk. One query."""
    held = {"on__lte": report.as_at, "recorded_at__lte": report.published_at}
    risk = {"risk__council": report.council_id, "risk__slug": slug}
    return Details.objects.filter(**risk, **held).exists()


def risks_of_project(register: Register, project_id: int) -> list[RiskAt]:
    """The open risks of the register that are linked to the project."""
    return [
        entry
        for entry in register.risks
        if any(link.project_id == project_id for link in entry.links)
    ]


def links_held(where: dict) -> list[Link]:
    """The links that match ``where`` and have not been dropped since. One query."""
    rows = Link.objects.filter(**where).select_related("project")
    held: dict[tuple, Link] = {}
    for row in rows.order_by("on", "recorded_at", "pk"):
        what = (row.risk_id, row.kind, row.project_id, row.reference)
        held.pop(what, None)
        if not row.dropped:
            held[what] = row
    return list(held.values())


def _ordered(meanings: dict[str, str], keys: Iterable[str]) -> dict[str, str]:
    """The meanings in the order of the keys: the database keeps no order."""
    return {key: meanings[key] for key in keys if key in meanings}


def _latest(model, held: dict, *more: str) -> QuerySet:
    """The latest row of each risk (and of each value of ``more``) among the ``held`` rows."""
    return (
        model.objects.filter(**held)
        .order_by("risk_id", *more, "-on", "-recorded_at", "-pk")
        .distinct("risk_id", *more)
    )
