# ruff: noqa: F811 - fixtures of another file
"""A press is done once: double clicks, replays, going back and sending again."""

import pytest

from accounts.models import Session
from finance.models import ChangeRequest
from outcomes.models import FollowUp
from risks.models import Progress
from tests.every_form import FINANCE, OFFICER, PASSWORD, Place, Writes, filled, name_of, open_forms
from tests.forms import forms_of
from tests.test_every_form import (  # noqa: F401
    QUICK,
    address,
    each_form,
    every_place,
    numbers,
    opened,
    people,
    signed_in,
    user,
)
from typed.models import Press

pytestmark = pytest.mark.django_db
PROGRESS = Place(FINANCE, "risks/wr01/progress/")
DECISION = Place(OFFICER, "exceptions/emergency-admissions-65/")
DAY = {"0": "20", "1": "1", "2": "2027"}
# (place, model, what is typed): what cannot be removed, so that twice is for ever.
LASTING = {
    "progress on a risk": (PROGRESS, Progress, {"text": "Two posts are filled."}),
    "a follow-up action": (
        DECISION,
        FollowUp,
        {"decision": "A deep dive.", "owner": "Director", "action": None}
        | {f"decided_on_{part}": text for part, text in DAY.items()}
        | {f"due_{part}": text for part, text in (DAY | {"1": "3"}).items()},
    ),
}


def chosen(form, typed):
    """The form with the words typed, and the first choice where there is none yet."""
    sent = filled(form, {name: text for name, text in typed.items() if text is not None})
    for control in form.controls:
        if control.kind == "radio":
            sent.setdefault(control.name, [control.value])
        if control.kind == "select" and control.chosen and not sent[control.name][0]:
            sent[control.name] = [next(filter(None, control.options), "")]
    return sent


@pytest.mark.parametrize("what", LASTING)
def test_what_lasts_is_written_once_and_the_second_press_is_answered_with_it(
    opened,
    what,
):
    place, model, typed = LASTING[what]
    person, at = opened(place)
    client = signed_in(person)
    (form,) = open_forms(client, at)
    sent, before = chosen(form, typed), model.objects.count()
    first = client.post(form.action, sent)
    assert first.status_code == 302, first.content.decode()[-4000:]
    second = client.post(form.action, sent)
    assert model.objects.count() == before + 1
    assert second.headers["Location"] == first.headers["Location"]
    page = client.get(second.headers["Location"]).content.decode()
    assert "portal" in page
    assert "govuk-notification-banner--success" in page
    # Other words are another press, and so is the form opened again.
    client.post(form.action, sent | {form.boxes[0]: ["Something else."]})
    (again,) = open_forms(client, at)
    client.post(again.action, chosen(again, typed))
    assert model.objects.count() >= before + 2


@every_place
def test_the_same_press_again_writes_nothing_and_leads_to_the_same_page(user, address):
    for number in each_form(user, address):
        client = signed_in(user)
        form = open_forms(client, address)[number]
        sent = filled(form, {})
        first = client.post(form.action, sent)
        if first.status_code != 302 or not Press.objects.exists():
            continue
        with Writes() as writes:
            second = client.post(form.action, sent)
        assert writes.tables == [], name_of(form)
        assert second.status_code == 302
        assert second.headers["Location"] == first.headers["Location"]


def test_a_press_that_failed_may_be_tried_again(opened):
    person, at = opened(PROGRESS)
    client = signed_in(person)
    (form,) = open_forms(client, at)
    assert client.post(form.action, filled(form, {"text": ""})).status_code == 200
    assert not Press.objects.exists()


def test_a_press_of_another_person_is_not_answered_with_what_this_one_did(opened, people):
    person, at = opened(PROGRESS)
    client = signed_in(person)
    (form,) = open_forms(client, at)
    sent = chosen(form, {"text": "Mine."})
    client.post(form.action, sent)
    del sent["page-of"]
    other = signed_in(people["committee member"][0])
    assert other.post(form.action, sent).status_code in (403, 404)


def test_what_is_done_is_kept_for_a_day(opened):
    person, at = opened(PROGRESS)
    client = signed_in(person)
    (form,) = open_forms(client, at)
    client.post(form.action, chosen(form, {"text": "First."}))
    Press.objects.update(at="2027-01-18T09:00Z")
    (form,) = open_forms(client, at)
    client.post(form.action, chosen(form, {"text": "Second."}))
    assert Press.objects.count() == 1


def test_the_press_is_known_again_after_a_session_has_ended_in_between(opened, settings):
    settings.PASSWORD_HASHERS = QUICK
    person, at = opened(PROGRESS)
    person.set_password(PASSWORD)
    person.save()
    client = signed_in(person)
    (form,) = open_forms(client, at)
    sent, before = chosen(form, {"text": "Once."}), Progress.objects.count()
    client.post(form.action, sent)
    Session.objects.all().delete()
    (again,) = forms_of(client.post(form.action, sent), form.action)
    who = {"sign-in-email": [person.email], "sign-in-password": [PASSWORD]}
    assert client.post(again.action, again.sent | who).status_code == 302
    assert Progress.objects.count() == before + 1


def test_a_change_is_asked_for_once(opened):
    person, at = opened(Place("commissioner", "savings/changes/add/funding/"))
    client = signed_in(person)
    (form,) = open_forms(client, at)
    sent = chosen(form, {"reason": "It fits.", "amount": "1000"})
    funds = next(c.options for c in form.controls if c.name == "to_fund")
    sent |= {"to_fund": [funds[-1]], "starts_0": ["1"], "starts_1": ["4"], "starts_2": ["2027"]}
    before = ChangeRequest.objects.count()
    answers = [client.post(form.action, sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert ChangeRequest.objects.count() == before + 1
