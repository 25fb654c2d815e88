"""What an officer sees of a month of vital signs before approving it."""

from msgspec.structs import replace

from bcfportal.lib.figures import figure, plain
from bcfportal.lib.periods import period_of
from bcfportal.lib.sentences import day_words
from outcomes.entry.boxes import Row
from outcomes.entry.grid import note_of
from outcomes.entry.review import FigureRow, change_words
from outcomes.vital_signs.content import Figure, VitalSigns
from outcomes.vital_signs.dashboard import detail
from outcomes.vital_signs.discrepancies import parts
from outcomes.vital_signs.measure_status import Standing, standings
from publishing.models import Return

MONTHLY = ("vital signs", "supporting")


def vital_signs_figures(sheet: VitalSigns) -> list[FigureRow]:
    """The figures that end with the sheet's month: of each measure the whole, then its parts."""
    month = period_of(sheet.period)
    return [
        row
        for collection in MONTHLY
        for measure in sheet.of(collection)
        for segment in ("", *(each.slug for each in sheet.segments))
        for row in _figures(Standing(measure, month, sheet.judging, segment), sheet)
    ]


def _figures(standing, sheet):
    """The rows of one measure and segment: a month's that is missing is a row too."""
    month, measure = standing.last, standing.measure
    ending = [
        each for each in standing.figures if period_of(each.period).last_day == month.last_day
    ]
    if not ending and measure.frequency == "month" and not standing.segment:
        ending = [None]
    return [_figure_row(standing, sheet, result) for result in ending]


def _figure_row(standing, sheet, result):
    measure, when = standing.measure, period_of(result.period if result else sheet.period)
    earlier = [each for each in standing.figures if period_of(each.period) < when]
    last = earlier[-1] if earlier else None
    target = standing.target_in(when)
    names = {segment.slug: segment.name for segment in sheet.segments}
    return FigureRow(
        heading="",
        name=measure.name,
        part=names.get(standing.segment, standing.segment),
        target=_target_words(measure, target),
        last=_in_words(standing, last) if last else "",
        last_when=period_of(last.period).label if last else "",
        now=_in_words(standing, result),
        detail=detail(result),
        change=change_words(
            last.value if last else None, result.value if result else None, measure.unit
        ),
        rated=standing.rate(result),
        comment=result.note if result else "",
        when="" if when.key == sheet.period else when.label,
    )


def _in_words(standing, result):
    if result is None or result.value is None:
        return standing.words_of(result)
    return figure(result.value, standing.measure.unit, standing.measure.decimals)


def _target_words(measure, target):
    if target is None:
        return "No target"
    if target.value is None:
        return target.status.capitalize()
    return figure(target.value, measure.unit, measure.decimals)


def card_words(sheet: VitalSigns) -> dict[str, str]:
    """What the report cards of the sheet's own month say, by measure and title."""
    month, said = period_of(sheet.period), {}
    for standing in standings(sheet, month):
        card = standing.card
        if card is None or card.period != month.key:
            continue
        name = standing.measure.name
        actions = "\n".join(
            f"{each.text} ({each.owner}, by {day_words(each.due)})" if each.due else each.text
            for each in card.actions
        )
        for title, words in (
            ("what explains it", card.explains),
            ("what success looks like", card.success),
            ("actions", actions),
            ("adverse to the budget", card.budget_reason),
            ("adverse to a corporate risk", card.risk_reason),
        ):
            if words:
                said[f"{name}: {title}"] = words
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
    return [each for each in figures if (each.period, each.segment) not in fresh]


def vital_signs_checks(work, sheet: VitalSigns) -> list[str]:
    """What an officer should look at, in sentences. Empty where nothing stands out.

    Of a return that is being written what is typed is looked at, not what was submitted before.
    """
    if work.report.status in (Return.Status.DRAFT, Return.Status.SENT_BACK):
        sheet = with_typed(sheet, work.grid.rows)
    month, found = period_of(sheet.period), []
    found += [row.asked_in_words for row in work.grid.rows if row.unusual]
    for standing in _monthly(sheet, month):
        result = standing.by_period.get(month.key)
        disagreement = parts(standing.measure, result) if result else None
        if disagreement:
            found.append(
                f"{disagreement.about}: {disagreement.first.text}, but {disagreement.second.text}."
            )
        if result is None:
            found.append(f"{standing.measure.name} has no result for {month.label}.")
    found += _still_out(sheet, month)
    found += _overdue(sheet, month, work.report.period.as_at)
    for standing in standings(sheet, month):
        for met in standing.met:
            found.append(f"{standing.measure.name}, {met.criterion}: {met.reason}.")
    return found


def _still_out(sheet, month):
    """Figures of earlier periods that are awaited still, each with what was said of it."""
    return [
        f"{measure.name}{f', {each.segment}' if each.segment else ''}: the figure of "
        f"{period_of(each.period).label} is still not there"
        f"{f' ({each.note.splitlines()[0]})' if each.note else ''}."
        for collection in MONTHLY
        for measure in sheet.of(collection)
        for each in measure.figures
        if each.status == "not yet available" and period_of(each.period).last_day < month.last_day
    ]


def _overdue(sheet, month, as_at):
    """Actions on the latest cards whose day has gone by."""
    return [
        f"{standing.measure.name}: the action “{action.text}” ({action.owner}) was due on "
        f"{day_words(action.due)} and is overdue."
        for standing in standings(sheet, month)
        if standing.card
        for action in standing.card.actions
        if action.due and action.due < as_at
    ]


def _monthly(sheet, month) -> list[Standing]:
    return [
        each
        for collection in MONTHLY
        for each in standings(sheet, month, collection)
        if each.measure.frequency == "month"
    ]
