"""Bullets of Word, which are letters of its symbol fonts: to every other font they are boxes."""

# By Symbol and Wingdings: dots, squares, arrows, ticks and dashes before the lines of a list.
_OF_WORD = "\uf02d\uf06c\uf06e\uf071\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0e0\uf0fc\uf0fe"
# Bullets that Word and web pages write with letters of their own, and few fonts have.
_OF_FEW_FONTS = "\u2043\u2794\u27a2\u27a4\u2b9a\u29bf"
_BULLETS = str.maketrans(dict.fromkeys(_OF_WORD + _OF_FEW_FONTS, "•"))


def with_plain_bullets(text: str) -> str:
    """The text with a bullet that every font has for each of these."""
    return text.translate(_BULLETS)
