"""One run: everything is measured, and becomes tables."""

import sys
from dataclasses import dataclass

from django.test.utils import override_settings

from bench import database, measures, money, pages, papers, sending, work, work_tables
from bench.figures import Times, milliseconds, ratio, verdict
from bench.report import Table

MOST_QUERIES = 10
PAGE_MS = 30
WHOLE_REPORT_COLD_MS = 500
FIRST_VIEW_BYTES = 60_000
SMALL, LARGE = 29, 290


@dataclass(frozen=True)
class Repeats:
    pages: int
    growth: int
    cold: int
    warm: int
    loading: int
    snapshots: int
    work: int
    board: int


FULL = Repeats(pages=40, growth=5, cold=4, warm=5, loading=2, snapshots=5, work=40, board=10)
QUICK = Repeats(pages=10, growth=2, cold=1, warm=3, loading=1, snapshots=2, work=10, board=3)


def tables(name: str, repeats: Repeats) -> list[Table]:
    """All tables, the budgets first, from a run in the empty database of that name."""
    _tell("loading the fixtures")
    loading = Times(database.load(repeats.loading))
    with override_settings(ROOT_URLCONF="bench.urls"):
        _tell("the pages")
        first = pages.first_visit(database.COUNCIL)
        browsed = pages.against_bare(database.COUNCIL, repeats.pages)
    _tell("what is sent")
    plain = sending.first_view(f"/{database.COUNCIL}/")
    charted = sending.first_view(f"/{database.COUNCIL}/finance/")
    _tell("the papers")
    printed = papers.measure(name, repeats.cold, repeats.warm)
    _tell("snapshots")
    seconds, made = database.make_snapshots(repeats.snapshots)
    _tell(f"councils of {SMALL} and {LARGE} projects")
    for count in (SMALL, LARGE):
        database.make_council(f"council-{count}", count)
    database.tidy()
    grown = pages.as_it_grows(f"council-{SMALL}", f"council-{LARGE}", repeats.growth)
    _tell("the work on a quarter")
    with override_settings(ROOT_URLCONF="bench.urls"):
        worked = work.measure(repeats.work, repeats.board)
    _tell("measures of councils")
    measured = measures.measure(repeats.pages, repeats.warm)
    _tell("money and risk")
    spent = money.measure(repeats.pages, repeats.warm)
    return [
        _budgets(browsed, first, printed, plain, worked),
        _browsing(browsed, first, repeats),
        _growth(grown, repeats),
        *work_tables.tables(worked),
        measures.table(measured, repeats.pages, repeats.warm),
        *money.tables(spent, repeats.pages, repeats.warm),
        _papers(printed, repeats),
        _sent("First view without a chart: the overview", plain, FIRST_VIEW_BYTES),
        _sent("First view with a chart: the money page", charted, None),
        Table(
            "Loading",
            ["What", "Median ms", "95th ms", "Repeats"],
            [
                ["Load the fixtures, snapshots included", *loading.words, str(repeats.loading)],
                [f"Make {made} snapshots", *Times(seconds).words, str(repeats.snapshots)],
            ],
        ),
    ]


def _tell(what):
    sys.stderr.write(f"Measuring {what}.\n")


def _budgets(browsed, first, printed, plain, worked):
    most = max(first, *(page.queries for page in browsed))
    slowest = max(browsed, key=lambda page: page.times.median)
    over = sum(page.times.median > PAGE_MS for page in browsed)
    (whole,) = [paper for paper in printed if paper.name == papers.WHOLE]
    size = sum(sent.size for sent in plain)
    missing = sum(sent.missing for sent in plain)
    rows = [
        ["Queries of a browse page", f"{MOST_QUERIES}", f"{most} at most", most, MOST_QUERIES],
        [
            "Median of a browse page",
            f"{PAGE_MS} ms",
            f"{milliseconds(slowest.times.median)} ms at most ({slowest.name}); "
            f"{over} of {len(browsed)} pages over",
            slowest.times.median,
            PAGE_MS,
        ],
        [
            "Whole report as PDF, cold",
            f"{WHOLE_REPORT_COLD_MS} ms",
            f"{milliseconds(whole.cold.median)} ms",
            whole.cold.median,
            WHOLE_REPORT_COLD_MS,
        ],
        [
            "First view without a chart",
            f"{FIRST_VIEW_BYTES / 1000:.0f} kB",
            f"{size / 1000:.1f} kB" + f"; {missing} MISSING" * bool(missing),
            size,
            FIRST_VIEW_BYTES,
        ],
        *work_tables.budgets(worked),
    ]
    return Table(
        "Budgets",
        ["What", "Budget", "Measured", "Verdict"],
        [[*words, verdict(figure, limit)] for *words, figure, limit in rows],
        "A missing file makes a first view look smaller than it would be." * bool(missing),
    )


