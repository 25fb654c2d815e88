"""A figure that comes late corrects nothing, and is called by its own period."""

from outcomes.models import Result
from tests.westshire.measures import LAST, performance_paper
from tests.westshire.shown import page
from tests.westshire.test_versions import standing
from tests.westshire.test_withdrawn_and_not_taken import published

MEDICINES, QUARTER, NAME = "medicines-reviewed", "2026-27-q3", "Medicines reviewed in care homes"


def late(westshire, value):
    measure = westshire.measures.get(slug=MEDICINES)
    Result.objects.update_or_create(
        measure=measure,
        period=QUARTER,
        segment=None,
        defaults={
            "status": "reported",
            "value": value,
            "numerator": None,
            "denominator": None,
            "note": "",
        },
    )
    published(westshire, LAST)


def test_a_late_figure_of_the_month_s_own_quarter_came_in_and_is_called_by_the_quarter(
    westshire, client
):
    Result.objects.filter(measure__slug=MEDICINES, period=QUARTER).delete()
    published(westshire, LAST)
    late(westshire, "73.9")
    number = standing(westshire, LAST).number
    card = page(client, f"vital-signs/{MEDICINES}/")
    version = page(client, f"versions/{LAST}/{number}/")
    printed = performance_paper(client)
    assert f"{NAME}, Quarter 3 2026/27: Came in on 20 January 2027: 73.9%" in printed
    assert "Came in on 20 January 2027: 73.9%" in card
    assert f"{NAME}, Quarter 3 2026/27: 73.9%" in version
    for words in (card, version, printed, page(client, "vital-signs/")):
        assert "it was nothing" not in words
        assert "Whether final" not in words
    assert f"{NAME}, December 2026" not in printed
    dashboard = page(client, "vital-signs/")
    assert "Came in late" in dashboard
    assert f"{NAME}, Quarter 3 2026/27" in dashboard


def test_a_late_figure_that_is_put_right_is_corrected(westshire, client):
    late(westshire, "73.9")
    late(westshire, "74.1")
    assert "74.1%" in page(client, f"vital-signs/{MEDICINES}/")
    assert "it was 73.9%" in page(client, f"vital-signs/{MEDICINES}/")
