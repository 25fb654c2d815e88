"""What later reports of a project print otherwise than the earlier reports that stand now.

A report says what was known when it was approved. Where an earlier period was corrected since, or
withdrawn and published again, the version that shows the report says what the figure is now. An
earlier report that stood already when the later one was approved corrects nothing in it: the later
one knew better.
"""

from collections.abc import Sequence

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Greatest

from bcfportal.lib.periods import period_of
from publishing.models import (
    PeriodVersion,
    ReportingPeriod,
    Snapshot,
    VersionSnapshot,
    Withdrawal,
)
from publishing.period_versions.content import Corrected, Entry
from publishing.period_versions.published import corrections_in
from publishing.version_cache import sheets_by_fingerprint
from returns.content import Sheet
from returns.period_versions.differences import figure_name, figure_words, same_figure


def restated(
    period: ReportingPeriod, entries: Sequence[Entry], known_by: PeriodVersion | None = None
) -> list[Corrected]:
    """The figures of earlier periods that the reports of ``period`` print otherwise than now.

    ``entries`` are those of a version of ``period``. What corrections say already, or said when
    the version ``known_by`` was made, is left out. A constant number of queries.
    """
    own = {each.slug: each for each in entries if each.period == period.key and each.fingerprint}
    standing = _standing_reports(period, own)
    if not standing:
        return []
    told, why = {}, {}
    for each in corrections_in(period.council_id, period.kind, period.as_at, known_by):
        told[_figure_of(each.corrected)] = each.corrected.after
    for each in corrections_in(period.council_id, period.kind, period.as_at):
        why[each.corrected.slug, each.period] = each.corrected.why
    made = _approved_at(period, own)
    marks = {mark for _, _, mark, _ in standing} | {each.fingerprint for each in own.values()}
    sheets = sheets_by_fingerprint(marks, Sheet)
    found = []
    for slug, key, mark, since in standing:
        if since < made[slug]:
            continue
        sheet = sheets[own[slug].fingerprint].without(own[slug].held_back)
        for was, now in _printed_twice(sheet, sheets[mark], period_of(key).first_day):
            measure, result = now
            figure = (slug, str(measure.position), result.period, result.segment)
            before = told.get(figure)
            if before is None:
                if same_figure(was[1], result):
                    continue
                before = figure_words(sheet, *was)
            after = figure_words(sheets[mark], measure, result)
            if before != after and was[1].status == "reported":
                name = figure_name(*now)
                found.append(
                    Corrected(
                        slug,
                        name,
                        before,
                        after,
                        why.get((slug, key), ""),
                        *figure[1:],
                        title=sheet.short_title,
                        of=key,
                    )
                )
    return found


def _standing_reports(period, slugs):
    """(slug, key of an earlier period, fingerprint, since when) of each report that stands.

    A report stands since it was published, or since another one in its place was withdrawn.
    """
    earlier = ReportingPeriod.objects.filter(
        council=period.council_id, kind=period.kind, as_at__lt=period.as_at
    )
    others = VersionSnapshot.objects.filter(
        snapshot__report=OuterRef(OuterRef("report")), version__period=F("snapshot__report__period")
    ).exclude(snapshot=OuterRef(OuterRef("pk")))
    gone = Withdrawal.objects.filter(decision="confirmed", version__in=others.values("version"))
    again = Subquery(gone.order_by("-decided_at").values("decided_at")[:1])
    rows = Snapshot.objects.published(earlier).filter(report__project__slug__in=slugs)
    rows = rows.annotate(since=Greatest("publication__at", again))
    named = ("report__project__slug", "report__period__key", "fingerprint", "since")
    return list(rows.values_list(*named))


def _approved_at(period, entries):
    """By slug, when the report was approved that the entry of the version shows."""
    rows = Snapshot.objects.filter(
        report__period=period.pk, fingerprint__in={each.fingerprint for each in entries.values()}
    )
    return dict(rows.order_by("made_at").values_list("report__project__slug", "made_at"))


def _printed_twice(sheet, earlier, first):
    """((measure, result), the same in the earlier report) of the figures that are its own."""
    own = {
        (measure.position, result.period, result.segment): (measure, result)
        for measure in earlier.measures
        for result in measure.results
        if period_of(result.period).last_day >= first
    }
    for measure in sheet.measures:
        for result in measure.results:
            if now := own.get((measure.position, result.period, result.segment)):
                yield (measure, result), now


def _figure_of(said):
    return (said.slug, said.measure, said.period, said.segment)
