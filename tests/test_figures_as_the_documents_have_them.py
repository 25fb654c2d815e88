"""Figures and words that pages once showed otherwise than the documents print them."""

import re

import pytest

from tests.text import printed_in, read, squeezed, words_of

pytestmark = pytest.mark.django_db


def test_the_budget_of_the_next_year_stands_on_the_page_with_every_area(client):
    """Table 4.2 of the finance paper, which only the file had."""
    words = read(client, "/norfolk/finance/")
    assert "Outturn 2016/17 Budget 2017/18" in words
    table = words[words.index("Outturn 2016/17 Budget 2017/18") :]
    assert "261.453 its lines come to 261.452" in table
    assert "Business Development 10.863 10.392 4.010" in table


def test_the_budget_of_the_next_year_stands_in_the_paper_with_every_area(client):
    """Every line of the table that the page has is in the PDF, with the same figures."""
    page = client.get("/norfolk/finance/").content.decode()
    head = re.search(r"<th[^>]*>Budget 2017/18</th>", page)
    table = page[: page.index("</table>", head.end())][page.rindex("<table", 0, head.start()) :]
    rows = [words_of(each) for each in re.findall(r"<tr.*?</tr>", table, re.S)[1:]]
    assert len(rows) == 15
    printed = printed_in(client, "/norfolk/reports/finance.pdf")
    heads = "Budget2016/17Outturn2016/17Budget2017/18"
    after = printed[printed.index(heads) :]
    for row in rows:
        name, *figures = re.split(r" (?=\(?\d+\.\d{3})", row.partition(" its lines come to ")[0])
        assert len(figures) == 3
        # Beside a printed total stands what its lines come to.
        between = r"(itslinescometo\(?[\d.]+\)?)?"
        wanted = [re.escape(squeezed(words)) for words in (name, *figures)]
        assert re.search(between.join(wanted), after), row


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


def test_the_counts_of_ratings_say_how_many_vital_signs_they_leave_out(client):
    """Two of Norfolk's fifteen have no figure of March 2017."""
    assert "5 Red 1 Green 7 Not rated 2 without a figure for the month itself" in read(
        client, "/norfolk/"
    )
