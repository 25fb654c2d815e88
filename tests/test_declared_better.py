"""What is declared better than the rule is the same on page, on paper and in the overviews."""

import re

import pytest

from tests.text import printed_in, read, squeezed

pytestmark = pytest.mark.django_db
COUNCIL = "/nottinghamshire"
CONNECT = "Of 45 rated results, 20 red and 1 amber: a third or more red"
BRIGHTER = "Of 14 rated results, 8 red and 1 amber: a third or more red"
PAIRS = (
    "Declared better than the rule: 2. Connect is declared amber and by the rule is red; "
    "Brighter Futures is declared green and by the rule is red."
)


def test_the_overview_counts_what_is_declared_better_with_the_pair_side_by_side(client):
    attention = read(client, f"{COUNCIL}/").partition("What needs attention")[2]
    connect = f"Amber Connect By the rule: Red {CONNECT}."
    brighter = f"Green Brighter Futures By the rule: Red {BRIGHTER}."
    assert f"Declared better than the rule: 2 {connect} {brighter}" in attention


@pytest.mark.parametrize("name", ["progress-update", "summary-overview"])
def test_the_paper_counts_what_is_declared_better_as_the_overview_does(client, name):
    assert squeezed(PAIRS) in printed_in(client, f"{COUNCIL}/reports/{name}.pdf")


def test_the_summary_overview_has_both_ratings_side_by_side(client):
    printed = printed_in(client, f"{COUNCIL}/reports/summary-overview.pdf")
    assert printed.count("Bytherule:Red") == 2


@pytest.mark.parametrize("slug", ["brighter-futures", "connect", "moving-forward"])
def test_the_paper_of_a_project_says_of_the_rule_what_its_page_says(client, slug):
    words = read(client, f"{COUNCIL}/projects/{slug}/")
    said = re.search(r"By the rule: (Green|Amber|Red) (.*?\.) It takes account only of", words)
    paper = printed_in(client, f"{COUNCIL}/projects/{slug}.pdf")
    assert squeezed(f"By the rule: {said[1]}. {said[2]}") in paper


def test_what_a_return_kept_of_the_rule_is_on_its_paper(westshire, client):
    words = read(client, "/westshire/projects/transfer-of-care-hub/")
    said = re.search(r"By the rule: (Amber|Red) (.*?\.) Why it is declared otherwise: ", words)
    paper = printed_in(client, "/westshire/projects/transfer-of-care-hub.pdf")
    assert squeezed(f"By the rule: {said[1]}. {said[2]}") in paper
    pair = f"Transfer of care hub is declared green and by the rule is {said[1].lower()}"
    assert squeezed(pair) in printed_in(client, "/westshire/reports/progress-update.pdf")
