"""The monitoring reports of Westshire: begun, sent back, withdrawn, approved, corrected."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from random import Random

from bcfportal.lib import present
from bcfportal.lib.periods import Period
from bcfportal.lib.plausible import tick
from demonstration.westshire.council import BEGINS
from demonstration.westshire.money.budget import (
    BALANCES,
    BUDGETS,
    CAPITAL,
    make_budget,
    print_outturn,
    publish_outturn_of_2024,
)
from demonstration.westshire.money.money_texts import EXPLANATIONS
from demonstration.westshire.story import SEED, Step, Story, moment
from finance.models import MonitoringReport
from finance.monitoring.actions import begin, correct, save_section, submit
from finance.monitoring.entry import as_typed
from finance.monitoring.transitions import MONITORING

# By how many thousandths of the budget each area is expected to miss it by the year's end.
LEANS = {
    "older-residential": 42,
    "older-home": -8,
    "older-direct": -62,
    "learning-residential": 3,
    "learning-supported": -12,
    "learning-day": -55,
    "physical-disabilities": 18,
    "mental-health": 58,
    "reablement": -71,
    "discharge": 64,
    "equipment": 112,
    "social-work": -24,
    "carers": -9,
    "voluntary": 0,
    "technology": -83,
    "commissioning": 6,
    "charges": 21,
    "nhs-income": -28,
    "better-care": 0,
}
# What was wrong in Month 6 and what is right, in thousandths of the budget: a commitment of the
# supported living tender was left out.
MISTAKEN, RIGHT = -14, 11
# Budgets moved between areas from Month 6 on: pounds.
VIREMENT = {"reablement": -250_000, "discharge": 250_000}


@dataclass(frozen=True)
class Timetable:
    """When the report of a period was begun and taken on, and for which meeting."""

    period: str
    meeting: str
    begun: datetime
    submitted: datetime
    approved: datetime
    published: datetime | None = None


REPORTS = (
    Timetable(
        "2025-26",
        "Adult Social Care Committee, 10 June 2026",
        moment(2026, 5, 11, 9, 40),
        moment(2026, 5, 20, 15, 10),
        moment(2026, 5, 27, 11, 5),
        moment(2026, 6, 3, 9, 30),
    ),
    Timetable(
        "2026-27-m02",
        "Adult Social Care Committee, 15 July 2026",
        moment(2026, 6, 15, 10, 15),
        moment(2026, 6, 24, 14, 30),
        moment(2026, 6, 30, 10, 0),
        moment(2026, 7, 8, 9, 0),
    ),
    Timetable(
        "2026-27-m04",
        "Adult Social Care Committee, 16 September 2026",
        moment(2026, 8, 17, 9, 50),
        moment(2026, 8, 27, 16, 20),
        moment(2026, 9, 2, 11, 45),
        moment(2026, 9, 9, 9, 0),
    ),
    Timetable(
        "2026-27-m06",
        "Adult Social Care Committee, 18 November 2026",
        moment(2026, 10, 12, 10, 5),
        moment(2026, 10, 22, 13, 15),
        moment(2026, 10, 29, 10, 30),
        moment(2026, 11, 11, 9, 0),
    ),
    Timetable(
        "2026-27-m08",
        "Adult Social Care Committee, 13 January 2027",
        moment(2026, 12, 7, 9, 30),
        moment(2026, 12, 18, 15, 0),
        moment(2026, 12, 22, 10, 20),
        moment(2027, 1, 6, 9, 0),
    ),
    Timetable(
        "2026-27-m09",
        "Adult Social Care Committee, 10 March 2027",
        moment(2027, 1, 11, 9, 45),
        moment(2027, 1, 15, 14, 40),
        moment(2027, 1, 19, 11, 0),
    ),
)


def steps() -> Iterator[Step]:
    """All that happens to the reports; the budget stands when the council begins."""
    yield Step(BEGINS, lambda story: make_budget(story.council))
    yield Step(moment(2025, 6, 4, 10), lambda story: publish_outturn_of_2024(story.council))
    for timetable in REPORTS:
        yield Step(timetable.begun, _begins(timetable), "finance")
        yield Step(timetable.submitted, _act(_submit, timetable.period), "finance")
        yield Step(timetable.approved, _act(_approve, timetable.period), "finance lead")
        if timetable.published:
            yield Step(timetable.published, _act(_publish, timetable.period), "finance lead")
    yield Step(moment(2026, 6, 23, 16, 50), _submitted_too_early, "finance")
    yield Step(moment(2026, 6, 23, 17, 5), _withdrawn, "finance")
    yield Step(moment(2026, 8, 24, 11, 0), _act(_submit, "2026-27-m04"), "finance")
    yield Step(moment(2026, 8, 25, 9, 20), _sent_back, "finance lead")
    yield Step(moment(2026, 8, 27, 16, 0), _answered, "finance")
    yield Step(moment(2026, 12, 14, 10, 0), _corrected, "finance")
    yield Step(moment(2026, 12, 15, 11, 30), _act(_approve, "2026-27-m06"), "finance lead")
    yield Step(moment(2026, 12, 17, 9, 0), _act(_publish, "2026-27-m06"), "finance lead")
    yield Step(moment(2027, 1, 20, 9, 0), _begun_today, "finance")


def _begins(timetable) -> Callable[[Story], None]:
    def act(story):
        report = begin(
            council=story.council,
            period=timetable.period,
            meeting=timetable.meeting,
            **story.by("finance"),
        )
        for name, typed in sections(timetable.period).items():
            save_section(report.pk, name, typed, version=0, **story.by("finance"))

    return act


def _act(action, period) -> Callable[[Story], None]:
    return lambda story: action(story, latest(story.council, period))


def latest(council, period: str) -> MonitoringReport:
    """The report of the period in its latest version."""
    reports = MonitoringReport.objects.filter(council=council, period=period)
    return present(reports.order_by("version").last())


def _submit(story, report):
    submit(report.pk, **story.by("finance"))
    if report.is_outturn:
        print_outturn(report, report.year)


def _approve(story, report):
    MONITORING.transition("approve", report.pk, **story.by("finance lead"))


def _publish(story, report):
    MONITORING.transition("publish", report.pk, **story.by("finance lead"))


def _submitted_too_early(story):
    _submit(story, latest(story.council, "2026-27-m02"))


def _withdrawn(story):
    report = latest(story.council, "2026-27-m02")
    MONITORING.transition(
        "withdraw", report.pk, comment="The reserves are last year's.", **story.by("finance")
    )


def _sent_back(story):
    MONITORING.transition(
        "send back",
        latest(story.council, "2026-27-m04").pk,
        comment="Community equipment: say how much of this is collections that are late.",
        **story.by("finance lead"),
    )


def _answered(story):
    _change_lines(
        story,
        latest(story.council, "2026-27-m04"),
        {
            "equipment-explanation": EXPLANATIONS["equipment"][0]
            + " About a third of it is equipment that was not collected in time."
        },
    )


def _corrected(story):
    report = correct(
        latest(story.council, "2026-27-m06"),
        why="The supported living tender was left out of the forecast of Month 6.",
        **story.by("finance"),
    )
    outturn = _missed("learning-supported", report.period, RIGHT)
    _change_lines(
        story,
        report,
        {
            "learning-supported-outturn": as_typed(Decimal(outturn)),
            "learning-supported-explanation": EXPLANATIONS["learning-supported"][0],
        },
    )
    submit(report.pk, **story.by("finance"))


def _change_lines(story, report, changes):
    section = report.sections.get(name="lines")
    typed = section.typed | changes
    save_section(report.pk, "lines", typed, version=section.version, **story.by("finance"))


def _begun_today(story):
    """Month 10 is begun: a few lines are typed, one of them in pounds by mistake."""
    report = begin(council=story.council, period="2026-27-m10", **story.by("finance"))
    typed = {
        field: text
        for field, text in lines("2026-27-m10").items()
        if field.startswith(("older", "learning")) and not field.endswith("explanation")
    }
    typed["older-direct-outturn"] = "12498000"
    save_section(report.pk, "lines", typed, version=0, **story.by("finance"))


def sections(period: str) -> dict[str, dict[str, str]]:
    """What is typed in each section of the report of a period, in £ million."""
    parsed = Period.parse(period)
    year, known = parsed.start_year, _known(parsed)
    reserves, capital = {}, {}
    for slug, (opening, planned, movement) in BALANCES[year].items():
        expected = planned + _hundreds((movement - planned) * known)
        for figure, amount in (("opening", opening), ("planned", planned), ("movement", expected)):
            reserves[f"{slug}-{figure}"] = as_typed(Decimal(amount))
        if planned * expected < 0:
            # The form asks, and it is right: the plan to pay back was not kept.
            reserves[f"{slug}-movement-right"] = tick(Decimal(expected))
    for slug, (budget, outturn, *later) in CAPITAL[year].items():
        capital[f"{slug}-budget-{year}"] = as_typed(Decimal(budget))
        expected = budget + _hundreds((outturn - budget) * known)
        capital[f"{slug}-outturn-{year}"] = as_typed(Decimal(expected))
        for ahead, amount in enumerate(later, year + 1):
            capital[f"{slug}-budget-{ahead}"] = as_typed(Decimal(amount))
    return {"lines": lines(period), "reserves": reserves, "capital": capital}


def _known(parsed):
    """How much of where the year is going is known by the month: all of it at the year's end."""
    return 0.6 + 0.4 * (parsed.month or 12) / 12


