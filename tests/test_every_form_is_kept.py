# ruff: noqa: F811 - fixtures of another file
"""Every form that people write in keeps what is typed on the server, or is named as a record."""

import pytest
from django.db import transaction

from publishing.models import FormDraft
from tests.every_form import RECORDS, filled, markers, name_of, open_forms
from tests.forms import forms_of
from tests.test_every_form import PLACES, numbers, opened, people, signed_in  # noqa: F401

pytestmark = pytest.mark.django_db
# Sections save themselves: tests/test_returns.py, tests/test_money_entry.py.
SECTIONS = {"reporting:section"} | {
    f"reporting:money-{name}" for name in ("lines", "reserves", "capital")
}
DRAFT = "draft"


def texts_in(form):
    """The boxes of the form that words are typed into."""
    return [name for name in form.boxes if name != "block"]


def draft_button(form):
    return next((button for button in form.buttons if button[0] == DRAFT), None)


def discards(form):
    return any(name == "discard" for name, _ in form.buttons)


def test_every_form_keeps_what_is_typed_or_is_named_with_its_reason(opened, numbers):
    neither, records = set(), set()
    for place in PLACES:
        person, at = opened(place)
        for form in open_forms(signed_in(person), at):
            name = name_of(form)
            if not texts_in(form) or name in SECTIONS or draft_button(form):
                continue
            (records if name in RECORDS else neither).add(name)
    assert not neither, f"Make it a KeptForm, or give it a reason in RECORDS: {sorted(neither)}"
    assert records == set(RECORDS)


def test_what_is_typed_into_each_is_in_another_browser_and_gone_once_discarded(opened, numbers):
    walked = set()
    for place in PLACES:
        person, at = opened(place)
        client, other = signed_in(person), signed_in(person)
        for number, form in enumerate(open_forms(client, at)):
            if not draft_button(form):
                continue
            with transaction.atomic():
                typed = {name: markers(form)[name] for name in texts_in(form)}
                answer = client.post(form.action, filled(form, typed, draft_button(form)))
                assert answer.status_code == 302, (name_of(form), answer.content[-3000:])
                page = other.get(at)
                again = next(each for each in forms_of(page, at) if draft_button(each))
                shown = {name: again.sent[name][0] for name in typed}
                assert shown == typed, place
                assert f"Typed by {person.post}" in " ".join(page.content.decode().split())
                assert FormDraft.objects.filter(whose=None).count() <= 1
                discard = next(each for each in forms_of(page, at) if discards(each))
                client.post(discard.action, discard.sent | {"discard": ["yes"]})
                empty = next(each for each in open_forms(other, at) if draft_button(each))
                assert {name: empty.sent[name] for name in typed} == {
                    name: form.sent[name] for name in typed
                }
                walked.add((name_of(form), number))
                transaction.set_rollback(True)
    assert len(walked) > 20
