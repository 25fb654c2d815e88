"""The ledger's actuals of Westshire, as finance uploads them: every quarter, once wrongly."""

import csv
import io
from collections.abc import Iterable, Iterator
from random import Random

from bcfportal.lib.periods import Period
from demonstration.westshire.money.budget import AREAS, BUDGETS
from demonstration.westshire.money.money_reports import budget_of, outturn_of
from demonstration.westshire.story import SEED, Step, moment
from finance.ledger import uploading
from finance.models import LedgerQuestion, LedgerUpload

HEADING = ("Cost centre", "Period", "Actual £", "Description", "Funding source", "Service area")
# What a cost centre of an area books, and its share of the area in per cent.
PARTS = (("Placements and packages", 78), ("Staff", 19), ("Journals and accruals", 3))
# Cost centres that the Better Care Fund pays, by area.
PAID_BY = {"reablement": "NHS minimum", "discharge": "LA BCG", "equipment": "NHS minimum"}
NAMES = {slug: name for slug, name, _ in AREAS}
FIRST, SECOND, THIRD = (1, 2, 3), (4, 5, 6), (7, 8, 9)


def steps() -> Iterator[Step]:
    """Last year's last quarter with the first of this year, then a quarter at a time."""
    yield Step(
        moment(2026, 7, 10, 9, 20), _uploads("actuals-2026-27-p01-p03.csv", _first), "finance"
    )
    yield Step(moment(2026, 7, 10, 9, 50), _applies, "finance")
    # The wrong file: the budget, not the actuals. It is seen in the preview and dropped.
    yield Step(
        moment(2026, 10, 9, 16, 10), _uploads("budget-profile-2026-27.csv", _profile), "finance"
    )
    yield Step(moment(2026, 10, 9, 16, 30), _drops, "finance")
    yield Step(
        moment(2026, 10, 12, 9, 0), _uploads("actuals-2026-27-p04-p06.csv", _second), "finance"
    )
    yield Step(moment(2026, 10, 12, 9, 25), _applies, "finance")
    yield Step(moment(2026, 12, 14, 9, 10), _uploads("journals-p05-p06.csv", _journals), "finance")
    # Journals are a part of their months: what else the ledger has of them stays.
    yield Step(moment(2026, 12, 14, 9, 25), _keeps_the_others, "finance")
    yield Step(moment(2026, 12, 14, 9, 30), _applies, "finance")
    yield Step(
        moment(2027, 1, 11, 9, 0), _uploads("actuals-2026-27-p07-p09.csv", _third), "finance"
    )
    yield Step(moment(2027, 1, 11, 9, 20), _applies, "finance")
    # Looked at today: one row has no month that the ledger knows.
    yield Step(moment(2027, 1, 19, 15, 40), _uploads("late-journals.csv", _late), "finance")


def _uploads(name, rows):
    def act(story):
        uploading.take(
            council=story.council,
            file_name=name,
            content=csv_bytes(rows()),
            year=None,
            by=story.people["finance"],
        )

    return act


def _applies(story):
    uploading.apply(_latest(story), by=story.people["finance"])


def _keeps_the_others(story):
    uploading.answer(
        _latest(story),
        by=story.people["finance"],
        by_question={},
        by_kind={"missing": LedgerQuestion.KEEP},
    )


def _drops(story):
    uploading.drop(_latest(story), by=story.people["finance"])


def _latest(story):
    return LedgerUpload.objects.filter(council=story.council).latest("uploaded_at")


def csv_bytes(rows: Iterable[tuple]) -> bytes:
    """The file as the council's finance system writes it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADING)
    writer.writerows(rows)
    return out.getvalue().encode()


def _first():
    yield from _quarter(2025, (10, 11, 12))
    yield from _quarter(2026, FIRST)


def _second():
    yield from _quarter(2026, SECOND)


def _third():
    yield from _quarter(2026, THIRD)


def _quarter(year, months):
    for month in months:
        for slug in BUDGETS:
            for place, amount in enumerate(_actuals(slug, year, month), 1):
                yield _row(slug, place, year, month, amount)


def _row(slug, place, year, month, pence):
    description = f"{NAMES[slug]}: {PARTS[place - 1][0].lower()}"
    amount = f"({-pence / 100:,.2f})" if pence < 0 else f"{pence / 100:,.2f}"
    period = Period(year, month=month).key
    return (code(slug, place), period, amount, description, PAID_BY.get(slug, "Base budget"), slug)


def code(slug: str, place: int) -> str:
    """The cost centre: 41011 is placements and packages of the first area."""
    return f"41{list(BUDGETS).index(slug) + 1:02}{place}"


def _actuals(slug, year, month):
    """Pence of each cost centre in the month; journals take out of it as often as they put in."""
    chance = Random(f"{SEED} ledger {slug} {year} {month}")  # noqa: S311 - not for secrets
    period = "2025-26" if year == 2025 else "2026-27-m08"
    whole = outturn_of(slug, period) * 100 // 12
    for _, share in PARTS:
        if share < 10:
            yield round(whole * share * chance.uniform(-1.2, 1.2) / 100)
        else:
            yield round(whole * share * chance.uniform(0.93, 1.07) / 100)


def _profile():
    for month in SECOND:
        for slug in BUDGETS:
            yield _row(slug, 1, 2026, month, budget_of(slug, "2026-27-m06") * 100 // 12)


def _journals():
    """Months 5 and 6 corrected: fees of two homes were booked to learning disabilities."""
    for month in (5, 6):
        for slug, share in (("older-residential", 1.04), ("learning-residential", 0.9)):
            pence = next(iter(_actuals(slug, 2026, month)))
            yield _row(slug, 1, 2026, month, round(pence * share))
    yield _row("equipment", 3, 2026, 5, -18_214_055)


def _late():
    yield _row("discharge", 3, 2026, 9, -4_120_000)
    yield (code("reablement", 3), "P13", "12,400.00", "Reablement: late invoices", "", "reablement")
