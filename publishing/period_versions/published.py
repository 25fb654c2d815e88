"""Reading versions: the sheets that one shows, and what became of it since."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

import msgspec
from django.db.models import Exists, F, OuterRef, TextField
from django.db.models.functions import Cast
from django.utils.timezone import localdate

from bcfportal.lib.periods import Period
from bcfportal.lib.ratings import Rating
from bcfportal.lib.versions import Version, day_words
from finance.allocations.calculations import total
from projects.models import Council
from publishing.models import PeriodVersion, ReportingPeriod, VersionSnapshot
from publishing.period_versions.content import SHOWN_AS_OF, Change, Contents, Corrected, Entry
from publishing.version_cache import sheets_by_fingerprint
from returns.content import Sheet, Stream
from returns.period_versions.differences import FIGURE_HELD_BACK, is_held_back

REPORTED, NOT_REPORTED, ENDED = "reported", "not reported", "ended"
_MOST_KEPT = 500
_kept: dict[str, Contents] = {}
_decode = msgspec.json.Decoder(Contents).decode


class ShownSheet(Sheet, frozen=True, kw_only=True):
    """A project's sheet as a version shows it: with its standing there, and what changed."""

    standing: str = REPORTED
    ended: date | None = None
    changes: list[Change] = []
    # As the report had it that the sheet is of; ``streams`` are in force in the version.
    reported_streams: list[Stream] = []

    @property
    def allocated_then(self) -> Decimal | None:
        if not self.spend_year:
            return None
        return total(
            line.allocation
            for stream in self.reported_streams
            for line in stream.lines
            if line.year == self.spend_year
        )

    @property
    def standing_words(self) -> str:
        """Why it does not count in this period's ratings; nothing where it does."""
        if self.standing == REPORTED:
            return ""
        if self.standing == ENDED and self.ended:
            as_of = f" Shown as of {Period.parse(self.period).label}." if self.period else ""
            return f"Ended on {day_words(self.ended)}.{as_of}"
        if not self.period:
            return "Has not reported yet."
        return f"Has not reported. Shown as of {Period.parse(self.period).label}."

    @property
    def earlier_rating_words(self) -> str:
        """In place of a rating that is of an earlier period; nothing where it is of this one."""
        if self.standing == REPORTED:
            return ""
        said = "Ended" if self.standing == ENDED else "Has not reported"
        return f"{said}; {Rating(self.rating).label.lower()} then" if self.period else said


def shown_sheets(contents: Contents) -> list[ShownSheet]:
    """The sheets of a programme's version in its order. One query at most."""
    marks = [entry.fingerprint for entry in contents.entries if entry.fingerprint]
    sheets = sheets_by_fingerprint(marks)
    return [
        _shown(entry, entry.sheet or sheets[entry.fingerprint], contents)
        for entry in contents.entries
    ]


def _shown(entry: Entry, sheet: Sheet, contents: Contents) -> ShownSheet:
    reported_streams = sheet.streams
    sheet = entry.shown(sheet, contents.period)
    has_ended = entry.ended is not None and entry.ended <= contents.as_at
    own = entry.period == contents.period
    if sheet.described_only and not own and not has_ended:
        # Nothing is asked of it, so that nothing is missing: what it says holds for this period.
        own, sheet = True, msgspec.structs.replace(sheet, period=contents.period)
    fields = {name: getattr(sheet, name) for name in Sheet.__struct_fields__}
    return ShownSheet(
        **fields,
        standing=REPORTED if own else ENDED if has_ended else NOT_REPORTED,
        ended=entry.ended,
        changes=entry.changes,
        reported_streams=reported_streams,
    )


@dataclass(frozen=True)
class PublicCorrection:
    """A correction, with the version that made it public."""

    period: str
    version: int
    on: date
    corrected: Corrected

    @property
    def words(self) -> str:
        """When, what it was, and why, for a note at the figure itself."""
        why = f" {self.corrected.why}" if self.corrected.why else ""
        was = self.corrected.before or "nothing"
        now = self.corrected.after or "nothing"
        return f"Corrected on {day_words(self.on)}: {now}; it was {was}.{why}"

    @property
    def act(self) -> tuple[str, int, str]:
        """The act of publishing that made it public and the reason: what a list is grouped by."""
        return (self.period, self.version, self.corrected.why)

    @property
    def named_words(self) -> str:
        """The same with what it is that was corrected, for a list of corrections."""
        return self.words.replace(": ", f": {self.corrected.what}: ", 1)


def corrections_in(
    council_pk: int,
    kind: str,
    until: date | None = None,
    known_by: PeriodVersion | None = None,
) -> list[PublicCorrection]:
    """Everything corrected in the council's reports of periods up to ``until``, by time.

    ``known_by`` leaves out what was corrected after that version was made. Two queries at most.
    """
    rows = (
        PeriodVersion.objects.not_withdrawn()
        .known_by(known_by)
        .filter(period__council=council_pk, period__kind=kind, number__gt=1)
    )
    if until:
        rows = rows.filter(period__as_at__lte=until)
    rows = rows.with_what_they_show().select_related("period").defer("content")
    return corrections_of(list(rows.order_by("at", "pk")))


