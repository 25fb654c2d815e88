"""A committee's decision that was recorded wrongly: asked about, and taken back."""

import pytest
from django.urls import reverse

from bcfportal.lib import clock
from outcomes.models import FollowUp
from outcomes.vital_signs.decisions import decisions_at
from tests.text import read, words_of

pytestmark = pytest.mark.django_db


def address(name, *more):
    return reverse(f"reporting:{name}", args=["testshire", "measure", *more])


def test_a_decision_is_taken_back_with_a_reason_and_the_public_page_says_so(month, client):
    record = FollowUp.objects.get(measure=month.measure())
    month.sign_in(client, "performance officer")
    back = address("take-decision-back", record.pk)
    assert back in client.get("/testshire/exceptions/").text
    refused = client.post(back, {"why": " "})
    assert "Say why it is taken back." in words_of(refused.text)
    assert client.post(back, {"why": "Of another committee."}).status_code == 302
    page = client.get("/testshire/exceptions/").text
    assert back not in page
    assert address("report-back", record.pk) not in page
    answer = client.post(address("report-back", record.pk), {"outcome": "Done."}, follow=True)
    assert "That decision was taken back" in answer.text
    assert "is already taken back" in client.get(back, follow=True).text
    client.logout()
    words = read(client, "/testshire/exceptions/")
    assert "Agreed." in words
    assert "by the Performance officer: Of another committee." in words
    assert "Overdue." not in words
    assert decisions_at(month.council.pk, clock.now()) == []
    assert len(decisions_at(month.council.pk, record.recorded_at)) == 1


def test_a_meeting_before_the_end_of_the_month_that_is_reported_is_asked_about(month, client):
    month.sign_in(client, "performance officer")
    FollowUp.objects.all().delete()
    action = month.council.follow_up_actions.get()
    typed = {"action": action.pk, "decision": "So.", "owner": "Head"}
    for name, year in (("decided_on", 2016), ("due", 2017)):
        typed |= {f"{name}_0": 19, f"{name}_1": 6, f"{name}_2": year}
    page = words_of(client.post(address("follow-up"), typed).text)
    assert "The meeting was on 19 June 2016, before the end of the month that is reported" in page
    assert not FollowUp.objects.exists()
    typed["days_are_right"] = "yes: 2016-06-19 2017-06-19"
    assert client.post(address("follow-up"), typed).status_code == 302
