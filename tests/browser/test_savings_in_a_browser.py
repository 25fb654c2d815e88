"""Savings as people live them: asked for, agreed by another person, published and read."""

import pytest

from finance.models import ChangeRequest, Saving
from tests.browser.axe import assert_accessible
from tests.browser.working import go

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PUBLISHED = [
    "/norfolk/savings/",
    "/norfolk/posts/",
    "/nottinghamshire/savings/",
    "/nottinghamshire/posts/",
    "/nottinghamshire/options/",
    "/nottinghamshire/options/use-of-direct-payments/",
    "/nottinghamshire/projects/optimum-workforce-leadership/",
]
WORKING = [
    "savings/work/",
    "savings/?paper=working",
    "savings/add/",
    "savings/edit/targeted-reviews/",
    "savings/papers/",
    "savings/changes/2/",
    "savings/changes/add/re-profiling/",
    "savings/changes/add/extension/",
    "posts/add/",
    "options/edit/use-of-direct-payments/",
    "options/decide/use-of-direct-payments/",
]


@pytest.mark.parametrize("width", [360, 1280])
def test_published_pages_are_accessible_and_fit(open_page, demonstration, width):
    for address in PUBLISHED:
        page = open_page(address, width=width)
        assert_accessible(page)
        assert page.complaints == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("width", [360, 1280])
def test_working_pages_are_accessible_and_fit(as_person, site, width):
    page = as_person("finance", width=width)
    for address in WORKING:
        go(page, site, f"/nottinghamshire/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_saving_is_moved_agreed_published_and_read(as_person, open_page, site):
    officer = as_person("finance")
    go(officer, site, "/nottinghamshire/savings/work/")
    officer.get_by_role("link", name="Add a saving").click()
    officer.get_by_label("Title").fill("Day service reviews")
    officer.get_by_role("button", name="Save", exact=True).click()
    # A title much like another's is asked about before it is taken.
    officer.get_by_role("heading", name="There is a problem").wait_for()
    assert_accessible(officer)
    officer.locator(".govuk-error-summary a").first.click()
    officer.get_by_label("Title").fill("Shared equipment store")
    officer.get_by_label("Reference").fill("N9")
    officer.get_by_label("Financial year, row 1").fill("2018/19")
    officer.get_by_label("Target, £, row 1").fill("£300,000")
    officer.get_by_role("button", name="Save", exact=True).click()
    officer.get_by_text("Saved: Shared equipment store.").wait_for()
    assert_accessible(officer)

    officer.get_by_role("link", name="Move savings between years").click()
    officer.get_by_label("Saving", exact=True).select_option(label="Shared equipment store")
    officer.get_by_label("How much, £").fill("100,000")
    officer.get_by_label("From which year").fill("2018/19")
    officer.get_by_label("To which year").fill("2019/20")
    officer.get_by_label("Why").fill("The store opens later.")
    officer.get_by_role("button", name="Save the change").click()
    officer.get_by_text("is saved. Now ask for it.").wait_for()
    officer.get_by_role("button", name="Ask for it").click()
    officer.get_by_text("so another person decides on it").wait_for()
    assert_accessible(officer)
    assert not officer.get_by_role("button", name="Agree").is_visible()
    number = ChangeRequest.objects.get(saving__title="Shared equipment store").number

    performance = as_person("performance")
    go(performance, site, "/nottinghamshire/savings/work/")
    performance.get_by_role("link", name=f"Change {number}").click()
    assert_accessible(performance)
    performance.get_by_role("button", name="Agree").click()
    performance.get_by_text(f"Change {number} is agreed.").wait_for()
    targets = Saving.objects.get(title="Shared equipment store").years
    assert dict(targets.values_list("year", "target")) == {2018: 200_000, 2019: 100_000}

    public = open_page("/nottinghamshire/savings/")
    assert not public.get_by_text("Shared equipment store").first.is_visible()
    officer.goto(site + "/nottinghamshire/savings/papers/")
    officer.get_by_label("Title of the paper").fill("Savings in February")
    for group, day in (("Date of the paper", ("1", "2")), ("As at", ("31", "1"))):
        boxes = officer.get_by_role("group", name=group)
        for label, value in zip(("Day", "Month", "Year"), (*day, "2019"), strict=True):
            boxes.get_by_label(label).fill(value)
    officer.get_by_role("button", name="See what would be published").click()
    officer.get_by_label("The date is right").check()
    officer.get_by_role("button", name="See what would be published").click()
    officer.get_by_role("button", name="Publish the paper").click()
    officer.get_by_text("is published. The pages show it now.").wait_for()
    assert_accessible(officer)
    public.reload()
    assert public.get_by_text("The store opens later.").is_visible()
    assert_accessible(public)
