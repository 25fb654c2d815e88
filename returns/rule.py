"""What the rule says of a whole project, beside what is declared."""

from collections.abc import Iterable

from bcfportal.lib.ratings import Rating
from outcomes.project_measures.table import measure_table
from outcomes.rules import Rated
from returns.content import Sheet

# From best to worst.
ORDER = ("green", "amber", "red")


def ruled(sheet: Sheet) -> Rated | None:
    """What the rule says of the project: as kept by its return, or else from its results now."""
    if sheet.rule_reason:
        return Rated(Rating(sheet.rule_rating), sheet.rule_reason)
    return measure_table(sheet).rule


def better_than_rule(sheet: Sheet) -> Rated | None:
    """What the rule says, where the project is declared better than that; else None."""
    if sheet.described_only or sheet.rating not in ORDER:
        return None
    by_rule = ruled(sheet)
    if by_rule is None or by_rule.rating not in ORDER:
        return None
    return by_rule if ORDER.index(by_rule.rating) > ORDER.index(sheet.rating) else None


def declared_better(sheets: Iterable[Sheet]) -> list[tuple[Sheet, Rated]]:
    """The projects that are declared better than the rule, each with what the rule says."""
    return [(sheet, by_rule) for sheet in sheets if (by_rule := better_than_rule(sheet))]
