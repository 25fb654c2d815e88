"""A quarter as people live it: reported, sent back, approved, published, and never lost."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from accounts.models import Session
from bcfportal.lib import clock
from demonstration.accounts import PASSWORD
from publishing.models import Return
from tests.browser.axe import assert_accessible
from tests.browser.working import go, saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RETURN = "/nottinghamshire/returns/2017-18-q4/{}/"
REVIEW = "/nottinghamshire/quarter/2017-18-q4/{}/"


def status_of(slug):
    return Return.objects.get(project__slug=slug, period__key="2017-18-q4").status


def test_a_commissioner_reports_a_quarter_with_the_mouse(as_person, site):
    page = as_person("commissioner")
    go(page, site, "/nottinghamshire/returns/")
    page.get_by_role("link", name="Start Home First").click()
    assert_accessible(page)

    page.get_by_role("link", name="Measures", exact=True).click()
    values = page.locator("input[name$='-value']")
    for place in range(values.count()):
        values.nth(place).fill("90")
    saved(page)
    page.locator("select[name$='-none']").first.select_option("not due")
    values.first.fill("")
    saved(page)
    assert_accessible(page)
    page.get_by_role("button", name="Save and go back to the list").click()

    page.get_by_role("link", name="Spend", exact=True).click()
    page.get_by_label("Spent to date this year").fill("£700,000")
    page.get_by_label("Forecast for the whole year").fill("800,000")
    page.locator("[data-variance]", has_text="£74,583 over the allocation (10.3%)").wait_for()
    page.get_by_label("Why the forecast differs").fill("More packages than planned.")
    saved(page)
    assert_accessible(page)
    page.get_by_role("button", name="Save and go back to the list").click()

    page.get_by_role("link", name="Performance", exact=True).click()
    page.get_by_role("button", name=re.compile("Use this.*performance in full", re.I)).click()
    words = re.compile("Use this.*short text for the summary", re.I)
    page.get_by_text("Take it out again").first.wait_for()
    page.get_by_role("button", name=words).click()
    expect(page.get_by_role("button", name="Take it out again")).to_have_count(2)
    box = page.get_by_label("Performance in full")
    assert "January 2018" in box.input_value()
    box.fill("All packages began within 24 hours.")
    saved(page)
    page.get_by_role("button", name="Save and go back to the list").click()

    page.get_by_role("link", name="Rating", exact=True).click()
    assert_accessible(page)
    page.get_by_role("group", name="Rating now").get_by_label("Amber").check()
    page.get_by_label("Why, in a sentence").fill("Good, and dearer than planned.")
    page.get_by_role("group", name="Rating expected").get_by_label("Green").check()
    page.get_by_role("button", name="Save and go back to the list").click()
    page.get_by_role("link", name="Check and submit").click()
    assert_accessible(page)
    for each in page.get_by_text("Show what is left").all():
        each.click()
    page.get_by_role("link", name="say what has caused it").first.click()
    assert page.url.endswith("/rating/#cause")
    if page.locator("#difference_reason").input_value() == "":
        page.get_by_label("Why it is not what the rule says").fill("The rule does not see cost.")
    page.get_by_label("What has caused it").fill("Higher demand.")
    page.get_by_label("What is being done").fill("The contract is looked at again.")
    page.get_by_label("Who does it, by post").fill("Commissioning manager")
    page.get_by_label("By when").fill(f"30 6 {clock.today().year + 1}")
    page.get_by_role("button", name="Save and go on to check and submit").click()
    page.get_by_label("complete and right").check()
    page.get_by_role("button", name="Submit").click()
    page.get_by_text("Home First is submitted.").wait_for()
    assert_accessible(page)
    assert status_of("home-first") == "submitted"


@pytest.mark.journey
def test_a_commissioner_reports_with_the_keyboard_only(as_person, site):
    page = as_person("commissioner")
    page.goto(site + RETURN.format("optimum-workforce-leadership"))
    keyboard = page.keyboard

    def tab_to(name):
        for _ in range(80):
            keyboard.press("Tab")
            if name in page.evaluate(
                "(document.activeElement.labels?.[0] || document.activeElement).textContent"
            ):
                return
        raise AssertionError(f"Tab never came to {name}")

    def enter(name):
        tab_to(name)
        with page.expect_navigation():
            keyboard.press("Enter")

    enter("Spend")
    tab_to("Spent to date this year")
    keyboard.type("107150")
    keyboard.press("Tab")
    keyboard.type("107150")
    enter("Save and go back")
    enter("Performance")
    tab_to("Performance in full")
    keyboard.type("Typed with the keyboard.")
    tab_to("Short text")
    keyboard.type("Short.")
    enter("Save and go back")
    enter("Rating")
    tab_to("Green")
    keyboard.press("Space")
    keyboard.press("Tab")
    keyboard.type("On course.")
    tab_to("Green")
    keyboard.press("Space")
    enter("Save and go back")
    enter("Check and submit")
    tab_to("complete and right")
    keyboard.press("Space")
    enter("Submit")
    page.get_by_text("is submitted.").wait_for()
    assert status_of("optimum-workforce-leadership") == "submitted"


@pytest.mark.journey
def test_sent_back_corrected_approved_published_and_read(as_person, open_page, site):
    officer = as_person("performance")
    go(officer, site, "/nottinghamshire/quarter/")
    officer.get_by_role("link", name="Brighter Futures").click()
    assert_accessible(officer)
    officer.get_by_label("Performance", exact=True).fill("Say how many people were helped.")
    officer.get_by_role("button", name="Send back").click()
    officer.get_by_text("Brighter Futures is sent back.").wait_for()
    assert_accessible(officer)

    commissioner = as_person("commissioner")
    go(commissioner, site, RETURN.format("brighter-futures"))
    assert commissioner.get_by_text("Say how many people were helped.").first.is_visible()
    commissioner.get_by_role("link", name="Performance", exact=True).click()
    assert_accessible(commissioner)
    commissioner.get_by_label("Performance in full").fill("The service helped 171 people.")
    saved(commissioner)
    commissioner.goto(site + RETURN.format("brighter-futures") + "check/")
    commissioner.get_by_label("complete and right").check()
    commissioner.get_by_role("button", name="Submit").click()
    commissioner.get_by_text("is submitted.").wait_for()

    go(officer, site, REVIEW.format("brighter-futures"))
    assert officer.get_by_text("What changed since the last submission").is_visible()
    officer.get_by_role("button", name="Approve").click()
    officer.get_by_text("Brighter Futures is approved.").wait_for()
    officer.get_by_role("button", name="Publish what is approved").click()
    assert_accessible(officer)
    officer.get_by_label("Now", exact=True).check()
    officer.get_by_role("button", name="Publish 3 returns").click()
    officer.get_by_text("3 published.").wait_for()
    assert_accessible(officer)

    public = open_page("/nottinghamshire/projects/brighter-futures/")
    assert public.get_by_text("The service helped 171 people.").is_visible()
    assert_accessible(public)
    before = open_page("/nottinghamshire/projects/brighter-futures/?period=2017-18-q3")
    assert not before.get_by_text("The service helped 171 people.").is_visible()
    pdf = public.request.get(f"{site}/nottinghamshire/projects/brighter-futures.pdf").body()
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "The service helped 171 people." in " ".join(words.split())


@pytest.mark.parametrize("scripts", [True, False])
def test_a_lapsed_session_in_the_middle_loses_nothing(as_person, site, scripts):
    page = as_person("commissioner", java_script_enabled=scripts)
    page.goto(site + RETURN.format("co-production-team") + "performance/")
    Session.objects.all().delete()
    page.get_by_label("Performance in full").fill("An hour's work.\n\nIn two paragraphs.")
    if scripts:
        page.locator("[data-saved]", has_text="Your session has ended").wait_for()
    page.get_by_role("button", name="Save and go back to the list").click()
    page.get_by_role("heading", name="Sign in again to keep what you typed").wait_for()
    assert not scripts or assert_accessible(page) is None
    page.get_by_label("Email address").fill("commissioner@demonstration.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in and go on").click()
    page.get_by_role("heading", name="Co-Production Team").wait_for()
    report = Return.objects.get(project__slug="co-production-team", period__key="2017-18-q4")
    typed = report.sections.get(name="performance").typed
    assert typed["performance"] == "An hour's work.\n\nIn two paragraphs."


def test_leaving_by_a_link_right_after_typing_saves_what_was_typed(as_person, site):
    page = as_person("commissioner")
    page.goto(site + RETURN.format("co-production-team") + "performance/")
    page.get_by_label("Performance in full").fill("Typed and left at once.")
    page.get_by_role("link", name="My returns").first.click()
    page.get_by_role("heading", name="My returns").wait_for()
    page.wait_for_timeout(500)
    page.goto(site + RETURN.format("co-production-team") + "performance/")
    assert page.get_by_label("Performance in full").input_value() == "Typed and left at once."


def test_two_tabs_on_one_section_both_texts_are_kept_for_choosing(as_person, site):
    first = as_person("commissioner")
    second = first.context.new_page()
    address = site + RETURN.format("co-production-team") + "performance/"
    first.goto(address)
    second.goto(address)
    first.get_by_label("Performance in full").fill("From the first tab.")
    saved(first)
    second.get_by_label("Performance in full").fill("From the second tab.")
    second.locator("[data-saved]", has_text="saved this section at").wait_for()
    second.get_by_role("button", name="Save and go back to the list").click()
    second.get_by_text("while you were writing").wait_for()
    assert second.get_by_text("From the first tab.").is_visible()
    assert second.get_by_label("Performance in full").input_value() == "From the second tab."
    assert_accessible(second)


@pytest.mark.parametrize("width", [360, 1280])
def test_working_pages_are_accessible_and_fit(as_person, site, width):
    pages = {
        "commissioner": ["returns/", "returns/2017-18-q4/connect/measures/"],
        "performance": ["quarter/", "periods/", "quarter/2017-18-q4/moving-forward/"],
        "administrator": ["administration/", "administration/people/"],
    }
    for who, addresses in pages.items():
        page = as_person(who, width=width)
        for address in addresses:
            go(page, site, f"/nottinghamshire/{address}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
