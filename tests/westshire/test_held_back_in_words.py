"""A figure is held back, and the words of the same return still say it: a person is told."""

import re
from datetime import date

import pytest

from outcomes.models import Month
from publishing.models import ReportingPeriod
from returns.actions import draft_of, submit
from returns.transitions import RETURNS
from returns.warnings.held_back_in_words import in_typed_words
from tests.text import words_of
from tests.westshire.project_pages import Q2, Q3, by, report
from tests.westshire.shown import page, signed_in

FALLS = "falls-prevention"
HELD_BACK = "held back: small number"
WARNING = re.compile(
    "the figure that is held back, 728, is in Performance in full: “[^”]*728 people"
)


def reopened(found, westshire, section="measures"):
    ReportingPeriod.objects.filter(pk=found.period_id).update(
        status="open", closes=date(2027, 3, 31)
    )
    found.period.refresh_from_db()
    RETURNS.transition(
        "reopen", found.pk, comment="A small number.", **by("performance", westshire)
    )
    return found.sections.get(name=section)


def held_back(section, value):
    """The row of the section in which this value is typed holds it back; the row's key."""
    (field,) = (
        name
        for name, text in section.typed.items()
        if name.endswith("-value") and text.replace(",", "") == value
    )
    key = field.removesuffix("-value")
    boxes = {f"{key}-{box}": "" for box in ("value", "numerator", "denominator", "right")}
    section.typed = section.typed | boxes | {f"{key}-none": HELD_BACK}
    section.save(update_fields=["typed"])


@pytest.fixture
def held(westshire):
    """Quarter 2 of Falls prevention reopened, its 728 people held back in the grid alone."""
    found = report(westshire, FALLS, Q2)
    held_back(reopened(found, westshire), "728")
    performance = found.sections.get(name="performance")
    words = "People who began a course: 728 people, after 755 the quarter before."
    performance.typed = performance.typed | {"performance": words}
    performance.save(update_fields=["typed"])
    return found


@pytest.mark.parametrize("where", ["performance/", "measures/", "check/"])
def test_the_pages_of_entry_say_that_the_number_stands_in_words(held, client, where):
    signed_in(client, "commissioner")
    assert WARNING.search(page(client, f"returns/{Q2}/{FALLS}/{where}"))


def test_review_and_publishing_say_that_the_number_stands_in_words(held, westshire, client):
    submit(held.pk, **by("commissioner", westshire))
    signed_in(client, "performance")
    assert WARNING.search(page(client, f"quarter/{Q2}/{FALLS}/"))
    RETURNS.transition("approve", held.pk, **by("performance", westshire))
    assert WARNING.search(page(client, f"quarter/{Q2}/publish/"))


def test_nothing_is_said_where_the_words_say_another_number(held, client):
    performance = held.sections.get(name="performance")
    performance.typed |= {"performance": "1,728 people and 7280 calls; 728.5 hours."}
    performance.save(update_fields=["typed"])
    signed_in(client, "commissioner")
    assert "the figure that is held back" not in page(client, f"returns/{Q2}/{FALLS}/check/")


def test_a_small_number_beside_the_measure_is_told_though_no_report_ever_gave_it(westshire, client):
    found = report(westshire, "bridging-care", Q3)
    measures = found.sections.get(name="measures")
    row = next(row for row in draft_of(found).grid.rows if row.measure.text == "People bridged")
    typed = {f"{row.key}-value": "", f"{row.key}-none": HELD_BACK}
    measures.typed = measures.typed | typed
    measures.save(update_fields=["typed"])
    performance = found.sections.get(name="performance")
    performance.typed |= {"performance": "Beds are full. Only 3 people were bridged this quarter."}
    performance.save(update_fields=["typed"])
    signed_in(client, "performance")
    told = in_typed_words(draft_of(found))
    assert any("a small number, 3, stands beside its words" in sentence for sentence in told)
    performance.typed |= {"performance": "Only 3 nurses left; people are bridged faster."}
    performance.save(update_fields=["typed"])
    assert not any("a small number" in sentence for sentence in in_typed_words(draft_of(found)))


def test_a_month_says_that_the_number_stands_on_a_report_card(westshire, client):
    found = Month.objects.select_related("period__council").get(
        period__council=westshire, period__key="2026-27-m09"
    )
    if found.status != Month.Status.DRAFT:
        reopened(found, westshire)
    grid, cards = found.sections.get(name="measures"), found.sections.get(name="cards")
    share = next(
        name.removesuffix("-numerator")
        for name, text in grid.typed.items()
        if name.endswith("-numerator") and text.replace(",", "") == "461"
    )
    boxes = {f"{share}-{box}": "" for box in ("value", "numerator", "denominator", "right")}
    grid.typed = grid.typed | boxes | {f"{share}-none": HELD_BACK}
    grid.save(update_fields=["typed"])
    box = next(name for name, text in cards.typed.items() if len(text.split()) > 3)
    cards.typed = cards.typed | {box: "Of those who went home 461 came back."}
    cards.save(update_fields=["typed"])
    signed_in(client, "performance")
    words = words_of(client.get("/westshire/returns/2026-27-m09/vital-signs/check/").text)
    assert re.search("the figure that is held back, 461, is in [^“]*“Of those who", words)
