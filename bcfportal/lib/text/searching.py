"""Full text search of sheets with PostgreSQL: what matches, in which order, and where."""

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorCombinable
from django.db.models import F, Func, JSONField, QuerySet, Value

# Private-use characters that stand around a found word until the page escapes the text.
FOUND_START, FOUND_END = "\ue000", "\ue001"
LONGEST_SEARCH = 200
_AROUND = 110


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
    options = f"HighlightAll=true, StartSel={FOUND_START}, StopSel={FOUND_END}"
    return (
        snapshots.filter(search=query)
        .annotate(
            rank=SearchRank(F("search"), query, normalization=Value(1)),
            marked=MarkedWords(F("words"), query, Value(options)),
        )
        .order_by("-rank", "pk")
    )


def says_all(text: str, *said: str) -> bool:
    """Whether each word of ``text`` begins a word of what is ``said``, in whatever case."""
    there = f" {' '.join(said)}".casefold()
    return all(f" {word}" in there for word in text.casefold().split())


def passages(marked: dict[str, str], most: int = 3) -> list[tuple[str, str]]:
    """Up to ``most`` (heading, passage) pairs around the first found word of each text."""
    passages = []
    for heading, text in marked.items():
        if heading == "Title" or FOUND_START not in text:
            continue
        at = text.index(FOUND_START)
        start = text.rfind(" ", 0, max(at - _AROUND, 0)) + 1
        end = text.find(" ", at + _AROUND)
        passage = text[start:] if end == -1 else text[start:end]
        if passage.count(FOUND_START) > passage.count(FOUND_END):
            passage += FOUND_END
        passages.append((heading, ("… " if start else "") + passage + ("" if end == -1 else " …")))
    return passages[:most]
