"""What all pages of a council share: the frame around a published or a working page."""

from django.shortcuts import render
from django.urls import reverse

from accounts.roles import Permission
from projects.access import Access, council_for
from reporting.models import ReportingPeriod
from reporting.programme import programme_for

# (section, words, address). Everyone sees the first; the others need the permission.
PUBLISHED = (
    ("overview", "Overview", "reporting:overview"),
    ("projects", "Projects", "reporting:projects"),
    ("finance", "Money", "reporting:finance"),
    ("papers", "Papers", "reporting:papers"),
    ("data", "Data", "reporting:data"),
)
WORKING = (
    ("returns", "My returns", "reporting:my-returns", Permission.REPORT),
    ("quarter", "Quarter", "reporting:quarter", Permission.SEE_RETURNS),
    ("administration", "Administration", "administration:start", Permission.ADMINISTER),
)


def programme_of(request, council):
    """The programme that the address asks for, as this person may see it. Or Http404."""
    return programme_for(request.user, council, request.GET.get("period", "")[:40])


def render_page(request, template, programme, section, status=200, **context):
    """A page of what is published (or, for those who may, approved)."""
    context["programme"] = programme
    access = programme.access or Access(programme.council)
    return _framed(request, template, programme.council, access, section, status, context)


def working_council(request, slug):
    """The council and the person's access, for working pages. Http404 for people outside it."""
    return council_for(request.user, slug)


def render_working_page(request, template, council, access, section, status=200, **context):
    """A page that people of the council work on; ``section`` marks where it is in the menu."""
    return _framed(request, template, council, access, section, status, context)


def _framed(request, template, council, access, section, status, context):
    items = []
    if "programme" in context or ReportingPeriod.objects.filter(council=council).published():
        items += PUBLISHED
    items += [item[:3] for item in WORKING if access.may(item[3])]
    navigation = [
        {"section": name, "words": words, "url": reverse(address, args=[council.slug])}
        for name, words, address in items
    ]
    context |= {
        "council": council,
        "access": access,
        "navigation": navigation,
        "section": section,
    }
    return render(request, template, context, status=status)
