"""Figures that a paper refers to: put in by search, kept as their version gives them, compared."""

import pytest

from finance.models import Saving
from finance.savings.editions import freeze_paper
from publishing import registry
from tests.committee_papers import PATH, make_paper, take, write
from tests.quarter import make_quarter
from tests.savings import make_savings
from tests.text import words_of

pytestmark = pytest.mark.django_db
FIGURES = f"{PATH}write/figures/"
TARGET = "savings/project/2018/target"


@pytest.fixture
def quarter(testshire):
    return make_quarter(testshire())


@pytest.fixture
def savings(quarter):
    return make_savings(quarter)


@pytest.fixture
def writer(quarter):
    return quarter.people["finance officer"]


@pytest.fixture
def paper(quarter, savings, writer, client):
    paper = make_paper(quarter.council, writer)
    client.force_login(writer)
    client.post(FIGURES, {"put": "yes", "figure": TARGET, "order": "1"})
    return paper


def correct(savings, target):
    """Another edition of the savings paper, with another target."""
    Saving.objects.get(paper=savings).years.filter(year=2018).update(target=target)
    freeze_paper(savings, why="It was mistyped.")


def test_a_figure_is_found_by_words_and_put_into_a_paragraph(client, paper):
    words = words_of(client.get(f"{FIGURES}?search=reviews+target+2018").text)
    assert "£1,000: Reviews: target, 2018/19 (Paper, edition 1)" in words
    assert "2019/20" not in words
    assert paper.sections.get().paragraphs.last().text == "It was spent on care. [figure 1]"
    read = words_of(client.get(f"{PATH}?version=working").text)
    assert "2. It was spent on care. £1,000" in read
    assert "Reviews: target, 2018/19 £1,000, in Paper, edition 1 The same" in read


def test_a_figure_that_nothing_public_gives_is_not_put_in(client, quarter, writer):
    make_savings(quarter, publish=False)
    paper = make_paper(quarter.council, writer)
    client.force_login(writer)
    assert "No published figure has all" in words_of(client.get(f"{FIGURES}?search=reviews").text)
    sent = {"put": "yes", "figure": TARGET, "order": "1"}
    assert "No version that stands gives" in words_of(client.post(FIGURES, sent, follow=True).text)
    assert not paper.figures.exists()


def test_in_a_draft_the_author_is_told_of_a_newer_figure_and_chooses(client, paper, savings):
    correct(savings, 1500)
    assert "1 figure of the paper is given by a newer version" in words_of(
        client.get(f"{PATH}write/").text
    )
    # Until the author chooses, it stays.
    assert "spent on care. £1,000" in words_of(client.get(f"{PATH}?version=working").text)
    client.post(FIGURES, {"newer": "1"})
    assert "spent on care. £1,500" in words_of(client.get(f"{PATH}?version=working").text)
    assert "newer version" not in words_of(client.get(f"{PATH}write/").text)


def test_frozen_it_never_changes_and_the_page_says_what_is_given_now(
    client, paper, savings, quarter, writer
):
    officer = quarter.people["performance officer"]
    for action, who in (("submit", writer), ("approve", officer), ("publish", officer)):
        take(action, paper, who)
    client.logout()
    before = words_of(client.get(PATH).text)
    file = client.get(f"{PATH}paper.pdf").content
    correct(savings, 1500)
    after = words_of(client.get(PATH).text)
    assert "spent on care. £1,000" in after
    assert "£1,000, in Paper, edition 1 £1,500, in Paper, edition 2" in after
    assert "£1,500" not in before
    assert client.get(f"{PATH}paper.pdf").content == file
    # What the paper says is written again by nobody: only a draft takes a newer figure.
    client.force_login(writer)
    answer = client.post(FIGURES, {"newer": "1"}, follow=True)
    assert "only a draft is written on" in words_of(answer.text)
    assert "spent on care. £1,000" in words_of(client.get(PATH).text)


def test_a_figure_that_the_text_no_longer_names_is_not_listed(client, paper, writer):
    write(paper, writer, "Purpose", "Nothing of figures.", order=1, kind="purpose")
    assert "Where the figures are from" not in client.get(f"{PATH}?version=working").text


def test_westshire_gives_figures_of_its_measures_and_savings(westshire):
    subjects = {figure.name.partition("/")[0] for figure in registry.figures_given(westshire)}
    assert subjects == {"measures", "savings"}
