"""The Measures section of a return: from what was typed to results, and back.

Only ``save_results`` writes. What was typed is kept as it was typed, right or wrong
(``Section.typed``); a grid reads it each time and says what is wrong.
"""

from dataclasses import replace

from django.db.models import Prefetch

from bcfportal.lib.figures import figure, plain
from bcfportal.lib.periods import Period, period_of
from bcfportal.lib.ratings import COLOURS, Rating
from outcomes.definitions import as_defined, changed_between, defined_in, definitions_of
from outcomes.entry.asked import asked_periods, row_key
from outcomes.entry.boxes import Grid, Last, Row
from outcomes.entry.forms import ResultForm
from outcomes.entry.last_time import is_filled, is_past
from outcomes.entry.outliers import unusual
from outcomes.entry.questions import with_questions
from outcomes.entry.validation import FIGURES, Status
from outcomes.models import Measure, Month, Result, Target
from outcomes.models.results import EXPECTED
from outcomes.project_measures.collect import measure_row, target_in, targets_in
from outcomes.project_measures.table import result_words
from outcomes.rules import Rated, rate_in, tolerance_of
from publishing.models import Report

__all__ = ["Grid", "Row", "carried", "grid", "problems", "save_results"]

# How many earlier figures are shown beside the boxes.
HISTORY = 12
MONTHLY = (Measure.Collection.VITAL_SIGNS, Measure.Collection.SUPPORTING)


def grid(report: Report, typed: dict, measures: list[Measure] | None = None) -> Grid:
    """The rows of the return's measures with what was typed in them. At most five queries.

    No query if ``measures`` are given, as ``measures_by_project`` fetches them.
    """
    period = Period.parse(report.period.key)
    rows = []
    for measure in _measures(report) if measures is None else measures:
        measure = as_defined(measure, period)
        results = [
            result
            for result in measure.results.all()
            if period_of(result.period).last_day <= period.last_day
        ]
        printed = measure_row(measure, period)
        pairs = list(zip(results, printed.results, strict=True))
        own = measure.reported_in(period)
        for segment in _segments(results):
            for when in asked_periods(measure, segment, results, own, typed):
                last = _last(pairs, segment, when, measure, printed)
                before = _before(results, segment, when)
                # A late figure is asked for as it was counted in its own period.
                then, said = measure, printed
                if when != own:
                    then, said = as_defined(measure, when), measure_row(measure, when)
                row = _row(then, segment, when, said, last, typed, before, own=own)
                rows.append(replace(row, awaited=_awaited(row, results)))
    return Grid(with_questions(rows))


def _awaited(row, results):
    """What has been reported so far about a late figure, in words."""
    for result in results:
        same = (result.segment, result.period) == (row.segment, row.when.key)
        if same and not row.is_own and result.value is None:
            said = (result.get_status_display(), *result.note.splitlines())
            return ". ".join(filter(None, said))
    return ""


def problems(grid: Grid) -> list[tuple[str, str]]:
    """What prevents submitting: (field, sentence), in page order."""
    faults = []
    for row in grid.rows:
        if row.missing:
            field = row.boxes["value"].field
            faults.append((field, f"Enter a figure for “{row.name}”, or say why there is none"))
        faults += [
            (box.field, f"{row.name}, {box.label.lower()}: {box.error}") for box in row.errors
        ]
        if row.asks_if_right:
            faults.append((row.boxes["right"].field, f"{row.name}: {row.unusual} Is this right?"))
    return faults


def save_results(report: Report, grid: Grid) -> None:
    """Writes the grid as the results of the return's period; call it inside a transaction.

    Raises ValueError if the grid has problems: it saves all results or none. The rating is left to
    the person who declares it. Results of other periods stay as they are.
    """
    if problems(grid):
        raise ValueError("A grid with problems is not saved as results.")
    Result.objects.bulk_create(
        [
            Result(
                measure=row.measure,
                period=row.when.key,
                segment=row.segment,
                status=row.status,
                value=row.value,
                numerator=row.numerator,
                denominator=row.denominator,
                unit=row.unit if row.unit != row.measure.unit else "",
                rating=Rating.NOT_RATED,
                note=note_of(row),
            )
            for row in grid.rows
            # What is still awaited stays as it was said.
            if row.is_own or row.is_typed
        ],
        update_conflicts=True,
        unique_fields=["measure", "period", "segment"],
        # The source too: the figure is no longer the one that was taken from a document.
        update_fields=[*FIGURES, "status", "unit", "rating", "note", "source"],
    )


