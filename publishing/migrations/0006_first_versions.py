"""Gives every published period its first version, as its pages show it now."""

import hashlib

import msgspec
from django.db import migrations


def make_versions(apps, schema_editor):
    Period = apps.get_model("reporting", "ReportingPeriod")
    Snapshot = apps.get_model("reporting", "Snapshot")
    Version = apps.get_model("reporting", "PeriodVersion")
    Shown = apps.get_model("reporting", "VersionSnapshot")
    for period in Period.objects.filter(published_at__isnull=False).select_related("council"):
        latest = {}
        snapshots = (
            Snapshot.objects.filter(report__period=period, publication__isnull=False)
            .select_related("report__project")
            .defer("content", "words")
            .order_by(
                "report__project__grant_condition__number", "report__project__order", "number"
            )
        )
        for snapshot in snapshots:
            latest[snapshot.report_id] = snapshot
        if not latest:
            continue
        content = {
            "schema": 1,
            "council": period.council.slug,
            "period": period.key,
            "title": period.title,
            "subtitle": period.subtitle,
            "as_at": period.as_at.isoformat(),
            "entries": [
                {
                    "slug": each.report.project.slug if each.report.project else "vital-signs",
                    "fingerprint": each.fingerprint,
                    "period": period.key,
                }
                for each in latest.values()
            ],
        }
        mark = hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()
        version = Version.objects.create(
            period=period, number=1, content=content, fingerprint=mark, at=period.published_at
        )
        Shown.objects.bulk_create(
            Shown(version=version, snapshot=snapshot) for snapshot in latest.values()
        )
        period.current_since = period.published_at
        period.save(update_fields=["current_since"])


class Migration(migrations.Migration):
    dependencies = [("reporting", "0005_versions")]

    operations = [migrations.RunPython(make_versions, migrations.RunPython.noop)]
