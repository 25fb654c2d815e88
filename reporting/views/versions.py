"""The page of a version: its fingerprint, where it stands, and how to work it out again."""

import hashlib

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from projects.access import access_of
from reporting.models import KeptPaper, PeriodVersion, ReportingPeriod
from reporting.sheets import canonical
from reporting.versions.reading import standing_version, versions_of
from reporting.versions.standing import other_version


def _found(request, short):
    """The version of a period that the beginning of the fingerprint names; None for none."""
    if len(short) < 12:
        raise Http404("Too short for a fingerprint.")
    rows = PeriodVersion.objects.filter(fingerprint__startswith=short).select_related(
        "period__council", "by"
    )
    row = rows.order_by("pk").first()
    if row is None:
        return None
    council = row.period.council
    if not council.publishes and not access_of(request.user, council).may(Permission.PREVIEW):
        raise Http404("Not a council that publishes.")
    return row


@require_safe
def version(request, short):
    """Where a version of a period, or of another subject, stands."""
    row = _found(request, short)
    if row is None:
        other = other_version(request.user, short)
        if other is None:
            raise Http404("No version has that fingerprint.")
        return render(
            request, "reporting/other_version.html", {"council": other.council} | vars(other)
        )
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
def content(request, short):
    """The frozen content as the bytes that the fingerprint is of."""
    row = _found(request, short)
    if row is None:
        raise Http404("No version has that fingerprint.")
    if row.withdrawals.filter(decision="confirmed").exists():
        raise Http404("The version is withdrawn.")
    body = canonical(row.content)
    response = HttpResponse(body, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{row.fingerprint[:12]}.json"'
    response["X-Content-SHA256"] = hashlib.sha256(body).hexdigest()
    return response
