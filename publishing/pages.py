"""What all pages of a council share: their frame, and the page that asks before publishing."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from bcfportal.lib.versions import VersionStatus
from projects.access import Access, council_for
from projects.models import Council
from publishing import registry
from publishing.acts import with_acts
from publishing.council_sections import council_shown_to, told_apart
from publishing.workflow import yes_to


def beginning(access: Access) -> tuple[str, str]:
    """(address, words) of the page on which the person's work begins; members read."""
    for begin in registry.beginnings():
        if access.may(begin.permission):
            return reverse(begin.address, args=[access.council.slug]), begin.label
    return reading(access.council)


def reading(council: Council) -> tuple[str, str]:
    """(address, words) of the page on which what is published begins: the first of the menu."""
    first = registry.pages()[0]
    return reverse(first.address, args=[council.slug]), first.label


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
    *,
    of_version: VersionStatus | None = None,
    **context: Any,
) -> HttpResponse:
    """A published page of the council; ``of_version`` is what it shows, where that is one."""
    context["kept_from_others"] = of_version.kept_from_others if of_version else ""
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
    names = registry.names()
    working = [page for page in registry.work_pages() if any(map(access.may, page.permissions))]
    published = [
        page
        for page in registry.pages()
        if any(getattr(described, need) for need in page.needs or names)
        and (page.beside_work or not working)
    ]
    sections = {page.section for page in published}
    under = {page.section: page.under for page in working if page.under in sections}
    context["here"], section = section, under.get(section, section)
    search_at = [reverse(page.address, args=[council.slug]) for page in published if page.searches]
    context |= {
        "council": council,
        "access": access,
        "navigation": [
            *(_entry(page, council, page.keeps_period) for page in published),
            *(_entry(page, council) for page in working if page.section not in under),
        ],
        "beneath": [
            _entry(page, council) for page in working if under.get(page.section) == section
        ],
        "search_at": search_at[0] if search_at else "",
        "section": section,
    }
    return render(request, template, context, status=status)


def _entry(page: registry.Entry, council: Council, keeps_period: bool = False) -> dict[str, Any]:
    return {
        "section": page.section,
        "label": page.label,
        "url": reverse(page.address, args=[council.slug]),
        "keeps_period": keeps_period,
    }


@dataclass(frozen=True)
class PublishPage:
    """What ``publishing/publish.html`` says, whatever is published.

    ``previews`` are (label, address) of pages and papers as the public would read them; ``seen`` is
    the mark of what becomes public (``typed.seen``), which the press sends back; ``back`` is where
    who does not publish goes. ``asked`` is what is asked first, in sentences: see ``tick``.
    """

    what: str
    heading: str
    button: str
    back: str
    seen: str
    lead: str = ""
    becomes_public: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    previews: list[tuple[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def tick(self) -> str:
        """What the tick sends that answers what is asked; nothing where nothing is."""
        return yes_to(self.asked)


def day_of_preview(request: HttpRequest, name: str) -> date | None:
    """The day that the address of a preview names so."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
