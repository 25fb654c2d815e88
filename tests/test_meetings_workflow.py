"""A meeting's agenda and minutes: who publishes them and when, kept for good, and withdrawn."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, transaction

from meetings.models import MeetingVersion
from meetings.transitions import MEETINGS
from publishing.workflow import NotNow
from tests.meetings import DAY, hold, make_meeting, take
from tests.quarter import make_quarter
from tests.seen import seen_on
from tests.text import words_of

pytestmark = pytest.mark.django_db
PATH = "/testshire/meetings/committee/2018-04-09/"


@pytest.fixture
def people(testshire):
    return make_quarter(testshire()).people


@pytest.fixture
def officer(people):
    return people["performance officer"]


def make(officer, **given):
    return make_meeting(officer.memberships.first().council, officer, **given)


@pytest.mark.parametrize("who", ["commissioner", "finance officer", "committee member"])
def test_only_who_keeps_the_meetings_publishes_them(people, officer, who):
    meeting = make(officer)
    with pytest.raises(PermissionDenied):
        take("publish agenda", meeting, people[who])
    assert not MeetingVersion.objects.filter(meeting=meeting).exists()


def test_an_agenda_is_public_once_it_is_published_and_never_changes(client, officer):
    meeting = make(officer)
    assert client.get(PATH).status_code == 404
    take("publish agenda", meeting, officer)
    assert "To note what was spent." in words_of(client.get(PATH).text)
    version = meeting.versions.get()
    with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
        MeetingVersion.objects.filter(pk=version.pk).update(stage="minutes")
    (line,) = meeting.timeline.all()
    assert (line.title, line.after) == ("Agenda published", "agenda")


def test_what_an_agenda_lacks_is_said(officer):
    meeting = make(officer)
    meeting.place = ""
    meeting.save()
    with pytest.raises(NotNow, match="Say where the meeting is"):
        take("publish agenda", meeting, officer)
    meeting.items.all().delete()
    with pytest.raises(NotNow, match="Enter the items of the agenda"):
        take("publish agenda", meeting, officer)


def test_minutes_are_not_published_before_the_agenda_or_the_meeting_or_without_who_was_there(
    officer,
):
    meeting = make(officer)
    with pytest.raises(NotNow, match="only be done to one that is agenda published"):
        take("publish minutes", meeting, officer)
    take("publish agenda", meeting, officer)
    with pytest.raises(NotNow, match="Say how many were present"):
        take("publish minutes", meeting, officer)
    later = make(officer, day=DAY.replace(year=2099), publish=True)
    with pytest.raises(NotNow, match="The meeting is still to come"):
        take("publish minutes", later, officer)


def test_minutes_follow_the_agenda_and_both_can_be_read(client, officer):
    meeting = make(officer, publish=True)
    hold(meeting)
    assert "was noted" not in client.get(PATH).text
    take("publish minutes", meeting, officer)
    assert "What was spent was noted." in words_of(client.get(PATH).text)
    agenda = words_of(client.get(f"{PATH}?version=1").text)
    assert "was noted" not in agenda
    assert "Superseded" in agenda
    with pytest.raises(NotNow, match="already minutes published"):
        take("publish minutes", meeting, officer)


def test_who_keeps_meetings_reads_the_minutes_before_they_are_published(client, people, officer):
    meeting = make(officer, publish=True)
    hold(meeting)
    assert client.get(f"{PATH}?version=working").status_code == 404
    client.force_login(people["finance officer"])
    assert client.get(f"{PATH}?version=working").status_code == 404
    client.force_login(officer)
    words = words_of(client.get(f"{PATH}?version=working").text)
    assert "Not published." in words
    assert "What was spent was noted." in words


def test_withdrawn_minutes_leave_the_agenda_and_can_be_published_again(client, officer):
    meeting = make(officer, publish=True)
    hold(meeting)
    take("publish minutes", meeting, officer)
    client.force_login(officer)
    latest = meeting.versions.get(number=2)
    page = f"/testshire/versions/{latest.fingerprint[:12]}/withdraw/"
    asked = client.get(page)
    assert "Version 2 of the minutes of the Committee, 9 April 2018" in words_of(asked.text)
    typed = {"number": 2, "action": "ask", "reason": "The votes are wrong."}
    answer = client.post(page, typed | seen_on(client, page))
    assert answer.status_code == 302, words_of(answer.text)
    client.logout()
    assert "was noted" not in client.get(PATH).text
    assert client.get(PATH).status_code == 200
    assert client.get(f"{PATH}?version=2").status_code == 410
    assert MEETINGS.state(meeting) == "agenda"
    take("publish minutes", meeting, officer)
    assert "Version 3" in words_of(client.get(PATH).text)


def test_the_fingerprint_of_a_version_leads_to_it(client, officer):
    version = make(officer, publish=True).versions.get()
    words = words_of(client.get(f"/version/{version.fingerprint[:12]}/").text)
    assert "Agenda published: Committee, 9 April 2018" in words
