"""Officers write down what papers and meetings said would come, and what became of it."""

from datetime import date

import pytest

from bcfportal.lib import clock
from demonstration.westshire.story import moment
from publishing.promises import DROPPED, KEPT, MOVED
from publishing.workflow import NotNow
from returns.review import publish_period
from returns.transitions import RETURNS
from stated.actions import record_answer
from stated.models import PromiseAnswer, StatedPromise
from tests.every_form import filled
from tests.forms import forms_of
from tests.stated import make_promise
from tests.text import words_of

pytestmark = pytest.mark.django_db
OFFICER = "performance officer"
SAID = {
    "about": "Carers’ strategy",
    "what": "The strategy is published.",
    "owner": "Head of strategy",
    "when": "early February",
    "said_in": "Cabinet, 8 October 2018",
    "said_on": "8/10/2018",
}


@pytest.fixture(autouse=True)
def in_november():
    with clock.stopped_at(moment(2018, 11, 5)):
        yield


def send(client, quarter, address, **typed):
    quarter.sign_in(client, OFFICER)
    page = client.get(address)
    form = next(form for form in forms_of(page, address) if len(form.boxes) > 1)
    return client.post(address, filled(form, typed))


def test_what_was_said_is_as_vague_as_it_was_said(client, quarter):
    assert send(client, quarter, "/testshire/promises/add/", **SAID).status_code == 302
    promise = StatedPromise.objects.get(council=quarter.council)
    assert promise.when_as_said == "early February"
    assert (promise.first_day, promise.last_day) == (date(2019, 2, 1), date(2019, 2, 10))
    assert promise.recorded_by == quarter.people[OFFICER]
    page = words_of(client.get("/testshire/promises/work/").content.decode())
    assert "Carers’ strategy: The strategy is published." in page


def test_what_cannot_be_read_is_asked_about(client, quarter):
    answer = send(client, quarter, "/testshire/promises/add/", **SAID | {"when": "when it is done"})
    assert answer.status_code == 200
    assert "Which day is meant by “when it is done”?" in answer.content.decode()
    assert not StatedPromise.objects.filter(council=quarter.council).exists()


def test_it_is_public_once_a_report_is_published_after_it(client, quarter):
    send(client, quarter, "/testshire/promises/add/", **SAID)
    client.logout()
    page = client.get("/testshire/promises/").content.decode()
    assert "The strategy is published." not in page
    with clock.stopped_at(moment(2018, 11, 6)):
        report = quarter.submitted()
        RETURNS.transition("approve", report.pk, **quarter.by(OFFICER))
        publish_period(quarter.period, **quarter.by(OFFICER))
        page = client.get("/testshire/promises/").content.decode()
    assert "The strategy is published." in page
    assert "early February" in page


def test_what_is_moved_keeps_its_day_and_is_told_at_a_meeting(client, quarter):
    promise = make_promise(quarter.council)
    told = {"told_in": "Cabinet", "told_on": "5/11/2018", "text": "It takes longer."}
    address = f"/testshire/promises/{promise.number}/"
    answer = send(client, quarter, address, state=MOVED, when="spring 2019", **told)
    assert answer.status_code == 302, answer.content.decode()
    moved = PromiseAnswer.objects.get(promise=promise)
    assert (moved.last_day, moved.told_in, moved.by_post) == (
        *(date(2019, 5, 31), "Cabinet", "Performance officer"),
    )
    promise.refresh_from_db()
    assert promise.last_day == date(2018, 3, 31)
    page = words_of(client.get(address).content.decode())
    assert "Moved to spring 2019, Cabinet: It takes longer." in page


def test_nothing_more_is_said_of_what_is_done_or_dropped(quarter):
    promise = make_promise(quarter.council)
    told = {"promise": promise, "text": "Why.", "told_in": "Cabinet", "by": quarter.people[OFFICER]}
    record_answer(state=DROPPED, **told)
    with pytest.raises(NotNow, match="done or dropped"):
        record_answer(state=KEPT, **told)
    assert PromiseAnswer.objects.filter(promise=promise).count() == 1


def test_a_promise_of_a_project_is_answered_in_its_return_and_not_here(client, quarter):
    promise = make_promise(quarter.council, project=quarter.project)
    quarter.sign_in(client, OFFICER)
    assert client.get(f"/testshire/promises/{promise.number}/").status_code == 404
