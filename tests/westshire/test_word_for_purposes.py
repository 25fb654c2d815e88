"""What a purpose is called on every page that somebody of the council sees: Objective."""

import re

import pytest

from projects.models import Project
from tests.addresses import addresses
from tests.text import words_of
from tests.westshire.shown import page, signed_in

ANOTHER = re.compile(
    r"[^.]{0,40}\b(?:grant conditions|condition|funds, conditions)\b[^.]{0,40}", re.IGNORECASE
)
# How the settings explain the word itself.
EXPLAINED = "Purpose, Objective, Grant condition"


@pytest.mark.parametrize("who", ["administrator", "performance", "commissioner", "finance"])
def test_no_page_calls_a_purpose_a_condition(westshire, client, who):
    signed_in(client, who)
    opened, said = 0, {}
    for each in addresses():
        if not each.is_page or not each.path.startswith("/westshire/"):
            continue
        answer = client.get(each.path)
        if answer.status_code == 200 and "text/html" in answer.headers["Content-Type"]:
            opened += 1
            words = words_of(answer.content.decode()).replace(EXPLAINED, "")
            said |= {each.path: ANOTHER.findall(words)} if ANOTHER.search(words) else {}
    assert said == {}
    assert opened > 20


def test_the_forms_and_lists_of_the_administrator_say_objective(westshire, client):
    signed_in(client, "administrator")
    project = page(client, "administration/projects/falls-prevention/")
    title = Project.objects.get(council=westshire, slug="falls-prevention").grant_condition.title
    assert re.search(r"Objective 1\. ", project)
    assert f". {title}" in project
    assert "Place within its objective" in project
    assert "Needed if the title, objective or status changes" in project
    assert "Projects of Westshire County Council by objective" in page(
        client, "administration/projects/"
    )
    listed = page(client, "administration/conditions/")
    assert "Objectives" in listed
    assert "Add an objective" in listed


def test_the_review_of_a_project_says_objective(westshire, client):
    signed_in(client, "performance")
    assert "Objective" in page(client, "quarter/2026-27-q2/falls-prevention/")
