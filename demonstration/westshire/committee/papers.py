"""Westshire's papers to its committee: one published, one being written. All of it is made up."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from demonstration.westshire.committee.meetings import DIRECTOR, FEBRUARY, LEAD, NOVEMBER
from demonstration.westshire.story import MADE_UP, Step, Story, moment
from meetings.models import AgendaItem, Paper
from meetings.papers import actions
from meetings.papers.transitions import PAPERS

WRITER, APPROVER = "finance lead", "performance lead"
HEAD: dict[str, Any] = {"author_post": DIRECTOR, "contact_post": LEAD, "source": MADE_UP}
# (kind, heading, level, what is typed below it)
QUARTER_2 = (
    (
        *("purpose", "Purpose of the report", 1),
        "To tell the Committee what the projects of the Better Care Fund reported for the second "
        "quarter of 2026/27, and to ask that the review of transport waits for its own paper.",
    ),
    (
        *("information", "What was reported", 1),
        "Every project sent its return. Officers read each of them before it was published.\n"
        "Two projects need a closer look this winter:\n"
        "- falls prevention, because fewer people finish the course than begin it;\n"
        "- young carers, because the second worker began in September.",
    ),
    (
        *("information", "Transport", 2),
        "Day services and health pay for transport under three agreements:\n"
        "Agreement | Ends | Who pays\n"
        "Day services | March 2027 | The Council\n"
        "Hospital appointments | March 2028 | The ICB\n"
        "Community meals | March 2027 | Both, in halves",
    ),
    (
        *("options", "Other options considered", 1),
        "The review could be made at this meeting. Its figures would then be of the summer.",
    ),
    (
        *("reasons", "Reasons for the recommendations", 1),
        "The Committee reads what was reported before it decides what is paid for next year.",
    ),
    ("implication", "Financial implications", 1, "No budget changes by this paper."),
    ("implication", "Equality implications", 1, ""),
    ("recommendations", "Recommendations", 1, ""),
    (
        *("comment", "Financial comments", 1),
        "The spending that is reported agrees with the ledger to the end of September.",
    ),
    ("background", "Background papers", 1, ""),
)


def steps() -> Iterator[Step]:
    yield Step(moment(2026, 11, 9, 10), _write_november, WRITER)
    yield Step(moment(2026, 11, 9, 15), lambda story: _take(story, NOVEMBER, "submit", WRITER))
    yield Step(moment(2026, 11, 9, 17), lambda story: _take(story, NOVEMBER, "approve", APPROVER))
    yield Step(moment(2027, 1, 20, 10), _write_february, WRITER)


def _item(story: Story, day: date, number: str) -> AgendaItem:
    return AgendaItem.objects.get(
        meeting__committee__council=story.council, meeting__day=day, number=number
    )


def _take(story: Story, day: date, action: str, who: str) -> None:
    paper = Paper.objects.get(item=_item(story, day, "4"))
    PAPERS.transition(action, paper.pk, **story.by(who))


def _write_november(story: Story) -> None:
    by = story.by(WRITER)
    paper = actions.begin_paper(
        _item(story, NOVEMBER, "4"),
        title="Better Care Fund: what was reported for quarter 2 of 2026/27",
        reference="ASC/2026/41",
        strategic_impact="The council plan asks that people stay at home for longer.",
        divisions="All",
        **HEAD,
        **by,
    )
    for kind, heading, level, text in QUARTER_2:
        about: dict[str, Any] = {"kind": kind, "heading": heading, "level": level}
        if heading == "Equality implications":
            about["none"] = True
        if kind == "comment":
            about["dated"] = date(2026, 11, 6)
        actions.save_section(paper.pk, None, text=text, **about, **by)
    background = {
        "title": "Better Care Fund, quarter 1",
        "body": "Adult Social Care Committee",
        "dated": date(2026, 9, 16),
    }
    actions.save_background(paper.pk, rows=[background], **by)


def _write_february(story: Story) -> None:
    """A paper that is begun: its reasons and its implications are still to be written."""
    by = story.by(WRITER)
    paper = actions.begin_paper(
        _item(story, FEBRUARY, "5"),
        title="How transport is paid for from April 2027",
        reference="ASC/2027/03",
        **HEAD,
        **by,
    )
    for kind, heading, text in (
        ("purpose", "Purpose of the report", "To say how transport is paid for from April 2027."),
        ("information", "What transport costs", "Three agreements end within fourteen months."),
        ("options", "Other options considered", "Each agreement could be let again as it is."),
    ):
        actions.save_section(paper.pk, None, kind=kind, heading=heading, text=text, **by)
