"""The rules of pools, weights and alerts: docs/rules/partnerships.md, with its examples."""

from decimal import Decimal

import pytest

from partnerships.rules import Money, a_head, alerts, short_of, sums, weights_missing


def money(amount, *, year=2026, basis="gross", word="exact"):
    return Money(year, basis, word, Decimal(amount))


def test_only_exact_amounts_of_one_year_and_basis_are_added():
    every = [
        *(money(600), money(400), money(50, word="about")),
        *(money(70, basis="net"), money(8, year=2027)),
    ]
    found = [(each.year, each.basis, each.total, each.left_out) for each in sums(every)]
    assert found == [
        (2026, "gross", Decimal(1000), 1),
        (2026, "net", Decimal(70), 0),
        (2027, "gross", Decimal(8), 0),
    ]


@pytest.mark.parametrize(
    ("budget", "contributions", "short"),
    [
        (money(1000), [money(600), money(400)], 0),
        (money(1000), [money(600), money(399)], 1),
        (money(1000), [money(600), money(401)], -1),
        # Of another basis, another year, or not exact: it cannot be said.
        (money(1000), [money(600), money(400, basis="net")], 400),
        (money(1000), [money(1000, basis="net")], None),
        (money(1000), [money(1000, year=2027)], None),
        (money(1000), [money(600), money(400, word="about")], None),
        (money(1000, word="over"), [money(1000)], None),
        (money(1000), [], None),
    ],
)
def test_contributions_make_the_pool_or_fall_short_of_it(budget, contributions, short):
    found = short_of(budget, contributions)
    assert found == (None if short is None else Decimal(short))


@pytest.mark.parametrize(
    ("weights", "missing"),
    [
        ([40, 35, 25], 0),
        ([40, 35, 24], 1),
        ([40, 35, 26], -1),
        ([40, None], 60),
        ([None, None], None),
        ([], None),
    ],
)
def test_weights_make_a_hundred_or_say_what_they_lack(weights, missing):
    given = [None if weight is None else Decimal(weight) for weight in weights]
    assert weights_missing(given) == (None if missing is None else Decimal(missing))


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ({}, []),
        ({"committed": 1000, "forecast": 1000, "savings": 50, "savings_made": 50}, []),
        ({"committed": 1001}, [("over commitment", 1)]),
        ({"forecast": 1001}, [("overspend", 1)]),
        ({"forecast": 999}, [("underspend", 1)]),
        ({"savings": 50, "savings_made": 49}, [("under delivery", 1)]),
        ({"savings": 50}, []),
        ({"committed": 1002, "forecast": 998}, [("over commitment", 2), ("underspend", 2)]),
    ],
)
def test_partners_are_told_of_what_goes_otherwise_than_the_budget(figures, told):
    given = {name: Decimal(figure) for name, figure in figures.items()}
    assert alerts(Decimal(1000), **given) == [(name, Decimal(by)) for name, by in told]


def test_a_budget_a_head_is_to_the_penny_and_of_nobody_there_is_none():
    assert a_head(Decimal(1000), 3) == Decimal("333.33")
    assert a_head(Decimal(1000), None) is None
    assert a_head(Decimal(1000), 0) is None
