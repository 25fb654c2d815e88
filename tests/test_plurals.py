"""Numbers with their nouns: "1 return", never "1 returns"."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from bcfportal.lib.figures import figure
from bcfportal.lib.text.plurals import counted, with_article
from tests.test_house import python_files


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
        if path.name == "plurals.py" or "tests" in path.parts or ".venv" in path.parts:
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
