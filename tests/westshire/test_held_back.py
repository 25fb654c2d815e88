"""A figure that is held back is told by nothing public, and what is restated is said everywhere."""

import pytest
from msgspec import structs

from outcomes.models import Month, Result
from outcomes.vital_signs.content import HELD_BACK
from publishing.models import Snapshot
from publishing.period_versions.content import HELD_BACK as HELD_BACK_WORDS
from publishing.period_versions.content import HeldBack
from returns.period_versions.differences import differences
from returns.period_versions.published import read_programme, shown_sheets
from returns.publication import publish, take_snapshots
from returns.review import publish_period
from tests.westshire.measures import LAST, card, csv_row, performance_paper
from tests.westshire.project_pages import Q2, Q3, by, download, period, report
from tests.westshire.shown import page, paper
from tests.westshire.test_corrected_months import DEFINITION, OF, whole
from tests.westshire.test_later_periods import GREY, corrected
from tests.westshire.test_versions import standing, withdrawn
from tests.westshire.test_withdrawn_within import around, held_back

FALLS = "falls-prevention"
NOVEMBER = "2026-27-m08"


@pytest.fixture
def part(westshire):
    publish_period(period(westshire), **by("performance", westshire))
    return westshire


def restated(westshire, slug, value, key=Q2):
    """The project's first figure of the period is another, and its report is published again."""
    found = report(westshire, slug, key)
    result = found.project.measures.order_by("position").first().results.get(period=key)
    type(result).objects.filter(pk=result.pk).update(
        value=value, numerator=None, denominator=None, status="reported"
    )
    corrected(westshire, slug, key, summary_performance="Counted again.")


def told(client, slug, key):
    """All that is public of a project in a period, but for what people wrote."""
    version = page(client, f"projects/{slug}/?period={key}").split("Measures")[-1]
    rows = [row for row in download(client, "results", key) if row["project"] == slug]
    kept = ("value", "numerator", "rating", "corrected")
    return "\n".join(
        [
            version,
            paper(client, f"projects/{slug}.pdf?period={key}").split("Measures")[-1],
            str([[row[name] for name in kept] for row in rows]),
            *(each["corrected"] for each in download(client, "projects", key)),
        ]
    )


def figure_of(client, slug, key, of=Q2):
    rows = download(client, "results", key)
    return next(r for r in rows if (r["project"], r["period"]) == (slug, of))


def test_the_engine_and_the_subjects_call_it_alike():
    assert Result.Status.HELD_BACK.label == HELD_BACK_WORDS
    assert Result.Status.HELD_BACK.value == HELD_BACK


def test_withdrawing_the_correction_that_held_a_figure_back_does_not_bring_it_back(part, client):
    held_back(part, GREY, "We did a few jobs.")
    withdrawn(part, Q2)
    for key in (Q2, Q3):
        words = told(client, GREY, key)
        assert around(words, "Held back: small number")
        assert around(words, "Green: 1,472") == []
        assert around(words, "1,472, Green") == []
        assert figure_of(client, GREY, key)["value"] == ""
        number = standing(part, key).number
        assert around(page(client, f"versions/{key}/{number}/"), "1,472, Green") == []


def test_a_report_published_after_it_may_bring_a_held_back_figure_back(part, client):
    held_back(part, GREY, "We did a few jobs.")
    restated(part, GREY, 1_480)
    for key in (Q2, Q3):
        assert figure_of(client, GREY, key)["value"] == "1480"
        words = told(client, GREY, key)
        assert around(words, "1,472, Green") == []
        assert around(words, "it was Held back: small number")


def test_a_later_report_of_its_own_does_not_print_what_is_held_back_since(part, client):
    before = standing(part, Q3).number
    assert figure_of(client, FALLS, Q3)["value"] == "728"
    paper(client, f"projects/{FALLS}.pdf?period={Q3}")
    held_back(part, FALLS, "Some began.")
    assert standing(part, Q3).number == before + 1
    assert figure_of(client, FALLS, Q3)["value"] == ""
    words = told(client, FALLS, Q3)
    assert around(words, "728") == []
    assert words.count("Held back: small number.") >= 1
    assert around(words, "a figure that is held back now; it was") == []


def test_a_correction_of_a_stand_in_report_is_not_told_of_the_periods_own_report(part, client):
    corrected(part, GREY, spend_forecast=445_012)
    assert "445,012 ; it was" in page(client, f"projects/{GREY}/?period={Q3}")
    corrected(part, GREY, Q3, spend_forecast=425_000)
    words = page(client, f"projects/{GREY}/?period={Q3}").split("Measures")[0]
    assert around(words, "445,012 ; it was") == []


def test_a_correction_of_money_makes_a_version_of_each_later_report_of_the_project(part, client):
    before = standing(part, Q3).number
    corrected(part, FALLS, spend_forecast=445_012)
    assert standing(part, Q3).number == before + 1
    assert "445,012" in page(client, f"versions/{Q3}/{before + 1}/")


@pytest.mark.parametrize("again", ["corrected", "withdrawn and published again"])
def test_a_restated_figure_is_said_by_later_reports_and_their_papers(part, client, again):
    before = standing(part, Q3).number
    paper(client, f"projects/{FALLS}.pdf?period={Q3}")
    if again != "corrected":
        while period(part, Q2).published_at:
            withdrawn(part, Q2)
        assert standing(part, Q3).number > before
    restated(part, FALLS, 700)
    row = figure_of(client, FALLS, Q3)
    assert (row["value"], "700" in row["corrected"]) == ("728", True)
    assert row["corrected"].count("it was") == 1
    assert around(paper(client, f"projects/{FALLS}.pdf?period={Q3}"), "it was 728")


