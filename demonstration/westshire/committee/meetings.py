"""Westshire's committee: two meetings with minutes, one to come. All of it is made up."""

from collections.abc import Iterator
from datetime import date, time

from demonstration.westshire.savings import COMMITTEE
from demonstration.westshire.story import MADE_UP, Step, Story, moment
from meetings.models import Action, AgendaItem, Attendance, Committee, Meeting, ReportBack
from meetings.transitions import MEETINGS

SEPTEMBER, NOVEMBER, FEBRUARY = date(2026, 9, 16), date(2026, 11, 18), date(2027, 2, 3)
DIRECTOR, LEAD = "Director of Adult Social Care", "Performance and insight lead"
OF_ALL = (
    ("1", "Apologies", AgendaItem.Kind.APOLOGIES),
    ("2", "Minutes of the last meeting", AgendaItem.Kind.MINUTES),
    ("3", "Public questions", AgendaItem.Kind.QUESTIONS),
)


def steps() -> Iterator[Step]:
    yield Step(moment(2026, 9, 7, 9), _plan_september, "performance lead")
    yield Step(moment(2026, 9, 8, 9), lambda story: _publishes(story, SEPTEMBER, "agenda"))
    yield Step(moment(2026, 9, 28, 9), _minute_september, "performance lead")
    yield Step(moment(2026, 10, 12, 9), lambda story: _publishes(story, SEPTEMBER, "minutes"))
    yield Step(moment(2026, 11, 9, 9), _plan_november, "performance lead")
    yield Step(moment(2026, 11, 10, 9), lambda story: _publishes(story, NOVEMBER, "agenda"))
    yield Step(moment(2026, 11, 30, 9), _minute_november, "performance lead")
    yield Step(moment(2026, 12, 14, 9), lambda story: _publishes(story, NOVEMBER, "minutes"))
    yield Step(moment(2027, 1, 18, 9), _plan_february, "performance lead")
    yield Step(moment(2027, 1, 19, 9), lambda story: _publishes(story, FEBRUARY, "agenda"))


def _publishes(story: Story, day: date, what: str) -> None:
    meeting = _meeting(story, day)
    MEETINGS.transition(f"publish {what}", meeting.pk, **story.by("performance lead"))


def _meeting(story: Story, day: date) -> Meeting:
    return Meeting.objects.get(committee__council=story.council, day=day)


def _plan(story: Story, day: date, questions_by: date) -> Meeting:
    committee, _ = Committee.objects.get_or_create(
        council=story.council,
        slug="adult-social-care",
        defaults={"name": COMMITTEE, "source": MADE_UP},
    )
    meeting = Meeting.objects.create(
        committee=committee,
        slug=day.isoformat(),
        day=day,
        starts_at=time(10),
        place="Council Chamber, Shire House",
        questions_by=moment(questions_by.year, questions_by.month, questions_by.day, 17),
        source=MADE_UP,
    )
    for role, count in (("Chair", 1), ("Vice-Chair", 1), ("Member", 9)):
        meeting.attendance.create(kind=Attendance.Kind.MEMBERS, role=role, count=count)
    for order, (number, title, kind) in enumerate(OF_ALL, 1):
        meeting.items.create(order=order, number=number, title=title, kind=kind)
    return meeting


def _report(meeting: Meeting, number: int, title: str, page: int, *asks: str) -> AgendaItem:
    item = meeting.items.create(
        order=number,
        number=str(number),
        title=title,
        kind=AgendaItem.Kind.REPORT,
        page=page,
        responsible_post=DIRECTOR,
        lead="The Committee is asked to:",
    )
    for order, text in enumerate(asks, 1):
        item.recommendations.create(order=order, number="abc"[order - 1], text=text)
    return item


def _plan_september(story: Story) -> None:
    meeting = _plan(story, SEPTEMBER, date(2026, 9, 11))
    _report(
        *(meeting, 4, "Better Care Fund, quarter 1", 5),
        "note what projects report;",
        "agree that falls prevention is looked at again in the winter.",
    )
    _report(meeting, 5, "Risk register", 21, "agree the risk register.")


def _hold(meeting: Meeting, present: int, away: int, ended: time) -> None:
    for role, count in (("Chair", 1), ("Member", present - 1)):
        meeting.attendance.create(kind=Attendance.Kind.PRESENT, role=role, count=count)
    meeting.attendance.create(kind=Attendance.Kind.APOLOGIES, role="Member", count=away)
    meeting.chair_post, meeting.ended_at = "Chair", ended
    meeting.save(update_fields=["chair_post", "ended_at"])
    first, second, _ = meeting.items.order_by("order")[:3]
    first.minutes.create(order=1, number="1.1", text="Apologies were received.")
    second.decisions.create(
        order=1, number="2.1", outcome="agreed", wording="The minutes were agreed as a true record."
    )


