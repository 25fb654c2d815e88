"""A block is shown with what goes where before it is placed, and can be taken back after."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Session, User
from bcfportal.lib.pasting.blocks import MOST_CELLS
from tests.html_forms import form_of, form_with
from tests.pasted import open_screen, pasted, press
from tests.text import words_of

pytestmark = pytest.mark.django_db
BLOCK = (
    "Measure\tTarget\tQ4\n"
    "Commence 100% of packages within 24 hours.\t100%\t71%\n"
    "80% positive service user feedback.\t80%\t64%\n"
    "A measure of another project\t\t5\n"
)


@pytest.fixture
def screen(client):
    return open_screen(client, "home-first")


def placed(client, screen, block=BLOCK):
    address, *_ = screen
    return press(client, address, pasted(client, address, block).content.decode(), "sure")


def test_the_preview_says_what_each_box_holds_now_and_then_and_what_is_left_out(client, screen):
    address, _, field = screen
    box = field("Commence 100% | value")
    client.post(address, {"version": "0", box: "88"})
    words = words_of(pasted(client, address, BLOCK).content.decode())
    assert "Nothing that you pasted is kept yet." in words
    assert "2 boxes will change" in words
    assert "Commence 100% of packages within 24 hours. Value 88 71%" in words
    assert "80% positive service user feedback. Value empty 64%" in words
    assert "Target Column 2" in words
    assert "It is a target." in words
    assert "“A measure of another project” is not one of the rows here." in words


def test_one_press_gives_back_what_the_boxes_held_before_the_paste(client, screen):
    address, typed, field = screen
    one, two = field("Commence 100% | value"), field("80% positive | value")
    client.post(address, {"version": "0", one: "88", two: "77"})
    before = typed()
    assert placed(client, screen).status_code == 302
    assert typed() == before | {one: "71%", two: "64%"}
    page = client.get(address).content.decode()
    assert "2 boxes hold what you pasted last." in words_of(page)
    client.post(address, form_of(page, "undo").fields | {"undo": "1"})
    assert typed() == before
    after = client.get(address).content.decode()
    assert "2 boxes are as before the paste." in words_of(after)
    assert 'name="undo"' not in after


def test_pasting_the_same_block_twice_changes_nothing_more(client, screen):
    address, *_ = screen
    placed(client, screen)
    words = words_of(pasted(client, address, BLOCK).content.decode())
    assert "No box will change" in words
    assert "2 boxes hold already what is pasted." in words


def test_a_box_that_was_changed_since_the_paste_keeps_its_text_when_it_is_taken_back(
    client, screen
):
    address, typed, field = screen
    one = field("Commence 100% | value")
    placed(client, screen)
    fields = form_of(client.get(address).content.decode(), "undo").fields
    client.post(address, fields | {one: "72%", "undo": "1"})
    assert typed() == {one: "72%"}
    words = words_of(client.get(address).content.decode())
    assert "1 box is as before the paste. 1 box was changed since and stays as it is." in words


def test_what_was_typed_beside_the_block_is_kept_and_the_block_is_not(client, screen):
    address, typed, field = screen
    box = field("Reduction in size | value")
    fields = form_of(client.get(address).content.decode(), "place").fields
    client.post(address, fields | {box: "12", "block": BLOCK, "place": "1"})
    assert typed() == {box: "12"}


BUTTONS = {
    "home-first": [{}, {"then": "next"}, {"then": "list"}],
    "vital-signs": [{}, {"then": "next"}],
    "lines": [{}, {"stay": "1"}, {"use": "last"}],
    "reserves": [{}, {"stay": "1"}, {"use": "last"}],
    "capital": [{}, {"stay": "1"}, {"use": "last"}],
}


@pytest.mark.parametrize(
    ("name", "button"), [(name, each) for name, several in BUTTONS.items() for each in several]
)
def test_a_block_in_its_box_is_shown_with_what_goes_where_whatever_button_is_pressed(
    client, name, button
):
    address, typed, _ = open_screen(client, name)
    fields = form_of(client.get(address).content.decode(), "place").fields
    response = client.post(address, fields | button | {"block": "One\tTwo\n3\t4"})
    assert response.status_code == 200
    proposal = response.context["proposal"]
    assert proposal.questions or proposal.refused or proposal.left_out
    block = form_of(response.content.decode(), "place").fields["block"]
    assert block.split() == ["One", "Two", "3", "4"]
    assert "use" in button or typed() == {}


def test_a_block_is_shown_with_what_goes_where_after_a_lapsed_session_too(client, screen):
    address, typed, field = screen
    box = field("Reduction in size | value")
    person = User.objects.get(pk=client.session["_auth_user_id"])
    person.set_password("a long enough phrase")
    person.save()
    client.force_login(person)
    fields = form_of(client.get(address).content.decode(), "place").fields
    Session.objects.all().delete()
    asked = client.post(address, fields | {box: "12", "block": BLOCK})
    assert asked.status_code == 401
    again = form_with(asked.content.decode(), "sign-in-password").fields
    who = {"sign-in-email": person.email, "sign-in-password": "a long enough phrase"}
    response = client.post(address, again | who)
    assert "2 boxes will change" in words_of(response.content.decode())
    assert typed() == {box: "12"}


def test_nothing_is_placed_that_was_not_seen(client, screen):
    address, typed, field = screen
    client.post(address, {"version": "0", "block": BLOCK, "place": "sure"})
    assert typed() == {}
    page = pasted(client, address, BLOCK).content.decode()
    # Somebody changes a box of the block in the meantime.
    version = form_of(client.get(address).content.decode(), "place").fields["version"]
    box = field("Commence 100% | value")
    client.post(address, {"version": version, box: "99"})
    again = press(client, address, page, "sure")
    assert again.status_code == 200
    assert typed() == {box: "99"}
    assert "99 71%" in words_of(again.content.decode())


def test_an_answer_about_a_column_is_shown_before_it_is_placed(client, screen):
    address, typed, field = screen
    page = pasted(client, address, BLOCK).content.decode()
    again = press(client, address, page, "sure", **{"column-2": "denominator"})
    assert again.status_code == 200
    assert typed() == {}
    press(client, address, again.content.decode(), "sure")
    assert typed()[field("Commence 100% | denominator")] == "100%"


def test_a_block_stays_in_its_box_where_the_section_could_not_be_saved(client, screen):
    address, _, field = screen
    client.post(address, {"version": "0", field("Commence 100% | value"): "1"})
    late = {"version": "0", field("Commence 100% | value"): "2", "block": BLOCK, "place": "1"}
    response = client.post(address, late)
    assert response.status_code == 409
    assert form_of(response.content.decode(), "place").fields["block"].split() == BLOCK.split()


@pytest.mark.parametrize("name", ["home-first", "lines"])
def test_a_block_that_is_too_large_is_answered_with_a_sentence(client, name):
    address, typed, _ = open_screen(client, name)
    page = pasted(client, address, "1\t" * MOST_CELLS).content.decode()
    assert "What was pasted has more than 20,000 cells" in words_of(page)
    assert typed() == {}


def test_figures_alone_go_on_from_the_box_that_they_were_pasted_into(client, screen):
    address, typed, field = screen
    at = field("Commence 100% | value")
    page = pasted(client, address, "71%\r\n64%", at=at).content.decode()
    press(client, address, page, "sure")
    assert typed() == {at: "71%", field("80% positive | value"): "64%"}


def test_the_money_grid_shows_pounds_beside_what_was_pasted_and_takes_them_back(client):
    address, typed, _ = open_screen(client, "lines")
    page = pasted(client, address, "Area\tBudget £000\nCommissioning\t1,200").content.decode()
    assert "£1.200m (1,200)" in words_of(page)
    press(client, address, page, "sure")
    assert typed() == {"commissioning-budget": "1.200"}
    page = client.get(address).content.decode()
    client.post(address, form_of(page, "undo").fields | {"undo": "1"})
    assert typed() == {}


def test_a_longer_block_takes_no_more_queries(client):
    address, _, _ = open_screen(client, "connect")
    names = ["95% utilization", "Healthier lifestyle", "Maximising income", "Reduced self-harm"]
    lines = [f"{name}\t57\t80\t34" for name in names]
    counts = []
    for several in (lines[:1], lines):
        block = "\n".join(["Measure\tSouth\tMid\tNorth", *several])
        form = form_of(client.get(address).content.decode(), "place").fields
        with CaptureQueriesContext(connection) as captured:
            client.post(address, form | {"block": block, "place": "1"})
        counts.append(len(captured))
    assert counts[0] >= counts[1]


def test_the_preview_says_that_the_names_stand_across(client, westshire):
    address, *_ = open_screen(client, "westshire/urgent-response")
    block = "\tVisits within two hours\tNorthmoor\nTarget\t80\t360\nQ3\t81\t371\n"
    words = words_of(pasted(client, address, block).content.decode())
    assert "The names of the rows stand across the top of what you pasted" in words
    assert "Q3 Line 3" in words
    assert "Column" not in words
    block = "Measure\tQ3\nVisits within two hours\t81\n"
    assert "across the top" not in words_of(pasted(client, address, block).content.decode())
