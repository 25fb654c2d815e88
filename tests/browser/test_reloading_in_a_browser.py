"""A page that is opened again shows what is saved by then, and asks where two texts were typed."""

import pytest

from publishing.models import Return
from tests.browser.working import saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESS = "/nottinghamshire/returns/2017-18-q4/home-first/performance/"
BOX = "Performance in full"


def kept():
    sections = Return.objects.get(project__slug="home-first", period__key="2017-18-q4").sections
    return sections.get(name="performance").typed["performance"]


def opened(as_person, site):
    page = as_person("commissioner")
    page.goto(site + ADDRESS)
    return page, page.get_by_label(BOX)


@pytest.mark.parametrize("again", ["reloaded", "left and come back to"])
def test_what_was_saved_does_not_write_over_what_another_typed_since(as_person, site, again):
    first, mine = opened(as_person, site)
    mine.fill("alpha")
    saved(first)
    second, theirs = opened(as_person, site)
    theirs.fill("beta")
    saved(second)
    if again == "reloaded":
        first.reload()
    else:
        first.goto(site + "/nottinghamshire/")
        first.goto(site + ADDRESS)
    assert first.get_by_label(BOX).input_value() == "beta"
    assert "had not saved" not in first.inner_text("main")
    # Longer than a page waits before it saves by itself.
    first.wait_for_timeout(2_500)
    assert kept() == "beta"


def test_a_text_that_was_not_saved_is_asked_about_where_another_was_since(as_person, site):
    first, mine = opened(as_person, site)
    second, theirs = opened(as_person, site)
    theirs.fill("beta")
    saved(second)
    mine.fill("alpha")
    clash = first.locator("[data-clash]")
    clash.wait_for()
    first.on("dialog", lambda dialog: dialog.accept())
    first.reload()
    assert first.get_by_label(BOX).input_value() == "alpha"
    assert "had not saved is back in the boxes" in first.inner_text("main")
    clash.wait_for()
    assert "Theirs: beta" in clash.inner_text()
    assert "Yours: alpha" in clash.inner_text()
    assert kept() == "beta"
    clash.get_by_role("button", name="Keep yours").click()
    saved(first)
    assert kept() == "alpha"
    first.reload()
    assert first.get_by_label(BOX).input_value() == "alpha"
    assert "had not saved" not in first.inner_text("main")
