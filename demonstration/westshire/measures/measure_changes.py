"""What was changed about the council's measures in 2026, by the means that the portal has.

A form changes a measure from a month on, and says why. A person has limits recalculated.
"""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from bcfportal.lib import clock
from bcfportal.lib.periods import Period
from demonstration.westshire.measure_forms import OFFICER, save_measure
from demonstration.westshire.measures.vital_signs import CARERS, MONTH, QUARTER, SIGNS, THEMES
from demonstration.westshire.measures.vital_signs_figures import profile
from demonstration.westshire.measures.vital_signs_story import (
    ADDED,
    ADDED_FROM,
    AUGUST,
    ENDED,
    ENDED_FROM,
    JULY,
    JUNE,
    MAY,
    OCTOBER,
    SEPTEMBER,
)
from demonstration.westshire.story import Step, Story, moment
from outcomes.actions import break_series, set_target
from outcomes.models import FollowUp, Measure

PLAN = "Agreed by the Health and Wellbeing Board with the plan for 2026/27, month by month."
LATE_PLAN = (
    "Agreed after the new carers' contract had begun in April, with a target for each month from "
    "April on."
)


def steps() -> Iterator[Step]:
    def step(when: datetime, act, **options):
        return Step(when, partial(act, **options), OFFICER)

    for slug in ("emergency-admissions-65", "discharge-delay", "adaptations-done", "carers-breaks"):
        yield step(moment(2026, 3, 27, 14), _profile, slug=slug, why=PLAN)
    yield step(moment(2026, 3, 27, 14, 30), _profile, slug="residential-admissions-65", why=PLAN)
    yield step(moment(2026, 6, 22, 10), _profile, slug="carers-assessed", why=LATE_PLAN)
    for when, slug, period, value, why in TARGETS:
        yield step(when, _target, slug=slug, period=period, value=value, why=why)
    for when, slug, period, changes, why in CHANGES:
        yield step(when, _change, slug=slug, period=period, changes=changes, why=why)
    yield step(moment(2026, 7, 27, 15, 30), _count_no_more, slug="assessed-in-28-days")
    yield step(moment(2026, 7, 27, 15), _add)
    yield step(moment(2027, 1, 19, 16), _say_what_can_be)
    for when, slug, period, kind, why in BREAKS:
        yield step(when, _break, slug=slug, period=period, kind=kind, why=why)
    for decided, due, slug, number, decision, owner, done, outcome in DECISIONS:
        when = datetime.combine(decided, moment(2026, 1, 1, 16).timetz())
        record = {"decided": decided, "due": due, "decision": decision, "owner": owner}
        yield step(when, _decide, slug=slug, number=number, **record)
        if done:
            back = datetime.combine(done, moment(2026, 1, 1, 11).timetz())
            yield step(back, _report_back, slug=slug, decided=decided, outcome=outcome)


# When, the measure, from which month, the target, and why.
TARGETS = (
    (
        moment(2026, 7, 30, 11), "direct-payments", JULY, "27.5",
        "Lowered until the register of personal assistants is open.",
    ),
    (
        moment(2026, 8, 25, 11), ADDED, ADDED_FROM, "85",
        "Set once the first month was there.",
    ),
    (
        moment(2026, 9, 29, 11), "falls-admissions", SEPTEMBER, "200",
        "The same target as before, now that the figure is for each 100,000.",
    ),
    (
        moment(2026, 10, 12, 11), "hours-handed-back", OCTOBER, "500",
        "Agreed at the providers' forum.",
    ),
    (
        moment(2026, 11, 2, 11), "urgent-response-wait", OCTOBER, "48",
        "The same target as before, in hours.",
    ),
)  # fmt: skip
# When, the measure, from which month, what the form changed, and why.
CHANGES = (
    (
        moment(2026, 6, 1, 15), "carers-with-a-plan", MAY,
        {"text": "Carers known to the council who have a support plan, or a review of one, that is "
                 "less than a year old"},
        "Reviews count too from May 2026, as the national definition now has it.",
    ),
    (
        moment(2026, 7, 28, 10), "home-care-hours", JULY, {"direction": "smaller is better"},
        "From July 2026 fewer hours are better: the plan is to help people need less care.",
    ),
    (
        moment(2026, 8, 27, 10), "equipment-five-days", AUGUST,
        {"tolerance": "2", "tolerance_kind": "points"},
        "From August 2026 it is red at 2 points below the target, where it was 5% of it.",
    ),
    (
        moment(2026, 9, 29, 10, 30), "falls-admissions", SEPTEMBER,
        {"unit": "per 100,000", "multiplier": 100_000, "decimals": 1,
         "text": "Emergency admissions after a fall of people aged 65 and over, for each 100,000"},
        "For each 100,000 people from September 2026, where it was for each 1,000.",
    ),
    (
        moment(2026, 11, 2, 10, 30), "urgent-response-wait", OCTOBER, {"unit": "hours"},
        "In hours from October 2026, where it was in days.",
    ),
)  # fmt: skip
REBASE = "rebase"
# When, the measure, from which month, what happened, and why.
BREAKS = (
    (
        moment(2026, 4, 20, 11), "technology-installed", "2025-26-m03", REBASE,
        "A second team of installers began in June 2025, and the higher number has lasted.",
    ),
)  # fmt: skip
# The day, when to report back, the measure, the action chosen, the decision, who, done, outcome.
DECISIONS = (
    (
        date(2026, 3, 26), date(2026, 7, 2), "waiting-for-home-care", 1,
        "The board agreed to buy two rounds of guaranteed hours.", "Market development manager",
        date(2026, 7, 2), "Both rounds run, and fewer people wait than in February.",
    ),
    (
        date(2026, 3, 26), date(2026, 7, 2), "enquiries-in-28-days", 3,
        "A report on long enquiries to the next meeting.", "Head of safeguarding and quality",
        date(2026, 6, 25), "The report was taken on 2 July; two care homes explain most of it.",
    ),
    (
        date(2026, 7, 2), date(2026, 9, 24), "weekend-discharges", 6,
        "Raise Sunday pharmacy with the integrated care board.", "Head of hospital discharge",
        None, "",
    ),
    (
        date(2026, 9, 24), date(2026, 12, 10), "home-care-48-hours", 4,
        "The lead is to explain how the wrong figure of June was published.",
        "Commissioning manager, home care", date(2026, 12, 10),
        "Packages are now counted from the day of asking, and checked by a second person.",
    ),
    (
        date(2026, 12, 10), date(2027, 3, 18), "readmitted-in-30-days", 5,
        "Two members and the lead look into readmissions.", "Head of hospital discharge", None, "",
    ),
)  # fmt: skip


