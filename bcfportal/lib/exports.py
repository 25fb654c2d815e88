"""What is offered as a download: its columns explained, and its rows as plain values."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase

from bcfportal.lib.downloads import CSV, XLSX, download
from bcfportal.lib.spreadsheets.files import csv_chunks, xlsx_bytes
from bcfportal.lib.versions import VersionStatus

KEPT_FROM_OTHERS = ("not_public", "Why only people of the council can read it.")


@dataclass(frozen=True)
class Export:
    """One table, as CSV and as a workbook.

    ``columns`` are (name, what it holds); ``rows`` takes what the subject publishes (a programme,
    a register) and gives rows of plain values in the order of the columns: exact figures, None
    for what there is not, texts as they are. Writing them takes care that no text is a formula.
    """

    name: str
    title: str
    about: str
    columns: Sequence[tuple[str, str]]
    rows: Callable[[Any], Iterable[list]]
    # Further sheets of the workbook, of the same: which version it is.
    beside: tuple["Export", ...] = ()
    # There may be more rows than one wants in memory: a CSV goes out row by row.
    is_long: bool = False

    @property
    def header(self) -> list[str]:
        """The names of the columns: the first row of the file."""
        return [name for name, _ in self.columns]

    def csv(self, of: Any) -> Iterator[str]:
        """The CSV file in pieces, one for each row."""
        return csv_chunks(self.header, self.rows(of))

    def xlsx(self, of: Any) -> bytes:
        """The workbook: a sheet of this table, and one of each that stands beside it."""
        return xlsx_bytes(
            [(export.title, export.header, export.rows(of)) for export in (self, *self.beside)]
        )

    def saying(self, kept_from_others: str) -> "Export":
        """The same table, which says in every row why only people of the council read it."""

        def rows(of: Any) -> Iterator[list]:
            return ([*row, kept_from_others] for row in self.rows(of))

        return replace(self, columns=(*self.columns, KEPT_FROM_OTHERS), rows=rows)

    def answer(
        self, of: Any, stem: str, form: str = CSV, *, version: VersionStatus | None = None
    ) -> HttpResponseBase:
        """The answer that hands the table out as ``stem``.csv or .xlsx.

        A version has a name of its own, so that one never takes another's place in a folder. Of a
        ``version`` that only people of the council read, each row says so.
        """
        if version and version.kept_from_others:
            return self.saying(version.kept_from_others).answer(of, stem, form)
        if form == XLSX:
            return download(self.xlsx(of), f"{stem}.{XLSX}")
        pieces = self.csv(of)
        return download(pieces if self.is_long else "".join(pieces), f"{stem}.{CSV}")


def by_name(*exports: Export) -> dict[str, Export]:
    """The exports of a subject by the names that they have in addresses."""
    return {export.name: export for export in exports}


def export_of(exports: dict[str, Export], name: str) -> Export:
    """The export of that name. Raises Http404 where there is none."""
    if name not in exports:
        raise Http404("No such download.")
    return exports[name]
