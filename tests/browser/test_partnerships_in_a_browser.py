"""Programmes, pools and joint outcomes in a real browser, wide and narrow."""

import pytest

from tests.browser.axe import assert_accessible

pytestmark = pytest.mark.browser
PAGES = [
    "/nottinghamshire/partnerships/",
    "/nottinghamshire/programmes/better-together/",
    "/nottinghamshire/pools/",
    "/nottinghamshire/pools/better-together/",
    "/nottinghamshire/joint-outcomes/better-together/",
    "/westshire/pools/better-care-fund-pool/",
    "/westshire/joint-outcomes/joint-outcomes/",
    "/westshire/programmes/living-well-at-home/",
]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_partnerships_is_accessible_and_no_wider_than_the_window(
    open_page, address, width
):
    page = open_page(address, width)
    assert_accessible(page)
    assert page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