def _profile(story: Story, *, slug, why):
    sign = next(sign for sign in SIGNS if sign.slug == slug)
    measure = story.council.measures.get(slug=slug)
    first = Period(2026, 1) if sign.frequency == QUARTER else Period(2026, month=1)
    for period in first.up_to(Period(2026)):
        _set(story, measure, period.key, profile(sign, period), why)


def _target(story, *, slug, period, value, why):
    """The month's target and those of the months after it, to the end of the year."""
    measure = story.council.measures.get(slug=slug)
    first = Period.parse(period)
    for month in first.up_to(Period(first.start_year)):
        _set(story, measure, month.key, Decimal(value), why)


def _set(story, measure, period, value, why):
    by = story.people[OFFICER]
    set_target(measure=measure, period=period, status="set", value=value, why=why, by=by)


def _change(story, *, slug, period, changes, why):
    measure = story.council.measures.get(slug=slug)
    save_measure(story, measure, {**changes, "since": period, "why_it_changes": why})


def _count_no_more(story, *, slug):
    """June is the last month that it is counted for."""
    measure = story.council.measures.get(slug=slug)
    why = "Nobody is discharged to assess under the old contract after June 2026."
    save_measure(story, measure, {"counted_until": JUNE, "why_it_changes": why})


def _add(story):
    lead, owner = THEMES[CARERS]
    measure = Measure(council=story.council)
    save_measure(
        story,
        measure,
        {
            "text": "Short assessments of people with small needs that were done within two weeks",
            "short_title": "Short assessments, two weeks",
            "theme": CARERS,
            "unit": "%",
            "numerator_name": "Done in two weeks",
            "denominator_name": "Short assessments",
            "lead": lead,
            "data_owner": owner,
            "collection": Measure.Collection.VITAL_SIGNS.value,
            "direction": Measure.Direction.BIGGER.value,
            "frequency": MONTH,
            "accumulation": Measure.Accumulation.SNAPSHOT.value,
            "decimals": 1,
            "multiplier": 100,
        },
    )


def _say_what_can_be(story):
    """The officer goes through the list: what can be below 0 or above the whole, and when.

    No figure of the past changes by it.
    """
    ours = Measure.objects.filter(council=story.council)
    theirs = Measure.objects.filter(project__council=story.council)
    ours.filter(slug="admissions-change").update(can_be_below_zero=True)
    ours.filter(slug="bed-occupancy").update(can_be_above_whole=True)
    ours.filter(slug=ADDED).update(counted_from=ADDED_FROM)
    # The months of one financial year sort by their keys.
    months = Period(Period.parse(ENDED_FROM).start_year, month=1).up_to(Period.parse(ENDED_FROM))
    last = months[-2].key
    ours.filter(slug=ENDED).update(counted_until=last)
    theirs.filter(project__slug="care-workforce", unit="%").update(can_be_below_zero=True)
    theirs.filter(project__slug="step-down-beds", position=1).update(can_be_above_whole=True)


def _break(story, *, slug, period, kind, why):
    measure = story.council.measures.get(slug=slug)
    by = story.people[OFFICER]
    break_series(measure=measure, period=period, kind=kind, why=why, by=by)


def _decide(story, *, slug, number, decided, due, decision, owner):
    FollowUp.objects.create(
        measure=story.council.measures.get(slug=slug),
        action=story.council.follow_up_actions.get(number=number),
        decided_on=decided,
        due=due,
        decision=decision,
        owner=owner,
        recorded_by=story.people[OFFICER],
        recorded_at=clock.now(),
    )


def _report_back(story, *, slug, decided, outcome):
    record = FollowUp.objects.get(
        measure__council=story.council, measure__slug=slug, decided_on=decided
    )
    record.done_on, record.outcome = clock.today(), outcome
    record.save(update_fields=["done_on", "outcome"])
