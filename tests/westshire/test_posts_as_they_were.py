"""Who did something is named by the post that they held then, whatever post they hold since."""

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from administration.people import people_of
from projects.models import Membership
from tests.addresses import addresses
from tests.text import words_of
from tests.westshire.project_pages import Q2
from tests.westshire.shown import person, signed_in
from tests.westshire.test_versions import standing, withdrawn

LATER = "Head of another service"
# These say who works for the council now, and on what.
OF_TODAY = {
    *("people", "person", "project", "projects", "quarter"),
    *("new-risk", "reword-risk", "savings-work"),
    # To whom a disagreement can be given.
    "checks",
}


@pytest.fixture
def another_post(westshire):
    """Everybody but the administrator, who gave it to them, has another post by now."""
    client = signed_in(Client(), "administrator")
    for each in people_of(westshire):
        if each.user == person("administrator") or not each.is_open:
            continue
        typed = {
            "post": LATER,
            "roles": [role.value for role in each.roles],
            "projects": [project.pk for project in each.projects],
        }
        address = f"/westshire/administration/people/{each.user.pk}/"
        answer = client.post(address, typed)
        assert answer.status_code == 302, words_of(answer.text)
    assert person("performance").post == LATER
    return westshire


def test_a_withdrawn_version_says_by_which_post_it_was_withdrawn_then(westshire, client, request):
    version = standing(westshire, Q2)
    withdrawn(westshire, Q2)
    pages = (
        f"/westshire/?period={Q2}&version={version.number}",
        f"/version/{version.fingerprint[:12]}/",
    )
    before = {page: words_of(client.get(page, follow=True).text) for page in pages}
    assert [page for page in pages if person("performance-lead").post not in before[page]] == []
    request.getfixturevalue("another_post")
    assert {page: words_of(client.get(page, follow=True).text) for page in pages} == before


def test_no_page_names_whoever_did_something_by_a_later_post(another_post):
    for role in Role:
        Membership.objects.get_or_create(
            user=person("administrator"), council=another_post, role=role
        )
    client = signed_in(Client(), "administrator")
    told = {}
    for each in addresses():
        answer = client.get(each.path)
        if answer.status_code == 200 and "text/html" in answer.headers["Content-Type"]:
            words = words_of(answer.text)
            if LATER in words:
                start = words.index(LATER)
                told[each.name.partition(":")[2]] = words[max(0, start - 120) : start + 40]
    assert sorted(set(told) - OF_TODAY) == [], told


def test_the_database_keeps_the_earlier_posts_whoever_changes_one(westshire):
    officer = person("performance")
    first = officer.post
    User.objects.filter(pk=officer.pk).update(post="Second post", earlier_posts=[])
    User.objects.filter(pk=officer.pk).update(post="Third post", earlier_posts=[])
    officer.refresh_from_db()
    assert [each["post"] for each in officer.earlier_posts] == [first, "Second post"]
    assert officer.post_at(standing(westshire, Q2).at.replace(year=2020)) == first
