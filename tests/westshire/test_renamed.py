"""A fund, an objective or a provider that is renamed has one name in each publication."""

import pytest
from msgspec import structs

from outcomes.models import Result, Segment
from projects.models import Fund, GrantCondition, Provider
from publishing.period_versions.published import read
from returns.period_versions.content import Names, ProviderName
from returns.period_versions.published import read_programme, shown_sheets
from returns.review import publish_period
from tests.westshire.project_pages import Q2, Q3, by, download, period, report
from tests.westshire.shown import page
from tests.westshire.test_later_periods import corrected
from tests.westshire.test_versions import standing, withdrawn

PROJECT, FUND, SERVED, PROVIDER = "medicines-support", "nhs-minimum", 3, "provider-1"
OLD = {
    "fund": "NHS minimum contribution",
    "served": "Steady the care market",
    "provider": "Westshire Community Health NHS Trust",
}
NEW = {
    "fund": "NHS contribution renamed",
    "served": "Market renamed",
    "provider": "Provider renamed",
}


@pytest.fixture
def renamed(westshire):
    Fund.objects.filter(council=westshire, slug=FUND).update(name=NEW["fund"], label="NHSX")
    GrantCondition.objects.filter(council=westshire, number=SERVED).update(title=NEW["served"])
    Provider.objects.filter(council=westshire, slug=PROVIDER).update(name=NEW["provider"])
    return westshire


def names_in(westshire, key):
    sheets = shown_sheets(read_programme(standing(westshire, key)))
    funds = {fund.name for sheet in sheets for fund in sheet.funds if fund.slug == FUND}
    served = {each.condition_title for each in sheets if each.condition_number == SERVED}
    either = {OLD["provider"], NEW["provider"]}
    providers = {name for sheet in sheets for name in sheet.providers if name in either}
    return {"fund": funds, "served": served, "provider": providers}


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
    assert OLD["provider"] in words
    assert NEW["provider"] not in words
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


def of_parts(westshire, key, slug):
    """The names of providers in the figures of the project, as the quarter shows them."""
    sheets = shown_sheets(read_programme(standing(westshire, key)))
    (sheet,) = (sheet for sheet in sheets if sheet.slug == slug)
    return {result.provider for measure in sheet.measures for result in measure.results} - {""}


def test_the_figures_of_a_renamed_provider_have_the_name_of_their_publication(westshire, client):
    segment = Segment.objects.create(
        council=westshire,
        slug="by-provider",
        name="The trust",
        provider=Provider.objects.get(council=westshire, slug=PROVIDER),
    )
    measure = report(westshire, "handyperson", Q2).project.measures.first()
    Result.objects.create(measure=measure, period=Q2, segment=segment, value=12)
    corrected(westshire, "handyperson", summary_performance="Counted by provider.")
    Provider.objects.filter(council=westshire, slug=PROVIDER).update(name=NEW["provider"])
    corrected(westshire, "handyperson", summary_performance="A word was put right.")
    assert of_parts(westshire, Q2, "handyperson") == {OLD["provider"]}
    names = {row["segment"] for row in download(client, "results", Q2)}
    assert f"The trust ({OLD['provider']})" in names
    said = read(standing(westshire, Q2)).corrections
    assert [correction.what for correction in said] == ["Short text for the summary"]


def test_content_of_before_providers_had_a_key_reads_as_it_stands(renamed):
    """It says providers by name alone: they keep those, whatever the version calls others."""
    (sheet, *_) = shown_sheets(read_programme(standing(renamed, Q2)))
    older = structs.replace(sheet, schema=3, provider_slugs={}, providers=[OLD["provider"]])
    names = Names(providers=[ProviderName(PROVIDER, NEW["provider"])])
    assert names.of(older).providers == [OLD["provider"]]
    newer = structs.replace(older, schema=4, provider_slugs={OLD["provider"]: PROVIDER})
    assert names.of(newer).providers == [NEW["provider"]]
    assert names.of(newer).provider_slugs == {NEW["provider"]: PROVIDER}
