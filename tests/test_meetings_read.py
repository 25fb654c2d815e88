"""Meetings as everyone reads them: the list, one meeting, what was asked for, the downloads."""

import csv
import io

import openpyxl
import pytest
from django.test import Client

from meetings.models import Meeting
from tests.text import words_of

pytestmark = pytest.mark.django_db
MARCH = "/norfolk/meetings/adult-social-care/2017-03-06/"
JUNE = "/norfolk/meetings/adult-social-care/2017-06-19/"


def words(path):
    answer = Client().get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return words_of(answer.content.decode())


def rows(path):
    answer = Client().get(path)
    assert answer.status_code == 200
    sent = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return list(csv.DictReader(io.StringIO(sent.decode("utf-8-sig"))))


def test_what_is_published_of_the_councils_meetings_is_listed_the_latest_first():
    said = words("/norfolk/meetings/")
    assert said.index("19 June 2017") < said.index("6 March 2017")
    assert "2 of 1 committee" in said
    assert words("/nottinghamshire/meetings/").index("7 January 2019") > 0


def test_an_agenda_has_its_items_with_pages_as_printed_and_says_where_none_is():
    said = words(JUNE)
    for page in (14, 18, 27, 44, 62):
        assert f"Page {page} of the papers." in said
    assert "15. Adult Social Care Annual Quality Report 2016/17" in said
    assert said.count("The agenda prints no page.") == 1
    assert "13: 1 chairman, 1 vice-chair and 11 members" in said
    assert "5pm on 14 June 2017" in said
    assert said.count("What was decided is not in the documents.") == 6


def test_minutes_give_each_decision_in_its_words_with_the_votes():
    said = words(MARCH)
    assert "an overspend of £9.629m" in said
    assert "Votes: 9 for, 2 against, 4 abstained" in said
    assert "17: 1 member elected to the Chair and 16 members" in said
    march = Meeting.objects.get(slug="2017-03-06", committee__council__slug="norfolk")
    outcomes = march.items.values_list("number", "decisions__outcome")
    assert {number for number, outcome in outcomes if outcome} == {
        "2",
        "10",
        "11",
        "12",
        "13",
        "14",
    }


def test_nobody_is_named_in_minutes():
    said = words(MARCH) + words(JUNE)
    for name in ("Whitaker", "Gurney", "Watkins", "Chapman", "Czarnowska", "Spratt", "Borrett"):
        assert name not in said


def test_what_was_asked_for_says_that_nothing_is_known_of_what_came_of_it():
    said = words("/norfolk/meetings/asked-for/")
    assert "as at 19 June 2017" in said
    assert said.count("No later minutes are published, so nothing says what came of it.") == 10
    assert said.index("The day has passed") < said.index("Have a full set of targets in place")
    assert said.index("Have a full set of targets") < said.index("Still to come")


def test_what_came_back_stands_beside_what_was_asked_for(westshire):
    said = words("/westshire/meetings/asked-for/")
    late, to_come, done = (
        said.index(each) for each in ("The day has pas", "Still to come", "Done")
    )
    assert late < said.index("what each provider is paid") < to_come
    assert "Later minutes say nothing of it." in said
    assert done < said.index("Count how long carers wait")
    assert "Done, 18 November 2026: Of 212 carers assessed in the summer" in said


def test_nothing_is_late_before_its_day_though_a_later_agenda_is_published(westshire):
    said = words("/westshire/meetings/asked-for/")
    assert "as at 20 January 2027" in said
    assert said.index("Still to come") < said.index("Bring the review of transport")


def test_decisions_actions_and_questions_are_taken_away_as_tables():
    decisions = rows("/norfolk/meetings/decisions.csv")
    assert len(decisions) == 6 + 1 + 4 + 2 + 5 + 3 + 1
    (vote,) = [row for row in decisions if row["for"]]
    assert (vote["for"], vote["against"], vote["abstained"]) == ("9", "2", "4")
    assert len(rows("/norfolk/meetings/actions.csv")) == 10
    assert [row["asked_by"] for row in rows("/norfolk/meetings/questions.csv")] == [
        "Area Manager – East of England, the Stroke Association",
        "NANSA",
    ]
    answer = Client().get("/norfolk/meetings/actions.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet.max_row == 11


def test_an_action_says_in_the_download_why_nothing_is_known():
    (late,) = [row for row in rows("/norfolk/meetings/actions.csv") if row["state"] == "late"]
    assert late["due"] == "2017-05-31"
    assert late["due_as_said"] == "the May 2017 meeting"
    assert late["reported"].startswith("No later minutes are published")


def test_the_committee_has_the_name_of_its_day():
    said = words("/nottinghamshire/meetings/adult-social-care-and-public-health/2015-02-02/")
    assert "Adult Social Care and Health Committee Monday 2 February 2015" in said
    assert "also called Adult Social Care and Public Health Committee" in said


def test_a_download_that_is_not_there_is_not_found():
    assert Client().get("/norfolk/meetings/plans.csv").status_code == 404
    assert Client().get("/norfolk/meetings/adult-social-care/2017-07-10/").status_code == 404


def test_a_council_of_which_no_meeting_is_published_has_no_page_of_them(testshire):
    council = testshire()
    assert Client().get(f"/{council.slug}/meetings/").status_code == 404


def test_all_recommendations_of_the_documents_are_held():
    counted = {}
    for meeting in Meeting.objects.exclude(committee__council__slug="westshire"):
        for item in meeting.items.all():
            if number := item.recommendations.count():
                counted[str(meeting.day), item.number] = number
    assert counted == {
        ("2017-06-19", "10"): 1,
        ("2017-06-19", "11"): 2,
        ("2017-06-19", "12"): 2,
        ("2017-06-19", "13"): 4,
        ("2017-06-19", "14"): 1,
        ("2017-06-19", "15"): 2,
        ("2015-02-02", "4"): 5,
        ("2019-01-07", "6"): 4,
    }


def test_a_page_shows_what_was_frozen_and_not_the_records_since():
    item = Meeting.objects.get(slug="2017-06-19").items.get(number="14")
    item.title = "Something else"
    item.save()
    assert "14. Risk Management" in words(JUNE)
    assert "Something else" not in words(JUNE)


def test_a_search_finds_a_meeting_by_what_was_recommended_there():
    said = words("/nottinghamshire/projects/?search=capitated")
    assert "Adult Social Care and Health Committee, 2 February 2015" in said
    assert "The agenda of a meeting" in said
