"""The performance report of a meeting as an accessible PDF: every figure already in words."""

from bcfportal.lib import present
from bcfportal.lib.papers.drawing import Drawing, Line, svg
from bcfportal.lib.papers.paper import Paper, printed_rating, version_lines
from bcfportal.lib.periods import period_of
from bcfportal.lib.ratings import COLOURS, Rating
from bcfportal.lib.sentences import day_words
from outcomes.framework.tables import framework
from outcomes.vital_signs.charts import COMMON, TONES
from outcomes.vital_signs.dashboard import (
    NOT_OFFICIAL,
    Row,
    dashboard,
    detail,
    notes_on_targets,
    with_corrections,
)
from outcomes.vital_signs.exception_list import Exceptions, actions_of
from outcomes.vital_signs.history import break_words, limit_drawn, limits_words
from outcomes.vital_signs.measure_status import Standing
from outcomes.vital_signs.published import Shown
from outcomes.vital_signs.sentences import finding
from publishing.period_versions.content import Decided

WHAT_IT_IS = "Performance report"


def kept_name(shown: Shown) -> str:
    """The name that the paper is kept under: a report can also be had as of an earlier month."""
    return "performance" if shown.is_own_report else f"performance-{shown.month.key}"


def performance_report(shown: Shown) -> bytes:
    """Summary, dashboard, exceptions with their report cards and charts, benchmarks."""
    found = Exceptions(shown)
    rows = with_corrections(dashboard(shown.sheet, shown.month), shown.corrected_then)
    benchmarks = framework(shown)
    meets = shown.period.meets
    paper = Paper(
        shown.council,
        name=WHAT_IT_IS,
        title=WHAT_IT_IS,
        description=f"Vital signs of {shown.month.label}, what is reported by exception, "
        "and benchmarks.",
        as_at=shown.period.as_at,
        when=shown.month.label,
        version=version_lines(shown.version),
    )
    content = {
        "month": shown.month.label,
        "meeting": day_words(meets) if meets else "",
        "preview": shown.preview,
        "summary": _summary(shown, rows, found),
        "months": [cell.month.short_label for cell in rows[0].cells] if rows else [],
        "dashboard": [_row(row) for row in rows],
        "exceptions": [_card(shown, each) for each in found.listed],
        "left": _left(found),
        "decided": _decided(shown),
        "target_notes": [f"Note {number}: {note}" for number, note in notes_on_targets(rows)],
        "notes": [f"{row.measure.name}: {row.measure.note}" for row in rows if row.measure.note],
        "corrections": [
            f"{row.measure.name}, {cell.month.label}: {cell.corrected}"
            for row in rows
            for cell in row.cells
            if cell.corrected
        ],
        "benchmarks": _benchmarks(benchmarks) if benchmarks else None,
    }
    return paper.typeset("performance.typ", content)


def _decided(shown):
    """What the committee was known to have decided when this version was published."""
    decided: dict[str, list[Decided]] = {}
    for each in shown.decisions:
        decided.setdefault(each.measure, []).append(each)
    return [
        {"measure": measure.name, "lines": [_followed(each, shown.day) for each in found]}
        for slug, found in decided.items()
        if (measure := shown.sheet.measure(slug))
    ]


def _followed(decided: Decided, day):
    state = "Not done yet."
    if decided.done_on:
        state = f"Done {day_words(decided.done_on)}: {decided.outcome}"
    elif decided.due < day:
        state = "Overdue."
    return (
        f"{decided.action}, {day_words(decided.decided_on)}: {decided.decision} "
        f"{decided.owner}, to report back by {day_words(decided.due)}. {state}"
    )


def _summary(shown, rows, found):
    rated: dict[Rating, list] = {}
    for row in rows:
        rated.setdefault(Rating(row.standing.rated.rating), []).append(row)
    lines = [
        f"{len(rows)} vital signs are reported to {shown.month.label}; "
        f"{sum(bool(each.standing.met) for each in found.listed)} meet a criterion for reporting "
        "by exception."
    ]
    lines += [
        f"{rating.label} by rule: {len(members)} "
        f"({'; '.join(row.measure.name for row in members)})."
        for rating, members in sorted(rated.items(), key=lambda item: list(Rating).index(item[0]))
        if rating in COLOURS
    ]
    worse = [row for row in rows if row.previous.tone == "bad"]
    better = [row for row in rows if row.previous.tone == "good"]
    lines.append(
        f"Since the figure before, {len(better)} are better, {len(worse)} worse and "
        f"{len(rows) - len(better) - len(worse)} neither."
    )
    lines += [f"{each.measure.name}: {each.difference}" for each in found.differing]
    return lines


