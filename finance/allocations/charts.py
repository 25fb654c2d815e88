"""Charts of money. Each is a Plotly figure with the one sentence that it shows."""

from decimal import Decimal
from functools import lru_cache

from bcfportal.lib.charts import Chart, bars, chart_layout
from bcfportal.lib.money import short_pounds, short_unit
from bcfportal.lib.periods import financial_year_label
from bcfportal.lib.shares import share_words
from finance.allocations.calculations import CrossTab


@lru_cache(maxsize=256)
def allocations_by_year(by_year: CrossTab, accent: str, word: str, style: str) -> Chart | None:
    """Pounds by year, stacked by purpose, which ``word`` names; None for none.

    The sentence and the axis write money in ``style``, the council's own.
    """
    if not by_year.rows:
        return None
    years = [financial_year_label(year) for year in by_year.columns]
    most = max((total or Decimal(0) for total in by_year.totals[:-1]), default=Decimal(0))
    unit, letter = short_unit(most, style)
    traces = [
        bars(years, cells[:-1], name=f"{word} {condition}", place=place, accent=accent, unit=unit)
        for place, (condition, cells) in enumerate(by_year.rows)
    ]
    layout = chart_layout("£", letter, stacked=True)
    return Chart(finding(by_year, word, style), {"data": traces, "layout": layout})


def finding(by_year: CrossTab, word: str, style: str) -> str:
    """The sentence: the year with most money, how much, and the largest purpose's share."""
    totals = by_year.totals[:-1]
    most = max(range(len(totals)), key=lambda place: totals[place] or Decimal(0))
    condition, cells = max(by_year.rows, key=lambda row: row[1][-1] or Decimal(0))
    share = (cells[-1] or Decimal(0)) / (by_year.totals[-1] or Decimal(1)) * 100
    return (
        f"Most is allocated in {financial_year_label(by_year.columns[most])}: "
        f"{short_pounds(totals[most] or Decimal(0), style)}. {word} {condition} has "
        f"{share_words(share, 0)} of the money of all years."
    )
