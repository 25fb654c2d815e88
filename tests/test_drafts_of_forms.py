"""What is typed into a form that is sent whole is kept until it is sent, discarded or old."""

import html
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bcfportal.lib import clock
from projects.models import Membership
from publishing.form_drafts.clearing import KEPT_FOR
from publishing.history import How
from publishing.models import FormDraft, FormDraftSave
from returns.transitions import RETURNS
from tests.forms import forms_of
from tests.quarter import make_quarter
from tests.text import words_of
from tests.typed_words import NINE

pytestmark = pytest.mark.django_db
OFFICER = "performance officer"
JSON = {"accept": "application/json"}
NOTE = "Is the forecast right?"


@pytest.fixture
def quarter(testshire):
    with clock.stopped_at(NINE):
        made = make_quarter(testshire())
        made.submitted()
        yield made


@pytest.fixture
def second(quarter):
    """Another officer."""
    user = quarter.people["finance officer"]
    Membership.objects.create(user=user, council=quarter.council, role=OFFICER)
    return signed_in(user)


@pytest.fixture
def officer(quarter):
    return signed_in(quarter.people[OFFICER])


@pytest.fixture
def address(quarter):
    return quarter.address("review")


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def opened(client, address):
    """The form for words on the page."""
    page = client.get(address)
    assert page.status_code == 200
    return next(form for form in forms_of(page, address) if "was" in form.sent and form.boxes)


def sends(form, button=None, **typed):
    texts = {name: [text] for name, text in typed.items()}
    return form.sent | texts | ({button[0]: [button[1]]} if button else {})


def note(text):
    return {"note-spend": text}


def discards(form):
    return any(name == "discard" for name, _ in form.buttons)


def keeps(client, address, text, *, form=None):
    """The page saves a note by itself."""
    form = form or opened(client, address)
    return client.post(address, sends(form, **note(text)), headers=JSON)


def kept_note(client, address):
    return opened(client, address).sent["note-spend"][0]


def restoring(client, address, version):
    """The form that restores a version, by the links of the pages."""
    page = client.get(address).content.decode()
    saves = html.unescape(re.search(r'href="([^"]+saves=all)"', page)[1])
    listed = client.get(saves).content.decode()
    one = html.unescape(re.search(rf'href="([^"]+saves={version})"', listed)[1])
    (button,) = forms_of(client.get(one), one)
    return button


def test_a_note_that_the_page_saved_by_itself_is_there_in_another_browser(officer, second, address):
    answer = keeps(officer, address, NOTE)
    assert answer.json()["saved"] == "Saved 09:02"
    assert kept_note(officer, address) == NOTE
    page = words_of(second.get(address).content.decode())
    assert "Typed by Performance officer, 15 October 2018, 09:02. Not sent." in page
    assert kept_note(second, address) == NOTE


def test_without_scripts_a_button_keeps_it_and_sends_nothing(quarter, officer, address):
    form = opened(officer, address)
    answer = officer.post(address, sends(form, ("draft", "yes"), **note(NOTE)), follow=True)
    assert "Saved as a draft. It is not sent." in answer.content.decode()
    assert kept_note(officer, address) == NOTE
    assert quarter.report.status == "submitted"


def test_what_is_sent_is_a_draft_no_more_and_its_saves_go_with_it(quarter, officer, address):
    keeps(officer, address, NOTE)
    form = opened(officer, address)
    assert officer.post(address, sends(form, ("action", "send back"))).status_code == 302
    assert quarter.report.sections.get(name="spend").asked == NOTE
    draft = FormDraft.objects.get()
    assert (draft.typed, draft.writers) == ({}, [])
    assert not FormDraftSave.objects.exists()
    assert NOTE not in officer.get(f"{address}?saves=all").content.decode()


def test_what_is_refused_stays_as_it_was_typed(quarter, officer, address):
    form = opened(officer, address)
    stale = sends(form, ("action", "send back"), **note(NOTE)) | {"seen": ["It 0123456789"]}
    assert officer.post(address, stale).status_code == 409
    assert quarter.report.status == "submitted"
    assert kept_note(officer, address) == NOTE


def test_two_officers_merge_box_by_box(officer, second, address):
    mine, theirs = opened(officer, address), opened(second, address)
    keeps(second, address, NOTE, form=theirs)
    answer = officer.post(address, sends(mine, words="And the rest?"), headers=JSON).json()
    assert answer["values"] == {"note-spend": NOTE}
    form = opened(officer, address)
    assert (form.sent["note-spend"], form.sent["words"]) == ([NOTE], ["And the rest?"])


