"""What journeys through working pages do again and again."""

from tests.browser.axe import assert_accessible


def go(page, site, address):
    """Opens a page, on which axe finds nothing and the browser complains of nothing."""
    page.goto(site + address)
    assert_accessible(page)
    assert page.complaints == []


def saved(page):
    """Waits until the page says that what was typed is saved."""
    page.locator("[data-saved]", has_text="Saved ").wait_for()
