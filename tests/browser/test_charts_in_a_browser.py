"""Charts where the eye or the paper is another: contrast themes, and print."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHARTS = [
    "/norfolk/vital-signs/delayed-transfers-social-care/",
    "/norfolk/finance/",
    "/nottinghamshire/finance/",
]
COLOURS = """holder => {
  const of = (element, name) => getComputedStyle(element)[name];
  const inks = [...holder.querySelectorAll("svg text")].map(each => of(each, "fill"));
  const drawn = [...holder.querySelectorAll(".scatterlayer .js-line")];
  const lines = drawn.map(each => of(each, "stroke"));
  return { paper: of(holder, "backgroundColor"), inks, lines };
}"""


def luminance(colour):
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("address", CHARTS)
def test_a_chart_is_legible_in_a_contrast_theme(open_page, address):
    """B4: its text was black on black, its line dark purple on black."""
    page = open_page(address, forced_colors="active", color_scheme="dark")
    holder = page.locator("[data-chart]").first
    holder.locator("svg text").first.wait_for()
    found = holder.evaluate(COLOURS)
    assert found["inks"]
    assert min(contrast(ink, found["paper"]) for ink in found["inks"]) >= 4.5
    assert all(contrast(line, found["paper"]) >= 3 for line in found["lines"])


def test_small_lines_and_bars_take_the_ink_of_a_contrast_theme(open_page):
    page = open_page("/norfolk/vital-signs/", forced_colors="active", color_scheme="dark")
    line = page.locator(".portal-trend__line").first
    ink, paper = line.evaluate(
        "each => [getComputedStyle(each).stroke, getComputedStyle(document.body).backgroundColor]"
    )
    assert contrast(ink, paper) >= 3


@pytest.mark.parametrize("address", CHARTS)
def test_a_chart_is_printed_as_a_picture_that_fits_the_paper(open_page, address):
    """Case G3: a browser that prints no live drawing prints its picture."""
    page = open_page(address)
    picture = page.locator(".portal-chart__picture").first
    picture.wait_for(state="attached")
    assert picture.is_hidden()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 690, "height": 1000})
    assert picture.is_visible()
    assert page.locator("[data-chart]").first.is_hidden()
    size = picture.evaluate("each => [each.naturalWidth, each.getBoundingClientRect().right]")
    assert size[0] > 0
    assert size[1] <= 690
    drawn = picture.evaluate(
        """async each => {
          const text = decodeURIComponent(each.src);
          return (text.match(/class="(?:js-line|point)"/g) || []).length;
        }"""
    )
    assert drawn > 2
    assert page.complaints == []