def test_of_one_box_that_both_typed_in_both_texts_are_told_and_none_is_lost(
    officer, second, address
):
    mine, theirs = opened(officer, address), opened(second, address)
    keeps(second, address, NOTE, form=theirs)
    answer = keeps(officer, address, "And spent?", form=mine)
    assert answer.status_code == 409
    (clash,) = answer.json()["clashes"]
    assert clash == {
        "field": "note-spend",
        "label": "Spend",
        "mine": "And spent?",
        "theirs": NOTE,
    }
    assert answer.json()["conflict"] == "Finance officer saved this form at 09:02."
    # Without scripts too, and nothing is sent over what the other typed.
    refused = officer.post(address, sends(mine, ("action", "send back"), **note("And spent?")))
    assert refused.status_code == 409
    page = words_of(refused.content.decode())
    assert f"Somebody else changed this to “{NOTE}”" in page
    again = next(form for form in forms_of(refused, address) if form.boxes)
    assert again.sent["note-spend"] == ["And spent?"]
    assert officer.post(address, sends(again, ("action", "send back"))).status_code == 302


def test_what_somebody_else_typed_meanwhile_is_not_sent_unread(quarter, officer, second, address):
    mine = opened(officer, address)
    keeps(second, address, NOTE)
    answer = officer.post(address, sends(mine, ("action", "send back"), words="And the rest?"))
    assert answer.status_code == 409
    assert quarter.report.status == "submitted"
    page = words_of(answer.content.decode())
    assert "Finance officer typed into this form while you were writing." in page
    again = next(form for form in forms_of(answer, address) if form.boxes)
    assert again.sent["note-spend"] == [NOTE]
    assert again.sent["words"] == ["And the rest?"]
    officer.post(address, sends(again, ("action", "send back")))
    assert quarter.report.sections.get(name="spend").asked == NOTE


def test_a_page_opened_before_it_was_sent_sends_nothing_twice(quarter, officer, second, address):
    keeps(officer, address, NOTE)
    late = opened(second, address)
    officer.post(address, sends(opened(officer, address), ("action", "send back")))
    answer = second.post(address, sends(late, ("action", "send back")))
    assert answer.status_code == 409
    assert NOTE in answer.content.decode()
    answer = second.post(address, sends(late, words="More."), headers=JSON)
    assert answer.status_code == 409
    assert "The return was acted on" in answer.json()["reason"]
    assert quarter.report.events.filter(action="send back").count() == 1


def test_its_saves_are_listed_with_time_and_post_and_each_is_restored(officer, address):
    form = opened(officer, address)
    officer.post(address, sends(form, ("draft", "yes"), **note("First")))
    form = opened(officer, address)
    officer.post(address, sends(form, ("draft", "yes"), **note("Second")))
    page = words_of(officer.get(f"{address}?saves=all").content.decode())
    assert "Version 2 Stands now Saved, Performance officer, 15 October 2018, 09:02" in page
    assert "Spend First Second" in page
    button = restoring(officer, address, 1)
    answer = officer.post(button.action, button.sent, follow=True)
    assert "is as it was in version 1" in answer.content.decode()
    assert kept_note(officer, address) == "First"
    (latest, *_) = FormDraftSave.objects.all()
    assert (latest.how, latest.restored_from) == (How.RESTORED, 1)


def test_what_is_discarded_can_be_restored(officer, address):
    keeps(officer, address, NOTE)
    page = officer.get(address)
    discard = next(form for form in forms_of(page, address) if discards(form))
    answer = officer.post(discard.action, discard.sent | {"discard": ["yes"]}, follow=True)
    assert "What was typed is discarded." in answer.content.decode()
    assert kept_note(officer, address) == ""
    button = restoring(officer, address, 1)
    assert officer.post(button.action, button.sent).status_code == 302
    assert kept_note(officer, address) == NOTE


def test_what_was_typed_since_the_page_was_opened_is_not_discarded(officer, second, address):
    keeps(officer, address, "Mine.")
    page = officer.get(address)
    discard = next(form for form in forms_of(page, address) if discards(form))
    keeps(second, address, NOTE)
    answer = officer.post(discard.action, discard.sent | {"discard": ["yes"]}, follow=True)
    assert "Nothing is discarded" in answer.content.decode()
    assert kept_note(officer, address) == NOTE


