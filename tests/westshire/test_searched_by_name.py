"""The search reads names as the version that stands shows them, and says where it found them."""

import re

import pytest

from projects.models import Project
from returns.review import publish_period
from tests.westshire.project_pages import Q3, by, period
from tests.westshire.shown import markup, page
from tests.westshire.test_later_periods import GREY
from tests.westshire.test_projects_by_their_day import NAME, changed
from tests.westshire.test_projects_changed_since import approved_in, republished
from tests.westshire.test_renamed import NEW, OLD, PROJECT, from_day, rename

FOUND = re.compile(r'<ol class="portal-found">.*?</ol>', re.S)


@pytest.fixture
def part(westshire):
    publish_period(period(westshire), **by("performance", westshire))
    return westshire


def found(client, words, key=Q3):
    """By slug, what the list of results says of each project that is found."""
    text = markup(client, f"projects/?period={key}&search={words.replace(' ', '+')}")
    listed = FOUND.search(text)
    items = re.findall(r"<li>.*?</li>", listed[0], re.S) if listed else []
    return {re.search(r"/projects/([\w-]+)/", item)[1]: item for item in items}


@pytest.mark.parametrize("slug", ["approved", GREY])
def test_a_project_is_found_by_its_name_of_the_version_and_not_by_another(part, client, slug):
    """Of one that was approved before it was renamed, and of one that has not reported."""
    slug = approved_in(part) if slug == "approved" else slug
    was = Project.objects.get(council=part, slug=slug).title
    assert "Found in the title." in found(client, f'"{was}"')[slug]
    assert slug not in found(client, f'"{NAME}"')
    changed(client, slug, (1, 12, 2026), title=NAME, short_title=NAME)
    republished(part, [slug])
    assert "Found in the title." in found(client, f'"{NAME}"')[slug]
    assert "Found in the title." not in found(client, f'"{was}"').get(slug, "")


def test_what_never_reported_is_found(part, client):
    entry = part.projects.get(slug="homes-first-discharge")
    told = page(client, f"projects/?period={Q3}")
    assert entry.short_title in told
    for slug in part.projects.live().values_list("slug", flat=True):
        title = Project.objects.get(council=part, slug=slug).short_title
        if title in told:
            assert slug in found(client, f'"{title}"'), slug


def test_projects_are_found_by_the_names_of_what_they_name(westshire, client):
    rename(client, **from_day(2026, 12, 1))
    publish_period(period(westshire), **by("performance", westshire))
    for thing in ("fund", "provider"):
        assert PROJECT in found(client, f'"{NEW[thing]}"'), thing
        assert PROJECT not in found(client, f'"{OLD[thing]}"'), thing
    assert NEW["provider"].split()[0] in found(client, f'"{NEW["provider"]}"')[PROJECT]


def test_what_is_found_in_other_words_alone_does_not_say_the_title(part, client):
    """All but those with the word: nothing is found in the title of any."""
    for item in found(client, "-reablement").values():
        assert "Found in the title." not in item
