"""Money and funds on the pages of money, as the council's own settings have them."""

import json
import re

from projects.models import Fund
from tests.text import words_of
from tests.westshire.shown import markup, page

MONEY = "finance/allocations/"


def test_the_sentence_above_the_chart_writes_money_as_the_cards_do(westshire, client):
    words = page(client, MONEY)
    assert re.search(r"Most is allocated in 2026/27: £[\d.]+m\.", words)
    assert not re.search(r"£[\d.]+[MK]\b", words)


def test_the_axis_of_the_chart_writes_money_as_the_cards_do(westshire, client):
    drawn = re.search(r'<script id="chart-data".*?>(.*?)</script>', markup(client, MONEY), re.S)
    figure = json.loads(drawn[1])
    assert figure["layout"]["yaxis"]["ticksuffix"] == "m"
    for series in figure["data"]:
        for height, pounds in zip(series["y"], series["customdata"], strict=True):
            assert height == (None if pounds is None else pounds / 1_000_000)


def test_funds_stand_on_the_page_of_money_in_the_order_of_the_council_s_list(westshire, client):
    names = list(westshire.funds.values_list("name", flat=True))
    slugs = list(westshire.funds.values_list("slug", flat=True))
    assert slugs != sorted(slugs)
    _stand_in_order(client, names)
    Fund.objects.filter(pk=westshire.funds.last().pk).update(order=0)
    _stand_in_order(client, [names[-1], *names[:-1]])


def _stand_in_order(client, names):
    rows, columns, spending = _funds(client)
    assert rows == columns == names
    places = [[names.index(name) for name in row.split(" and ")] for row in spending]
    assert len(places) > 2
    assert places == sorted(places)


def _funds(client):
    """The funds' names where funds are rows, where they are columns, and in the table of spend."""
    tables = re.findall(r"<table.*?</table>", markup(client, MONEY), re.S)
    rows, columns, spending = (
        next(table for table in tables if caption in words_of(table))
        for caption in ("By fund and year, £", "By objective and fund, £", "By fund, £")
    )
    return _heads(rows, "row")[:-1], _heads(columns, "col")[1:-1], _heads(spending, "row")


def _heads(table, scope):
    return [words_of(each) for each in re.findall(rf'<th scope="{scope}".*?</th>', table, re.S)]
