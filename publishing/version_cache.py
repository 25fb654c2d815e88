"""What this process has read and worked out of versions: one cache, and one place to forget it.

**Contents** are kept by what they are decoded as and by their fingerprint. A version never changes
and its fingerprint is of its content, so none of them is ever stale. Whether a version may be seen
is not kept with them: that is asked each time.

**Answers** are what follows from all that a council has published and withdrawn. They are kept by
a mark of that (``publishing.acts``): whoever publishes or withdraws makes a new mark, so nobody has
to remember which answers an act touches.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cache
from threading import Lock
from typing import Any, NamedTuple, TypeVar

import msgspec
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from publishing.models import Snapshot

# Contents are counted as the bytes of their JSON, decoded or not; an answer as this many.
MOST_BYTES = 64 * 1024 * 1024
ANSWER_BYTES = 4 * 1024
S = TypeVar("S", bound=msgspec.Struct)
R = TypeVar("R")


class BoundedCache:
    """Values by key, each with the bytes that it is counted as: the oldest go. Threads share it."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._entries: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def counted_bytes(self) -> int:
        """What all that is in it is counted as."""
        return self._bytes

    def get_many(self, keys: Iterable[Hashable]) -> dict[Hashable, Any]:
        """Those of the keys that are in it, with their values."""
        with self._lock:
            values = {key: self._entries[key][0] for key in keys if key in self._entries}
            for key in values:
                self._entries.move_to_end(key)
        return values

    def add_many(self, sized: Mapping[Hashable, tuple[Any, int]]) -> None:
        """Adds values, each with its bytes, and drops what no longer fits."""
        with self._lock:
            for key, (value, size) in sized.items():
                self._drop(key)
                self._entries[key] = (value, size)
                self._bytes += size
            while self._bytes > self.most_bytes:
                self._drop(next(iter(self._entries)))

    def drop_where(self, goes: Callable[[Hashable], bool]) -> None:
        """Drops what has a key of which ``goes`` is true."""
        with self._lock:
            for key in [key for key in self._entries if goes(key)]:
                self._drop(key)

    def _drop(self, key: Hashable) -> None:
        if key in self._entries:
            self._bytes -= self._entries.pop(key)[1]


_cache = BoundedCache(MOST_BYTES)


class Content(NamedTuple):
    """What contents are kept by; ``str`` is their JSON as it was read."""

    kind: type
    fingerprint: str


class Answer(NamedTuple):
    """What an answer is kept by: what works it out, and from what."""

    reading: Callable[..., Any]
    given: tuple[Any, ...]
    named: frozenset[tuple[str, Any]]


def contents(
    fingerprints: Iterable[str],
    kind: type[S],
    texts: Callable[[set[str]], Mapping[str, str]],
    decode: Callable[[str], S] | None = None,
) -> dict[str, S]:
    """The contents with these fingerprints, decoded once as ``kind``.

    ``texts`` reads the JSON of those that are not kept; it is not asked where all are. ``decode``
    is msgspec's own where none is given. Raises KeyError for a fingerprint that nothing has.
    """
    wanted = set(fingerprints)
    kept = {key.fingerprint: value for key, value in _kept(kind, wanted).items()}
    missing = wanted - kept.keys()
    if not missing:
        return {mark: kept[mark] for mark in wanted}
    decode = decode or _decoder(kind)
    new = {mark: (decode(text), len(text)) for mark, text in texts(missing).items()}
    _cache.add_many({Content(kind, mark): sized for mark, sized in new.items()})
    return {mark: kept[mark] if mark in kept else new[mark][0] for mark in wanted}


def json_of(
    fingerprints: Iterable[str], texts: Callable[[set[str]], Mapping[str, str]]
) -> dict[str, str]:
    """The JSON with these fingerprints, for what is decoded as one kind or another.

    ``texts`` reads those that are not kept. Raises KeyError for a fingerprint that nothing has.
    """
    wanted = set(fingerprints)
    kept = {key.fingerprint: text for key, text in _kept(str, wanted).items()}
    missing = wanted - kept.keys()
    if missing:
        new = texts(missing)
        _cache.add_many({Content(str, mark): (text, len(text)) for mark, text in new.items()})
        kept |= new
    return {mark: kept[mark] for mark in wanted}


def sheets_by_period(snapshots: QuerySet[Snapshot], kind: type[S]) -> dict[int, list[S]]:
    """The sheets of a queryset of snapshots by their period's primary key, in its order.

    Two queries at most, however many snapshots there are. ``kind`` is what they hold.
    """
    rows = list(snapshots.values_list("fingerprint", "report__period_id"))
    read = sheets_by_fingerprint([mark for mark, _ in rows], kind)
    sheets: dict[int, list[S]] = {}
    for mark, period in rows:
        sheets.setdefault(period, []).append(read[mark])
    return sheets


def sheets_by_fingerprint(marks: Iterable[str], kind: type[S]) -> dict[str, S]:
    """The sheets of the snapshots with these fingerprints: one query, or none where all are kept.

    ``kind`` is what they hold. Raises KeyError for a fingerprint that no snapshot has.
    """
    return contents(marks, kind, _texts_of_snapshots)


def answer(reading: Callable[..., R], given: tuple[Any, ...], named: Mapping[str, Any]) -> R:
    """What ``reading`` gives of what it is given, worked out once while it is kept."""
    key = Answer(reading, given, frozenset(named.items()))
    kept = _cache.get_many([key])
    if key in kept:
        return kept[key]
    value = reading(*given, **named)
    _cache.add_many({key: (value, ANSWER_BYTES)})
    return value


def forget() -> None:
    """Empties the cache, so that the next visit reads the database again."""
    _cache.drop_where(lambda key: True)


def forget_answers() -> None:
    """The same of answers only: for a database that was put back without the portal's doing."""
    _cache.drop_where(lambda key: isinstance(key, Answer))


def _kept(kind: type, marks: set[str]) -> dict[Any, Any]:
    return _cache.get_many(Content(kind, mark) for mark in marks)


def _texts_of_snapshots(marks: set[str]) -> dict[str, str]:
    rows = Snapshot.objects.filter(fingerprint__in=marks)
    return dict(rows.values_list("fingerprint", Cast("content", TextField())))


@cache
def _decoder(kind: type[S]) -> Callable[[str], S]:
    return msgspec.json.Decoder(kind).decode
