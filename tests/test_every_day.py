"""What stood in the way of every day's work."""

import html
import re

import pytest

from accounts.models import User
from accounts.roles import Role
from projects.models import Council

pytestmark = pytest.mark.django_db


def words_of(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def sign_in(client):
    def do(slug, role):
        user = User.objects.create(email=f"{role.name}@day.example.org".lower(), post=role.label)
        user.memberships.create(council=Council.objects.get(slug=slug), role=role)
        client.force_login(user)
        return client

    return do


@pytest.mark.parametrize(
    "role", [Role.COMMISSIONER, Role.PERFORMANCE_OFFICER, Role.FINANCE_OFFICER]
)
def test_the_working_register_is_a_paper_too(sign_in, role):
    """reading.md A7: it answered 500."""
    client = sign_in("norfolk", role)
    answer = client.get("/norfolk/reports/risks.pdf?as_at=working")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("collection", "where"),
    [
        ("care quality", "/norfolk/care-quality/"),
        ("outcomes framework", "/norfolk/outcomes-framework/"),
    ],
)
def test_the_settings_of_a_measure_without_a_card_lead_back_to_its_page(sign_in, collection, where):
    client = sign_in("norfolk", Role.PERFORMANCE_OFFICER)
    measure = Council.objects.get(slug="norfolk").measures.filter(collection=collection).first()
    page = client.get(f"/norfolk/vital-signs/{measure.slug}/settings/").content.decode()
    assert f'href="{where}"' in page
    assert f'href="/norfolk/vital-signs/{measure.slug}/"' not in page


def test_the_rule_of_savings_leads_back_to_where_its_reader_may_go(sign_in):
    client = sign_in("nottinghamshire", Role.ADMINISTRATOR)
    page = client.get("/nottinghamshire/savings/rule/").content.decode()
    assert "/nottinghamshire/savings/work/" not in page
    assert 'href="/nottinghamshire/administration/"' in page
    start = client.get("/nottinghamshire/administration/").content.decode()
    assert 'href="/nottinghamshire/savings/rule/"' in start


def test_the_page_of_what_is_forbidden_says_what_is_true(sign_in):
    """C17: what cannot be seen is not said to be seen."""
    client = sign_in("nottinghamshire", Role.MEMBER)
    reading = words_of(client.get("/nottinghamshire/returns/"))
    assert "This page is for other roles" in reading
    assert "allowed to see" not in reading
    writing = words_of(client.post("/nottinghamshire/periods/", {"year": "2018/19"}))
    assert "so nothing was changed" in writing


def test_who_keeps_measures_has_the_list_that_the_readme_sends_to(sign_in):
    """C17: a performance officer of a council without projects writes its months."""
    client = sign_in("norfolk", Role.PERFORMANCE_OFFICER)
    assert client.get("/norfolk/returns/").status_code == 200
