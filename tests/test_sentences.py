"""Parts of sentences: days, lists, and numbers with their nouns, never "1 returns"."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from bcfportal.lib.figures import figure
from bcfportal.lib.sentences import counted, day_words, listed, month_words, with_article
from tests.test_house import python_files


def test_a_day_and_its_month_are_said_without_a_nought():
    assert day_words(date(2026, 9, 4)) == "4 September 2026"
    assert month_words(date(2026, 9, 4)) == "September 2026"


@pytest.mark.parametrize(
    ("names", "words"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")],
)
def test_names_are_listed_as_a_sentence_has_them(names, words):
    assert listed(names) == words


def test_a_day_is_put_into_words_in_one_place():
    by_hand = re.compile(r":%-?d? ?%B %Y")
    for path in python_files():
        if path.name == "sentences.py" or path.parts[-3:-1] == ("demonstration", "westshire"):
            continue
        if "tests" not in path.parts and ".venv" not in path.parts:
            assert not by_hand.search(path.read_text()), path


@pytest.mark.parametrize(
    ("number", "nouns", "words"),
    [
        (1, ("return",), "1 return"),
        (0, ("return",), "0 returns"),
        (2010, ("line",), "2,010 lines"),
        (1, ("entry", "entries"), "1 entry"),
        (2, ("entry", "entries"), "2 entries"),
    ],
)
def test_a_number_goes_with_its_noun(number, nouns, words):
    assert counted(number, *nouns) == words


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("outturn", "an outturn"),
        ("budget", "a budget"),
        ("underspend", "an underspend"),
        ("Area", "an Area"),
        ("unit", "a unit"),
        ("one-off", "a one-off"),
    ],
)
def test_a_noun_goes_with_its_article(word, words):
    assert with_article(word) == words


def test_no_plural_is_made_by_hand():
    for path in python_files():
        if path.name == "sentences.py" or "tests" in path.parts or ".venv" in path.parts:
            continue
        assert not re.search(r"""['"]s?['"] if [^\n]*== 1 else|['"]s['"]\[""", path.read_text()), (
            path
        )
    for path in Path(settings.BASE_DIR, "templates").rglob("*.*"):
        found = re.search(r"\}\} [a-z ]+\{\{ [^}]*\|pluralize \}\}", path.read_text())
        assert not found, (path.name, found and found[0])


@pytest.mark.parametrize(
    ("unit", "one"),
    [
        ("people", "1 person"),
        ("days", "1 day"),
        ("brief interventions", "1 brief intervention"),
        ("surgeries", "1 surgery"),
        ("per 100,000", "1 per 100,000"),
        ("", "1"),
    ],
)
def test_one_of_what_is_counted_is_one(unit, one):
    assert figure(Decimal(1), unit) == one
    assert figure(Decimal(2), unit) == f"2 {unit}".strip()
