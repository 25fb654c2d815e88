"""Every form lives through the accidents of typing; one added tomorrow fails until it is walked."""

import json
import re
from urllib.parse import unquote

import pytest
from django.db import transaction
from django.test import Client
from django.utils.crypto import get_random_string

from accounts.models import Session
from projects.models import Assignment, Membership
from tests.addresses import addresses
from tests.every_form import (
    DECIDING,
    DECIDING_LATER,
    NO_FORM,
    NOTHING_READ,
    OF_NOBODY,
    PAGES,
    PASSWORD,
    RETURN,
    Place,
    Seldom,
    Writes,
    filled,
    markers,
    name_of,
    open_forms,
    posting_addresses,
)
from tests.forms import forms_of
from tests.states.walking import pressed

pytestmark = pytest.mark.django_db
PLACES = [Place(*page) for page in PAGES]
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# One's own account needs no role.
OF_A_COUNCIL = [place for place in PLACES if not place.page.startswith("/account/")]
every_place = pytest.mark.parametrize("place", PLACES, ids=str)


@pytest.fixture
def numbers(westshire):
    return Seldom(westshire)


@pytest.fixture
def people(westshire):
    """Westshire's people by role."""
    found = {}
    for membership in westshire.memberships.select_related("user").order_by("pk"):
        found.setdefault(membership.role, []).append(membership.user)
    return found


@pytest.fixture
def opened(people, numbers):
    """Who may open the place's page, the first of the role, and its address."""

    def find(place):
        address = place.address(numbers)
        for user in people[place.who]:
            if signed_in(user).get(address).status_code == 200:
                return user, address
        raise AssertionError(f"Nobody may open {place}.")

    return find


@pytest.fixture
def user(opened, place):
    return opened(place)[0]


@pytest.fixture
def address(numbers, place):
    return place.address(numbers)


def signed_in(user, **options):
    client = Client(**options)
    client.force_login(user)
    return client


def each_form(user, address):
    """The number of each form of the page; what is done with one is undone before the next."""
    for number, _ in enumerate(open_forms(signed_in(user), address)):
        with transaction.atomic():
            yield number
            transaction.set_rollback(True)


def kept(response, typed, again):
    """Whether every word is on the page, or the press went on to where it leads."""
    if response.status_code in (302, 303):
        return True
    page = response.content.decode()
    lost = [word for word in typed.values() if word not in page]
    assert response.status_code in (200, 409), (response.status_code, again)
    assert not lost, (again, lost)
    return True


def test_every_address_that_takes_a_post_is_walked(people, numbers):
    found = set()
    for place in PLACES:
        address = place.address(numbers)
        answers = (signed_in(user).get(address) for user in people[place.who])
        page = next(answer for answer in answers if answer.status_code == 200)
        found |= {name_of(form) for form in forms_of(page, address)}
    assert found == posting_addresses() - NO_FORM - OF_NOBODY


def carries(form, *names):
    return any(name.startswith(names) for name in form.sent)


def test_a_form_says_what_was_read_or_merges_or_changes_nothing_of_others(people, numbers):
    deciding, others = set(), set()
    for place in PLACES:
        address = place.address(numbers)
        answers = (signed_in(user).get(address) for user in people[place.who])
        page = next(answer for answer in answers if answer.status_code == 200)
        for form in forms_of(page, address):
            if carries(form, "seen"):
                deciding.add(name_of(form))
            elif not carries(form, "was", "version"):
                others.add(name_of(form))
    assert deciding == DECIDING
    others -= DECIDING_LATER
    assert others == NOTHING_READ, " ".join(sorted(others ^ NOTHING_READ))


@every_place
def test_what_is_not_as_it_was_read_is_not_decided_on_and_no_word_is_lost(user, address):
    for number in each_form(user, address):
        client = signed_in(user)
        form = open_forms(client, address)[number]
        if not carries(form, "seen"):
            continue
        for button in form.buttons or [form.first_button]:
            typed = markers(form)
            older = {name: ["It 0123456789"] for name in form.sent if name.startswith("seen")}
            response, changed = pressed(client, form.action, filled(form, typed, button) | older)
            assert changed == [], button
            assert kept(response, typed, form.action)


@every_place
def test_a_lapsed_session_keeps_every_word_and_the_press(settings, user, address):
    settings.PASSWORD_HASHERS = QUICK
    user.set_password(PASSWORD)
    user.save()
    for number in each_form(user, address):
        client = signed_in(user, enforce_csrf_checks=True)
        form = open_forms(client, address)[number]
        typed = markers(form)
        Session.objects.all().delete()
        asked = client.post(form.action, filled(form, typed))
        assert asked.status_code == 401
        (again,) = forms_of(asked, form.action)
        who = {"sign-in-email": [user.email], "sign-in-password": [PASSWORD]}
        typed = {name: word for name, word in typed.items() if "password" not in name}
        assert not set(typed.values()) - {text for texts in again.sent.values() for text in texts}
        response = client.post(again.action, again.sent | who)
        assert kept(response, typed, form.action)
        assert client.session.get("_auth_user_id") == str(user.pk)


@every_place
def test_a_renewed_token_takes_one_press_more_and_no_word(user, address):
    for number in each_form(user, address):
        client = signed_in(user, enforce_csrf_checks=True)
        form = open_forms(client, address)[number]
        typed = markers(form)
        client.cookies["csrftoken"] = get_random_string(32)
        asked = client.post(form.action, filled(form, typed))
        assert asked.status_code == 403
        (again,) = forms_of(asked, form.action)
        assert kept(client.post(again.action, again.sent), typed, form.action)


