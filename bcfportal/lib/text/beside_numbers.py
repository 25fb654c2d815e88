"""Words and signs beside a number that a number box cannot keep: about 80, over 80, 80 to 85.

None is dropped silently, since the figure would then say more than who typed it knew.
"""

import re

from bcfportal.lib.text.typed_text import DASHES, quoted

_NUMBER = (
    rf"[{DASHES}]?\s?£?\d[\d,.]*(?:\s?(?:k|m|bn|thousand|million|billion)\b)?(?:\s?%|\s?per ?cent)?"
)
_WORD = (
    r"approximately|approx|estimated|estimate|est|provisional|prov|roughly|around|about|circa|ca|c"
)
_ABOUT = re.compile(
    rf"(?:(?:{_WORD})\b\.?\s*|c\.?\s*(?=[£\d])|[~≈]\s*)(?P<after>{_NUMBER})"
    rf"|(?P<before>{_NUMBER})\s*(?:-?ish|[~≈]|(?:{_WORD})\.?|\((?:{_WORD}|e|p)\.?\))",
    re.ASCII | re.IGNORECASE,
)
_MORE = r"over|under|above|below|(?:more|less|fewer) than|at (?:least|most)|nearly|almost|up to"
_LIMIT = re.compile(
    rf"(?:{_MORE}|[<>≤≥]=?)\s*{_NUMBER}"
    rf"|{_NUMBER}\s*(?:\+|(?:or|and) (?:more|less|fewer|over|under|above|below))",
    re.ASCII | re.IGNORECASE,
)
_TWO = re.compile(
    rf"{_NUMBER}\s*(?:[{DASHES}/]|\bto\b|\bor\b|\bof\b|out of)\s*{_NUMBER}",
    re.ASCII | re.IGNORECASE,
)
_NOT_SUGGESTED = re.compile(r"[£%\s]|per ?cent", re.IGNORECASE)


def said_beside(typed: str) -> tuple[str, str]:
    """What to do about a number with more beside it, and the number to type instead.

    Both are "" where the text is no such thing, the number where it is not said.
    """
    if about := _ABOUT.fullmatch(typed):
        number = _NOT_SUGGESTED.sub("", about["after"] or about["before"])
        return f"“{quoted(typed)}” also says that it is not exact", number
    if _LIMIT.fullmatch(typed):
        return f"“{quoted(typed)}” says only what it is more or less than", ""
    if _TWO.fullmatch(typed):
        return f"“{quoted(typed)}” is two numbers", ""
    return "", ""
