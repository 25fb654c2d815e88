"""A committee on screens: added; its meetings prepared, published, minuted and corrected."""

from datetime import UTC, date, datetime, time

import pytest
from django.test import Client

from bcfportal.lib import clock
from bcfportal.lib.text.typed_times import read_time
from meetings.entry.agenda import put_back, removed_items
from meetings.models import Attendance, Committee, Meeting
from meetings.roles import counted_role
from meetings.transitions import MEETINGS
from publishing.workflow import yes_to
from tests.forms import forms_of
from tests.meetings import DAY, hold, make_meeting, take
from tests.quarter import make_quarter
from tests.text import words_of

pytestmark = pytest.mark.django_db
WORK = "/testshire/committees/"
MEETING = f"{WORK}committee/2018-04-09/"
PAGE = "/testshire/meetings/committee/2018-04-09/"
BEFORE = datetime(2018, 3, 1, 12, tzinfo=UTC)
AFTER = datetime(2018, 4, 20, 12, tzinfo=UTC)


@pytest.fixture
def quarter(testshire):
    return make_quarter(testshire())


@pytest.fixture
def officer(client, quarter):
    user = quarter.people["performance officer"]
    client.force_login(user)
    return user


@pytest.fixture
def other(quarter, officer):
    """A second person who keeps meetings."""
    user = quarter.people["finance officer"]
    user.memberships.create(council=quarter.council, role="performance officer")
    return user


def send(client, page, typed, button=None, form=0):
    """Sends the page's form with what is typed into it; ``button`` is (name, value)."""
    shown = forms_of(client.get(page), page)[form]
    sent = shown.sent | {name: [text] for name, text in typed.items()}
    return client.post(shown.action, sent | ({button[0]: [button[1]]} if button else {}))


def right(answer):
    assert answer.status_code == 302, words_of(answer.text)
    return answer


def press(client, action, item):
    return client.post(f"{MEETING}order/", {"action": action, "item": item.pk})


def test_an_administrator_adds_a_committee_and_says_what_it_was_called(client, quarter):
    client.force_login(quarter.people["administrator"])
    typed = {"name": "Health Committee", "names-0-name": "Care Committee"}
    with clock.stopped_at(AFTER):
        right(send(client, f"{WORK}add/", typed | {"names-0-last_on": "31/3/2018"}))
        right(send(client, f"{WORK}health-committee/", {"terms": "Care and health."}))
    committee = Committee.objects.get(council=quarter.council)
    assert (committee.slug, committee.terms) == ("health-committee", "Care and health.")
    assert committee.name_on(date(2018, 3, 1)) == "Care Committee"
    again = send(client, f"{WORK}add/", {"name": "health committee"})
    assert "already has a committee of that name" in words_of(again.text)


def test_a_meeting_is_planned_with_the_members_and_standing_items_of_the_last(
    client, quarter, officer
):
    last = make_meeting(quarter.council, day=date(2018, 1, 8))
    last.items.create(order=2, number="2", title="Apologies for absence", kind="apologies")
    last.attendance.create(kind=Attendance.Kind.MEMBERS, role="Member", count=9)
    typed = {"day_0": "9", "day_1": "April", "day_2": "2018", "starts_at": "10.30am"}
    typed |= {"questions_on_0": "4", "questions_on_1": "4", "questions_on_2": "2018"}
    with clock.stopped_at(BEFORE):
        wrong = send(client, f"{WORK}committee/add/", typed)
        assert "Enter the time until which questions are taken." in words_of(wrong.text)
        right(send(client, f"{WORK}committee/add/", typed | {"questions_at": "5pm"}))
    meeting = Meeting.objects.get(day=DAY)
    assert (str(meeting.starts_at), meeting.place) == ("10:30:00", "The hall")
    assert [item.title for item in meeting.items.all()] == ["Apologies for absence"]
    assert meeting.items.get().number == "1"
    assert "9 members" in words_of(client.get(PAGE).text)