def _browsing(browsed, first, repeats):
    return Table(
        "Browse pages",
        [
            *("Page", "Queries", "Median ms", "95th ms", "Bare ms", "Bare 95th", "Ratio"),
            "Budget",
        ],
        [
            [
                page.name,
                str(page.queries),
                *page.times.words,
                *page.other.words,
                ratio(page.times.median, page.other.median),
                _page_verdict(page),
            ]
            for page in browsed
        ],
        f"Each figure is of {repeats.pages} requests by Django's test client in one process, the "
        "whole middleware and the compressing included. The bare view makes as many trivial "
        "queries through the same middleware and answers in one word; the two take turns. The "
        "ratio is of the medians. The first page that a process shows reads the sheets as well "
        f"and makes {first} queries. The budget is {PAGE_MS} ms and {MOST_QUERIES} queries.",
    )


def _page_verdict(page):
    verdicts = {verdict(page.times.median, PAGE_MS), verdict(page.queries, MOST_QUERIES)}
    return "OVER" if "OVER" in verdicts else "within"


def _growth(grown, repeats):
    return Table(
        f"The same pages with {SMALL} and with {LARGE} projects",
        [
            *("Page", f"{SMALL}: ms", "95th ms", f"{LARGE}: ms", "95th ms", "Ratio"),
            *("Queries", "Equal"),
        ],
        [
            [
                page.name,
                *page.other.words,
                *page.times.words,
                ratio(page.times.median, page.other.median),
                f"{page.other_queries} and {page.queries}",
                "equal" if page.queries == page.other_queries else "DIFFERS",
            ]
            for page in grown
        ],
        "Two made-up councils whose projects are those of the fixtures over and over, texts, "
        f"money and measures included. {repeats.growth} requests each, in turn. Ten times the "
        "projects should take at most about ten times as long, and no query more.",
    )


def _papers(printed, repeats):
    return Table(
        "Papers as PDF",
        [
            *("Paper", "Cold ms", "Cold 95th", "Warm ms", "Warm 95th", "Pages", "Bytes"),
            "Budget",
        ],
        [
            [
                paper.name,
                *paper.cold.words,
                *paper.warm.words,
                str(paper.pages),
                f"{paper.size:,}",
                verdict(paper.cold.median, WHOLE_REPORT_COLD_MS)
                if paper.name == papers.WHOLE
                else "–",
            ]
            for paper in printed
        ],
        f"Cold: the first paper of a fresh process, {repeats.cold} processes each; modules are "
        "imported and the programme is loaded before, the fonts are read within the time. Warm: "
        f"made again in one process, {repeats.warm} times each. The papers take turns: the same "
        "one straight again would be quicker, because Typst keeps what it has laid out. The budget "
        f"is for the whole report, cold: {WHOLE_REPORT_COLD_MS} ms.",
    )


def _sent(title, sent, limit):
    total = sum(one.size for one in sent)
    unpacked = sum(one.unpacked for one in sent)
    rows = [
        [one.address, one.kind, one.encoding or "as it is", f"{one.size:,}", f"{one.unpacked:,}"]
        for one in sent
    ]
    budget = f" The budget is {limit / 1000:.0f} kB: {verdict(total, limit)}." if limit else ""
    return Table(
        title,
        ["Address", "Type", "Sent as", "Bytes sent", "Unpacked"],
        [*rows, ["All", "", "", f"{total:,}", f"{unpacked:,}"]],
        "What a browser with an empty cache fetches that takes gzip and Brotli, bodies only, from "
        f"the WSGI application.{budget}",
    )
