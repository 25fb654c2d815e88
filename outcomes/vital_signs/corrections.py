"""Which versions of months there are, and which of their figures were corrected afterwards."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from django.db.models import F

from bcfportal.lib.periods import period_of
from bcfportal.lib.ratings import without_colour
from outcomes.vital_signs.content import Figure
from outcomes.vital_signs.measure_status import MeasureStatus
from projects.models import Council
from publishing.models import PeriodVersion, ReportingPeriod
from publishing.period_versions.published import (
    PublicCorrection,
    corrections_of,
    is_news,
    read,
)

# A figure by its measure's name in addresses, its period's key and its segment.
Key = tuple[str, str, str]


def _is_of_later(correction: PublicCorrection, own: PeriodVersion) -> bool:
    """Whether a report of a later month than the version's said it: what that one put right."""
    return period_of(correction.period).last_day > period_of(own.period.key).last_day


class Note(Protocol):
    """What is said at a figure: that it was corrected, or what another report gives."""

    @property
    def sentence(self) -> str: ...

    # The same in a word or two, where there is no room for more.
    @property
    def mark(self) -> str: ...

    # The figure that it gives, in words with its colour.
    @property
    def now(self) -> str: ...


def versions_made(council: Council) -> list[PeriodVersion]:
    """The versions of all months, in order of time, with their withdrawals. Two queries.

    Each has the fingerprint of its sheet as ``sheet``.
    """
    return list(
        PeriodVersion.objects.filter(
            period__council=council, period__kind=ReportingPeriod.Kind.VITAL_SIGNS
        )
        .select_related("period")
        .prefetch_related("withdrawals")
        .annotate(sheet=F("snapshots__fingerprint"))
        .defer("content")
        .order_by("at", "pk")
    )


def in_sight(versions: list[PeriodVersion]) -> list[PeriodVersion]:
    """Those that are not withdrawn."""
    return [version for version in versions if version.withdrawal is None]


def known_by(versions: list[PeriodVersion], own: PeriodVersion | None) -> list[PeriodVersion]:
    """Those of the versions, which are in order of time, up to ``own``; all without one."""
    return versions[: versions.index(own) + 1] if own in versions else versions


def corrected_figures(
    versions: list[PeriodVersion], own: PeriodVersion | None
) -> dict[Key, list[Note]]:
    """What the versions corrected, by figure, in order of time. One query at most.

    With what the reports of earlier months give otherwise than ``own``, the version shown. What a
    later report gives is no mark in it, before it has a version that says it.
    """
    steps_by_figure: dict[Key, list[PublicCorrection]] = {}
    key = own.period.key if own else ""
    for correction in corrections_of([version for version in versions if version.number > 1]):
        said = correction.corrected
        if correction.is_marked_in(key) and not (own and _is_of_later(correction, own)):
            steps = steps_by_figure.setdefault((said.measure, said.period, said.segment), [])
            if is_news(correction, steps):
                steps.append(correction)
    notes: dict[Key, list[Note]] = {figure: [*steps] for figure, steps in steps_by_figure.items()}
    for other in read(own).given_otherwise if own else ():
        notes.setdefault((other.measure, other.period, other.segment), []).append(other)
    return notes


def corrected_of(
    status: MeasureStatus, figures: Iterable[Figure], corrected: Mapping[Key, list[Note]]
) -> list[str]:
    """What was corrected since of these figures of a measure, in sentences.

    They are those that something is judged by (``outcomes.vital_signs.judged``). The
    report goes on judging by what it printed: whoever reads the judgement reads beside it that a
    figure is another now.
    """
    return [
        f"{period_of(figure.period).label}: {note.sentence}"
        for figure in figures
        for note in _given_since(status, figure, corrected)
    ]


def _given_since(
    status: MeasureStatus, figure: Figure, corrected: Mapping[Key, list[Note]]
) -> list[Note]:
    """What is said at a figure, where the last of it is not what the report prints."""
    notes = notes_on(status, figure, corrected)
    as_printed = notes and without_colour(notes[-1].now) == status.words_of(figure)
    return [] if as_printed else notes


def notes_on(
    status: MeasureStatus, figure: Figure, corrected: Mapping[Key, list[Note]]
) -> list[Note]:
    """What is said at a figure of the measure."""
    return corrected.get((status.measure.slug, figure.period, status.segment), [])
