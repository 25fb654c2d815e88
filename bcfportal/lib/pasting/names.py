"""Names as people write them, and the rows of a grid that they stand for.

Word, Excel and a portal's own screens print one name in several ways: curly quotes, long dashes,
"&" for "and", soft hyphens, a missing full stop, other capitals. None of that is part of a name.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

# What a document has lost of a name, or a screen has cut off.
LOST = "[…]"
_CUT = re.compile(r"(…|\.{3})\s*$")
_FOOTNOTE = re.compile("(?<=\\w)[\u00b9\u00b2\u00b3\u2070-\u2079*†‡§]+$")
_QUOTES = re.compile("[\"'`´\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u2032\u2033]")
_IN_NUMBERS = re.compile(r"(?<=\d),(?=\d{3})")
_PER_CENT = re.compile(r"\s*\bper ?cent(age)?\b")
_NO_WORD = re.compile(r"[^\w%£€$+<>.]+|_+|(?<!\d)\.|\.(?!\d)")
# "1. ", "2) ", "(a) " before a name.
_LISTED = re.compile(r"\s*(\(?\d{1,3}(\.\d{1,3})*[.):]|\(?[a-z][.)]|[•·▪o*-])\s+", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*\([^()]*\)?\s*$")
LONGEST = 500
# How alike names are that are asked about: two in three of the words of either.
_ALIKE = 2 / 3


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text as names are compared: its words and figures, and nothing that is only printing."""
    text = _FOOTNOTE.sub("", text.strip())
    text = unicodedata.normalize("NFKC", text)
    text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf").casefold()
    text = _QUOTES.sub("", text).replace("&", " and ")
    text = _PER_CENT.sub("%", _IN_NUMBERS.sub("", text))
    return " ".join(_NO_WORD.sub(" ", text).replace("iz", "is").split())


class RowNames:
    """Which rows a name stands for. Made of several names a row, which rows may share."""

    def __init__(self, names: Sequence[Iterable[str]]) -> None:
        self._exact: dict[str, set[int]] = {}
        self._short: dict[str, set[int]] = {}
        self._lost: list[tuple[list[str], int]] = []
        self._words: dict[str, set[int]] = {}
        self._size: dict[int, list[frozenset[str]]] = {}
        for row, several in enumerate(names):
            for name in several:
                self._add(name, row)
        self._sorted = sorted(self._exact)
        self._known: dict[str, frozenset[int]] = {}

    def _add(self, name: str, row: int) -> None:
        if LOST in name:
            self._lost.append(([fold(part) for part in name.split(LOST)], row))
        if folded := fold(name):
            self._exact.setdefault(folded, set()).add(row)
            if short := fold(_BRACKETED.sub("", name)):
                self._short.setdefault(short, set()).add(row)
            word_set = frozenset(folded.split())
            self._size.setdefault(row, []).append(word_set)
            for word in word_set:
                self._words.setdefault(word, set()).add(row)

    def find(self, text: str) -> frozenset[int]:
        """The rows with that name; none if the text is not a name."""
        if len(text) > LONGEST:
            return frozenset()
        if text not in self._known:
            self._known[text] = self._find(text)
        return self._known[text]

    def _find(self, text: str) -> frozenset[int]:
        folded = fold(text)
        if not folded:
            return frozenset()
        rows = self._exact.get(folded)
        if not rows and (listed := _LISTED.match(text)):
            rows = self._exact.get(fold(text[listed.end() :]))
        if not rows and (cut := _CUT.search(text)):
            rows = self._beginning(fold(text[: cut.start()]))
        if not rows:
            rows = self._short.get(folded) or self._exact.get(fold(_BRACKETED.sub("", text)))
        return frozenset(rows or self._with_lost(folded))

    def beyond(self, text: str) -> str:
        """The words in brackets that a text says behind the name of a row that is called less."""
        if not self.find(text) or fold(text) in self._exact or fold(text) in self._short:
            return ""
        bracket, listed = _BRACKETED.search(text), _LISTED.match(text)
        if not bracket or (listed and fold(text[listed.end() :]) in self._exact):
            return ""
        said = bracket[0].strip(" ()")
        of_lost = any(fold(said) in part for parts, _ in self._lost for part in parts)
        known = fold(text[: bracket.start()]) in self._exact
        return said if known or not of_lost else ""

    def _beginning(self, start: str) -> set[int]:
        rows: set[int] = set()
        if len(start) < 4:
            return rows
        at = bisect_left(self._sorted, start)
        while at < len(self._sorted) and self._sorted[at].startswith(start):
            rows |= self._exact[self._sorted[at]]
            at += 1
        return rows

    def _with_lost(self, folded: str) -> set[int]:
        """The rows with that name, apart from what a document has lost of it."""
        rows = set()
        for parts, row in self._lost:
            first, *_, last = parts
            enough = len(first) + len(last) >= 8 and len(folded) > len(first) + len(last)
            lost = folded[len(first) : len(folded) - len(last)]
            if any(sign.isdigit() for sign in lost) and not any(map(str.isdigit, first + last)):
                # A year or a quarter is no part of a word.
                continue
            if enough and folded.startswith(first) and folded.endswith(last):
                rows.add(row)
        return rows

    def near(self, text: str, most: int = 6) -> list[int]:
        """The rows with names like this one, most alike first: to be asked about, never taken."""
        if len(text) > LONGEST:
            return []
        word_set = set(fold(text).split())
        shared = Counter(row for word in word_set for row in self._words.get(word, ()))
        scored = [(self._likeness(word_set, row), row) for row in shared]
        alike = sorted(((-score, row) for score, row in scored if score >= _ALIKE), key=tuple)
        return [row for _, row in alike[:most]]

    def _likeness(self, word_set: set[str], row: int) -> float:
        return max(
            len(word_set & name) / max(min(len(word_set), len(name)), 1) for name in self._size[row]
        )


def shortened(text: str, longest: int = 60) -> str:
    """The text in one line, cut off where it is long."""
    text = " ".join(text[: longest * 4].split())
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
