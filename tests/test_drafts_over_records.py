# ruff: noqa: F811 - fixtures of another file
"""A draft of a form stands over a record that goes on changing, and beside other people's."""

import pytest

from accounts.writing import wrote_any
from finance.models import OptionForChange, Saving
from outcomes.models import FollowUp
from projects.models import Membership
from publishing.models import FormDraft
from risks.models import Risk, Task
from tests.every_form import FINANCE, OFFICER, Place, filled, open_forms
from tests.forms import forms_of
from tests.test_every_form import numbers, opened, people, signed_in  # noqa: F401
from tests.text import words_of

pytestmark = pytest.mark.django_db
DRAFT = ("draft", "yes")
SAVING = Place(FINANCE, "savings/edit/night-support-shared-between-neighbours/")
OPTION = Place(FINANCE, "options/edit/monitors-on-loan-for-the-first-six-weeks-at-home/")
TASK = Place(FINANCE, "risks/wr01/tasks/")
JSON = {"accept": "application/json"}


@pytest.fixture
def second(westshire, people):
    """Another finance officer."""
    user = people["administrator"][0]
    Membership.objects.create(user=user, council=westshire, role=FINANCE)
    return user


def main_form(client, at):
    return next(form for form in open_forms(client, at) if "version" in form.sent and form.boxes)


def keep(client, at, **typed):
    form = main_form(client, at)
    answer = client.post(form.action, filled(form, typed, DRAFT))
    assert answer.status_code == 302, answer.content.decode()[-2000:]


def test_what_adds_something_is_each_person_s_own(opened, second):
    person, at = opened(TASK)
    keep(signed_in(person), at, text="Ask the landlord.")
    other = signed_in(second)
    assert main_form(other, at).sent["text"] == [""]
    keep(other, at, text="Ask the insurer.")
    assert main_form(signed_in(person), at).sent["text"] == ["Ask the landlord."]
    assert FormDraft.objects.count() == 2


def test_what_is_sent_is_sent_once_and_no_longer_waits(opened):
    person, at = opened(TASK)
    client = signed_in(person)
    keep(client, at, text="Ask the landlord.")
    early, late = main_form(client, at), main_form(client, at)
    risk, before = Risk.objects.get(council__slug="westshire", slug="wr01"), Task.objects.count()
    assert client.post(at, early.sent).status_code == 302
    assert risk.task_rows.latest("pk").text == "Ask the landlord."
    assert main_form(client, at).sent["text"] == [""]
    # A page that was open all the while does not add it again.
    answer = client.post(at, late.sent)
    assert answer.status_code == 409
    assert "was sent or discarded while you were writing" in words_of(answer.content.decode())
    assert Task.objects.count() == before + 1


def test_boxes_that_nobody_typed_into_hold_what_the_record_holds_now(opened):
    person, at = opened(SAVING)
    client = signed_in(person)
    keep(client, at, action="Share the night shifts.")
    Saving.objects.filter(slug="night-support-shared-between-neighbours").update(
        explanation="It began in May."
    )
    form = main_form(client, at)
    assert form.sent["action"] == ["Share the night shifts."]
    assert form.sent["explanation"] == ["It began in May."]
    page = words_of(client.get(at).content.decode())
    assert "What this form is about was changed since that was typed." in page
    assert client.post(at, form.sent).status_code == 302
    saving = Saving.objects.get(slug="night-support-shared-between-neighbours")
    assert (saving.action, saving.explanation) == ("Share the night shifts.", "It began in May.")


def test_a_box_that_the_record_and_the_draft_have_otherwise_tells_both(opened):
    person, at = opened(SAVING)
    client = signed_in(person)
    keep(client, at, action="Share the night shifts.")
    Saving.objects.filter(slug="night-support-shared-between-neighbours").update(action="Theirs.")
    page = client.get(at)
    assert "Somebody else changed this to “Theirs.”" in words_of(page.content.decode())
    form = next(form for form in forms_of(page, at) if "version" in form.sent and form.boxes)
    assert form.sent["action"] == ["Share the night shifts."]
    assert client.post(at, form.sent).status_code == 302
    saving = Saving.objects.get(slug="night-support-shared-between-neighbours")
    assert saving.action == "Share the night shifts."


