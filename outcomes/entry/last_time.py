"""What is asked about by time: figures filled in from last time, and days that are past."""

from decimal import Decimal

from bcfportal.lib import clock
from bcfportal.lib.sentences import day_words
from bcfportal.lib.text.typed_dates import days_in
from outcomes.entry.boxes import Grid, Last
from outcomes.entry.validation import Status
from typed.boxes import Box


def marked(carried: dict[str, str], typed: Grid, *, confirmed: bool) -> dict[str, str]:
    """What is ``carried``, with a mark in each row that it is last time's and is asked about.

    ``confirmed``: a person has said that nothing has changed, which answers what is asked of it.
    """
    marks = {}
    for row in typed.own:
        said = carried.get(f"{row.key}-value") or carried.get(f"{row.key}-none")
        if said:
            marks[f"{row.key}-filled"] = said
            if confirmed:
                marks[f"{row.key}-right"] = f"yes: {_normal(said)}"
        elif confirmed and row.unusual and row.unusual == is_filled(row.boxes, row.value, row.last):
            marks[f"{row.key}-right"] = row.right
    return carried | marks


def _normal(said: str) -> str:
    """A figure as a tick has it; a reason for none stays as it is."""
    return said if said in Status.values else f"{Decimal(said).normalize():f}"


def is_filled(boxes: dict[str, Box], value: Decimal | None, last: Last | None) -> str:
    """That what stands in a row was filled in from last time, in a sentence; else nothing."""
    now = boxes["none"].text if value is None else f"{value.normalize():f}"
    filled = boxes["filled"].text
    if not filled or _normal(filled) != now:
        return ""
    what = "reason" if value is None else "figure"
    of = f" of {last.period_label}" if last else ""
    return f"This is the {what}{of}, filled in from last time."


def is_past(boxes: dict[str, Box]) -> str:
    """That a figure is expected on a day that is over, in a sentence; else nothing."""
    expected = boxes["expected"]
    if expected.error or not expected.text:
        return ""
    past = [day for day in days_in(expected.text) if day < clock.today()]
    return f"It is expected on {day_words(past[0])}, which is past." if past else ""
