"""Figures stated in words: what they allow and how they are written; see docs/rules/stated.md."""

import re
from decimal import Decimal

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from stated.rules import Qualifier, Stated, agree, allowed, meant, written

PROSE = (settings.BASE_DIR / "docs" / "rules" / "stated.md").read_text()
SCALES = {"m": 10**6, "million": 10**6, "bn": 10**9}
QUALIFIERS = [word for word in Qualifier if word != Qualifier.EXACT]


def rows(heading):
    """The rows of the table under a heading, without its head."""
    section = PROSE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    found = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in row) for row in found[2:]]


def said(text):
    """The figure that an example says; without £, % or a scale it is counted."""
    qualifier = next((word for word in QUALIFIERS if text.startswith(f"{word} ")), Qualifier.EXACT)
    numbers = re.findall(r"([\d,]+(?:\.\d+)?) ?(million|bn|m|%)?", text)
    (first, scale), *others = numbers
    values = [Decimal(number.replace(",", "")) * SCALES.get(of, 1) for number, of in numbers]
    rounded = ("£" in text or scale) and not text.endswith("counted")
    last = numbers[-1][0] if " to " in text else first
    step = Decimal(1).scaleb(-len(last.partition(".")[2])) * SCALES.get(scale, 1)
    another = values[1] if others else None
    return Stated(
        values[0],
        step if rounded else Decimal(0),
        qualifier,
        until=another if " to " in text else None,
        out_of=another if " in " in text or " of " in text else None,
    )


@pytest.mark.parametrize(("first", "second", "answer"), rows("Which figures agree"))
def test_figures_agree_where_any_figure_can_be_meant_by_both(first, second, answer):
    assert answer in ("yes", "no")
    assert agree(said(first), said(second)) == (answer == "yes")
    assert agree(said(second), said(first)) == (answer == "yes")


@pytest.mark.parametrize(("first", "unit", "words"), rows("How it is written"))
def test_a_figure_is_written_with_its_word_and_unit(first, unit, words):
    assert written(said(first), unit) == words


def test_what_it_is_of_and_how_often_follow_the_figure():
    assert written(said("over £300m"), "£", basis="gross", per="a year") == (
        "over £300m gross a year"
    )
    assert written(said("up to 4"), "visits", per="a day") == "up to 4 visits a day"


@pytest.mark.parametrize(
    ("stated", "unit", "words"),
    [
        ("over £80m", "£", "more than £80m"),
        ("at least 80%", "%", "80% or more"),
        ("up to 4", "visits", "no more than 4 visits"),
        ("under 2%", "%", "less than 2%"),
        ("nearly 50%", "%", "from 45% to less than 50%"),
        ("about 84", "years", "from 83 years to 85 years"),
        ("about 1 in 5", "providers", "from 18% to 22%"),
        ("about 1 in 3", "providers", "from 30% to 36.667%"),
        ("about £30m", "£", "from £27m to £33m"),
        ("£80m", "£", "from £79.5m to less than £80.5m"),
        ("520", "providers", "520 providers"),
    ],
)
def test_what_a_figure_allows_is_said_as_limits(stated, unit, words):
    assert allowed(said(stated), unit) == words


VALUES = st.decimals(0, 10**9, places=2)
STEPS = [Decimal(0), Decimal("0.1"), Decimal(1), Decimal(1000)]
FIGURES = st.builds(Stated, VALUES, st.sampled_from(STEPS), st.sampled_from(Qualifier))


@given(FIGURES)
def test_a_figure_agrees_with_itself(figure):
    # Nothing is nearly, or less than, nought.
    if figure.value:
        assert agree(figure, figure)


@given(FIGURES, FIGURES)
def test_it_does_not_matter_which_is_said_first(first, second):
    assert agree(first, second) == agree(second, first)


@given(VALUES)
def test_what_is_nearly_a_figure_is_less_and_what_is_over_it_more(value):
    exact = Stated(value)
    for word in (Qualifier.NEARLY, Qualifier.OVER, Qualifier.UNDER):
        assert not agree(Stated(value, qualifier=word), exact)
    for word in (Qualifier.ABOUT, Qualifier.AT_LEAST, Qualifier.UP_TO):
        assert agree(Stated(value, qualifier=word), exact)
    assert meant(exact).low == meant(exact).high == value
