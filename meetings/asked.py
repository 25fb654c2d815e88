"""What is asked before an agenda or minutes become public, in sentences: mostly nothing."""

from collections.abc import Iterator
from datetime import date

from bcfportal.lib import clock
from bcfportal.lib.sentences import counted, noun
from bcfportal.lib.working_days import working_days_between
from meetings.collect import make_meeting
from meetings.content import MeetingContent
from meetings.models import Meeting, Stage
from meetings.votes import unfit_votes
from publishing.models import Withdrawal

# An agenda is open to the public for so many clear working days before the meeting: Local
# Government Act 1972, section 100B.
CLEAR_DAYS = 5


def asked_of_agenda(meeting: Meeting, today: date) -> list[str]:
    """That it comes late, that the day for questions has passed, that it was public before."""
    return [*_late(meeting, today), *public_again(meeting)]


def _late(meeting: Meeting, today: date) -> Iterator[str]:
    clear = working_days_between(today, meeting.day) - 1
    if meeting.day <= today:
        yield "The meeting is today." if meeting.day == today else "The meeting has been."
    elif clear < CLEAR_DAYS:
        yield (
            f"{counted(clear, 'clear working day')} {noun(clear, 'is', 'are')} left before the "
            f"meeting: an agenda is public for {CLEAR_DAYS}."
        )
    if meeting.questions_by and meeting.questions_by < clock.now():
        yield "The time until which questions are taken has passed."


def asked_of_minutes(meeting: Meeting, today: date) -> list[str]:
    """That nothing is decided on what was recommended, that votes do not fit who was there, or that
    they were public before.
    """
    content = make_meeting(meeting, Stage.MINUTES, 1)
    return [
        *_without_decision(content),
        *(unfit.sentence for unfit in unfit_votes(content)),
        *public_again(meeting),
    ]


def _without_decision(meeting: MeetingContent) -> Iterator[str]:
    """That the minutes will say of an item that no decision is recorded: this is never assumed."""
    for item in meeting.items:
        if item.recommendations and not item.decisions:
            yield (
                f"Item {item.number}, {item.title}: something was recommended and no decision is "
                "entered. The minutes will say that none is recorded."
            )


def public_again(meeting: Meeting) -> Iterator[str]:
    """That what was published last is withdrawn: what it said becomes public again."""
    last = meeting.versions.defer("content").order_by("-number").first()
    if last is None:
        return
    was = "The minutes were" if last.stage == Stage.MINUTES else "The agenda was"
    rows = Withdrawal.objects.filter(version=last, decision="confirmed")
    for row in rows.select_related("asked_by", "decided_by"):
        yield (
            f"{was} public. {row.sentence} What was said becomes public again, but for what was "
            "changed since."
        )
