"""The money of Westshire's story: what must have happened in it."""

from finance.models import MonitoringReport


def test_reports_are_published_but_the_last_two(westshire):
    reports = MonitoringReport.objects.filter(council=westshire)
    assert {(each.period, each.version): each.status for each in reports} == {
        ("2024-25", 1): "published",
        ("2025-26", 1): "published",
        ("2026-27-m02", 1): "published",
        ("2026-27-m04", 1): "published",
        ("2026-27-m06", 1): "published",
        ("2026-27-m06", 2): "published",
        ("2026-27-m08", 1): "published",
        ("2026-27-m09", 1): "approved",
        ("2026-27-m10", 1): "draft",
    }
