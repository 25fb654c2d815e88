# ruff: noqa: F811 - fixtures of another file
"""What a form is about was closed, approved or taken away meanwhile: said, and the words shown."""

import pytest

from finance.models import ChangeRequest, MonitoringReport, OptionForChange
from publishing.models import ReportingPeriod, Return
from tests.every_form import (
    COMMISSIONER,
    FINANCE,
    OFFICER,
    QUARTER,
    REPORT,
    RETURN,
    Place,
    Writes,
    filled,
    markers,
    open_forms,
)
from tests.test_every_form import numbers, opened, people, signed_in  # noqa: F401

pytestmark = pytest.mark.django_db


def close_period():
    ReportingPeriod.objects.filter(council__slug="westshire", key="2026-27-q3").update(
        status="closed"
    )


def approve_return():
    Return.objects.filter(project__slug="young-carers", period__key="2026-27-q3").update(
        status="submitted"
    )


def submit_report():
    MonitoringReport.objects.filter(council__slug="westshire", period="2026-27-m10").update(
        status="submitted"
    )


def withdraw_return():
    Return.objects.filter(project__slug="social-prescribing", period__key="2026-27-q3").update(
        status="draft"
    )


def withdraw_change():
    ChangeRequest.objects.filter(council__slug="westshire", number=4).update(status="withdrawn")


def agree_option():
    OptionForChange.objects.filter(
        council__slug="westshire", slug="shared-laundry-for-care-homes-of-the-council"
    ).update(status="draft")


ENDED = [
    *((COMMISSIONER, RETURN + f"{name}/", close_period) for name in ("measures", "spend")),
    *((COMMISSIONER, RETURN + f"{name}/", close_period) for name in ("performance", "rating")),
    *((COMMISSIONER, RETURN + f"{name}/", approve_return) for name in ("measures", "rating")),
    *((FINANCE, REPORT + f"{name}/", submit_report) for name in ("lines", "reserves", "capital")),
    (OFFICER, QUARTER + "social-prescribing/", withdraw_return),
    (FINANCE, "savings/changes/4/", withdraw_change),
    (OFFICER, "options/decide/shared-laundry-for-care-homes-of-the-council/", agree_option),
]


@pytest.mark.parametrize(
    ("who", "page", "end"), ENDED, ids=lambda value: getattr(value, "__name__", str(value))
)
def test_the_words_are_shown_to_copy_and_nothing_is_saved(opened, who, page, end):
    person, at = opened(Place(who, page))
    client = signed_in(person)
    form = open_forms(client, at)[0]
    typed = markers(form)
    # What is pasted goes into other boxes, in place of what is in them.
    typed.pop("block", None)
    end()
    with Writes() as writes:
        response = client.post(form.action, filled(form, typed))
    shown = response.content.decode()
    assert response.status_code == 409
    assert "What you typed" in shown
    assert not [word for word in typed.values() if word not in shown]
    assert writes.tables == []
