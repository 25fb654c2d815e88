"""An administrator's people: inviting, roles, projects, closing and opening memberships."""

import re

import pytest
from django.test import override_settings

from accounts.models import Message, User
from accounts.roles import Role
from administration.models import Invitation
from bcfportal.lib import clock
from demonstration.westshire import NOW
from projects.models import Assignment, Membership
from tests.text import words_of

pytestmark = pytest.mark.django_db
PEOPLE = "/nottinghamshire/administration/people/"
INVITE = f"{PEOPLE}invite/"
ADMINISTRATION = "/nottinghamshire/administration/"


def account(email, **fields):
    """An account without the slow hashing of a password."""
    return User.objects.create(email=email, post=fields.pop("post", "Officer"), **fields)


def roles_of(user):
    return set(user.memberships.values_list("council__slug", "role"))


@pytest.fixture
def administrator(client, nottinghamshire):
    user = account("administrator@example.org", post="Systems officer", password="!")
    user.memberships.create(council=nottinghamshire, role=Role.ADMINISTRATOR)
    client.force_login(user)
    return user


@pytest.fixture
def lead(administrator, nottinghamshire):
    """A commissioner who has signed in before, of Connect."""
    user = account("lead@example.org", post="Commissioning manager", password="argon2$x")
    user.memberships.create(council=nottinghamshire, role=Role.COMMISSIONER)
    user.assignments.create(project=nottinghamshire.projects.get(slug="connect"))
    return user


@pytest.fixture
def invite(client):
    def post(email="new@example.org", roles=("committee member",), **typed):
        typed = {"email": email, "post": "Councillor", "roles": roles} | typed
        return client.post(INVITE, typed, follow=True)

    return post


def accept(client, user, answer="accept"):
    """The person's own answer to the one invitation that their account page shows."""
    client.force_login(user)
    page = client.get("/account/").content.decode()
    (address,) = re.findall(r'action="(/[^"]+/answer/)"', page)
    return client.post(address, {"answer": answer}, follow=True)


def test_an_invited_person_sets_a_password_by_the_link_signs_in_and_accepts(
    client, administrator, invite, mailoutbox
):
    page = invite().content.decode()
    assert "An invitation is on its way to new@example.org." in page
    assert "Invited, not accepted yet" in page
    user = User.objects.get(email="new@example.org")
    assert not roles_of(user)
    (message,) = mailoutbox
    assert message.to == ["new@example.org"]
    assert (
        message.subject == "Your account for the Better Care Fund of Nottinghamshire County Council"
    )
    assert "Committee member" in message.body
    client.logout()
    link = re.search(r"http://127.0.0.1:8000(/\S+)", message.body)[1]
    form = client.get(link, follow=True).redirect_chain[-1][0]
    typed = dict.fromkeys(("new_password1", "new_password2"), "another quite long phrase")
    assert "Your password is set" in client.post(form, typed, follow=True).content.decode()
    typed = {"username": "NEW@example.org", "password": typed["new_password1"]}
    there = client.post("/account/sign-in/", typed)
    assert there.headers["Location"] == "/account/"
    assert "This link no longer works" in client.get(link, follow=True).content.decode()
    page = accept(client, User.objects.get(pk=user.pk)).content.decode()
    assert "You now work for Nottinghamshire County Council." in page
    assert roles_of(user) == {("nottinghamshire", "committee member")}


def test_who_declines_has_no_role_and_is_invited_no_more(client, administrator, invite):
    invite()
    user = User.objects.get(email="new@example.org")
    accept(client, user, "decline")
    assert not roles_of(user)
    client.force_login(administrator)
    assert "not accepted yet" not in client.get(PEOPLE).content.decode()


def test_a_second_click_on_invite_changes_nothing(administrator, invite, mailoutbox):
    invite()
    page = invite("NEW@example.org", ["administrator"]).content.decode()
    assert "NEW@example.org is already invited. Nothing is changed." in page
    assert Invitation.objects.get().roles == ["committee member"]
    assert len(mailoutbox) == 1