def test_items_are_added_moved_removed_and_put_back_with_what_was_recommended(
    client, quarter, officer
):
    meeting = make_meeting(quarter.council)
    first = meeting.items.get()
    right(send(client, f"{MEETING}items/add/", {"title": "Risks", "kind": "report"}))
    second = meeting.items.get(title="Risks")
    assert second.number == "2"
    press(client, "up", second)
    assert [(row.number, row.title) for row in meeting.items.all()] == [
        ("1", "Risks"),
        ("2", "Spending"),
    ]
    press(client, "remove", first)
    assert [row.title for row in meeting.items.all()] == ["Risks"]
    said = words_of(client.get(MEETING).text)
    assert "Removed from the agenda Spending" in said
    press(client, "back", first)
    back = meeting.items.get(pk=first.pk)
    assert (back.number, back.page) == ("2", 3)
    assert back.recommendations.get().text == "To note what was spent."
    assert removed_items(meeting) == []
    # A second press finds it there.
    press(client, "back", first)
    assert "on the agenda already" in words_of(client.get(MEETING).text)


def test_an_item_under_which_something_is_minuted_stays(client, quarter, officer):
    meeting = make_meeting(quarter.council)
    hold(meeting)
    press(client, "remove", meeting.items.get())
    assert meeting.items.count() == 1
    assert "something is minuted under it" in words_of(client.get(MEETING).text)


def test_a_published_item_keeps_its_number_when_another_is_removed(client, quarter, officer):
    meeting = make_meeting(quarter.council)
    meeting.items.create(order=2, number="2", title="Risks", kind="report")
    with clock.stopped_at(BEFORE):
        take("publish agenda", meeting, officer)
    press(client, "remove", meeting.items.get(number="1"))
    assert [row.number for row in meeting.items.all()] == ["2"]
    put_back(meeting, removed_items(meeting)[0].id, by=officer)
    assert [row.number for row in meeting.items.all()] == ["1", "2"]


def test_decisions_are_typed_with_their_votes_all_or_none(client, quarter, officer):
    meeting = make_meeting(quarter.council)
    item = meeting.items.get()
    page = f"{MEETING}items/{item.pk}/decisions/"
    typed = {"rows-0-outcome": "agreed", "rows-0-wording": "To note it.", "rows-0-votes_for": "6"}
    typed["rows-0-recommendation_id"] = str(item.recommendations.get().pk)
    wrong = send(client, page, typed)
    assert "Enter votes for, against and abstained" in words_of(wrong.text)
    right(send(client, page, typed | {"rows-0-votes_against": "3", "rows-0-abstained": "0"}))
    decision = item.decisions.get()
    assert (decision.votes_for, decision.votes_against, decision.abstained) == (6, 3, 0)
    assert decision.recommendation == item.recommendations.get()
    right(send(client, page, {"rows-0-remove": "on", "rows-0-wording": ""}))
    assert not item.decisions.exists()


def test_who_wrote_a_meeting_does_not_publish_it_unless_the_council_lets_them(
    client, quarter, officer, other
):
    meeting = make_meeting(quarter.council)
    right(send(client, f"{MEETING}details/", {"venue": "The chamber"}))
    with clock.stopped_at(BEFORE):
        page = client.get(f"{MEETING}publish/")
        assert "another person who keeps meetings publishes it" in words_of(page.text)
        assert "Publish the agenda</button>" not in page.text
        refused = client.post(f"{MEETING}publish/", {"confirm": "yes"})
        assert refused.status_code == 409
        assert MEETINGS.state(meeting) == "planned"
        client.force_login(other)
        right(send(client, f"{MEETING}publish/", {}))
    assert MEETINGS.state(meeting) == "agenda"


def test_a_late_agenda_is_asked_about(client, quarter, officer):
    meeting = make_meeting(quarter.council)
    with clock.stopped_at(datetime(2018, 4, 5, 12, tzinfo=UTC)):
        asked = send(client, f"{MEETING}publish/", {})
        said = words_of(asked.text)
        assert "1 clear working day is left before the meeting: an agenda is public for 5." in said
        assert asked.status_code == 409
        right(
            send(
                client,
                f"{MEETING}publish/",
                {"right": yes_to(MEETINGS.asks("publish agenda", meeting))},
            )
        )


