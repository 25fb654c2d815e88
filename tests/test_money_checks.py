"""Every disagreement of the loaded documents that arithmetic finds, and none that is rounding."""

from decimal import Decimal

import pytest

from finance.allocations.discrepancies import short_total
from finance.monitoring.content import Other, Reserve, Row, Total
from finance.monitoring.discrepancies import of_statement
from programme.discrepancies import money as disagreements
from projects.models import Council
from tests.money import make_statement

pytestmark = pytest.mark.django_db

VARIANCE = "Variance is not outturn less budget"
PERCENT = "Per cent is not variance over budget"
TOTAL = "Lines do not add up to their printed total"
TWICE = "One figure has two values"
NORFOLK = {
    ("Older People, Outturn 2016/17", VARIANCE, "£0.091m"),
    ("Older People, Outturn 2016/17", PERCENT, "0.08 percentage points"),
    ("Independence Matters, Outturn 2016/17", VARIANCE, "£0.013m"),
    ("Total Purchase of Care: variance, Outturn 2016/17", TOTAL, "£0.091m"),
    ("Total Expenditure: budget, Outturn 2016/17", TOTAL, "£0.012m"),
    ("Capital programme: budget of 2017/18, Outturn 2016/17", TOTAL, "£0.091m"),
    ("Older People: variance, Outturn 2016/17", TWICE, "£0.090m"),
    ("Older People: variance, Outturn 2016/17", TWICE, "£0.387m"),
    ("Independence Matters: budget, Outturn 2016/17", TWICE, "£0.013m"),
    ("Corporate Business Risk Reserve: movement, Outturn 2016/17", TWICE, "£0.002m"),
    ("Purchase of Care: change on last year, Outturn 2016/17", TWICE, "£0.057m"),
    (
        "Release of Care Act funding that was not allocated to specific budgets: stated, "
        "Outturn 2016/17",
        TWICE,
        "£0.243m",
    ),
    ("Social Care and Finance Information System: all years, Outturn 2016/17", TWICE, "£0.090m"),
    ("Commissioning Total: variance, Month 10 of 2016/17", TOTAL, "£0.026m"),
    ("Total Net Expenditure: variance, Month 10 of 2016/17", TOTAL, "£0.024m"),
    ("Commissioned Services: variance, Month 10 of 2016/17", TWICE, "£0.076m"),
}


def of_council(slug):
    return list(disagreements(Council.objects.get(slug=slug)))


def test_all_that_disagrees_in_norfolks_paper_is_found_and_nothing_else():
    found = of_council("norfolk")
    assert {(one.about, one.check, one.by) for one in found} == NORFOLK
    assert len(found) == len(NORFOLK)
    assert len({one.key for one in found}) == len(found)
    for one in found:
        assert one.first.source
        assert one.second.source
        assert one.first.address.startswith("/norfolk/finance/?report=")


def test_keys_stay_the_same_from_one_run_to_the_next():
    assert [one.key for one in of_council("norfolk")] == [one.key for one in of_council("norfolk")]


def test_one_nottinghamshire_project_does_not_make_its_printed_total():
    (found,) = of_council("nottinghamshire")
    assert found.about == "SW in Hospital Teams"
    assert (found.first.text, found.second.text) == ("£2.1M", "3 allocations of £2,237,532")
    assert found.by == "£137,532"


@pytest.mark.parametrize("slug", ["norfolk", "nottinghamshire"])
def test_the_checks_take_a_constant_number_of_queries(slug, django_assert_max_num_queries):
    council = Council.objects.get(slug=slug)
    with django_assert_max_num_queries(5):
        list(disagreements(council))


def make_row(area="a", table="Table", **figures):
    names = (
        *("budget", "outturn", "variance", "percent"),
        *("last_year_actual", "last_year_variance", "next_budget"),
    )
    values = {name: Decimal(figures[name]) if name in figures else None for name in names}
    return Row(
        table=table,
        label=area,
        area=area,
        part_of="",
        percent_places=figures.get("places", 1),
        source=table,
        **values,
    )


AREAS = (("all", "", None, None), ("a", "all", 1_000_000, 1_000_000), ("b", "all", 0, 0))


def checks(*rows, **fields):
    found = of_statement(make_statement(*AREAS, rows=list(rows), **fields))
    return [(one.check, one.by) for one in found]


@pytest.mark.parametrize(
    ("variance", "expected"), [(101_500, []), (101_600, [(VARIANCE, "£0.002m")])]
)
def test_a_variance_may_be_three_halves_of_a_thousand_off(variance, expected):
    assert checks(make_row(budget=1_000_000, outturn=1_100_000, variance=variance)) == expected


def test_a_per_cent_may_be_off_by_what_rounding_allows():
    fine = {"budget": 1_000_000, "variance": 100_000}
    # 0.05 of its own, and 0.055 that the rounded variance and budget allow.
    assert checks(make_row(**fine, percent="10.1")) == []
    assert checks(make_row(**fine, percent="10.2")) == [(PERCENT, "0.2 percentage points")]


def test_a_total_may_be_off_by_half_a_thousand_for_each_part_and_itself():
    parts = [make_row(budget=1_000_000), make_row("b", budget=1_000_000)]
    assert checks(*parts, make_row("all", budget=2_001_500)) == []
    assert checks(*parts, make_row("all", budget=2_002_000)) == [(TOTAL, "£0.002m")]


def test_a_total_without_all_of_its_parts_is_not_compared():
    assert checks(make_row(budget=1_000_000), make_row("all", budget=5_000_000)) == []
    blank = make_row("b", outturn=1)
    assert checks(make_row(budget=1_000_000), blank, make_row("all", budget=5_000_000)) == []


def test_two_printings_agree_within_the_rounding_of_both():
    def twice(budget, value, places):
        other = Other("area", "a", "budget", Decimal(value), places, "words", "Text")
        return checks(make_row(budget=budget), others=[other])

    assert twice(1_049_000, 1_000_000, 1) == []
    assert twice(1_051_000, 1_000_000, 1) == [(TWICE, "£0.051m")]
    assert twice(1_001_000, 1_000_000, 3) == []
    assert twice(1_002_000, 1_000_000, 3) == [(TWICE, "£0.002m")]


def test_balances_and_totals_of_reserves():
    line = Reserve("r", "R", "", "reserves", Decimal(1000), None, Decimal(2000), Decimal(4500))
    total = Total(
        "reserves", 2018, "Total", Decimal(1000), Decimal(2000), Decimal(4500), None, None
    )
    assert checks(reserves=[line], totals=[total]) == []
    off = Total("reserves", 2018, "Total", Decimal(4000), None, None, None, None)
    assert checks(reserves=[line], totals=[off]) == [(TOTAL, "£0.003m")]
    wrong = Reserve("r", "R", "", "reserves", Decimal(1000), None, Decimal(2000), Decimal(5000))
    ((check, by),) = checks(reserves=[wrong])
    assert (check, by) == (
        "Opening balance and movement do not add up to the closing balance",
        "£0.002m",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.9M", (1_900_000, 50_000)),
        ("1M", (1_000_000, 500_000)),
        ("237K", (237_000, 500)),
        ("£2,500", (2_500, Decimal("0.5"))),
        ("500k", (500_000, 500)),
        ("about 2M", None),
        ("", None),
    ],
)
def test_a_printed_short_total_and_half_of_its_last_digit(text, expected):
    assert short_total(text) == expected
