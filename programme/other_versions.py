"""The versions of the other subjects: a project's report, money, savings, a risk register."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from accounts.roles import Permission
from bcfportal.lib import present
from bcfportal.lib.sentences import day_words
from bcfportal.lib.versions import VersionStatus, approved_own
from finance.models import MonitoringReport, MonitoringSnapshot, SavingsEdition
from finance.monitoring import report_pdf as money_paper
from finance.monitoring.compared import Since, since_of
from finance.monitoring.published import Money, ever_published, money_in
from finance.savings.published import editions_of
from meetings import published as meetings
from meetings.models import MeetingVersion, PaperVersion
from meetings.papers import published as committee_papers
from meetings.papers import report_pdf as committee_paper
from outcomes.models import Month
from partnerships import published as partnerships
from partnerships.models import ArrangementVersion
from partnerships.report_pdf import PAPER as PARTNERSHIP_PAPER
from partnerships.report_pdf import arrangement_paper
from partnerships.withdrawal import address_of
from programme.other_version import OtherVersion, PrintedAgain
from projects.access import Access, access_of
from publishing.models import PeriodVersion, Snapshot, Withdrawal
from publishing.period_versions.published import corrections_of, read
from publishing.publications import published_with
from returns.period_versions.content import ProjectEntry
from returns.period_versions.held_back import gives_held_back, without_told_words
from returns.period_versions.published import read_programme
from risks import report_pdf as risks_paper
from risks.models import RegisterEdition
from risks.register import published_register
from risks.versions import ever_published as ever_published_registers

# What a report is of, by the name of what extends its row.
_SUBJECTS = ("report__project_return__project", "report__month")


def other_version(user, short: str) -> OtherVersion | None:
    """The version whose fingerprint begins so, if the person may see it; else None."""
    for find in _FINDERS:
        version = find(short)
        if version is not None:
            may = access_of(user, version.council).may(Permission.PREVIEW)
            return version if version.council.publishes or may else None
    return None


def _report_of_money(short):
    row = (
        MonitoringSnapshot.objects.filter(
            fingerprint__startswith=short, report__status=MonitoringReport.Status.PUBLISHED
        )
        .select_related("report__council")
        .first()
    )
    if row is None:
        return None
    report, council = row.report, row.report.council
    asked = (report.period, report.version)
    every = ever_published(council)
    listed = next(
        published for published in every if (published.period, published.version) == asked
    )
    if listed.fingerprint != row.fingerprint:
        # It was approved like this once, then reopened and published with other content.
        return None

    def money() -> Money:
        return present(money_in(council, Access(council), report.period, str(report.version)))

    left = [published for published in every if not published.withdrawn_at]
    withdrawn = [published for published in every if published.withdrawn_at]
    since = since_of(*listed.compared_with, left, withdrawn)

    return OtherVersion(
        council,
        f"Finance monitoring, {report}",
        replace(listed.as_version(), approved_own=_approved_own(row.content)),
        f"{reverse('reporting:finance', args=[council.slug])}"
        f"?report={report.period}&version={report.version}",
        row,
        report,
        money_paper.kept_name(council.slug, since),
        lambda: money_paper.finance_paper(money()),
        gone=report if listed.withdrawn_at else None,
        since="" if listed.withdrawn_at else since.sentence,
        printed=money_paper.kept_name(council.slug, Since("", 1)),
        others=[
            (published.label, published.as_version())
            for published in every
            if published.period == report.period
        ],
    )


def _paper_of_savings(short):
    editions = SavingsEdition.objects.filter(fingerprint__startswith=short)
    editions = editions.select_related("paper__council").order_by("-number")
    # Before editions had numbers in their content, two could have the same content.
    row = editions.not_withdrawn().first() or editions.first()
    if row is None:
        return None
    council = row.paper.council
    every = [edition for edition in editions_of(council) if edition.paper == row.paper.slug]
    version = next(edition.version for edition in every if edition.pk == row.pk)
    return OtherVersion(
        council,
        str(row.paper),
        version,
        f"{reverse('reporting:savings', args=[council.slug])}"
        f"?paper={row.paper.slug}&edition={row.number}",
        row,
        row,
        gone=row if version.withdrawn_on else None,
        others=[(edition.title, edition.version) for edition in every],
    )


def _register(short):
    row = (
        RegisterEdition.objects.filter(fingerprint__startswith=short)
        .select_related("report__council")
        .first()
    )
    if row is None:
        return None
    report, council = row.report, row.report.council
    every = ever_published_registers(council)
    version = next(said for other, said in every if other == report)
    return OtherVersion(
        council,
        f"{report.title}, as at {day_words(report.as_at)}",
        version,
        f"{reverse('reporting:risks', args=[council.slug])}?as_at={report.as_at}",
        row,
        report,
        risks_paper.PAPER,
        lambda: risks_paper.risks_paper(present(published_register(report)), version),
        gone=report if version.withdrawn_on else None,
        others=[(f"As at {day_words(other.as_at)}", said) for other, said in every],
    )


def _meeting(short):
    rows = MeetingVersion.objects.select_related("meeting__committee__council")
    row = rows.filter(fingerprint__startswith=short).first()
    if row is None:
        return None
    council, of = row.meeting.council, (row.meeting.committee.slug, row.meeting.slug)
    every = [choice for choice in meetings.versions_of(council) if choice.key == of]
    version = next(choice.version for choice in every if choice.pk == row.pk)
    return OtherVersion(
        council,
        f"{row.get_stage_display()}: {row.meeting}",
        version,
        f"{reverse('reporting:meeting', args=[council.slug, *of])}?version={row.number}",
        row,
        row,
        gone=row if version.withdrawn_on else None,
        others=[(choice.title, choice.version) for choice in every],
    )


def _paper_to_committee(short: str) -> OtherVersion | None:
    rows = PaperVersion.objects.select_related("paper__item__meeting__committee__council")
    row = rows.filter(fingerprint__startswith=short, publication__isnull=False).first()
    if row is None:
        return None
    council = row.paper.council
    every = [c for c in committee_papers.versions_of(council) if c.paper == row.paper_id]
    choice = next(choice for choice in every if choice.pk == row.pk)
    (content,) = committee_papers.contents_of([choice])
    version = committee_papers.saying_why(choice.version, content)
    where = [council.slug, *choice.key]
    return OtherVersion(
        council,
        f"Paper: {content.title}, {row.paper.item.meeting}",
        version,
        f"{reverse('reporting:committee-paper', args=where)}?version={row.number}",
        row,
        row,
        committee_paper.PAPER,
        lambda: committee_paper.committee_paper(council, content, version),
        gone=row if version.withdrawn_on else None,
        others=[(c.version.published_words, c.version) for c in every if c.version.is_published],
    )


def _arrangement(short: str) -> OtherVersion | None:
    rows = ArrangementVersion.objects.select_related("arrangement__council")
    row = rows.filter(fingerprint__startswith=short, publication__isnull=False).first()
    if row is None:
        return None
    arrangement = row.arrangement
    council, of = arrangement.council, (arrangement.kind, arrangement.slug)
    every = [choice for choice in partnerships.versions_of(council) if choice.key == of]
    choice = next(choice for choice in every if choice.pk == row.pk)
    return OtherVersion(
        council,
        str(arrangement),
        choice.version,
        f"{address_of(council.slug, *of)}?version={row.number}",
        row,
        row,
        PARTNERSHIP_PAPER,
        lambda: arrangement_paper(council, partnerships.contents_of([choice])[0], choice.version),
        gone=row if choice.version.withdrawn_on else None,
        others=[(f"Version {other.number}", other.version) for other in every],
    )


def _report_of_project(short):
    row = (
        Snapshot.objects.filter(fingerprint__startswith=short, versions__isnull=False)
        .select_related("report__period__council", "publication", *_SUBJECTS)
        .defer("words", "search")
        .first()
    )
    if row is None:
        return None
    report = row.report
    slug = report.period.council.slug
    if isinstance(report.itself, Month):
        key, address = "month", reverse("reporting:vital-signs", args=[slug])
    else:
        key, address = "period", reverse("reporting:project", args=[slug, report.slug])
    published = (
        Snapshot.objects.published([report.period])
        .filter(report=report)
        .select_related("publication")
        .defer("content", "words", "search")
        .first()
    )
    withdrawals = _withdrawals_of(row)
    withdrawn = None if published else next(iter(withdrawals), None)
    later = published if published and published.pk != row.pk else None
    held_back = gives_held_back(row)
    return OtherVersion(
        report.period.council,
        _title(row),
        VersionStatus(
            number=row.number,
            fingerprint=row.fingerprint,
            published_on=_published_on(row),
            superseded_on=_published_on(later),
            superseded_by=later.number if later else None,
            withdrawn_on=localdate(withdrawn.decided_at) if withdrawn else None,
            approved_own=_approved_own(row.content),
        ),
        f"{address}?{key}={report.period.key}",
        row,
        gone=withdrawn and published_with(withdrawn.version),
        held_back=held_back,
        withdrawn_before=_published_again(row, withdrawals),
        again=[] if key == "month" or withdrawn or held_back else _printed_again(row),
    )


def _approved_own(content: dict[str, Any]) -> str:
    """That who wrote it approved it, where the frozen content says so."""
    since = content.get("approved_own_since")
    return approved_own([date.fromisoformat(since)]) if since else ""


def _title(row: Snapshot) -> str:
    """What it is of and the period: a project as the last version that shows it calls it."""
    report = row.report
    if isinstance(report.itself, Month):
        return str(report)
    called = row.content["short_title"]
    latest = row.versions.filter(period=report.period).order_by("-number").first()
    entry = read_programme(latest).entry(report.slug) if latest else None
    if isinstance(entry, ProjectEntry) and entry.short_title:
        called = entry.short_title
    return f"{called}, {report.period.label}"


def _printed_again(snapshot: Snapshot) -> list[PrintedAgain]:
    """The versions of periods that followed one with the same report of the project, with why.

    Those that say nothing else of it are left out.
    """
    slug = snapshot.report.slug
    rows = PeriodVersion.objects.not_withdrawn().filter(snapshots=snapshot).with_what_they_show()
    made = list(rows.select_related("period").defer("content").order_by("period__as_at", "number"))
    said: dict[tuple[str, int], list[str]] = defaultdict(list)
    for public in without_told_words(corrections_of(made)):
        if public.corrected.slug == slug:
            said[public.period, public.version].append(public.named_words)
    again = []
    for before, row in pairwise(made):
        if before.period_id != row.period_id:
            continue
        reasons = said[row.period.key, row.number]
        given = [
            [other for other in read(version).given_otherwise if other.slug == slug]
            for version in (before, row)
        ]
        if given[0] != given[1]:
            reasons = [*reasons, "What reports of other periods give otherwise is another."]
        if reasons:
            again.append(PrintedAgain(row, reasons))
    return again


def _withdrawals_of(snapshot: Snapshot) -> list[Withdrawal]:
    """Those of versions of its own period that showed it, the latest first. One query."""
    rows = Withdrawal.objects.filter(
        version__periodversion__snapshots=snapshot,
        version__periodversion__period=snapshot.report.period,
        decision="confirmed",
    )
    return list(rows.select_related("version", "asked_by", "decided_by").order_by("-decided_at"))


def _published_again(snapshot: Snapshot, withdrawals: Sequence[Withdrawal]) -> list[str]:
    """Of each time that it was withdrawn and public again since, what is said of both."""
    # A version takes those with it that show the same: they are withdrawn at one moment.
    last = {gone.decided_at: gone for gone in _by_version(withdrawals)}
    period = snapshot.report.period
    versions = list(snapshot.versions.filter(period=period).defer("content").order_by("number"))
    said = []
    for withdrawal in last.values():
        number = withdrawal.version.number
        again = next((row for row in versions if row.number > number), None)
        if again:
            day = day_words(localdate(again.at))
            with_it = f"with version {again.number} of {period.label}"
            said.append(f"{withdrawal.sentence} Published again on {day} {with_it}.")
    return said


def _by_version(withdrawals: Sequence[Withdrawal]) -> list[Withdrawal]:
    return sorted(withdrawals, key=lambda withdrawal: withdrawal.version.number)


def _published_on(snapshot):
    published = snapshot is not None and hasattr(snapshot, "publication")
    return localdate(snapshot.publication.at) if published else None


_FINDERS = (
    *(_report_of_money, _paper_of_savings, _register, _meeting, _paper_to_committee, _arrangement),
    _report_of_project,
)
