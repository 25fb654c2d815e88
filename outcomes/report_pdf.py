"""The performance report of a meeting as an accessible PDF: every figure already in words."""

from bcfportal.lib import present
from bcfportal.lib.papers.drawing import Drawing, Line, svg
from bcfportal.lib.papers.paper import Paper, printed_rating, version_lines
from bcfportal.lib.periods import period_of
from bcfportal.lib.ratings import COLOURS, Rating
from bcfportal.lib.sentences import day_words
from outcomes.framework.tables import framework
from outcomes.vital_signs.charts import COMMON, TONES
from outcomes.vital_signs.corrections import corrected_of
from outcomes.vital_signs.dashboard import (
    NOT_OFFICIAL,
    Row,
    dashboard,
    notes_on_targets,
    with_corrections,
)
from outcomes.vital_signs.decisions import sentence_of
from outcomes.vital_signs.exception_list import Exceptions, actions_of
from outcomes.vital_signs.history import break_words, limit_drawn, limits_words
from outcomes.vital_signs.judged import of_travel
from outcomes.vital_signs.measure_status import MeasureStatus
from outcomes.vital_signs.otherwise import judged_words, worked_out_words
from outcomes.vital_signs.published import PublishedMeasures
from outcomes.vital_signs.sentences import detail, finding
from publishing.period_versions.content import Decided

WHAT_IT_IS = "Performance report"


def kept_name(published: PublishedMeasures) -> str:
    """The name that the paper is kept under: a report can also be had as of an earlier month."""
    return "performance" if published.is_own_report else f"performance-{published.month.key}"


def performance_report(published: PublishedMeasures) -> bytes:
    """Summary, dashboard, exceptions with their report cards and charts, benchmarks."""
    exceptions = Exceptions(published)
    rows = dashboard(published.sheet, published.month)
    rows = with_corrections(rows, published.corrected, published.given)
    benchmarks = framework(published)
    meets = published.period.meets
    paper = Paper(
        published.council,
        name=WHAT_IT_IS,
        title=WHAT_IT_IS,
        description=f"Vital signs of {published.month.label}, what is reported by exception, "
        "and benchmarks.",
        as_at=published.period.as_at,
        when=published.month.label,
        version=version_lines(published.version),
    )
    content = {
        "month": published.month.label,
        "meeting": day_words(meets) if meets else "",
        "preview": published.preview,
        "summary": _summary(published, rows, exceptions),
        "months": [cell.month.short_label for cell in rows[0].cells] if rows else [],
        "dashboard": [_row(row) for row in rows],
        "exceptions": [_card(published, listed) for listed in exceptions.listed],
        "left": _left(exceptions),
        "decided": _decided(published),
        "target_notes": [f"Note {number}: {note}" for number, note in notes_on_targets(rows)],
        "notes": [f"{row.measure.name}: {row.measure.note}" for row in rows if row.measure.note],
        "corrections": [
            f"{row.measure.name}, {cell.of.label}: {cell.corrected}"
            for row in rows
            for cell in row.cells
            if cell.corrected
        ],
        "benchmarks": _benchmarks(benchmarks) if benchmarks else None,
    }
    return paper.typeset("performance.typ", content)


def _decided(published):
    """What the committee was known to have decided when this version was published."""
    decided: dict[str, list[Decided]] = {}
    for decision in published.decisions:
        decided.setdefault(decision.measure, []).append(decision)
    return [
        {
            "measure": measure.name,
            "lines": [sentence_of(decision, published.day) for decision in decisions],
        }
        for slug, decisions in decided.items()
        if (measure := published.sheet.measure(slug))
    ]


def _summary(published, rows, exceptions):
    rated: dict[Rating, list] = {}
    for row in rows:
        rated.setdefault(Rating(row.status.rated.rating), []).append(row)
    lines = [
        f"{len(rows)} vital signs are reported up to {published.month.label}; "
        f"{sum(bool(listed.status.met) for listed in exceptions.listed)} meet a criterion "
        "for reporting by exception."
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
        f"Compared with the figure before: {len(better)} better, {len(worse)} worse, "
        f"{len(rows) - len(better) - len(worse)} neither."
    )
    lines += [f"{listed.measure.name}: {listed.difference}" for listed in exceptions.differing]
    return lines


def _row(row: Row):
    status = row.status
    return {
        "name": row.measure.name,
        "about": row.about,
        "exception": " and ".join(met.criterion for met in status.met),
        "cells": [
            {
                "words": cell.text,
                "detail": cell.detail,
                "rating": printed_rating(cell.rating) if cell.rating else None,
                "mark": cell.mark,
            }
            for cell in row.cells
        ],
        "target": status.target_words,
        "note": f"Note {row.note_number}" if row.note_number else "",
        "official": NOT_OFFICIAL if row.measure.not_official else "",
        "rating": printed_rating(status.rated.rating),
        "variance": status.variance_words,
        "travel": f"{row.previous.label} since last"
        f"{_mark(row.corrected_since_last, row.otherwise.since_last if row.otherwise else '')}; "
        f"{row.year.label.lower()} on a year ago"
        f"{_mark(row.corrected_on_last_year, row.otherwise.on_last_year if row.otherwise else '')}",
        "signal": _signal(row),
    }


