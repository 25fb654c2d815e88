"""Figures that disagree in minutes: votes, and what a decision states otherwise."""

from collections.abc import Iterator

from django.urls import reverse

from bcfportal.lib.discrepancies import Discrepancy, Place
from bcfportal.lib.money import pounds
from bcfportal.lib.sentences import day_words
from meetings.collect import make_meeting, read_whole
from meetings.content import MeetingContent
from meetings.models import Attendance, Meeting, Stage
from meetings.rules import stated_sums
from meetings.votes import unfit_votes
from projects.models import Council

VOTES = "Votes do not fit who was present"
STATED = "A decision states a figure otherwise than its minutes"


def disagreements(council: Council) -> Iterator[Discrepancy]:
    """Of all meetings of the council of which it is entered who was present."""
    held = Meeting.objects.filter(
        committee__council=council, attendance__kind=Attendance.Kind.PRESENT
    )
    for meeting in read_whole(list(held.distinct())):
        yield from disagreements_in(make_meeting(meeting, Stage.MINUTES, 1))


def disagreements_in(meeting: MeetingContent) -> Iterator[Discrepancy]:
    """Of the minutes of one meeting."""
    yield from _votes(meeting)
    yield from _stated_otherwise(meeting)


def _votes(meeting: MeetingContent) -> Iterator[Discrepancy]:
    present = meeting.counted(Attendance.Kind.PRESENT)
    for unfit in unfit_votes(meeting):
        item, line = unfit.item, unfit.decision
        said = f"{present} present"
        if unfit.there < present:
            said += f", {present - unfit.there} of them gone before the item"
        yield Discrepancy(
            f"meetings:votes:{meeting.committee_slug}:{meeting.slug}:{item.number}:{line.order}",
            VOTES,
            f"{meeting.committee}, {day_words(meeting.day)}, item {item.number}",
            Place(line.votes_words, line.source, _address(meeting)),
            Place(said, meeting.source, _address(meeting)),
            unfit.beyond,
        )


def _stated_otherwise(meeting: MeetingContent) -> Iterator[Discrepancy]:
    said = [
        (stated, f"item {item.number}, {number}".removesuffix(", "), source)
        for item in meeting.items
        for number, text, source in (
            *((line.number, line.text, line.source) for line in item.minutes),
            *((line.number, line.text, line.source) for line in item.updates),
            *((line.number, line.wording, line.source) for line in item.decisions),
        )
        for stated in stated_sums(text)
    ]
    reported = set()
    for item in meeting.items:
        for line in item.held_decisions:
            for stated in stated_sums(line.wording):
                for other, where, source in said:
                    key = (
                        f"meetings:stated:{meeting.committee_slug}:{meeting.slug}:{item.number}:"
                        f"{line.order}:{stated.noun}:{other.pounds.normalize():f}"
                    )
                    if not stated.disagrees(other) or key in reported:
                        continue
                    reported.add(key)
                    yield Discrepancy(
                        key,
                        STATED,
                        f"{meeting.committee}, {day_words(meeting.day)}, item {item.number}",
                        Place(stated.sentence, line.source, _address(meeting)),
                        Place(f"{other.sentence} ({where})", source, _address(meeting)),
                        pounds(abs(stated.pounds - other.pounds)),
                    )


def _address(meeting: MeetingContent) -> str:
    where = [meeting.council, meeting.committee_slug, meeting.slug]
    return reverse("reporting:meeting", args=where)