@pytest.mark.parametrize("role", ["commissioner", "finance officer", "committee member"])
def test_who_may_not_send_the_form_sees_nothing_of_what_is_typed(quarter, officer, address, role):
    keeps(officer, address, NOTE)
    other = signed_in(quarter.people[role])
    for shown in (address, f"{address}?saves=all", f"{address}?saves=1"):
        assert NOTE not in other.get(shown).content.decode()
    answer = other.post(address, note("Mine.") | {"version": 1}, headers=JSON)
    assert answer.status_code in (403, 404)
    assert kept_note(officer, address) == NOTE


def test_a_return_that_was_submitted_again_since_says_so_beside_the_note(quarter, officer, address):
    keeps(officer, address, NOTE)
    commissioner = quarter.by("commissioner")
    RETURNS.transition("withdraw", quarter.report.pk, **commissioner)
    with clock.stopped_at(NINE + timedelta(hours=1)):
        quarter.submitted()
        page = words_of(officer.get(address).content.decode())
    assert "The return was submitted again, or acted on, since that was typed." in page
    assert NOTE in page


def test_too_long_a_text_is_refused_in_a_sentence_and_stays_in_its_box(officer, address):
    answer = officer.post(
        address, sends(opened(officer, address), ("draft", "yes"), **note("y" * 100_001))
    )
    assert answer.status_code == 409
    assert "more than can be kept" in words_of(answer.content.decode())
    assert "y" * 100_001 in answer.content.decode()
    assert not FormDraft.objects.filter(version__gt=0).exists()


def test_what_nobody_sent_is_cleared_after_thirteen_months_and_not_before(officer, address):
    keeps(officer, address, NOTE)
    for late, left in ((KEPT_FOR - timedelta(days=1), 1), (KEPT_FOR + timedelta(days=1), 0)):
        with clock.stopped_at(NINE + late):
            call_command("send_reminders")
        assert FormDraft.objects.count() == left
    assert not FormDraftSave.objects.exists()


def test_a_council_keeps_so_many_and_says_so(officer, address, monkeypatch):
    monkeypatch.setattr("publishing.form_drafts.form.MOST_DRAFTS", 0)
    answer = keeps(officer, address, NOTE)
    assert answer.status_code == 409
    assert "wait with something typed in them" in answer.json()["reason"]


def test_a_draft_with_many_saves_asks_the_database_the_same(officer, address):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            officer.get(address)
        return len(queries)

    keeps(officer, address, "Number 0.")
    officer.get(address)
    few = asked()
    for number in range(1, 30):
        form = opened(officer, address)
        officer.post(address, sends(form, ("draft", "yes"), **note(f"Number {number}.")))
    officer.get(address)
    assert asked() == few


def test_who_looked_and_typed_nothing_keeps_nothing(officer, address):
    form = opened(officer, address)
    officer.post(address, sends(form, ("draft", "yes")))
    assert not FormDraft.objects.exists()
    page = words_of(officer.get(address).content.decode())
    assert "Nothing typed is waiting" in page


def test_two_new_things_in_two_windows_never_mix(client, testshire):
    council = testshire()
    quarter = make_quarter(council)
    person = signed_in(quarter.people["finance officer"])
    address = "/testshire/posts/add/"
    first, second = opened(person, address), opened(person, address)
    boxes = [name for name in first.boxes if "-" not in name][:2]
    kept = sends(first, ("draft", "yes"), **{boxes[0]: "First words.", boxes[1]: "Only of one."})
    assert person.post(address, kept).status_code == 302
    answer = person.post(address, sends(second, **{boxes[0]: "Second words."}))
    words = words_of(answer.content.decode())
    assert "You began another one in another window" in words
    assert "Only of one." not in answer.content.decode()
    assert "Second words." in answer.content.decode()
    again = next(
        form for form in forms_of(answer, address) if "was" in form.sent and boxes[0] in form.boxes
    )
    assert person.post(address, sends(again)).status_code == answer.status_code
    draft = FormDraft.objects.get(address__endswith="posts/add/")
    assert draft.typed[boxes[0]] == "First words."
    assert draft.typed[boxes[1]] == "Only of one."
    # Once the other one is discarded, this one is sent as it was typed.
    discards_it = opened(person, address)
    person.post(address, sends(discards_it, ("discard", "yes")))
    last = person.post(address, sends(again), follow=True).content.decode()
    assert "Second words." in last
    assert "Only of one." not in last
    assert "You began another one" not in words_of(last)
