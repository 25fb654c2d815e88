"""What has changed between two texts: sentence by sentence, then word by word.

The work is bounded whatever the texts: sentences and words are compared by Myers' algorithm (E. W.
Myers, "An O(ND) Difference Algorithm and Its Variations", 1986), whose steps are counted. What
would take more steps, or has less than half in common, is shown whole: the old, then the new.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

Piece = tuple[str, str]

# A figure is one word with its signs, so that 581 becomes 75 and not "58175".
_WORDS = re.compile(r"\s+|[£€$]?\w+(?:[.,:/'\u2019\u2013-]\w+)*%?|\S")
_SENTENCES = re.compile(r"(?<=[.!?][ \t])|(?<=\n)")
# Texts that have less than this share of their words in common are shown one after the other:
# woven into each other neither could be read.
_ALIKE = 0.5
# The steps of one comparison: enough for 300 changed words in a text of any length.
MOST_STEPS = 60_000
# What is so short stands in one line: 581 → 75.
_SHORT = 40


class _Budget:
    def __init__(self, steps: int) -> None:
        self.left = steps

    def take(self, steps: int) -> bool:
        self.left -= steps
        return self.left >= 0


def word_changes(before: str, after: str) -> list[Piece]:
    """The text in pieces, in reading order: ("same", words), ("out", words) or ("in", words).

    White space is part of the pieces, so a text keeps its lines. Between a piece that is out and
    the one that stands for it is ("gap", " → ") or ("gap", " ") where nothing else divides them.
    Texts that are mostly different are two pieces, the old one out and the new one in.
    """
    if before == after:
        return [("same", after)] if after else []
    if not before or not after:
        return [("in", after)] if after else [("out", before)]
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if _most_in_common(old, new) < _ALIKE:
        return _whole(before, after)
    pieces = list(_by_sentences(before, after, _Budget(MOST_STEPS)))
    if _in_common(pieces, old, new) < _ALIKE:
        return _whole(before, after)
    return _divided(_joined(pieces))


def mostly_different(before: str, after: str) -> bool:
    """Whether one text takes the place of another with which it has less than half in common."""
    kinds = {kind for kind, _ in word_changes(before, after)}
    return {"out", "in"} <= kinds and "same" not in kinds


def _whole(before: str, after: str) -> list[tuple[str, str]]:
    if max(len(before), len(after)) <= _SHORT and "\n" not in before + after:
        return _divided([("out", before), ("in", after)])
    return [("out", before), ("in", after)]


def _said(pieces: list[str]) -> list[str]:
    return [word for word in pieces if not word.isspace()]


def _most_in_common(old: list[str], new: list[str]) -> float:
    """The share of words that the texts have in common at most: in whatever order."""
    first, second = Counter(_said(old)), Counter(_said(new))
    return 2 * (first & second).total() / max(first.total() + second.total(), 1)


def _in_common(pieces: list[tuple[str, str]], old: list[str], new: list[str]) -> float:
    same = sum(len(_said(_WORDS.findall(text))) for kind, text in pieces if kind == "same")
    return 2 * same / max(len(_said(old)) + len(_said(new)), 1)


def _by_sentences(before: str, after: str, budget: _Budget) -> Iterator[Piece]:
    old, new = _SENTENCES.split(before), _SENTENCES.split(after)
    for kind, out, into in _changes(old, new, budget):
        removed, added = "".join(out), "".join(into)
        if kind == "same":
            yield "same", added
        else:
            yield from _by_words(removed, added, budget)


def _by_words(before: str, after: str, budget: _Budget) -> Iterator[Piece]:
    """One changed passage: woven where it can be read so, else the old and the new whole."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[Piece] = []
    if old and new and _most_in_common(old, new) >= _ALIKE:
        for kind, out, into in _changes(old, new, budget):
            if kind == "same":
                pieces.append(("same", "".join(into)))
                continue
            pieces += [("out", "".join(out))] if out else []
            pieces += [("in", "".join(into))] if into else []
    if not pieces or _in_common(pieces, old, new) < _ALIKE:
        pieces = [piece for piece in (("out", before), ("in", after)) if piece[1]]
    yield from pieces


