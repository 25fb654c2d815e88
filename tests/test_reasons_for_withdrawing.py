"""The reason for withdrawing what is published is kept on the server until it is asked for."""

import pytest

from publishing.models import FormDraft, Withdrawal
from tests.every_form import filled, open_forms
from tests.money import make_areas, published, second_keeper
from tests.text import words_of

pytestmark = pytest.mark.django_db
FINANCE = "finance officer"
WHY = "The figures of another council are in it."
JSON = {"accept": "application/json"}


@pytest.fixture
def at(quarter):
    """The page on which a published finance report is withdrawn."""
    make_areas(quarter.council)
    quarter.people["second"] = second_keeper(quarter.council)
    report = published(quarter.council, quarter.people[FINANCE])
    return f"/testshire/versions/{report.snapshots.get().fingerprint[:12]}/withdraw/"


def reason_form(client, at):
    return next(form for form in open_forms(client, at) if "reason" in form.boxes)


def waiting():
    return [row.typed["reason"] for row in FormDraft.objects.exclude(typed={})]


def test_a_reason_is_kept_for_who_typed_it_and_gone_once_it_is_asked(client, quarter, at):
    form = reason_form(quarter.sign_in(client, FINANCE), at)
    assert (
        client.post(form.action, filled(form, {"reason": WHY}, ("draft", "yes"))).status_code == 302
    )
    assert waiting() == [WHY]
    # Nobody asks in the words of another.
    assert reason_form(quarter.sign_in(client, "second"), at).sent["reason"] == [""]
    assert WHY not in words_of(client.get(at).content.decode())
    form = reason_form(quarter.sign_in(client, FINANCE), at)
    assert form.sent["reason"] == [WHY]
    assert client.get(f"{at}?form=withdraw-1&saves=all").status_code == 200
    client.post(form.action, filled(form, {}, ("action", "ask")))
    assert Withdrawal.objects.get().reason == WHY
    assert waiting() == []


def test_a_reason_that_is_refused_stays_kept(client, quarter, at):
    form = reason_form(quarter.sign_in(client, FINANCE), at)
    answer = client.post(form.action, filled(form, {"reason": " "}, ("action", "ask")))
    assert answer.status_code == 409
    form = reason_form(client, at)
    answer = client.post(form.action, filled(form, {"reason": "x" * 5_001}, ("action", "ask")))
    assert answer.status_code == 409
    assert waiting() == ["x" * 5_001]
    assert not Withdrawal.objects.exists()


def test_a_reason_of_another_version_is_not_kept_as_that_of_this_one(client, quarter, at):
    form = reason_form(quarter.sign_in(client, FINANCE), at)
    other = filled(form, {"reason": WHY}) | {"form": ["withdraw-7"]}
    answer = client.post(form.action, other, headers=JSON)
    assert answer.status_code == 409
    assert "acted on since you opened the page" in answer.json()["reason"]
    assert waiting() == []
    client.post(form.action, filled(form, {"reason": WHY}), headers=JSON)
    assert waiting() == [WHY]
