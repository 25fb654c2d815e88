"""What has changed between two texts, word by word."""

import re
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[^\s]+")


def word_changes(before: str, after: str) -> list[tuple[str, str]]:
    """The text in pieces: ("same", words), ("out", words) or ("in", words), in reading order."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[tuple[str, str]] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("same", "".join(new[j1:j2])))
            continue
        if i2 > i1:
            pieces.append(("out", "".join(old[i1:i2])))
        if j2 > j1:
            pieces.append(("in", "".join(new[j1:j2])))
    return pieces
