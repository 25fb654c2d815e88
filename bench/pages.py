"""Server time and queries of the pages that people browse, in this process.

A page and its bare view take turns, so that both see the same load of the machine.
"""

from dataclasses import dataclass, field
from functools import partial

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.figures import Times, clocked
from programme.exports import EXPORTS

PAGES = {
    "Overview": "",
    "Projects, cards": "projects/",
    "Projects, table": "projects/?view=table",
    "Search": "projects/?search=falls",
    "Project on a page": "projects/connect{copy}/",
    "Grant condition": "conditions/1/",
    "Money": "finance/",
    "Papers": "reports/",
    "Data": "data/",
    "About": "about/",
    **{f"{export.title} (CSV)": f"data/{name}.csv" for name, export in EXPORTS.items()},
}


@dataclass(frozen=True)
class Measured:
    """One page: its queries, its times, and the times of what it is held against."""

    name: str
    queries: int
    other_queries: int
    times: Times = field(default_factory=lambda: Times([]))
    other: Times = field(default_factory=lambda: Times([]))


def browser() -> Client:
    """A client that takes compressed answers as browsers do: compressing is part of the time."""
    return Client(headers={"accept-encoding": "gzip, br"})


def addresses(council: str, copy: str = "") -> dict[str, str]:
    """The address of each page of a council; ``copy`` is the tail of a made-up project's slug."""
    return {name: f"/{council}/{path.format(copy=copy)}" for name, path in PAGES.items()}


def queries(client: Client, address: str) -> int:
    """How many queries a page makes. It has to answer 200, or its time would mean nothing."""
    with CaptureQueriesContext(connection) as captured:
        status = client.get(address).status_code
    if status != 200:
        raise RuntimeError(f"{address} answered {status}.")
    return len(captured)


def first_visit(council: str) -> int:
    """The queries of the first page that a process shows, for which it reads the sheets."""
    return queries(browser(), addresses(council)["Overview"])


def against_bare(council: str, rounds: int) -> list[Measured]:
    """Every page of a council against a bare view that makes as many queries."""
    client, pairs = browser(), []
    for name, address in addresses(council).items():
        # The first time a page is shown its templates are compiled.
        client.get(address)
        count = queries(client, address)
        bare = f"/bench/bare/{count}/"
        pairs.append((name, address, count, bare, queries(client, bare)))
    return _in_turn(client, pairs, rounds)


def as_it_grows(small: str, large: str, rounds: int) -> list[Measured]:
    """Every page of a council with many projects against the same page of one with few."""
    client, pairs = browser(), []
    ours, theirs = addresses(large, "-1"), addresses(small, "-1")
    # The first page of each council reads its sheets.
    for council in (ours, theirs):
        client.get(council["Overview"])
    for name in PAGES:
        mine, other = ours[name], theirs[name]
        pairs.append((name, mine, queries(client, mine), other, queries(client, other)))
    return _in_turn(client, pairs, rounds)


def _in_turn(client, pairs, rounds):
    measured = [Measured(name, count, others) for name, _, count, _, others in pairs]
    for _ in range(rounds):
        for result, (_, address, _, other, _) in zip(measured, pairs, strict=True):
            result.times.seconds.append(clocked(partial(client.get, address))[0])
            result.other.seconds.append(clocked(partial(client.get, other))[0])
    return measured
