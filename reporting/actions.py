"""Writes that touch more than one row."""

import msgspec
from django.db import transaction

from bcfportal.lib import clock
from reporting import sheets
from reporting.models import Publication, ReportingPeriod, Return, Snapshot
from reporting.sheet_making import returns_with_records, sheet_for


@transaction.atomic
def take_snapshots(returns, *, at=None):
    """Keeps what each of ``returns`` says now, unless its latest snapshot says the same.

    Returns the snapshots made. ``returns`` is a queryset of Return.
    """
    at = at or clock.now()
    # The rows are locked one table at a time: the sheet reads more, but a return is the unit.
    keys = list(returns.order_by("pk").select_for_update().values_list("pk", flat=True))
    latest = {
        snapshot.report_id: snapshot
        for snapshot in Snapshot.objects.filter(report__in=keys).order_by("number")
    }
    made = []
    for report in returns_with_records(Return.objects.filter(pk__in=keys)):
        sheet = sheet_for(report)
        content = msgspec.to_builtins(sheet)
        mark = sheets.fingerprint(content)
        before = latest.get(report.pk)
        if before and before.fingerprint == mark:
            continue
        made.append(
            Snapshot(
                report=report,
                number=before.number + 1 if before else 1,
                content=content,
                words=sheet.words,
                fingerprint=mark,
                made_at=at,
            )
        )
    return Snapshot.objects.bulk_create(made)


@transaction.atomic
def publish(snapshots, *, by=None, at=None):
    """Publishes the snapshots: from now on the pages of their periods show them."""
    at = at or clock.now()
    Publication.objects.bulk_create(
        Publication(snapshot=snapshot, at=at, by=by) for snapshot in snapshots
    )
    # Whatever wrote the period since, one of which something is published is published.
    ReportingPeriod.objects.filter(
        published_at__isnull=True, returns__snapshots__publication__isnull=False
    ).update(published_at=at)
