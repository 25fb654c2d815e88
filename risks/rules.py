"""How risks are scored, put in bands and reported. In prose: docs/rules/risks.md."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bcfportal.lib.ratings import Rating

LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True)
class Band:
    """A range of scores with its name; ``treatment`` is what the council does at that level."""

    name: str
    low: int
    high: int
    treatment: str = ""


@dataclass(frozen=True)
class Answer:
    """What a rule decides, with the reason in words."""

    yes: bool
    reason: str


def score(likelihood: int, impact: int) -> int:
    """Likelihood times impact, each from 1 to 5: a whole number from 1 to 25.

    Source: Norfolk County Council, Risk Management, 19 June 2017, paragraph 3.1. Raises ValueError
    if either is not from 1 to 5.
    """
    for value in (likelihood, impact):
        if not LOWEST <= value <= HIGHEST:
            raise ValueError(f"{value} is not from {LOWEST} to {HIGHEST}.")
    return likelihood * impact


def band_of(points: int, bands: Iterable[Band]) -> Band:
    """The council's band for the score. Raises ValueError if there is none."""
    for band in bands:
        if band.low <= points <= band.high:
            return band
    raise ValueError(f"No band holds a score of {points}.")


def by_exception(
    points: int | None, prospects: str, *, threshold: int, counting: Collection[str]
) -> Answer:
    """Whether a risk is reported by exception: a high score *and* poor prospects.

    ``points`` is the current score, None if the risk has none yet; ``threshold`` is the lowest
    score that is reported; ``counting`` the prospects that count as poor. Source: the same paper,
    paragraph 1.2 (12 or more, with prospects of red or amber).
    """
    if points is None:
        return Answer(False, "The risk has no current score")
    if not prospects:
        return Answer(False, "The prospects are not given")
    high = points >= threshold
    poor = prospects in counting
    scored = f"a score of {points} is {'' if high else 'less than '}{threshold}"
    scored += " or more" if high else ""
    label = Rating(prospects).label.lower()
    if high and poor:
        return Answer(True, f"{scored[:1].upper()}{scored[1:]}, and prospects are {label}")
    if high:
        return Answer(False, f"Prospects are {label}")
    return Answer(False, f"{scored[:1].upper()}{scored[1:]}")


def movement(before: int | None, after: int | None) -> str:
    """How a score moved: "down 5, better"; "up 3, worse"; "the same"; empty if not known."""
    if before is None or after is None:
        return ""
    if before == after:
        return "the same"
    way = "down" if after < before else "up"
    return f"{way} {abs(after - before)}, {'better' if after < before else 'worse'}"


def is_passed(day: date, by: date) -> bool:
    """Whether ``day`` is before ``by``: a day has not passed on the day itself."""
    return day < by


def counts_by_band(points: Iterable[int | None], bands: Sequence[Band]) -> list[tuple[Band, int]]:
    """How many scores are in each band, in the order of ``bands``. None is not counted."""
    held = [band_of(score, bands) for score in points if score is not None]
    return [(band, held.count(band)) for band in bands]
