"""What an officer sees of a month of vital signs before approving it."""

from msgspec.structs import replace

from bcfportal.lib.figures import figure, plain
from bcfportal.lib.periods import period_of
from bcfportal.lib.sentences import day_words
from outcomes.entry.boxes import Row
from outcomes.entry.grid import note_of
from outcomes.entry.review import FigureRow, change_words
from outcomes.monthly.report_cards import said_of_days
from outcomes.vital_signs.content import Figure, VitalSigns
from outcomes.vital_signs.discrepancies import parts
from outcomes.vital_signs.measure_status import MeasureStatus
from outcomes.vital_signs.sentences import detail
from outcomes.vital_signs.statuses import statuses
from publishing.models import Report

MONTHLY = ("vital signs", "supporting")


def vital_signs_figures(sheet: VitalSigns) -> list[FigureRow]:
    """The figures that end with the sheet's month: of each measure the whole, then its parts."""
    month = period_of(sheet.period)
    return [
        row
        for collection in MONTHLY
        for measure in sheet.of(collection)
        for segment in ("", *(part.slug for part in sheet.segments))
        for row in _figures(MeasureStatus(measure, month, sheet.judging, segment), sheet)
    ]


def _figures(status, sheet):
    """The rows of one measure and segment: a month's that is missing is a row too."""
    month, measure = status.last, status.measure
    ending = [
        result for result in status.figures if period_of(result.period).last_day == month.last_day
    ]
    if not ending and measure.frequency == "month" and not status.segment:
        ending = [None]
    return [_figure_row(status, sheet, result) for result in ending]


def _figure_row(status, sheet, result):
    measure, when = status.measure, period_of(result.period if result else sheet.period)
    earlier = [past for past in status.figures if period_of(past.period) < when]
    last = earlier[-1] if earlier else None
    target = status.target_in(when)
    names = {segment.slug: segment.name for segment in sheet.segments}
    return FigureRow(
        heading="",
        name=measure.name,
        part=names.get(status.segment, status.segment),
        target=_target_words(measure, target),
        last=_in_words(status, last) if last else "",
        last_when=period_of(last.period).label if last else "",
        now=_in_words(status, result),
        detail=detail(result),
        change=change_words(
            last.value if last else None, result.value if result else None, measure.unit
        ),
        rated=status.rate(result),
        comment=result.note if result else "",
        when="" if when.key == sheet.period else when.label,
    )


def _in_words(status, result):
    if result is None or result.value is None:
        return status.words_of(result)
    return figure(result.value, status.measure.unit, status.measure.decimals)


def _target_words(measure, target):
    if target is None:
        return "No target"
    if target.value is None:
        return target.status.capitalize()
    return figure(target.value, measure.unit, measure.decimals)


def card_words(sheet: VitalSigns) -> dict[str, str]:
    """What the report cards of the sheet's own month say, by measure and title."""
    month, said = period_of(sheet.period), {}
    for status in statuses(sheet, month):
        card = status.card
        if card is None or card.period != month.key:
            continue
        name = status.measure.name
        actions = "\n".join(
            f"{action.text} ({action.owner}, by {day_words(action.due)})"
            if action.due
            else action.text
            for action in card.actions
        )
        for title, text in (
            ("what explains it", card.explains),
            ("what success looks like", card.success),
            ("actions", actions),
            ("adverse to the budget", card.budget_reason),
            ("adverse to a corporate risk", card.risk_reason),
        ):
            if text:
                said[f"{name}: {title}"] = text
    return said


def with_typed(sheet: VitalSigns, rows: list[Row]) -> VitalSigns:
    """The sheet with the figures of the rows that are typed: they are no records yet."""
    typed: dict[str, dict[tuple[str, str], Figure]] = {}
    for row in rows:
        if row.is_typed and not row.errors:
            segment = row.segment.slug if row.segment else ""
            typed.setdefault(row.measure.slug, {})[row.when.key, segment] = Figure(
                period=row.when.key,
                status=row.status,
                segment=segment,
                value=plain(row.value),
                numerator=plain(row.numerator),
                denominator=plain(row.denominator),
                note=note_of(row),
            )
    measures = [
        replace(measure, figures=[*_not_of(fresh, measure.figures), *fresh.values()])
        for measure in sheet.measures
        for fresh in (typed.get(measure.slug, {}),)
    ]
    return replace(sheet, measures=measures)


def _not_of(fresh, figures):
    return [result for result in figures if (result.period, result.segment) not in fresh]


def vital_signs_checks(draft, sheet: VitalSigns) -> list[str]:
    """What an officer should look at, in sentences. Empty where nothing stands out.

    Of a return that is being written what is typed is looked at, not what was submitted before.
    """
    if draft.report.status in (Report.Status.DRAFT, Report.Status.SENT_BACK):
        sheet = with_typed(sheet, draft.grid.rows)
    month, sentences = period_of(sheet.period), []
    sentences += [row.asked_in_words for row in draft.grid.rows if row.unusual]
    sentences += said_of_days(draft.cards)
    for status in _monthly(sheet, month):
        result = status.by_period.get(month.key)
        disagreement = parts(status.measure, result) if result else None
        if disagreement:
            sentences.append(
                f"{disagreement.about}: {disagreement.first.text}, but {disagreement.second.text}."
            )
        if result is None:
            sentences.append(f"{status.measure.name} has no result for {month.label}.")
    sentences += _still_out(sheet, month)
    sentences += _overdue(sheet, month, draft.report.period.as_at)
    for status in statuses(sheet, month):
        for met in status.met:
            sentences.append(f"{status.measure.name}, {met.criterion}: {met.reason}.")
    return sentences


def _still_out(sheet, month):
    """Figures of earlier periods that are awaited still, each with what was said of it."""
    return [
        f"{measure.name}{_after_comma(sheet.segment_name(result.segment))}: the figure of "
        f"{period_of(result.period).label} is still not there"
        f"{f' ({result.note.splitlines()[0]})' if result.note else ''}."
        for collection in MONTHLY
        for measure in sheet.of(collection)
        for result in measure.figures
        if result.status == "not yet available"
        and period_of(result.period).last_day < month.last_day
    ]


def _after_comma(name: str) -> str:
    return f", {name}" if name else ""


def _overdue(sheet, month, as_at):
    """Actions on the latest cards whose day has gone by."""
    return [
        f"{status.measure.name}: the action “{action.text}” ({action.owner}) was due on "
        f"{day_words(action.due)} and is overdue."
        for status in statuses(sheet, month)
        if status.card
        for action in status.card.actions
        if action.due and action.due < as_at
    ]


def _monthly(sheet, month) -> list[MeasureStatus]:
    return [
        status
        for collection in MONTHLY
        for status in statuses(sheet, month, collection)
        if status.measure.frequency == "month"
    ]
