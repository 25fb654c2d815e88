"""What a file says: tables row by row, papers page by page, anything else by its fingerprint."""

import csv
import hashlib
import json
import os
from io import BytesIO, StringIO
from pathlib import Path

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
# Papers that other code than this has read are read again.
OWN = Path(__file__).read_bytes()
# Beside these, text is compared as it is.
PLAIN = ("text/", "application/json", "application/javascript")


def read_file(content: bytes, kind: str, cache: Path | None = None) -> list[str]:
    """The lines of a file of the content type ``kind``. Papers already read are in ``cache``.

    A row of a table is one line: the list of its cells, as JSON.
    """
    kind = kind.partition(";")[0].strip()
    if kind == CSV:
        return _csv(content)
    if kind == XLSX:
        return _xlsx(content)
    if kind == PDF:
        return _kept(content, cache) if cache else _pdf(content)
    if kind.startswith(PLAIN):
        return content.decode(errors="replace").splitlines()
    return [f"{len(content)} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}"]


def _csv(content: bytes) -> list[str]:
    mark = content.startswith(b"\xef\xbb\xbf")
    rows = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))
    ends = "CRLF" if b"\r\n" in content else "LF"
    return [f"byte order mark: {'yes' if mark else 'no'}, line ends: {ends}", *map(_row, rows)]


def _xlsx(content: bytes) -> list[str]:
    from openpyxl import load_workbook

    lines = []
    for sheet in load_workbook(BytesIO(content)):
        lines.append(f"sheet {sheet.title}: {sheet.dimensions}, frozen at {sheet.freeze_panes}")
        lines += [_row([_cell(cell) for cell in row]) for row in sheet.iter_rows()]
    return lines


def _cell(cell: object) -> object:
    """The value; with the form in which it is shown, unless that is the usual one."""
    value, form = cell.value, cell.number_format  # type: ignore[attr-defined]
    if not isinstance(value, str | int | float | bool | None):
        value = str(value)
    return value if form in ("General", "@") or value is None else f"{value} as {form}"


def _row(cells: list) -> str:
    return json.dumps(cells, ensure_ascii=False)


def _kept(content: bytes, cache: Path) -> list[str]:
    """Reading a paper takes seconds, and every visitor is given the same."""
    place = cache / f"{hashlib.sha256(content + OWN).hexdigest()}.json"
    if place.exists():
        return json.loads(place.read_text(encoding="utf-8"))
    lines = _pdf(content)
    cache.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps(lines, ensure_ascii=False), encoding="utf-8")
    unfinished.replace(place)
    return lines


def _pdf(content: bytes) -> list[str]:
    from pypdf import PdfReader

    paper = PdfReader(BytesIO(content))
    about = dict(paper.metadata or {})
    lines = [f"{key}: {about[key]}" for key in ("/Title", "/Author", "/Subject") if key in about]
    lines += [f"language: {paper.root_object.get('/Lang')}", f"pages: {len(paper.pages)}"]
    for number, page in enumerate(paper.pages, 1):
        size = f"{page.mediabox.width:.0f} x {page.mediabox.height:.0f}"
        lines.append(f"page {number} ({size})")
        lines += [line.rstrip() for line in page.extract_text().splitlines() if line.strip()]
    return lines
