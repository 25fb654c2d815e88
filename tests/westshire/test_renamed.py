"""A fund or an objective that is renamed has one name in each publication."""

import pytest

from projects.models import Fund, GrantCondition
from publishing.period_versions.published import read
from returns.period_versions.published import read_programme, shown_sheets
from returns.review import publish_period
from tests.westshire.project_pages import Q2, Q3, by, download, period
from tests.westshire.shown import page
from tests.westshire.test_later_periods import corrected
from tests.westshire.test_versions import standing, withdrawn

PROJECT, FUND, SERVED = "medicines-support", "nhs-minimum", 3
OLD = {"fund": "NHS minimum contribution", "served": "Steady the care market"}
NEW = {"fund": "NHS contribution renamed", "served": "Market renamed"}


@pytest.fixture
def renamed(westshire):
    Fund.objects.filter(council=westshire, slug=FUND).update(name=NEW["fund"], label="NHSX")
    GrantCondition.objects.filter(council=westshire, number=SERVED).update(title=NEW["served"])
    return westshire


def names_in(westshire, key):
    sheets = shown_sheets(read_programme(standing(westshire, key)))
    funds = {fund.name for sheet in sheets for fund in sheet.funds if fund.slug == FUND}
    served = {each.condition_title for each in sheets if each.condition_number == SERVED}
    return {"fund": funds, "served": served}


def test_a_corrected_report_leaves_each_publication_one_name_of_a_fund_and_an_objective(
    renamed, client
):
    before = page(client, f"finance/allocations/?period={Q2}")
    corrected(renamed, PROJECT, summary_performance="A word was put right.")
    assert names_in(renamed, Q2) == {name: {words} for name, words in OLD.items()}
    after = page(client, f"finance/allocations/?period={Q2}")
    row = "4,708,000 2,347,237 4,694,475"
    assert row in before
    assert row in after
    assert NEW["fund"] not in after
    words = page(client, f"projects/{PROJECT}/?period={Q2}")
    assert OLD["served"] in words
    assert NEW["served"] not in words
    assert "NHSX" not in page(client, f"projects/?period={Q2}")
    assert NEW["fund"] not in {each["fund"] for each in download(client, "finance-lines", Q2)}


def test_a_new_name_that_a_publication_does_not_show_is_no_correction_of_it(renamed):
    corrected(renamed, PROJECT, summary_performance="A word was put right.")
    said = read(standing(renamed, Q2)).corrections
    assert [each.what for each in said] == ["Short text for the summary"]
    withdrawn(renamed, Q2)
    assert names_in(renamed, Q2) == {name: {words} for name, words in OLD.items()}


def test_a_quarter_published_after_the_new_name_has_it_throughout(renamed):
    """Some of its reports were approved before, with the old name in them."""
    publish_period(period(renamed), **by("performance", renamed))
    assert names_in(renamed, Q3) == {name: {words} for name, words in NEW.items()}
    corrected(renamed, "handyperson", key=Q2, summary_performance="A word was put right.")
    assert names_in(renamed, Q3) == {name: {words} for name, words in NEW.items()}
