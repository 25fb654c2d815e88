"""One's own account, people of a council, and the page that gives back what was typed."""

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from administration.actions import open_invitation
from tests.browser.axe import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [360, 1280])
def test_account_people_and_what_is_given_back_are_accessible(open_page, site, westshire, width):
    user = User.objects.create_user("a@roles.example", "a long enough phrase", post="Officer")
    for role in (Role.ADMINISTRATOR, Role.PERFORMANCE_OFFICER):
        user.memberships.create(council=westshire, role=role)
    for _ in range(2):
        client = Client(HTTP_USER_AGENT="Firefox")
        client.force_login(user)
    for invited in (user, User.objects.create(email="new@roles.example", post="Member")):
        given = {"email": invited.email, "post": "Councillor", "roles": [Role.MEMBER]}
        open_invitation(council=westshire, user=invited, projects=[], by=user, **given)
    page = open_page("/account/sign-in/", width=width)
    cookie = {"name": "sessionid", "value": client.session.session_key, "url": site}
    page.context.add_cookies([cookie])
    for address in ("/account/", "/westshire/administration/people/"):
        page.goto(site + address)
        assert_accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width
    page.goto(f"{site}/westshire/administration/people/invite/")
    page.get_by_label("Email address").fill("one@roles.example")
    page.evaluate("document.querySelector('#id_post').value = 'Head\\u0001 of it'")
    page.get_by_role("button", name="Invite").click()
    page.get_by_role("heading", name="What you sent cannot be kept as it is").wait_for()
    assert_accessible(page)
    assert page.get_by_label("Post").input_value() == "Head of it"
    page.get_by_role("button", name="Send it again").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.get_by_label("Email address").input_value() == "one@roles.example"
    assert not page.complaints or "400" in page.complaints[0]


@pytest.mark.parametrize("who", ["finance", "performance"])
def test_an_officers_menu_and_the_way_out_stand_on_one_line_each(as_person, site, who):
    page = as_person(who)
    page.goto(site + "/westshire/")
    assert page.locator(".govuk-service-navigation__item").count() >= 12
    tops, height = page.evaluate(
        """() => [
          new Set([...document.querySelectorAll(".govuk-service-navigation__item a")].map(
            (link) => link.getBoundingClientRect().top)).size,
          document.querySelector(".portal-header__tools").getBoundingClientRect().height,
        ]"""
    )
    assert tops == 1
    # The search box is the highest of what stands there.
    assert height <= 40
