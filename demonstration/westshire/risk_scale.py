"""How Westshire scores its risks, and the form in which its risks are written down."""

from dataclasses import dataclass
from datetime import date, datetime

from demonstration.westshire.story import moment

BANDS = [
    {"name": "High", "low": 15, "high": 25, "treatment": "Act now and tell the committee"},
    {"name": "Medium", "low": 6, "high": 14, "treatment": "Act and look again each quarter"},
    {"name": "Low", "low": 1, "high": 5, "treatment": "Accept and look again each year"},
]
STAGES = {
    "original": "Before anything was done about it",
    "current": "With what is done about it today",
    "target": "Where the council wants it to be by the target date",
}
PROSPECTS = {
    "green": "The target will be met by its date",
    "amber": "The target may not be met by its date",
    "red": "The target will not be met by its date",
}
# Likelihood and impact, prospects and why: as at each quarter from July 2025 to January 2027.
Assessed = tuple[tuple[int, int], str, str]
START = moment(2025, 5, 6, 10)


@dataclass(frozen=True)
class RiskText:
    """A risk as it is entered, and what is said of it afterwards."""

    slug: str
    reference: str
    title: str
    description: str
    level: str
    area: str
    owner_post: str
    original: tuple[tuple[int, int], str]
    target: tuple[int, int]
    target_date: date
    standings: tuple[Assessed | None, ...]
    tasks: tuple[str, ...] = ()
    # (moment, number of the task or None, words, state, what is promised, by when)
    progress: tuple[tuple, ...] = ()
    owner: str = ""
    saving: str = ""
    entered: datetime = START


def over_time(scores: str, better: str, same: str, worse: str) -> tuple[Assessed | None, ...]:
    """Seven quarters of "4x4a 4x3g - …": likelihood, impact, prospects; "-" is no assessment."""
    assessed: list[Assessed | None] = []
    last = None
    for word in scores.split():
        if word == "-":
            assessed.append(None)
            continue
        likelihood, impact = int(word[0]), int(word[2])
        prospects = {"g": "green", "a": "amber", "r": "red"}[word[3]]
        points = likelihood * impact
        reason = same if last is None or points == last else better if points < last else worse
        assessed.append(((likelihood, impact), prospects, reason))
        last = points
    return tuple(assessed)
