"""What has happened since to the report that another is compared with, and what it gives now.

A report keeps the figures that it was compared with: they were signed with it. Where another
version of that report stands since, each of them that is another now is marked with what it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

import msgspec
from django.utils.timezone import localdate

from bcfportal.lib.money import million_pounds, millions
from bcfportal.lib.sentences import day_words
from finance.monitoring import content as plain
from finance.monitoring.content import Statement, period_label, versioned_label
from finance.monitoring.tree import Node, movement_word, tree, variance_word

NOTHING = "nothing"


class Listed(Protocol):
    """A version of a report, as lists have it."""

    @property
    def period(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def is_published(self) -> bool: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Since:
    """What has happened to the version of a report that another is compared with."""

    period: str
    version: int
    # The version that stands in its place; None where none does, or where it stands itself.
    current: int | None = None
    # When it was withdrawn, in words; nothing where it was not.
    withdrawn: str = ""

    def __bool__(self) -> bool:
        return bool(self.current or self.withdrawn)

    @property
    def label(self) -> str:
        """The version compared with: which one is said only where it stands no more."""
        if self and self.version == 1:
            return f"{period_label(self.period)}, version 1"
        return versioned_label(self.period, self.version) if self.period else ""

    @property
    def now_label(self) -> str:
        """The version that stands in its place."""
        if not self.current:
            return ""
        return f"{period_label(self.period)}, version {self.current}"

    @property
    def sentence(self) -> str:
        """The same in a sentence or two; nothing where it stands."""
        label = versioned_label(self.period, self.version) if self.period else ""
        beside = "What that gives otherwise stands beside the comparison."
        if self.withdrawn:
            said = (
                f"{label}, with which it is compared, was withdrawn on {self.withdrawn}. "
                "The comparison is shown as it was published."
            )
            return f"{said} {self.now_label} stands. {beside}" if self.current else said
        if self.current:
            return (
                f"{label}, with which it is compared, was corrected since: "
                f"{self.now_label} is the current version. {beside}"
            )
        return ""

    @property
    def name(self) -> str:
        """Tells apart the papers that are printed before and after it; nothing where it stands."""
        parts = ["withdrawn" * bool(self.withdrawn)]
        parts += [f"v{self.current}"] if self.current else []
        return "-".join(filter(None, parts))


def since_of(
    period: str,
    version: int,
    reports: Iterable[Listed],
    withdrawn: Iterable[Listed],
) -> Since:
    """What has happened to that version, from those that stand and those that are withdrawn.

    A version that was never public is replaced by a later one only.
    """
    gone = next(
        (
            day_words(localdate(report.withdrawn_at))
            for report in withdrawn
            if (report.period, report.version) == (period, version) and report.withdrawn_at
        ),
        "",
    )
    public = [
        report.version for report in reports if report.period == period and report.is_published
    ]
    stands = max(public, default=None)
    if stands is not None and stands <= version and not gone:
        stands = None
    return Since(period, version, stands, gone)


def figures_to_compare(statement: Statement) -> dict[str, dict[str, Any]]:
    """By area, what another report is compared with: fields of ``statement.Area``.

    What its source printed in fewer decimals than its lines is left out.
    """
    by_area = {}
    for node in tree(statement).walk():
        printed = [row.variance for row in node.rows if row.places >= plain.PLACES]
        by_area[node.slug] = {
            "previous_variance": node.own("variance"),
            "previous_budget": node.own("budget"),
            "previous_printed": list(
                dict.fromkeys(variance for variance in printed if variance is not None)
            ),
        }
    return by_area


_NONE: dict[str, Any] = {
    "previous_variance": None,
    "previous_budget": None,
    "previous_printed": [],
}


@dataclass(frozen=True)
class Compared:
    """An area beside the report compared with as it is now: what differs, in words for marks."""

    then: Node
    now: Node
    # The version that gives it now, in whole and beside a figure.
    label: str
    version: str

    @property
    def variance(self) -> str:
        then, now = self.then.previous_variance, self.now.previous_variance
        if _alike(then, now):
            return ""
        if now is None:
            return f"{NOTHING} in {self.version}"
        word = variance_word(now, income=self.then.is_income)
        return f"{millions(now)} {word} in {self.version}"

    @property
    def movement(self) -> str:
        now = self.now.movement
        if _alike(self.then.movement, now):
            return ""
        if now is None:
            return f"{NOTHING} since {self.version}"
        return f"{millions(now)} {movement_word(now)} since {self.version}"

    @property
    def budget(self) -> str:
        then, now = self.then.area.previous_budget, self.now.area.previous_budget
        if _alike(then, now):
            return ""
        return f"{NOTHING if now is None else millions(now)} at {self.label}"

    @property
    def sentence(self) -> str:
        """How the variance has moved by what stands now, where that is something else."""
        if not self.movement or self.now.movement is None:
            return ""
        word = movement_word(self.now.movement)
        if word == "no change":
            return f"There is no change since {self.label}."
        return f"It is {million_pounds(abs(self.now.movement))} {word} than at {self.label}."


def compared_now(root: Node, statement: Statement, since: Since) -> dict[str, Compared]:
    """Each area of the tree beside what the ``statement`` gives now, the version that stands."""
    figures = figures_to_compare(statement)
    named = since.now_label, f"version {since.current}"
    return {
        node.slug: Compared(node, _beside(node, figures.get(node.slug, _NONE)), *named)
        for node in root.walk()
    }


def _beside(node: Node, figures: dict[str, Any]) -> Node:
    return replace(node, area=msgspec.structs.replace(node.area, **figures))


def _alike(then: Any, now: Any) -> bool:
    """Whether both read the same: figures are shown in £ million."""
    if then is None or now is None:
        return then is now
    return millions(then) == millions(now)
