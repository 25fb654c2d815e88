"""Westshire in a browser, on the last day of its story: every page, and an administrator's way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bcfportal.lib import clock
from demonstration.westshire import NOW
from projects.models import Project
from tests.addresses import addresses, open_to_everyone
from tests.browser.axe import assert_accessible
from tests.browser.working import go

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OF_COUNCIL = [each for each in addresses() if each.path.startswith("/westshire/") and each.is_page]
PUBLISHED = [each.path for each in open_to_everyone() if each in OF_COUNCIL]
WORKING = [each.path for each in OF_COUNCIL if not each.public]
WORST = [
    *("/westshire/projects/neighbourhood-teams/", "/westshire/projects/dementia-advisers/"),
    "/westshire/projects/reablement/",
    *("/westshire/projects/?view=table", "/westshire/?period=2026-27-q1"),
    *("/westshire/vital-signs/serious-incidents/", "/westshire/vital-signs/carers-assessed/"),
]


@pytest.fixture(autouse=True)
def the_last_day(demonstration):
    """The clock goes on from the last day of the story."""
    clock.set_ahead(NOW - timezone.now())
    yield
    clock.set_ahead(timedelta(0))


@pytest.mark.parametrize("width", [320, 1280])
def test_every_published_page_is_accessible_and_fits(open_page, site, width):
    page = open_page("/", width=width)
    for address in (*PUBLISHED, *WORST):
        go(page, site, address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_word_of_300_characters_is_broken_where_the_page_ends(open_page):
    page = open_page("/westshire/projects/seven-day-social-work/", width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("who", ["commissioner", "performance", "finance", "administrator"])
def test_every_page_that_a_role_works_on_is_accessible_and_fits(as_person, site, who, width):
    page = as_person(who, width=width)
    seen = 0
    for address in WORKING:
        if page.request.get(site + address, max_redirects=0).status != 200:
            continue
        page.goto(site + address)
        seen += 1
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert seen > 2
    # One line of 16 px and its padding.
    assert page.get_by_role("button", name="Sign out").bounding_box()["height"] < 36


@pytest.mark.parametrize("who", ["commissioner", "performance", "finance", "administrator"])
def test_the_menu_of_each_role_stands_on_one_line(as_person, site, who):
    """C16: finance officers had eleven entries on two lines."""
    page = as_person(who, width=1280)
    page.goto(f"{site}/westshire/")
    entries = page.locator(".govuk-service-navigation__item").all()
    assert len(entries) > 3
    assert len({entry.bounding_box()["y"] for entry in entries}) == 1


# Puts a word of 285 letters after every text of the page that people write.
LONG_WORDS = """() => {
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const fixed = "script, style, svg, select, template, caption, thead, .govuk-visually-hidden, " +
    ".govuk-tag, .govuk-button, .portal-rating, .portal-score, .portal-matrix, " +
    ".portal-table__number, [data-chart]";
  const texts = [];
  while (walk.nextNode()) texts.push(walk.currentNode);
  for (const text of texts) {
    if (/[a-z]{3}/i.test(text.data) && !text.parentElement.closest(fixed)) {
      text.data += " " + "Supercalifragilistic".repeat(14);
    }
  }
}"""


@pytest.mark.parametrize("width", [320, 1280])
def test_a_word_that_is_wider_than_the_screen_breaks_wherever_it_stands(as_person, site, width):
    """Case H2, C15."""
    page = as_person("performance", width=width)
    for address in (*PUBLISHED, *WORKING):
        if page.request.get(site + address, max_redirects=0).status != 200:
            continue
        page.goto(site + address)
        page.evaluate(LONG_WORDS)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.journey
def test_an_administrator_renames_a_project_and_sees_who_did_what(as_person, site):
    page = as_person("administrator")
    go(page, site, "/westshire/")
    menu = page.get_by_role("navigation", name="Menu")
    menu.get_by_role("link", name="Administration").click()
    page.get_by_role("main").get_by_role("link", name="Projects", exact=True).click()
    assert_accessible(page)
    page.get_by_role("link", name="Rural home care").click()
    title = page.get_by_label("Title", exact=True)
    title.fill("")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Enter the title on the project's own page.").click()
    assert_accessible(page)
    page.keyboard.type("Home care in villages")
    page.get_by_label("Day", exact=True).fill("1")
    page.get_by_label("Month", exact=True).fill("1")
    page.get_by_label("Year", exact=True).fill("2027")
    page.get_by_label("Why", exact=True).fill("It is what people call it.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved: Rural home care.").wait_for()
    assert Project.objects.get(slug="rural-home-care").title == "Home care in villages"
