"""What has changed between two texts, word by word."""

import re
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[^\s]+")
# Texts that have less than this share of their words in common are shown one after the other:
# woven into each other neither could be read.
_ALIKE = 0.5


def _alike(old: list[str], new: list[str]) -> float:
    return SequenceMatcher(a=old, b=new, autojunk=False).ratio()


def word_changes(before: str, after: str) -> list[tuple[str, str]]:
    """The text in pieces: ("same", words), ("out", words) or ("in", words), in reading order.

    White space is part of the pieces, so a text keeps its lines. Texts that are mostly different
    are two pieces, the old one out and the new one in.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if old and new and _alike(before.split(), after.split()) < _ALIKE:
        return [("out", before), ("in", after)]
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


def excerpts(pieces: list[tuple[str, str]], around: int = 8) -> list[tuple[str, str]]:
    """The pieces of ``word_changes`` with what is the same cut down to ``around`` words.

    What was left out is an ellipsis: before the first change, after the last, or between two.
    """
    found = []
    for place, (kind, words) in enumerate(pieces):
        whole = words.split()
        if kind != "same" or len(whole) <= 2 * around:
            found.append((kind, words))
            continue
        start = [] if place == 0 else whole[:around]
        end = [] if place == len(pieces) - 1 else whole[-around:]
        found.append((kind, f" {' '.join((*start, '…', *end))} "))
    return found
