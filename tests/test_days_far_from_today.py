"""A day more than two years from today is asked about in every form, and refused in none."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from bcfportal.lib import clock
from bcfportal.lib.forms import OfADay
from bcfportal.lib.plausible import far_days
from finance.monitoring.forms import AboutForm, NewReportForm
from returns.actions import draft_of
from returns.entry_forms import RatingForm
from tests.test_typed_values import our_forms
from tests.text import read, words_of
from typed.asking import AsksAboutDays

pytestmark = pytest.mark.django_db
TODAY = date(2017, 5, 2)


@pytest.mark.parametrize(
    ("day", "beside", "is_far"),
    [
        (date(2019, 5, 2), (), False),
        (date(2019, 5, 4), (), True),
        (date(2015, 5, 2), (), False),
        (date(2015, 4, 30), (), True),
        (date(2020, 1, 1), (date(2019, 1, 1),), False),
    ],
)
def test_two_years_is_far_unless_the_day_belongs_to_an_old_period(day, beside, is_far):
    assert bool(far_days({"By when": day}, TODAY, beside)) is is_far


def test_every_form_with_a_box_for_a_day_asks_about_it():
    # The first is kept as it is typed, and asks in its own section; of the others the day is one of
    # the period.
    own = (RatingForm, NewReportForm, AboutForm)
    with_days = [
        form
        for form in our_forms()
        if any(isinstance(field, OfADay) for field in form.base_fields.values())
    ]
    assert len(with_days) > 10
    assert [form for form in with_days if not issubclass(form, (AsksAboutDays, *own))] == []


def test_an_action_of_a_report_card_is_asked_about_and_who_checks_reads_it(month, client):
    with clock.stopped_at(datetime(2017, 5, 2, 12, tzinfo=UTC)):
        month.fill()
        due, right = month.card_field("0-due"), month.card_field("0-due-right")
        cards = dict(draft_of(month.report).typed("cards"))
        month.type("cards", **cards | {due: "30/6/2071"})
        asked = "By when: 30 June 2071 is more than two years from today."
        problems = dict(draft_of(month.report).problems("cards"))
        assert problems[right].endswith(f"{asked} Is this right?")
        month.sign_in(client, "commissioner")
        at = ["testshire", month.period.key, "vital-signs"]
        page = client.get(reverse("reporting:section", args=[*at, "cards"])).content.decode()
        assert asked in words_of(page)
        assert 'value="yes: 2071-06-30"' in page
        month.type("cards", **cards | {due: "30/6/2071", right: "yes: 2071-06-30"})
        assert draft_of(month.report).problems("cards") == []
        month.sign_in(client, "performance officer")
        review = read(client, reverse("reporting:review", args=at))
        assert f"{asked} Said to be right." in review
        month.type("cards", **cards | {due: "30/6/2072", right: "yes: 2071-06-30"})
        assert right in dict(draft_of(month.report).problems("cards"))
