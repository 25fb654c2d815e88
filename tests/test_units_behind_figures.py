"""A unit behind a figure: the box's own is read everywhere, another is refused everywhere."""

from decimal import Decimal

import pytest

from bcfportal.lib.pasting.blocks import read_block
from finance.models import OptionForChange
from outcomes.entry.paste import propose
from outcomes.models import Measure, Target
from returns.actions import draft_of
from tests.month import LAST
from tests.savings import make_savings
from tests.test_notes_on_targets import IN_2017
from tests.test_plausibility import add, kept
from tests.test_savings_entry import option_form
from tests.text import words_of

pytestmark = pytest.mark.django_db
OTHERS = [
    ("jobs", "2,200 people"),
    ("jobs", "2200 cases"),
    ("jobs", "2200 clients"),
    ("jobs", "2200 days"),
    ("assessment beds", "22 assessment slots"),
    ("people", "371 cases"),
    ("days", "9.5 weeks"),
    ("days", "9 days or so"),
    ("", "2,200 clients"),
]
OWN = [
    ("jobs", "2,200 jobs", 2200),
    ("jobs", "1 job", 1),
    ("people", "371 clients", 371),
    ("service users", "266 people", 266),
    ("visits a month", "12 visits", 12),
    ("acute bed days", "597 days", 597),
    ("days", "9.5 working days", Decimal("9.5")),
    ("", "2,200 jobs", 2200),
]


def typed(quarter, unit, text):
    """The row of a measure in that unit with the text as its figure."""
    measure = add(quarter, text="New jobs in care homes", unit=unit, decimals=1)
    (row,) = [row for row in kept(quarter, measure, value=text).rows if row.measure == measure]
    return row


@pytest.mark.parametrize(("unit", "text"), OTHERS)
def test_a_figure_in_another_unit_is_refused_with_what_to_type(quarter, unit, text):
    row = typed(quarter, unit, text)
    assert row.value is None
    assert row.boxes["value"].error.startswith("Enter ")


@pytest.mark.parametrize(("unit", "text", "value"), OWN)
def test_a_figure_in_the_measure_s_own_unit_or_another_name_of_it_is_read(
    quarter, unit, text, value
):
    row = typed(quarter, unit, text)
    assert (row.value, row.errors) == (value, [])


def test_what_is_said_of_another_unit_gives_the_number_to_type(quarter):
    row = typed(quarter, "jobs", "2,200 people")
    said = row.boxes["value"].error
    assert said == "Enter the number in jobs: “2,200 people” is in people."


def test_the_unit_of_a_numerator_is_what_it_counts(quarter):
    counts = {"numerator_name": "People seen in time", "denominator_name": "All referrals"}
    measure = add(quarter, text="Seen in time", unit="%", **counts)
    rows = kept(quarter, measure, numerator="12 people", denominator="30 referrals").rows
    (row,) = [row for row in rows if row.measure == measure]
    assert (row.value, row.errors) == (40, [])
    rows = kept(quarter, measure, numerator="12 days", denominator="30 referrals").rows
    (row,) = [row for row in rows if row.measure == measure]
    assert "is in days" in row.boxes["numerator"].error


@pytest.mark.parametrize(("unit", "text"), [*OTHERS[:3], OTHERS[5]])
def test_a_pasted_figure_in_another_unit_is_left_out_and_said(quarter, unit, text):
    measure = add(quarter, text="New jobs in care homes", unit=unit)
    found = pasted(quarter, f"Measure\tValue\nNew jobs in care homes\t{text}")
    assert not [change for change in found.changes if str(measure.pk) in change.field]
    assert any(text in sentence for sentence in found.left_out), found


@pytest.mark.parametrize(("unit", "text", "value"), OWN[:6])
def test_a_pasted_figure_in_the_own_unit_is_placed(quarter, unit, text, value):
    add(quarter, text="New jobs in care homes", unit=unit)
    found = pasted(quarter, f"Measure\tValue\nNew jobs in care homes\t{text}")
    (change,) = found.changes
    assert change.then.replace(",", "") == str(value)


def pasted(quarter, text):
    of_return = draft_of(quarter.report).grid
    period = of_return.rows[0].when
    return propose(of_return, period, read_block(text), {}, council=quarter.council)


def in_jobs(month):
    Measure.objects.filter(slug="measure").update(unit="jobs", text="New jobs")
    Target.objects.filter(measure__slug="measure").update(value=900)


@pytest.mark.parametrize(("text", "value"), [("950 jobs", 950), ("950", 950)])
def test_a_target_may_have_the_measure_s_unit_behind_it(month, client, text, value):
    in_jobs(month)
    month.sign_in(client, "performance officer")
    sent = {f"value-{LAST.following.key}": text, "why": "Agreed."}
    assert client.post(IN_2017, sent).status_code == 302
    assert Target.objects.get(period=LAST.following.key).value == value


@pytest.mark.parametrize("text", ["950 people", "950 cases", "950 weeks"])
def test_a_target_in_another_unit_is_refused_with_what_to_type(month, client, text):
    in_jobs(month)
    month.sign_in(client, "performance officer")
    sent = {f"value-{LAST.following.key}": text, "why": "Agreed."}
    answer = client.post(IN_2017, sent)
    assert "Enter the number in jobs: " in words_of(answer.content.decode())
    assert not Target.objects.filter(period=LAST.following.key).exists()


@pytest.mark.parametrize(
    ("text", "fte"),
    [
        ("12 FTE", 12),
        ("12fte", 12),
        ("12.5 WTE", Decimal("12.5")),
        ("1 full-time equivalent", 1),
    ],
)
def test_a_box_of_staff_takes_the_words_for_full_time_equivalents(client, quarter, text, fte):
    make_savings(quarter)
    quarter.sign_in(client, "commissioner")
    sent = option_form(quarter.project.pk) | {"current_fte": text}
    assert client.post("/testshire/options/add/", sent).status_code == 302
    assert OptionForChange.objects.get(title="Do more").current_fte == fte


@pytest.mark.parametrize("text", ["12 people", "12 days", "12 hours"])
def test_a_box_of_staff_refuses_another_unit(client, quarter, text):
    make_savings(quarter)
    quarter.sign_in(client, "commissioner")
    sent = option_form(quarter.project.pk) | {"current_fte": text}
    answer = client.post("/testshire/options/add/", sent)
    assert "Enter the number in FTE: " in words_of(answer.content.decode())
