"""Every kind of person at every address with every method, and with the ids of another council.

Seeded, and bounded by the addresses that there are: a new one is in it by itself.
"""

import random

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from accounts.roles import Permission, Role
from projects.models import Council, Membership
from tests.addresses import addresses
from tests.roles import everybody
from tests.test_people import account

pytestmark = [pytest.mark.django_db, pytest.mark.long]
OUTSIDE = (302, 404)
# At every address; of the other kinds of outsider each address meets some.
ALWAYS = ("anonymous", "administrator elsewhere")
METHODS = ("options", "put", "patch", "delete", "trace")
SEED = 20_270_120


@pytest.fixture
def people(westshire):
    return everybody(westshire, Council.objects.get(slug="nottinghamshire"))


def visitor(person):
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person)
    return client


def council_addresses(**given):
    """What belongs to a council and asks for sign-in."""
    for each in addresses(**given):
        if each.path.startswith(f"/{given.get('council', 'westshire')}/") and not each.public:
            yield each


def outsiders(people):
    return {
        name: person
        for name, person in people.items()
        if name.endswith(" elsewhere")
        or name in ("anonymous", "nobody's", "staff", "superuser", "closed")
    }


def test_nobody_from_outside_reaches_what_is_private_or_changes_it(people):
    before = Membership.objects.count()
    chooser, wrong = random.Random(SEED), []
    visitors = {name: visitor(person) for name, person in outsiders(people).items()}
    others = [name for name in visitors if name not in ALWAYS]
    for each in council_addresses():
        for name in (*ALWAYS, *chooser.sample(others, 3)):
            for method in ("get", "post"):
                status = getattr(visitors[name], method)(each.path).status_code
                # What is posted without a session is held by the page that asks who it is (401); a
                # page that takes no posts says so to whoever is signed in.
                if status not in (*OUTSIDE, 401, 405):
                    wrong.append((name, method, each.path, status))
    assert not wrong
    assert Membership.objects.count() == before


def test_no_method_but_reading_and_sending_is_for_anything(people):
    client = visitor(people["administrator here"])
    answered = {
        (method, each.path)
        for each in addresses()
        for method in METHODS
        if getattr(client, method)(each.path).status_code != 405
    }
    assert not answered


@pytest.mark.parametrize("role", list(Role))
def test_the_ids_of_another_council_lead_nowhere_under_ones_own(people, role):
    client = visitor(people[f"{role.value} here"])
    other = Council.objects.get(slug="norfolk")
    theirs = {
        "slug": [*other.projects.values_list("slug", flat=True)[:2], "nothing-of-the-kind"],
        "period": list(other.periods.values_list("key", flat=True)[:2]),
        "measure": list(other.measures.values_list("slug", flat=True)[:2]),
        "number": ["987654321", str(10**19)],
        "reference": ["rm019"],
    }
    chooser, wrong = random.Random(SEED), []
    for each in council_addresses():
        match = resolve(each.path)
        for argument in set(theirs) & set(match.kwargs):
            if not theirs[argument]:
                continue
            for value in chooser.sample(theirs[argument], min(2, len(theirs[argument]))):
                path = each.path.replace(f"/{match.kwargs[argument]}/", f"/{value}/")
                if path == each.path or not _leads_somewhere(path):
                    continue
                for method in ("get", "post"):
                    status = getattr(client, method)(path).status_code
                    if status < 300 or status >= 500:
                        wrong.append((method, path, status))
    assert not wrong


def _leads_somewhere(path):
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def test_no_post_without_the_token_of_a_page_is_taken(people):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["performance officer here"])
    taken = []
    for each in addresses():
        # Pages that are for reading say that they take no post at all.
        if client.post(each.path).status_code not in (403, 405):
            taken.append(each.path)
    assert not taken


def test_a_role_that_is_taken_away_is_gone_at_once(people, westshire):
    user = people["administrator here"]
    client = visitor(user)
    assert client.get("/westshire/administration/").status_code == 200
    user.memberships.all().delete()
    assert client.get("/westshire/administration/").status_code == 404
    fresh = account("another@roles.example")
    fresh.memberships.create(council=westshire, role=Role.ADMINISTRATOR)
    client.force_login(fresh)
    type(fresh).objects.filter(pk=fresh.pk).update(is_active=False)
    assert client.get("/westshire/administration/").status_code == 302


def test_every_permission_is_somebody_s():
    from accounts.roles import MAY

    assert set().union(*MAY.values()) == set(Permission)
