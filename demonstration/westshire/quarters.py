"""The quarters of Westshire: who reports, submits, sends back, approves and publishes, and when.

| what happens | to | when |
|---|---|---|
| published whole | quarter 4 2025/26 | 12 May 2026 |
| published whole | quarter 1 2026/27 | 13 August 2026 |
| published in two parts | quarter 2 2026/27: five returns, then the others | 3, 17 November 2026 |
| open, half of it in | quarter 3 2026/27 | from 4 January 2027 |
| dates changed with a reason | quarter 2 | 12 October 2026 |
| never came in | Assistive technology, quarter 2: its only lead left | |
| came late, after the period was reopened | Rural home care, quarter 2 | 3 December 2026 |
| a figure corrected from green to red | Reablement, quarter 1 | 8 to 14 September 2026 |
| words corrected after a tolerance changed | Transfer of care hub, quarter 1 | 9 to 12 November |
| sent back with notes | Settling in, quarter 1; Transfer of care hub, quarter 3 | |
| withdrawn and submitted again | Reablement, quarter 3 | 14 January 2027 |
| nothing has changed | Digital at home, quarter 3 | 13 January 2027 |
| declared better than the rule | Transfer of care hub, quarters 1 and 2 | |

Names, purposes, money, ends and what is counted: ``quarter_changes``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from bcfportal.lib import clock
from bcfportal.lib.periods import Period
from demonstration.westshire import quarter_changes
from demonstration.westshire.project_measures import LAST_Q4, Q1, Q2, Q3
from demonstration.westshire.quarter_returns import (
    ORDINARY,
    Wish,
    save_draft,
    submit_return,
    submit_unchanged,
)
from demonstration.westshire.story import Step, Story, moment
from publishing.models import ReportingPeriod, Return, SectionName
from returns.periods import change_dates, close_period, open_period, reopen_period
from returns.review import publish_period, send_back
from returns.transitions import RETURNS

TITLE, SUBTITLE = "Better Care Fund", "Quarterly report to the Health and Wellbeing Board"
ENOUGH = "The wards were full all quarter; everybody who could leave did leave on the day."
WISHES = {
    ("transfer-of-care-hub", Q1): Wish(rating="green", why_not_the_rule=ENOUGH),
    ("transfer-of-care-hub", Q2): Wish(rating="green", why_not_the_rule=ENOUGH),
}
CORRECTED = Wish(
    figures=((1, "79.1"),),
    performance="The figure of those at home 91 days later was counted again from the records of "
    "both providers: 39 people who had died or moved into a care home had been left in. "
    "More people came with higher needs than before.",
)
# The second of the two officers: approves what the first wrote to people about.
LEAD = "performance lead"
NEVER_CAME = {("assistive-technology", Q2), ("assistive-technology", Q3)}
LATE = "rural-home-care"
FIRST_PART = (
    "falls-prevention",
    "neighbourhood-teams",
    "reablement",
    "step-down-beds",
    "carers-breaks",
)
# The state of each return of quarter 3 on the last day of the story; all others are not started.
APPROVED = (
    *("falls-prevention", "seven-day-social-work", "quality-team", "medicines-support"),
    *("carers-emergency-plan", "shared-lives", "step-down-beds"),
)
SUBMITTED = (
    *("settling-in", "carers-breaks", "social-prescribing", "care-workforce", "carers-advice"),
)
DRAFTS = ("neighbourhood-teams", "bridging-care", "home-adaptations", "young-carers")
LEADS = ("commissioner", "hospital", "home", "carers", "market", "prevention", "leaver")


@dataclass(frozen=True)
class Quarter:
    key: str
    opened: datetime
    due: date
    closes: date
    meets: date

    @property
    def number(self) -> Period:
        return Period.parse(self.key)


QUARTERS = {
    quarter.key: quarter
    for quarter in (
        Quarter(
            LAST_Q4,
            moment(2026, 4, 2),
            date(2026, 4, 24),
            date(2026, 5, 29),
            date(2026, 5, 19),
        ),
        Quarter(Q1, moment(2026, 7, 2), date(2026, 7, 24), date(2026, 9, 30), date(2026, 8, 20)),
        Quarter(
            Q2, moment(2026, 10, 1), date(2026, 10, 23), date(2026, 11, 27), date(2026, 11, 24)
        ),
        Quarter(Q3, moment(2027, 1, 4), date(2027, 1, 29), date(2027, 2, 26), date(2027, 2, 16)),
    )
}


def steps() -> Iterator[Step]:
    yield from quarter_changes.steps()
    yield from _whole(LAST_Q4, moment(2026, 5, 6), moment(2026, 5, 12, 14), moment(2026, 5, 29, 17))
    yield from _whole(Q1, moment(2026, 8, 5), moment(2026, 8, 13, 14), moment(2026, 9, 30, 18))
    yield from _correction()
    yield from _in_two_parts()
    yield from _late_return()
    yield from _correction_of_words()
    yield from _half_in()


def _whole(key, reviewed, published, closed):
    """A quarter as it should be: everything comes in, is approved, published and closed."""
    yield from _coming_in(key)
    if key == Q1:
        yield Step(moment(2026, 7, 28, 9), _ask_settling_in, "performance")
        yield Step(moment(2026, 7, 29, 11), _answer_settling_in, "hospital")
    yield Step(reviewed, lambda story: _approve(story, key), "performance")
    yield Step(published, lambda story: _publish(story, key), "performance")
    yield Step(closed, lambda story: _close(story, key), "performance")


def _coming_in(key):
    opened = QUARTERS[key].opened
    yield Step(opened, lambda story: _open(story, key), "performance")
    for number, who in enumerate(LEADS):
        # A lead a day, from the second week on; weekends are left out.
        at = opened + timedelta(days=7 + number + 2 * ((opened.weekday() + number) // 5))
        yield Step(at, partial(_report_all, key=key, who=who), who)


def _correction():
    """A figure of quarter 1 was wrong: reopened, put right, approved by another, published."""

    def reopen(story):
        why = "39 people were counted as at home who were not; both providers checked their lists."
        RETURNS.transition(
            "reopen", _report(story, Q1, "reablement").pk, comment=why, **story.by("performance")
        )

    def put_right(story):
        submit_return(story, _report(story, Q1, "reablement"), "hospital", CORRECTED)

    def approve_it(story):
        RETURNS.transition("approve", _report(story, Q1, "reablement").pk, **story.by(LEAD))

    yield Step(moment(2026, 9, 8, 11), reopen, "performance")
    yield Step(moment(2026, 9, 10, 15), put_right, "hospital")
    yield Step(moment(2026, 9, 11, 10), approve_it, LEAD)
    yield Step(moment(2026, 9, 14, 9), lambda story: _publish(story, Q1), "performance")


def _in_two_parts():
    """Quarter 2: its dates are changed, five returns are published first, then the others."""

    def postpone(story):
        change_dates(
            _period(story, Q2),
            as_at=date(2026, 9, 30),
            opens=date(2026, 10, 1),
            due=date(2026, 10, 28),
            closes=date(2026, 11, 27),
            reason="The half-term week: two teams are away.",
            by=story.people["performance"],
        )

    yield from _coming_in(Q2)
    yield Step(moment(2026, 10, 12, 12), postpone, "performance")
    yield Step(moment(2026, 11, 2), lambda story: _approve(story, Q2, FIRST_PART), "performance")
    yield Step(moment(2026, 11, 3, 14), lambda story: _publish(story, Q2), "performance")
    yield Step(moment(2026, 11, 13), lambda story: _approve(story, Q2, who=LEAD), LEAD)
    yield Step(moment(2026, 11, 17, 14), lambda story: _publish(story, Q2), "performance")
    yield Step(moment(2026, 11, 27, 17), lambda story: _close(story, Q2), "performance")


def _late_return():
    why = "Rural home care could not report before its providers' new rota system was running."
    yield Step(moment(2026, 12, 1), lambda story: _reopen(story, Q2, why), "performance")
    yield Step(
        moment(2026, 12, 3, 16),
        lambda story: submit_return(story, _report(story, Q2, LATE), "home"),
        "home",
    )
    yield Step(moment(2026, 12, 4, 11), lambda story: _approve(story, Q2), "performance")
    yield Step(moment(2026, 12, 7, 9), lambda story: _publish(story, Q2), "performance")
    yield Step(moment(2026, 12, 8, 17), lambda story: _close(story, Q2), "performance")


def _correction_of_words():
    """Words of quarter 1 are corrected after the measure's tolerance has changed."""
    slug, why = "transfer-of-care-hub", "The name of a hospital was wrong in the text."
    wish = Wish(
        rating="green",
        why_not_the_rule=ENOUGH,
        performance="Brokers joined the hub at Harbourside hospital. Waits there fell at once.",
    )
    yield Step(moment(2026, 11, 9, 9), lambda story: _reopen(story, Q1, why), "performance")
    yield Step(
        moment(2026, 11, 9, 10),
        lambda story: RETURNS.transition(
            "reopen", _report(story, Q1, slug).pk, comment=why, **story.by("performance")
        ),
        "performance",
    )
    yield Step(
        moment(2026, 11, 10, 14),
        lambda story: submit_return(story, _report(story, Q1, slug), "hospital", wish),
        "hospital",
    )
    yield Step(moment(2026, 11, 11, 10), lambda story: _approve(story, Q1, who=LEAD), LEAD)
    yield Step(moment(2026, 11, 12, 9), lambda story: _publish(story, Q1), "performance")
    yield Step(moment(2026, 11, 12, 17), lambda story: _close(story, Q1), "performance")


