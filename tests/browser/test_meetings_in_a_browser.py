"""Meetings in a real browser: accessible, and as wide as the window, whatever its width."""

import pytest

from tests.browser.axe import assert_accessible

PAGES = [
    "/norfolk/meetings/",
    "/norfolk/meetings/adult-social-care/2017-03-06/",
    "/norfolk/meetings/adult-social-care/2017-06-19/",
    "/norfolk/meetings/asked-for/",
    "/westshire/meetings/asked-for/",
]


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_meetings_is_accessible_and_no_wider_than_the_window(open_page, address, width):
    page = open_page(address, width=width)
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
