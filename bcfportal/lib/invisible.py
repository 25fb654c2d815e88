"""Characters that nobody sees: copied along with a text, and no part of a figure."""

import re

# Soft hyphen, marks of direction, zero-width spaces and joiners, word joiner, byte order mark.
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+")


def without_invisible(text: str) -> str:
    """The text without what nobody can see in it. For codes, figures and dates, not for prose."""
    return _UNSEEN.sub("", text)
