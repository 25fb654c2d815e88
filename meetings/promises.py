"""What committees asked for, as lines of what was said to come."""

from collections.abc import Iterator

from django.urls import reverse

from bcfportal.lib.sentences import day_words
from meetings.asked_for import Asked, asked_for
from meetings.published import contents_of, versions_of, versions_that_stand
from projects.access import Access
from projects.models import Council
from publishing.promises import DROPPED, KEPT, TOLD, AnswerLine, PromiseLine

# What later minutes say of an action, as an answer: that it was changed moves no day by itself.
_ANSWERS = {"done": KEPT, "dropped": DROPPED}


def promises_of(council: Council, access: Access) -> Iterator[PromiseLine]:
    """What the meetings that stand asked for."""
    meetings = contents_of(versions_that_stand(versions_of(council)))
    for asked in asked_for(meetings).everything if meetings else ():
        yield _line(council, asked)


def _line(council: Council, asked: Asked) -> PromiseLine:
    meeting, item, action = asked.meeting, asked.item, asked.action
    where = [council.slug, meeting.committee_slug, meeting.slug]
    return PromiseLine(
        key="/".join(("meeting", *where[1:], item.number, str(action.order))),
        kind="meeting",
        about=item.title,
        what=action.what,
        said_in=f"{meeting.committee}, {day_words(meeting.day)}, item {item.number}",
        said_on=meeting.day,
        owner=action.owner_post,
        when=action.due_as_said,
        last=action.due,
        answers=tuple(
            AnswerLine(
                state=_ANSWERS.get(line.state, TOLD),
                text=line.text,
                on=later.day,
                told_in=f"{later.committee}, {day_words(later.day)}",
            )
            # The first first.
            for later, line in reversed(asked.came_back)
        ),
        as_printed=action.wording,
        source=action.source,
        note=action.note,
        address=f"{reverse('reporting:meeting', args=where)}#item-{item.number}",
    )
