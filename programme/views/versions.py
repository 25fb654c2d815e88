"""The page of a version: its fingerprint, whether it is current, and how to check it."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bcfportal.lib.downloads import download
from bcfportal.lib.versions import canonical
from bcfportal.lib.withdrawals import HeldBackSince, Withdrawn
from outcomes.report_pdf import kept_name, performance_report
from outcomes.vital_signs.published import vital_signs_of
from programme.other_versions import other_version
from projects.access import Access, access_of
from publishing.kept_papers import kept_paper
from publishing.may_read import require_public
from publishing.models import KeptPaper, PeriodVersion, ReportingPeriod
from publishing.pages import council_shown
from publishing.period_versions.published import (
    read,
    standing_version,
    versions_of,
)
from publishing.publications import kind_of

# The shortest part of a fingerprint that an address may have.
SHORTEST = 12
LISTS_PROJECTS = "It lists every project with the fingerprint of its report."
LISTS_MONTH = (
    "It has the fingerprint of the month’s figures and the decisions made on them by then."
)


@require_safe
def version(request, short):
    """The version whose fingerprint begins so, of whatever subject."""
    if len(short) < SHORTEST:
        raise Http404("Too short for a fingerprint.")
    row = (
        PeriodVersion.objects.filter(fingerprint__startswith=short)
        .select_related("period__council")
        .order_by("pk")
        .first()
    )
    if row is not None:
        period = row.period
        return redirect("reporting:period-version", period.council.slug, period.key, row.number)
    other = _other(request, short)
    context = {"other": other}
    if other.gone:
        kind = kind_of(other.gone)
        context |= {
            "withdrawal": other.gone.withdrawal,
            "name": kind.name(other.gone),
            "instead": kind.instead(other.gone),
            "opens_on": kind.opens_on(other.gone),
        }
    elif other.row:
        access = access_of(request.user, other.council)
        context["may_withdraw"] = any(
            access.may(permission) for permission in kind_of(other.row).who
        )
    return render(request, "programme/other_version.html", context)


def _other(request, short):
    other = other_version(request.user, short)
    if other is None:
        raise Http404("No version has that fingerprint.")
    return other


@require_safe
def frozen(request, short):
    """The frozen content of a finance report, a savings paper, a register or a project's report."""
    if len(short) < SHORTEST:
        raise Http404("Too short for a fingerprint.")
    other = _other(request, short)
    if other.gone:
        raise Withdrawn(other.gone)
    if other.held_back:
        raise HeldBackSince(other.council, other.title, other.title, other.address)
    return _bytes_of(other.kept)


def _bytes_of(row):
    """The file whose SHA-256 is the fingerprint of the record."""
    return download(canonical(row.content), f"{row.fingerprint[:12]}.json")


def _version(request, council, period, number):
    council, _ = council_shown(request, council)
    row = (
        PeriodVersion.objects.filter(period__council=council, period__key=period, number=number)
        .select_related("period__council", "by")
        .first()
    )
    if row is None:
        raise Http404("No such version of that period.")
    return row


@require_safe
def period_version(request, council, period, number):
    """A version of a quarter or month: its fingerprint, corrections and whether it is current."""
    row = _version(request, council, period, number)
    period = row.period
    rows = versions_of(period)
    said = next(version for other, version in rows if other.pk == row.pk)
    current = standing_version(period)
    confirmed = row.withdrawals.filter(decision="confirmed")
    withdrawal = confirmed.select_related("asked_by", "decided_by").first()
    not_read = None if withdrawal else kind_of(row).not_read([row]).get(row)
    gone = bool(withdrawal or not_read)
    programme = period.kind == ReportingPeriod.Kind.PROGRAMME
    address = reverse(
        "reporting:overview" if programme else "reporting:vital-signs", args=[period.council.slug]
    )
    return render(
        request,
        "programme/version.html",
        {
            "council": period.council,
            "row": row,
            "period": period,
            "version": said,
            "others": rows,
            "current": current,
            "withdrawal": withdrawal,
            "not_read": not_read,
            "gone": gone,
            "corrections": [] if gone else read(row).corrections,
            "given_otherwise": [] if gone else read(row).given_otherwise,
            "address": f"{address}?{'period' if programme else 'month'}={period.key}",
            "papers": _papers(row, gone),
            "what": LISTS_PROJECTS if programme else LISTS_MONTH,
        },
    )


def _papers(row, withdrawn):
    """The version's papers as first handed out; a month's single paper is made if needed."""
    if row.period.kind == ReportingPeriod.Kind.VITAL_SIGNS and not withdrawn:
        council = row.period.council
        published = vital_signs_of(council, Access(council), row.period.key, str(row.number))
        return [
            kept_paper(
                row.fingerprint, kept_name(published), lambda: performance_report(published)
            ),
        ]
    kept = KeptPaper.objects.filter(fingerprint=row.fingerprint)
    return kept.defer("content").order_by("name")


@require_safe
def content(request, council, period, number):
    """The frozen content as the bytes whose hash is the fingerprint."""
    row = _version(request, council, period, number)
    require_public(row)
    return _bytes_of(row)
