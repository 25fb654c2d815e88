"""What pages show of savings to who decides on them, by title; see ``typed.seen``."""

from collections.abc import Iterator

import msgspec

from bcfportal.lib import clock
from bcfportal.lib.versions import fingerprint
from finance.models import ChangeRequest, OptionForChange
from finance.savings.collect import make_sheet
from finance.savings.content import SavingsSheet
from projects.models import Council
from typed.seen import REST


def change_read(change: ChangeRequest, sheet: SavingsSheet | None = None) -> dict[str, str]:
    """What the page of a change shows, and the targets that it would move.

    ``sheet`` is everything that is kept, where it is made already.
    """
    sheet = sheet or make_sheet(change.council, as_at=clock.today())
    (line,) = (line for line in sheet.changes if line.number == change.number)
    moved = [saving.years for saving in sheet.savings if saving.slug == line.saving]
    return _fields(line) | {"The targets of the saving": _mark(moved)}


def option_read(option: OptionForChange) -> dict[str, str]:
    """What the page of an option for change shows."""
    sheet = make_sheet(option.council, as_at=clock.today())
    (line,) = (line for line in sheet.options if line.slug == option.slug)
    return _fields(line)


def paper_read(council: Council) -> dict[str, str]:
    """What a new paper would report, each by its title."""
    sheet = make_sheet(council, as_at=clock.today())
    return dict(_records(sheet)) | {REST: _mark(sheet)}


def _records(sheet: SavingsSheet) -> Iterator[tuple[str, str]]:
    for lines in (sheet.savings, sheet.changes, sheet.teams, sheet.posts, sheet.options):
        for line in lines:
            yield line.title, _mark(line)


def _fields(line: msgspec.Struct) -> dict[str, str]:
    """The texts and figures of a line of the sheet, by what each is called."""
    return {
        name.replace("_", " ").capitalize(): _mark(getattr(line, name))
        for name in line.__struct_fields__
    }


def _mark(said: object) -> str:
    return fingerprint({"": msgspec.to_builtins(said)})
