"""A day that cannot be: the sentence gives one that this box takes, and the box takes it."""

import re

import pytest

from tests.every_form import PAGES, Seldom, filled, open_forms
from tests.forms import forms_of
from tests.test_every_form import Place, signed_in

pytestmark = pytest.mark.django_db
IN_THREE = re.compile(r"such as (\d{1,2}) (\d{1,2}) (\d{4})")
IN_ONE = re.compile(r"such as (\d{1,2}/\d{1,2}/\d{4})")
# A day from which nothing changes, or that what it is of does not have, is refused for that.
OTHER_RULES = ("Neither title", "Only a comment")
# Days that are typed in one box.
ONE_BOX = {"as_at", "action_due"}


def days_of(form):
    """The boxes of the form in which days are typed, each with the names that are posted."""
    for name in form.boxes:
        if name.endswith("_0") and f"{name[:-2]}_2" in form.boxes:
            yield name[:-2], [f"{name[:-2]}_{part}" for part in range(3)]
        elif name in ONE_BOX or name.endswith("-due"):
            yield name, [name]


def said_of(page, name):
    """The sentences of the page's summary that lead to the box."""
    leads = rf'<a href="#(?:id_)?{re.escape(name)}(?:_0)?"[^>]*>(.*?)</a>'
    return re.findall(leads, page, re.S)


def sent(client, address, form, typed):
    """The page after the press, and its form: a section keeps what is wrong and says so."""
    page = client.post(form.action, filled(form, typed))
    if page.status_code == 302:
        page = client.get(address)
    if page.status_code not in (200, 409):
        return "", form
    again = [each for each in forms_of(page, address) if each.action == form.action]
    return page.content.decode(), again[0] if again else form


def test_the_example_of_a_day_that_cannot_be_is_one_that_the_box_takes(westshire):
    numbers, tried, wrong = Seldom(westshire), 0, []
    for place in (Place(*page) for page in PAGES):
        for membership in westshire.memberships.filter(role=place.who).select_related("user"):
            client = signed_in(membership.user)
            address = place.address(numbers)
            if client.get(address).status_code == 200:
                break
        for form in open_forms(client, address):
            for name, boxes in days_of(form):
                typed = dict(zip(boxes, ("31", "2", "2027"), strict=False))
                if len(boxes) == 1:
                    typed = {name: "31/2/2027"}
                page, form = sent(client, address, form, typed)
                found = (IN_THREE if len(boxes) == 3 else IN_ONE).search(
                    "".join(said_of(page, name))
                )
                if not found:
                    wrong.append((form.action, name, "no example"))
                    continue
                tried += 1
                typed = dict(zip(boxes, found.groups(), strict=True))
                page, form = sent(client, address, form, typed)
                if (said := said_of(page, name)) and not said[0].startswith(OTHER_RULES):
                    wrong.append((form.action, name, typed, said))
    assert not wrong
    assert tried > 12
