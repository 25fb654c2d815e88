"""What pages and papers say of arrangements, in rows of a name and what is said."""

from django.urls import reverse

from bcfportal.lib.money import exact, pounds
from partnerships.content import (
    ArrangementContent,
    BudgetLine,
    FrameworkContent,
    PoolContent,
    ProgrammeContent,
)
from partnerships.models import Pool
from partnerships.withdrawal import address_of

NOT_SAID = "Not said"


def about(content: ArrangementContent) -> list[tuple[str, str]]:
    """What it is, in short: (name, what is said)."""
    if content.programme:
        return _programme(content.programme)
    if content.pool:
        return _pool(content.pool)
    return _framework(content.framework) if content.framework else []


def meeting_url(content: ArrangementContent) -> str:
    """The meeting that its paper was put to; nothing where it names none."""
    named = content.programme.meeting.split("/") if content.programme else []
    return reverse("reporting:meeting", args=[content.council, *named]) if len(named) == 2 else ""


def read_at(content: ArrangementContent) -> str:
    """Where it is read."""
    return address_of(content.council, content.kind, content.slug)


def of_budget(pool: PoolContent, line: BudgetLine) -> list[tuple[str, str]]:
    """The figures of a pool in a year that are held; what they come to where it can be said."""
    rows = [("Budget", line.written)]
    short = pool.short_of(line)
    if short is None:
        rows.append(("Contributions make the budget", "cannot be said"))
    elif short:
        than = "less" if short > 0 else "more"
        rows.append(("Contributions", f"{pounds(abs(short))} {than} than the budget"))
    else:
        rows.append(("Contributions make the budget", "yes"))
    if line.population:
        rows.append(("People in scope", f"{line.population:,}"))
    if line.a_head is not None:
        rows.append(("A head", exact(line.a_head)))
    amounts = [
        ("Savings to make", line.savings),
        ("Savings made", line.savings_made),
        ("Pressures agreed", line.pressures),
        ("Committed", line.committed),
        ("Forecast", line.forecast),
        ("Spent", line.actual),
    ]
    return rows + [(name, pounds(amount)) for name, amount in amounts if amount is not None]


def _programme(programme: ProgrammeContent) -> list[tuple[str, str]]:
    rows = [
        ("Planning area", programme.planning_area),
        ("Districts", programme.districts),
        ("Partners", programme.partners),
        ("Areas of care", programme.care_areas),
        ("Who is in scope", programme.in_scope),
        ("Who is not", programme.out_of_scope),
        ("Basis of", programme.basis_of),
    ]
    return [(name, said) for name, said in rows if said]


def _pool(pool: PoolContent) -> list[tuple[str, str]]:
    return [
        ("How far it is", Pool.State(pool.state).label),
        ("Level", Pool.Level(pool.level).label),
        ("Legal basis", pool.legal_basis or NOT_SAID),
        ("Host", pool.host or NOT_SAID),
    ]


def _framework(framework: FrameworkContent) -> list[tuple[str, str]]:
    return [("Paper", framework.paper or NOT_SAID), ("How far it is", framework.state or NOT_SAID)]
