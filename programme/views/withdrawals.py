"""Withdrawing what is published: one page for every kind, and what its answer does."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from programme.other_versions import other_version
from publishing.models import PeriodVersion
from publishing.pages import render_working_page, working_council
from publishing.publications import kind_of
from publishing.withdrawal import withdrawals_of
from publishing.withdrawal_form import answered, asked_for, form_of, kept_reason

# By kind of version: the menu section of the page, and the page that leads to it.
FOUND_IN = {
    "finance report": ("money", "Finance reports", "money-reports"),
    "savings paper": ("savings-work", "Publish a paper", "savings-papers"),
    "risk register": ("risks", "Publish a register", "publish-risks"),
    "meeting": ("meetings", "Meetings", "meetings"),
    "paper of a committee": ("meetings", "Meetings", "meetings"),
    "arrangement": ("overview", "With partners", "partnerships"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_published(request, council, short):
    """Asks for a withdrawal, confirms or refuses it, and shows what has happened so far."""
    council, access = working_council(request, council)
    row = _published(request, council, short)
    kind = kind_of(row)
    kind.require(row, access)
    if isinstance(row, PeriodVersion):
        return redirect("reporting:publications", council.slug, row.period.key)
    happened = withdrawals_of(row)
    waiting = next(
        (withdrawal for withdrawal in happened if withdrawal.decision == "waiting"), None
    )
    current = kind.in_force(row)
    stands = current is not None and current.pk == row.pk
    section, parent, name = FOUND_IN[kind.kind]
    parent_url, problem = reverse(f"reporting:{name}", args=[council.slug]), ""
    steps = [(parent_url, parent)]
    asks = row if stands else None
    kept = kept_reason(request, access, asks, waiting, menu=section, steps=steps)
    if answer := answered(request, kept):
        return answer
    if request.method == "POST":
        said, problem = asked_for(request, access, row, waiting, kept)
        if said:
            messages.success(request, said)
            return redirect(request.path)
    return render_working_page(
        request,
        "programme/withdraw_published.html",
        council,
        access,
        section,
        status=409 if problem else 200,
        title=kind.said(row),
        short=short,
        parent=parent,
        parent_url=parent_url,
        happened=happened,
        withdrawn=next(
            (withdrawal for withdrawal in happened if withdrawal.decision == "confirmed"), None
        ),
        stands=stands,
        instead=kind.instead(row),
        problem=problem,
        **form_of(request, access, row, waiting, kept),
    )


def _published(request, council, short):
    """The council's publication whose fingerprint begins so. Raises Http404 if there is none."""
    if len(short) < 12:
        raise Http404("Too short for a fingerprint.")
    mine = PeriodVersion.objects.filter(period__council=council, fingerprint__startswith=short)
    version = mine.select_related("period__council").first()
    if version:
        return version
    other = other_version(request.user, short)
    if other is None or other.row is None or other.council.pk != council.pk:
        raise Http404("Nothing that the council has published has that fingerprint.")
    return other.row