def test_inviting_an_address_says_the_same_whether_or_not_it_has_an_account(
    client, administrator, invite, testshire, mailoutbox
):
    known = account("Known@Example.org", post="Analyst", password="argon2$x", is_staff=True)
    known.memberships.create(council=testshire(), role=Role.MEMBER)
    pages = []
    for email in ("known@example.org", "fresh@example.org"):
        invite(email, post="Something else")
        page = client.get(PEOPLE).content.decode()
        number = Invitation.objects.get(email=email).pk
        person = User.objects.get(email__iexact=email)
        assert client.get(f"{PEOPLE}{person.pk}/").status_code == 404
        row = re.sub(rf"\b{number}\b", "N", page[page.index("Invited, not accepted yet") :])
        row = re.sub(r'name="(csrfmiddlewaretoken|press)" value="[^"]+"', "", row)
        pages.append(row.replace(email, "EMAIL"))
        client.post(f"{ADMINISTRATION}invitations/{number}/withdraw/")
        client.get(PEOPLE)
    assert pages[0] == pages[1]
    known.refresh_from_db()
    assert (known.post, known.email) == ("Analyst", "Known@Example.org")
    assert roles_of(known) == {("testshire", "committee member")}
    assert "Sign in as you always do" in mailoutbox[0].body
    assert "/account/invitation/" in mailoutbox[1].body


def test_somebody_of_another_council_joins_by_accepting_and_keeps_their_post(
    client, administrator, invite, testshire
):
    other = account("known@example.org", post="Analyst", password="argon2$x")
    other.memberships.create(council=testshire(), role=Role.MEMBER)
    invite("known@example.org", post="Something else")
    accept(client, other)
    client.force_login(administrator)
    typed = {"post": "Something else", "roles": ["finance officer"]}
    page = client.get(f"{PEOPLE}{other.pk}/").content.decode()
    assert "works for another council too" in page
    assert client.post(f"{PEOPLE}{other.pk}/", typed).status_code == 302
    other.refresh_from_db()
    assert other.post == "Analyst"
    assert roles_of(other) == {
        ("testshire", "committee member"),
        ("nottinghamshire", "finance officer"),
    }


def test_nobody_answers_the_invitation_of_another(client, administrator, invite):
    invite()
    number = Invitation.objects.get().pk
    address = f"{ADMINISTRATION}invitations/{number}/answer/"
    assert client.post(address, {"answer": "accept"}).status_code == 404
    accept(client, User.objects.get(email="new@example.org"))
    page = client.post(address, {"answer": "decline"}, follow=True).content.decode()
    assert "already answered this invitation. Nothing is changed." in page
    assert Membership.objects.filter(user__email="new@example.org").exists()


def test_an_administrator_renames_nobody_who_runs_the_installation(client, lead):
    User.objects.filter(pk=lead.pk).update(is_staff=True)
    typed = {"post": "Renamed", "roles": ["commissioner"]}
    assert client.post(f"{PEOPLE}{lead.pk}/", typed).status_code == 302
    lead.refresh_from_db()
    assert lead.post == "Commissioning manager"


def test_an_invitation_is_sent_again_and_one_that_could_not_go_waits(
    client, administrator, invite, mailoutbox
):
    with override_settings(EMAIL_BACKEND="tests.test_accounts.Refusing"):
        assert "An invitation is on its way" in invite().content.decode()
    again = f"{ADMINISTRATION}invitations/{Invitation.objects.get().pk}/again/"
    assert f'action="{again}"' in client.get(PEOPLE).content.decode()
    assert client.get(again).headers["Location"] == PEOPLE
    client.post(again)
    assert ["/account/invitation/" in message.body for message in mailoutbox] == [True, True]
    accept(client, User.objects.get(email="new@example.org"))
    client.force_login(administrator)
    assert client.post(again).status_code == 404
    assert len(mailoutbox) == 2


