"""Figures stated in words that disagree with each other, or with the portal's own."""

import pytest

from programme.discrepancies import findings
from projects.models import Council
from publishing import registry
from stated.discrepancies import OWN, TWICE, disagreements
from stated.models import StatedFigure
from tests.stated import make_stated

pytestmark = pytest.mark.django_db


def test_figures_of_one_thing_that_cannot_both_be_meant_are_found(quarter):
    council = quarter.council
    make_stated(council)
    other = make_stated(council, value=850, qualifier="exact")
    (found,) = disagreements(council)
    assert (found.check, found.by) == (TWICE, "over 900 people is more than 900 people")
    assert found.second.text == "850 people"
    assert found.second.address == f"/testshire/stated/#figure-{other.number}"


@pytest.mark.parametrize(
    "change",
    [
        {"value": 950},
        {"value": 850, "thing": "Young carers"},
        {"value": 850, "what": "Known to the council"},
        {"value": 850, "area": "Northmoor"},
        {"value": 850, "per": "a year"},
        {"value": 850, "unit": "families"},
        {"value": 850, "first_day": "2017-01-01", "last_day": "2017-12-31"},
    ],
)
def test_figures_that_agree_or_are_of_different_things_are_not(quarter, change):
    make_stated(quarter.council)
    make_stated(quarter.council, **{"qualifier": "exact", **change})
    assert list(disagreements(quarter.council)) == []


def test_a_stated_figure_is_compared_with_the_portals_own_that_it_names():
    norfolk = Council.objects.get(slug="norfolk")
    inspected = "measures/providers-inspected/2017-03-01"
    assert list(disagreements(norfolk)) == []
    wrong = make_stated(
        norfolk,
        number=900,
        value=83,
        step=1,
        unit="%",
        thing="Providers",
        own_figure=inspected,
    )
    (found,) = disagreements(norfolk)
    assert (found.check, found.key) == (OWN, f"stated:{wrong.number}:{inspected}")
    assert found.first.text == "over 83%"
    assert found.second.text.startswith("82% (")
    assert found.second.source == "Annual quality report 2016/17, 19 June 2017, paragraph 2.2.1"
    assert found.by == "over 83% is more than 83%"


def test_every_own_figure_that_is_named_is_there():
    naming = StatedFigure.objects.exclude(own_figure="").select_related("council")
    assert len(naming) >= 10
    lost = [
        each.own_figure for each in naming if not registry.own_figure(each.council, each.own_figure)
    ]
    assert lost == []
    norfolk = Council.objects.get(slug="norfolk")
    budget = registry.own_figure(norfolk, "money/total-net-expenditure/next budget/2016-17")
    assert (budget.value, budget.text.startswith("£261.453m")) == (261_453_000, True)
    for name in ("", "measures/none/2016-17", "risks/rm019", "money/reserves/opening/2016-17"):
        assert registry.own_figure(norfolk, name) is None


def test_beds_that_are_52_on_one_page_and_54_on_another_are_a_finding():
    council = Council.objects.get(slug="nottinghamshire")
    found = [each.disagreement for each in findings(council) if each.part == "Stated figures"]
    assert [(each.about, each.first.text, each.second.text, each.by) for each in found] == [
        ("STIS Assessment Beds: Assessment beds provided", "54 beds", "52 beds", "apart by 2 beds")
    ]
