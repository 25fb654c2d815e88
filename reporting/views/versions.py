"""The page of a version: its fingerprint, where it stands, and how to work it out again."""

import hashlib

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reporting.models import KeptPaper, PeriodVersion, ReportingPeriod
from reporting.sheets import canonical
from reporting.versions.reading import standing_version, versions_of
from reporting.versions.standing import other_version
from reporting.versions.withdrawing import Withdrawn
from reporting.views.pages import council_shown

# Of a fingerprint, for an address.
SHORTEST = 12


@require_safe
def version(request, short):
    """Where the version stands whose fingerprint begins so, whatever it is a version of."""
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
    other = other_version(request.user, short)
    if other is None:
        raise Http404("No version has that fingerprint.")
    return render(request, "reporting/other_version.html", vars(other))


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
    """A version of a quarter or month: its fingerprint, what it corrects, where it stands."""
    row = _version(request, council, period, number)
    period = row.period
    rows = versions_of(period)
    said = next(version for found, version in rows if found.pk == row.pk)
    standing = standing_version(period)
    withdrawal = row.withdrawals.filter(decision="confirmed").select_related("decided_by").first()
    programme = period.kind == ReportingPeriod.Kind.PROGRAMME
    address = reverse(
        "reporting:overview" if programme else "reporting:vital-signs", args=[period.council.slug]
    )
    return render(
        request,
        "reporting/version.html",
        {
            "council": period.council,
            "row": row,
            "period": period,
            "version": said,
            "others": rows,
            "standing": standing,
            "withdrawal": withdrawal,
            "address": f"{address}?{'period' if programme else 'month'}={period.key}",
            "papers": KeptPaper.objects.filter(fingerprint=row.fingerprint)
            .defer("content")
            .order_by("name"),
        },
    )


@require_safe
def content(request, council, period, number):
    """The frozen content as the bytes that the fingerprint is of."""
    row = _version(request, council, period, number)
    if row.withdrawals.filter(decision="confirmed").exists():
        raise Withdrawn(row)
    body = canonical(row.content)
    response = HttpResponse(body, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{row.fingerprint[:12]}.json"'
    response["X-Content-SHA256"] = hashlib.sha256(body).hexdigest()
    return response