def test_an_agenda_that_was_changed_since_it_was_read_is_read_again(client, quarter, officer):
    meeting = make_meeting(quarter.council)
    with clock.stopped_at(BEFORE):
        form = forms_of(client.get(f"{MEETING}publish/"), MEETING)[0]
        meeting.items.update(title="Spending and saving")
        again = client.post(f"{MEETING}publish/", form.sent)
    assert again.status_code == 409
    assert "“Item 1” was changed since you opened the page" in words_of(again.text)


def test_minutes_are_published_and_a_correction_says_why_and_what(client, quarter, officer):
    meeting = make_meeting(quarter.council, officer, publish=True)
    hold(meeting)
    with clock.stopped_at(AFTER):
        right(send(client, f"{MEETING}publish/", {}))
        nothing = send(client, f"{MEETING}correct/", {"why": "A slip."})
        assert "nothing to correct" in words_of(nothing.text)
        meeting.items.get().decisions.update(wording="What was spent was agreed.")
        right(send(client, f"{MEETING}correct/", {"why": "It was agreed, not noted."}))
    client.logout()
    said = words_of(client.get("/testshire/meetings/committee/2018-04-09/").text)
    assert "Version 3" in said
    assert "It was agreed, not noted" in said
    assert "What was spent was noted." in said
    before = words_of(client.get("/testshire/meetings/committee/2018-04-09/?version=2").text)
    assert "Superseded" in before
    assert "What was spent was agreed." not in before


def test_what_was_asked_for_is_reported_back_at_the_next_meeting(client, quarter, officer):
    first = make_meeting(quarter.council, officer, publish=True)
    hold(first)
    action = first.items.get().actions.create(order=1, what="Count the carers", owner_post="Lead")
    second = make_meeting(quarter.council, day=date(2018, 7, 9))
    page = f"{WORK}committee/2018-07-09/reported/"
    assert "Count the carers (9 April 2018, item 1): Lead, no day said" in words_of(
        client.get(page).text
    )
    wrong = send(client, page, {f"action-{action.pk}-state": "done"})
    assert "Enter what was reported." in words_of(wrong.text)
    right(
        send(
            client,
            page,
            {f"action-{action.pk}-state": "done", f"action-{action.pk}-text": "212 carers."},
        )
    )
    assert second.reports_back.get().text == "212 carers."
    third = make_meeting(quarter.council, day=date(2018, 9, 10))
    assert "asked for nothing that is open" in words_of(
        client.get(f"{WORK}committee/{third.slug}/reported/").text
    )


def test_who_was_there_is_counted_by_role(client, quarter, officer):
    meeting = make_meeting(quarter.council)
    typed = {"roles-0-role": "Member", "roles-0-members": "9", "roles-0-present": "16"}
    wrong = send(client, f"{MEETING}attendance/", typed)
    assert "are more than 9 of that role" in words_of(wrong.text)
    typed |= {"roles-0-present": "8", "roles-1-role": "Chairman", "roles-1-present": "1"}
    right(send(client, f"{MEETING}attendance/", typed | {"ended_at": "12:55pm"}))
    said = words_of(client.get("/testshire/meetings/committee/2018-04-09/?version=working").text)
    assert "9 members" in said
    counted = meeting.attendance.filter(kind="present").values_list("role", "count")
    assert dict(counted) == {"Member": 8, "Chairman": 1}


def test_that_no_decision_is_recorded_is_said_to_be_right_and_never_assumed(
    client, quarter, officer
):
    meeting = make_meeting(quarter.council, officer, publish=True)
    meeting.attendance.create(kind=Attendance.Kind.PRESENT, role="Member", count=5)
    with clock.stopped_at(AFTER):
        asked = send(client, f"{MEETING}publish/", {})
        assert "Item 1, Spending: something was recommended and no decision is entered." in (
            words_of(asked.text)
        )
        assert MEETINGS.state(meeting) == "agenda"
        answer = {"right": yes_to(MEETINGS.asks("publish minutes", meeting))}
        right(send(client, f"{MEETING}publish/", answer))
    assert "The minutes record no decision." in words_of(client.get(PAGE).text)


