"""Words from which a figure that is held back can be worked out with one that is public."""

import re
from decimal import Decimal

import pytest

from bcfportal.lib.text import worked_out
from bcfportal.lib.text.told_numbers import small_numbers_beside
from bcfportal.lib.text.worked_out import numbers_worked_out
from returns.actions import draft_of, submit
from returns.transitions import RETURNS
from returns.warnings.held_back_in_words import in_typed_words
from tests.westshire.project_pages import Q2, Q3, by, report
from tests.westshire.shown import page, signed_in
from tests.westshire.test_held_back_in_words import FALLS, HELD_BACK, held_back, reopened

BRIDGED = "People bridged people"
SMALL = tuple(map(Decimal, range(1, 10)))
# The figure of last time, and the target.
PUBLIC = (Decimal(319), Decimal(300))


def found(text, told=SMALL, beside=PUBLIC, measure=BRIDGED):
    return [match[0] for match in numbers_worked_out(text, measure, told, beside)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("People bridged fell by 315.", "315"),
        ("315 fewer people were bridged than last quarter.", "315"),
        ("We bridged 296 below target.", "296"),
        ("People bridged: 1.3% of target.", "1.3%"),
        ("Bridging was down by 98.7 per cent.", "98.7 per cent"),
    ],
)
def test_a_difference_or_a_share_that_gives_a_small_figure_tells_it(text, told):
    assert found(text) == [told]


@pytest.mark.parametrize(
    "text",
    [
        "People bridged fell by 215.",
        "315 calls were taken. People were bridged.",
        "People bridged: 12% of target.",
        "It took 315 days until £296 was spent on people bridged.",
        "People bridged in Quarter 3, from 1 to 31 October 2026.",
        "People bridged: 319 last quarter, and the target is 300.",
        "",
    ],
)
def test_a_number_that_gives_no_small_figure_tells_nothing(text):
    assert found(text) == []


def test_a_figure_that_a_report_once_gave_is_told_by_its_own_difference_alone():
    text = "People bridged fell by 36 in the end, after 315 in week 2."
    assert found(text, told=[Decimal(283)]) == ["36"]


def test_nothing_is_worked_out_where_nothing_is_public():
    assert found("People bridged fell by 315.", beside=()) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("We bridged four.", "four"),
        ("Of those bridged, 4 went home.", "4"),
        ("Bridge more than 4 people.", "4"),
        ("Bridging 4 was hard.", "4"),
    ],
)
def test_the_verb_of_a_measure_s_name_names_it(text, told):
    assert [match[0] for match in small_numbers_beside(text, BRIDGED)] == [told]


@pytest.mark.parametrize("measure", ["Bed days lost days", "People in need people"])
def test_a_noun_that_ends_like_a_verb_is_none(measure):
    text = "The bed was moved for 4 of them, in need of repair."
    assert small_numbers_beside(text, measure) == []


def test_a_text_is_read_once_however_many_figures_are_public(monkeypatch):
    read = []

    class Counted:
        def finditer(self, text):
            read.append(len(text))
            return NUMBER.finditer(text)

    NUMBER = worked_out._NUMBER
    monkeypatch.setattr(worked_out, "_NUMBER", Counted())
    text = "People bridged fell by 315. " * 500
    assert len(found(text, beside=(*PUBLIC, *map(Decimal, range(1000, 1100))))) == 500
    assert read == [len(text)]


@pytest.fixture
def held(westshire):
    """People bridged of the third quarter, never given, is held back; last time it was 319."""
    bridging = report(westshire, "bridging-care", Q3)
    measures = bridging.sections.get(name="measures")
    row = next(row for row in draft_of(bridging).grid.rows if row.measure.text == "People bridged")
    typed = {f"{row.key}-{box}": "" for box in ("value", "right")}
    measures.typed = measures.typed | typed | {f"{row.key}-none": HELD_BACK}
    measures.save(update_fields=["typed"])
    assert row.last.result.value == 319
    return bridging


def says(bridging, text):
    performance = bridging.sections.get(name="performance")
    performance.typed |= {"performance": text}
    performance.save(update_fields=["typed"])


FOLLOWS = "with a public figure the one that is held back follows from {}"
TOLD = f"[^:]*: {FOLLOWS} in Performance in full: "


def test_words_that_let_a_figure_be_worked_out_that_no_report_gave_are_told_at_check(held, client):
    says(held, "Beds are full. People bridged fell by 315.")
    told = re.compile(f"People bridged{TOLD.format(315)}“[^”]*fell by 315")
    assert any(map(told.search, in_typed_words(draft_of(held))))
    signed_in(client, "performance")
    assert told.search(page(client, f"returns/{Q3}/bridging-care/check/"))
    says(held, "Beds are full. People bridged fell by 215.")
    assert not any(map(told.search, in_typed_words(draft_of(held))))


def test_words_that_let_a_figure_be_worked_out_are_told_at_review_and_publishing(westshire, client):
    falls = report(westshire, FALLS, Q2)
    held_back(reopened(falls, westshire), "728")
    says(falls, "People who began a course fell by 27.")
    told = re.compile(f"People who began a course{TOLD.format(27)}“[^”]*fell by 27")
    submit(falls.pk, **by("commissioner", westshire))
    signed_in(client, "performance")
    assert told.search(page(client, f"quarter/{Q2}/{FALLS}/"))
    RETURNS.transition("approve", falls.pk, **by("performance", westshire))
    assert told.search(page(client, f"quarter/{Q2}/publish/"))
