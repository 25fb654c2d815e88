"""Reads a time of day as people type it: 10am, 10.30 am, 14:00, 1400, midday."""

import re
from datetime import time

_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2})|(?P<together>\d{2}))?"
    r"\s*(?P<half>[ap])?(?:\.?\s*m\.?)?",
    re.IGNORECASE,
)
_WORDS = {"midday": time(12), "noon": time(12), "12 noon": time(12), "midnight": time(0)}
# From this hour on, an hour without am or pm is one of the morning or is counted to 24.
_FIRST_OF_THE_DAY = 8


def read_time(text: str) -> time:
    """The time that was typed. Raises ValueError with a sentence where it is none, or two."""
    typed = " ".join(text.lower().split())
    if typed in _WORDS:
        return _WORDS[typed]
    match = _TIME.fullmatch(typed)
    if match is None or (typed[-1] == "m" and not match["half"]):
        raise ValueError("Enter a time, such as 10am or 2:30pm.")
    hour, minute = int(match["hour"]), int(match["minute"] or match["together"] or 0)
    if minute > 59 or hour > (12 if match["half"] else 23) or (match["half"] and not hour):
        raise ValueError("Enter a time that a clock shows, such as 10am or 2:30pm.")
    if match["half"]:
        return time(hour % 12 + (12 if match["half"] == "p" else 0), minute)
    if 0 < hour < _FIRST_OF_THE_DAY and not match["hour"].startswith("0"):
        said = f"{hour}:{minute:02}" if minute else str(hour)
        raise ValueError(f"Say whether that is {said}am or {said}pm.")
    return time(hour, minute)
