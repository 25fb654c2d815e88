"""Icons of direction, variation and assurance: a shape, a letter, and always the words."""

from dataclasses import dataclass
from decimal import Decimal

from bcfportal.lib import spc
from bcfportal.lib.sentences import counted
from bcfportal.lib.spc.results import Analysis
from outcomes.travel import Travel, Travelled


@dataclass(frozen=True)
class Icon:
    """``shape`` names the drawing, ``label`` stands beside it, ``words`` say it in full.

    ``tone`` is good, bad, plain or none: a colour that only repeats what the shape says.
    """

    shape: str
    tone: str
    label: str
    sentence: str


_TRAVEL = {
    Travel.BETTER: ("up", "good", "Better"),
    Travel.WORSE: ("down", "bad", "Worse"),
    Travel.SAME: ("level", "plain", "No change"),
    Travel.UP: ("rise", "plain", "Up"),
    Travel.DOWN: ("fall", "plain", "Down"),
    Travel.UNKNOWN: ("none", "none", "–"),
}
_VARIATION = {
    spc.Variation.COMMON_CAUSE: ("common", "plain", "No significant change"),
    spc.Variation.IMPROVEMENT_HIGH: ("high", "good", "Improving, high"),
    spc.Variation.IMPROVEMENT_LOW: ("low", "good", "Improving, low"),
    spc.Variation.CONCERN_HIGH: ("high", "bad", "Concern, high"),
    spc.Variation.CONCERN_LOW: ("low", "bad", "Concern, low"),
    spc.Variation.NEUTRAL_HIGH: ("high", "plain", "Higher"),
    spc.Variation.NEUTRAL_LOW: ("low", "plain", "Lower"),
}
_ASSURANCE = {
    spc.Assurance.MEETS: ("pass", "good", "Meets"),
    spc.Assurance.FALLS_SHORT: ("fail", "bad", "Falls short"),
    spc.Assurance.HIT_AND_MISS: ("miss", "plain", "Hit and miss"),
}


def travel_icon(travelled: Travelled) -> Icon:
    """An arrow that says better or worse, whichever way the figure moved."""
    shape, tone, label = _TRAVEL[travelled.travel]
    return Icon(shape, tone, label, travelled.reason)


def variation_icon(chart: spc.Analysis) -> Icon:
    """What the latest point says about change; not enough data below 12 points."""
    if not chart.enough:
        return Icon("none", "none", "Not enough data", _too_few(chart))
    shape, tone, label = _VARIATION[chart.variation]
    last = chart.points[-1]
    return Icon(shape, tone, label, f"{chart.variation.label}. {last.rule}")


def assurance_icon(chart: spc.Analysis, target: Decimal | None) -> Icon:
    """Whether the limits keep the one target that is set; nothing where none is, or it moves."""
    if target is None or chart.assurance is None:
        return Icon("none", "none", "–", "There is no single target to compare the limits with")
    if not chart.enough:
        return Icon("none", "none", "Not enough data", _too_few(chart))
    shape, tone, label = _ASSURANCE[chart.assurance]
    return Icon(shape, tone, label, chart.assurance.label)


def _too_few(chart: Analysis) -> str:
    if not chart.segments:
        return "There is no control chart of this measure"
    if chart.too_still:
        return "There is too little variation for limits"
    number = chart.segments[-1].points
    return f"{counted(number, 'point')}: limits need {spc.FEWEST_POINTS}"
