"""What a published register says, as plain data: kept with it, and fingerprinted.

Rows of the register never change, so pages read those; the content is there so that anybody can
check a register against its fingerprint.
"""

from collections.abc import Iterable

import msgspec
from django.db.models import Model

from bcfportal.lib import present
from publishing.freezing import freeze, make_public
from risks.models import Progress, Promise, RegisterEdition, RegisterReport, Task
from risks.register import Register, RiskAt, published_register

SCHEMA = 1
_DETAILS = (
    *("on", "title", "description", "level", "area", "owner_post", "reviewer_post"),
    *("target_date", "source", "note"),
)
_ASSESSMENT = (
    *("on", "likelihood", "impact", "score_as_printed", "review_by", "by_post", "reason"),
    *("source", "note"),
)
_SCALE = (
    *("likelihoods", "impacts", "bands", "stages", "prospects", "exception_score"),
    *("exception_prospects", "source"),
)


def content_of(register: Register) -> dict:
    """A whole published register: its scale, and every risk, open or closed, in full.

    Three queries, whatever the number of risks.
    """
    report = present(register.report)
    held = {
        "risk__council": register.council,
        "on__lte": register.as_at,
        "recorded_at__lte": report.published_at,
    }
    tasks = _by_risk(Task, held, "number", ("number", "text", "on", "source", "note"))
    progress = _by_risk(
        Progress,
        held,
        "on",
        ("on", "task__number", "label", "state", "text", "by_post", "source", "note"),
        "order",
        "recorded_at",
    )
    promises = _by_risk(
        Promise, held, "due", ("on", "text", "due", "due_as_printed", "source", "note"), "order"
    )
    numbered = {} if report.number == 1 else {"number": report.number}
    return msgspec.to_builtins(
        {
            # No two registers of a day have one fingerprint, though the second says the same.
            **numbered,
            "schema": SCHEMA,
            "council": register.council.slug,
            "as_at": register.as_at,
            "title": report.title,
            "meeting_on": report.meeting_on,
            "next_update": report.next_update,
            "source": report.source,
            "note": report.note,
            "scale": _fields(register.scale, *_SCALE),
            "risks": [
                {
                    **_risk(entry),
                    "tasks": tasks.get(entry.risk.pk, []),
                    "progress": progress.get(entry.risk.pk, []),
                    "promises": promises.get(entry.risk.pk, []),
                }
                for entry in register.everything
            ],
        }
    )


def editions_of(reports: Iterable[RegisterReport]) -> dict[int, RegisterEdition]:
    """By report's key, the frozen content of what it said. One query."""
    rows = RegisterEdition.objects.filter(report__in=list(reports)).defer("content")
    return {edition.report_id: edition for edition in rows}


def freeze_registers(reports: Iterable[RegisterReport]) -> None:
    """Keeps for good what published registers say, unless it is kept already.

    Leaves out those of councils without a scale.
    """
    reports = list(reports)
    kept = editions_of(reports)
    for report in reports:
        if report.pk not in kept and (register := published_register(report)):
            at, by = report.published_at, report.published_by
            row = RegisterEdition(
                report=report, number=report.number, content=content_of(register), at=at, by=by
            )
            make_public(freeze([row], report.council_id), at=at, by=by)


def _risk(entry: RiskAt) -> dict:
    risk = entry.risk
    return {
        **_fields(risk, "slug", "reference", "order", "entered_on", "entered_as_printed", "note"),
        "details": _fields(entry.details, *_DETAILS),
        "assessments": {
            stage: _fields(position.row, *_ASSESSMENT)
            for stage, position in entry.positions.items()
        },
        "prospects": entry.prospect and _fields(entry.prospect, "on", "prospects", "by_post"),
        "closure": entry.closure and _fields(entry.closure, "on", "reason", "by_post"),
        "links": [
            {
                "kind": link.kind,
                "about": link.project.slug if link.project else link.reference,
            }
            for link in entry.links
        ],
    }


def _fields(row: object, *names: str) -> dict:
    return {name: getattr(row, name) for name in names}


def _by_risk(
    model: type[Model], held: dict, order: str, names: tuple[str, ...], *then: str
) -> dict[int, list[dict]]:
    """By risk, its rows of the model as plain values, in order. One query."""
    rows_by_risk: dict[int, list[dict]] = {}
    for row in (
        model._default_manager.filter(**held).order_by(order, *then, "pk").values("risk_id", *names)
    ):
        rows_by_risk.setdefault(row.pop("risk_id"), []).append(row)
    return rows_by_risk
