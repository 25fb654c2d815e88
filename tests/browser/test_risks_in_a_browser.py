"""The risk register in a real browser: read by everyone, kept by its owner."""

import pytest
from django.utils import timezone

from bcfportal.lib import clock
from risks.models import Assessment
from tests.browser.axe import assert_accessible

PAGES = [
    "/norfolk/risks/",
    "/norfolk/risks/?map=target&show=exceptions&sort=gap",
    "/norfolk/risks/?band=zebra",
    "/norfolk/risks/?cell=current-1-1",
    "/norfolk/risks/rm14079/",
    "/norfolk/risks/rm14247/",
    "/norfolk/risks/staff-behaviour/",
    "/norfolk/risks/reconciliation/",
]
WORKING = [
    "/norfolk/risks/?as_at=working",
    "/norfolk/risks/rm13925/?as_at=working",
    "/norfolk/risks/judicial-review/?as_at=working",
    "/norfolk/risks/reconciliation/",
    "/norfolk/risks/new/",
    "/norfolk/risks/publish/",
    *(f"/norfolk/risks/rm14247/{page}/" for page in ("assess", "details", "tasks", "links")),
    *(f"/norfolk/risks/rm14247/{page}/" for page in ("progress", "close")),
]


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_is_cut_off(open_page, address, width):
    page = open_page(address, width)
    assert_accessible(page)
    assert page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_a_member_finds_the_worst_risks_with_the_keyboard(open_page):
    page = open_page("/norfolk/risks/", java_script_enabled=False)
    page.get_by_role("table", name="Number of risks by likelihood").get_by_role(
        "link", name="2 risks of score 20"
    ).press("Enter")
    page.get_by_role("status").filter(has_text="2 of 19 risks now of likelihood 4").wait_for()
    page.get_by_role("link", name="Failure to meet the long term needs").press("Enter")
    page.get_by_role("heading", name="Failure to meet the long term needs").wait_for()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1280])
def test_what_officers_work_on_is_accessible(as_person, site, width):
    page = as_person("performance", "/norfolk/risks/", width=width)
    for address in WORKING:
        page.goto(site + address)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert page.complaints == [], address


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_owner_assesses_a_risk_and_an_officer_publishes_it(as_person, site):
    page = as_person("commissioner", "/norfolk/risks/rm14247/?as_at=working")
    page.get_by_role("link", name="Assess it").click()
    page.get_by_role("group", name="Likelihood now").get_by_label("2, Unlikely").check()
    page.get_by_role("button", name="Save the assessment").click()
    page.get_by_role("link", name="Say why in a few words.").click()
    assert page.evaluate("document.activeElement.id") == "id_reason"
    assert page.get_by_label("2, Unlikely").first.is_checked()
    assert_accessible(page)
    page.keyboard.type("New contracts are in place.")
    page.get_by_role("group", name="Next review date").get_by_label("Day").fill("31")
    page.get_by_role("group", name="Next review date").get_by_label("Month").fill("2")
    page.get_by_role("group", name="Next review date").get_by_label("Year").fill(
        str(clock.today().year + 1)
    )
    page.get_by_role("button", name="Save the assessment").click()
    page.get_by_role("link", name="Enter a real date").click()
    assert page.get_by_label("Why").input_value() == "New contracts are in place."
    page.get_by_role("group", name="Next review date").get_by_label("Day").fill("28")
    page.get_by_role("button", name="Save the assessment").click()
    page.get_by_text("The assessment is saved.").wait_for()
    assert page.get_by_text("Why: New contracts are in place.").first.is_visible()
    assert_accessible(page)
    assert Assessment.objects.get(reason="New contracts are in place.").likelihood == 2

    officer = as_person("performance", "/norfolk/risks/reconciliation/")
    officer.get_by_role("link", name="Failure in the care market", exact=True).wait_for()
    officer.goto(f"{site}/norfolk/risks/publish/")
    officer.get_by_role("button", name="See what would be published").click()
    links = officer.locator(".govuk-error-summary a")
    links.first.wait_for()
    assert links.count() == 1
    links.first.click()
    today = timezone.localdate()
    group = officer.get_by_role("group", name="As at")
    for label, part in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        group.get_by_label(label).fill(str(part))
    officer.get_by_role("button", name="See what would be published").click()
    officer.get_by_role("button", name="Publish the register").click()
    officer.get_by_text("is published. Everyone can read it.").wait_for()
    assert_accessible(officer)
    assert officer.get_by_role("link", name="Failure in the care market", exact=True).is_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_error_link_of_a_new_risk_lands_on_its_field(as_person, site):
    page = as_person("performance", "/norfolk/risks/new/")
    page.get_by_role("button", name="Enter the risk").click()
    page.locator(".govuk-error-summary").wait_for()
    links = page.locator(".govuk-error-summary a")
    assert links.count() == 11
    for number in range(links.count()):
        target = links.nth(number).get_attribute("href").removeprefix("#")
        links.nth(number).click()
        assert page.evaluate("document.activeElement.id") == target
