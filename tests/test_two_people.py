# ruff: noqa: F811 - fixtures of another file
"""Two people on one page: merged box by box; where both typed, neither text is lost."""

import re

import pytest

from tests.every_form import (
    ADMINISTRATOR,
    COMMISSIONER,
    FINANCE,
    REPORT,
    RETURN,
    Place,
    filled,
    open_forms,
)
from tests.forms import forms_of
from tests.test_every_form import numbers, opened, people, signed_in  # noqa: F401

pytestmark = pytest.mark.django_db
SECTIONS = [
    *((COMMISSIONER, RETURN + name) for name in ("measures/", "spend/", "performance/")),
    (COMMISSIONER, RETURN + "rating/"),
    *((FINANCE, REPORT + name) for name in ("lines/", "reserves/", "capital/")),
]
RECORDS = [
    (ADMINISTRATOR, "administration/projects/falls-prevention/", "order"),
    (ADMINISTRATOR, "administration/settings/", "variance_tolerance"),
    (ADMINISTRATOR, "administration/funds/nhs-minimum/", "name"),
    (ADMINISTRATOR, "savings/rule/", "green_within"),
    (FINANCE, "savings/edit/night-support-shared-between-neighbours/", "title"),
    (FINANCE, "posts/edit/tender-project-manager/", "title"),
    (FINANCE, "options/edit/monitors-on-loan-for-the-first-six-weeks-at-home/", "title"),
    ("performance officer", "vital-signs/emergency-admissions-65/settings/", "short_title"),
]


def boxes(form):
    return [name for name in form.boxes if name != "block"]


@pytest.mark.parametrize(("who", "page"), SECTIONS)
def test_sections_merge_box_by_box_and_show_both_texts_of_the_same_box(opened, who, page):
    person, at = opened(Place(who, page))
    client = signed_in(person)
    (mine,), (theirs,) = open_forms(client, at), open_forms(client, at)
    first, second = boxes(mine)[:2]
    client.post(at, filled(theirs, {first: "111", second: "222"}))
    third = boxes(mine)[2] if len(boxes(mine)) > 2 else None
    typed = {second: "333"} | ({third: "444"} if third else {})
    response = client.post(at, filled(mine, typed))
    shown = response.content.decode()
    assert response.status_code == 409
    (again,) = forms_of(response, at)
    assert again.sent[first] == ["111"]
    assert again.sent[second] == ["333"]
    assert "222" in shown
    # The box is called what it is called on the page.
    assert not re.search(rf">\s*{re.escape(second)}\s*<", shown)
    # What nobody else changed is saved by now; the other text stays until a choice is made.
    (now,) = open_forms(client, at)
    assert (now.sent[first], now.sent[second]) == (["111"], ["222"])
    assert third is None or now.sent[third] == ["444"]
    answer = client.post(at, again.sent, follow=True)
    assert "222" in answer.content.decode()
    (now,) = open_forms(client, at)
    assert now.sent[second] == ["333"]


@pytest.mark.parametrize(("who", "page"), SECTIONS)
def test_taking_the_other_text_shows_ones_own_to_copy(opened, who, page):
    person, at = opened(Place(who, page))
    client = signed_in(person)
    (mine,), (theirs,) = open_forms(client, at), open_forms(client, at)
    box = boxes(mine)[0]
    client.post(at, filled(theirs, {box: "222"}))
    (again,) = forms_of(client.post(at, filled(mine, {box: "333"})), at)
    answer = client.post(at, again.sent | {"take": [box]}, follow=True)
    assert "The other was: 333" in answer.content.decode()
    (now,) = open_forms(client, at)
    assert now.sent[box] == ["222"]