def test_an_address_gets_few_invitations_in_an_hour(client, administrator, invite, mailoutbox):
    invite()
    again = f"{ADMINISTRATION}invitations/{Invitation.objects.get().pk}/again/"
    for _ in range(4):
        page = client.post(again, follow=True).content.decode()
    assert len(mailoutbox) == 3
    assert "3 invitations went to this address within the hour." in page


def test_an_administrator_sends_so_many_invitations_in_an_hour(
    administrator, invite, settings, mailoutbox
):
    settings.INVITATIONS_AN_HOUR = 2
    for number in range(3):
        page = invite(email=f"{number}@example.org").content.decode()
    assert "You have sent 2 invitations within the hour." in page
    assert "2@example.org" in page
    assert len(mailoutbox) == 2
    assert Invitation.objects.count() == 2
    assert not User.objects.filter(email="2@example.org").exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"email": ""}, "Enter the person&#x27;s email address."),
        ({"email": "x"}, "Enter an email address like name@example.org."),
        ({"email": "x" * 250 + "@example.org"}, "at most 254 characters"),
        ({"post": " "}, "Enter the person&#x27;s post."),
        ({"post": "x" * 121}, "Post: Shorten this to 120 characters or fewer."),
        ({"roles": []}, "Choose at least one role."),
        ({"roles": ["king"]}, "Choose roles from the list."),
        ({"projects": ["0"]}, "Choose projects of this council from the list."),
        ({"projects": ["x"]}, "Choose projects of this council from the list."),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_made(administrator, invite, typed, sentence):
    before = User.objects.count()
    page = invite(**typed).content.decode()
    assert "There is a problem" in page
    assert sentence in page
    for anchor in re.findall(r"error-summary__list.*?</ul>", page, re.S)[0].split('href="#')[1:]:
        assert f'id="{anchor.split(chr(34))[0]}"' in page
    assert User.objects.count() == before


def test_roles_and_projects_are_given_and_taken_away(client, lead, nottinghamshire):
    chosen = nottinghamshire.projects.filter(slug__in=["moving-forward", "brighter-futures"])
    typed = {
        "post": "Head of commissioning",
        "roles": ["commissioner", "committee member"],
        "projects": [project.pk for project in chosen],
    }
    for _ in range(2):
        there = client.post(f"{PEOPLE}{lead.pk}/", typed, follow=True)
        assert "Saved: Head of commissioning" in there.content.decode()
    assert {role for _, role in roles_of(lead)} == {"commissioner", "committee member"}
    assert {item.project for item in lead.assignments.all()} == set(chosen)
    page = client.get(f"{PEOPLE}{lead.pk}/").content.decode()
    history = page[page.index("What was changed") :]
    assert re.search(r"Post: from <del>Commissioning manager</del> to <ins>Head of comm", history)
    assert "Role given: Committee member" in history
    assert "Reports no longer on: Connect" in history
    assert history.count("Systems officer") == 5
    assert history.count("Outside the portal") == 3


def test_a_commissioner_is_invited_for_projects(administrator, invite, nottinghamshire):
    page = invite(roles=["commissioner"]).content.decode()
    assert "Choose the projects that this commissioner reports on." in page
    assert not Invitation.objects.exists()
    project = nottinghamshire.projects.live().first()
    assert "is on its way" in invite(roles=["commissioner"], projects=[project.pk]).content.decode()


def test_only_commissioners_get_projects(client, lead):
    connect = lead.assignments.get().project_id
    typed = {"post": "Officer", "roles": ["finance officer"], "projects": [connect]}
    page = client.post(f"{PEOPLE}{lead.pk}/", typed).content.decode()
    assert "only commissioners report on projects" in page
    assert {role for _, role in roles_of(lead)} == {"commissioner"}


def test_a_project_of_another_council_cannot_be_given(client, lead, testshire):
    project = testshire().projects.get()
    typed = {"post": "Officer", "roles": ["commissioner"], "projects": [project.pk]}
    page = client.post(f"{PEOPLE}{lead.pk}/", typed).content.decode()
    assert "Choose projects of this council from the list." in page


