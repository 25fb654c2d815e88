"""Whatever box is wrong: its error names it, leads to it, and is said with those of all others."""

import html
import re

import pytest
from django.db import transaction

from tests.every_form import PAGES, Place, Seldom, filled, open_forms
from tests.savings import make_savings
from tests.test_every_form import signed_in
from tests.test_savings_entry import option_form
from tests.text import words_of

pytestmark = pytest.mark.django_db
# More than any box takes that has a limit, and so that a form of many boxes can still be sent.
LONG = "y" * 20_001
# What an officer writes with one decision is bounded together, and said so of all notes.
NOTES = "/westshire/quarter/2026-27-q3/social-prescribing/"
# Of a section, which is kept as it is typed, so many boxes are filled at once.
AT_ONCE = 20
PLACES = [Place(*page) for page in PAGES if not page[1].startswith("/account/")]
_SUMMARY = re.compile(r'<ul class="govuk-list govuk-error-summary__list">(.*?)</ul>', re.S)
_ERROR = re.compile(r'<a\b[^>]*href="#([^"]+)"[^>]*>(.*?)</a>', re.S)
_BOX = re.compile(r"<(?:input|textarea|select)\b[^>]*>")
_LABEL = re.compile(r'<label\b[^>]*\bfor="([^"]+)"[^>]*>(.*?)</label>', re.S)
_LEGEND = re.compile(r"<legend\b[^>]*>(.*?)</legend>", re.S)
_PART_OF_A_DAY = {"day", "month", "year"}


@pytest.fixture
def numbers(westshire):
    return Seldom(westshire)


@pytest.fixture
def user(westshire, numbers, place):
    members = westshire.memberships.filter(role=place.who).order_by("pk")
    answers = ((each.user, signed_in(each.user)) for each in members.select_related("user"))
    return next(
        user for user, client in answers if client.get(place.address(numbers)).status_code == 200
    )


def summary(page: str) -> list[tuple[str, str]]:
    """(where it leads, what it says) of each error on top of the page."""
    found = [each for part in _SUMMARY.findall(page) for each in _ERROR.findall(part)]
    return [(anchor, words_of(said)) for anchor, said in found]


def names(page: str) -> dict[str, str]:
    """What each box of the page is called, by its id."""
    labels = {anchor: words_of(text) for anchor, text in _LABEL.findall(page)}
    called = {}
    for match in _BOX.finditer(page):
        given = dict(re.findall(r'\b(id|aria-label|aria-labelledby)="([^"]*)"', match[0]))
        name = html.unescape(given.get("aria-label", "")) or labels.get(given.get("id", ""), "")
        if name.casefold() in _PART_OF_A_DAY and given["id"][-2:] in ("_0", "_1", "_2"):
            name = words_of(_LEGEND.findall(page[: match.start()])[-1])
        if "id" in given:
            called[given["id"]] = name
    return called


def ids(page: str) -> dict[str, set[str]]:
    """The ids of the boxes by the name that they are sent under; none of those nobody types in."""
    found: dict[str, set[str]] = {}
    for match in _BOX.finditer(page):
        given = dict(re.findall(r'\b(id|name)="([^"]*)"', match[0]))
        if "id" in given and "name" in given and not re.search(r"\sdisabled\b", match[0]):
            found.setdefault(given["name"], set()).add(given["id"])
    return found


def is_named(name: str, said: str) -> bool:
    """Whether a word of the box's name, and of the row's, is in the sentence about it."""
    parts = name.removesuffix(" (optional)").casefold().split(": ")
    words = [{word[:7] for word in re.findall(r"[^\W\d]{2,}", part)} for part in parts]
    return all(any(word in said.casefold() for word in part) for part in words if part)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_every_box_with_too_much_in_it_is_named_in_an_error_with_all_others(user, numbers, place):
    address = place.address(numbers)
    for number, _ in enumerate(open_forms(signed_in(user), address)):
        with transaction.atomic():
            client = signed_in(user)
            form = open_forms(client, address)[number]
            # A block to be placed brings up its preview, with what it cannot place.
            boxes = [name for name in form.boxes if name != "block"]
            boxes = boxes[:AT_ONCE] if "version" in form.sent else boxes
            response = client.post(form.action, filled(form, dict.fromkeys(boxes, LONG)))
            if response.status_code == 302:
                response = client.get(address)
            transaction.set_rollback(True)
        page = response.content.decode()
        errors, called = summary(page), names(page)
        if form.action == NOTES or len(form.boxes) == 1:
            assert re.search("shorten (this|to)", words_of(page), re.I), form.action
            continue
        assert len(errors) == len({anchor for anchor, _ in errors}), errors
        typed_in = {anchor for name in boxes for anchor in ids(page).get(name, ())}
        unnamed = [
            (called[anchor], said[:90])
            for anchor, said in errors
            if anchor in typed_in and not is_named(called[anchor], said)
        ]
        assert not unnamed, form.action
        at, led_to = ids(page), {anchor for anchor, _ in errors}
        silent = [name for name in boxes if name in at and not at[name] & led_to]
        silent = [name for name in silent if not later(name, boxes)]
        assert not silent, (form.action, silent, response.status_code)


def later(name: str, boxes: list[str]) -> bool:
    """Whether the box is the second or third of a day, whose errors lead to the first."""
    return name[-2:] in ("_1", "_2") and f"{name[:-2]}_0" in boxes


@pytest.fixture
def savings(client, quarter):
    make_savings(quarter)
    return quarter.sign_in(client, "commissioner")


def test_the_errors_of_a_form_and_of_its_rows_stand_on_its_page_together(savings, quarter):
    typed = option_form(quarter.project.pk) | {
        "title": "x" * 201,
        "years-0-year": "next year",
        "years-0-gross": "7",
        "risks-0-risk": "",
    }
    page = savings.post("/testshire/options/add/", typed).content.decode()
    errors = summary(page)
    assert [anchor for anchor, _ in errors] == [
        *("id_title", "id_pounds_are_right", "id_years-0-year", "id_risks-0-risk")
    ]
    assert errors[0][1] == "Title: Shorten this to 200 characters or fewer."
    assert errors[2][1].startswith("Row 1, Financial year: Enter")


def test_a_year_that_is_in_the_table_twice_is_said_with_what_else_is_wrong(savings, quarter):
    typed = option_form(quarter.project.pk) | {"title": ""}
    typed |= {"years-1-year": typed["years-0-year"], "years-1-gross": "9000"}
    said = [
        words
        for _, words in summary(savings.post("/testshire/options/add/", typed).content.decode())
    ]
    assert said == [
        "Enter each year once: one of them is in the table twice.",
        "Enter the title of the option.",
    ]