def _hundreds(pounds):
    return round(pounds / 100) * 100


def lines(period: str) -> dict[str, str]:
    """Budget, forecast and, where it is far off, the reason of each area without parts."""
    typed = {}
    for slug in BUDGETS:
        budget = budget_of(slug, period)
        outturn = outturn_of(slug, period)
        typed[f"{slug}-budget"] = as_typed(Decimal(budget))
        typed[f"{slug}-outturn"] = as_typed(Decimal(outturn))
        if abs(outturn - budget) * 100 > 4 * abs(budget):
            typed[f"{slug}-explanation"] = EXPLANATIONS[slug][0 if outturn > budget else 1]
    return typed


def budget_of(slug: str, period: str) -> int:
    """The budget in pounds; what was moved in the year counts from Month 6 on."""
    parsed = Period.parse(period)
    budget = BUDGETS[slug][parsed.start_year]
    moved = parsed.start_year == 2026 and (parsed.month or 12) >= 6
    return budget + (VIREMENT.get(slug, 0) if moved else 0)


def outturn_of(slug: str, period: str) -> int:
    """The forecast in pounds: nearer to where the year is going, the later the month."""
    if slug == "learning-supported" and period == "2026-27-m06":
        return _missed(slug, period, MISTAKEN)
    if slug in ("voluntary", "better-care"):
        return budget_of(slug, period)
    parsed = Period.parse(period)
    chance = Random(f"{SEED} money {slug} {period}")  # noqa: S311 - not for secrets
    lean = RIGHT + 4 if slug == "learning-supported" and (parsed.month or 0) > 6 else LEANS[slug]
    return _missed(slug, period, lean * _known(parsed) + chance.uniform(-4, 4))


def _missed(slug, period, thousandths):
    budget = budget_of(slug, period)
    return budget + _hundreds(abs(budget) * thousandths / 1000)
