"""A figure is held back, and the other figures tell it: a person is told before it goes out."""

from decimal import Decimal

import pytest

from outcomes.models import Month, Result
from returns.actions import draft_of, submit
from returns.transitions import RETURNS
from tests.text import words_of
from tests.westshire.project_pages import Q1, Q2, Q3, by, report
from tests.westshire.shown import page, signed_in
from tests.westshire.test_held_back_in_words import HELD_BACK, reopened

DECEMBER = "2026-27-m09"
SHARE = "reablement-independent"
URGENT, SEEN = "urgent-response", "People seen"
IN_A_QUARTER = (
    "People seen, Northmoor, Quarter 2 2026/27: the figure is held back, but anyone can work it "
    "out: take the other 4 localities from the figure for all. Hold back a second locality, or the "
    "figure for all."
)
IN_A_MONTH = (
    "No further care after reablement, Northmoor, December 2026: the figure is held back, but "
    "anyone can work it out: take the other 4 localities from the figure for all. Hold back a "
    "second locality, or the figure for all."
)


def hold_back(section, *keys):
    for key in keys:
        boxes = {f"{key}-{box}": "" for box in ("value", "numerator", "denominator", "right")}
        section.typed = section.typed | boxes | {f"{key}-none": HELD_BACK}
    section.save(update_fields=["typed"])


def key_of(found, measure, segment):
    """What the names of the boxes begin with, of one segment of one measure."""
    return next(
        row.key
        for row in draft_of(found).grid.own
        if measure in (row.measure.slug, row.measure.text) and row.segment_name == segment
    )


@pytest.fixture
def month(westshire):
    found = Month.objects.select_related("period__council").get(
        period__council=westshire, period__key=DECEMBER
    )
    if found.status != Month.Status.DRAFT:
        reopened(found, westshire)
    return found


@pytest.mark.parametrize("where", ["measures", "check"])
def test_a_month_says_that_a_locality_can_be_worked_out(month, client, where):
    section = month.sections.get(name="measures")
    hold_back(section, key_of(month, SHARE, "Northmoor"))
    signed_in(client, "performance")
    words = words_of(client.get(f"/westshire/returns/{DECEMBER}/vital-signs/{where}/").text)
    assert words.count(IN_A_MONTH) == 1


@pytest.mark.parametrize("second", ["", "Vale"])
def test_a_month_says_nothing_once_a_second_figure_is_held_back(month, client, second):
    section = month.sections.get(name="measures")
    hold_back(section, *(key_of(month, SHARE, name) for name in ("Northmoor", second)))
    signed_in(client, "performance")
    words = words_of(client.get(f"/westshire/returns/{DECEMBER}/vital-signs/check/").text)
    assert "anyone can work it out" not in words


def test_a_month_says_nothing_while_a_locality_is_not_typed(month, client):
    section = month.sections.get(name="measures")
    hold_back(section, key_of(month, SHARE, "Northmoor"))
    blank = key_of(month, SHARE, "Vale")
    section.typed |= {f"{blank}-{box}": "" for box in ("value", "numerator", "denominator")}
    section.save(update_fields=["typed"])
    signed_in(client, "performance")
    words = words_of(client.get(f"/westshire/returns/{DECEMBER}/vital-signs/check/").text)
    assert "anyone can work it out" not in words


@pytest.fixture
def quarter(westshire):
    """Quarter 2 of a project whose people are counted by locality, and for all of them too."""
    found = report(westshire, URGENT, Q2)
    measure = found.project.measures.get(text="People seen")
    for key in (Q1, Q2):
        parts = Result.objects.filter(measure=measure, period=key)
        total = sum((part.value for part in parts), Decimal(0))
        Result.objects.create(measure=measure, period=key, value=total)
    section = reopened(found, westshire)
    section.typed |= {f"m{measure.pk}-value": f"{total:f}"}
    section.save(update_fields=["typed"])
    return found


@pytest.mark.parametrize("where", ["measures", "check"])
def test_a_quarter_says_that_a_locality_can_be_worked_out(quarter, client, where):
    hold_back(quarter.sections.get(name="measures"), key_of(quarter, SEEN, "Northmoor"))
    signed_in(client, "commissioner")
    assert page(client, f"returns/{Q2}/{URGENT}/{where}/").count(IN_A_QUARTER) == 1


def test_a_quarter_says_nothing_once_the_figure_for_all_is_held_back(quarter, client):
    keys = (key_of(quarter, SEEN, name) for name in ("Northmoor", ""))
    hold_back(quarter.sections.get(name="measures"), *keys)
    signed_in(client, "commissioner")
    assert "anyone can work it out" not in page(client, f"returns/{Q2}/{URGENT}/check/")


def test_review_and_publishing_say_that_a_locality_can_be_worked_out(quarter, westshire, client):
    hold_back(quarter.sections.get(name="measures"), key_of(quarter, SEEN, "Northmoor"))
    submit(quarter.pk, **by("commissioner", westshire))
    signed_in(client, "performance")
    assert page(client, f"quarter/{Q2}/{URGENT}/").count(IN_A_QUARTER) == 1
    RETURNS.transition("approve", quarter.pk, **by("performance", westshire))
    assert page(client, f"quarter/{Q2}/publish/").count(IN_A_QUARTER) == 1


def test_a_later_quarter_is_not_asked_about_an_earlier_one(quarter, westshire, client):
    """The earlier quarter's own return answers for it."""
    hold_back(quarter.sections.get(name="measures"), key_of(quarter, SEEN, "Northmoor"))
    submit(quarter.pk, **by("commissioner", westshire))
    signed_in(client, "performance")
    assert "anyone can work it out" not in page(client, f"quarter/{Q3}/{URGENT}/")
