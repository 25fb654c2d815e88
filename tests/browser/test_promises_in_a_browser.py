"""What was said to come, in a real browser: accessible, and as wide as the window."""

import pytest

from tests.browser.axe import assert_accessible

PAGES = ["/nottinghamshire/promises/", "/norfolk/promises/", "/westshire/promises/"]


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", PAGES)
def test_the_list_of_promises_is_accessible_and_no_wider_than_the_window(open_page, address, width):
    page = open_page(address, width=width)
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
