"""The rule that rates a saving in one year. In words, with examples: docs/rules/savings.md."""

from dataclasses import dataclass
from decimal import Decimal

from bcfportal.lib.ratings import Rating
from bcfportal.lib.shares import share_words

# What a council that has set nothing is rated by, in per cent of the target.
GREEN_WITHIN = Decimal(0)
AMBER_FROM = Decimal(50)


@dataclass(frozen=True)
class RatedSaving:
    """A colour and the reason for it in words."""

    rating: Rating
    reason: str


def expected(
    target: Decimal | None,
    achieved: Decimal | None,
    forecast: Decimal | None,
    over: Decimal | None,
    *,
    year_over: bool,
) -> Decimal | None:
    """Pounds that the year brings: achieved once it is over, forecast before; None unknown.

    ``over`` is by how much the target is passed, for sources that print only that.
    """
    if year_over and achieved is not None:
        return achieved
    if forecast is not None:
        return forecast
    if over is not None and target is not None:
        return target + over
    return None


def rate_saving(
    target: Decimal | None,
    brings: Decimal | None,
    *,
    at_risk: bool = False,
    green_within: Decimal = GREEN_WITHIN,
    amber_from: Decimal = AMBER_FROM,
) -> RatedSaving:
    """The rating of one year of a saving, whose target and outcome are in pounds.

    ``brings`` is what ``expected`` says. ``green_within`` and ``amber_from`` are per cent of the
    target, settings of the council. Nothing is rounded before it is compared.
    """
    if target is None:
        return RatedSaving(Rating.NOT_RATED, "There is no target to rate against")
    if brings is None:
        return RatedSaving(Rating.NOT_RATED, "There is no outturn or forecast of the year yet")
    if target == 0:
        return RatedSaving(Rating.NOT_RATED, "Nothing was to be saved")
    share = brings * 100 / target
    reason = _share_words(share, (100 - green_within, amber_from))
    if share >= 100 - green_within:
        if at_risk:
            return RatedSaving(Rating.AMBER, f"{reason}, and its evidence is “at risk”")
        return RatedSaving(Rating.GREEN, reason)
    if share >= amber_from:
        return RatedSaving(Rating.AMBER, f"{reason}, {amber_from.normalize():f}% or more")
    return RatedSaving(Rating.RED, f"{reason}, less than {amber_from.normalize():f}%")


def shortfall(target: Decimal | None, brings: Decimal | None) -> Decimal | None:
    """Target less what the year brings, in pounds: negative where the target is passed."""
    return None if target is None or brings is None else target - brings


def _share_words(share: Decimal, limits: tuple[Decimal, Decimal]) -> str:
    """What a year brings of its target, in words; what cost more than it saved says so."""
    text = f"{share_words(share, limits=limits)} of the target"
    return f"Cost more than it saved: {text}" if share < 0 else text
