"""All that was said to come of a council: what is late first, and counted by who owes it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from publishing.promises.lines import (
    DROPPED,
    KEPT,
    LATE,
    NO_OWNER,
    PASSED,
    STATES,
    PromiseLine,
)


@dataclass(frozen=True)
class OfOwner:
    """What one post said would come, counted."""

    owner: str
    all: int
    kept: int
    moved: int
    dropped: int
    late: int


@dataclass(frozen=True)
class Promises:
    """All that was said to come of a council, as it stood on a day: what is late first."""

    as_at: date
    lines: Sequence[PromiseLine]

    @cached_property
    def in_order(self) -> list[tuple[str, PromiseLine]]:
        """(state, promise) by state, then by the day; what has none comes last."""
        order = list(STATES)
        stood = [(line.state_on(self.as_at), line) for line in self.lines]
        return sorted(
            stood,
            key=lambda pair: (
                order.index(pair[0]),
                pair[1].last_day or date.max,
                pair[1].said_on,
                pair[1].key,
            ),
        )

    @property
    def by_state(self) -> list[tuple[str, str, list[PromiseLine]]]:
        """(key, heading, promises) of the states that any is in."""
        groups = [
            (state, heading, [line for stood, line in self.in_order if stood == state])
            for state, heading in STATES.items()
        ]
        return [group for group in groups if group[2]]

    @property
    def late(self) -> list[PromiseLine]:
        return [line for state, line in self.in_order if state in (PASSED, LATE)]

    @cached_property
    def by_owner(self) -> list[OfOwner]:
        """Each post with how many it kept, moved and dropped; who names nobody comes last."""
        owned: dict[str, list[tuple[str, PromiseLine]]] = {}
        for state, line in self.in_order:
            owned.setdefault(line.owner or NO_OWNER, []).append((state, line))
        counts = [
            OfOwner(
                owner,
                len(those),
                sum(state == KEPT for state, _ in those),
                # Once is enough, whatever came of it then.
                sum(bool(line.moves) for _, line in those),
                sum(state == DROPPED for state, _ in those),
                sum(state in (PASSED, LATE) for state, _ in those),
            )
            for owner, those in owned.items()
        ]
        return sorted(counts, key=lambda of: (of.owner == NO_OWNER, -of.late, of.owner))


def known_until(lines: Iterable[PromiseLine], today: date, *days_told: date) -> date:
    """The latest day of which anything tells; today where that is still to come.

    ``days_told`` are those of reports, which may tell nothing of any of them.
    """
    days = [*days_told, *(line.said_on for line in lines)]
    days += [answer.on for line in lines for answer in line.answers]
    return min(max(days, default=today), today)
