"""What journeys through working pages do again and again."""

import re

from tests.browser.axe import assert_accessible


def go(page, site, address):
    """Opens a page, on which axe finds nothing and the browser complains of nothing."""
    page.goto(site + address)
    assert_accessible(page)
    assert page.complaints == []


def paste(page, text):
    """Pastes the text into the box that has the focus, as Ctrl+V does."""
    page.evaluate(
        """(text) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        text,
    )


def saved(page):
    """Waits until the page says that what was typed is saved."""
    page.locator("[data-saved]", has_text=re.compile(r"^Saved \d\d:\d\d")).wait_for()
