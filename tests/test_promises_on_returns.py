"""What a project said would come stands on its next return: answered there, frozen with it."""

import csv
import io
from datetime import date

import pytest
from django.db import InternalError, transaction

from accounts.writing import wrote_any
from bcfportal.lib import clock
from demonstration.westshire.story import moment
from publishing.models import Snapshot
from publishing.promises import KEPT, MOVED
from publishing.workflow import NotNow
from returns.actions import submit
from returns.periods import open_period
from returns.promises.actions import answer_in_return, promise_in_return, promises_before
from returns.review import publish_period
from returns.transitions import RETURNS
from stated.models import PromiseAnswer, StatedPromise
from tests.every_form import filled
from tests.forms import forms_of
from tests.quarter import FULL, Quarter
from tests.text import words_of

pytestmark = pytest.mark.django_db
OFFICER = "performance officer"
AMBER = FULL["rating"] | {
    "rating": "amber",
    "cause": "Two vacancies.",
    "action": "Both posts are filled.",
    "action_owner": "Head of carers",
    "action_due": "15/12/2018",
    "difference_reason": "The vacancies.",
}


@pytest.fixture(autouse=True)
def in_november():
    with clock.stopped_at(moment(2018, 11, 5)):
        yield


def published(quarter, **changes):
    """Publishes the quarter with its return."""
    quarter.fill(**changes)
    submit(quarter.report.pk, **quarter.by("commissioner"))
    RETURNS.transition("approve", quarter.report.pk, **quarter.by(OFFICER))
    publish_period(quarter.period, **quarter.by(OFFICER))


@pytest.fixture
def following(quarter):
    """The quarter after one in which something was said to come."""
    published(quarter, rating=AMBER)
    with clock.stopped_at(moment(2019, 1, 20)):
        period = open_period(
            council=quarter.council,
            key="2018-19-q3",
            as_at=date(2018, 12, 31),
            opens=date(2019, 1, 2),
            due=date(2019, 1, 31),
            closes=date(2019, 2, 28),
            title="Report",
            by=quarter.people[OFFICER],
        )
        yield Quarter(quarter.council, quarter.project, period, quarter.people)


def answer_address(following):
    return following.address("answer-return-promise", "return", "2018-19-q2")


def answered(client, following, **typed):
    """Types it into the form of the promise as the commissioner, and sends that."""
    following.sign_in(client, "commissioner")
    address = answer_address(following)
    page = client.get(address)
    assert "Both posts are filled." in page.content.decode()
    form = next(form for form in forms_of(page, address) if "text" in form.boxes)
    return client.post(address, filled(form, typed))


def test_last_time_s_promise_stands_on_top_of_the_next_return_late_where_it_is(client, following):
    following.sign_in(client, "commissioner")
    page = words_of(client.get(following.address("return")).content.decode())
    said, sections = page.index("What you said would come"), page.index("Measures")
    assert said < sections
    assert "Both posts are filled. Report for Quarter 2 2018/19." in page
    assert "Head of carers, by 15 December 2018." in page
    assert "Late" in page[said:sections]


def test_what_is_answered_is_frozen_with_the_return_and_the_version_before_stays(client, following):
    response = answered(
        client, following, state=MOVED, text="Nobody applied.", when="early March 2019"
    )
    assert response.status_code == 302, response.content.decode()
    (line,) = promises_before(following.report)
    assert (line.when_now, line.when_first) == ("early March 2019", "15 December 2018")
    assert line.last_day == date(2019, 3, 10)
    # It is public with the return, not before.
    assert "Nobody applied" not in client.get("/testshire/promises/").content.decode()
    published(following)
    page = words_of(client.get("/testshire/promises/").content.decode())
    assert "Moved to early March 2019, Report for Quarter 3 2018/19: Nobody applied." in page
    assert "First: 15 December 2018" in page
    assert "Moved by Commissioner." in page
    before = client.get("/testshire/promises/?period=2018-19-q2&version=1").content.decode()
    assert "Both posts are filled." in before
    assert "Nobody applied" not in before
    project = words_of(client.get("/testshire/projects/project/").content.decode())
    assert "Said to come" in project
    assert "Moved to early March 2019, Report for Quarter 3 2018/19: Nobody applied." in project


def test_the_download_says_first_day_who_moved_it_and_why(client, following):
    answered(client, following, state=MOVED, text="Nobody applied.", when="early March 2019")
    published(following)
    answer = client.get("/testshire/promises/promises.csv")
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    (row,) = [row for row in rows if row["kind"] == "Project"]
    assert (row["first_when"], row["when"]) == ("15 December 2018", "early March 2019")
    assert (row["first_last_day"], row["last_day"]) == ("2018-12-15", "2019-03-10")
    assert (row["moved"], row["moved_by"], row["moved_why"]) == (
        *("1", "Commissioner", "Nobody applied."),
    )


