"""What the latest reports of projects and measures say in words that cannot be so."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from bcfportal.lib.discrepancies import Discrepancy, Place
from outcomes.vital_signs.content import VitalSigns
from projects.models import Council
from publishing.models import Snapshot
from publishing.version_cache import sheets_by_fingerprint
from returns.content import Sheet
from returns.subjects import content_of
from returns.warnings.held_back_in_words import texts_of
from returns.warnings.what_sentences_say import SlipSaid, slips_in


def disagreements(council: Council) -> Iterator[Discrepancy]:
    """Of the latest approved report of each project and each month. A query, and two a kind."""
    latest = (
        Snapshot.objects.filter(report__period__council=council)
        .order_by("report__period__kind", "report__slug", "-report__period__as_at", "-number")
        .distinct("report__period__kind", "report__slug")
        .select_related("report__period__council")
        .defer("words", "search")
    )
    by_content: dict[type, list[Snapshot]] = {}
    for snapshot in latest:
        by_content.setdefault(content_of(snapshot.report.period), []).append(snapshot)
    for content, snapshots in by_content.items():
        marks = [row.fingerprint for row in snapshots]
        sheets: dict[str, Any] = sheets_by_fingerprint(marks, content)
        for row in snapshots:
            yield from _of_report(row, sheets[row.fingerprint])


def _of_report(snapshot: Snapshot, sheet: Sheet | VitalSigns) -> Iterator[Discrepancy]:
    report, council = snapshot.report, snapshot.report.period.council
    address = reverse("reporting:review", args=[council.slug, report.period.key, report.slug])
    about = f"{snapshot.title}, {report.period.label}"
    for said in slips_in(texts_of(sheet), sheet, report.period.as_at):
        yield _discrepancy(f"words:{report.slug}", about, said, address)


def _discrepancy(key: str, about: str, said: SlipSaid, address: str) -> Discrepancy:
    sentence = hashlib.sha256(said.slip.sentence.encode()).hexdigest()[:12]
    return Discrepancy(
        key=f"{key}:{sentence}:{said.slip.said}",
        check=said.kind,
        about=about,
        first=Place(f"{said.slip.said} in “{said.slip.sentence}”", said.title, address),
        second=Place(said.slip.other, "", address),
        by=said.slip.by,
    )
