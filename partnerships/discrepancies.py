"""Data checks: pools that do not add up, weights that are not 100, what is decided twice."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from django.urls import reverse

from bcfportal.lib.discrepancies import Discrepancy, Place
from bcfportal.lib.money import pounds
from bcfportal.lib.sentences import counted, day_words
from partnerships import rules
from partnerships.collect import make_arrangement
from partnerships.content import (
    ArrangementContent,
    FrameworkContent,
    PoolContent,
    ProgrammeContent,
)
from partnerships.models import Arrangement
from projects.models import Council

POOL = "What partners put in does not make the pool"
SHARES = "Shares of a risk do not make 100 %"
WEIGHTS = "Weights of outcomes do not make 100 %"
MEASURE = "An outcome has no measure"
TWICE = "A function is decided twice"


def disagreements(council: Council) -> Iterator[Discrepancy]:
    """All of the council's arrangements, as the records are now."""
    for arrangement in Arrangement.objects.filter(council=council).select_related("council"):
        yield from disagreements_in(make_arrangement(arrangement, 0))


def disagreements_in(content: ArrangementContent) -> Iterator[Discrepancy]:
    """Of one arrangement."""
    if content.pool:
        yield from _pool(content, content.pool)
    if content.framework:
        yield from _framework(content, content.framework)
    if content.programme:
        yield from _programme(content, content.programme)


def _pool(content: ArrangementContent, pool: PoolContent) -> Iterator[Discrepancy]:
    for budget in pool.budgets:
        if short := pool.short_of(budget):
            total = budget.amount - short
            yield Discrepancy(
                f"partnerships:pool:{content.slug}:{budget.year}:{budget.basis}",
                POOL,
                f"{content.title}, {budget.year_label}",
                _place(content, f"the pool is {pounds(budget.amount)}", budget.source),
                _place(content, f"contributions come to {pounds(total)}"),
                pounds(abs(short)),
            )
    for event, lines in pool.shares_by_event:
        lacks = rules.weights_missing([line.share for line in lines])
        if lacks:
            yield Discrepancy(
                f"partnerships:shares:{content.slug}:{event}",
                SHARES,
                f"{content.title}, {event}",
                _place(content, "all shares are 100 %"),
                _place(content, f"they come to {_plain(rules.WHOLE - lacks)} %", lines[0].source),
                f"{_plain(abs(lacks))} percentage points",
            )


def _framework(content: ArrangementContent, framework: FrameworkContent) -> Iterator[Discrepancy]:
    if lacks := framework.weights_missing:
        said = f"they come to {_plain(rules.WHOLE - lacks)} %"
        unweighted = sum(line.weight is None for line in framework.outcomes)
        without = f", {counted(unweighted, 'outcome')} without a weight" if unweighted else ""
        yield Discrepancy(
            f"partnerships:weights:{content.slug}",
            WEIGHTS,
            content.title,
            _place(content, "all weights are 100 %"),
            _place(content, f"{said}{without}", framework.source),
            f"{_plain(abs(lacks))} percentage points",
        )
    for line in framework.outcomes:
        if not line.measures:
            yield Discrepancy(
                f"partnerships:measure:{content.slug}:{line.statement[:80]}",
                MEASURE,
                f"{content.title}: {line.statement}",
                _place(content, "the outcome is wanted", line.source),
                _place(content, "nothing says whether it comes about"),
                "no measure",
            )


def _programme(content: ArrangementContent, programme: ProgrammeContent) -> Iterator[Discrepancy]:
    for line in programme.functions:
        in_force = line.in_force
        for first, other in pairwise(in_force):
            yield Discrepancy(
                f"partnerships:function:{content.slug}:{line.order}:{other.order}",
                TWICE,
                f"{content.title}: {line.name}",
                _place(content, f"{first.decision}, {day_words(first.decided_on)}", first.source),
                _place(content, f"{other.decision}, {day_words(other.decided_on)}", other.source),
                "neither replaces the other",
            )
    names: dict[str, int] = {}
    for line in programme.functions:
        known = names.setdefault(line.name.casefold(), line.order)
        if known != line.order:
            yield Discrepancy(
                f"partnerships:named-twice:{content.slug}:{line.order}",
                TWICE,
                f"{content.title}: {line.name}",
                _place(content, f"as function {known}"),
                _place(content, f"as function {line.order}", line.source),
                "the same function stands in the list twice",
            )


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _place(content: ArrangementContent, text: str, source: str = "") -> Place:
    where = [content.council, content.kind, content.slug]
    return Place(text, source or content.source, reverse("reporting:arrangement", args=where))
