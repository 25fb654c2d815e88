"""Makes what is published of an arrangement from its records, and keeps it for good."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import Max, QuerySet, prefetch_related_objects

from accounts.models import User
from bcfportal.lib import clock
from partnerships.content import (
    SCHEMA,
    ActivityLine,
    ArrangementContent,
    BudgetLine,
    ContributionLine,
    DecisionOnFunction,
    ElementLine,
    FrameworkContent,
    FunctionLine,
    IssueLine,
    MeasureLine,
    OutcomeLine,
    ParagraphLine,
    PoolContent,
    ProgrammeContent,
    ShareLine,
    TensionLine,
)
from partnerships.models import (
    Arrangement,
    ArrangementVersion,
    FunctionDecision,
    JointOutcome,
    ServiceElement,
)
from projects.models import Council
from publishing import registry
from publishing.freezing import freeze, make_public
from publishing.registry import NamedMeasure

_READ = (
    *("council", "programme", "commissioning_model", "pool", "framework"),
    *("serviceelements", "blueprintactivitys", "functions__decisions__replaces", "issueareas"),
    *("programmeparagraphs", "poolcontributions", "capitatedbudgets", "riskshares"),
    *("jointoutcomes__measures", "outcometensions"),
)
Measures = Mapping[str, NamedMeasure]


def make_arrangement(arrangement: Arrangement, number: int, why: str = "") -> ArrangementContent:
    """What would be published of it now, as version ``number``."""
    prefetch_related_objects([arrangement], *_READ)
    kind, of = arrangement.kind, Arrangement.Kind
    measures = registry.measures_of(arrangement.council) if kind != of.POOL else {}
    return ArrangementContent(
        schema=SCHEMA,
        council=arrangement.council.slug,
        number=number,
        why=why,
        programme=_programme(arrangement, measures) if kind == of.PROGRAMME else None,
        pool=_pool(arrangement) if kind == of.POOL else None,
        framework=_framework(arrangement, measures) if kind == of.OUTCOMES else None,
        **_fields(arrangement, *("kind", "slug", "title", "purpose", "source", "note")),
    )


def freeze_arrangement(
    arrangement: Arrangement, *, at: datetime | None = None, by: User | None = None, why: str = ""
) -> ArrangementVersion:
    """Keeps what the arrangement says. People approve by ``transitions.ARRANGEMENTS``."""
    number = (arrangement.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    content = msgspec.to_builtins(make_arrangement(arrangement, number, why))
    row = ArrangementVersion(
        arrangement=arrangement,
        number=number,
        content=content,
        why=why,
        at=at or clock.now(),
        by=by,
    )
    return freeze([row], arrangement.council_id)[0]


def freeze_loaded(councils: QuerySet[Council]) -> None:
    """Keeps what was published before of the councils' arrangements, if nothing of it is kept."""
    loaded = Arrangement.objects.filter(
        council__in=councils, status=Arrangement.Status.PUBLISHED, versions=None
    )
    for arrangement in loaded.select_related("council").order_by("council", "kind", "slug"):
        made = freeze_arrangement(arrangement)
        make_public([made], at=made.at, by=None)


def _programme(arrangement: Arrangement, measures: Measures) -> ProgrammeContent | None:
    record = getattr(arrangement, "programme", None)
    if record is None:
        return None
    model = getattr(arrangement, "commissioning_model", None)
    return ProgrammeContent(
        model=model.name if model else "",
        model_description=model.description if model else "",
        model_source=model.source if model else "",
        lead_provider_names=_split(model.lead_provider_names) if model else (),
        lead_provider_duties=_split(model.lead_provider_duties) if model else (),
        elements=tuple(_element(row, measures) for row in arrangement.serviceelements.all()),
        activities=_lines(ActivityLine, arrangement.blueprintactivitys.all()),
        functions=tuple(
            _line(FunctionLine, row, decisions=tuple(_decision(d) for d in row.decisions.all()))
            for row in arrangement.functions.all()
        ),
        issues=_lines(IssueLine, arrangement.issueareas.all()),
        paragraphs=_lines(ParagraphLine, arrangement.programmeparagraphs.all()),
        **_fields(
            record,
            *("planning_area", "districts", "partners", "care_areas", "in_scope", "out_of_scope"),
            *("basis_of", "meeting", "source", "note"),
        ),
    )


def _element(row: ServiceElement, measures: Measures) -> ElementLine:
    known = measures.get(row.measure)
    return _line(
        ElementLine,
        row,
        measure_title=known.title if known else "",
        measure_address=known.address if known else "",
    )


def _decision(row: FunctionDecision) -> DecisionOnFunction:
    return _line(DecisionOnFunction, row, replaces=row.replaces.order if row.replaces else None)


def _pool(arrangement: Arrangement) -> PoolContent | None:
    record = getattr(arrangement, "pool", None)
    if record is None:
        return None
    return PoolContent(
        contributions=_lines(ContributionLine, arrangement.poolcontributions.all()),
        budgets=_lines(BudgetLine, arrangement.capitatedbudgets.all()),
        shares=_lines(ShareLine, arrangement.riskshares.all()),
        **_fields(record, *("legal_basis", "host", "level", "state", "money_note", "programme")),
        **_fields(record, "source", "note"),
    )


def _framework(arrangement: Arrangement, measures: Measures) -> FrameworkContent | None:
    record = getattr(arrangement, "framework", None)
    if record is None:
        return None
    return FrameworkContent(
        outcomes=tuple(_outcome(row, measures) for row in arrangement.jointoutcomes.all()),
        tensions=_lines(TensionLine, arrangement.outcometensions.all()),
        **_fields(record, *("paper", "state", "not_held", "programme", "source", "note")),
    )


def _outcome(row: JointOutcome, measures: Measures) -> OutcomeLine:
    names = [measure.name for measure in row.measures.all()]
    known = [measures.get(name) for name in names]
    return _line(
        OutcomeLine,
        row,
        measures=tuple(
            MeasureLine(
                name, measure.title if measure else name, measure.address if measure else ""
            )
            for name, measure in zip(names, known, strict=True)
        ),
    )


def _split(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip())


def _lines(struct: type[msgspec.Struct], rows: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(_line(struct, row) for row in rows)


def _line(struct: type[msgspec.Struct], row: Any, /, **given: Any) -> Any:
    """A line of the row's fields, but for those that are given."""
    names = [name for name in struct.__struct_fields__ if name not in given]
    return struct(**_fields(row, *names), **given)


def _fields(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
