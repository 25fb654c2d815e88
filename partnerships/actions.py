"""What writes arrangements: all or nothing, and only while nothing waits for approval."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify

from accounts.models import User
from accounts.writing import keep_writer
from partnerships.models import (
    Arrangement,
    Function,
    FunctionDecision,
    JointOutcome,
    OutcomesFramework,
    Pool,
)
from partnerships.models.programmes import IntegrationProgramme
from projects.models import Council
from publishing.workflow import NotNow

_PARTS: dict[str, type[models.Model]] = {
    "programme": IntegrationProgramme,
    "pool": Pool,
    "outcomes": OutcomesFramework,
}
HEAD = ("title", "purpose", "source")


@transaction.atomic
def add_arrangement(
    council: Council, kind: str, given: Mapping[str, Any], *, by: User
) -> Arrangement:
    """A new draft of the kind, with nothing but its title and what it is for."""
    slug = slugify(given["title"])[:60]
    arrangement = Arrangement.objects.create(council=council, kind=kind, slug=slug, **given)
    _PARTS[kind]._default_manager.create(arrangement=arrangement)
    keep_writer(arrangement, by)
    return arrangement


@transaction.atomic
def save_arrangement(
    arrangement: Arrangement,
    given: Mapping[str, Any],
    tables: Mapping[str, Sequence[Mapping[str, Any] | None]],
    *,
    writers: Iterable[User],
) -> None:
    """What its form says. ``tables`` has the rows of each relation, None for one that is empty.

    A row keeps what the form does not show, such as its paragraph; an emptied one is removed.
    Raises NotNow where it waits for approval, or a row that is emptied has to stay.
    """
    locked = _to_write(arrangement)
    for name in HEAD:
        setattr(locked, name, given[name])
    locked.save(update_fields=HEAD)
    part = getattr(locked, _relation(locked.kind))
    for name, value in given.items():
        if name not in HEAD:
            setattr(part, name, value)
    part.save()
    for relation, rows in tables.items():
        _save_rows(locked, relation, rows)
    for writer in writers:
        keep_writer(locked, writer)


@transaction.atomic
def decide_function(function: Function, given: Mapping[str, Any], *, by: User) -> FunctionDecision:
    """Keeps a decision on a function, and which earlier one it replaces."""
    _to_write(function.arrangement)
    decisions = function.decisions.all()
    replaced = given.get("replaces")
    last = decisions.aggregate(last=models.Max("order"))["last"] or 0
    made = function.decisions.create(
        order=last + 1,
        replaces=decisions.get(order=replaced) if replaced else None,
        **{name: value for name, value in given.items() if name != "replaces"},
    )
    keep_writer(function.arrangement, by)
    return made


@transaction.atomic
def save_outcome(
    arrangement: Arrangement, outcome: JointOutcome | None, given: Mapping[str, Any], *, by: User
) -> JointOutcome:
    """An outcome with its weight and measures, new or changed."""
    locked = _to_write(arrangement)
    if outcome is None:
        last = locked.jointoutcomes.aggregate(last=models.Max("order"))["last"] or 0
        outcome = JointOutcome(arrangement=locked, order=last + 1)
    for name, value in given.items():
        if name != "measures":
            setattr(outcome, name, value)
    outcome.save()
    chosen = given["measures"]
    outcome.measures.exclude(name__in=chosen).delete()
    for name in chosen:
        outcome.measures.get_or_create(name=name)
    keep_writer(locked, by)
    return outcome


@transaction.atomic
def remove_outcome(outcome: JointOutcome, *, by: User) -> None:
    """Takes an outcome out of a draft; its history stays."""
    locked = _to_write(outcome.arrangement)
    outcome.delete()
    keep_writer(locked, by)


def why_not_written(arrangement: Arrangement) -> str:
    """Why nothing of it can be written now, in a sentence; nothing where it can be."""
    if arrangement.status == Arrangement.Status.DRAFT:
        return ""
    if arrangement.status == Arrangement.Status.SUBMITTED:
        return f"“{arrangement}” waits for approval. Take it back to change it."
    return f"“{arrangement}” is {arrangement.status}. Say first why it is changed."


def _to_write(arrangement: Arrangement) -> Arrangement:
    locked = Arrangement.objects.select_for_update().get(pk=arrangement.pk)
    if reason := why_not_written(locked):
        raise NotNow(reason)
    return locked


def _relation(kind: str) -> str:
    return {"programme": "programme", "pool": "pool", "outcomes": "framework"}[kind]


def _save_rows(
    arrangement: Arrangement, relation: str, rows: Sequence[Mapping[str, Any] | None]
) -> None:
    manager = getattr(arrangement, relation)
    records = list(manager.order_by("order"))
    last = records[-1].order if records else 0
    for place, row in enumerate(rows):
        record = records[place] if place < len(records) else None
        if row is None:
            if record is not None:
                _remove(record)
            continue
        if record is None:
            last += 1
            record = manager.model(arrangement=arrangement, order=last)
        for name, value in row.items():
            setattr(record, name, value)
        record.save()


def _remove(record: models.Model) -> None:
    if isinstance(record, Function) and record.decisions.exists():
        raise NotNow(f"Something was decided on “{record}”, so it stays in the list.")
    record.delete()
