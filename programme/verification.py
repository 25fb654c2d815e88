"""Whether what is kept for good is what was kept: fingerprints, the chain, what protects them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import pgtrigger
from django.apps import apps
from django.db import models

from bcfportal.lib.protection import Trigger
from bcfportal.lib.sentences import counted
from bcfportal.lib.versions import fingerprint
from finance.models import MonitoringReport
from publishing.models import KeptPaper, Version

# Rows read at a time: a version of a large programme is some megabytes.
_AT_A_TIME = 50


def kinds_of_version() -> list[type[Version]]:
    """Each subject's rows of versions, of the apps that are installed."""
    return [
        model for model in apps.get_models() if issubclass(model, Version) and model is not Version
    ]


@dataclass(frozen=True)
class Numbered:
    """A table in which each of some rows has the next number, from 1, among those of the same."""

    model: type[models.Model]
    among: tuple[str, ...]
    number: str = "number"


NUMBERED = (
    Numbered(Version, ("council", "kind", "name")),
    Numbered(Version, ("council",), "place"),
    Numbered(MonitoringReport, ("council", "period"), "version"),
)


def faults() -> Iterator[str]:
    """What is not as it was kept, each in a sentence that names the place; none where all is."""
    yield from _changed()
    for kind in kinds_of_version():
        yield from _of_another_record(kind)
    yield from _changed_papers()
    for numbered in NUMBERED:
        yield from _missing(numbered)
    yield from unprotected()


def verified() -> list[str]:
    """How many there are to verify of each kind: "2 versions of a finance report"."""
    rows = Version.objects.order_by("kind").values_list("kind").annotate(models.Count("pk"))
    kinds = [
        counted(count, f"version of a {kind}", f"versions of a {kind}") for kind, count in rows
    ]
    return [*kinds, counted(KeptPaper.objects.count(), "kept paper")]


def ends_of_chains() -> dict[str, tuple[int, str]]:
    """(how many versions, the link of the last) of each council, by its address name.

    Whoever notes them can tell later that none of those versions was changed or taken away.
    """
    last = Version.objects.order_by("council_id", "-place").distinct("council_id").defer("content")
    return {row.council.slug: (row.place, row.link) for row in last.select_related("council")}


def chain_of(council: str) -> Iterator[str]:
    """What the chain of a council, by its address name, says of each version, the first first."""
    rows = Version.objects.filter(council__slug=council).defer("content").order_by("place")
    return (row.in_chain.decode() for row in rows.iterator())


def _place(row: models.Model) -> str:
    return f"{row._meta.verbose_name} {row.pk} ({row})"


def _changed() -> Iterator[str]:
    """Versions that are not what they were, or do not follow the one before in their council."""
    before: Version | None = None
    rows = Version.objects.select_related("council").order_by("council_id", "place")
    for row in rows.iterator(chunk_size=_AT_A_TIME):
        if before is None or before.council_id != row.council_id:
            before = None
        if fingerprint(row.content) != row.fingerprint:
            yield f"{_place(row)}: its content does not match its fingerprint {row.fingerprint}."
        if row.previous != (before.link if before else ""):
            yield (
                f"{_place(row)}: it does not follow what stands before it in the chain of "
                f"{row.council}: {before or 'nothing'}."
            )
        before = row


def _of_another_record(kind: type[Version]) -> Iterator[str]:
    """Versions that are of another record than they were, and those whose row is gone."""
    rows = kind._default_manager.select_related(*kind.RECORD).defer("content")
    there = set()
    for row in rows.iterator(chunk_size=_AT_A_TIME):
        there.add(row.pk)
        if row.record_name() != row.name:
            yield f"{_place(row)}: it was of {row.name} and is of {row.record_name()}."
    for row in Version.objects.filter(kind=kind.KIND).exclude(pk__in=there).defer("content"):
        yield f"{_place(row)}: what it is a version of is gone."


def _changed_papers() -> Iterator[str]:
    for paper in KeptPaper.objects.order_by("pk").iterator(chunk_size=_AT_A_TIME):
        if hashlib.sha256(bytes(paper.content)).hexdigest() != paper.sha256:
            yield f"{_place(paper)}: the file does not match its hash {paper.sha256}."


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
