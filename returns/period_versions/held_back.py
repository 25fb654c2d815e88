"""Figures that have been held back since: no version shows them, whatever its reports say.

What holds is the latest report of the figure's own period that was ever published. Withdrawing
that report does not bring the figure back; a report that is published after it may.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

import msgspec
from django.db.models import Exists, OuterRef, TextField
from django.db.models.functions import Cast

from bcfportal.lib.periods import period_of
from outcomes.vital_signs.content import HELD_BACK, VitalSigns
from outcomes.vital_signs.content import Measure as CouncilMeasure
from publishing.models import ReportingPeriod, Snapshot
from publishing.period_versions.content import Entry, HeldBack, is_held_back
from publishing.period_versions.published import PublicCorrection
from publishing.version_cache import sheets_by_fingerprint
from returns.content import Sheet
from returns.period_versions.differences import WORDS_NOT_SHOWN, tells
from returns.subjects import content_of

E = TypeVar("E", bound=Entry)


def held_back_since(period: ReportingPeriod) -> dict[str, set[HeldBack]]:
    """By slug of a project (or that of the council's measures), what is held back of its figures.

    Of periods of the same kind up to ``period``. Two queries at most.
    """
    by_slug: dict[str, set[HeldBack]] = defaultdict(set)
    for slug, _, held in held_back_by(period):
        by_slug[slug] |= held
    return dict(by_slug)


def held_back_by(period: ReportingPeriod) -> list[tuple[str, date, set[HeldBack]]]:
    """(slug, as at which day, what is held back) of each report that holds figures back.

    As ``held_back_since``.
    """
    ever = Snapshot.objects.filter(publication__isnull=False)
    newer = ever.filter(report=OuterRef("report"), number__gt=OuterRef("number"))
    rows = (
        ever.filter(
            ~Exists(newer),
            report__period__council=period.council_id,
            report__period__kind=period.kind,
            report__period__as_at__lte=period.as_at,
        )
        .annotate(text=Cast("content", TextField()))
        .filter(text__contains=HELD_BACK)
        .values_list("report__slug", "report__period__as_at", "report__period__key", "fingerprint")
    )
    said = list(rows)
    sheets = sheets_by_fingerprint([mark for *_, mark in said], content_of(period))
    return [(slug, as_at, held_back_in(sheets[mark], key)) for slug, as_at, key, mark in said]


def held_back_in(sheet: Sheet | VitalSigns, key: str) -> set[HeldBack]:
    """The figures that the report of the period with this key holds back, of that period."""
    first = period_of(key).first_day
    return {
        HeldBack(measure, figure.period, figure.segment)
        for measure, figure in figures(sheet)
        if figure.status == HELD_BACK and period_of(figure.period).last_day >= first
    }


def with_held_back(entries: Sequence[E], period: ReportingPeriod) -> list[E]:
    """The entries of a version with the figures that they must not show."""
    held = held_back_since(period)
    hidden = {slug: figures for slug, figures in held.items() if figures}
    printed = figures_printed([entry for entry in entries if entry.slug in hidden], period)
    made = []
    for entry in entries:
        kept = sorted(hidden.get(entry.slug, set()) & printed.get(entry.fingerprint, set()))
        made.append(
            entry if kept == entry.held_back else msgspec.structs.replace(entry, held_back=kept)
        )
    return made


def figures_printed(entries: Iterable[Entry], period: ReportingPeriod) -> dict[str, set[HeldBack]]:
    """By fingerprint, the figures that the reports of these entries do not hold back themselves.

    ``period`` is one of their kind. One query at most.
    """
    marks = {entry.fingerprint for entry in entries if entry.fingerprint}
    return {
        mark: {
            HeldBack(measure, figure.period, figure.segment)
            for measure, figure in figures(sheet)
            if figure.status != HELD_BACK
        }
        for mark, sheet in sheets_by_fingerprint(marks, content_of(period)).items()
    }


def gives_held_back(snapshot: Snapshot) -> bool:
    """Whether the report gives a figure that is held back since. Two queries at most."""
    slug, period = snapshot.report.slug, snapshot.report.period
    entry = Entry(slug=slug, fingerprint=snapshot.fingerprint, period=period.key)
    return bool(with_held_back([entry], period)[0].held_back)


def without_told_words(corrections: Sequence[PublicCorrection]) -> list[PublicCorrection]:
    """The corrections of projects, by time, without words that told a figure held back since.

    What was said in words before the figure was held back may tell it; what came with that or
    after was written by somebody who knew.
    """
    held: dict[str, tuple[str, int]] = {}
    kept = []
    for each in reversed(corrections):
        said, made = each.corrected, (each.period, each.version)
        if is_held_back(said):
            held.setdefault(said.slug, made)
        elif made != held.get(said.slug, made) and tells(said):
            hidden = {name: WORDS_NOT_SHOWN for name in ("before", "after") if getattr(said, name)}
            each = replace(each, corrected=msgspec.structs.replace(said, **hidden))
        kept.append(each)
    return kept[::-1]


def figures(sheet: Sheet | VitalSigns) -> Iterator[tuple[str, Any]]:
    """(what corrections call the measure, figure) of each figure of the sheet."""
    for measure in sheet.measures:
        if isinstance(measure, CouncilMeasure):
            yield from ((measure.slug, figure) for figure in measure.figures)
        else:
            yield from ((str(measure.position), figure) for figure in measure.results)