def test_the_sheet_that_was_frozen_has_it(following):
    given = {"state": KEPT, "text": "Both began in December."}
    answer_in_return(following.report, "return/2018-19-q2", **given, **following.by("commissioner"))
    published(following)
    content = Snapshot.objects.filter(report=following.report).latest("number").content
    (promise,) = content["promises"]
    assert promise["what"] == "Both posts are filled."
    assert promise["answers"][0]["state"] == "kept"
    assert promise["answers"][0]["told_in"] == "Report for Quarter 3 2018/19"


def test_what_is_not_answered_is_passed_without_a_word(client, following):
    published(following)
    page = words_of(client.get("/testshire/promises/").content.decode())
    assert "Passed without a word: 1 thing" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"state": MOVED, "text": "Why."}, "Say to which date it is moved"),
        ({"state": MOVED, "text": "Why.", "when": "when we can"}, "Which day is meant by"),
        ({"state": MOVED, "text": "Why.", "when": "15 December 2018"}, "say another date"),
        ({"state": KEPT, "text": "Done.", "when": "March 2019"}, "goes with"),
        ({"state": KEPT, "text": ""}, "Say in a sentence what came of it"),
        ({"text": "Done."}, "Choose what became of it."),
    ],
)
def test_what_cannot_be_read_is_asked_about_and_kept_as_typed(client, following, typed, sentence):
    response = answered(client, following, **typed)
    assert response.status_code == 200
    page = response.content.decode()
    assert sentence in page
    assert typed["text"] in page
    assert not PromiseAnswer.objects.filter(told_in_return=following.report).exists()


def test_words_that_cannot_be_read_are_kept_with_the_last_day_that_they_can_mean(client, following):
    response = answered(
        client,
        following,
        state=MOVED,
        text="Why.",
        when="when the school year ends",
        last_day="19/7/2019",
    )
    assert response.status_code == 302
    answer = PromiseAnswer.objects.get(told_in_return=following.report)
    assert (answer.when_as_said, answer.last_day) == (
        *("when the school year ends", date(2019, 7, 19)),
    )


def test_nothing_is_said_in_a_return_that_is_submitted(following):
    following.submitted()
    with pytest.raises(NotNow):
        answer_in_return(
            following.report,
            "return/2018-19-q2",
            state=KEPT,
            text="Done.",
            **following.by("commissioner"),
        )


def test_what_is_said_again_in_the_return_takes_the_place_of_what_it_said(following):
    by = following.by("commissioner")
    for state, text in ((KEPT, "Done."), ("late", "Not done after all.")):
        answer_in_return(following.report, "return/2018-19-q2", state=state, text=text, **by)
    (line,) = promises_before(following.report)
    assert [answer.text for answer in line.answers] == ["Not done after all."]
    # What it said first is kept.
    assert PromiseAnswer.objects.filter(told_in_return=following.report).count() == 2


def test_who_answers_a_promise_does_not_approve_the_return(following):
    answer_in_return(
        following.report,
        "return/2018-19-q2",
        state=KEPT,
        text="Done.",
        **following.by("commissioner"),
    )
    report = following.submitted()
    assert wrote_any(report.report_ptr, following.people["commissioner"])


def test_what_a_return_says_will_come_is_asked_about_in_the_next(client, quarter):
    quarter.sign_in(client, "commissioner")
    promise = promise_in_return(
        quarter.report,
        what="A second group begins.",
        owner_post="Head of carers",
        when="spring",
        said=None,
        **quarter.by("commissioner"),
    )
    assert quarter.report.status == "draft"
    assert promise.of_return == quarter.report
    page = client.get(quarter.address("return")).content.decode()
    assert "Said to come with this return" in page
    assert "A second group begins." in page
    # It is of this return: there is nothing to answer yet.
    assert promises_before(quarter.report) == []
    assert "A second group" not in client.get("/testshire/promises/").content.decode()


def test_a_promise_and_what_was_said_of_it_never_change(following):
    answer_in_return(
        following.report,
        "return/2018-19-q2",
        state=KEPT,
        text="Done.",
        **following.by("commissioner"),
    )
    for change in (
        lambda: PromiseAnswer.objects.update(text="Another."),
        lambda: PromiseAnswer.objects.filter(told_in_return=following.report).delete(),
        lambda: StatedPromise.objects.update(what="Another."),
    ):
        with pytest.raises(InternalError, match="Cannot"), transaction.atomic():
            change()


def test_a_person_s_day_begins_with_what_they_said_would_come_and_is_late(client, following):
    following.sign_in(client, "commissioner")
    page = words_of(client.get("/testshire/returns/").content.decode())
    assert "What you said would come, and is late" in page
    assert "Both posts are filled. Project, by 15 December 2018." in page
    assert answer_address(following) in client.get("/testshire/returns/").content.decode()
    answered(client, following, state=KEPT, text="Both began.")
    page = words_of(client.get("/testshire/returns/").content.decode())
    assert "and is late" not in page