@every_place
def test_another_person_is_told_whose_page_it_was_and_saves_nothing(people, user, address):
    client = signed_in(user)
    forms = open_forms(client, address)
    client.force_login(people["committee member"][0])
    for form in forms:
        typed = markers(form)
        with Writes() as writes:
            response = client.post(form.action, filled(form, typed))
        page = response.content.decode()
        assert response.status_code == 409
        assert user.post in page
        assert not [word for word in typed.values() if word not in page]
        assert writes.tables == []


@pytest.mark.parametrize("place", OF_A_COUNCIL, ids=str)
def test_a_role_that_is_taken_away_shows_the_words_and_saves_nothing(user, address):
    client = signed_in(user)
    forms = open_forms(client, address)
    Membership.objects.filter(user=user).delete()
    Assignment.objects.filter(user=user).delete()
    for form in forms:
        typed = markers(form)
        with Writes() as writes:
            response = client.post(form.action, filled(form, typed))
        page = response.content.decode()
        assert response.status_code in (403, 404)
        assert not [word for word in typed.values() if word not in page]
        assert "Westshire" not in page
        assert writes.tables == []


@every_place
def test_a_wrong_box_keeps_all_others_and_its_message_leads_to_it(user, address):
    for number in each_form(user, address):
        client = signed_in(user)
        form = open_forms(client, address)[number]
        typed = markers(form)
        response = client.post(form.action, filled(form, typed))
        assert kept(response, typed, form.action)
        page = response.content.decode()
        for anchor in re.findall(r'govuk-error-summary.*?href="#([^"]+)"', page, re.S):
            assert f'id="{anchor}"' in page, (form.action, anchor)


STRANGE = ("x" * 300, "Übér 😀 \u202eabc\u202c e\u0301 ك", "Zeile\nZwei", "<b>&amp;</b>")


@every_place
def test_long_and_strange_texts_break_no_page(user, address):
    for number in each_form(user, address):
        client = signed_in(user)
        form = open_forms(client, address)[number]
        typed = {name: STRANGE[n % len(STRANGE)] for n, name in enumerate(form.boxes)}
        if form.boxes:
            typed[form.boxes[-1]] = "y" * 100_000
        response = client.post(form.action, filled(form, typed))
        assert response.status_code in (200, 302, 409)
        if response.status_code != 302 and form.boxes:
            assert "y" * 100_000 in response.content.decode()


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("administration/funds/nhs-minimum/remove/", "administration/funds/nhs-minimum/"),
        ("quarter/2026-27-q2/approve/", "quarter/?period=2026-27-q2"),
        ("quarter/2026-27-q2/approve/?late=late", "quarter/?late=late&period=2026-27-q2"),
        ("quarter/2026-27-q2/current/", "quarter/2026-27-q2/publications/"),
        ("returns/2026-27-q3/young-carers/submit/", "returns/2026-27-q3/young-carers/check/"),
        ("returns/2026-27-q3/young-carers/carry/?a=b", "returns/2026-27-q3/young-carers/?a=b"),
        ("administration/invitations/7/again/", "administration/people/"),
        ("administration/invitations/7/answer/", "/account/"),
    ],
)
def test_what_only_takes_a_press_leads_to_the_page_it_stands_on_when_it_is_opened(
    people, address, page
):
    client = signed_in(people["administrator"][0])
    leads = client.get(f"/westshire/{address}").headers["Location"]
    assert leads == (page if page.startswith("/") else f"/westshire/{page}")
    # After signing in too.
    client.logout()
    asked = client.get(f"/westshire/{address}").headers["Location"]
    assert unquote(asked.partition("next=")[2]) == f"/westshire/{address}"


def test_a_press_on_an_address_that_is_only_read_leads_to_its_page_with_what_was_typed(people):
    client = signed_in(people["administrator"][0])
    posted = posting_addresses()
    # Whether the portal is alive is asked by a machine.
    others = posted | NO_FORM | {"reporting:health"}
    read = [each for each in addresses() if each.name not in others]
    assert len(read) > 60
    for each in read:
        response = client.post(each.path, {"words": "What I typed"})
        page = response.content.decode()
        assert response.status_code == 405, each
        assert "<h1" in page, each
        assert "What I typed" in page, each
        assert f'href="{each.path}"' in page, each


@pytest.mark.parametrize(
    ("place", "box", "called"),
    [
        (Place("commissioner", "options/add/"), "years-0-gross", "Gross saving, £, row 1"),
        (Place("finance officer", "posts/add/"), "starts_1", "Starts: month"),
        (Place("commissioner", RETURN + "spend/"), "variance_reason", "Why the forecast differs"),
    ],
    ids=str,
)
def test_a_box_that_cannot_be_saved_is_called_by_its_label_and_as_its_page_said(
    user, address, box, called
):
    client = signed_in(user)
    form = next(form for form in open_forms(client, address) if box in form.boxes)
    Membership.objects.filter(user=user).delete()
    Assignment.objects.filter(user=user).delete()
    page = client.post(form.action, filled(form, {box: "Typed"})).content.decode()
    assert f">{called}</label>" in page
    said = {"called": [json.dumps({box: "As the <page> said"})]}
    page = client.post(form.action, filled(form, {box: "Typed"}) | said).content.decode()
    assert ">As the &lt;page&gt; said</label>" in page
    assert "Called" not in page
    for nonsense in ("[1]", "{", "[" * 50_000, "null"):
        page = client.post(form.action, filled(form, {box: "Typed"}) | {"called": [nonsense]})
        assert f">{called}</label>" in page.content.decode()
