"""Who may write about risks: officers about all, a commissioner about their own."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from projects.access import access_of
from projects.models import Council
from risks import actions
from risks.models import Details, Prospect, Risk
from tests.registers import make_risk, publish_register, with_register
from tests.risk_writing import FORMS, at, send, words_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(quarter):
    return with_register(quarter)


@pytest.fixture
def officer(client, world):
    return world.sign_in(client, "performance officer")


@pytest.fixture
def owner(client, world):
    """The commissioner, who owns rm019."""
    world.risk.owner = world.people["commissioner"]
    world.risk.save()
    return world.sign_in(client, "commissioner")


def test_an_owner_writes_about_their_own_risk(owner, world):
    make_risk(world.council, "other")
    assert send(owner, "assess").status_code == 302
    assert Prospect.objects.filter(by=world.people["commissioner"]).get().prospects == "green"
    assert send(owner, "progress").status_code == 302
    page = words_on(owner.get("/testshire/risks/?as_at=working"))
    assert "Failure of rm019" in page
    assert "Failure of other" not in page
    assert owner.get(f"{at()}?as_at=working").status_code == 200
    assert owner.get(f"{at('', 'other')}?as_at=working").status_code == 404
    assert "Who maintains it here" not in owner.get(at("details/")).content.decode()
    assert owner.get("/testshire/risks/new/").status_code == 403


@pytest.mark.parametrize("page", FORMS)
def test_a_commissioner_may_not_write_about_what_is_not_theirs(client, world, page):
    world.sign_in(client, "commissioner")
    # Published, so to be seen but not changed.
    assert client.get(at(f"{page}/")).status_code == 403
    assert client.post(at(f"{page}/"), FORMS[page]).status_code == 403
    # Not published, so not to be seen.
    Details.objects.create(
        risk=Risk.objects.create(council=world.council, slug="secret", reference="S"),
        on=date(2018, 6, 1),
        recorded_at=datetime(2018, 6, 1, tzinfo=UTC),
        by_post="X",
        title="Secret",
        description="Secret",
        level="project",
        owner_post="X",
    )
    assert client.get(at(f"{page}/", "secret")).status_code == 404


@pytest.mark.parametrize("page", FORMS)
def test_only_get_and_post_are_answered_and_a_token_is_needed(officer, client, page):
    assert officer.put(at(f"{page}/")).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(at(f"{page}/"), FORMS[page]).status_code == 403


@pytest.mark.parametrize("role", ["commissioner", "committee member", "administrator"])
def test_the_actions_ask_for_themselves_who_may(world, role):
    who = world.by(role)
    with pytest.raises(PermissionDenied):
        actions.close(world.risk, reason="No.", **who)
    with pytest.raises(PermissionDenied):
        publish_register(world.council, timezone.localdate(), **who)
    with pytest.raises(PermissionDenied):
        actions.give_owner(world.risk, owner=None, **who)


def test_access_to_one_council_is_none_to_another(world):
    other = Council.objects.get(slug="norfolk")
    officer = world.people["performance officer"]
    for access in (access_of(officer, other), access_of(officer, world.council)):
        with pytest.raises(PermissionDenied):
            actions.close(
                Risk.objects.get(council=other, slug="rm019"),
                reason="No.",
                by=officer,
                access=access,
            )


def test_the_paper_of_the_register_as_it_stands_today_speaks_of_no_meeting(world, client):
    officer = world.sign_in(client, "performance officer")
    response = officer.get("/testshire/reports/risks.pdf?as_at=working")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
