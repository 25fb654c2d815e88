"""A month calls a provider what it was called on the month's own day, as a quarter does."""

import pytest

from outcomes.models import Segment
from returns.period_versions.published import read
from tests.westshire.measures import LAST, card, csv_rows, performance_paper
from tests.westshire.test_held_back import republished
from tests.westshire.test_parts_by_provider import MISSPELT, renamed
from tests.westshire.test_renamed import WHY, from_day
from tests.westshire.test_versions import standing

SLUG, NEW, SEPTEMBER = "visits-on-time", "Severn Mutual", "2026-27-m06"
FROM_OCTOBER = from_day(2026, 10, 1)


@pytest.fixture
def part(westshire):
    found = Segment.objects.filter(
        council=westshire, kind="provider", results__measure__slug=SLUG, results__period=LAST
    )
    return found.select_related("provider").order_by("order").first()


def told(client, month):
    """Page, paper and file of the month."""
    rows = [row for row in csv_rows(client, month) if row["measure"] == SLUG]
    return {
        "page": card(client, SLUG, month),
        "paper": performance_paper(client, month),
        "file": str([row["part"] for row in rows]),
    }


@pytest.mark.parametrize("how", [FROM_OCTOBER, MISSPELT], ids=["renamed", "misspelt"])
def test_a_month_has_the_name_of_a_provider_of_its_day_on_page_paper_and_file(
    westshire, client, part, how
):
    old = part.provider.name
    before = {where: old in words for where, words in told(client, LAST).items()}
    assert before["page"]
    assert before["file"]
    renamed(client, part.provider, NEW, **how)
    republished(westshire, LAST)
    for where, words in told(client, LAST).items():
        assert (NEW in words) or not before[where], where
        corrected = f"{NEW}; it was {old}"
        assert old not in words.replace(" ;", ";").replace(corrected, ""), where
    said = [each for each in read(standing(westshire, LAST)).corrections if each.after == NEW]
    assert [(each.what, each.before, each.why) for each in said] == [
        ("Name of a part", old, how["why"])
    ]


def test_a_month_before_the_day_of_a_new_name_keeps_the_name_of_then(westshire, client, part):
    old = part.provider.name
    renamed(client, part.provider, NEW, **FROM_OCTOBER)
    republished(westshire, SEPTEMBER)
    for where, words in told(client, SEPTEMBER).items():
        assert NEW not in words, where
        assert WHY not in words, where
    assert old in told(client, SEPTEMBER)["page"]


def test_a_part_that_is_called_otherwise_than_its_provider_keeps_its_name(westshire, client, part):
    Segment.objects.filter(pk=part.pk).update(name="The east team")
    renamed(client, part.provider, NEW, **FROM_OCTOBER)
    republished(westshire, LAST)
    assert "The east team" in told(client, LAST)["page"]
    assert NEW not in told(client, LAST)["page"]
