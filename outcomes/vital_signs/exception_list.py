"""What is reported by exception: by the rules, as the paper had it, and what has left the list."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.utils.timezone import localdate

from bcfportal.lib import clock
from bcfportal.lib.periods import period_of
from bcfportal.lib.plausible import said_of_far_day
from bcfportal.lib.ratings import ATTENTION_ORDER, Rating
from outcomes.exceptions import order_of
from outcomes.models import FollowUp
from outcomes.vital_signs.content import Action
from outcomes.vital_signs.decisions import Key, as_decided, key_of, were_public
from outcomes.vital_signs.measure_status import MeasureStatus
from outcomes.vital_signs.otherwise import judged_words
from outcomes.vital_signs.published import PublishedMeasures
from outcomes.vital_signs.statuses import statuses
from publishing.models import ReportingPeriod
from publishing.period_versions.content import Decided


@dataclass(frozen=True)
class Listed:
    """A measure on the list, by the rules or the paper, and why the two differ if they do."""

    status: MeasureStatus
    difference: str
    is_new: bool
    # What was corrected of the figures that it is judged by, and what changes, in sentences.
    corrected: list[str]

    @property
    def measure(self):
        return self.status.measure


@dataclass(frozen=True)
class Exceptions:
    """The list of one month, against the list of the report before it."""

    published: PublishedMeasures

    @cached_property
    def statuses(self) -> list[MeasureStatus]:
        return list(statuses(self.published.sheet, self.published.month))

    @cached_property
    def paper_lists(self) -> bool:
        """Whether a published paper's own list is known for this month."""
        return any(status.declared for status in self.statuses)

    @cached_property
    def listed(self) -> list[Listed]:
        """By what needs attention most: the rules' exceptions, then what only the paper lists."""
        reported = [status for status in self.statuses if status.met or status.declared]
        return [
            Listed(
                status,
                self._difference(status),
                self._is_new(status),
                judged_words(status, self.published.corrected, self.published.given),
            )
            for status in sorted(
                reported, key=lambda status: order_of(status.met, status.rated.rating)
            )
        ]

    @cached_property
    def ratings(self) -> list[tuple[Rating, int]]:
        """(rating, how many) of the vital signs, worst first; ratings without one are left out.

        Figures of an earlier month, or of a quarter or year, are not counted for the month.
        """
        counts = Counter(
            Rating(status.rated.rating)
            for status in self.statuses
            if status.latest and status.latest.period == status.last.key
        )
        return [(rating, counts[rating]) for rating in ATTENTION_ORDER if counts[rating]]

    @property
    def not_of_month(self) -> int:
        """How many vital signs those counts leave out, for want of a figure of the month itself."""
        return len(self.statuses) - sum(count for _, count in self.ratings)

    @cached_property
    def before(self) -> list[MeasureStatus] | None:
        """The exceptions of the report before; None where there is none on the portal."""
        if self.published.before is None:
            return None
        period, sheet = self.published.before
        return [status for status in statuses(sheet, period_of(period.key)) if status.met]

    @property
    def before_period(self) -> ReportingPeriod | None:
        return self.published.before[0] if self.published.before else None

    @cached_property
    def left(self) -> list[tuple[MeasureStatus, MeasureStatus | None]]:
        """(as it was listed, as it stands now) of each that has left the list since."""
        now = {status.measure.slug: status for status in self.statuses}
        still = {status.measure.slug for status in self.statuses if status.met}
        return [
            (was, now.get(was.measure.slug))
            for was in self.before or []
            if was.measure.slug not in still
        ]

    @cached_property
    def differing(self) -> list[Listed]:
        return [listed for listed in self.listed if listed.difference]

    def _is_new(self, status):
        if self.before is None or not status.met:
            return False
        return status.measure.slug not in {earlier.measure.slug for earlier in self.before}

    def _difference(self, status):
        if not self.paper_lists or bool(status.met) == status.declared:
            return ""
        if status.declared:
            return (
                f"The paper lists it ({status.card.exception_words or 'no reason printed'}). "
                f"By the rules it meets no criterion: {status.rated.reason}."
            )
        reasons = sorted(
            {
                other.card.exception_words
                for other in self.statuses
                if other.declared and other.card and other.card.exception_words
            }
        )
        only = f" All that it lists are there as {' or '.join(reasons)}." if reasons else ""
        met = " and ".join(met.criterion for met in status.met)
        return f"The paper does not list it, though it meets a published criterion: {met}.{only}"


@dataclass(frozen=True)
class FollowedUp:
    """An action that the committee chose, and whether it is late.

    ``record`` is there for people of the council, beside the report that stands. ``waits``: it
    is not published yet. ``was_public``: a version of a month had it, and no one that stands has.
    """

    decided: Decided
    late: bool
    record: FollowUp | None = None
    waits: bool = False
    was_public: bool = False

    @property
    def taken_back(self) -> bool:
        return self.record is not None and self.record.taken_back_at is not None

    @property
    def open_record(self) -> FollowUp | None:
        """The record, where it can be taken back."""
        return None if self.taken_back else self.record

    @property
    def is_done(self) -> bool:
        """Whether it is reported back, published or not."""
        return bool(self.decided.done_on or (self.record and self.record.done_on))

    @property
    def said_right(self) -> list[str]:
        """Its days that were asked about when it was recorded."""
        if self.record is None:
            return []
        record, entered = self.record, localdate(self.record.recorded_at)
        days = (
            ("Date of the meeting", record.decided_on),
            ("When it is reported back", record.due),
        )
        return [said for name, day in days if (said := said_of_far_day(name, day, entered))]


def actions_of(status: MeasureStatus) -> list[tuple[Action, bool]]:
    """(action of its report card, whether its day has passed at the end of the period shown)."""
    card = status.card
    return [
        (action, bool(action.due and action.due < status.last.last_day))
        for action in (card.actions if card else [])
    ]


def follow_ups(published: PublishedMeasures) -> dict[str, list[FollowedUp]]:
    """What the committee chose, by the measure's slug: what is to be done first.

    It is what the version says; with what is recorded and not published, where that is shown. Three
    queries at most.
    """
    records: dict[Key, list[FollowUp]] = {}
    for row in _records(published):
        records.setdefault(key_of(as_decided(row)), []).append(row)
    followed = []
    for decided in published.decisions:
        same = records.get(key_of(decided))
        record = same.pop(0) if same else None
        day = clock.today() if record else published.day
        late = decided.due < day
        waits = decided not in published.public_decisions
        followed.append(FollowedUp(decided, late, record, waits))
    left = [record for same in records.values() for record in same]
    public = were_public([record for record in left if record.taken_back_at])
    for unsaid in left:
        late, was = unsaid.due < clock.today(), unsaid.pk in public
        followed.append(FollowedUp(as_decided(unsaid), late, unsaid, waits=True, was_public=was))
    by_measure: dict[str, list[FollowedUp]] = {}
    for action in sorted(followed, key=lambda action: action.is_done or action.taken_back):
        by_measure.setdefault(action.decided.measure, []).append(action)
    return by_measure


def _records(published: PublishedMeasures) -> list[FollowUp]:
    """What is recorded, what was taken back last; nothing for who reads only what is public."""
    if not published.with_what_waits:
        return []
    rows = FollowUp.objects.filter(measure__council=published.council)
    rows = rows.select_related("measure", "action", "taken_back_by").order_by("due", "pk")
    return sorted(rows, key=lambda record: record.taken_back_at is not None)
