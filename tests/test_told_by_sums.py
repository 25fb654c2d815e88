"""Which held-back figures anyone can work out from the others: the rule, case by case."""

from decimal import Decimal

import pytest

from bcfportal.lib.periods import Period
from outcomes.told_by_sums import Figure, told_by_sums

NOVEMBER, OCTOBER = Period(2026, month=8), Period(2026, month=7)
HELD_BACK = "held back: small number"
LOCALITIES = ("", "Eastvale", "Northmoor", "Southmoor", "Wold")


def figure(period, segment, said, **more):
    """What is said of a segment: "12", "12/30" for a share of counts, or a reason for none."""
    kind = "locality" if segment else ""
    more = {"kind": kind, "name": segment, "unit": "people"} | more
    if "/" in said:
        numerator, denominator = map(Decimal, said.split("/"))
        value = numerator / denominator * 100 if denominator else None
        counts = {"value": value, "numerator": numerator, "denominator": denominator}
        return Figure(
            period, "reported", segment, is_ratio=True, **(more | {"unit": "%"}), **counts
        )
    if said.replace(".", "").replace("-", "").isdigit():
        return Figure(period, "reported", segment, value=Decimal(said), **more)
    status = {"held": HELD_BACK, "nil": "nil return", "wrong": "reported"}.get(said, said)
    return Figure(period, status, segment, **more)


def row(line, period=NOVEMBER, **more):
    """The figures of a period: of the whole first, then of each locality."""
    said = [text.strip() for text in line.split("|")]
    names = LOCALITIES[: len(said)]
    if any("/" in text for text in said):
        more = {"is_ratio": True, "unit": "%"} | more
        return [
            figure(period, name, text, **(more if "/" not in text else {}))
            for name, text in zip(names, said, strict=True)
        ]
    return [figure(period, name, text, **more) for name, text in zip(names, said, strict=True)]


def told(figures):
    """What is told: (segment, period's key) of each."""
    return [(each.figure.segment, each.figure.period.key) for each in told_by_sums(figures)]


@pytest.mark.parametrize(
    ("line", "segments"),
    [
        # Of counts: the one part that is held back, or the whole.
        ("40 | 12 | held | 11 | 14", ["Northmoor"]),
        ("held | 12 | 3 | 11 | 14", [""]),
        ("40 | 12 | held | nil | 14", ["Northmoor"]),
        # Two that are held back tell nothing.
        ("40 | 12 | held | held | 14", []),
        ("held | 12 | held | 11 | 14", []),
        # Another part is not known: not due, not yet there, left blank, lost, wrong.
        ("40 | 12 | held | not due | 14", []),
        ("40 | 12 | held | not yet available | 14", []),
        ("40 | 12 | held | wrong | 14", []),
        ("40 | 12 | held | illegible in the source | 14", []),
        ("not yet available | 12 | held | 11 | 14", []),
        # Nothing is held back.
        ("40 | 12 | 3 | 11 | 14", []),
        ("40 | 12 | not yet available | 11 | 14", []),
        # The parts that are known are more than the whole: they do not add up.
        ("30 | 12 | held | 11 | 14", []),
        # Of shares by their counts.
        ("313/400 | 90/100 | held | 80/100 | 60/90", ["Northmoor"]),
        ("313/400 | 90/100 | held | held | 60/90", []),
        ("held | 90/100 | 83/110 | 80/100 | 60/90", [""]),
        # A single part need not be all that there is.
        ("40 | held", []),
    ],
)
def test_a_part_or_the_whole_is_told_by_all_the_others(line, segments):
    assert told(row(line)) == [(segment, NOVEMBER.key) for segment in segments]


def test_shares_without_their_counts_add_up_to_nothing():
    figures = row("78.3 | 90 | held | 80 | 66.7", unit="%", is_ratio=True)
    assert told(figures) == []


def test_a_numerator_and_a_denominator_are_told_each_for_itself():
    figures = row("313/400 | 90/100 | held | 80/100 | 60/90")
    (both,) = told_by_sums(figures)
    assert both.quantities == ("numerator", "denominator")