def carried(report: Report, typed: Grid | None = None) -> dict[str, str]:
    """What to type if nothing has changed: the figures and reasons of the last results.

    A row in which a figure or a reason is typed already gets none: last time's share does not
    belong beside this time's numbers. Nor does the figure of a year become that of a quarter, nor
    one of another definition that of this. When a figure was expected is not carried, nor a note
    on where an imported figure came from.
    """
    period, texts = Period.parse(report.period.key), {}
    for row in (typed or grid(report, {})).own:
        if row.last is None or row.last.result.status == Status.ILLEGIBLE:
            continue
        if any(row.boxes[what].text for what in (*FIGURES, "none")):
            continue
        result = row.last.result
        if not row.last.is_alike or not _as_long(period_of(result.period), period):
            continue
        for what in FIGURES:
            if (number := plain(getattr(result, what))) is not None:
                texts[f"{row.key}-{what}"] = f"{number:f}"
        if result.status != Status.REPORTED:
            texts[f"{row.key}-none"] = result.status
        if result.note and not result.source:
            lines = result.note.splitlines()
            said = lines[1:] if lines[0].startswith(EXPECTED) else lines
            if said:
                texts[f"{row.key}-comment"] = "\n".join(said)
    return texts


def differs_from_last(row: Row) -> bool:
    """Whether something is typed in the row, and it is not what the last result says."""
    if not any(row.boxes[what].text for what in (*FIGURES, "none", "comment")):
        return False
    if row.last is None or not row.last.is_alike or not row.is_own:
        return True
    result = row.last.result
    same_figures = all(
        plain(getattr(row, what)) == plain(getattr(result, what))
        for what in FIGURES
        if row.boxes[what].text
    )
    said = [line for line in result.note.splitlines() if not line.startswith(EXPECTED)]
    comment = row.boxes["comment"].text
    return (
        ((bool(row.boxes["none"].text) or row.value is not None) and row.status != result.status)
        or not same_figures
        or (bool(comment) and comment.splitlines() != said)
    )


def _as_long(period: Period, other: Period) -> bool:
    return (bool(period.month), bool(period.quarter)) == (bool(other.month), bool(other.quarter))


def counted_monthly(council):
    """The council's measures that are counted for every month."""
    return Measure.objects.filter(
        council=council, frequency=Measure.Frequency.MONTH, collection__in=MONTHLY
    )


def _measures(report):
    """The measures to report on, with all that their rows need: six queries.

    A project's are all of its own, a council's its vital signs and those that support them. Of
    which periods they are asked for, ``asked_periods`` says.
    """
    if isinstance(report, Month):
        council = report.period.council_id
        return _with_records(Measure.objects.filter(council=council, collection__in=MONTHLY))
    return _with_records(Measure.objects.filter(project=report.project_id))


def measures_by_project(projects) -> dict[int, list[Measure]]:
    """The measures of several projects, by the project's key: as many queries as for one."""
    by_project: dict[int, list[Measure]] = {}
    for measure in _with_records(Measure.objects.filter(project__in=projects)):
        by_project.setdefault(measure.project_id, []).append(measure)
    return by_project


def _with_records(measures):
    return (
        measures.select_related("project__council", "council")
        .order_by("-collection", "position")
        .prefetch_related(
            "breaks",
            "definition_changes__by",
            "council__tolerance_changes__by",
            "project__council__tolerance_changes__by",
            Prefetch("targets", Target.objects.order_by("period")),
            Prefetch(
                "results",
                Result.objects.select_related("segment__provider")
                .prefetch_related("segment__provider__name_changes")
                .order_by("period", "segment__order", "pk"),
            ),
        )
    )


def _segments(results):
    """The segments that there have been results for; the whole where there were none."""
    segments = {result.segment_id: result.segment for result in results} or {None: None}
    return sorted(
        segments.values(), key=lambda segment: (segment.order, segment.slug) if segment else (0, "")
    )


def _last(pairs, segment, period, measure, row):
    """The latest result before the period of that segment; None where there is none.

    Of a measure that is added up since April it is the result of the same time last year.
    """
    year_before = Period(period.start_year - 1, period.quarter, period.month)
    added_up = measure.accumulation == Measure.Accumulation.CUMULATIVE
    before = [
        (period_of(result.period), result, printed)
        for result, printed in pairs
        if result.segment == segment
        and period_of(result.period).last_day < period.last_day
        and (not added_up or period_of(result.period) == year_before)
    ]
    if not before:
        return None
    when, result, printed = max(before, key=lambda dated: dated[0])
    rated = Rated(Rating(result.rating), "As declared")
    if rated.rating not in COLOURS:
        rated = _rated(measure, when, result.value, printed.unit)
    alike = not changed_between(definitions_of(measure), when, period)
    return Last(result_words(row, printed), when.label, rated, result, alike)


