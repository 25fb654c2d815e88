"""Everything that people write about risks. Rows are only ever added.

Each action locks the council first and only then reads the clock. So a register that is
published at the same moment holds the whole of an action or none of it, and never gains a row.
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
from publishing.workflow import NotNow
from risks.access import require_to_keep
from risks.models import (
    Assessment,
    Closure,
    Details,
    Link,
    Progress,
    Promise,
    Prospect,
    Risk,
    Task,
)
from risks.register import closure_now, links_held
from typed.seen import Seen

Stage = Assessment.Stage
REWORDED_FIELDS = ("title", "description")


class Changed(NotNow):
    """Somebody else saved first. ``latest`` is the row that they saved."""

    def __init__(self, latest: Assessment | Details) -> None:
        self.latest = latest
        super().__init__(
            f"{latest.by_post} changed this on {day_words(latest.on)}, while you were "
            "writing. What you wrote is in the boxes below: compare the two, then save again."
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
    """Enters a risk; its current score is also its original score.

    Raises PermissionDenied for people who do not keep the register, NotNow if the reference is
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
    """Adds an assessment. ``seen`` is the key of the assessment that was on the person's screen.

    Raises PermissionDenied, NotNow if the risk is closed, Changed if it was assessed meanwhile.
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
    """Adds the details that hold from now on; the earlier ones stay in the risk's history.

    ``significant`` says whether to report the change of title or description to a committee. It
    is ignored if neither changed. Raises as ``assess`` does.
    """
    with _about(risk, by, access, now) as row:
        before = _unchanged(Details.objects.filter(risk=risk), seen)
        words_changed = any(getattr(before, name) != details[name] for name in REWORDED_FIELDS)
        return Details.objects.create(
            significant=significant and words_changed, reason=reason, **details, **row
        )


def give_owner(risk: Risk, *, owner: User | None, by: User, access: Access) -> None:
    """Sets who maintains the risk here and is reminded of its reviews. Officers only."""
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
    """Sets what the risk is about from now on: a row for each new link and each dropped one.

    Raises PermissionDenied, NotNow if the risk is closed, ValueError for another council's
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
    """Adds a task with the next number. Raises PermissionDenied, NotNow if the risk is closed."""
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
    """Adds progress on a task or on the risk as a whole, and what is promised next, by when.

    Raises PermissionDenied, NotNow if the risk is closed.
    """
    if task is not None and task.risk_id != risk.pk:
        raise ValueError("The task is of another risk.")
    with _about(risk, by, access, now) as row:
        if promise and due:
            Promise.objects.create(text=promise, due=due, **row)
        return Progress.objects.create(task=task, text=text, state=state, **row)


def close(
    risk: Risk,
    *,
    reason: str,
    by: User,
    access: Access,
    now: datetime | None = None,
    seen: Seen[Risk] | None = None,
) -> Closure:
    """Closes the risk; it stays in the register, and can be reopened.

    Raises as ``add_task`` does, and Stale where the risk is not as it was ``seen``.
    """
    with _about(risk, by, access, now) as row:
        if seen:
            seen.require(risk)
        return Closure.objects.create(reason=reason, **row)


def reopen(
    risk: Risk,
    *,
    reason: str,
    by: User,
    access: Access,
    now: datetime | None = None,
    seen: Seen[Risk] | None = None,
) -> Closure:
    """Opens a closed risk again, as it was when it was closed.

    Raises PermissionDenied, NotNow if the risk is open, Stale where it is not as it was ``seen``.
    """
    require_to_keep(access, by, risk)
    with _writing(risk.council, by, now) as row:
        if closure_now(risk) is None:
            raise NotNow(f"{risk} is open already.")
        if seen:
            seen.require(risk)
        return Closure.objects.create(risk=risk, reason=reason, reopened=True, **row)


@contextmanager
def _writing(council: Council, by: User, now: datetime | None) -> Iterator[dict[str, Any]]:
    """Locks the council's register and gives the values that all rows of an action share."""
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
        if closure := closure_now(risk):
            raise NotNow(
                f"{risk} was closed on {day_words(closure.on)}, so nothing more can be "
                "written about it until it is reopened."
            )
        yield row | {"risk": risk}


def _unchanged(
    rows: QuerySet[Assessment] | QuerySet[Details], seen: int | None
) -> Assessment | Details | None:
    """The latest of ``rows``; raises Changed if it is not the one that the person saw."""
    latest = rows.order_by("on", "recorded_at", "pk").last()
    if latest is not None and latest.pk != seen:
        raise Changed(latest)
    return latest
