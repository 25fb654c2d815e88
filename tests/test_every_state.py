"""Each press in each state by each person: only what table and permission allow is done."""

import pytest
from django.test import Client

from accounts.roles import Role
from tests.every_form import PAGES, Place, Seldom
from tests.forms import TECHNICAL, forms_of
from tests.money import make_areas
from tests.month import make_month
from tests.registers import make_register
from tests.savings import make_savings
from tests.states import money, returns, risks
from tests.states.walking import is_refused, pressed, walk, world_of
from tests.test_fuzz import people_of_westshire

pytestmark = [pytest.mark.django_db, pytest.mark.long]
PLACES = [Place(*page) for page in PAGES]
SUBJECTS = (*returns.SUBJECTS, *money.SUBJECTS, *risks.SUBJECTS)


@pytest.fixture
def world(quarter):
    make_month(quarter)
    make_savings(quarter)
    make_areas(quarter.council)
    make_register(quarter.council)
    return world_of(quarter)


@pytest.mark.parametrize("subject", SUBJECTS, ids=str)
def test_only_who_may_changes_it_and_only_in_its_state(world, subject):
    wrong = walk(world, subject)
    assert not wrong, "\n".join(map(str, wrong[:40]))


def test_what_is_not_on_a_persons_page_is_not_done_by_their_press(westshire):
    numbers, wrong, tried = Seldom(westshire), [], 0
    clients = {role: Client() for role in Role}
    for role, user in people_of_westshire(westshire).items():
        clients[role].force_login(user)
    for place in PLACES:
        address = place.address(numbers)
        if address.startswith("/account/"):
            continue
        pages = {role: client.get(address) for role, client in clients.items()}
        shown = {
            role: {form.action: form for form in forms_of(page, address)}
            for role, page in pages.items()
            if page.status_code == 200
        }
        forms = {action: form for each in shown.values() for action, form in each.items()}
        for action, form in forms.items():
            sent = {name: value for name, value in form.sent.items() if name not in TECHNICAL}
            for name, value in form.buttons[:1]:
                sent |= {name: [value]}
            for role in set(Role) - {role for role, each in shown.items() if action in each}:
                tried += 1
                response, changed = pressed(clients[role], action, sent)
                if changed or not is_refused(response):
                    wrong.append((role.value, action, response.status_code, changed))
    assert not wrong
    assert tried > len(PLACES)
