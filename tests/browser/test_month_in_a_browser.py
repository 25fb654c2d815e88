"""A month of vital signs as people live it: pasted, asked about, explained, approved, published."""

import pytest

from bcfportal.lib import clock
from outcomes.models import Measure, Month
from returns.actions import draft_of
from tests.browser.axe import assert_accessible
from tests.browser.working import go

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RETURN = "/norfolk/returns/2017-18-m01/vital-signs/"
REVIEW = "/norfolk/quarter/2017-18-m01/vital-signs/"


def report():
    return Month.objects.select_related("period__council").get(period__key="2017-18-m01")


def test_a_month_is_entered_explained_approved_and_published(as_person, site):
    page = as_person("commissioner")
    go(page, site, f"{RETURN}measures/")
    assert "Demonstration: a made-up month" in page.locator("main").inner_text()
    rows = draft_of(report()).grid.rows
    for row in rows:
        last = row.last and row.last.result
        field = page.locator(f"#{row.boxes['value'].field}")
        field.fill(f"{last.value:f}" if last and last.value is not None else "50")
    odd = next(row for row in rows if row.measure.slug == "delayed-transfers-social-care")
    page.locator(f"#{odd.boxes['value'].field}").fill("9")
    page.locator(
        "[data-grid-question]", has_text="is outside the usual range of this measure"
    ).first.wait_for()
    page.get_by_role("button", name="Save and go back to the list").click()
    page.wait_for_url(f"**{RETURN}")
    go(page, site, f"{RETURN}measures/")
    for box in page.locator("[data-grid-unusual]:not([hidden]) input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="Save and go on to the next section").click()
    page.wait_for_url(f"**{RETURN}cards/")
    assert_accessible(page)
    for card in draft_of(report()).cards:
        if not card.met:
            continue
        page.locator(f"#{card.boxes['explains'].field}").fill("Made up for a test.")
        line = card.actions[0]
        due = f"30/6/{clock.today().year + 1}"
        for what, words in (("text", "Do it."), ("owner", "Head of it"), ("due", due)):
            page.locator(f"#{line[what].field}").fill(words)
    page.get_by_role("button", name="Save and go on to check and submit").click()
    page.wait_for_url(f"**{RETURN}check/")
    assert_accessible(page)
    page.get_by_label("The return is complete and right").check()
    page.get_by_role("button", name="Submit").click()
    page.wait_for_url("**/norfolk/returns/")
    assert report().status == "submitted"
    officer = as_person("performance")
    go(officer, site, REVIEW)
    assert "Said to be right." in officer.locator("main").inner_text()
    with officer.expect_navigation():
        officer.get_by_role("button", name="Approve").click()
    assert_accessible(officer)
    officer.get_by_role("button", name="Publish what is approved").click()
    with officer.expect_navigation():
        officer.get_by_role("button", name="Publish 1 return").click()
    go(officer, site, "/norfolk/exceptions/")
    assert "Against the report of March 2017" in officer.locator("main").inner_text() or (
        "Nothing has left the list" in officer.locator("main").inner_text()
    )


def test_every_error_link_of_a_month_lands_on_its_box(as_person, site):
    page = as_person("commissioner", width=360)
    go(page, site, f"{RETURN}check/")
    for link in page.locator(".govuk-error-summary__list a").all()[:12]:
        href = link.get_attribute("href")
        path, _, anchor = href.partition("#")
        other = page.context.new_page()
        other.goto(site + path)
        assert other.locator(f"#{anchor}").count() == 1, href
        other.close()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_target_and_a_break_are_recorded_with_the_keyboard_only(as_person, site):
    page = as_person("performance")
    go(page, site, "/norfolk/vital-signs/admissions-18-64/target/?year=2017")
    page.get_by_role("textbox", name="March 2018", exact=True).focus()
    page.keyboard.type("15.5")
    # Past the folded note on the target.
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Agreed for the year.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vital-signs/admissions-18-64/")
    assert_accessible(page)
    change = Measure.objects.get(slug="admissions-18-64").target_changes.get()
    assert (change.after, change.why) == (15.5, "Agreed for the year.")
    go(page, site, "/norfolk/vital-signs/admissions-18-64/break/")
    with page.expect_navigation():
        page.get_by_role("button", name="Save").click()
    assert_accessible(page)
    assert "There is a problem" in page.locator("main").inner_text()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_around_measures_are_accessible_and_fit(as_person, site, width):
    page = as_person("performance", width=width)
    for path in (
        *("checks/", "measures/", "periods/open-month/", "vital-signs/admissions-18-64/settings/"),
        *("vital-signs/admissions-18-64/target/", "vital-signs/admissions-18-64/break/"),
        *("exceptions/admissions-18-64/", "quarter/?period=2017-18-m01"),
    ):
        go(page, site, f"/norfolk/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
