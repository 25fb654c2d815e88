"""Words and figures of savings: £ millions, shortfalls with their word, states as tags."""

from decimal import Decimal

from django import template

from bcfportal.lib import money
from bcfportal.lib.money import pounds
from bcfportal.lib.sums import sum_complete
from finance.models import ChangeRequest, OptionForChange, Saving, TemporaryPost
from finance.savings.content import year_words

register = template.Library()
register.filter("year_words", year_words)

_COLOURS = {
    "draft": "grey",
    "requested": "yellow",
    "put forward": "yellow",
    "agreed": "green",
    "refused": "red",
    "withdrawn": "grey",
}
_LABELS = {
    value: label
    for choices in (ChangeRequest.Status, OptionForChange.Status, TemporaryPost.Status)
    for value, label in choices.choices
}


@register.filter
def millions(amount):
    """Pounds as £m with three decimals for a column whose head says so; a dash for none."""
    if amount is None:
        return "–"
    return money.millions(Decimal(amount))


@register.filter
def short_words(amount):
    """The word beside a shortfall: "short", "over" or "on target"; nothing where none is known."""
    if amount is None:
        return ""
    if amount == 0:
        return "on target"
    return "short" if amount > 0 else "over"


@register.filter
def size(amount):
    """The amount without its sign, where a word beside it says which way."""
    return None if amount is None else abs(amount)


@register.filter
def plain_pounds(amount):
    """Whole pounds; a dash for none."""
    return "–" if amount is None else pounds(amount)


@register.filter
def of_row(by_row, row):
    """What a dict by (saving, year) has of a row; None where it has nothing."""
    return by_row.get((row.saving.slug, row.figures.year)) if by_row else None


@register.filter
def sentence(text):
    """The words with a full stop, unless they end in a mark of their own."""
    text = str(text).rstrip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


@register.filter
def kind_words(value):
    return Saving.Kind(value).label


@register.filter
def state_words(value):
    return _LABELS.get(value, value)


@register.filter
def state_colour(value):
    return _COLOURS.get(value, "grey")


@register.filter
def option_rows(option):
    """(words, figure of each year, total, is FTE) for the table of an option's years.

    A total that its source prints stands as printed; an option made here has none, and its
    totals are sums of its years.
    """

    def total_of(name, stated):
        if stated is not None or not option.written_here:
            return stated
        return sum_complete(getattr(year, name) for year in option.years)

    names = (
        ("Gross saving", "gross", option.total_gross),
        ("Less loss of income", "lost_income", None),
        ("Less costs of reprovision", "reprovision", None),
        ("Net saving", "net", option.total_net),
    )
    costs = (("Capital costs", "capital", None), ("Revenue costs", "revenue", None))
    return {
        "savings": [
            (
                label,
                [getattr(year, name) for year in option.years],
                total_of(name, total),
                name == "net",
            )
            for label, name, total in names
        ],
        "costs": [
            (label, [getattr(year, name) for year in option.years], total_of(name, None))
            for label, name, _ in costs
        ],
        "staff": [year.fte for year in option.years],
        "nothing": "–" if option.written_here else "[…]",
    }
