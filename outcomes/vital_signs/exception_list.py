"""What is reported by exception: by the rules, as the paper had it, and what has left the list."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bcfportal.lib.periods import period_of
from outcomes.exceptions import order_of
from outcomes.models import FollowUp
from outcomes.vital_signs.content import Action
from outcomes.vital_signs.measure_status import Standing, standings
from outcomes.vital_signs.published import Shown
from projects.models import Council
from publishing.models import ReportingPeriod


@dataclass(frozen=True)
class Listed:
    """A measure on the list, by the rules or the paper, and why the two differ if they do."""

    standing: Standing
    difference: str
    is_new: bool

    @property
    def measure(self):
        return self.standing.measure


@dataclass(frozen=True)
class Exceptions:
    """The list of one month, against the list of the report before it."""

    shown: Shown

    @cached_property
    def standings(self) -> list[Standing]:
        return list(standings(self.shown.sheet, self.shown.month))

    @cached_property
    def paper_lists(self) -> bool:
        """Whether a published paper's own list is known for this month."""
        return any(each.declared for each in self.standings)

    @cached_property
    def listed(self) -> list[Listed]:
        """By what needs attention most: the rules' exceptions, then what only the paper lists."""
        found = [each for each in self.standings if each.met or each.declared]
        return [
            Listed(each, self._difference(each), self._is_new(each))
            for each in sorted(found, key=lambda each: order_of(each.met, each.rated.rating))
        ]

    @cached_property
    def before(self) -> list[Standing] | None:
        """The exceptions of the report before; None where there is none on the portal."""
        if self.shown.before is None:
            return None
        period, sheet = self.shown.before
        return [each for each in standings(sheet, period_of(period.key)) if each.met]

    @property
    def before_period(self) -> ReportingPeriod | None:
        return self.shown.before[0] if self.shown.before else None

    @cached_property
    def left(self) -> list[tuple[Standing, Standing | None]]:
        """(as it was listed, as it stands now) of each that has left the list since."""
        now = {each.measure.slug: each for each in self.standings}
        still = {each.measure.slug for each in self.standings if each.met}
        return [
            (was, now.get(was.measure.slug))
            for was in self.before or []
            if was.measure.slug not in still
        ]

    @cached_property
    def differing(self) -> list[Listed]:
        return [each for each in self.listed if each.difference]

    def _is_new(self, standing):
        if self.before is None or not standing.met:
            return False
        return standing.measure.slug not in {each.measure.slug for each in self.before}

    def _difference(self, standing):
        if not self.paper_lists or bool(standing.met) == standing.declared:
            return ""
        if standing.declared:
            return (
                f"The paper lists it ({standing.card.exception_words or 'no reason printed'}). "
                f"By the rules it meets no criterion: {standing.rated.reason}."
            )
        words = sorted(
            {
                each.card.exception_words
                for each in self.standings
                if each.declared and each.card and each.card.exception_words
            }
        )
        only = f" All on the paper’s list are there as {' or '.join(words)}." if words else ""
        met = " and ".join(each.criterion for each in standing.met)
        return f"The paper does not list it, though it meets a published criterion: {met}.{only}"


@dataclass(frozen=True)
class FollowedUp:
    """An action that the committee chose, with whether it is late on the day given."""

    record: FollowUp
    late: bool


def actions_of(standing: Standing) -> list[tuple[Action, bool]]:
    """(action of its report card, whether its day has passed at the end of the period shown)."""
    card = standing.card
    return [
        (each, bool(each.due and each.due < standing.last.last_day))
        for each in (card.actions if card else [])
    ]


def follow_ups(
    council: Council, today: date, until: date | None = None
) -> dict[str, list[FollowedUp]]:
    """What the committee chose, by the measure's slug: what is not done first. One query.

    With ``until``, only what was decided before that day.
    """
    found: dict[str, list[FollowedUp]] = {}
    chosen = FollowUp.objects.filter(measure__council=council)
    if until:
        chosen = chosen.filter(decided_on__lt=until)
    records = chosen.select_related("measure", "action").order_by("done_on", "due", "pk")
    for record in sorted(records, key=lambda each: each.done_on is not None):
        late = record.done_on is None and record.due < today
        found.setdefault(record.measure.slug, []).append(FollowedUp(record, late))
    return found
