"""A long history of a section on a telephone, by keyboard alone: read, restored, undone."""

import re

import pytest

from accounts.models import User
from projects.access import access_of
from publishing.models import Return
from returns.actions import save_section
from tests.browser.axe import assert_accessible
from tests.browser.working import saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECTION = "/nottinghamshire/returns/2017-18-q4/home-first/performance/"
LONG = "A word of Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch in it. " * 20


def section():
    report = Return.objects.get(project__slug="home-first", period__key="2017-18-q4")
    return report.sections.get(name="performance")


def write_history(saves):
    """Saves the words of the return so many times, each time other words."""
    user = User.objects.get(email="commissioner@demonstration.example")
    access = access_of(user, section().report.period.council)
    for number in range(saves):
        words = {"performance": f"{LONG}We saw {number + 11} people.", "summary_performance": "So."}
        version = section().version
        save_section(
            section().report.pk, "performance", words, version=version, by=user, access=access
        )


def follow(page, role, name):
    """Goes to what has this name by the keyboard alone, and presses it."""
    found = page.get_by_role(role, name=name)
    for _ in range(120):
        page.keyboard.press("Tab")
        if found.evaluate("(element) => element === document.activeElement"):
            break
    else:
        raise AssertionError(f"The keyboard does not reach “{name}”.")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def fits(page):
    assert_accessible(page)
    assert page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_long_history_is_read_restored_and_undone_by_keyboard_on_a_telephone(as_person, site):
    write_history(45)
    page = as_person("commissioner", width=360)
    page.goto(site + SECTION)
    page.get_by_label("Performance in full").fill("We saw 7 people.")
    saved(page)
    last = section().version
    follow(page, "link", "Earlier saves")
    fits(page)
    stands = page.get_by_role("listitem").filter(has_text="Stands now")
    assert "Saved by itself" in stands.inner_text()
    follow(page, "link", re.compile("Next"))
    fits(page)
    chosen = last - 25
    follow(page, "link", re.compile(f"^Restore this version {chosen}$"))
    fits(page)
    page.get_by_role("heading", name=f"Restore version {chosen}?").wait_for()
    follow(page, "button", f"Restore version {chosen}")
    fits(page)
    page.get_by_text(f"Performance is as it was in version {chosen}.").wait_for()
    assert section().typed["performance"].startswith("A word of")
    follow(page, "button", f"Undo: go back to version {last}")
    fits(page)
    assert section().typed["performance"] == "We saw 7 people."
    assert section().version == last + 2
