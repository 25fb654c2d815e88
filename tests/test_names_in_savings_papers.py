"""A savings paper calls projects and funds what they were called on its day, whenever made."""

from datetime import date

import pytest

from finance.models import PostTeam, TemporaryPost
from finance.savings.editions import freeze_paper
from projects.actions import Kind, keep_change, keep_name_change
from tests.savings import make_savings
from tests.text import words_of

pytestmark = pytest.mark.django_db
AS_AT = date(2018, 10, 31)


@pytest.fixture
def paper(quarter):
    """A paper as at 31 October 2018 that names a project, and pays a team and posts from a fund."""
    paper = make_savings(quarter, publish=False)
    fund = quarter.council.funds.first()
    team = PostTeam.objects.create(
        council=quarter.council, slug="team", title="Team", fund=fund, paper=paper
    )
    TemporaryPost.objects.filter(council=quarter.council).update(fund=fund, team=team)
    quarter.council.change_requests.update(paper=paper)
    paper.quarter = quarter
    return paper


def renamed(paper, day):
    """The project and every fund have another name from the day on."""
    project = paper.quarter.project
    was, project.short_title = project.short_title, "Later project"
    project.save()
    named = {"before": project.title, "after": project.title}
    keep_change(
        *(project, Kind.RENAMED),
        on=day,
        why="So.",
        short_before=was,
        short_after="Later project",
        **named,
    )
    for fund in paper.council.funds.all():
        before, fund.name = fund.typed_name, f"Later {fund.name}"
        fund.save()
        who = paper.quarter.people["administrator"]
        keep_name_change(fund, before, on=day, why="So.", by=who)


def told(client):
    pages = ("savings/", "posts/", "options/", "savings/data/posts.csv")
    return {at: words_of(client.get(f"/testshire/{at}").getvalue().decode()) for at in pages}


@pytest.mark.parametrize("day", [date(2018, 11, 15), date(2018, 11, 1)])
def test_what_is_renamed_after_the_day_of_a_paper_keeps_its_name_in_it(client, paper, day):
    renamed(paper, day)
    freeze_paper(paper)
    for at, words in told(client).items():
        assert "Later" not in words, at


def test_what_was_renamed_by_the_day_of_a_paper_has_its_new_name_in_it(client, paper):
    renamed(paper, AS_AT)
    freeze_paper(paper)
    said = told(client)
    assert "Later project" in said["savings/"]
    assert "Later" in said["posts/"]


def test_a_corrected_edition_keeps_the_names_of_the_paper_s_day(client, paper):
    freeze_paper(paper)
    renamed(paper, date(2018, 11, 15))
    freeze_paper(paper, why="Words were wrong.")
    for at, words in told(client).items():
        assert "Later" not in words, at
