"""Why published reports say something otherwise: the reasons given when they were reopened."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db.models import OuterRef, Q, Subquery

from accounts.history import history_of, moment_of
from bcfportal.lib.periods import period_of
from bcfportal.lib.ratings import without_colour
from bcfportal.lib.versions import CAME_IN
from outcomes.models import Measure, Month, TargetChange
from outcomes.vital_signs.differences import (
    NAME_OF_A_PART,
    VARIANCE,
    month_text_name,
    target_name,
)
from projects.models import NameChange, Project, ProjectChange, ToleranceChange
from publishing.models import Report, ReportingPeriod, ReturnEvent, Snapshot
from publishing.period_versions.content import Corrected
from returns.period_versions.came_in import with_what_came_in
from returns.period_versions.differences import TEXTS, measure_text_name


@dataclass(frozen=True)
class Reopened:
    """One reopening: of which report, by its name in addresses, and period, when and why.

    ``until`` is when that return was approved again; None while it is open.
    """

    slug: str
    period: str
    at: datetime
    reason: str
    until: datetime | None


@dataclass(frozen=True)
class TargetSet:
    """A target of a project that was set: of which project and measure, period, when and why."""

    slug: str
    place: int
    measure: str
    period: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class SaidOtherwise:
    """What no return says and its page does: of which report, what was changed, when and why.

    ``slug`` is the report's name in addresses, ``what`` is what corrections call it; ``after`` is
    what it says since, where several things are called so.
    """

    slug: str
    what: str
    at: datetime
    reason: str
    after: str = ""


@dataclass(frozen=True)
class Given:
    """Every reason that was given in a council for what its reports of one kind say otherwise.

    ``judged`` is (when, why) of each change of how the council judges its figures, by time.
    """

    reopened: list[Reopened]
    targets: list[TargetSet]
    judged: list[tuple[datetime, str]]
    said: list[SaidOtherwise]


# What a correction is called that follows from a change of the project itself.
_OF_PROJECT = {
    ProjectChange.Kind.RENAMED: (TEXTS["title"], TEXTS["short_title"]),
    ProjectChange.Kind.MOVED: (TEXTS["condition_title"],),
}


def reasons_given(period: ReportingPeriod) -> Given:
    """What was given in the council for reports of the period's kind. Seven queries."""
    approved = ReturnEvent.objects.filter(report=OuterRef("report"), action="approve").filter(
        Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
    )
    events = ReturnEvent.objects.filter(
        action="reopen",
        report__period__council=period.council_id,
        report__period__kind=period.kind,
    ).order_by("at", "pk")
    until = Subquery(approved.order_by("at", "pk").values("at")[:1])
    named = ("report__slug", "report__period__key", "at", "comment")
    reopened = events.annotate(until=until).values_list(*named, "until")
    changes = TargetChange.objects.filter(measure__project__council=period.council_id)
    names = ("measure__project__slug", "measure__position", "measure__text", "period", "at", "why")
    targets = changes.order_by("at", "pk").values_list(*names)
    judged = ToleranceChange.objects.filter(council=period.council_id).order_by("at", "pk")
    return Given(
        reopened=[Reopened(*row) for row in reopened],
        targets=[TargetSet(*row) for row in targets],
        judged=list(judged.values_list("at", "why")),
        said=[
            *_of_projects(period.council_id),
            *_of_providers(period.council_id),
            *_reworded(period.council_id),
        ],
    )


def _of_projects(council: int) -> Iterator[SaidOtherwise]:
    changes = ProjectChange.objects.filter(project__council=council, kind__in=_OF_PROJECT)
    for slug, kind, at, why in changes.order_by("at", "pk").values_list(
        "project__slug", "kind", "at", "why"
    ):
        for what in _OF_PROJECT[ProjectChange.Kind(kind)]:
            yield SaidOtherwise(slug, what, at, why)


def _of_providers(council: int) -> Iterator[SaidOtherwise]:
    """The parts of the council's measures that are providers."""
    changes = NameChange.objects.filter(council=council, provider__isnull=False)
    for at, why, after in changes.order_by("at", "pk").values_list("at", "why", "after"):
        yield SaidOtherwise(Month.SLUG, NAME_OF_A_PART, at, why, after)


