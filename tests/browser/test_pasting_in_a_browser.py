"""A block pasted into a grid with Ctrl+V: shown first, placed by its words, and taken back."""

import pytest

from publishing.models import Return
from returns.actions import draft_of
from tests.browser.axe import assert_accessible
from tests.browser.working import go, paste, saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MEASURES = "/nottinghamshire/returns/2017-18-q4/{}/measures/"
BLOCK = "Measure\tTarget\tQ4\nCommence 100% of packages within 24 hours.\t100%\t71%"


def boxes_of(slug):
    report = Return.objects.select_related("period__council", "project").get(
        project__slug=slug, period__key="2017-18-q4"
    )
    return {row.name: row.boxes["value"].field for row in draft_of(report).grid.rows}


def test_words_never_go_into_number_boxes_and_the_paste_is_taken_back(as_person, site):
    page = as_person("commissioner")
    go(page, site, MEASURES.format("home-first"))
    fields = list(boxes_of("home-first").values())
    page.locator(f"#{fields[0]}").fill("88")
    page.locator(f"#{fields[1]}").fill("77")
    saved(page)
    page.locator(f"#{fields[0]}").focus()
    paste(page, BLOCK)
    page.get_by_role("heading", name="What goes where").wait_for()
    assert_accessible(page)
    page.get_by_role("button", name="Put into the boxes").click()
    page.get_by_text("1 box is filled from what was pasted.").wait_for()
    values = [page.locator(f"#{field}").input_value() for field in fields]
    assert values == ["88", "77", "", "", "71%", ""]
    assert_accessible(page)
    page.get_by_role("button", name="Take the paste back").click()
    page.get_by_text("1 box is as before the paste.").wait_for()
    values = [page.locator(f"#{field}").input_value() for field in fields]
    assert values == ["88", "77", "", "", "", ""]
    assert page.complaints == []


@pytest.mark.parametrize("width", [360, 1280])
def test_a_table_of_three_providers_is_shown_row_by_row(as_person, site, width):
    page = as_person("commissioner", width=width)
    go(page, site, MEASURES.format("connect"))
    lines = [name.rsplit(", ", 1)[0] for name in boxes_of("connect")][::3]
    block = "\n".join(["Measure\tMetro\tAge UK\tNCHA", *(f"{name}\t57\t120\t34" for name in lines)])
    page.locator(f"#{next(iter(boxes_of('connect').values()))}").focus()
    paste(page, block)
    page.get_by_role("heading", name="75 boxes will change").wait_for()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_block_in_its_box_is_not_lost_to_another_button_of_the_page(as_person, site):
    page = as_person("commissioner")
    go(page, site, MEASURES.format("home-first"))
    field = list(boxes_of("home-first").values())[4]
    page.locator(f"#{next(iter(boxes_of('home-first').values()))}").fill("88")
    page.locator("details", has=page.locator("[data-paste-block]")).locator("summary").click()
    page.locator("[data-paste-block]").fill(BLOCK)
    saved(page)
    page.get_by_role("button", name="Save and go back to the list").click()
    page.get_by_role("heading", name="What goes where").wait_for()
    page.get_by_role("button", name="Put into the boxes").click()
    page.get_by_text("1 box is filled from what was pasted.").wait_for()
    assert page.locator(f"#{field}").input_value() == "71%"
    assert page.locator("[data-paste-block]").input_value() == ""
    assert page.complaints == []
