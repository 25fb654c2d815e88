"""A month's money as people live it: typed, pasted, explained, approved, published, read."""

import pytest
from playwright.sync_api import expect

from finance.models import MonitoringReport
from tests.browser.axe import assert_accessible
from tests.browser.working import go, paste, saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REPORT = "/norfolk/money/2017-18-m02/1/"
PAGES = (
    *("finance/", "finance/?area=services-to-users", "finance/?area=norsecare"),
    *("finance/?report=2016-17-m10", "reserves/", "capital/"),
)


@pytest.mark.journey
def test_a_month_from_the_first_figure_to_the_published_page(as_person, open_page, site):
    keeper = as_person("finance")
    go(keeper, site, "/norfolk/money/")
    keeper.get_by_role("link", name="Month 2 of 2017/18").click()
    assert_accessible(keeper)
    keeper.get_by_role("link", name="Budget and forecast").click()
    assert_accessible(keeper)

    # The summary of what is to do leads to the box.
    keeper.get_by_text("Show what is left").click()
    keeper.get_by_role("link", name="Integrated Community Equipment Service").first.click()
    assert keeper.evaluate("document.activeElement.id") == "ices-explanation"
    keeper.keyboard.type("More people have equipment.")
    keeper.locator("#older-people-outturn").fill("112.414")
    keeper.locator('[data-grid-words="older-people"]', has_text="overspend £0.500m").wait_for()
    keeper.locator('[data-grid-words="purchase-of-care"]', has_text="£0.500m").wait_for()
    keeper.locator("#mental-health-budget").focus()
    paste(keeper, "13.5\t13.6\n6.7\t7.3")
    keeper.get_by_role("heading", name="What goes where").wait_for()
    assert_accessible(keeper)
    keeper.get_by_role("button", name="Put into the boxes").click()
    keeper.get_by_text("filled from what was pasted").wait_for()
    assert keeper.locator("#hired-transport-budget").input_value() == "6.7"
    # The budget of finance and HR is an eighth of last year's: that is asked about.
    keeper.locator("#management-finance-and-hr-budget-right").check()
    assert_accessible(keeper)
    keeper.get_by_role("button", name="Save and go back to the report").click()
    keeper.get_by_text("What it comes to").wait_for()

    keeper.get_by_role("link", name="Reserves and provisions").click()
    keeper.get_by_role("button", name="Open with the balances that closed").click()
    expect(keeper.locator("#doubtful-debts-opening")).to_have_value("4.157")
    for box in keeper.locator("input[name$='-movement']").all():
        box.fill("0")
    saved(keeper)
    assert_accessible(keeper)
    keeper.get_by_role("button", name="Save and go back to the report").click()
    keeper.get_by_role("button", name="Submit for approval").click()
    keeper.get_by_text("Month 2 of 2017/18 is submitted.").wait_for()
    assert_accessible(keeper)
    assert not keeper.get_by_role("button", name="Approve").is_visible()

    officer = as_person("performance")
    go(officer, site, REPORT)
    officer.get_by_role("button", name="Approve").click()
    officer.get_by_text("is approved and no longer changes.").wait_for()
    officer.get_by_role("button", name="Publish it").click()
    assert_accessible(officer)
    officer.locator("#publish").click()
    officer.get_by_text("Month 2 of 2017/18 is published.").wait_for()
    assert_accessible(officer)
    assert MonitoringReport.objects.get(period="2017-18-m02").status == "published"

    public = open_page("/norfolk/finance/?area=ices")
    assert public.get_by_text("More people have equipment.").is_visible()
    assert_accessible(public)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_money_are_accessible_and_fit(open_page, site, demonstration, width):
    page = open_page("/norfolk/", width=width)
    for address in PAGES:
        go(page, site, f"/norfolk/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_entry_are_accessible_and_fit(as_person, site, width):
    page = as_person("finance", width=width)
    for address in ("", "lines/", "reserves/", "capital/"):
        go(page, site, REPORT + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_the_money_reads_without_scripts(open_page, site, demonstration):
    page = open_page("/norfolk/finance/", java_script_enabled=False)
    page.get_by_role("link", name="Services to Users (net)").first.click()
    page.get_by_role("heading", name="Services to Users (net)", level=1).wait_for()
    page.get_by_role("link", name="Cost of Services to Users").first.click()
    assert page.get_by_role("link", name="Purchase of Care").first.is_visible()
