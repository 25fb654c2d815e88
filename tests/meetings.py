"""A made-up meeting of a council, with its agenda, published or not."""

from datetime import date

from meetings.models import AgendaItem, Attendance, Meeting
from meetings.transitions import MEETINGS
from projects.access import access_of
from publishing.workflow import yes_to

DAY = date(2018, 4, 9)


def make_meeting(council, by=None, *, day=DAY, publish=False):
    """A meeting with one report; ``publish`` its agenda, as the person."""
    name = {"name": "Committee"}
    committee, _ = council.committees.get_or_create(slug="committee", defaults=name)
    meeting = Meeting.objects.create(
        committee=committee, slug=day.isoformat(), day=day, place="The hall"
    )
    item = meeting.items.create(
        order=1, number="1", title="Spending", kind=AgendaItem.Kind.REPORT, page=3
    )
    item.recommendations.create(order=1, number="a", text="To note what was spent.")
    if publish:
        take("publish agenda", meeting, by)
    return meeting


def take(action, meeting, by, **given):
    """Takes the action as the person, who says yes to whatever is asked about it."""
    answer = yes_to(MEETINGS.asks(action, meeting))
    access = access_of(by, meeting.council)
    return MEETINGS.transition(action, meeting.pk, by=by, access=access, answer=answer, **given)


def hold(meeting):
    """Says who was there and what was decided."""
    meeting.attendance.create(kind=Attendance.Kind.PRESENT, role="Member", count=5)
    item = meeting.items.get()
    item.decisions.create(
        order=1, number="1.1", outcome="noted", wording="What was spent was noted."
    )