def _reworded(council: int) -> Iterator[SaidOtherwise]:
    """Measures whose words were put right in all periods, which is kept with the row's history."""
    events = history_of(Measure).filter(Q(council=council) | Q(project__council=council))
    slugs = dict(Project.objects.filter(council=council).values_list("pk", "slug"))
    texts: dict[int, str] = {}
    for event in events.select_related("pgh_context").order_by("pgh_id"):
        before = texts.get(event.pgh_obj_id)
        texts[event.pgh_obj_id] = event.text
        kept = event.pgh_context.metadata if event.pgh_context else {}
        if before is not None and before != event.text and kept.get("why"):
            what = measure_text_name(event.number or str(event.position))
            if not event.project_id:
                what = month_text_name(event.short_title or event.text)
            slug = slugs.get(event.project_id, Month.SLUG)
            yield SaidOtherwise(slug, what, moment_of(event), kept["why"])


def with_reasons(
    corrections: Iterable[Corrected],
    report: Report,
    before: Snapshot,
    after: Snapshot,
    given: Given,
) -> list[Corrected]:
    """The corrections, each with the reasons that were given for it; empty where none was.

    What follows from a target, a definition or a setting that was changed has the reason of that
    change, and keeps the one that it has already. ``before`` is the snapshot of ``report`` that
    was published last, ``after`` the one published now: what counts is what was given between
    them. What is said of a figure of another period has the reason for which the report of that
    period was reopened, where it was, or was still open. A figure that came in with another report
    since is said to, for no reason given here, with all that is said of it. Two queries where a
    figure is new, none otherwise.
    """
    corrections = with_what_came_in(list(corrections), report, before, after)
    reopened: dict[str, dict[str, None]] = {}
    for reopening in given.reopened:
        if reopening.slug != report.slug or reopening.at > after.at:
            continue
        still = reopening.until is None or reopening.until > before.at
        other = reopening.period != report.period.key
        if reopening.at >= before.at or (other and still):
            reopened.setdefault(reopening.period, {})[reopening.reason] = None
    reasons = {key: "; ".join(said) for key, said in reopened.items()}
    own = reasons.get(report.period.key, "")
    targets = [
        target
        for target in given.targets
        if target.slug == report.slug and before.at <= target.at <= after.at
    ]
    judged = [reason for at, reason in given.judged if before.at <= at <= after.at]
    said = {
        (change.what, change.after): change.reason
        for change in given.said
        if change.slug == report.slug and before.at <= change.at <= after.at
    }
    return [
        msgspec.structs.replace(
            corrected,
            why=""
            if corrected.before == CAME_IN
            else said.get((corrected.what, corrected.after))
            or said.get((corrected.what, ""))
            or _of_settings(corrected, targets, judged)
            or corrected.why
            or reasons.get(corrected.period)
            or own,
        )
        for corrected in corrections
    ]


def _of_settings(corrected: Corrected, targets: list[TargetSet], judged: list[str]) -> str:
    """Why a target or the council's variance is another, or a colour turned with its target.

    ``targets`` were set, and ``judged`` given, between the two reports, by time.
    """
    if corrected.what == VARIANCE:
        return judged[-1] if judged else ""
    if not corrected.is_figure:
        name = corrected.what.removeprefix("Note on ")
        reasons = [
            target.reason
            for target in targets
            if target_name(target.measure, target.period) == name
        ]
        return reasons[-1] if reasons else ""
    if without_colour(corrected.before) != without_colour(corrected.after):
        return ""
    end = period_of(corrected.period).last_day
    begun = [
        (period_of(target.period).last_day, target.at, target.reason)
        for target in targets
        if str(target.place) == corrected.measure and period_of(target.period).last_day <= end
    ]
    reason = max(begun)[-1] if begun else ""
    return "; ".join(dict.fromkeys(filter(None, (corrected.why, reason))))
