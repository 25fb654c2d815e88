"""A council's own measures: the dashboard of few and of many, process control, the report."""

import random
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from bcfportal.lib import spc
from bcfportal.lib.periods import Period
from bench.figures import Times, clocked, milliseconds, ratio, verdict
from bench.pages import browser, queries
from bench.report import Table
from outcomes.models import Measure, Month, Result, Target
from outcomes.report_pdf import performance_report
from outcomes.vital_signs import dashboard, statuses
from outcomes.vital_signs.published import vital_signs_shown
from projects.models import Council
from publishing.models import Report, ReportingPeriod
from returns.publication import publish, take_snapshots

FEW, MANY, MONTHS = 15, 300, 36
MOST_QUERIES, DASHBOARD_MS, PAPER_MS = 12, 60, 1_000
SERIES, POINTS = 10_000, 36
LAST = Period(2016, month=12)
COUNCIL = "norfolk"


@dataclass(frozen=True)
class Measured:
    few: Times
    few_queries: int
    many: Times
    many_queries: int
    first: Times
    paper: Times
    points_a_second: float


def measure(rounds: int, papers: int) -> Measured:
    """Everything, in the database of the run."""
    for count in (FEW, MANY):
        _make_council(count)
    client = browser()
    few, many = (f"/measures-{count}/vital-signs/" for count in (FEW, MANY))
    first = Times([clocked(lambda: _afresh(client, few))[0] for _ in range(papers)])
    client.get(many)
    times: dict[str, list[float]] = {few: [], many: []}
    for _ in range(rounds):
        for address, seconds in times.items():
            seconds.append(clocked(partial(client.get, address))[0])
    shown = vital_signs_shown(AnonymousUser(), COUNCIL)
    performance_report(shown)
    paper = Times([clocked(lambda: performance_report(shown))[0] for _ in range(papers)])
    return Measured(
        few=Times(times[few]),
        few_queries=queries(client, few),
        many=Times(times[many]),
        many_queries=queries(client, many),
        first=first,
        paper=paper,
        points_a_second=_process_control(),
    )


def _afresh(client, address):
    """The page as a process shows it for the first time in a month: nothing worked out yet."""
    statuses.statuses_cached.cache_clear()
    dashboard.rows_kept.cache_clear()
    client.get(address)


def _process_control():
    maker = random.Random(1)
    series = [
        [(date(2014 + month // 12, month % 12 + 1, 1), Decimal(maker.randint(500, 999)) / 10)
         for month in range(POINTS)]
        for _ in range(SERIES)
    ]  # fmt: skip
    seconds, _ = clocked(
        lambda: [spc.analyse(points, "bigger is better", target=Decimal(80)) for points in series]
    )
    return SERIES * POINTS / seconds


@transaction.atomic
def _make_council(count):
    maker = random.Random(count)
    council = Council.objects.create(
        slug=f"measures-{count}", name=f"Council of {count} measures", publishes=True
    )
    first = Period(LAST.start_year - MONTHS // 12, month=12).following
    months = first.up_to(LAST)
    measures = Measure.objects.bulk_create(
        Measure(
            council=council,
            slug=f"measure-{number}",
            collection="vital signs",
            position=number,
            text=f"% of people who are helped by service {number}",
            theme=f"Theme {number % 8}",
            unit="%",
            direction=("bigger is better", "smaller is better")[number % 2],
            decimals=1,
            frequency="month",
        )
        for number in range(1, count + 1)
    )
    Target.objects.bulk_create(
        Target(measure=each, status="set", value=Decimal(75)) for each in measures
    )
    Result.objects.bulk_create(
        Result(
            measure=each,
            period=month.key,
            value=Decimal(maker.randint(500, 999)) / 10,
            numerator=maker.randint(1, 500),
            denominator=1000,
        )
        for each in measures
        for month in months
    )
    period = ReportingPeriod.objects.create(
        council=council, key=LAST.key, kind="vital signs", title="Report", as_at=LAST.last_day
    )
    Month.objects.create(period=period, status=Report.Status.PUBLISHED)
    publish(take_snapshots(Month.objects.filter(period=period)))


def table(measured: Measured, rounds: int, papers: int) -> Table:
    """What was measured, with the budgets."""
    return Table(
        "Measures of a council",
        ["What", "Queries", "Median ms", "95th ms", "Budget", "Verdict"],
        [
            [
                f"Dashboard, {FEW} measures of {MONTHS} months",
                str(measured.few_queries),
                *measured.few.words,
                f"{DASHBOARD_MS} ms, {MOST_QUERIES} queries",
                verdict(
                    max(
                        measured.few.median / DASHBOARD_MS,
                        measured.few_queries / MOST_QUERIES,
                    ),
                    1,
                ),
            ],
            [
                "The same, nothing worked out yet",
                str(measured.few_queries),
                *measured.first.words,
                f"{DASHBOARD_MS} ms",
                verdict(measured.first.median, DASHBOARD_MS),
            ],
            [
                f"Dashboard, {MANY} measures of {MONTHS} months",
                str(measured.many_queries),
                *measured.many.words,
                f"{MOST_QUERIES} queries",
                verdict(measured.many_queries, MOST_QUERIES),
            ],
            [
                "Performance report of Norfolk (PDF)",
                "–",
                *measured.paper.words,
                f"{PAPER_MS:,} ms",
                verdict(measured.paper.median, PAPER_MS),
            ],
        ],
        f"Dashboards take turns, {rounds} requests each; reports and first views {papers} times. "
        f"{MANY} measures take {ratio(measured.many.median, measured.few.median)} times as long "
        f"as {FEW}. Process control of {SERIES:,} series of {POINTS} points: "
        f"{measured.points_a_second:,.0f} points a second, "
        f"{milliseconds(SERIES * POINTS / measured.points_a_second * 1000)} ms in all.",
    )
