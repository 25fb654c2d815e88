"""A made-up paper of a council's meeting, as far as it is wanted."""

from meetings.papers import actions
from meetings.papers.transitions import PAPERS
from projects.access import access_of
from tests.meetings import make_meeting
from tests.meetings import take as take_of_meeting

PATH = "/testshire/meetings/committee/2018-04-09/1/"
STEPS = ("submit", "approve", "publish")


def take(action, paper, by, **given):
    return PAPERS.transition(action, paper.pk, by=by, access=access_of(by, paper.council), **given)


def make_paper(council, by, *, publish_agenda=True, **head):
    """A draft by the person, with one heading and two paragraphs."""
    meeting = make_meeting(council)
    access = access_of(by, council)
    head = {"title": "Spending", "author_post": "Director"} | head
    paper = actions.begin_paper(meeting.items.get(), by=by, access=access, **head)
    write(paper, by, "Purpose", "To say what was spent.\nIt was spent on care.", kind="purpose")
    if publish_agenda:
        officer = next(
            row.user for row in council.memberships.all() if row.role == "performance officer"
        )
        take_of_meeting("publish agenda", meeting, officer)
    return paper


def write(paper, by, heading, text, order=None, kind="information", **about):
    return actions.save_section(
        paper.pk,
        order,
        by=by,
        access=access_of(by, paper.council),
        kind=kind,
        heading=heading,
        text=text,
        **about,
    )


def make_published_paper(council, people, upto="publish"):
    """Written by the finance officer, approved and published by the performance officer."""
    paper = make_paper(council, people["finance officer"])
    for action in STEPS[: STEPS.index(upto) + 1]:
        who = "finance officer" if action == "submit" else "performance officer"
        take(action, paper, people[who])
    paper.refresh_from_db()
    return paper