def republished(westshire, month):
    found = Month.objects.filter(period__council=westshire, period__key=month)
    made = take_snapshots(found)
    publish(list(Snapshot.objects.filter(pk__in=[each.pk for each in made])))


def of_month(westshire, month):
    rows = Result.objects.filter(
        measure__council=westshire, period=month, segment=None, value__isnull=False
    )
    return rows.filter(measure__slug="readmitted-in-30-days").select_related("measure").get()


def hold_back(westshire, month):
    result = of_month(westshire, month)
    Result.objects.filter(pk=result.pk).update(
        value=None, numerator=None, denominator=None, status=HELD_BACK
    )
    republished(westshire, month)
    return result.measure.slug


def test_a_month_s_figure_that_is_held_back_is_not_repeated_by_its_correction(westshire, client):
    slug = hold_back(westshire, LAST)
    words = "\n".join(
        [
            page(client, "vital-signs/"),
            card(client, slug),
            csv_row(client, slug, LAST)["corrected"],
            page(client, f"versions/{LAST}/2/"),
            performance_paper(client),
        ]
    )
    assert around(words, "Held back: small number")
    assert around(words, "15.9%") == []


def test_withdrawing_the_month_that_held_a_figure_back_does_not_bring_it_back(westshire, client):
    slug = hold_back(westshire, LAST)
    withdrawn(westshire, LAST)
    assert csv_row(client, slug, LAST)["value"] == ""
    assert around(card(client, slug) + performance_paper(client), "15.9%") == []


def test_a_later_month_does_not_print_what_is_held_back_since(westshire, client):
    before = standing(westshire, LAST).number
    performance_paper(client)
    slug = hold_back(westshire, NOVEMBER)
    assert standing(westshire, LAST).number == before + 1
    assert csv_row(client, slug, NOVEMBER)["value"] == ""
    assert around(card(client, slug), "15.4%") == []
    # The paper's chart has ticks of its own.
    assert around(performance_paper(client), "446") == []


def test_words_of_other_measures_are_not_hidden_with_a_figure(westshire):
    full = whole()
    other = structs.replace(full.measures[0], slug="stays", text="Stays", short_title="Stays")
    before = structs.replace(full, measures=[full.measures[0], other])
    hidden = full.measures[0].without([HeldBack("waits", OF)], {})
    after = structs.replace(full, measures=[hidden, structs.replace(other, why="Asked for.")])
    said = {each.what: each for each in differences(before, after, slug="vital-signs", why="")}
    assert said["Waits, December 2026"].before == "a figure that is held back now"
    assert said["Comment on Waits, December 2026"].before == "words that are no longer shown"
    assert said["Why it is measured: Stays"].before == ""


def test_a_colour_that_a_definition_turns_is_a_correction(part):
    sheet = next(
        each for each in shown_sheets(read_programme(standing(part, Q3))) if each.slug == FALLS
    )
    turned = structs.replace(sheet.measures[1], direction="smaller is better")
    measures = [sheet.measures[0], turned, *sheet.measures[2:]]
    after = structs.replace(sheet, measures=measures)
    said = {each.what: each for each in differences(sheet, after, slug=FALLS, why="")}
    assert said[f"What is better: {turned.text}"].after == "smaller is better"
    colours = [each for each in said.values() if each.is_figure]
    assert colours
    assert all(each.before.split(", ")[0] == each.after.split(", ")[0] for each in colours)


def test_a_month_says_what_a_new_definition_changes_and_no_more():
    before = whole([DEFINITION])
    turned = structs.replace(DEFINITION, since=OF, direction="smaller is better", why="Asked.")
    after = whole([DEFINITION, turned])
    said = [each.what for each in differences(before, after, slug="vital-signs", why="")]
    named = [each for each in said if each.startswith(("Unit", "Decimals", "Tolerance"))]
    assert named == []
    assert any(each.startswith("What is better: Waits, from") for each in said)


def test_words_that_told_a_number_do_not_tell_it_when_they_stand_again(part, client):
    """The correction that took the number out of the text as well is withdrawn."""
    corrected(part, FALLS, performance="People who began a course: 728 people, after 755.")
    held_back(part, FALLS, "Fewer than hoped began.")
    withdrawn(part, Q2, "Another sheet was wrong.")
    search = page(client, f"projects/?period={Q2}&search=755")
    for words in (
        page(client, f"projects/{FALLS}/?period={Q2}"),
        paper(client, f"projects/{FALLS}.pdf?period={Q2}"),
        paper(client, f"reports/progress-update.pdf?period={Q2}"),
        str([row for row in download(client, "projects", Q2) if row["slug"] == FALLS]),
        search,
    ):
        assert around(words, "728 people") == []
        assert around(words, "[held back] people")
    publish_period(period(part, Q2), **by("performance", part))
    assert around(page(client, f"projects/{FALLS}/?period={Q2}"), "728 people") == []


def test_words_on_a_month_s_measure_do_not_tell_a_number_that_is_held_back():
    full = whole()
    card = structs.replace(full.measures[0].cards[0], explains="The 5 who waited, five in all.")
    measure = structs.replace(full.measures[0], cards=[card])
    measure = measure.without([HeldBack("waits", OF)], {})
    assert measure.cards[0].explains == "The [held back] who waited, [held back] in all."
