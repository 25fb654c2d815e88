"""Makes a project's sheet from the records, in a number of queries that does not grow."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet
from msgspec import structs

from bcfportal.lib.figures import plain
from bcfportal.lib.periods import Period
from finance.models import FinanceLine
from outcomes.models import Month, Target
from outcomes.models import Result as ResultRecord
from outcomes.project_measures.collect import measure_row
from outcomes.project_measures.table import measure_table
from outcomes.vital_signs.collect import make_vital_signs
from outcomes.vital_signs.content import VitalSigns
from projects.as_at import (
    FUND,
    PROVIDER,
    SERVED,
    Thing,
    facts_on,
    names_on,
    with_what_they_name,
)
from projects.models import FundingStream, Name, NameChange, Project, ProjectChange, Provider
from projects.tolerances import tolerance_in
from publishing.models import Report, Return
from returns import content as sheets
from returns.content import Stream
from returns.since_last_time import changed_on_page, published_before
from returns.withdrawn.figures import with_withdrawn, without_withdrawn
from stated.promises_of_returns import prefetched, promises_in

CHANGES = Prefetch(
    "project__changes",
    ProjectChange.objects.select_related("condition_before", "condition_after").order_by(
        "on", "pk"
    ),
)


def returns_with_records(returns: QuerySet[Return]) -> QuerySet[Return]:
    """A queryset of returns with all that their sheets are made from."""
    return returns.select_related(
        "project__grant_condition", "project__council", "period__council"
    ).prefetch_related(
        "project__providers",
        "project__streams__fund",
        Prefetch("project__streams__lines", FinanceLine.objects.order_by("year")),
        "project__streams__stated_sums",
        "project__council__tolerance_changes__by",
        CHANGES,
        Prefetch("project__council__name_changes", with_what_they_name(NameChange.objects.all())),
        "project__measures__definition_changes__by",
        *prefetched(),
        Prefetch("project__measures__targets", Target.objects.order_by("period")),
        Prefetch(
            "project__measures__results",
            ResultRecord.objects.select_related("segment__provider").order_by(
                "period", "segment__order"
            ),
        ),
    )


def with_records(reports: QuerySet[Any]) -> QuerySet[Any]:
    """A queryset of one subject's reports with all that their sheets are made from."""
    reports = with_withdrawn(reports)
    if reports.model is Month:
        return reports.select_related("period__council")
    return returns_with_records(reports)


def fresh(report: Report) -> Any:
    """The report as it is kept now, with all that its sheet is made from."""
    return with_records(type(report)._default_manager.filter(pk=report.pk)).get()


def sheet_for(report: Report) -> sheets.Sheet | VitalSigns:
    """What a project's return or a month of measures says now."""
    if isinstance(report, Month):
        return without_withdrawn(make_vital_signs(report), report)
    own = report.itself
    taken = without_withdrawn(make_sheet(own), report)
    return _still_unchanged(judged_now(taken), own)


def _still_unchanged(sheet: sheets.Sheet, report: Return) -> sheets.Sheet:
    """The sheet, which says that nothing has changed only while its page says what it did.

    A target, a measure or the project itself may have been changed since that was ticked.
    """
    last = published_before(report) if sheet.unchanged else None
    if last is None or not changed_on_page(last, sheet, report.period.council.purpose_word):
        return sheet
    return structs.replace(sheet, unchanged=False)


def judged_now(sheet: sheets.Sheet) -> sheets.Sheet:
    """The sheet with what the rule says of its figures as they are judged now.

    The return keeps what the rule said when it was submitted; a tolerance or a target may have
    been changed before it is approved. A return of a document keeps none, and none is given to it.
    """
    by_rule = measure_table(sheet).rule if sheet.rule_reason else None
    if by_rule is None or sheet.rule_reason.partition(";")[0] == by_rule.reason.partition(";")[0]:
        return sheet
    return structs.replace(sheet, rule_rating=by_rule.rating, rule_reason=by_rule.reason)


