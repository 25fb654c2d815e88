"""Full text search of sheets with PostgreSQL: what matches, in which order, and where."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorCombinable
from django.db import connection
from django.db.models import F, Func, JSONField, QuerySet, Value

# Private-use characters that stand around a found word until the page escapes the text.
FOUND_START, FOUND_END = "\ue000", "\ue001"
LONGEST_SEARCH = 200
_AROUND = 110
# The heading of the title, the short title and the line of a document's contents, a line each.
TITLE = "Title"
CONTENTS = "Line in the contents"
_OPTIONS = f"HighlightAll=true, StartSel={FOUND_START}, StopSel={FOUND_END}"
# Of words that no table keeps: as ``WordsVector``, ``find`` and ``MarkedWords`` read those of one.
_IN_WORDS = """
    SELECT said.key, ts_rank(vector, query, 1), ts_headline('english', said.value, query, %s)
    FROM jsonb_each(%s::jsonb) said,
        websearch_to_tsquery('english', %s) query,
        LATERAL (SELECT setweight(
            jsonb_to_tsvector('english', said.value, '["string"]'), 'B') AS vector) searched
    WHERE vector @@ query
"""


class Match(NamedTuple):
    """Texts in which a search found something, by heading, with what is found marked."""

    key: str
    rank: float
    marked: dict[str, str]


class WordsVector(SearchVectorCombinable, Func):
    """The search vector of all strings in a JSON object, not of its keys."""

    function = "jsonb_to_tsvector"
    template = "setweight(%(function)s('english'::regconfig, %(expressions)s, '[\"string\"]'), 'B')"


class MarkedWords(Func):
    """A JSON object with the words found by a query marked in all its strings."""

    function = "ts_headline"
    template = "%(function)s('english'::regconfig, %(expressions)s)"
    output_field = JSONField()


def find(snapshots: QuerySet, text: str) -> QuerySet:
    """The snapshots that match ``text``, best first, each with ``marked`` words.

    ``text`` is read as on the web: words, "a phrase", or, -without. Any text is safe.
    """
    query = SearchQuery(text, config="english", search_type="websearch")
    return (
        snapshots.filter(search=query)
        .annotate(
            rank=SearchRank(F("search"), query, normalization=Value(1)),
            marked=MarkedWords(F("words"), query, Value(_OPTIONS)),
        )
        .order_by("-rank", "pk")
    )


def find_in(texts: Mapping[str, Mapping[str, str]], text: str) -> list[Match]:
    """Those of the texts, by key and heading, that match ``text``. One query, or none of none."""
    if not texts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_IN_WORDS, [_OPTIONS, json.dumps(texts), text])
        return [Match(key, rank, json.loads(marked)) for key, rank, marked in cursor.fetchall()]


def _title(marked: Mapping[str, str]) -> tuple[str, str]:
    """(the title and the short one, the line of a document's contents) of what is found."""
    lines = marked.get(TITLE, "").split("\n")
    return "\n".join(lines[:2]), "\n".join(lines[2:])


def in_title(marked: Mapping[str, str]) -> bool:
    """Whether the title, or the short one, has what is found."""
    return FOUND_START in _title(marked)[0]


def says_all(text: str, *said: str) -> bool:
    """Whether each word of ``text`` begins a word of what is ``said``, in whatever case."""
    there = f" {' '.join(said)}".casefold()
    return all(f" {word}" in there for word in text.casefold().split())


def passages(marked: dict[str, str], most: int = 3) -> list[tuple[str, str]]:
    """Up to ``most`` (heading, passage) pairs around the first found word of each text.

    None of the title, which a list of what is found prints: see ``in_title``.
    """
    passages = []
    _, contents = _title(marked)
    for heading, text in (marked | {TITLE: "", CONTENTS: contents}).items():
        if FOUND_START not in text:
            continue
        at = text.index(FOUND_START)
        start = text.rfind(" ", 0, max(at - _AROUND, 0)) + 1
        end = text.find(" ", at + _AROUND)
        passage = text[start:] if end == -1 else text[start:end]
        if passage.count(FOUND_START) > passage.count(FOUND_END):
            passage += FOUND_END
        passages.append((heading, ("… " if start else "") + passage + ("" if end == -1 else " …")))
    return passages[:most]
