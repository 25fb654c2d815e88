"""Figures of monitoring for pages: £ million, per cents, and a bar from a central line."""

from decimal import Decimal

from django import template
from django.utils.html import format_html

from bcfportal.lib import money
from finance.monitoring.compared import Compared
from finance.monitoring.tree import Node, movement_word

register = template.Library()
NOTHING = "–"
# A row that has no area of the period before gives a template an empty text.
_NONE = (None, "")


@register.filter
def millions(amount):
    """Pounds as £ million with three decimals, brackets for negatives, a dash for none."""
    return NOTHING if amount in _NONE else money.millions(amount)


@register.filter
def million_size(amount):
    """The same without its sign, for sentences that have the word: "an overspend of £4.399m"."""
    return NOTHING if amount is None else money.million_pounds(abs(amount))


@register.filter
def per_cent(value):
    """A per cent with one decimal, brackets for negatives, a dash where it is undefined."""
    return NOTHING if value is None else money.per_cent(value)


register.filter("movement_word", movement_word)


@register.simple_tag
def beside(node, figure):
    """What the portal works out of a figure, under the one that is printed, where they differ."""
    text = node.beside(figure)
    return format_html('<span class="portal-table__detail">{}</span>', text) if text else ""


@register.simple_tag
def was_before(node, was):
    """The variance in the version that this one corrects, where it was another, with its word."""
    old = was.get(node.slug) if was else None
    if old is None or old.variance is None or old.variance == node.variance:
        return ""
    text = f"it was {money.millions(old.variance)} {old.word}"
    return format_html('<span class="portal-table__detail">{}</span>', text)


@register.simple_tag
def now_given(compared: dict[str, Compared] | str, node: Node, figure: str) -> str:
    """A figure of the report compared with as it is given now, where it is another since."""
    area = compared.get(node.slug) if isinstance(compared, dict) else None
    text = getattr(area, figure) if area else ""
    return format_html('<span class="portal-table__detail">Now {}</span>', text) if text else ""


@register.inclusion_tag("finance/monitoring/variance_bar.html")
def variance_bar(value, largest):
    """A bar to the right of a central line for a positive ``value``, to the left for a negative."""
    share = Decimal(value or 0) / Decimal(largest) * 50 if largest else Decimal(0)
    start = min(share, Decimal(0)) + 50
    return {"start": f"{start:.1f}", "width": f"{abs(share):.1f}", "adverse": share > 0}
