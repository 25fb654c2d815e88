"""The worked examples of docs/rules/variance.md, run."""

from decimal import Decimal

import pytest
from django.conf import settings

from bcfportal.lib.money import per_cent
from finance.monitoring.tree import beyond, percent, variance_word

TEXT = (settings.BASE_DIR / "docs" / "rules" / "variance.md").read_text()
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.splitlines()
    if line.startswith("|") and line[2] in "-0123456789" and not line.startswith("|---")
]


def test_the_examples_are_found():
    assert len(ROWS) == 11


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(row[:3]))
def test_the_example_comes_out_as_the_rule_says(row):
    budget, outturn, kind, tolerance, variance, word, share, far = row
    budget, outturn = Decimal(budget), Decimal(outturn)
    income = kind == "income"
    assert outturn - budget == Decimal(variance)
    assert variance_word(outturn - budget, income=income) == word
    found = percent(outturn - budget, budget, income=income)
    assert ("–" if found is None else per_cent(found)) == share
    assert beyond(outturn - budget, budget, Decimal(tolerance)) == (far == "yes")
