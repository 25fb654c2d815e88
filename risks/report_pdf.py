"""The risk register as an accessible PDF: the matrix, every risk, and the exceptions in full."""

from bcfportal.lib.papers.paper import Paper, printed_rating, version_lines
from bcfportal.lib.sentences import counted, day_words
from bcfportal.lib.versions import VersionStatus
from risks.heat_map import heat_map
from risks.models import Assessment, Progress, Promise, Task
from risks.register import Register
from risks.risk_history import promises_told, told

# The name under which the paper is kept.
PAPER = "risk-register"
LOST = "[…]"


def risks_paper(register: Register, version: VersionStatus | None = None) -> bytes:
    """The register: risks by band, the matrix, all risks, and the exceptions with their tasks.

    ``version`` is the published version; None for the working register.
    """
    title = register.report.title if register.report else "Risk register, not published"
    exceptions = register.exceptions
    paper = Paper(
        register.council,
        name=title,
        title=title,
        description=f"{counted(len(register.risks), 'open risk')}.",
        as_at=register.as_at,
        version=version_lines(version),
    )
    content = {
        "title": title,
        "facts": _facts(register),
        "impacts": [f"{n} {label}" for n, label in enumerate(register.scale.impacts, 1)],
        "matrix": _matrix(register),
        "risks": [_risk(number, entry) for number, entry in enumerate(register.risks, 1)],
        "closed": [_closed(entry) for entry in register.closed],
        "exceptions": _in_full(register, exceptions),
        "rule": register.scale.exceptions,
        "stages": [
            (name.capitalize(), _full(text)) for name, text in register.scale.stages.items()
        ],
        "bands": [
            (f"{band.name}, {band.low} to {band.high}", _full(band.treatment))
            for band in register.scale.bands
        ],
        "prospects": [
            {"rating": printed_rating(colour), "meaning": _full(text)}
            for colour, text in register.scale.prospects.items()
        ],
        "notes": _notes(register),
    }
    return paper.typeset("risks.typ", content)


def _facts(register):
    bands = ", ".join(f"{number} {band.name}" for band, number in register.by_band)
    meeting = register.report and register.report.meeting_on
    for_meeting = f", for the meeting of {day_words(meeting)}" if meeting else ""
    facts = [
        f"As at {day_words(register.as_at)}{for_meeting}",
        f"{counted(len(register.risks), 'open risk')}: {bands}",
        f"{counted(len(register.exceptions), 'exception')}",
    ]
    return ". ".join(facts) + "."


def _matrix(register):
    numbers = {entry.risk.pk: str(n) for n, entry in enumerate(register.risks, 1)}
    return [
        {
            "head": f"{row.likelihood} {row.label}",
            "cells": [
                {
                    "score": f"{cell.score} {cell.band.name}",
                    "rank": cell.rank,
                    "risks": ", ".join(numbers[entry.risk.pk] for entry in cell.risks),
                }
                for cell in row.cells
            ],
        }
        for row in heat_map(register.risks, register.scale, Assessment.Stage.CURRENT)
    ]


def _risk(number, entry):
    return {
        "number": str(number),
        "title": entry.details.title,
        "reference": _reference(entry),
        "level": entry.details.get_level_display(),
        "original": _position(entry.original),
        "now": _position(entry.now),
        "moved": "" if entry.moved in ("", "the same") else entry.moved,
        "target": _position(entry.target),
        "target_date": _target_date(entry),
        "prospects": printed_rating(entry.prospects) if entry.prospects else None,
        "exception": entry.exception.yes,
        "owner": _post(entry.details.owner_post),
    }


def _target_date(entry):
    if entry.details.target_date is None:
        return ""
    passed = ": passed" if entry.target_has_passed else ""
    return f"{day_words(entry.details.target_date)}{passed}"


def _position(position):
    if position is None:
        return {"score": "–", "words": "Not assessed"}
    return {
        "score": f"{position.score} {position.band.name}",
        "words": f"{position.likelihood} × {position.impact}",
    }


def _closed(entry):
    return {
        "title": entry.details.title,
        "reference": _reference(entry),
        "on": day_words(entry.closure.on),
        "reason": entry.closure.reason,
    }


def _in_full(register, exceptions):
    """Exceptions with their text, tasks and progress: three queries, however many there are."""
    held = {"risk__in": [entry.risk for entry in exceptions], "on__lte": register.as_at}
    if register.report:
        held["recorded_at__lte"] = register.report.published_at
    tasks: dict[int, list[Task]] = {}
    for task in Task.objects.filter(**held).order_by("risk_id", "number"):
        tasks.setdefault(task.risk_id, []).append(task)
    progress: dict[tuple[int, int | None], list[Progress]] = {}
    rows = Progress.objects.filter(**held).order_by("risk_id", "-on", "order", "-recorded_at")
    for row in rows:
        progress.setdefault((row.risk_id, row.task_id), []).append(row)
    promises: dict[int, list[Promise]] = {}
    for promise in Promise.objects.filter(**held).order_by("due", "order"):
        promises.setdefault(promise.risk_id, []).append(promise)
    numbers = {entry.risk.pk: n for n, entry in enumerate(register.risks, 1)}
    promised = {
        entry.risk.pk: promises_told(
            promises.get(entry.risk.pk, ()), entry.reviewed_on, entry.day or register.as_at
        )
        for entry in exceptions
    }
    return [
        {
            **_risk(numbers[entry.risk.pk], entry),
            "description": entry.details.description,
            "why": entry.exception.reason,
            "tasks": [
                {
                    "number": str(task.number),
                    "text": "[…] Lost in the source" if task.text == LOST else task.text,
                    "progress": [
                        _progress(said)
                        for said in told(progress.get((key, task.pk), ()), promised[key])
                    ],
                }
                for task in tasks.get(key, ())
            ],
            "other": [
                _progress(said) for said in told(progress.get((key, None), ()), promised[key])
            ],
            "promises": [_promise(told_promise) for told_promise in promised[key]],
        }
        for entry in exceptions
        for key in (entry.risk.pk,)
    ]


def _progress(said):
    row = said.row
    then = " then; the promised day has passed since" if said.outdated else ""
    start = (
        f"{row.get_state_display()}{then}: " if row.state else f"{row.label}) " * bool(row.label)
    )
    return f"{start}{row.text} ({day_words(row.on)})"


def _promise(promised):
    promise = promised.promise
    sentence = f"{promise.text}: {promise.due_as_printed or day_words(promise.due)}"
    if promised.passed:
        sentence += ", passed"
    if promised.earlier:
        said = day_words(promise.on)
        sentence += f" (reported on {said}; whether it was kept has not been reported since)"
    return sentence


def _notes(register):
    report = register.report
    notes = [f"Source: {report.source}."] if report and report.source else []
    if report and report.note:
        notes.append(report.note)
    if any(LOST in (entry.risk.reference, entry.details.owner_post) for entry in register.risks):
        notes.append(
            "What the source has lost is marked […]. Where it prints no post, none is given."
        )
    return notes


def _reference(entry):
    return "Reference lost" if entry.risk.reference == LOST else entry.risk.reference


def _post(post):
    return "Post not printed" if post == LOST else post


def _full(text):
    return f"{text[:1].upper()}{text[1:]}." if text else ""