def _row(row: Row):
    standing = row.standing
    return {
        "name": row.measure.name,
        "about": row.about,
        "exception": " and ".join(met.criterion for met in standing.met),
        "cells": [
            {
                "words": cell.words,
                "detail": cell.detail,
                "rating": printed_rating(cell.rating) if cell.rating else None,
            }
            for cell in row.cells
        ],
        "target": standing.target_words,
        "note": f"Note {row.note_number}" if row.note_number else "",
        "official": NOT_OFFICIAL if row.measure.not_official else "",
        "rating": printed_rating(standing.rated.rating),
        "variance": standing.variance_words,
        "travel": f"{row.previous.label} since last; {row.year.label.lower()} on a year ago",
        "signal": _signal(row),
    }


def _signal(row):
    if row.variation.shape == "none":
        return row.variation.label
    assurance = f"; {row.assurance.label.lower()}" if row.assurance.shape != "none" else ""
    return f"{row.variation.label}{assurance}"


def _card(shown, listed):
    standing, measure = listed.standing, listed.measure
    card = standing.card
    return {
        "name": measure.name,
        "text": measure.text if measure.text != measure.name else "",
        "rating": printed_rating(standing.rated.rating),
        "reason": standing.rated.reason,
        "met": [
            {"criterion": met.criterion.capitalize(), "reason": met.reason} for met in standing.met
        ],
        "difference": listed.difference,
        "why": measure.why,
        "finding": finding(standing),
        "chart": drawn(standing),
        "alt": f"Chart. {finding(standing)} {limits_words(standing)}".strip(),
        "limits": limits_words(standing),
        "figures": [
            [period_of(each.period).short_label, standing.words_of(each), detail(each)]
            for each in standing.figures[-13:]
        ],
        "explains": card.explains if card else "",
        "success": card.success if card else "",
        "actions": [
            {
                "text": action.text,
                "owner": action.owner,
                "due": day_words(action.due) if action.due else "",
                "overdue": overdue,
            }
            for action, overdue in actions_of(standing)
        ],
        "lead": measure.lead or "not printed",
        "data_owner": measure.data_owner or "not printed",
    }


def drawn(standing: Standing) -> str:
    """The measure's chart as SVG; nothing below two figures."""
    if len(standing.known) < 2:
        return ""
    first = period_of(standing.known[0].period)
    periods = (
        first.up_to(standing.last)
        if standing.measure.frequency == "month"
        else [period_of(each.period) for each in standing.known]
    )
    places = {period.key: place for place, period in enumerate(periods)}
    values = {each.period: each.value for each in standing.known}
    points = {point.date: point for point in standing.chart.points}
    held = [points.get(period.first_day) for period in periods]
    targets = [standing.target_in(period) for period in periods]
    lines = [
        Line([point.mean if point else None for point in held], COMMON),
        Line([limit_drawn(standing, p, p.upper if p else None) for p in held], COMMON, dash="5 4"),
        Line([limit_drawn(standing, p, p.lower if p else None) for p in held], COMMON, dash="5 4"),
        Line([t.value if t else None for t in targets], "#0b0c0c", 2, dash="1.500 3", dots=True),
        Line([values.get(period.key) for period in periods], "#1d5a8c", 2, dots=True),
    ]
    marks = [
        (places[each.period], present(each.value), TONES[kind][2], TONES[kind][1])
        for each in standing.known
        if (point := points.get(period_of(each.period).first_day))
        and point.special
        and standing.chart.enough
        and (kind := point.variation.split()[0]) in TONES
    ]
    breaks = [
        (places[each.period], break_words(each))
        for each in standing.measure.marks
        if each.period in places
    ]
    suffix = "%" if standing.measure.unit == "%" else ""
    return svg(Drawing([p.short_label for p in periods], lines, marks, breaks, suffix))


def _left(found):
    if found.before is None:
        return ["No earlier report of this council is on the portal, so nothing can be compared."]
    return [
        f"{was.measure.name}: was listed as {' and '.join(met.criterion for met in was.met)}."
        + (f" Now: {now.rated.reason}." if now else "")
        for was, now in found.left
    ] or [f"Nothing has left the list since the report of {found.before_period.label}."]


def _benchmarks(found):
    return {
        "year": found.year.label,
        "heads": [other.title for other in found.indicators[0].others],
        "groups": [
            {
                "heading": heading,
                "rows": [
                    {
                        "number": each.number,
                        "text": each.measure.text,
                        "result": each.standing.latest_words,
                        "detail": each.detail,
                        "own": f"The council’s own: {each.own}" if each.own else "",
                        "rating": printed_rating(each.standing.rated.rating),
                        "others": [
                            {
                                "words": other.words,
                                "period": other.period,
                                "difference": other.difference,
                            }
                            for other in each.others
                        ],
                    }
                    for each in members
                ],
            }
            for heading, members in found.groups
        ],
    }
