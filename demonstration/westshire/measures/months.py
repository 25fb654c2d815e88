"""Twelve months of the council's measures, as people open, type, send back, approve and publish.

What is done to the measures themselves between the months is in ``measure_changes``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from bcfportal.lib.periods import Period
from demonstration.westshire.council import BEGINS
from demonstration.westshire.measures import benchmarks, measure_changes, month_typing
from demonstration.westshire.measures.vital_signs_figures import FIRST, LAST
from demonstration.westshire.measures.vital_signs_records import enter, make_history, make_measures
from demonstration.westshire.measures.vital_signs_story import CORRECTED
from demonstration.westshire.measures.vital_signs_texts import SENT_BACK
from demonstration.westshire.story import Step, Story, moment
from outcomes.models import Month as MonthOfMeasures
from publishing.models import ReportingPeriod, SectionName
from returns.actions import submit
from returns.periods import close_period, open_period, reopen_period
from returns.review import publish_period, send_back
from returns.transitions import RETURNS

# Who types the figures, who writes the cards, who checks them.
FIGURES_BY, CARDS_BY, CHECKED_BY = "performance lead", "hospital", "performance"
# On which working day of the month after.
OPENED, DUE, PUBLISHED, CLOSES = 1, 7, 14, 16
PUBLISHED_LAST = 12
SATURDAY = 5
# The board's meetings, and the month whose report goes to each.
MEETINGS = {
    "2025-26-m11": date(2026, 3, 26),
    "2026-27-m02": date(2026, 7, 2),
    "2026-27-m05": date(2026, 9, 24),
    "2026-27-m07": date(2026, 12, 10),
    "2026-27-m09": date(2027, 1, 28),
}
SENT_BACK_IN, LATE_IN = "2025-26-m11", "2026-27-m02"

# When figures of a quarter or a year came in. The medicines of quarter 1 came after quarter 2.
CAME_IN = (
    ("residential-admissions-65", "2025-26-q3", date(2026, 1, 14)),
    ("at-home-91-days", "2025-26-q3", date(2026, 2, 4)),
    ("medicines-reviewed", "2025-26-q3", date(2026, 1, 27)),
    ("residential-admissions-65", "2025-26-q4", date(2026, 4, 15)),
    ("at-home-91-days", "2025-26-q4", date(2026, 5, 6)),
    ("medicines-reviewed", "2025-26-q4", date(2026, 4, 28)),
    ("helped-to-stay-well", "2025-26", date(2026, 5, 19)),
    ("carers-quality-of-life", "2025-26", date(2026, 6, 23)),
    ("residential-admissions-65", "2026-27-q1", date(2026, 7, 15)),
    ("at-home-91-days", "2026-27-q1", date(2026, 8, 5)),
    ("residential-admissions-65", "2026-27-q2", date(2026, 10, 14)),
    ("medicines-reviewed", "2026-27-q2", date(2026, 10, 27)),
    ("at-home-91-days", "2026-27-q2", date(2026, 11, 4)),
    ("medicines-reviewed", "2026-27-q1", date(2026, 11, 16)),
)


@dataclass(frozen=True)
class Month:
    """One month of the story. What is done about it happens on working days of the next."""

    period: Period

    def day(self, number: int) -> date:
        """That working day of the month after."""
        day, left = self.period.last_day, number
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < SATURDAY
        return day

    def at(self, number: int, hour: int, minute: int = 0) -> datetime:
        day = self.day(number)
        return moment(day.year, day.month, day.day, hour, minute)

    def record(self, story: Story) -> ReportingPeriod:
        return ReportingPeriod.objects.get(council=story.council, key=self.period.key)

    def report(self, story: Story) -> MonthOfMeasures:
        return MonthOfMeasures.objects.select_related("period__council").get(
            period__council=story.council, period__key=self.period.key
        )


def steps() -> Iterator[Step]:
    yield Step(BEGINS, make_measures)
    yield Step(moment(2026, 1, 5, 9), make_history)
    for slug, key, day in CAME_IN:
        when = moment(day.year, day.month, day.day, 15, 30)
        yield Step(when, partial(enter, slug=slug, key=key))
    for period in FIRST.up_to(LAST):
        yield from _month(Month(period))
    yield from _correction()
    yield from measure_changes.steps()
    yield from benchmarks.steps()


def _month(month: Month) -> Iterator[Step]:
    yield Step(month.at(OPENED, 9, 10), partial(_open, month=month))
    yield Step(month.at(3, 11, 20), partial(month_typing.begin, month=month, by=FIGURES_BY))
    yield Step(month.at(4, 14, 5), partial(month_typing.figures, month=month, by=FIGURES_BY))
    yield Step(month.at(5, 10, 45), partial(month_typing.cards, month=month, by=CARDS_BY))
    yield Step(month.at(6, 9, 30), partial(_submit, month=month))
    if month.period.key == SENT_BACK_IN:
        yield Step(month.at(7, 15), partial(_send_back, month=month))
        yield Step(month.at(8, 10), partial(month_typing.answer, month=month, by=FIGURES_BY))
        yield Step(month.at(9, 9, 40), partial(_submit, month=month))
    # In May's month the officer was away: it was approved after the month had closed.
    late = month.period.key == LATE_IN
    published = CLOSES + 3 if late else PUBLISHED_LAST if month.period == LAST else PUBLISHED
    yield Step(month.at(CLOSES + 2 if late else 10, 11, 15), partial(_approve, month=month))
    yield Step(month.at(published, 10), partial(_publish, month=month))
    if month.period != LAST:
        yield Step(month.at(CLOSES, 16, 30), partial(_close, month=month))


def _correction() -> Iterator[Step]:
    """June was published, is found to be wrong in September, and is published again."""
    month = Month(Period.parse(CORRECTED.month))
    days: tuple[tuple[datetime, Callable], ...] = (
        (moment(2026, 9, 14, 9, 20), _reopen),
        (moment(2026, 9, 15, 13, 40), partial(month_typing.correct, by=FIGURES_BY)),
        (moment(2026, 9, 15, 16, 10), partial(month_typing.cards, by=CARDS_BY)),
        (moment(2026, 9, 16, 9, 5), _submit),
        (moment(2026, 9, 17, 11), _approve),
        (moment(2026, 9, 17, 14, 30), _publish),
        (moment(2026, 9, 17, 14, 45), _close),
    )
    for when, act in days:
        yield Step(when, partial(act, month=month))


def _open(story: Story, *, month: Month) -> None:
    end = month.period.last_day
    open_period(
        council=story.council,
        key=month.period.key,
        kind=ReportingPeriod.Kind.VITAL_SIGNS,
        as_at=end,
        opens=month.day(OPENED),
        due=month.day(DUE),
        closes=month.day(CLOSES),
        title=f"Vital signs, {month.period.label}",
        subtitle="The council's own measures",
        meets=MEETINGS.get(month.period.key),
        by=story.people[CHECKED_BY],
    )


def _submit(story, *, month):
    submit(month.report(story).pk, **story.by(FIGURES_BY))


def _send_back(story, *, month):
    asked: dict[str, str] = {
        SectionName.MEASURES: SENT_BACK["measures"],
        SectionName.CARDS: SENT_BACK["cards"],
    }
    send_back(month.report(story).pk, asked=asked, comment="", **story.by(CHECKED_BY))


def _approve(story, *, month):
    RETURNS.transition("approve", month.report(story).pk, **story.by(CHECKED_BY))


def _publish(story, *, month):
    publish_period(month.record(story), **story.by(CHECKED_BY))


def _close(story, *, month):
    close_period(month.record(story), by=story.people[CHECKED_BY])


def _reopen(story, *, month):
    reopen_period(month.record(story), reason=CORRECTED.why, by=story.people[CHECKED_BY])
    RETURNS.transition(
        "reopen", month.report(story).pk, comment=CORRECTED.why, **story.by(CHECKED_BY)
    )
