"""What a version of a quarter holds of each project, as plain data: frozen with it."""

from typing import TypeVar, cast

import msgspec

from bcfportal.lib.sentences import several
from outcomes.vital_signs.content import VitalSigns
from projects.models import Council
from publishing.period_versions.content import Contents, Entry
from publishing.period_versions.numbers_given import Given
from returns.content import Names, Sheet, Stream

S = TypeVar("S", bound=Sheet | VitalSigns)
C = TypeVar("C", bound=Contents)


class _Plain(msgspec.Struct, frozen=True, omit_defaults=True):
    pass


class OwnWords(_Plain, frozen=True):
    """The council's own words for what its projects serve, what they do, and its service.

    ``money_style`` is how it writes short amounts. Versions of before it was kept have neither that
    nor the service's name.
    """

    purpose_word: str
    programme_sentence: str = ""
    money_style: str = ""
    service_name: str = ""

    def completed(self, council: Council) -> "OwnWords":
        """The same, with the council's own of today where none is kept."""
        return msgspec.structs.replace(
            self,
            money_style=self.money_style or council.money_style,
            service_name=self.service_name or council.service_name,
        )

    @property
    def purpose_words(self) -> str:
        """The word for several purposes."""
        return several(self.purpose_word)


def words_of_council(council: Council) -> OwnWords:
    """The words that the council has today."""
    return OwnWords(council.purpose_word, council.programme_sentence).completed(council)


def named(sheet: S, names: Names | None) -> S:
    """The sheet as a version with these names shows it: a month's has none of them."""
    if names is None or not isinstance(sheet, Sheet):
        return sheet
    return cast(S, names.of(sheet))


class ProjectEntry(Entry, frozen=True, kw_only=True, omit_defaults=True):
    """One project as the version shows it.

    Where ``period`` is not the version's own it did not report in time: the fields from ``title``
    on are what was in force when the version was made. What reported has those alone
    that are not as its report says: ``streams`` where allocations changed since it was approved, a
    name or a purpose of the period's day that was typed since. ``sheet`` is there where nothing of
    it was ever published.
    """

    title: str = ""
    short_title: str = ""
    condition_number: int | None = None
    condition_title: str = ""
    streams: list[Stream] = []
    sheet: Sheet | None = None

    def as_published(self, sheet: Sheet, own: str, given: Given) -> Sheet:
        """The sheet as the version of the period ``own`` shows it.

        ``given`` are the numbers that reports gave for what is held back.
        """
        sheet = sheet.without(self.held_back, given)
        if self.period == own and self.sheet is None:
            sheet = msgspec.structs.replace(sheet, streams=self.streams) if self.streams else sheet
            return self.called(sheet)
        return msgspec.structs.replace(
            _renamed(sheet, self.title, self.short_title),
            period=self.period,
            condition_number=self.condition_number,
            condition_title=self.condition_title,
            streams=self.streams,
        )

    def called(self, sheet: Sheet) -> Sheet:
        """The sheet with the name and the purpose that the entry says, where it says any."""
        number = self.condition_number
        return msgspec.structs.replace(
            _renamed(sheet, self.title or sheet.title, self.short_title or sheet.short_title),
            condition_number=sheet.condition_number if number is None else number,
            condition_title=sheet.condition_title if number is None else self.condition_title,
        )


def _renamed(sheet: Sheet, title: str, short_title: str) -> Sheet:
    """The sheet with these names: the line of a document's contents has those of before."""
    same = (title, short_title) == (sheet.title, sheet.short_title)
    entry = sheet.contents_entry if same else ""
    return msgspec.structs.replace(
        sheet, title=title, short_title=short_title, contents_entry=entry
    )


def as_shown(entry: Entry, sheet: S, names: Names | None) -> S:
    """The report as a version with the entry and these names calls and places it."""
    if isinstance(entry, ProjectEntry) and isinstance(sheet, Sheet):
        sheet = cast(S, entry.called(sheet))
    return named(sheet, names)


class ProgrammeContents(Contents, frozen=True, kw_only=True, omit_defaults=True):
    """A version of a quarter, with what it shows of each project.

    The reports of what ``stood`` show how a forecast moved. ``names`` are there where reports of it
    name one thing otherwise. ``words`` are not there before schema 7.
    """

    entries: list[ProjectEntry]
    names: Names | None = None
    own_words: OwnWords | None = None


def with_own_words(contents: C, council: Council) -> C:
    """The contents of a quarter with the council's own words, where they have none."""
    if not isinstance(contents, ProgrammeContents):
        return contents
    kept = contents.own_words
    own_words = kept.completed(council) if kept else words_of_council(council)
    return cast(C, msgspec.structs.replace(contents, own_words=own_words))