def test_a_membership_is_closed_and_opened_again(client, lead):
    close = f"{PEOPLE}{lead.pk}/close/"
    assert close.startswith(client.get(close).headers["Location"])
    for _ in range(2):
        page = client.post(close, follow=True).content.decode()
        assert "None: closed" in page
    assert not Membership.objects.filter(user=lead).exists()
    assert not Assignment.objects.filter(user=lead).exists()
    page = client.get(f"{PEOPLE}{lead.pk}/").content.decode()
    assert "Open again" in page
    assert "Role taken away: Commissioner" in page
    client.post(f"{PEOPLE}{lead.pk}/", {"post": "Officer", "roles": ["commissioner"]})
    assert roles_of(lead) == {("nottinghamshire", "commissioner")}


def test_administrators_cannot_take_away_their_own_last_role(client, administrator):
    mine = f"{PEOPLE}{administrator.pk}/"
    assert "You cannot close your own membership" in client.get(mine).content.decode()
    page = client.post(mine, {"post": "Officer", "roles": ["finance officer"]}).content.decode()
    assert "You cannot take away your own role of administrator" in page
    page = client.post(f"{mine}close/", follow=True).content.decode()
    assert "You cannot close your own membership" in page
    assert {role for _, role in roles_of(administrator)} == {"administrator"}


def test_a_person_who_never_was_of_the_council_is_not_there(client, administrator, testshire):
    other = account("other@example.org", password="!")
    other.memberships.create(council=testshire(), role=Role.MEMBER)
    for page in ("", "close/"):
        assert client.post(f"{PEOPLE}{other.pk}/{page}", {"roles": []}).status_code == 404
    assert client.get(f"{PEOPLE}{other.pk}/").status_code == 404
    assert client.get(f"{PEOPLE}{10**30}/").status_code == 404
    assert "other@example.org" not in client.get(PEOPLE).content.decode()
    assert roles_of(other) == {("testshire", "committee member")}


def test_no_link_of_the_list_grows_its_queries(
    client, administrator, nottinghamshire, django_assert_max_num_queries
):
    for number in range(20):
        user = account(f"{number}@example.org", password="!")
        user.memberships.create(council=nottinghamshire, role=Role.MEMBER)
    with django_assert_max_num_queries(13):
        assert client.get(PEOPLE).content.decode().count("@example.org") == 21


def test_no_screen_about_people_shows_another_day_than_the_portals_clock(
    client, administrator, invite
):
    with clock.stopped_at(NOW):
        client.force_login(administrator)
        invite()
        new = User.objects.get(email="new@example.org")
        accept(client, new)
        client.force_login(administrator)
        invite("another@example.org")
        for address in (PEOPLE, f"{PEOPLE}{new.pk}/", "/account/"):
            words = words_of(client.get(address).content.decode())
            days = set(re.findall(r"\d{1,2} [A-Z][a-z]+ 20\d\d", words))
            assert days == {"20 January 2027"}, (address, days)


def test_who_runs_the_installation_changes_an_address_and_all_stays_with_the_person(
    client, administrator, lead
):
    """Case I4: a council's domain changes."""
    old, page = lead.email, f"{PEOPLE}{lead.pk}/"
    work = (roles_of(lead), set(lead.assignments.values_list("project", flat=True)))
    said = "Whoever runs this installation can change the address"
    assert said in words_of(client.get(page).content.decode())
    assert said in words_of(client.get(INVITE).content.decode())
    root = account("root@example.org", post="Root", is_staff=True, is_superuser=True, password="!")
    client.force_login(root)
    typed = {"email": "lead@new.example.org", "post": lead.post, "is_active": "on"}
    assert client.post(f"/admin/accounts/user/{lead.pk}/change/", typed).status_code == 302
    lead.refresh_from_db()
    assert lead.email == "lead@new.example.org"
    assert (roles_of(lead), set(lead.assignments.values_list("project", flat=True))) == work
    told = Message.objects.filter(to=lead, template="address_changed")
    assert set(told.values_list("address", flat=True)) == {old, lead.email}
    client.force_login(administrator)
    history = words_of(client.get(page).content.decode())
    assert old in history
    assert "Root" in history
