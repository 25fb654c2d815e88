"""Reading versions of a quarter: the sheets that one shows."""

from datetime import date
from decimal import Decimal

import msgspec

from bcfportal.lib.periods import Period
from bcfportal.lib.ratings import Rating
from bcfportal.lib.sentences import day_words
from bcfportal.lib.sums import sum_present
from publishing.models import PeriodVersion
from publishing.period_versions.content import Change
from publishing.period_versions.numbers_given import Given, numbers_given
from publishing.period_versions.published import read
from publishing.version_cache import sheets_by_fingerprint
from returns.content import Sheet, Stream
from returns.period_versions.content import ProgrammeContents, ProjectEntry, named

REPORTED, NOT_REPORTED, ENDED = "reported", "not reported", "ended"


class ShownSheet(Sheet, frozen=True, kw_only=True):
    """A project's sheet as a version shows it: whether it reported, and what changed."""

    state: str = REPORTED
    # The key of the period that shows it.
    shown_in: str = ""
    ended: date | None = None
    changes: list[Change] = []
    # As the report had it that the sheet is of; ``streams`` are in force in the version.
    reported_streams: list[Stream] = []

    @property
    def allocated_then(self) -> Decimal | None:
        if not self.spend_year:
            return None
        return sum_present(
            line.allocation
            for stream in self.reported_streams
            for line in stream.lines
            if line.year == self.spend_year
        ).total

    @property
    def standing_words(self) -> str:
        """Why it does not count in this period's ratings; nothing where it does."""
        if self.state == REPORTED:
            return ""
        if self.state == ENDED and self.ended:
            earlier = self.period and self.period != self.shown_in
            as_of = f" Shown as of {Period.parse(self.period).label}." if earlier else ""
            return f"Ended on {day_words(self.ended)}.{as_of}"
        if not self.period:
            return "Has not reported yet."
        return f"Has not reported. Shown as of {Period.parse(self.period).label}."

    @property
    def ended_words(self) -> str:
        """When it ended, where that is after the day that the period is as at."""
        if self.state != REPORTED or self.ended is None:
            return ""
        return f"Ended on {day_words(self.ended)}."

    @property
    def earlier_rating_words(self) -> str:
        """In place of a rating that is of an earlier period; nothing where it is of this one."""
        if self.state == REPORTED:
            return ""
        said = "Ended" if self.state == ENDED else "Has not reported"
        return f"{said}; {Rating(self.rating).label.lower()} then" if self.period else said


def read_programme(version: PeriodVersion) -> ProgrammeContents:
    """The contents of a version of a quarter, decoded once per process."""
    return read(version, ProgrammeContents)


def shown_sheets(contents: ProgrammeContents) -> list[ShownSheet]:
    """The sheets of a programme's version in its order.

    One query at most, and two where figures are held back.
    """
    marks = [entry.fingerprint for entry in contents.entries if entry.fingerprint]
    sheets = sheets_by_fingerprint(marks, Sheet)
    given = numbers_given(
        contents.council, [(entry.slug, entry.held_back) for entry in contents.entries], Sheet
    )
    return [
        _shown(
            entry,
            entry.sheet or sheets[entry.fingerprint],
            contents,
            given.get(entry.slug, {}),
        )
        for entry in contents.entries
    ]


def _shown(
    entry: ProjectEntry, sheet: Sheet, contents: ProgrammeContents, given: Given
) -> ShownSheet:
    reported_streams = sheet.streams
    sheet = named(entry.as_published(sheet, contents.period, given), contents.names)
    own = entry.period == contents.period
    has_ended = (entry.ended or date.max) <= contents.as_at
    if sheet.described_only and not own and not has_ended:
        # Nothing is asked of it, so that nothing is missing: what it says holds for this period.
        own, sheet = True, msgspec.structs.replace(sheet, period=contents.period)
    fields = {name: getattr(sheet, name) for name in Sheet.__struct_fields__}
    return ShownSheet(
        **fields,
        state=_state(own, has_ended),
        shown_in=contents.period,
        ended=entry.ended,
        changes=entry.changes,
        reported_streams=reported_streams,
    )


def _state(has_reported: bool, has_ended: bool) -> str:
    """What has ended counts in no rating, whatever it reported of its last weeks."""
    if has_ended:
        return ENDED
    return REPORTED if has_reported else NOT_REPORTED
