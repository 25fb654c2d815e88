"""Everything that is written about risks. Rows are only ever added.

Each action locks the council first and reads the clock then: a report that is published at the
same moment has either all of an action or nothing, and never gains a row afterwards.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import Permission
from bcfportal.lib import clock
from bcfportal.lib.sentences import day_words
from projects.access import Access
from projects.models import Council, Project
from risks.access import require_to_keep
from risks.content import editions_of
from risks.models import (
    Assessment,
    Closure,
    Details,
    Link,
    Progress,
    Promise,
    Prospect,
    RegisterReport,
    Risk,
    Task,
)
from risks.register import links_held

Stage = Assessment.Stage
REWORDED_FIELDS = ("title", "description")


class NotNow(Exception):
    """What was asked cannot be done as things are. The message says why, for the person."""


class Changed(NotNow):
    """Another person wrote while this one did. ``latest`` is what now stands."""

    def __init__(self, latest: Assessment | Details) -> None:
        self.latest = latest
        super().__init__(
            f"{latest.by_post} changed this on {day_words(latest.on)}, while you were "
            "writing. Your words are in the boxes below: compare them, then save again."
        )


def add_risk(
    council: Council,
    *,
    reference: str,
    slug: str,
    details: dict,
    original: tuple[int, int],
    target: tuple[int, int],
    prospects: str,
    reason: str,
    review_by: date | None,
    owner: User | None,
    by: User,
    access: Access,
    now: datetime | None = None,
) -> Risk:
    """Enters a risk: where it stands now is where it stands originally.

    Raises PermissionDenied for people who do not keep the register, NotNow where the reference is
    taken.
    """
    if access.council.pk != council.pk or not access.may(Permission.KEEP_RISKS):
        raise PermissionDenied
    with _writing(council, by, now) as row:
        if Risk.objects.filter(council=council, slug=slug).exists():
            raise NotNow(
                "The register already has a risk with that reference, or one very like it."
            )
        last = Risk.objects.filter(council=council).aggregate(last=Max("order"))["last"] or 0
        risk = Risk.objects.create(
            council=council,
            slug=slug,
            reference=reference,
            order=last + 1,
            entered_on=row["on"],
            owner=owner,
        )
        row |= {"risk": risk, "reason": reason}
        Details.objects.create(**details, **row)
        for stage, (likelihood, impact) in (
            (Stage.ORIGINAL, original),
            (Stage.CURRENT, original),
            (Stage.TARGET, target),
        ):
            Assessment.objects.create(
                stage=stage,
                likelihood=likelihood,
                impact=impact,
                review_by=review_by if stage == Stage.CURRENT else None,
                **row,
            )
        Prospect.objects.create(prospects=prospects, **row)
    return risk


def assess(
    risk: Risk,
    *,
    current: tuple[int, int],
    prospects: str,
    reason: str,
    review_by: date | None,
    seen: int | None,
    by: User,
    access: Access,
    now: datetime | None = None,
) -> Assessment:
    """Adds where the risk stands now. ``seen`` is the key of the assessment that was on screen.

    Raises PermissionDenied, NotNow where the risk is closed, Changed where it was assessed since.
    """
    with _about(risk, by, access, now) as row:
        rows = Assessment.objects.filter(risk=risk, stage=Stage.CURRENT)
        _unchanged(rows, seen)
        assessment = Assessment.objects.create(
            stage=Stage.CURRENT,
            likelihood=current[0],
            impact=current[1],
            reason=reason,
            review_by=review_by,
            **row,
        )
        Prospect.objects.create(prospects=prospects, reason=reason, **row)
    return assessment


def reword(
    risk: Risk,
    *,
    details: dict,
    reason: str,
    significant: bool,
    seen: int | None,
    by: User,
    access: Access,
    now: datetime | None = None,
) -> Details:
    """Adds what the risk is called and about from now on; what was stays in its history.

    ``significant`` says whether the change of title or description is to be told to a committee;
    where neither changed it is not. Raises as ``assess`` does.
    """
    with _about(risk, by, access, now) as row:
        before = _unchanged(Details.objects.filter(risk=risk), seen)
        words_changed = any(getattr(before, name) != details[name] for name in REWORDED_FIELDS)
        return Details.objects.create(
            significant=significant and words_changed, reason=reason, **details, **row
        )


def give_owner(risk: Risk, *, owner: User | None, by: User, access: Access) -> None:
    """Says who keeps the risk here and is reminded. Officers only."""
    if not access.may(Permission.KEEP_RISKS):
        raise PermissionDenied
    require_to_keep(access, by, risk)
    if risk.owner_id != (owner.pk if owner else None):
        risk.owner = owner
        risk.save(update_fields=["owner"])


def set_links(
    risk: Risk,
    *,
    projects: Iterable[Project],
    measures: Iterable[str],
    savings: Iterable[str],
    by: User,
    access: Access,
    now: datetime | None = None,
) -> None:
    """Says what the risk is about from now on: a row for each link that is new or dropped.

    Raises PermissionDenied, NotNow where the risk is closed, ValueError for another council's
    project.
    """
    wanted: set[tuple[str, int | None, str]] = {
        (Link.Kind.PROJECT, project.pk, "") for project in projects
    }
    wanted |= {(Link.Kind.MEASURE, None, reference) for reference in measures}
    wanted |= {(Link.Kind.SAVING, None, reference) for reference in savings}
    if any(project.council_id != risk.council_id for project in projects):
        raise ValueError("A project of another council.")
    with _about(risk, by, access, now) as row:
        held = {
            (link.kind, link.project_id, "" if link.project_id else link.reference): link
            for link in links_held({"risk": risk})
        }
        for kind, project_id, reference in sorted(wanted - held.keys(), key=str):
            Link.objects.create(kind=kind, project_id=project_id, reference=reference, **row)
        for key in sorted(held.keys() - wanted, key=str):
            kind, project_id, _ = key
            reference = held[key].reference
            Link.objects.create(
                kind=kind, project_id=project_id, reference=reference, dropped=True, **row
            )


def add_task(
    risk: Risk, *, text: str, by: User, access: Access, now: datetime | None = None
) -> Task:
    """Adds a task with the next number. Raises PermissionDenied, NotNow where it is closed."""
    with _about(risk, by, access, now) as row:
        last = Task.objects.filter(risk=risk).aggregate(last=Max("number"))["last"] or 0
        return Task.objects.create(number=last + 1, text=text, **row)


def add_progress(
    risk: Risk,
    *,
    task: Task | None,
    text: str,
    state: str,
    promise: str = "",
    due: date | None = None,
    by: User,
    access: Access,
    now: datetime | None = None,
) -> Progress:
    """Adds how a task, or the risk as a whole, is getting on, and what is promised next by when.

    Raises PermissionDenied, NotNow where the risk is closed.
    """
    if task is not None and task.risk_id != risk.pk:
        raise ValueError("The task is of another risk.")
    with _about(risk, by, access, now) as row:
        if promise and due:
            Promise.objects.create(text=promise, due=due, **row)
        return Progress.objects.create(task=task, text=text, state=state, **row)


def close(
    risk: Risk, *, reason: str, by: User, access: Access, now: datetime | None = None
) -> Closure:
    """Closes the risk for good; it stays in the register. Raises as ``add_task`` does."""
    with _about(risk, by, access, now) as row:
        return Closure.objects.create(reason=reason, **row)


def publish_register(
    council: Council,
    *,
    as_at: date,
    title: str,
    meeting_on: date | None,
    by: User,
    access: Access,
    now: datetime | None = None,
) -> RegisterReport:
    """Publishes the register as at a day, for ever. Raises PermissionDenied; NotNow where the day
    is to come, is not after the latest that is published, or has no scale or no risk.
    """
    if access.council.pk != council.pk or not access.may(Permission.KEEP_RISKS):
        raise PermissionDenied
    with _writing(council, by, now) as row:
        if as_at > row["on"]:
            raise NotNow("The register can be published as at today or an earlier day.")
        latest = (
            RegisterReport.objects.not_withdrawn().filter(council=council).order_by("as_at").last()
        )
        if latest and as_at <= latest.as_at:
            day = day_words(latest.as_at)
            raise NotNow(f"A register as at {day} is published: choose a later day.")
        if not council.risk_scales.filter(on__lte=as_at).exists():
            raise NotNow("The council has no risk matrix that holds on that day.")
        if not Details.objects.filter(risk__council=council, on__lte=as_at).exists():
            raise NotNow("The register has no risk on that day.")
        report = RegisterReport.objects.create(
            council=council,
            as_at=as_at,
            title=title,
            meeting_on=meeting_on,
            published_at=row["recorded_at"],
            published_by=by,
            since=latest.as_at if latest else None,
            # Of a day whose register was withdrawn there is another.
            number=council.risk_reports.filter(as_at=as_at).count() + 1,
        )
        editions_of([report])
        return report


@contextmanager
def _writing(council: Council, by: User, now: datetime | None) -> Iterator[dict[str, Any]]:
    """Locks the council's register and gives what all rows of an action have in common."""
    with transaction.atomic():
        Council.objects.select_for_update(no_key=True).get(pk=council.pk)
        moment = now or clock.now()
        yield {
            "on": timezone.localdate(moment),
            "recorded_at": moment,
            "by": by,
            "by_post": by.post,
        }


@contextmanager
def _about(risk: Risk, by: User, access: Access, now: datetime | None) -> Iterator[dict[str, Any]]:
    require_to_keep(access, by, risk)
    with _writing(risk.council, by, now) as row:
        closure = Closure.objects.filter(risk=risk).first()
        if closure:
            raise NotNow(
                f"{risk} was closed on {day_words(closure.on)}, so nothing more can be "
                "written about it."
            )
        yield row | {"risk": risk}


def _unchanged(
    rows: QuerySet[Assessment] | QuerySet[Details], seen: int | None
) -> Assessment | Details | None:
    """The latest of ``rows``; raises Changed where it is not the one that the person saw."""
    latest = rows.order_by("on", "recorded_at", "pk").last()
    if latest is not None and latest.pk != seen:
        raise Changed(latest)
    return latest