def _minute_september(story: Story) -> None:
    meeting = _meeting(story, SEPTEMBER)
    _hold(meeting, 10, 1, time(12, 10))
    questions = meeting.items.get(number="3")
    questions.questions.create(
        order=1,
        number="1",
        asked_by="Westshire Carers' Forum",
        text="How many carers waited more than a month for an assessment this summer?",
        answered_by="Chair",
        answer="The council counts assessments, not how long carers wait. It will look at both.",
        supplementary="When will the answer be known?",
        supplementary_answered_by=DIRECTOR,
        supplementary_answer="By the meeting in November.",
    )
    item = meeting.items.get(number="4")
    note, agree = item.recommendations.order_by("order")
    item.minutes.create(
        order=1, number="4.1", text="The Director presented the report and answered questions."
    )
    item.decisions.create(
        order=1, number="4.2 a", outcome="noted", wording=f"To {note.text}", recommendation=note
    )
    agreed = item.decisions.create(
        order=2,
        number="4.2 b",
        outcome="agreed",
        wording=f"With 6 votes for and 3 against, one member abstaining, to {agree.text}",
        recommendation=agree,
        votes_for=6,
        votes_against=3,
        abstained=1,
    )
    item.actions.create(
        order=1,
        number="4.3",
        what="Count how long carers wait for an assessment",
        owner_post=DIRECTOR,
        due_as_said="the meeting in November",
        due=NOVEMBER,
    )
    item.actions.create(
        order=2,
        number="4.4",
        what="Report on falls prevention again",
        owner_post=LEAD,
        due_as_said="the winter",
        due=date(2027, 2, 28),
        decision=agreed,
    )
    item.actions.create(
        order=3,
        number="4.5",
        what="Send members a page on what each provider is paid",
        owner_post="Finance business partner",
        due_as_said="the end of October",
        due=date(2026, 10, 31),
    )
    meeting.items.get(number="5").decisions.create(
        order=1, number="5.1", outcome="agreed", wording="To agree the risk register."
    )


def _plan_november(story: Story) -> None:
    meeting = _plan(story, NOVEMBER, date(2026, 11, 13))
    _report(
        *(meeting, 4, "Better Care Fund, quarter 2", 5),
        "note what projects report;",
        "defer the review of transport to the next meeting.",
    )
    meeting.items.create(
        order=5, number="5", title="Updates from members", kind=AgendaItem.Kind.UPDATE
    )
    appointments = meeting.items.create(
        order=6, number="6", title="Appointments", kind=AgendaItem.Kind.APPOINTMENTS
    )
    appointments.appointments.create(
        order=1,
        body="Westshire Carers' Forum",
        kind="outside body",
        places=1,
        held_by="Vice-Chair",
        shown_for="2026/27",
    )


def _minute_november(story: Story) -> None:
    meeting = _meeting(story, NOVEMBER)
    _hold(meeting, 9, 2, time(11, 45))
    item = meeting.items.get(number="4")
    note, defer = item.recommendations.order_by("order")
    item.decisions.create(
        order=1, number="4.2 a", outcome="noted", wording=f"To {note.text}", recommendation=note
    )
    item.decisions.create(
        order=2,
        number="4.2 b",
        outcome="deferred",
        wording=f"To {defer.text}",
        recommendation=defer,
    )
    item.actions.create(
        order=1,
        number="4.3",
        what="Bring the review of transport",
        owner_post=DIRECTOR,
        due_as_said="the next meeting",
        due=FEBRUARY,
    )
    meeting.items.get(number="5").memberupdates.create(
        order=1,
        number="5.1",
        role="Vice-Chair",
        body="Westshire Carers' Forum",
        text="The Forum met in October and asked for evening opening of the carers' centre.",
    )
    asked = Action.objects.get(item__meeting=_meeting(story, SEPTEMBER), order=1)
    ReportBack.objects.create(
        action=asked,
        meeting=meeting,
        state=ReportBack.State.DONE,
        text="Of 212 carers assessed in the summer, 31 had waited more than a month.",
        source=MADE_UP,
    )


def _plan_february(story: Story) -> None:
    meeting = _plan(story, FEBRUARY, date(2027, 1, 29))
    _report(
        *(meeting, 4, "Better Care Fund, quarter 3", 5),
        "note what projects report.",
    )
    _report(meeting, 5, "Review of transport", 19, "agree how transport is paid for.")
