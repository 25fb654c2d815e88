"""The council's own words for its programme are frozen with each version that says them."""

import re

import pytest

from projects.models import Council
from returns.period_versions.published import read_programme
from returns.review import publish_period
from tests.text import words_of
from tests.westshire.project_pages import Q2, Q3, by, period
from tests.westshire.shown import markup, page, paper
from tests.westshire.test_later_periods import corrected
from tests.westshire.test_versions import standing

WORD, SENTENCE, SERVICE = "Mission", "say something else", "Another service"
PAGES = ("", "projects/", "conditions/1/", "projects/falls-prevention/", "finance/allocations/")
# A short amount as Westshire writes it, and as it is written in the other style.
SHORT, UPPER = re.compile(r"£[0-9.]+m\b"), re.compile(r"£[0-9.]+M\b")
PAPERS = ("projects/falls-prevention.pdf", "reports/summary-overview.pdf")


def other_words():
    """The administrator's settings have other words from now on."""
    Council.objects.filter(slug="westshire").update(
        purpose_word=WORD,
        programme_sentence=SENTENCE,
        service_name=SERVICE,
        money_style=Council.MoneyStyle.UPPER,
    )


def main_of(client, where):
    """The words of a page of the council without its head, which is of today."""
    return words_of(markup(client, where).split("<main", 1)[1].split("<footer", 1)[0])


@pytest.fixture
def made(westshire):
    publish_period(period(westshire), **by("performance", westshire))
    return westshire


def test_a_version_s_pages_keep_the_words_that_they_were_published_with(made, client):
    pages = [f"{where}?period={Q3}" for where in PAGES]
    before = [main_of(client, where) for where in pages]
    assert all("bjective" in words for words in before)
    assert SHORT.search(before[0])
    other_words()
    assert [main_of(client, where) for where in pages] == before
    assert SERVICE in page(client, pages[0])


def test_a_paper_first_opened_after_the_words_changed_has_those_of_its_version(made, client):
    other_words()
    for where in PAPERS:
        words = paper(client, f"{where}?period={Q3}")
        assert WORD not in words
        assert "Objective" in words
        assert not UPPER.search(words)
    assert SHORT.search(words)


def test_a_corrected_version_keeps_the_words_of_the_one_before(made, client):
    other_words()
    corrected(made, "handyperson", key=Q3, summary_performance="A word was put right.")
    kept = read_programme(standing(made, Q3)).own_words
    assert kept.purpose_word == "Objective"
    assert (kept.money_style, kept.service_name == SERVICE) == (Council.MoneyStyle.LOWER, False)
    assert SENTENCE not in page(client, f"?period={Q3}")


def test_a_version_of_before_they_were_kept_says_the_words_of_today(westshire, client, monkeypatch):
    contents = read_programme(standing(westshire, Q2))
    older = type(contents)(
        **{
            name: getattr(contents, name)
            for name in contents.__struct_fields__
            if name != "own_words"
        }
    )
    monkeypatch.setattr("programme.programme.read_programme", lambda row: older)
    other_words()
    shown = main_of(client, f"?period={Q2}")
    assert SENTENCE in shown
    assert SERVICE in shown
    assert UPPER.search(shown)


def test_a_quarter_published_later_has_the_words_of_its_day(westshire, client):
    other_words()
    publish_period(period(westshire), **by("performance", westshire))
    assert SENTENCE in page(client, f"?period={Q3}")