def corrections_of(rows: list[PeriodVersion]) -> list[PublicCorrection]:
    """What these versions correct, in their order. One query, or none where all are kept.

    What a figure was that was corrected more than once is not said where it is held back since,
    and nothing but its quarter of a report that is withdrawn.
    """
    _read_all(rows)
    found = [
        PublicCorrection(row.period.key, row.number, row.at.date(), each)
        for row in rows
        for each in read(row).corrections
        if each.what == SHOWN_AS_OF or not getattr(row, "shows_withdrawn", False)
    ]
    held_back: set[tuple] = set()
    for place in reversed(range(len(found))):
        said = found[place].corrected
        figure = (said.slug, said.measure, said.period, said.segment)
        if figure in held_back:
            hidden = msgspec.structs.replace(said, before=FIGURE_HELD_BACK, after=FIGURE_HELD_BACK)
            found[place] = replace(found[place], corrected=hidden)
        elif is_held_back(said):
            held_back.add(figure)
    return found


def _read_all(rows):
    missing = [row.pk for row in rows if row.fingerprint not in _kept]
    if missing:
        found = PeriodVersion.objects.filter(pk__in=missing).values_list(
            "fingerprint", Cast("content", TextField())
        )
        _kept.update({mark: _decode(content) for mark, content in found})


def standing_version(period: ReportingPeriod) -> PeriodVersion | None:
    """The version of the period that stands; None where nothing of it is published."""
    return PeriodVersion.objects.standing().filter(period=period).defer("content").first()


def read(version: PeriodVersion) -> Contents:
    """The contents of a version, decoded once per process: a version never changes."""
    contents = _kept.get(version.fingerprint)
    if contents is None:
        rows = PeriodVersion.objects.filter(pk=version.pk)
        contents = _decode(rows.values_list(Cast("content", TextField()), flat=True).get())
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[version.fingerprint] = contents
    return contents


def standing_of(row: PeriodVersion) -> Version:
    """What is said of a version that stands."""
    return _version(row, None, None)


def versions_of(period: ReportingPeriod) -> list[tuple[PeriodVersion, Version]]:
    """Every version of the period, the latest first, with where each stands."""
    rows = PeriodVersion.objects.filter(period=period).prefetch_related("withdrawals")
    return with_standing(list(rows.defer("content").order_by("-number")))


def with_standing(rows: list[PeriodVersion]) -> list[tuple[PeriodVersion, Version]]:
    """The same, of all versions of one period, the latest first, with their withdrawals."""
    _read_all(rows)
    found, after = [], None
    for row in rows:
        withdrawn = row.withdrawal
        found.append((row, _version(row, None if withdrawn else after, withdrawn)))
        if withdrawn is None:
            after = row
    return found


def last_period_with(council: Council, slug: str) -> str:
    """The key of the latest period whose report was public and had the project; else nothing.

    Of what stands, if it is anywhere there; else of what was withdrawn.
    """
    rows = VersionSnapshot.objects.filter(
        version__period__council=council, snapshot__report__project__slug=slug
    ).order_by("-version__period__as_at", "-version__number")
    for found in (rows.filter(version__in=PeriodVersion.objects.standing()), rows):
        if key := found.values_list("version__period__key", flat=True).first():
            return key
    return ""


def withdrawn_reports(period: ReportingPeriod, at: datetime | None = None) -> dict[tuple, str]:
    """By (project's slug, key of an earlier period): that its report was withdrawn, in a sentence.

    Later reports go on printing the figures that it gave. A report that was published again is not
    among them. ``at`` leaves out what was withdrawn after. One query.
    """
    own = VersionSnapshot.objects.filter(version__period=F("snapshot__report__period"))
    again = own.filter(
        snapshot__report=OuterRef("snapshot__report"),
        version__in=PeriodVersion.objects.not_withdrawn(),
    )
    rows = own.filter(
        ~Exists(again),
        version__withdrawals__decision="confirmed",
        version__period__council=period.council_id,
        version__period__kind=period.kind,
        version__period__as_at__lt=period.as_at,
    )
    if at:
        rows = rows.filter(version__withdrawals__decided_at__lte=at)
    named = ("snapshot__report__project__slug", "version__period__key")
    said = ("version__withdrawals__decided_at", "version__withdrawals__reason")
    return {
        (slug, key): f"The report of {Period.parse(key).label} was withdrawn on "
        f"{day_words(localdate(on))}: {why}"
        for slug, key, on, why in rows.order_by(said[0]).values_list(*named, *said)
    }


def withdrawn_within(row: PeriodVersion) -> PeriodVersion | None:
    """The withdrawn version of an earlier period whose reports this version still shows.

    A later version stands in its place by then; what was withdrawn is not read in this one either.
    None where all that it shows is public. Two queries at most.
    """
    hidden = row.shown.withdrawn().values_list("snapshot", "snapshot__report__period").first()
    if hidden is None:
        return None
    rows = PeriodVersion.objects.filter(shown__snapshot=hidden[0], period=hidden[1])
    return rows.select_related("period__council").order_by("-number").first()


def _version(row, after, withdrawn):
    corrections = read(row).corrections
    return Version(
        number=row.number,
        fingerprint=row.fingerprint,
        published_on=row.at.date(),
        why="; ".join(dict.fromkeys(each.why for each in corrections if each.why)),
        corrections=tuple(each.correction for each in corrections),
        superseded_on=after.at.date() if after else None,
        superseded_by=after.number if after else None,
        withdrawn_on=withdrawn.decided_at.date() if withdrawn else None,
    )


def forget() -> None:
    """Empties what this process has kept."""
    _kept.clear()
