"""Words and figures for pages: money, figures with units, found words, and the period kept."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from bcfportal.lib import money
from bcfportal.lib.figures import figure as figure_words
from bcfportal.lib.periods import financial_year_label
from bcfportal.lib.ratings import Rating
from bcfportal.lib.sentences import counted, with_article
from bcfportal.lib.text.searching import FOUND_END, FOUND_START
from bcfportal.lib.versions import Correction, folded

register = template.Library()
_MARKS = {
    "in": "<ins>{}</ins>",
    "out": "<del>{}</del>",
    "gap": '<span class="portal-gap">{}</span>',
}
register.filter("pounds", money.pounds)
register.filter("short_pounds", money.short_pounds)
register.filter("financial_year", financial_year_label)
register.filter("folded", folded)
register.simple_tag(figure_words, name="figure")


@register.filter
def whole_number(amount):
    """Pounds with no sign, for a column whose head has it: 144798 -> "144,798"."""
    return money.pounds(amount).replace("£", "")


@register.filter("counted")
def counted_noun(number, nouns):
    """The number, or how many there are, with its noun: 1|counted:"entry,entries" -> "1 entry"."""
    singular, _, plural = nouns.partition(",")
    return counted(number if isinstance(number, int) else len(number), singular, plural)


@register.filter
def post_at(person: Any, moment: datetime) -> str:
    """The post that whoever did something held when it was done: event.by|post_at:event.at."""
    return person.post_at(moment) if person else ""


@register.filter
def as_corrections(rows: Iterable[Any], named: bool = False) -> list[Correction]:
    """What rows of versions, or of what is public of them, correct; ``named`` by their projects."""
    said = [getattr(row, "corrected", row) for row in rows]
    return [public.named_correction if named else public.correction for public in said]


@register.filter
def article(word):
    """The noun with its article: "outturn" -> "an outturn"."""
    return with_article(word)


@register.filter
def lookup(mapping, key):
    """The value of a key that a template holds in a variable."""
    return mapping.get(key, "")


@register.filter
def highlighted(text):
    """The text, escaped, with the words that a search found in <mark>."""
    escaped = str(conditional_escape(text))
    marked = escaped.replace(FOUND_START, "<mark>").replace(FOUND_END, "</mark>")
    return mark_safe(marked)  # noqa: S308 - escaped above; only our own tags are added


@register.filter
def paragraphs(text):
    """The text, escaped, a paragraph for each of its lines."""
    lines = [line.strip() for line in str(text).splitlines() if line.strip()]
    return format_html_join("\n", '<p class="govuk-body">{}</p>', ((line,) for line in lines))


@register.filter
def marked_piece(piece: tuple[str, str]) -> SafeString:
    """A piece of a change, (kind, words): put in, taken out, left out or as before."""
    kind, text = piece
    return format_html(_MARKS.get(kind, "{}"), text)


@register.filter
def marked(pieces: list[tuple[str, str]]) -> SafeString:
    """A changed text with its marks, in one: what its line ends are, is the text's own."""
    return format_html_join("", "{}", ((marked_piece(piece),) for piece in pieces))


@register.inclusion_tag("components/rating.html")
def rating(value):
    """The rating's tag: shape and word."""
    return {"rating": Rating(value)}


@register.filter
def label_of_rating(value):
    """The word of a rating without its shape and colour."""
    return Rating(value).label


@register.inclusion_tag("components/shown_rating.html")
def shown_rating(sheet):
    """The rating of a project as a version shows it: one of an earlier period says so, in grey."""
    return {"rating": Rating(sheet.rating), "sheet": sheet}


@register.inclusion_tag("components/bar.html")
def bar(value, largest):
    """A bar as long as ``value`` is of ``largest``; it repeats a figure that stands beside it."""
    share = Decimal(value or 0) / Decimal(largest) if largest else Decimal(0)
    return {"percent": f"{share * 100:.1f}"}


@register.simple_block_tag
def error_box(content: SafeString, *title: object, announced: bool = True) -> SafeString:
    """What is wrong, on top of a page, under a title of these parts or "There is a problem".

    It is announced and takes the focus, but where it was there before.
    """
    heading = "".join(map(str, title)) or "There is a problem"
    given = {"content": content, "title": heading, "announced": announced}
    return render_to_string("components/error_box.html", given)


@register.simple_block_tag
def notes(content: SafeString, title: str, *, id: str = "", wide: bool = False) -> SafeString:
    """Notes beside the text. Where its title has no id, the title is the label."""
    given = {"content": content, "title": title, "id": id, "wide": wide}
    return render_to_string("components/notes.html", given)


@register.inclusion_tag("components/breadcrumb_trail.html")
def breadcrumb_trail(here: object, *steps: str) -> dict[str, object]:
    """Where a page stands: its name, and the address and label of each step by turns.

    A step without a label is left out.
    """
    pairs = zip(steps[::2], steps[1::2], strict=True)
    return {"here": here, "steps": [(address, label) for address, label in pairs if label]}


@register.simple_tag(takes_context=True)
def keep(context, **changes):
    """The query string of this page with some values changed; None or "" takes one away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag(takes_context=True)
def in_period(context):
    """The query that keeps a page's period and version in its links; nothing for the current."""
    asked = context["request"].GET if "programme" in context else {}
    kept = {name: asked.get(name, "") for name in ("period", "version") if asked.get(name)}
    return f"?{urlencode(kept)}" if kept else ""


@register.simple_tag(takes_context=True)
def in_month(context):
    """The query that keeps the month and version of the measures; nothing for the latest."""
    asked = context["request"].GET if "vital_signs" in context else {}
    kept = {name: asked.get(name, "") for name in ("month", "version") if asked.get(name)}
    return f"?{urlencode(kept)}" if kept else ""