def _half_in():
    """Quarter 3, of which half is in on the last day of the story."""
    hub, changed = "transfer-of-care-hub", "tablets-at-home"
    asked: dict[str, str] = {
        SectionName.MEASURES: "The days waited are those of Vale alone. Please add Harbourside.",
        SectionName.PERFORMANCE: "Say what the full wards of January meant for the first weeks.",
    }

    def submit_reablement(story):
        submit_return(story, _report(story, Q3, "reablement"), "hospital")

    def withdraw(story):
        RETURNS.transition("withdraw", _report(story, Q3, "reablement").pk, **story.by("hospital"))

    yield Step(QUARTERS[Q3].opened, lambda story: _open(story, Q3), "performance")
    for number, who in enumerate(LEADS[:-1]):
        yield Step(
            moment(2027, 1, 11 + number % 4, 10 + number),
            partial(_begin_quarter_3, who=who),
            who,
        )
    yield Step(moment(2027, 1, 12, 17), submit_reablement, "hospital")
    yield Step(moment(2027, 1, 14, 9), withdraw, "hospital")
    yield Step(moment(2027, 1, 14, 11), submit_reablement, "hospital")
    yield Step(
        moment(2027, 1, 13, 15),
        lambda story: submit_unchanged(story, _report(story, Q3, changed), "prevention"),
        "prevention",
    )
    yield Step(
        moment(2027, 1, 18, 14),
        lambda story: send_back(
            _report(story, Q3, hub).pk, asked=asked, comment="", **story.by("performance")
        ),
        "performance",
    )
    yield Step(moment(2027, 1, 19), lambda story: _approve(story, Q3, APPROVED), "performance")