def make_sheet(report: Return) -> sheets.Sheet:
    """The sheet of one return, with targets and results up to the end of its period.

    The project has the name and the purpose of the day that the period is as at, and what it names
    has that of the day too.
    """
    project, period = report.project, Period.parse(report.period.key)
    judged = tolerance_in(project.council, period)
    then = facts_on(project, list(project.changes.all()), report.period.as_at)
    renamed = names_on(project.council.name_changes.all(), report.period.as_at)
    sheet = sheets.Sheet(
        schema=sheets.SCHEMA,
        period=report.period.key,
        slug=project.slug,
        kind=project.kind,
        title=then.title,
        short_title=then.short_title,
        contents_entry=project.contents_entry,
        contents_page=project.contents_page,
        condition_number=then.grant_condition.number,
        condition_title=then.grant_condition.title,
        description=project.description,
        rationale=project.rationale,
        method=project.method,
        performance=report.performance,
        rating=report.rating,
        rating_text=report.rating_text,
        summary_description=project.summary_description,
        summary_method=project.summary_method,
        summary_performance=report.summary_performance,
        summary_total_as_printed=project.summary_total_as_printed,
        summary_total_note=project.summary_total_note,
        measures_introduction=project.measures_introduction,
        providers=[provider.name for provider in project.providers.all()],
        provider_slugs={provider.name: provider.slug for provider in _providers(project)},
        streams=streams_of(project),
        measures=[measure_row(measure, period) for measure in project.measures.all()],
        notes=[note for note in (project.note, report.note) if note],
        source=project.source,
        rule_rating=report.rule_rating,
        rule_reason=report.rule_reason,
        difference_reason=report.difference_reason,
        forecast_rating=report.forecast_rating,
        cause=report.cause,
        action=report.action,
        action_owner=report.action_owner,
        action_due=report.action_due,
        spend_year=None if report.spend_forecast is None else period.start_year,
        spend_to_date=plain(report.spend_to_date),
        spend_forecast=plain(report.spend_forecast),
        variance_reason=report.variance_reason,
        unchanged=report.unchanged,
        promises=promises_in(report, then.short_title),
        tolerance=plain(judged.rating_tolerance),
        tolerance_kind=judged.rating_tolerance_kind,
    )
    return as_names(renamed).of(_with_parts(sheet, project)) if renamed else sheet


def _with_parts(sheet: sheets.Sheet, project: Project) -> sheets.Sheet:
    """The sheet with those parts marked that are a provider, under a name that it had once."""
    once: dict[str, set[str]] = {}
    for change in project.council.name_changes.all():
        if change.provider:
            once.setdefault(change.provider.name, set()).update((change.before, change.after))
    measures = [
        structs.replace(
            measure,
            results=[
                structs.replace(result, is_provider=True)
                if result.segment != result.provider
                and result.segment in once.get(result.provider, ())
                else result
                for result in measure.results
            ],
        )
        for measure in sheet.measures
    ]
    return structs.replace(sheet, measures=measures)


def _providers(project: Project) -> Iterator[Provider]:
    """Every provider that the sheet names: of the project, and of parts of its measures."""
    yield from project.providers.all()
    for measure in project.measures.all():
        for result in measure.results.all():
            if result.segment and result.segment.provider:
                yield result.segment.provider


def streams_of(project: Project) -> list[sheets.Stream]:
    """The project's money as it is in force now."""
    return [_stream(stream) for stream in project.streams.all()]


def _stream(stream: FundingStream) -> Stream:
    return sheets.Stream(
        fund=sheets.FundName(slug=stream.fund.slug, name=stream.fund.name, label=stream.fund.label),
        title=stream.title,
        description=stream.description,
        share_percent=plain(stream.share_percent),
        share_note=stream.share_note,
        note=stream.note,
        lines=[
            sheets.Line(year=line.year, allocation=plain(line.allocation), note=line.note)
            for line in sorted(stream.lines.all(), key=lambda line: line.year)
        ],
        stated_sums=[
            sheets.StatedSum(
                amount=plain(stated.amount),
                basis=stated.basis,
                purpose=stated.purpose,
                as_printed=stated.as_printed,
                note=stated.note,
            )
            for stated in stream.stated_sums.all()
        ],
    )


def named_in(sheet: sheets.Sheet) -> dict[Thing, Name]:
    """What the sheet calls all that can be renamed."""
    return {
        (SERVED, sheet.condition_number): Name(sheet.condition_title),
        **{(FUND, fund.slug): Name(fund.name, fund.label) for fund in sheet.funds},
        **{(PROVIDER, slug): Name(name) for name, slug in sheet.provider_slugs.items()},
    }


def as_names(called: Mapping[Thing, Name]) -> sheets.Names:
    """The same, to put into sheets."""
    return sheets.Names(
        funds=[
            sheets.FundName(slug=str(key), name=name.name, label=name.short)
            for (kind, key), name in called.items()
            if kind == FUND
        ],
        served=[
            sheets.Served(int(key), name.name)
            for (kind, key), name in called.items()
            if kind == SERVED
        ],
        providers=[
            sheets.ProviderName(str(key), name.name)
            for (kind, key), name in called.items()
            if kind == PROVIDER
        ],
    )
