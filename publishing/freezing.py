"""Freezing: the one way to keep for good what records say now."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from accounts.models import User
from bcfportal.lib.extending import insert_extending
from bcfportal.lib.versions import FORM, fingerprint
from projects.models import Council
from publishing.models import Publication, Version
from publishing.withdrawal import lapse_requests

V = TypeVar("V", bound=Version)


@transaction.atomic
def freeze(rows: Iterable[V], council_pk: int) -> list[V]:
    """Writes new versions of a council's records, each the next in the council's chain.

    ``rows`` have their record, ``number``, ``content``, ``at`` and ``by``; all else is filled in
    here. The council is locked, so that two people are serialised. Four queries, and a savepoint.
    """
    rows = list(rows)
    if not rows:
        return rows
    Council.objects.select_for_update(no_key=True).get(pk=council_pk)
    before = Version.objects.filter(council=council_pk).defer("content").order_by("-place").first()
    for row in rows:
        row.council_id, row.kind, row.name = council_pk, row.KIND, row.record_name()
        row.schema, row.form = row.content.get("schema", 1), FORM
        row.fingerprint = fingerprint(row.content)
        row.place = before.place + 1 if before else 1
        row.previous = before.link if before else ""
        before = row
    return insert_extending(Version, rows)


def make_public(versions: Iterable[Version], *, at: datetime, by: User | None) -> None:
    """Keeps that these versions were published; of those that were already, nothing changes.

    What was asked of versions that they replace lapses.
    """
    versions = list(versions)
    keys = [version.pk for version in versions]
    known = set(Publication.objects.filter(version__in=keys).values_list("version_id", flat=True))
    Publication.objects.bulk_create(
        Publication(version_id=key, at=at, by=by) for key in keys if key not in known
    )
    if by:
        lapse_requests(versions, at=at, by=by)