@pytest.mark.parametrize(("who", "page", "box"), RECORDS)
def test_a_record_that_somebody_else_changed_says_so_at_the_box(opened, who, page, box):
    person, at = opened(Place(who, page))
    client = signed_in(person)
    mine, theirs = open_forms(client, at)[0], open_forms(client, at)[0]
    other, own = (
        ("9", "8") if re.fullmatch(r"[\d.]+", mine.sent[box][0]) else ("Their words", "My words")
    )
    # A place in a list changes without a reason.
    needs_why = () if box == "order" else ("why", "why_it_changes")
    reason = {name: "Because." for name in mine.boxes if name in needs_why}
    # The name of a fund changes in one of two ways.
    how = {"how": "misspelt", "why": "Because."} if "/funds/" in page else {}
    saved = client.post(at, filled(theirs, {box: other} | how))
    assert saved.status_code == 302, saved.content.decode()[-3000:]
    response = client.post(at, filled(mine, {box: own} | reason | how))
    shown = response.content.decode()
    assert response.status_code == 200
    assert "Somebody else changed this to" in shown
    assert other in shown
    again = forms_of(response, at)[0]
    assert again.sent[box] == [own]
    assert client.post(at, again.sent).status_code == 302
    assert open_forms(client, at)[0].sent[box][0].startswith(own)


def test_a_record_of_which_other_boxes_were_changed_is_merged(opened):
    person, at = opened(Place(ADMINISTRATOR, "administration/settings/"))
    client = signed_in(person)
    (mine,), (theirs,) = open_forms(client, at), open_forms(client, at)
    client.post(at, filled(theirs, {"variance_tolerance": "7"}))
    assert client.post(at, filled(mine, {"contact": "The office."})).status_code == 302
    (now,) = open_forms(client, at)
    assert now.sent["variance_tolerance"][0].startswith("7")
    assert now.sent["contact"] == ["The office."]


def test_last_time_never_wipes_what_is_typed_and_can_be_taken_out_again(opened):
    person, at = opened(Place(COMMISSIONER, RETURN + "performance/"))
    client = signed_in(person)
    (form,) = open_forms(client, at)
    client.post(at, filled(form, {"performance": "A paragraph of mine."}))
    (form,) = open_forms(client, at)
    client.post(at, filled(form, {}, button=("use", "performance")))
    (form,) = open_forms(client, at)
    (text,) = form.sent["performance"]
    assert text.startswith("A paragraph of mine.\n\n")
    assert len(text) > len("A paragraph of mine.\n\n")
    assert ("unuse", "performance") in form.buttons
    client.post(at, filled(form, {}, button=("unuse", "performance")))
    (form,) = open_forms(client, at)
    assert form.sent["performance"] == ["A paragraph of mine."]


def test_approving_with_a_note_typed_asks_first_and_keeps_the_note(opened):
    place = Place("performance officer", "quarter/2026-27-q3/social-prescribing/")
    person, at = opened(place)
    client = signed_in(person)
    form = open_forms(client, at)[0]
    approve = ("action", "approve")
    response = client.post(at, filled(form, {"note-measures": "Check the third."}, approve))
    assert response.status_code == 409
    said = "There is a note in the form, and you pressed Approve. A note goes to the commissioner"
    assert said in response.content.decode()
    form = forms_of(response, at)[0]
    assert form.sent["note-measures"] == ["Check the third."]
    sent = filled(form, {}, approve) | {"without": ["yes"]}
    assert client.post(at, sent).status_code == 302


@pytest.mark.parametrize("name", ["measures", "cards"])
def test_a_month_s_sections_keep_both_texts_too_and_what_is_refused(client, month, name):
    month.sign_in(client, "commissioner")
    at = f"/testshire/returns/{month.period.key}/vital-signs/{name}/"
    (mine,), (theirs,) = open_forms(client, at), open_forms(client, at)
    first, second = boxes(mine)[:2]
    client.post(at, filled(theirs, {first: "11"}))
    response = client.post(at, filled(mine, {first: "22", second: "33"}))
    (again,) = forms_of(response, at)
    assert response.status_code == 409
    assert (again.sent[first], again.sent[second]) == (["22"], ["33"])
    typed = month.report.sections.get(name=name).typed
    assert (typed[first], typed[second]) == ("11", "33")
    month.period.status = "closed"
    month.period.save()
    page = client.post(at, filled(again, {second: "44"})).content.decode()
    assert "What you typed" in page
    assert re.search(r"readonly>\s*44</textarea>", page)