def test_votes_that_do_not_fit_who_was_there_are_asked_about(client, quarter, officer):
    meeting = make_meeting(quarter.council, officer, publish=True)
    hold(meeting)
    meeting.items.get().decisions.update(votes_for=4, votes_against=2, abstained=0)
    with clock.stopped_at(AFTER):
        said = words_of(client.get(f"{MEETING}publish/").text)
    assert "Item 1: 4 for, 2 against, 0 abstained. That is 1 more than were there." in said


@pytest.mark.parametrize(
    ("count", "role", "said"),
    [
        (1, "Chair", "1 chair"),
        (16, "Member", "16 members"),
        (2, "Chairman", "2 chairmen"),
        (3, "Member of the Forum", "3 members of the Forum"),
        (2, "Member elected to the Chair", "2 members elected to the Chair"),
        (2, "NHS representative", "2 NHS representatives"),
        (2, "Deputy", "2 deputies"),
    ],
)
def test_a_role_is_counted_in_the_plural(count, role, said):
    assert counted_role(count, role) == said


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("10am", time(10)),
        ("10.30 am", time(10, 30)),
        ("2:30pm", time(14, 30)),
        ("12:55 p.m.", time(12, 55)),
        ("12am", time(0)),
        ("1400", time(14)),
        ("09:05", time(9, 5)),
        ("midday", time(12)),
        ("10", time(10)),
    ],
)
def test_a_time_is_read_as_people_type_it(typed, at):
    assert read_time(typed) == at


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2:30", "Say whether that is 2:30am or 2:30pm."),
        ("25:00", "a clock shows"),
        ("10:75", "a clock shows"),
        ("13pm", "a clock shows"),
        ("in the morning", "Enter a time"),
        ("10m", "Enter a time"),
    ],
)
def test_a_time_that_is_none_or_two_is_refused(typed, said):
    with pytest.raises(ValueError, match=said):
        read_time(typed)


def test_a_meeting_that_all_who_keep_meetings_wrote_is_told_to_the_administrator(
    client, quarter, officer
):
    make_meeting(quarter.council, day=date(2018, 5, 14))
    page = f"{WORK}committee/2018-05-14/details/"
    told = "everybody who keeps meetings wrote some of it"
    with clock.stopped_at(BEFORE):
        assert told not in administrators_page(client, quarter)
        client.force_login(officer)
        right(send(client, page, {"venue": "The chamber"}))
        assert f"Committee, 14 May 2018: {told}" in administrators_page(client, quarter)
        quarter.council.memberships.create(
            user=quarter.people["committee member"], role="performance officer"
        )
        assert told not in administrators_page(client, quarter)


def administrators_page(client, quarter):
    client.force_login(quarter.people["administrator"])
    return words_of(client.get("/testshire/administration/").text)


def test_the_first_page_has_the_next_meeting_and_what_is_late(westshire):
    said = words_of(Client().get("/westshire/").text)
    assert "3 February 2027 Adult Social Care Committee, 2 reports; see the agenda" in said
    assert "1 of 4 things that committees asked for; see what came back" in said


def test_words_typed_about_an_item_that_was_removed_are_shown_to_copy(client, quarter, officer):
    meeting = make_meeting(quarter.council)
    item = meeting.items.get()
    page = f"{MEETING}items/{item.pk}/recommendations/"
    form = forms_of(client.get(page), page)[0]
    press(client, "remove", item)
    answer = client.post(page, form.sent | {"rows-1-text": ["To think again."]})
    assert answer.status_code == 404
    assert "To think again." in answer.text


def test_two_who_change_one_box_are_both_asked(client, quarter, officer, other):
    make_meeting(quarter.council)
    page = f"{MEETING}details/"
    first = forms_of(client.get(page), page)[0]
    client.force_login(other)
    right(send(client, page, {"venue": "The chamber"}))
    client.force_login(officer)
    fresh = forms_of(client.get(page), page)[0].sent
    stale = first.sent | {"venue": ["The library"]} | {"page-of": fresh["page-of"]}
    answer = client.post(page, stale | {"press": fresh["press"]})
    said = words_of(answer.text)
    assert "changed this to “The chamber” while you were writing" in said
    assert "The library" in answer.text
