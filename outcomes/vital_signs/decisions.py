"""What committees decided of a council's measures: as a version of a month says it.

A decision is read by people of the council from when it is recorded, and by everybody once a
version of a month has it. One that is taken back is in no version that stands: see
``docs/decisions/0034-decisions-of-a-committee.md``.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Min
from django.utils.timezone import localdate

from bcfportal.lib.sentences import day_words
from outcomes.models import FollowUp, Measure, Month
from publishing.models import PeriodVersion, ReportingPeriod
from publishing.period_versions.content import Corrected, Decided
from publishing.period_versions.published import read, read_all

# What tells one decision from another.
Key = tuple[str, str, date, str, str, date]


def key_of(decided: Decided) -> Key:
    return (
        decided.measure,
        decided.action,
        decided.decided_on,
        decided.decision,
        decided.owner,
        decided.due,
    )


def as_decided(row: FollowUp, day: date | None = None) -> Decided:
    """The decision as it was known by the end of the day: what was done later was not done yet."""
    was_done = row.done_on is not None and (day is None or row.done_on <= day)
    return Decided(
        measure=row.measure.slug,
        action=row.action.title,
        decided_on=row.decided_on,
        decision=row.decision,
        owner=row.owner,
        due=row.due,
        done_on=row.done_on if was_done else None,
        outcome=row.outcome if was_done else "",
    )


def decisions_at(
    council_pk: int, moment: datetime, not_taken_back_by: datetime | None = None
) -> list[Decided]:
    """What was recorded by the moment, what is not done first. One query.

    What was reported back on a later day was not done yet; what was taken back by then, or by the
    other moment, is left out.
    """
    rows = FollowUp.objects.filter(measure__council=council_pk, recorded_at__lte=moment)
    rows = rows.exclude(taken_back_at__lte=not_taken_back_by or moment)
    decisions = [
        as_decided(row, localdate(moment))
        for row in rows.select_related("measure", "action").order_by("due", "pk")
    ]
    return sorted(decisions, key=lambda decision: decision.done_on is not None)


def decisions_to_publish(period: ReportingPeriod, at: datetime) -> list[Decided]:
    """What a version of the month says that is made at the moment. Two queries.

    Where the report of a later month is public, what was decided since belongs to that one.
    """
    later = ReportingPeriod.objects.published().filter(
        council=period.council_id, kind=period.kind, as_at__gt=period.as_at
    )
    followed = later.aggregate(first=Min("published_at"))["first"]
    return decisions_at(period.council_id, min(at, followed) if followed else at, at)


def decisions_of(version: PeriodVersion) -> list[Decided]:
    """What the version of a month says; one of before it was kept, what was recorded by then."""
    kept = read(version).decisions
    return decisions_at(version.period.council_id, version.at) if kept is None else kept


def without_taken_back(
    version: PeriodVersion, decisions: Sequence[Decided]
) -> tuple[list[Decided], list[Corrected]]:
    """(what is left of the decisions, what says that others were taken back).

    ``decisions`` are those of the version. That one was taken back is said with the reason, and
    without its words. One query at most.
    """
    if not decisions:
        return [], []
    rows = FollowUp.objects.filter(measure__council=version.period.council_id)
    rows = rows.select_related("measure", "action").order_by("taken_back_at", "pk")
    decided = Counter(key_of(as_decided(row)) for row in rows if row.taken_back_at is None)
    left, corrections = [*decisions], []
    for row in rows:
        key = key_of(as_decided(row))
        same = [other for other in left if key_of(other) == key]
        # The same may be recorded twice, of which one is taken back.
        if row.taken_back_at is None or len(same) <= decided[key]:
            continue
        left.remove(same[-1])
        corrections.append(
            Corrected(
                Month.SLUG,
                f"{row.measure.name}, decision of {day_words(row.decided_on)}",
                row.action.title,
                "taken back",
                row.taken_back_why,
                row.measure.slug,
            )
        )
    return left, corrections


def versions_with(row: FollowUp) -> list[PeriodVersion]:
    """The versions of months that stand and say what was decided, the earliest month first."""
    versions = PeriodVersion.objects.in_force().filter(
        period__council=row.measure.council_id,
        period__kind=ReportingPeriod.Kind.VITAL_SIGNS,
        at__gte=row.recorded_at,
    )
    key = key_of(as_decided(row))
    return [
        version
        for version in versions.select_related("period").defer("content").order_by("period__as_at")
        if key in map(key_of, decisions_of(version))
    ]


def were_public(rows: Sequence[FollowUp]) -> set[int]:
    """The keys of those of a council's decisions that a version of a month ever had.

    Two queries, none without a decision.
    """
    if not rows:
        return set()
    versions = list(
        PeriodVersion.objects.filter(
            period__council=rows[0].measure.council_id,
            period__kind=ReportingPeriod.Kind.VITAL_SIGNS,
        ).defer("content")
    )
    read_all(versions)
    return {row.pk for row in rows if any(_had(version, row) for version in versions)}


def _had(version: PeriodVersion, row: FollowUp) -> bool:
    """Whether the version says the decision; one of before it was kept, if it was recorded then."""
    kept = read(version).decisions
    if kept is None:
        taken_back = row.taken_back_at is not None and row.taken_back_at <= version.at
        return row.recorded_at <= version.at and not taken_back
    return key_of(as_decided(row)) in map(key_of, kept)


def becomes_public(council_pk: int) -> str:
    """When something that is recorded now becomes public, in a sentence. One query."""
    months = ReportingPeriod.objects.published().filter(council=council_pk).of_vital_signs()
    latest = months.order_by("-as_at", "-key").first()
    if latest is None:
        return "It becomes public with the first report of a month that is published, not before."
    return (
        f"It becomes public when the report of {latest.label} is published again, or that of a "
        "later month for the first time, not before. A version that is made because another month "
        "was put right, or something was withdrawn, does not have it."
    )


def sentence_of(decided: Decided, day: date) -> str:
    """The decision in a sentence, as it stood on the day."""
    state = "Not done yet."
    if decided.done_on:
        state = f"Done {day_words(decided.done_on)}: {decided.outcome}"
    elif decided.due < day:
        state = "Overdue."
    return (
        f"{decided.action}, {day_words(decided.decided_on)}: {decided.decision} "
        f"{decided.owner}, to report back by {day_words(decided.due)}. {state}"
    )


def sentences_of(council_pk: int, decisions: Iterable[Decided], day: date) -> list[str]:
    """The same, each with the name of its measure. One query, none without a decision."""
    decisions = list(decisions)
    slugs = {decided.measure for decided in decisions}
    ours = Measure.objects.filter(council=council_pk, slug__in=slugs)
    names = {measure.slug: measure.name for measure in ours}
    return [f"{names[decided.measure]}: {sentence_of(decided, day)}" for decided in decisions]