def _before(results, segment, period):
    """The results of the segment before the period, by time."""
    before = [
        (period_of(result.period), result)
        for result in results
        if result.segment == segment and period_of(result.period).last_day < period.last_day
    ]
    return sorted(before, key=lambda dated: dated[0])


def _history(measure, before):
    """(period, figure in words), the latest first; with its unit where there are several."""
    several = {_unit_then(measure, result) for _, result in before} - {measure.unit}
    return [
        (when, _figure_words(measure, result, bool(several))) for when, result in reversed(before)
    ]


def _unit_then(measure, result):
    return result.unit or defined_in(measure, period_of(result.period)).unit


def _figure_words(measure, result, with_unit):
    if result.value is None:
        return result.get_status_display()
    unit = _unit_then(measure, result)
    shown_unit = unit if unit in ("%", "£") or with_unit else ""
    decimals = defined_in(measure, period_of(result.period)).decimals
    return figure(result.value, shown_unit, decimals)


def _target_then(measure, before):
    """The target of the period of the last figure; None where it has none."""
    known = [when for when, result in before if result.value is not None]
    target = target_in(measure, known[-1]) if known else None
    return plain(target.value) if target else None


def _rated(measure, when, value, unit):
    """What the rule says of a figure of the period ``when``."""
    then = as_defined(measure, when)
    return rate_in(
        when,
        value,
        targets_in(measure, when),
        then.direction,
        tolerance_of(then),
        unit=unit,
        decimals=then.decimals,
    )


def _row(measure, segment, period, printed, last, typed, before, *, own):
    key = row_key(measure, segment, period, own)
    unit = (last.result.unit if last and last.is_alike else "") or measure.unit
    form = ResultForm(typed, key, measure, unit)
    checked, boxes = form.checked, form.boxes()
    stands_out = unusual(
        measure,
        before,
        checked.value,
        period,
        _target_value(measure, period),
        form.text("value"),
        unit,
    )
    asked = (is_filled(boxes, checked.value, last), is_past(boxes), stands_out)
    if checked.errors:
        rated = Rated(
            Rating.NOT_RATED, f"Not rated until this is corrected: {_first(checked.errors)}"
        )
    else:
        rated = _rated(measure, period, checked.value, unit)
    return Row(
        key=key,
        measure=measure,
        segment=segment,
        unit=unit,
        target_words=_target_words(measure, period, printed),
        last=last,
        boxes=boxes,
        status=form.text("none") or Status.REPORTED.value,
        value=checked.value,
        numerator=checked.numerator,
        denominator=checked.denominator,
        worked_out=figure(checked.value, unit) if checked.is_worked_out else "",
        missing=checked.missing and period == own,
        when=period,
        is_own=period == own,
        is_now=period.last_day == own.last_day,
        rated=rated,
        history=[(when.short_label, text) for when, text in _history(measure, before[-HISTORY:])],
        known_before=[
            (when.label, result.value) for when, result in before if result.value is not None
        ],
        target=printed.target,
        last_target=_target_then(measure, before),
        unusual=" ".join(filter(None, asked)),
    )


def _first(errors):
    """The first sentence of what is wrong, to stand within another."""
    sentence = next(iter(errors.values())).partition(". ")[0].removesuffix(".")
    return f"{sentence[:1].lower()}{sentence[1:]}"


def _target_words(measure, period, printed):
    """The target of the figure's own period in words, as the sheet's words have it."""
    target = target_in(measure, period)
    if target is None or target.value is None:
        return (target.status if target else Target.Status.NONE.value).capitalize()
    return figure(plain(target.value), printed.unit, printed.decimals)


def _target_value(measure, period):
    target = target_in(measure, period)
    return plain(target.value) if target else None


def note_of(row: Row) -> str:
    """What is said of a row's figure as one text: when it is expected, and the comment."""
    expected = row.boxes["expected"].text
    parts = [
        f"{EXPECTED}{' '.join(expected.split())}" if expected else "",
        row.boxes["comment"].text,
    ]
    return "\n".join(filter(None, parts))