def _mark(corrected: str, otherwise: str) -> str:
    if not corrected:
        return ""
    return f" (by a figure that was corrected since{f'. {otherwise}' if otherwise else ''})"


def _signal(row):
    if row.variation.shape == "none":
        return row.variation.label
    assurance = f"; {row.assurance.label.lower()}" if row.assurance.shape != "none" else ""
    otherwise = f" ({row.otherwise.variation})" if row.otherwise and row.otherwise.variation else ""
    return f"{row.variation.label}{assurance}{otherwise}"


def _card(published, listed):
    status, measure = listed.status, listed.measure
    card = status.card
    return {
        "name": measure.name,
        "text": measure.text if measure.text != measure.name else "",
        "rating": printed_rating(status.rated.rating),
        "reason": status.rated.reason,
        "met": [
            {"criterion": met.criterion.capitalize(), "reason": met.reason} for met in status.met
        ],
        "corrected": judged_words(status, published.corrected, published.given),
        "compared": corrected_of(status, of_travel(status), published.corrected),
        "worked_out": worked_out_words(status, published.corrected, published.given),
        "difference": listed.difference,
        "why": measure.why,
        "finding": finding(status),
        "chart": drawn(status),
        "alt": f"Chart. {finding(status)} {limits_words(status)}".strip(),
        "limits": limits_words(status),
        "figures": [
            [period_of(result.period).short_label, status.words_of(result), detail(result)]
            for result in status.figures[-13:]
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
            for action, overdue in actions_of(status)
        ],
        "lead": measure.lead or "not printed",
        "data_owner": measure.data_owner or "not printed",
    }


def drawn(status: MeasureStatus) -> str:
    """The measure's chart as SVG; nothing below two figures."""
    if len(status.known) < 2:
        return ""
    first = period_of(status.known[0].period)
    periods = (
        first.up_to(status.last)
        if status.measure.frequency == "month"
        else [period_of(result.period) for result in status.known]
    )
    places = {period.key: place for place, period in enumerate(periods)}
    values = {result.period: result.value for result in status.known}
    points = {point.date: point for point in status.chart.points}
    held = [points.get(period.first_day) for period in periods]
    targets = [status.target_in(period) for period in periods]
    lines = [
        Line([point.mean if point else None for point in held], COMMON),
        Line([limit_drawn(status, p, p.upper if p else None) for p in held], COMMON, dash="5 4"),
        Line([limit_drawn(status, p, p.lower if p else None) for p in held], COMMON, dash="5 4"),
        Line([t.value if t else None for t in targets], "#0b0c0c", 2, dash="1.500 3", dots=True),
        Line([values.get(period.key) for period in periods], "#1d5a8c", 2, dots=True),
    ]
    marks = [
        (places[result.period], present(result.value), TONES[kind][2], TONES[kind][1])
        for result in status.known
        if (point := points.get(period_of(result.period).first_day))
        and point.special
        and status.chart.enough
        and (kind := point.variation.split()[0]) in TONES
    ]
    breaks = [
        (places[mark.period], break_words(mark))
        for mark in status.measure.marks
        if mark.period in places
    ]
    suffix = "%" if status.measure.unit == "%" else ""
    return svg(Drawing([p.short_label for p in periods], lines, marks, breaks, suffix))


def _left(exceptions):
    if exceptions.before is None:
        return ["No earlier report of this council is on the portal, so nothing can be compared."]
    return [
        f"{was.measure.name}: was listed as {' and '.join(met.criterion for met in was.met)}."
        + (f" Now: {now.rated.reason}." if now else "")
        for was, now in exceptions.left
    ] or [f"Nothing has left the list since the report of {exceptions.before_period.label}."]


def _benchmarks(table):
    return {
        "year": table.year.label,
        "heads": [other.title for other in table.indicators[0].others],
        "groups": [
            {
                "heading": heading,
                "rows": [
                    {
                        "number": indicator.number,
                        "text": indicator.measure.text,
                        "result": indicator.status.latest_words,
                        "detail": indicator.detail,
                        "own": f"The council’s own: {indicator.own}" if indicator.own else "",
                        "rating": printed_rating(indicator.status.rated.rating),
                        "others": [
                            {
                                "words": other.text,
                                "period": other.period,
                                "difference": other.difference,
                            }
                            for other in indicator.others
                        ],
                    }
                    for indicator in members
                ],
            }
            for heading, members in table.groups
        ],
    }
