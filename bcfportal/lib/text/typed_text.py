"""What is true of every box for a figure, a day or a code: it has many dashes, and no spaces."""

import re

from bcfportal.lib.text.invisible import in_plain_signs

# The dashes that keyboards, Word and Excel make, and the true minus.
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"
SLASHES = "/\u2044\u2215\uff0f"
_DASHES_AND_SLASHES = str.maketrans(
    dict.fromkeys(DASHES, "-") | dict.fromkeys(SLASHES, "/"),
)
_SPACES = re.compile(r"\s+")


def folded(text: str) -> str:
    """The text as dates and years are compared: in small letters, one kind of dash and space."""
    text = in_plain_signs(text).translate(_DASHES_AND_SLASHES)
    return _SPACES.sub(" ", text).strip().casefold()


def quoted(text: str, most: int = 40) -> str:
    """What was typed, for a sentence about it: on one line, and cut where it is long."""
    text = _SPACES.sub(" ", in_plain_signs(text[: most * 10])).strip()
    return text if len(text) <= most else f"{text[: most - 1]}…"
