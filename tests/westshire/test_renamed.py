"""A fund, an objective or a provider that is renamed has one name in each publication."""

from datetime import date

import pytest
from django.urls import reverse
from msgspec import structs

from outcomes.models import Result, Segment
from projects.actions import keep_name_change
from projects.as_at import names_on
from projects.models import Fund, GrantCondition, Name, Provider
from publishing.period_versions.published import read
from returns.collect import fresh, make_sheet
from returns.content import Names, ProviderName
from returns.period_versions.names import name_changes
from returns.period_versions.published import read_programme, shown_sheets
from returns.review import publish_period
from tests.text import words_of
from tests.westshire.project_pages import Q2, Q3, by, download, period, report
from tests.westshire.shown import page, person
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


# A new name has its day and a reason.

SCREENS = {"fund": FUND, "condition": SERVED, "provider": PROVIDER}
WHY = "Its board decided so."
MISSPELT = {"how": "misspelt", "why": "It was misspelt."}


def typed_name(thing):
    """What the administrator types for the new name of a fund, an objective or a provider."""
    return {
        "fund": {"name": NEW["fund"], "label": "NHSX", "order": "1"},
        "condition": {"title": NEW["served"]},
        "provider": {"name": NEW["provider"]},
    }[thing]


def from_day(year, month, day):
    said = {"on_0": str(day), "on_1": str(month), "on_2": str(year)}
    return {"how": "from a day", "why": WHY, **said}


def rename(client, **how):
    client.force_login(person("administrator"))
    for thing, key in SCREENS.items():
        address = reverse(f"administration:{thing}", args=["westshire", key])
        assert client.post(address, typed_name(thing) | how).status_code == 302
    client.logout()


@pytest.mark.parametrize("thing", SCREENS)
def test_another_name_needs_its_day_and_a_reason(westshire, client, thing):
    client.force_login(person("administrator"))
    address = reverse(f"administration:{thing}", args=["westshire", SCREENS[thing]])
    refused = words_of(client.post(address, typed_name(thing)).text)
    assert "Choose how the name changes." in refused
    assert "Say why the name changes." in refused
    without_day = typed_name(thing) | {"how": "from a day", "why": WHY}
    assert (
        "Enter the date from which it has the new name." in client.post(address, without_day).text
    )
    assert client.post(address, typed_name(thing) | from_day(2027, 1, 20)).status_code == 302
    words = page(client, address.removeprefix("/westshire/"))
    assert "from 20 January 2027" in words
    assert WHY in words


def test_a_quarter_has_the_names_of_the_day_that_it_is_as_at(westshire, client):
    rename(client, **from_day(2027, 1, 20))
    own = fresh(report(westshire, PROJECT, Q3))
    assert OLD["provider"] in make_sheet(own).providers
    assert make_sheet(own).condition_title == OLD["served"]
    publish_period(period(westshire), **by("performance", westshire))
    assert names_in(westshire, Q3) == {name: {words} for name, words in OLD.items()}
    words, changed = page(client, f"projects/{PROJECT}/?period={Q3}").split(
        "What has changed about"
    )
    assert f"20 January 2027: “{OLD['provider']}” is called “{NEW['provider']}”. {WHY}" in changed
    for shown in (words, page(client, f"finance/allocations/?period={Q3}")):
        assert not any(new in shown for new in NEW.values())
    assert NEW["fund"] not in {row["fund"] for row in download(client, "finance-lines", Q3)}


def test_a_quarter_as_at_a_later_day_has_the_new_names_and_says_what_changed(westshire, client):
    rename(client, **from_day(2026, 12, 15))
    publish_period(period(westshire), **by("performance", westshire))
    assert names_in(westshire, Q3) == {name: {words} for name, words in NEW.items()}
    said = page(client, f"projects/{PROJECT}/?period={Q3}").split("What has changed about")[1]
    for name, old in OLD.items():
        assert f"15 December 2026: “{old}” is called “{NEW[name]}”. {WHY}" in said
    corrected(westshire, "handyperson", key=Q2, summary_performance="A word was put right.")
    assert names_in(westshire, Q2) == {name: {words} for name, words in OLD.items()}


@pytest.mark.parametrize("how", [from_day(2026, 9, 1), MISSPELT])
def test_a_name_that_is_known_later_is_a_correction_with_its_reason(westshire, client, how):
    before = standing(westshire, Q2)
    kept = read_programme(before)
    rename(client, **how)
    assert names_in(westshire, Q2) == {name: {words} for name, words in OLD.items()}
    corrected(westshire, "handyperson", summary_performance="A word was put right.")
    assert names_in(westshire, Q2) == {name: {words} for name, words in NEW.items()}
    said = {
        (each.what, each.before, each.after, each.why)
        for each in read(standing(westshire, Q2)).corrections
        if each.slug == PROJECT
    }
    assert said == {
        ("Fund", OLD["fund"], NEW["fund"], how["why"]),
        ("Serves", OLD["served"], NEW["served"], how["why"]),
        ("Provider", OLD["provider"], NEW["provider"], how["why"]),
    }
    assert read_programme(before) == kept
    assert OLD["provider"] in page(
        client, f"projects/{PROJECT}/?period={Q2}&version={before.number}"
    )


def test_what_was_renamed_twice_has_each_name_in_its_time(westshire):
    provider = Provider.objects.get(council=westshire, slug=PROVIDER)
    for name, on in (("First", date(2026, 5, 1)), ("Second", date(2026, 12, 1)), ("2nd", None)):
        was = provider.typed_name
        provider.name = name
        provider.save()
        keep_name_change(provider, was, on=on, why=WHY, by=person("administrator"))
    changes = name_changes(westshire)
    for day, name in (
        ((2026, 4, 1), OLD["provider"]),
        ((2026, 9, 30), "First"),
        ((2027, 1, 1), "2nd"),
    ):
        assert names_on(changes, date(*day)) == {("Provider", PROVIDER): Name(name)}


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
