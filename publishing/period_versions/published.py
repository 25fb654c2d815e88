"""Reading versions of a period: what one holds, and what became of it since."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar, overload

import msgspec
from django.db.models import Exists, F, OuterRef, TextField
from django.db.models.functions import Cast
from django.utils.timezone import localdate

from bcfportal.lib import present
from bcfportal.lib.periods import Period
from bcfportal.lib.ratings import without_colour
from bcfportal.lib.sentences import day_words
from bcfportal.lib.versions import CAME_IN, TAKEN_BACK, WITHDRAWN, VersionStatus, canonical
from projects.models import Council
from publishing import version_cache
from publishing.acts import Acts, kept
from publishing.models import PeriodVersion, ReportingPeriod, VersionSnapshot
from publishing.period_versions.content import (
    FIGURE_HELD_BACK,
    SHOWN_AS_OF,
    Contents,
    Corrected,
    is_held_back,
)
from publishing.period_versions.earlier_reports import withdrawn_since

C = TypeVar("C", bound=Contents)
# What is said in short at a figure that came in with another report since.
CAME_IN_SINCE = "Came in since"


@dataclass(frozen=True)
class PublicCorrection:
    """A correction, with the version that made it public.

    ``report`` is the key of the period whose report the version showed of the project: an earlier
    one, where it had not reported yet. ``withdrawn``: it repeats what an earlier report said that
    is withdrawn since, and is read nowhere.
    """

    period: str
    version: int
    on: date
    corrected: Corrected
    report: str
    withdrawn: bool = False

    @property
    def sentence(self) -> str:
        """When, what it was, and why, for a note at the figure itself."""
        why = f" {self.corrected.why}" if self.corrected.why else ""
        was = self.corrected.before.removesuffix(".") or "nothing"
        now = self.corrected.after.removesuffix(".") or "nothing"
        if was == CAME_IN:
            return f"{CAME_IN_SINCE}: {now}.{why}"
        if self.came_late:
            return f"Came in on {day_words(self.on)}: {now}.{why}"
        if was == FIGURE_HELD_BACK:
            return f"Corrected on {day_words(self.on)}: {now}.{why}"
        return f"Corrected on {day_words(self.on)}: {now}; it was {was}.{why}"

    @property
    def came_late(self) -> bool:
        """Whether it is a figure that there was not yet: nothing was corrected."""
        return self.corrected.correction.came_late

    @property
    def now(self) -> str:
        """The figure that it gives, in words with its colour."""
        return self.corrected.after

    @property
    def mark(self) -> str:
        """The same in a word or two."""
        if self.came_late:
            return "Came in late"
        return CAME_IN_SINCE if self.corrected.before == CAME_IN else "Corrected"

    def is_marked_in(self, period: str) -> bool:
        """Whether a report of the period with this key says it at the figure.

        What came in since is new to the report of ``self.period`` alone: others printed it. What
        is right again, its correction taken back, is as it was printed.
        """
        if not self.corrected.is_figure or self.corrected.before == TAKEN_BACK:
            return False
        return self.corrected.before != CAME_IN or period == self.period

    @property
    def step(self) -> tuple[str, str]:
        """From what to what: the same step may be said by versions of several periods."""
        return (self.corrected.before, self.corrected.after)

    @property
    def act(self) -> tuple[str, int, str]:
        """The act of publishing that made it public and the reason: what a list is grouped by."""
        return (self.period, self.version, self.corrected.why)

    @property
    def named_words(self) -> str:
        """The same with what it is that was corrected, for a list of corrections."""
        return self.sentence.replace(": ", f": {self.corrected.what}: ", 1)


# What a correction says was there before, whatever that was.
_WHATEVER = (FIGURE_HELD_BACK, WITHDRAWN, TAKEN_BACK, CAME_IN)


def is_news(correction: PublicCorrection, told: Sequence[PublicCorrection]) -> bool:
    """Whether a correction of a figure is told to who knows what was ``told`` of it, by time.

    Versions of later periods say again what they show otherwise: that is told once. What was
    withdrawn and is published again is the same step once more, and is told again.
    """
    if not told:
        return True
    before, stands = correction.corrected.before, told[-1].now
    if all(correction.step != earlier.step for earlier in told):
        return before != CAME_IN or correction.now != stands
    begins = before in _WHATEVER or without_colour(before) == without_colour(stands)
    return begins and correction.now != stands


def corrections_in(
    acts: Acts,
    kind: str,
    until: date | None = None,
    known_by: PeriodVersion | None = None,
    with_withdrawn: bool = False,
) -> list[PublicCorrection]:
    """Everything corrected in a council's reports of periods up to ``until``, by time.

    ``acts`` are those of the council. ``known_by`` leaves out what was corrected after that version
    was made; ``with_withdrawn`` is as for ``corrections_of``, and adds what that version told of
    versions that are withdrawn since. Seven queries at most, and none for what this process worked
    out since the council last published or withdrew.
    """
    return list(_corrections_in(acts, kind, until, known_by, with_withdrawn))


@kept
def _corrections_in(
    acts: Acts,
    kind: str,
    until: date | None,
    known_by: PeriodVersion | None,
    with_withdrawn: bool,
) -> list[PublicCorrection]:
    rows = (
        PeriodVersion.objects.not_withdrawn()
        .known_by(known_by)
        .filter(period__council=acts.council, period__kind=kind, number__gt=1)
    )
    if until:
        rows = rows.filter(period__as_at__lte=until)
    if acts.withdrawals:
        rows = rows.with_what_they_show()
    versions = list(rows.select_related("period").defer("content").order_by("at", "pk"))
    if known_by is None or not with_withdrawn:
        return corrections_of(versions, with_withdrawn)
    gone = withdrawn_since({known_by: read(known_by).stood})[known_by]
    since = _in_sight_then(known_by) if gone else []
    marks = {(row.period.key, row.number) for row in since}
    made = sorted([*versions, *since], key=lambda row: (row.at, row.pk))
    return [
        replace(public, withdrawn=True) if (public.period, public.version) in marks else public
        for public in corrections_of(made, with_withdrawn)
        if (public.period, public.version) not in marks
        or (public.corrected.slug, public.period) in gone
    ]


def _in_sight_then(version: PeriodVersion) -> list[PeriodVersion]:
    """The versions of earlier periods that could be read then and are withdrawn since."""
    rows = PeriodVersion.objects.filter(
        period__council=version.period.council_id,
        period__kind=version.period.kind,
        period__as_at__lt=version.period.as_at,
        withdrawals__decision="confirmed",
        number__gt=1,
    )
    rows = rows.known_by(version).select_related("period").prefetch_related("withdrawals")
    return [row for row in rows.defer("content") if was_in_sight(row, version, read(version).stood)]


def was_in_sight(
    withdrawn: PeriodVersion, version: PeriodVersion, stood: Mapping[str, int] | None
) -> bool:
    """Whether a version that is withdrawn now could be read when a later period's was made.

    ``stood`` says which versions stood then, where it is known: a time does not tell a version
    from a withdrawal of the same moment.
    """
    if (withdrawn.at, withdrawn.pk) > (version.at, version.pk):
        return False
    decided = present(withdrawn.withdrawal).decided_at
    stands = (stood or {}).get(withdrawn.period.key) == withdrawn.number
    return stands or decided > version.at


def corrections_of(
    rows: list[PeriodVersion], with_withdrawn: bool = False
) -> list[PublicCorrection]:
    """What these versions correct, in their order.

    What a figure was that was corrected more than once is not said where it is held back since,
    nor a correction of which nothing would be shown; and nothing but its quarter of a project that
    a version shows as of an earlier one, whose report is withdrawn since. What repeats the
    correction of an earlier report that is withdrawn since is left out too, but for what was held
    back with it: ``with_withdrawn`` keeps it, marked as such, for what asks what readers were told.
    Three queries at most: none where all versions are kept and none repeats anything.
    """
    read_all(rows)
    gone = withdrawn_since(
        {row: read(row).stood for row in rows if any(said.of for said in read(row).corrections)}
    )
    as_of = {row: {entry.slug: entry.period for entry in read(row).entries} for row in rows}
    corrections = [
        PublicCorrection(
            row.period.key,
            row.number,
            row.at.date(),
            correction,
            as_of[row].get(correction.slug, ""),
            withdrawn=(correction.slug, correction.of) in gone.get(row, ())
            and correction.what != SHOWN_AS_OF
            and not is_held_back(correction),
        )
        for row in rows
        for correction in read(row).corrections
        if correction.what == SHOWN_AS_OF
        or correction.slug not in getattr(row, "shows_withdrawn", ())
    ]
    held_back: set[tuple] = set()
    for place in reversed(range(len(corrections))):
        said = corrections[place].corrected
        figure = (said.slug, said.measure, said.period, said.segment)
        if figure in held_back:
            after = said.after if is_held_back(said) else FIGURE_HELD_BACK
            hidden = msgspec.structs.replace(said, before=FIGURE_HELD_BACK, after=after)
            corrections[place] = replace(corrections[place], corrected=hidden)
        elif is_held_back(said):
            held_back.add(figure)
    nothing = (FIGURE_HELD_BACK, FIGURE_HELD_BACK)
    return [
        public
        for public in corrections
        if public.step != nothing and (with_withdrawn or not public.withdrawn)
    ]


def read_all(rows: list[PeriodVersion]) -> None:
    """Keeps what the versions hold for ``read``. One query, or none where all are kept."""
    _json_of(rows)


def _json_of(rows: list[PeriodVersion]) -> dict[str, str]:
    def texts(missing: set[str]) -> dict[str, str]:
        # A preview is kept nowhere.
        made = {row.fingerprint: row for row in rows if not row.pk and row.fingerprint in missing}
        if made:
            return texts(missing - made.keys()) | {
                mark: canonical(row.content).decode() for mark, row in made.items()
            }
        keys = [row.pk for row in rows if row.fingerprint in missing]
        read = PeriodVersion.objects.filter(pk__in=keys)
        return dict(read.values_list("fingerprint", Cast("content", TextField())))

    return version_cache.json_of([row.fingerprint for row in rows], texts)


def standing_version(period: ReportingPeriod, acts: Acts | None = None) -> PeriodVersion | None:
    """The version of the period that stands; None where nothing of it is published.

    With the ``acts`` of its council, one query or none; without them, one.
    """
    row = _standing(period.pk) if acts is None else _standing_after(acts, period.pk)
    return copy(row)


def _standing(period_pk: int) -> PeriodVersion | None:
    return PeriodVersion.objects.in_force().filter(period=period_pk).defer("content").first()


@kept
def _standing_after(acts: Acts, period_pk: int) -> PeriodVersion | None:
    return _standing(period_pk)


@overload
def read(version: PeriodVersion) -> Contents: ...
@overload
def read(version: PeriodVersion, kind: type[C]) -> C: ...
def read(version: PeriodVersion, kind: type[Contents] = Contents) -> Contents:
    """The contents of a version, decoded once per process: a version never changes.

    ``kind`` says what the entries are, where more of them is wanted than all entries have.
    """
    mark = version.fingerprint
    return version_cache.contents([mark], kind, lambda missing: _json_of([version]))[mark]


def standing_of(row: PeriodVersion) -> VersionStatus:
    """What is said of a version that stands."""
    return _version(row, None, None)


def versions_of(period: ReportingPeriod) -> list[tuple[PeriodVersion, VersionStatus]]:
    """Every version of the period, the latest first, with where each stands."""
    rows = PeriodVersion.objects.filter(period=period).prefetch_related("withdrawals")
    return with_version(list(rows.defer("content").order_by("-number")))


def with_version(rows: list[PeriodVersion]) -> list[tuple[PeriodVersion, VersionStatus]]:
    """The same, of all versions of one period, the latest first, with their withdrawals."""
    read_all(rows)
    versions, after = [], None
    for row in rows:
        withdrawn = row.withdrawal
        versions.append((row, _version(row, None if withdrawn else after, withdrawn)))
        if withdrawn is None:
            after = row
    return versions


def last_period_with(council: Council, slug: str) -> str:
    """The key of the latest period whose report was public and had the project; else nothing.

    Of what stands, if it is anywhere there; else of what was withdrawn.
    """
    rows = VersionSnapshot.objects.filter(
        version__period__council=council, snapshot__report__slug=slug
    ).order_by("-version__period__as_at", "-version__number")
    for chosen in (rows.filter(version__in=PeriodVersion.objects.in_force()), rows):
        if key := chosen.values_list("version__period__key", flat=True).first():
            return key
    return ""


def withdrawn_reports(
    acts: Acts, period: ReportingPeriod, at: datetime | None = None
) -> dict[tuple, str]:
    """By (project's slug, key of a figure's period): that its report was withdrawn, in a sentence.

    Later reports go on printing the figures that it gave; those of a year came with its last
    quarter. A report that was published again is not among them. ``acts`` are those of the council;
    ``at`` leaves out what was withdrawn after. One query, none where nothing is withdrawn.
    """
    if not acts.withdrawals:
        return {}
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
    named = ("snapshot__report__slug", "version__period__key")
    said = ("version__withdrawals__decided_at", "version__withdrawals__reason")
    sentences = {}
    for slug, key, on, why in rows.order_by(said[0]).values_list(*named, *said):
        reported, day = Period.parse(key), day_words(localdate(on))
        sentence = f"The report of {reported.label} was withdrawn on {day}: {why}"
        sentences[slug, key] = sentence
        if reported.last_day == Period(reported.start_year).last_day:
            sentences[slug, Period(reported.start_year).key] = sentence
    return sentences


def _version(row: PeriodVersion, after: PeriodVersion | None, withdrawn: Any) -> VersionStatus:
    contents = read(row)
    corrections = contents.corrections
    return VersionStatus(
        number=row.number,
        fingerprint=row.fingerprint,
        published_on=row.at.date(),
        why="; ".join(
            dict.fromkeys(correction.why for correction in corrections if correction.why)
        ),
        corrections=tuple(correction.named_correction for correction in corrections),
        superseded_on=after.at.date() if after else None,
        superseded_by=after.number if after else None,
        withdrawn_on=withdrawn.decided_at.date() if withdrawn else None,
        approved_own=contents.approved_own,
    )
