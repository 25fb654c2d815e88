"""Every box that will be published is shown to who submits it and to who approves it.

The frozen content is walked, so that a field added to it cannot be forgotten.
"""

import re
from datetime import date
from decimal import Decimal

import msgspec
import pytest

from bcfportal.lib.figures import figure
from bcfportal.lib.money import pounds
from bcfportal.lib.periods import financial_year_label, period_of
from bcfportal.lib.ratings import Rating
from publishing.models import Return
from publishing.promises import PromiseLine
from returns.actions import draft_of
from returns.review import current_sheet
from tests.text import words_of
from tests.westshire.measures import LAST, return_of
from tests.westshire.project_pages import Q1, Q2, Q3, report
from tests.westshire.shown import markup, page, signed_in

pytestmark = pytest.mark.django_db
# Fields that are no words of a page: what the portal knows the content by, and settings.
KNOWN_BY = {
    "schema", "period", "slug", "kind", "position", "status", "number", "contents_page",
    "direction", "decimals", "multiplier", "spend_year", "source",
    # Settings, which the reasons of the rule print.
    "tolerance", "tolerance_kind",
    # Providers are shown by their names.
    "provider_slugs",
    # The place among the purposes: printed before its title.
    "condition_number",
}  # fmt: skip
# What belongs to measures is held figure by figure below; a declared rating of a figure is one
# that a document printed, and no return has a box for it.
BY_FIGURE = {"measures"}
# Shown on the check page of a project: what has a box in the return.
BOXES = (
    *("performance", "summary_performance", "rating", "rating_text", "forecast_rating"),
    *("difference_reason", "cause", "action", "action_owner", "action_due"),
    *("spend_to_date", "spend_forecast", "variance_reason"),
)
RETURNS = [
    ("settling-in", Q1),
    ("falls-prevention", Q2),
    ("transfer-of-care-hub", Q2),
    ("bridging-care", Q2),
    ("neighbourhood-teams", Q2),
    ("carers-emergency-plan", Q2),
    ("step-down-beds", Q3),
    ("tablets-at-home", Q3),
    ("reablement", Q3),
]


def without_what_went(client, where):
    """The words of a page without those that are struck through, and the arrow after them."""
    went = r'<del>.*?</del>(<span class="portal-gap">.*?</span>)?'
    left = re.sub(went, "", markup(client, where), flags=re.S)
    # What came in may be a part of a word: "52%" in "52%,".
    return words_of(re.sub(r"</?ins>", "", left))


def in_words(name, value):
    """A value of the content in the words of a page; nothing where it says nothing."""
    if value in (None, "", [], False, msgspec.UNSET) or name in KNOWN_BY | BY_FIGURE:
        return []
    if isinstance(value, bool):
        return ["Nothing but the spend to date has changed"]
    if name.endswith("rating") and value in Rating.values:
        return [Rating(value).label]
    if isinstance(value, date):
        return [f"{value.day} {value:%B %Y}"]
    if name == "share_percent":
        return [f"{value.normalize():f}%"]
    if name == "year":
        return [financial_year_label(value)]
    if isinstance(value, Decimal):
        return [pounds(value)]
    if isinstance(value, list):
        return [words for each in value for words in in_words(name, each)]
    if isinstance(value, PromiseLine):
        return [words_of(value.in_words)]
    if isinstance(value, msgspec.Struct):
        return [words for key in value.__struct_fields__ for words in of_field(value, key)]
    return [words_of(str(value))]


def of_field(struct, name):
    # Of a fund the name is shown; its slug and short name stand for it elsewhere.
    if type(struct).__name__ == "FundName" and name != "name":
        return []
    return in_words(name, getattr(struct, name))


def figures_of(sheet):
    """The words of each figure of the sheet's own period."""
    for measure in sheet.measures:
        for result in measure.results:
            if result.period != sheet.period:
                continue
            yield measure.text
            yield from filter(None, (measure.heading, result.segment, result.provider))
            if result.value is None:
                yield result.status.capitalize()
            else:
                yield figure(result.value, result.unit, measure.decimals)
            for part in (result.numerator, result.denominator):
                yield from filter(None, [figure(part)])
            yield from filter(None, map(str.strip, result.note.splitlines()))
            target = measure.target_in(result.period)
            if target and target.value is not None:
                yield figure(target.value, measure.unit, measure.decimals)


@pytest.mark.parametrize(("slug", "key"), RETURNS)
def test_the_officer_is_shown_all_that_is_published(westshire, client, slug, key):
    signed_in(client, "performance")
    sheet = current_sheet(report(westshire, slug, key))
    shown = without_what_went(client, f"quarter/{key}/{slug}/")
    wanted = [words for name in sheet.__struct_fields__ for words in of_field(sheet, name)]
    wanted += list(figures_of(sheet))
    assert len(wanted) > 20
    assert [words for words in wanted if " ".join(words.split()) not in shown] == []


@pytest.mark.parametrize(("slug", "key"), RETURNS)
def test_the_commissioner_is_shown_all_that_is_typed(westshire, client, slug, key):
    signed_in(client, "performance")
    sheet = current_sheet(report(westshire, slug, key))
    shown = page(client, f"returns/{key}/{slug}/check/")
    wanted = [words for name in BOXES for words in of_field(sheet, name)] + list(figures_of(sheet))
    assert [words for words in wanted if " ".join(words.split()) not in shown] == []


def test_each_field_of_a_return_is_walked(westshire):
    """What the record of a return holds beyond its state is a box or is listed above."""
    state = {
        *(
            "id",
            "report_ptr",
            "slug",
            "project",
            "period",
            "status",
            "changed_by",
            "changed_at",
            "source",
            "note",
        ),
        *("rule_rating", "rule_reason", "unchanged"),
    }
    fields = {field.name for field in Return._meta.get_fields() if field.concrete}
    assert fields - state == set(BOXES)


@pytest.mark.parametrize("where", ["quarter/{}/vital-signs/", "returns/{}/vital-signs/check/"])
def test_a_month_is_shown_with_its_parts_and_comments(westshire, client, where):
    signed_in(client, "performance-lead.westshire" if "returns" in where else "performance")
    found = return_of(westshire, LAST)
    sheet, shown = current_sheet(found), page(client, where.format(LAST))
    names, wanted = {each.slug: each.name for each in sheet.segments}, []
    typed = {
        (row.measure.slug, row.segment.slug if row.segment else "")
        for row in draft_of(found).grid.rows
    }
    for measure in sheet.measures:
        for each in measure.figures:
            if each.period != sheet.period or (measure.slug, each.segment) not in typed:
                continue
            wanted += [measure.name, names.get(each.segment, ""), *each.note.splitlines()]
            if each.value is not None:
                wanted.append(figure(each.value, measure.unit, measure.decimals))
            target = measure.target_in(period_of(each.period))
            if target and target.value is not None:
                wanted.append(figure(target.value, measure.unit, measure.decimals))
        for card in measure.cards:
            if card.period == sheet.period:
                said = (card.explains, card.success, card.budget_reason, card.risk_reason)
                wanted += [*said, *(part for a in card.actions for part in (a.text, a.owner))]
    assert len(wanted) > 100
    assert [words for words in wanted if " ".join(words.split()) not in shown] == []
