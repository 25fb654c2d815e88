"""Every number that reports ever gave for a figure that is held back: its words tell none of them.

A report may have been put right before the figure was held back, and its words left as they were.
So what is hidden in words is not only the value of that very report.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol, cast

import msgspec

from bcfportal.lib.text.told_numbers import ToldNumber
from publishing.models import Snapshot
from publishing.period_versions.content import HeldBack
from publishing.version_cache import sheets_by_fingerprint

# The numbers of each figure.
Given = Mapping[HeldBack, Collection[ToldNumber]]


class WithNumbers(Protocol):
    """A sheet that can say which numbers it gives for some of its figures."""

    def numbers_of(self, held_back: Collection[HeldBack]) -> Given: ...


def numbers_given(
    council: str, held: Iterable[tuple[str, Collection[HeldBack]]], kind: type[WithNumbers]
) -> dict[str, dict[HeldBack, set[ToldNumber]]]:
    """By slug of a project (or that of the council's measures), the numbers of these figures.

    ``council`` is its name in addresses, ``held`` has the figures by that slug, ``kind`` is what
    the reports hold. Of every report that was ever approved, published or not. Two queries at
    most, none where nothing is held back.
    """
    figures: dict[str, set[HeldBack]] = {}
    for slug, held_back in held:
        if held_back:
            figures.setdefault(slug, set()).update(held_back)
    if not figures:
        return {}
    rows = Snapshot.objects.filter(
        report__slug__in=set(figures), report__period__council__slug=council
    )
    marks = dict(rows.values_list("fingerprint", "report__slug"))
    given: dict[str, dict[HeldBack, set[ToldNumber]]] = {slug: {} for slug in figures}
    sheets: dict[str, Any] = sheets_by_fingerprint(marks, cast(type[msgspec.Struct], kind))
    for mark, sheet in sheets.items():
        slug = marks[mark]
        for figure, numbers in sheet.numbers_of(figures[slug]).items():
            given[slug].setdefault(figure, set()).update(numbers)
    return given
