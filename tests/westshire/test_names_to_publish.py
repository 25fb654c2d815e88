"""A name that was put right can be published by itself; the page that asks says whose it is."""

import pytest

from returns.review import publish_period
from tests.forms import forms_of
from tests.text import words_of
from tests.westshire.project_pages import Q3, by, period
from tests.westshire.shown import page, person, signed_in
from tests.westshire.test_projects_changed_since import PUBLISH
from tests.westshire.test_renamed import MISSPELT, NEW, SCREENS, names_in, typed_name
from tests.westshire.test_versions import standing


@pytest.fixture
def part(westshire):
    publish_period(period(westshire), **by("performance", westshire))
    return westshire


def named(client, thing, **how):
    client.force_login(person("administrator"))
    address = f"/westshire/administration/{thing}s/{SCREENS[thing]}/"
    assert client.post(address, typed_name(thing) | how).status_code == 302
    client.logout()


def asked(client):
    """The page that asks, and its form."""
    signed_in(client, "performance")
    answer = client.get(PUBLISH)
    assert answer.status_code == 200
    return answer, next(form for form in forms_of(answer, PUBLISH) if "confirm" in form.sent)


@pytest.mark.parametrize("thing", SCREENS)
def test_a_name_that_was_misspelt_is_published_by_itself(part, client, thing):
    kind = "served" if thing == "condition" else thing
    named(client, thing, **MISSPELT)
    word = {"condition": part.purpose_word.lower()}.get(thing, thing)
    signed_in(client, "performance")
    said = f"the {word} “{NEW[kind]}"
    assert said in page(client, f"quarter/?period={Q3}")
    answer, form = asked(client)
    words = words_of(answer.content.decode())
    assert "Publish what changed?" in words
    assert f"What changed since it was published about {said}" in words
    number = standing(part, Q3).number
    assert "What changed is published" in words_of(
        client.post(form.action, form.sent, follow=True).content.decode()
    )
    assert standing(part, Q3).number == number + 1
    assert names_in(part, Q3)[kind] == {NEW[kind]}
    # Nothing is left to publish.
    assert "Nothing is approved and unpublished" in words_of(
        client.get(PUBLISH, follow=True).content.decode()
    )


@pytest.mark.parametrize("thing", SCREENS)
def test_a_name_that_changed_since_the_page_was_read_is_asked_about_again(part, client, thing):
    named(client, "provider" if thing == "fund" else "fund", **MISSPELT)
    _, form = asked(client)
    number = standing(part, Q3).number
    named(client, thing, **MISSPELT)
    signed_in(client, "performance")
    answer = client.post(form.action, form.sent)
    assert answer.status_code == 409
    assert NEW["served" if thing == "condition" else thing] in words_of(answer.content.decode())
    assert standing(part, Q3).number == number