@pytest.mark.parametrize(
    ("line", "is_told"),
    [
        # They came to the whole before.
        ("38 | 12 | 4 | 10 | 12", True),
        # They did not: who is in two is counted twice.
        ("30 | 12 | 4 | 10 | 12", False),
        # Nobody knows: one was not there.
        ("38 | 12 | not due | 10 | 12", True),
    ],
)
def test_whether_parts_add_up_is_what_they_did_before(line, is_told):
    figures = row("40 | 12 | held | 11 | 14") + row(line, OCTOBER)
    assert told(figures) == ([("Northmoor", NOVEMBER.key)] if is_told else [])


def test_rounded_parts_add_up_within_their_rounding():
    before = row("1.3 | 0.4 | 0.4 | 0.4 | 0.2", OCTOBER, unit="£ million")
    now = row("1.4 | 0.4 | held | 0.4 | 0.3", unit="£ million")
    assert told(before + now) == [("Northmoor", NOVEMBER.key)]
    averages = row("5.1 | 5.3 | 4.8 | 5.2 | 5.1", OCTOBER, unit="days")
    assert told(averages + row("held | 5.3 | 5.3 | 5.2 | 5.1", unit="days")) == []


def test_figures_in_another_unit_are_not_added():
    figures = row("40 | 12 | held | 11 | 14")
    hours = figure(NOVEMBER, "Wold", "14", unit="hours")
    assert told([*figures[:-1], hours]) == []


def test_segments_of_two_kinds_are_two_sums():
    providers = [
        figure(NOVEMBER, name, said, kind="provider")
        for name, said in (("Acre Care", "30"), ("Beck Homes", "held"))
    ]
    assert told(row("40 | 12 | 3 | 11 | 14") + providers) == [("Beck Homes", NOVEMBER.key)]


def test_what_is_told_tells_the_next():
    """The providers tell the whole, and the whole tells the locality."""
    providers = [
        figure(NOVEMBER, name, said, kind="provider")
        for name, said in (("Acre Care", "30"), ("Beck Homes", "10"))
    ]
    figures = row("held | 12 | held | 11 | 14") + providers
    assert told(figures) == [("", NOVEMBER.key), ("Northmoor", NOVEMBER.key)]


def quarters(year, *said, **more):
    periods = (Period(2026), *(Period(2026, number) for number in (1, 2, 3, 4)))
    return [
        figure(period, "", text, **more)
        for period, text in zip(periods, (year, *said), strict=False)
    ]


@pytest.mark.parametrize(
    ("said", "period"),
    [
        (("40", "12", "held", "11", "14"), "2026-27-q2"),
        (("held", "12", "3", "11", "14"), "2026-27"),
        (("40", "12", "held", "held", "14"), None),
        (("40", "12", "held", "not due", "14"), None),
        (("40", "12", "held", "11"), None),
        # As it stood at the end of each quarter.
        (("14", "12", "held", "11", "14"), None),
    ],
)
def test_a_quarter_is_told_by_its_year_and_the_other_quarters(said, period):
    assert told(quarters(*said)) == ([("", period)] if period else [])


def test_of_what_is_added_up_since_april_only_the_same_end_tells():
    """What was counted in the quarters before is part of each; the year is its last quarter."""
    added_up = {"is_added_up": True}
    assert told(quarters("40", "12", "held", "31", "40", **added_up)) == []
    assert told(quarters("40", "12", "20", "31", "held", **added_up)) == [("", "2026-27-q4")]
    month = [figure(Period(2026, month=9), "", "held", **added_up)]
    quarter = [figure(Period(2026, 3), "", "31", **added_up)]
    assert told(month + quarter) == [("", "2026-27-m09")]


def test_a_month_is_told_by_its_quarter():
    months = [
        figure(Period(2026, month=number), "", said)
        for number, said in ((7, "10"), (8, "held"), (9, "12"))
    ]
    assert told([*months, figure(Period(2026, 3), "", "25")]) == [("", NOVEMBER.key)]
