"""Decisions, actions and questions of all meetings that are published, as downloads."""

from collections.abc import Iterator, Sequence

from bcfportal.lib.exports import Export, by_name
from meetings.asked_for import asked_for
from meetings.content import ItemContent, MeetingContent

Meetings = Sequence[MeetingContent]
_OF_ITEM = [
    ("committee", "The committee, by the name that it has now."),
    ("meeting_on", "The day of the meeting."),
    ("item", "The number of the item on the agenda."),
    ("item_title", "The item's title."),
]
_SOURCED = [
    ("source", "Where the row was taken from."),
    ("note", "What was lost or is not said in the source."),
]


def _of_item(meeting: MeetingContent, item: ItemContent) -> list:
    return [meeting.committee, meeting.day, item.number, item.title]


def decision_rows(meetings: Meetings) -> Iterator[list]:
    """A row for each decision, in the order of the minutes."""
    for meeting in meetings:
        for item, line in meeting.decisions():
            recommended = next((r.text for r in item.recommendations if r.number == line.on), "")
            yield [
                *_of_item(meeting, item),
                *(line.number, line.outcome, line.wording, line.on, recommended if line.on else ""),
                *(line.votes_for, line.votes_against, line.abstained, line.did_not_vote),
                *(line.source, line.note),
            ]


def action_rows(meetings: Meetings) -> Iterator[list]:
    """A row for each thing that was asked for, what is late first."""
    if not meetings:
        return
    asked = asked_for(meetings)
    for _, group in asked.by_state:
        for action in group:
            line, back = action.action, action.came_back[0] if action.came_back else None
            yield [
                *_of_item(action.meeting, action.item),
                *(
                    line.number,
                    line.what,
                    line.wording,
                    line.owner_post,
                    line.due_as_said,
                    line.due,
                ),
                action.state,
                back[0].day if back else None,
                back[1].state if back else "",
                back[1].text if back else action.nothing_came_back,
                *(asked.as_at, line.source, line.note),
            ]


def question_rows(meetings: Meetings) -> Iterator[list]:
    """A row for each question."""
    for meeting in meetings:
        for item, line in meeting.questions():
            yield [
                *_of_item(meeting, item),
                *(line.number, line.asked_by, line.text, line.answered_by, line.answer),
                *(line.supplementary, line.supplementary_answered_by, line.supplementary_answer),
                *(line.source, line.note),
            ]


DECISIONS = Export(
    "decisions",
    "Decisions",
    "One row for each decision of a committee, or that it is not in the documents.",
    [
        *_OF_ITEM,
        ("paragraph", "The paragraph of the minutes, with its letter."),
        (
            "outcome",
            "noted, agreed, asked, reviewed, deferred, withdrawn; not held: not in the documents.",
        ),
        ("decision", "In the words of the minutes, people by post."),
        ("recommendation", "The number of the recommendation that it is on."),
        ("recommended", "What was recommended."),
        ("for", "Votes for; empty where no votes are recorded."),
        ("against", "Votes against."),
        ("abstained", "Abstentions."),
        ("did_not_vote", "How many did not vote, where the minutes say so."),
        *_SOURCED,
    ],
    decision_rows,
)
ACTIONS = Export(
    "actions",
    "Actions",
    "One row for each thing that a committee asked for, what is late first.",
    [
        *_OF_ITEM,
        ("paragraph", "The paragraphs of the minutes."),
        ("what", "What is to be done."),
        ("words", "In the words of the minutes, people by post."),
        ("owner", "The post that does it; empty where it is not said."),
        ("due_as_said", "By when, as it was said."),
        ("due", "The last day that this can mean; empty where no day is said."),
        ("state", "late, to come, changed, done or dropped, as at that day."),
        ("reported_on", "The day of the meeting to which it was last reported back."),
        ("reported_state", "going on, done, changed or dropped."),
        ("reported", "What was reported, or why nothing is known."),
        (
            "as_at",
            "The day of the latest meeting that is published, or today where that is to come.",
        ),
        *_SOURCED,
    ],
    action_rows,
)
QUESTIONS = Export(
    "questions",
    "Questions",
    "One row for each question to a committee, with what was answered.",
    [
        *_OF_ITEM,
        ("number", "As printed."),
        ("asked_by", "The role or body of who asked."),
        ("question", "As printed."),
        ("answered_by", "The post."),
        ("answer", "As printed."),
        ("supplementary", "What was asked further at the meeting, as the minutes have it."),
        ("supplementary_answered_by", "The post."),
        ("supplementary_answer", "As the minutes have it."),
        *_SOURCED,
    ],
    question_rows,
)
MEETING_EXPORTS = by_name(DECISIONS, ACTIONS, QUESTIONS)
