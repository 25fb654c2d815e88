"""Characters that carry no meaning: invisible ones, and wide ones that stand for narrow ones."""

import re

# Soft hyphen, marks of direction, zero-width spaces and joiners, word joiner, byte order mark.
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+")
# As keyboards and files of East Asia write figures, letters and signs, the pound and the space.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0xFFE1: "£", 0x3000: " "}


# What makes the letters after it stand in another order, so that 173 is shown as 371.
_TURNED = re.compile("[\u202b\u202d\u202e\u2067]")


def is_turned(text: str) -> bool:
    """Whether a text has marks in it that display it in another order than it is read in."""
    return bool(_TURNED.search(text))


def in_plain_signs(text: str) -> str:
    """The text without what nobody can see in it, and in narrow signs: "１２" is 12.

    For codes, figures and dates, not for prose.
    """
    return _UNSEEN.sub("", text).translate(_WIDE)
