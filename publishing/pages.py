"""What all pages of a council share: the frame around a published or a working page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.roles import Permission
from projects.access import Access, council_for
from projects.models import Council
from publishing.acts import with_acts
from publishing.council_sections import council_shown_to, names, told_apart

# What is of a programme is of one of its periods, which its links keep.
OF_PERIODS = "has_programme"
WITH_PAPERS = ("has_programme", "has_vital_signs", "has_money", "has_risks")
# (section, words, address, what the council needs to have: see publishing.council_sections). Where
# nothing is named, anything will do. Everyone sees these where the council has any of it.
PUBLISHED = (
    ("overview", "Overview", "reporting:overview", ()),
    ("projects", "Projects", "reporting:projects", ("has_programme",)),
    ("vital-signs", "Measures", "reporting:vital-signs", ("has_vital_signs",)),
    ("finance", "Money", "reporting:finance", ("has_programme", "has_money")),
    ("savings", "Savings", "reporting:savings", ("has_savings",)),
    ("risks", "Risks", "reporting:risks", ("has_risks",)),
    ("papers", "Papers", "reporting:papers", WITH_PAPERS),
    ("data", "Data", "reporting:data", ("has_programme",)),
)
# (section, words, address, permission): for people of the council.
WORKING = (
    ("returns", "My returns", "reporting:my-returns", Permission.REPORT),
    ("quarter", "Quarter", "reporting:quarter", Permission.SEE_RETURNS),
    ("checks", "Checks", "reporting:checks", Permission.SEE_RETURNS),
    ("money", "Finance reports", "reporting:money-reports", Permission.KEEP_MONEY),
    ("ledger", "Ledger", "reporting:ledger", Permission.SEE_LEDGER),
    ("savings-work", "Manage savings", "reporting:savings-work", Permission.SEE_SAVINGS),
    ("administration", "Administration", "administration:start", Permission.ADMINISTER),
)


# Where the day of each role begins: the first that the person may.
BEGINNINGS = (
    (Permission.RUN_PERIODS, "reporting:quarter", "Quarter"),
    (Permission.REPORT, "reporting:my-returns", "My returns"),
    (Permission.KEEP_MONEY, "reporting:money-reports", "Finance reports"),
    (Permission.ADMINISTER, "administration:start", "Administration"),
)


def beginning(access: Access) -> tuple[str, str]:
    """(address, words) of the page on which the person's work begins; members read."""
    for permission, name, label in BEGINNINGS:
        if access.may(permission):
            return reverse(name, args=[access.council.slug]), label
    return reading(access.council)


def reading(council: Council) -> tuple[str, str]:
    """(address, words) of the page on which what is published begins."""
    return reverse("reporting:overview", args=[council.slug]), "Overview"


def period_asked(request: HttpRequest) -> str:
    """The key of the period in the address; nothing for the latest."""
    return request.GET.get("period", "")[:40]


def version_asked(request: HttpRequest) -> str:
    """Which version of the period the address asks for; nothing for the one that stands."""
    return request.GET.get("version", "")[:10]


def council_shown(request: HttpRequest, slug: str) -> tuple[Council, Access]:
    """The council and this person's access, for published pages that are of no programme."""
    return council_shown_to(request.user, slug)


def render_council_page(
    request: HttpRequest,
    template: str,
    council: Council,
    access: Access,
    section: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A published page of the council that is of no programme: measures, money, risks."""
    return _framed(request, template, council, access, section, status, context)


def working_council(request: HttpRequest, slug: str) -> tuple[Council, Access]:
    """The council and the person's access, for working pages. Http404 for people outside it."""
    return council_for(request.user, slug, with_acts(Council.objects.all()))


def render_working_page(
    request: HttpRequest,
    template: str,
    council: Council,
    access: Access,
    section: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page that people of the council work on; ``section`` marks where it is in the menu."""
    return _framed(request, template, council, access, section, status, context)


def _framed(
    request: HttpRequest,
    template: str,
    council: Council,
    access: Access,
    section: str,
    status: int,
    context: dict[str, Any],
) -> HttpResponse:
    described = told_apart(council)
    published = [(*item[:3], item[3] or names()) for item in PUBLISHED]
    items = [
        (*item[:3], OF_PERIODS in item[3])
        for item in published
        if any(getattr(described, need) for need in item[3])
    ]
    items += [(*item[:3], False) for item in WORKING if access.may(item[3])]
    navigation = [
        {
            "section": name,
            "label": label,
            "url": reverse(address, args=[council.slug]),
            "keeps_period": keeps,
        }
        for name, label, address, keeps in items
    ]
    context |= {
        "council": council,
        "access": access,
        "navigation": navigation,
        "searchable": described.has_programme,
        "section": section,
    }
    return render(request, template, context, status=status)
