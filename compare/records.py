"""A capture as files: what each visitor saw at each address, and what the database is made of."""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

KINDS = ("text", "files", "schema")
# The first line of a record of pages and files: what the answer was.
STATUS = "status: "


@dataclass(frozen=True, order=True)
class Record:
    """What was at one place (an address, a table): lines, of one of the kinds."""

    place: str
    kind: str
    lines: list[str]


def write_records(path: Path, records: Iterable[Record]) -> int:
    """Writes the records in the order of their places; the number of them. Same in, same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    ordered = sorted(records)
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 5, raw, mtime=0) as file:
        for record in ordered:
            line = json.dumps(asdict(record), ensure_ascii=False)
            file.write(f"{line}\n".encode())
    return len(ordered)


def read_records(path: Path) -> Iterator[Record]:
    """The records of a file, or none where there is no such file."""
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
            for line in file:
                yield Record(**json.loads(line))