def _changes(
    old: Sequence[str], new: Sequence[str], budget: _Budget
) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    """("same" or "other", of the old, of the new) in order; one "other" where it is too much."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    if start:
        yield "same", old[:start], new[:start]
    inner, outer = old[start : len(old) - end], new[start : len(new) - end]
    at_old = at_new = 0
    for i, j, length in [*_matches(inner, outer, budget), (len(inner), len(outer), 0)]:
        if i > at_old or j > at_new:
            yield "other", inner[at_old:i], outer[at_new:j]
        if length:
            yield "same", inner[i : i + length], outer[j : j + length]
        at_old, at_new = i + length, j + length
    if end:
        yield "same", old[len(old) - end :], new[len(new) - end :]


def _matches(old: Sequence[str], new: Sequence[str], budget: _Budget) -> list[tuple[int, int, int]]:
    """Runs that are the same, as (place in old, place in new, length); none beyond the budget."""
    if not old or not new:
        return []
    furthest = {1: 0}
    history = []
    for edits in range(len(old) + len(new) + 1):
        history.append(dict(furthest))
        for line in range(-edits, edits + 1, 2):
            down = line == -edits or (line != edits and furthest[line - 1] < furthest[line + 1])
            i = furthest[line + 1] if down else furthest[line - 1] + 1
            start = i
            while i < len(old) and i - line < len(new) and old[i] == new[i - line]:
                i += 1
            furthest[line] = i
            if not budget.take(1 + i - start):
                return []
            if i >= len(old) and i - line >= len(new):
                return _way_back(history, len(old), len(new))
    return []


def _way_back(history: list[dict[int, int]], i: int, j: int) -> list[tuple[int, int, int]]:
    """The runs along the way by which the end was reached."""
    runs = []
    for edits in range(len(history) - 1, -1, -1):
        furthest, line = history[edits], i - j
        down = line == -edits or (line != edits and furthest[line - 1] < furthest[line + 1])
        before = line + 1 if down else line - 1
        from_i = furthest[before] if edits else 0
        from_j = from_i - before if edits else 0
        begin = (from_i if down else from_i + 1) if edits else 0
        if i > begin:
            runs.append((begin, begin - line, i - begin))
        i, j = from_i, from_j
    return runs[::-1]


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Pieces of one kind together; space alone between two changes is part of both."""
    runs: list[tuple[str, str, str]] = []
    for place, (kind, text) in enumerate(pieces):
        inside = 0 < place < len(pieces) - 1 and text.isspace()
        if kind == "same" and not (
            inside and all(pieces[beside][0] != "same" for beside in (place - 1, place + 1))
        ):
            runs.append(("same", "", text))
        elif kind == "same":
            runs.append(("other", text, text))
        else:
            runs.append(("other", text if kind == "out" else "", text if kind == "in" else ""))
    joined: list[Piece] = []
    for kind, several in groupby(runs, key=lambda run: run[0]):
        group = list(several)
        out, into = ("".join(run[at] for run in group) for at in (1, 2))
        if kind == "same":
            joined.append(("same", into))
        else:
            joined += [("out", out), ("in", into)]
    return [piece for piece in joined if piece[1]]


def _divided(pieces: list[Piece]) -> list[Piece]:
    """The pieces with something between an old one and the new one that stands for it."""
    divided: list[Piece] = []
    for kind, piece in pieces:
        last = divided[-1] if divided else ("", "")
        if kind == "in" and last[0] == "out" and not (last[1][-1:] + piece[:1]).isspace():
            figures = all(any(sign.isdigit() for sign in text) for text in (last[1], piece))
            short = max(len(last[1]), len(piece)) <= _SHORT
            if not last[1][-1:].isspace() and not piece[:1].isspace():
                divided.append(("gap", " → " if figures and short else " "))
        divided.append((kind, piece))
    return divided


def excerpts(pieces: list[tuple[str, str]], around: int = 8) -> list[tuple[str, str]]:
    """The pieces of ``word_changes`` with what is the same cut down to ``around`` words.

    What was left out is an ellipsis: before the first change, after the last, or between two.
    """
    cut = []
    for place, (kind, text) in enumerate(pieces):
        whole = text.split()
        if kind != "same" or len(whole) <= 2 * around:
            cut.append((kind, text))
            continue
        start = [] if place == 0 else whole[:around]
        end = [] if place == len(pieces) - 1 else whole[-around:]
        cut.append((kind, f" {' '.join((*start, '…', *end))} "))
    return cut
