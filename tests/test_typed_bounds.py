"""What people type has bounds, each with a sentence, and what is too long is still in its box."""

import pytest

from bcfportal.lib.text.bounds import MOST_IN_BOX, MOST_IN_NOTES, MOST_IN_SECTION
from finance.models import MonitoringReport
from publishing.models import ReturnEvent
from tests.html_forms import form_of
from tests.pasted import open_screen
from tests.seen import seen_on
from tests.text import words_of

pytestmark = pytest.mark.django_db


def test_the_boxes_of_a_section_are_bounded_together(client):
    address, typed, _ = open_screen(client, "connect")
    page = client.get(address).content.decode()
    fields = [name for name in form_of(page, "place").fields if name.endswith("-comment")]
    long = dict.fromkeys(fields[:20], "x" * (MOST_IN_SECTION // 20 + 1))
    response = client.post(address, {"version": "0", **long})
    assert response.status_code == 409
    assert "The boxes of this section hold 500,020 characters together" in words_of(
        response.content.decode()
    )
    assert typed() == {}


def test_one_box_of_a_money_grid_is_bounded(client):
    address, typed, _ = open_screen(client, "lines")
    response = client.post(
        address, {"version": "0", "commissioning-explanation": "x" * (MOST_IN_BOX + 1)}
    )
    assert response.status_code == 409
    assert "A box holds 100,001 characters" in words_of(response.content.decode())
    assert typed() == {}


@pytest.mark.parametrize("box", ["words", "note-performance"])
def test_a_note_that_stays_for_good_is_bounded(client, quarter, box):
    quarter.submitted()
    quarter.sign_in(client, "performance officer")
    response = client.post(
        quarter.address("review"),
        {"action": "send back", box: "x" * (MOST_IN_NOTES + 1)}
        | seen_on(client, quarter.address("review")),
    )
    assert response.status_code == 409
    assert "5,001 characters, more than can be kept" in words_of(response.content.decode())
    assert not ReturnEvent.objects.filter(report=quarter.report, action="send back").exists()


def test_a_note_of_the_longest_length_is_kept(client, quarter):
    quarter.submitted()
    quarter.sign_in(client, "performance officer")
    words = "x" * MOST_IN_NOTES
    read = seen_on(client, quarter.address("review"))
    sent = {"action": "send back", "note-performance": words} | read
    client.post(quarter.address("review"), sent)
    assert ReturnEvent.objects.get(report=quarter.report, action="send back").asked == {
        "performance": words
    }


def test_words_of_a_finance_report_are_never_cut_in_silence(client):
    address, *_ = open_screen(client, "lines")
    at = address.removesuffix("lines/")
    MonitoringReport.objects.filter(period="2017-18-m02").update(status="submitted")
    sent = {"action": "withdraw", "words": "x" * 5_001} | seen_on(client, at)
    response = client.post(at, sent)
    assert response.status_code == 409
    assert "5,001 characters" in words_of(response.content.decode())
    assert MonitoringReport.objects.get(period="2017-18-m02").status == "submitted"