def test_a_record_that_changes_while_the_page_is_open_is_told_before_anything_is_sent(opened):
    person, at = opened(SAVING)
    client = signed_in(person)
    keep(client, at, action="Share the night shifts.")
    form = main_form(client, at)
    saving = Saving.objects.filter(slug="night-support-shared-between-neighbours")
    saving.update(explanation="It began in May.")
    answer = client.post(at, form.sent)
    assert answer.status_code == 409
    page = words_of(answer.content.decode())
    assert "What this form is about was changed while you were writing." in page
    assert saving.get().action != "Share the night shifts."
    again = next(form for form in forms_of(answer, at) if "version" in form.sent and form.boxes)
    assert again.sent["explanation"] == ["It began in May."]
    assert client.post(at, again.sent).status_code == 302
    assert saving.get().action == "Share the night shifts."
    assert saving.get().explanation == "It began in May."


def test_rows_of_a_table_are_kept_as_they_were_typed(opened):
    person, at = opened(SAVING)
    client = signed_in(person)
    form = main_form(client, at)
    last = max(name for name in form.boxes if name.endswith("-year"))
    row = last.removesuffix("year")
    keep(client, at, **{last: "2031/32", f"{row}target": "about 5,000"})
    again = main_form(signed_in(person), at)
    assert again.sent[last] == ["2031/32"]
    assert again.sent[f"{row}target"] == ["about 5,000"]
    answer = client.post(at, again.sent)
    assert answer.status_code == 200
    assert main_form(client, at).sent[f"{row}target"] == ["about 5,000"]


def test_whoever_typed_into_a_draft_does_not_decide_on_what_it_becomes(opened, second):
    person, at = opened(OPTION)
    keep(signed_in(second), at, reasons="Because of the nights.")
    form = main_form(signed_in(person), at)
    assert form.sent["reasons"] == ["Because of the nights."]
    assert signed_in(person).post(at, form.sent).status_code == 302
    option = OptionForChange.objects.get(slug="monitors-on-loan-for-the-first-six-weeks-at-home")
    assert option.reasons == "Because of the nights."
    assert wrote_any(option, second)


def test_a_removed_record_leaves_no_draft_for_one_of_the_same_name(opened, westshire):
    person, _ = opened(SAVING)
    saving = Saving.objects.create(council=westshire, slug="spare", title="Spare", order=99)
    client, at = signed_in(person), "/westshire/savings/edit/spare/"
    keep(client, at, action="Share the night shifts.")
    assert client.post(at, {"remove": "yes"}).status_code == 302
    assert not Saving.objects.filter(pk=saving.pk).exists()
    assert not FormDraft.objects.exists()


def test_a_page_that_goes_away_saves_what_was_changed_and_empties_nothing(opened):
    person, at = opened(SAVING)
    client = signed_in(person)
    form = main_form(client, at)
    small = {name: form.sent[name] for name in ("version", "was", "page-of")}
    answer = client.post(at, small | {"action": ["Share the night shifts."]}, headers=JSON)
    assert "saved" in answer.json()
    again = main_form(client, at)
    assert again.sent["action"] == ["Share the night shifts."]
    assert again.sent["title"] == form.sent["title"]


def test_what_is_typed_about_a_decision_that_was_reported_meanwhile_is_shown_to_copy(opened):
    person, at = opened(Place(OFFICER, "exceptions/{acted_on}/{follow_up}/"))
    client = signed_in(person)
    form = main_form(client, at)
    record = FollowUp.objects.get(pk=at.rstrip("/").rpartition("/")[2])
    record.done_on, record.outcome = record.decided_on, "Done."
    record.save()
    answer = client.post(at, filled(form, {"outcome": "We saw nothing of it."}))
    page = words_of(answer.content.decode())
    assert answer.status_code == 409
    assert "That action is already done." in page
    assert "We saw nothing of it." in page
    saved = client.post(at, filled(form, {"outcome": "More."}), headers=JSON)
    assert "already done" in saved.json()["reason"]
