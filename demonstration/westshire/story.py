"""What happens in Westshire, and when: steps in the order of their moments, taken one by one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random
from zoneinfo import ZoneInfo

import pghistory
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from pghistory.models import Event as HistoryEvent

from accounts.models import User
from bcfportal.lib import clock
from projects.access import Access, access_of
from projects.models import Council, Project

ENGLAND = ZoneInfo("Europe/London")
SLUG = "westshire"
SEED = 2026
MADE_UP = "Made up for a demonstration."


def moment(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment in England."""
    return datetime.combine(date(year, month, day), time(hour, minute), ENGLAND)


# The day that the demonstration lives on: quarter 3 of 2026/27 is open, half of it is in.
NOW = moment(2027, 1, 20)


@dataclass
class Story:
    """The council as the story goes on: who is who, and the numbers that chance gives."""

    council: Council
    people: dict[str, User]
    chance: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 - not for secrets

    def access(self, who: str) -> Access:
        """What the person may do today; roles and projects change in the story."""
        return access_of(self.people[who], self.council)

    def by(self, who: str) -> dict:
        """The person as actions are told of them: ``by`` and ``access``."""
        return {"by": self.people[who], "access": self.access(who)}

    def project(self, slug: str) -> Project:
        return Project.objects.select_related("grant_condition").get(
            council=self.council, slug=slug
        )


@dataclass(frozen=True, order=True)
class Step:
    """One thing that happens at a moment; of two at the same moment the earlier listed is first."""

    at: datetime
    act: Callable[[Story], None] = field(compare=False)
    # Whose hand it is, for the history of records that forms change; nobody for the generator.
    who: str = field(default="", compare=False)


@transaction.atomic
def make_westshire(people: dict[str, User], *, until: datetime = NOW) -> Council | None:
    """Makes the council and lives through its story up to ``until``; None where it is there.

    ``people`` are the demonstration's accounts by email. Raises ImproperlyConfigured outside
    demonstration mode.
    """
    from demonstration.westshire import council, subjects

    if not settings.DEMONSTRATION:
        raise ImproperlyConfigured("A demonstration is made in demonstration mode only.")
    if Council.objects.filter(slug=SLUG).exists():
        return None
    with clock.stopped_at(council.BEGINS):
        story = Story(*council.make_council(people))
        _date_history(council.BEGINS)
    for step in _in_order(subjects.all_steps(), until):
        with clock.stopped_at(step.at), _hand(story, step.who):
            step.act(story)
        _date_history(step.at)
    return story.council


def _in_order(steps: Iterator[Step], until: datetime) -> list[Step]:
    return sorted(step for step in steps if step.at <= until)


def _hand(story, who):
    return pghistory.context(user=story.people[who].pk if who else None)


def _date_history(at: datetime) -> None:
    """Gives the history rows that the database just wrote, by its own clock, the step's moment."""
    with connection.cursor() as cursor:
        for model in _history_models():
            cursor.execute(
                f"UPDATE {model._meta.db_table} SET pgh_created_at = %s "  # noqa: S608 - own names
                "WHERE pgh_created_at = transaction_timestamp()",
                [at],
            )


def _history_models() -> list[type[HistoryEvent]]:
    return [
        model
        for model in apps.get_models()
        if issubclass(model, HistoryEvent) and not model._meta.proxy
    ]
