"""Two captures, and what differs between them. The same change on many pages is told once."""

import difflib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from compare.records import KINDS, STATUS, Record, read_records

CONTEXT = 1
# The places of the schema are seen by nobody in particular.
NO_VISITOR = ""
NOTHING = "(not visited: no link leads there)"


@dataclass
class Difference:
    """A change of some lines, and everywhere that it is: by place, the visitors who see it."""

    kind: str
    lines: list[str]
    places: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Comparison:
    """The differences, and what was compared: the places of each kind, and seen by how many."""

    differences: list[Difference]
    places: dict[str, int]
    visitors: int
    broken: set[str]


def compare(before: Path, after: Path, only: str = "", council: str = "") -> Comparison:
    """What differs between two folders of captures."""
    found: dict[tuple[str, ...], Difference] = {}
    places: dict[str, set[str]] = {kind: set() for kind in KINDS}
    broken: set[str] = set()
    files = sorted({path.name for folder in (before, after) for path in folder.glob("*.gz")})
    for name in files:
        visitor = name.removeprefix("visitor-").removesuffix(".gz") if "-" in name else NO_VISITOR
        for place, old, new in _pairs(before / name, after / name):
            kinds = {record.kind for record in (old, new) if record}
            # What was a file and is refused now is a page that says so.
            kind = "files" if "files" in kinds else kinds.pop()
            if only not in ("", kind) or not _is_of(place, kind, council):
                continue
            places[kind].add(place)
            if new and new.lines[:1] == [f"{STATUS}500"]:
                broken.add(place)
            if old != new:
                change, lines = _difference(old, new)
                one = found.setdefault((kind, *change), Difference(kind, lines))
                one.places.setdefault(place, []).append(visitor)
    differences = sorted(found.values(), key=lambda one: (KINDS.index(one.kind), min(one.places)))
    visitors = sum(name.startswith("visitor-") for name in files)
    return Comparison(differences, {k: len(v) for k, v in places.items()}, visitors, broken)


def _is_of(place: str, kind: str, council: str) -> bool:
    return not council or kind == "schema" or place.startswith(f"/{council}/")


def _pairs(before: Path, after: Path) -> Iterator[tuple[str, Record | None, Record | None]]:
    """Each place and the records of it in two files, which are in the order of places."""
    left, right = read_records(before), read_records(after)
    old, new = next(left, None), next(right, None)
    while old or new:
        if old and new and old.place == new.place:
            yield old.place, old, new
            old, new = next(left, None), next(right, None)
        elif old and (new is None or old.place < new.place):
            yield old.place, old, None
            old = next(left, None)
        elif new:
            yield new.place, None, new
            new = next(right, None)


def _difference(old: Record | None, new: Record | None) -> tuple[list[str], list[str]]:
    """(what makes this change the same as another, lines to be read)."""
    if old is None or new is None:
        lines = _one_sided("-", old) if old else _one_sided("+", new) if new else []
        return lines, lines
    if old.kind == new.kind == "files":
        cells = _cells(old.lines, new.lines)
        if cells:
            return cells, cells
    lines = [
        line if line.startswith("@@") else f"{line[0]} {line[1:]}"
        for line in difflib.unified_diff(old.lines, new.lines, n=CONTEXT, lineterm="")
        if not line.startswith(("---", "+++"))
    ]
    return [line for line in lines if line[0] in "+-"], lines


def _one_sided(sign: str, record: Record) -> list[str]:
    """A page that has gone or is new is known by its status; a table is told whole."""
    if record.kind == "schema":
        return [f"{sign} {line}" for line in record.lines]
    return [f"{sign} {record.lines[0]}", f"{'+' if sign == '-' else '-'} {NOTHING}"]


# Tables.


def _cells(old: list[str], new: list[str]) -> list[str]:
    """Changes cell by cell, where both are tables with the same rows; otherwise nothing."""
    if len(old) != len(new):
        return []
    said: list[str] = []
    head: list = []
    number = 0
    for was, now in zip(old, new, strict=True):
        a, b = _row(was), _row(now)
        if (a is None) != (b is None) or (a is None and was != now):
            return []
        if a is None or b is None:
            head, number = [], 0
            continue
        number += 1
        if not head:
            head = a
            said += _columns(a, b)
        if len(a) == len(b) and was != now:
            said += [
                f"row {number}, column {column} ({head[column - 1] if head else ''}): "
                f"{_value(x)} -> {_value(y)}"
                for column, (x, y) in enumerate(zip(a, b, strict=True), 1)
                if x != y
            ]
        elif len(a) != len(b) and a is not head:
            said += _moved(number, a, b)
    return said


def _columns(a: list, b: list) -> list[str]:
    """Columns that came or went, by their heads."""
    if len(a) == len(b):
        return []
    gone = [f"column {_value(name)} has gone" for name in a if name not in b]
    return gone + [f"column {_value(name)} is new" for name in b if name not in a]


def _moved(number: int, a: list, b: list) -> Iterable[str]:
    matcher = difflib.SequenceMatcher(None, [_value(x) for x in a], [_value(x) for x in b], False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag != "equal":
            was, now = (", ".join(map(_value, part)) for part in (a[a1:a2], b[b1:b2]))
            yield f"row {number}: {was or '(nothing)'} -> {now or '(nothing)'}"


def _row(line: str) -> list | None:
    if not line.startswith("["):
        return None
    try:
        row = json.loads(line)
    except json.JSONDecodeError:
        return None
    return row if isinstance(row, list) else None


def _value(cell: object) -> str:
    return json.dumps(cell, ensure_ascii=False)
