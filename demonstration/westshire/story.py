"""What happens in Westshire, and when: steps, each at its moment."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random
from zoneinfo import ZoneInfo

from accounts.models import User
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
        """The person in the form that actions take: ``by`` and ``access``."""
        return {"by": self.people[who], "access": self.access(who)}

    def project(self, slug: str) -> Project:
        return Project.objects.select_related("grant_condition").get(
            council=self.council, slug=slug
        )


@dataclass(frozen=True, order=True)
class Step:
    """One thing that happens at a moment; of two at the same moment the earlier listed is first."""

    at: datetime
    act: Callable[[Story], object] = field(compare=False)
    # Whose hand it is, for the history of records that forms change; nobody for the generator.
    who: str = field(default="", compare=False)
