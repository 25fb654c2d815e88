"""A period that was opened by mistake and holds nothing can be removed; any other stays."""

import pytest
from django.db import InternalError, transaction

from publishing.models import PeriodEvent, RemovedPeriod, ReportingPeriod, Return
from publishing.workflow import NotNow
from returns.periods import remove_period

pytestmark = pytest.mark.django_db
WHY = {"action": "remove", "reason": "The wrong quarter."}


@pytest.fixture
def page(quarter):
    return f"/testshire/periods/{quarter.period.key}/"


def test_a_wrong_period_goes_with_its_returns_and_says_who_removed_it_and_why(
    client, quarter, page
):
    quarter.sign_in(client, "performance officer")
    assert "Remove the period" in client.get(page).content.decode()
    answer = client.post(page, WHY, follow=True)
    assert answer.redirect_chain[-1][0] == "/testshire/periods/"
    shown = answer.content.decode()
    assert "is removed. It was empty." in shown
    assert "The wrong quarter." in shown
    assert not ReportingPeriod.objects.filter(pk=quarter.period.pk).exists()
    assert not Return.objects.filter(period_id=quarter.period.pk).exists()


def test_a_period_in_which_somebody_typed_stays(client, quarter, page):
    quarter.fill()
    quarter.sign_in(client, "performance officer")
    assert "Remove the period" not in client.get(page).content.decode()
    answer = client.post(page, WHY)
    assert answer.status_code == 409
    assert (
        "Some of its returns have been started, so it cannot be removed." in answer.content.decode()
    )
    assert ReportingPeriod.objects.filter(pk=quarter.period.pk).exists()


def test_it_is_asked_why(client, quarter, page):
    quarter.sign_in(client, "performance officer")
    shown = client.post(page, {"action": "remove"}).content.decode()
    assert 'href="#id_remove_reason"' in shown
    assert 'id="id_remove_reason"' in shown
    with pytest.raises(NotNow):
        remove_period(quarter.period, reason=" ", by=quarter.people["performance officer"])


def test_the_timeline_of_a_period_with_returns_and_what_is_kept_of_removed_ones_never_change(
    quarter,
):
    kept = RemovedPeriod.objects.create(
        council=quarter.council,
        label="Quarter 1",
        by=quarter.people["performance officer"],
        at="2018-10-01T09:00Z",
        words="Wrong.",
    )
    for change in (PeriodEvent.objects.all().delete, kept.delete):
        with pytest.raises(InternalError), transaction.atomic():
            change()
