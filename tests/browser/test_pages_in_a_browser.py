"""Every page in a real browser: no axe findings, nothing cut off, keyboard and print."""

import pytest

from tests.browser.axe import assert_accessible

pytestmark = pytest.mark.browser

PAGES = [
    "/nottinghamshire/",
    "/nottinghamshire/projects/",
    "/nottinghamshire/projects/?view=table",
    "/nottinghamshire/projects/?search=older+people",
    "/nottinghamshire/projects/?condition=9",
    "/nottinghamshire/projects/?search=zebra",
    "/nottinghamshire/projects/connect/",
    "/nottinghamshire/projects/moving-forward/",
    "/nottinghamshire/projects/notts-enabling-service/",
    "/nottinghamshire/projects/national-living-wage/",
    "/nottinghamshire/conditions/2/",
    "/nottinghamshire/finance/",
    "/nottinghamshire/reports/",
    "/nottinghamshire/data/",
    "/nottinghamshire/about/",
    "/nottinghamshire/stated/",
    "/nottinghamshire/projects/stis-assessment-beds/",
    "/",
    "/norfolk/",
    "/norfolk/vital-signs/",
    "/norfolk/vital-signs/?show=exceptions&sort=name",
    "/norfolk/vital-signs/delayed-transfers-social-care/",
    "/norfolk/vital-signs/learning-disabilities-paid-employment/",
    "/norfolk/vital-signs/cqc-good-or-above/",
    "/norfolk/exceptions/",
    "/norfolk/outcomes-framework/",
    "/norfolk/care-quality/",
    "/norfolk/reports/",
    "/norfolk/stated/",
    "/norfolk/place/",
    "/accessibility/",
    "/house-style/",
    "/house-style/frame/",
    "/account/sign-in/",
]

# The gallery has several of what a page has one of: the way back to where it stands.
SEVERAL = {"/house-style/": ("landmark-unique",)}


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_is_cut_off(open_page, address, width):
    page = open_page(address, width)
    assert_accessible(page, SEVERAL.get(address, ()))
    assert page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("address", PAGES)
def test_between_phone_and_desktop_nothing_is_cut_off(open_page, address):
    page = open_page(address, 768)
    assert page.evaluate("document.documentElement.scrollWidth") <= 768


def test_a_missing_page_is_accessible_too(open_page):
    assert_accessible(open_page("/nowhere/", expect=404))


def test_open_details_and_menu_are_accessible(open_page):
    page = open_page("/nottinghamshire/data/", 360)
    page.get_by_text("What the columns of projects.csv mean").click()
    page.get_by_role("button", name="Menu").click()
    assert page.get_by_role("link", name="Money").is_visible()
    assert_accessible(page)


def test_the_skip_link_is_first_and_lands_in_the_page(open_page):
    page = open_page("/nottinghamshire/projects/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('main-content').contains(document.activeElement)")


@pytest.mark.journey
def test_a_member_finds_what_is_amber_with_the_keyboard_only(open_page):
    page = open_page("/nottinghamshire/projects/")
    page.get_by_label("Rating").focus()
    page.keyboard.type("Amber")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/projects/?*rating=amber*")
    assert page.locator(".portal-card").count() == 6
    assert page.locator("main").get_by_role("status").inner_text().startswith("6 of 29 entries")
    page.reload()
    assert page.locator(".portal-card").count() == 6


@pytest.mark.parametrize("query", ["condition=9&fund=x&rating=y", "search=" + "x" * 201])
def test_every_error_link_lands_on_its_field(open_page, query):
    page = open_page(f"/nottinghamshire/projects/?{query}")
    links = page.locator(".govuk-error-summary a")
    assert links.count() > 0
    for number in range(links.count()):
        target = links.nth(number).get_attribute("href").removeprefix("#")
        links.nth(number).click()
        assert page.evaluate("document.activeElement.id") == target


def test_signing_in_with_nothing_typed_says_what_to_type(open_page):
    page = open_page("/account/sign-in/")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector(".govuk-error-summary")
    assert_accessible(page)
    links = page.locator(".govuk-error-summary a")
    assert links.count() == 2
    for number in range(2):
        target = links.nth(number).get_attribute("href").removeprefix("#")
        links.nth(number).click()
        assert page.evaluate("document.activeElement.id") == target


def test_the_chart_is_drawn_and_has_its_finding_and_table(open_page):
    page = open_page("/nottinghamshire/finance/")
    page.wait_for_selector("[data-chart] svg.main-svg")
    assert page.locator("[data-chart] .bars .point").count() == 12
    assert page.get_by_role("heading", name="Most is allocated in 2018/19").is_visible()
    assert page.get_by_role("table", name="By grant condition and year, £").is_visible()


@pytest.mark.parametrize("address", PAGES)
def test_every_page_works_without_scripts(open_page, address):
    page = open_page(address, java_script_enabled=False)
    assert page.locator("h1").is_visible()
    if address.startswith("/nottinghamshire/"):
        assert page.get_by_role("link", name="Money").first.is_visible()


def test_printed_from_the_browser_there_is_no_chrome_but_the_address(open_page):
    page = open_page("/nottinghamshire/projects/connect/")
    page.emulate_media(media="print")
    assert not page.locator(".govuk-service-navigation").is_visible()
    assert not page.locator(".portal-search").is_visible()
    assert page.locator(".portal-print-only").inner_text().endswith("/projects/connect/")
    assert page.get_by_text("Quarter 3 2017/18, as at 5 February 2018").first.is_visible()


def test_zoomed_to_400_per_cent_nothing_is_lost(open_page):
    page = open_page("/nottinghamshire/projects/connect/", 320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_table_is_a_stop_for_the_keyboard_only_where_it_scrolls(open_page):
    def stop(width):
        page = open_page("/nottinghamshire/finance/", width)
        region = page.locator(".portal-scroll").first
        scrolls = region.evaluate("(region) => region.scrollWidth > region.clientWidth")
        page.wait_for_function(
            """(scrolls) => {
              return document.querySelector(".portal-scroll").hasAttribute("tabindex") === scrolls;
            }""",
            arg=scrolls,
        )
        return scrolls

    assert {stop(width) for width in (360, 1280)} == {True, False}
