"""Whether what is kept for good is what was kept: fingerprints, numbers, and what protects them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pgtrigger
from django.db import models

from bcfportal.lib.protection import Trigger
from bcfportal.lib.versions import fingerprint
from finance.models import MonitoringReport, MonitoringSnapshot, SavingsEdition
from publishing.models import KeptPaper, PeriodVersion, Snapshot
from risks.models import RegisterEdition

# Rows read at a time: a version of a large programme is some megabytes.
_AT_A_TIME = 50
KEPT: tuple[type[models.Model], ...] = (
    Snapshot,
    PeriodVersion,
    MonitoringSnapshot,
    SavingsEdition,
    RegisterEdition,
)


@dataclass(frozen=True)
class Numbered:
    """A table in which each of some rows has the next number, from 1, among those of the same."""

    model: type[models.Model]
    among: tuple[str, ...]
    number: str = "number"


NUMBERED = (
    Numbered(Snapshot, ("report",)),
    Numbered(PeriodVersion, ("period",)),
    Numbered(MonitoringSnapshot, ("report",)),
    Numbered(SavingsEdition, ("paper",)),
    Numbered(MonitoringReport, ("council", "period"), "version"),
)


def faults() -> Iterator[str]:
    """What is not as it was kept, each in a sentence that names the place; none where all is."""
    for model in KEPT:
        yield from _changed(model)
    yield from _changed_papers()
    for numbered in NUMBERED:
        yield from _missing(numbered)
    yield from unprotected()


def counted() -> dict[str, int]:
    """How many rows of each kind there are to verify, by what they are called."""
    kept: tuple[type[models.Model], ...] = (*KEPT, KeptPaper)
    return {str(model._meta.verbose_name): model._default_manager.count() for model in kept}


def _place(row: models.Model) -> str:
    return f"{row._meta.verbose_name} {row.pk} ({row})"


def _changed(model: Any) -> Iterator[str]:
    for row in model.objects.order_by("pk").iterator(chunk_size=_AT_A_TIME):
        if fingerprint(row.content) != row.fingerprint:
            yield f"{_place(row)}: its content is not that of its fingerprint {row.fingerprint}."


def _changed_papers() -> Iterator[str]:
    for paper in KeptPaper.objects.order_by("pk").iterator(chunk_size=_AT_A_TIME):
        if hashlib.sha256(bytes(paper.content)).hexdigest() != paper.sha256:
            yield f"{_place(paper)}: the file is not that of its hash {paper.sha256}."


def _missing(numbered: Numbered) -> Iterator[str]:
    rows = numbered.model._default_manager.order_by(*numbered.among)
    groups = rows.values(*numbered.among).annotate(
        last=models.Max(numbered.number), rows=models.Count("pk")
    )
    for group in groups:
        if group["last"] != group["rows"]:
            of = ", ".join(f"{name} {group[name]}" for name in numbered.among)
            yield (
                f"{numbered.model._meta.verbose_name_plural} of {of}: "
                f"the last is number {group['last']}, and there are {group['rows']}."
            )


def unprotected() -> Iterator[str]:
    """Each protecting trigger that is missing, changed or switched off, in a sentence."""
    for model, trigger in pgtrigger.registered():
        status, enabled = trigger.get_installation_status(model)
        if status == "INSTALLED" and enabled:
            continue
        what = "switched off" if status == "INSTALLED" else status.lower()
        yield f"{model._meta.db_table}: the trigger {trigger.name} is {what}."


def protecting(model: type[models.Model]) -> list[Trigger]:
    """The triggers of a model that no setting passes over."""
    return [
        trigger
        for of, trigger in pgtrigger.registered()
        if of is model and isinstance(trigger, Trigger)
    ]