def _open(story: Story, key: str) -> None:
    quarter = QUARTERS[key]
    open_period(
        council=story.council,
        key=key,
        as_at=quarter.number.last_day,
        opens=quarter.opened.date(),
        due=quarter.due,
        closes=quarter.closes,
        title=TITLE,
        subtitle=SUBTITLE,
        meets=quarter.meets,
        by=story.people["performance"],
    )


def _report_all(story: Story, key: str, who: str) -> None:
    """The person submits all returns of the quarter that are theirs, one after the other."""
    for report in _returns_of(story, key, who):
        slug = report.project.slug
        if (slug, key) in NEVER_CAME or (slug, key) == (LATE, Q2):
            continue
        submit_return(story, report, who, WISHES.get((slug, key), ORDINARY))


def _begin_quarter_3(story: Story, who: str) -> None:
    for report in _returns_of(story, Q3, who):
        slug = report.project.slug
        if slug in DRAFTS:
            save_draft(story, report, who)
        elif slug in (*APPROVED, *SUBMITTED, "transfer-of-care-hub"):
            submit_return(story, report, who)


def _returns_of(story, key, who):
    """Returns not started of projects that the person leads, each at a moment of its own."""
    mine = story.access(who).assigned
    reports = Return.objects.filter(
        period__council=story.council, period__key=key, project__in=mine, status="not started"
    )
    began = clock.now()
    for number, report in enumerate(reports.select_related("project", "period__council")):
        with clock.stopped_at(began + timedelta(minutes=23 * number)):
            yield report


def _ask_settling_in(story: Story) -> None:
    asked: dict[str, str] = {
        SectionName.MEASURES: "When will the hospitals have the figure of those back in 28 days?"
    }
    report = _report(story, Q1, "settling-in")
    send_back(report.pk, asked=asked, comment="", **story.by("performance"))


def _answer_settling_in(story: Story) -> None:
    submit_return(story, _report(story, Q1, "settling-in"), "hospital")


def _approve(story: Story, key: str, slugs: tuple[str, ...] = (), who: str = "performance") -> None:
    """Approves what is submitted: of these projects, or all of it."""
    reports = Return.objects.filter(
        period__council=story.council, period__key=key, status="submitted"
    )
    if slugs:
        reports = reports.filter(project__slug__in=slugs)
    for report in reports:
        RETURNS.transition("approve", report.pk, **story.by(who))


def _publish(story: Story, key: str) -> None:
    publish_period(_period(story, key), **story.by("performance"))


def _close(story: Story, key: str) -> None:
    close_period(_period(story, key), by=story.people["performance"])


def _reopen(story: Story, key: str, why: str) -> None:
    reopen_period(_period(story, key), reason=why, by=story.people["performance"])


def _period(story: Story, key: str) -> ReportingPeriod:
    return ReportingPeriod.objects.select_related("council").get(council=story.council, key=key)


def _report(story: Story, key: str, slug: str) -> Return:
    return Return.objects.select_related("project", "period__council").get(
        period__council=story.council, period__key=key, project__slug=slug
    )
