"""Figures and words that pages once showed otherwise than the documents print them."""

import re

import pytest

from tests.text import read

pytestmark = pytest.mark.django_db


def test_the_budget_of_the_next_year_stands_on_the_page_with_every_area(client):
    """Table 4.2 of the finance paper, which only the file had."""
    words = read(client, "/norfolk/finance/")
    assert "Outturn 2016/17 Budget 2017/18" in words
    table = words[words.index("Outturn 2016/17 Budget 2017/18") :]
    assert "261.453 its lines come to 261.452" in table
    assert "Business Development 10.863 10.392 4.010" in table


def test_the_pages_of_money_are_not_named_after_a_fund_that_is_part_of_it(client):
    sent = client.get("/norfolk/finance/").content.decode()
    title = re.search(r"<title>(.*?)</title>", sent, re.S)[1]
    assert "Better Care Fund" not in title


def test_what_was_achieved_already_is_not_said_to_be_planned(client):
    words = read(client, "/nottinghamshire/savings/")
    year = words[words.index("Savings, 2019/20, £m") :]
    row = year[year.index("Targeted Reviews") :].partition("0.982")[2][:200]
    assert "Part of it reported" in row
    assert "Planned" not in row.partition("Part of it reported")[0]


def test_a_measure_that_is_still_to_be_found_has_its_target_not_yet_set(client):
    words = read(client, "/nottinghamshire/projects/sw-in-hospital-teams/")
    after = words[words.index("? Measure of admissions avoidance.") :][:250]
    assert "Not yet set" in after
    assert "No target" not in after


def test_the_footnote_on_profiled_targets_stands_beside_the_dashboard(client):
    words = read(client, "/norfolk/vital-signs/")
    assert "Because targets are 'profiled' over the year, and so change every month" in words
    assert "Expected to miss the target every time" not in words


def test_savings_are_counted_once_and_say_of_how_many_an_outturn_is_known(client):
    words = read(client, "/nottinghamshire/")
    assert "5 savings : as at 7 January 2019" in words
    assert "(1 of 2 with an outturn or forecast)" in words
    assert "6 savings" not in words
