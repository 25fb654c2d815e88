"""What the pages of a programme share: the programme asked for, and the page's frame."""

from django.http import HttpRequest

from programme.programme import Programme, programme_for
from projects.access import Access
from publishing.pages import period_asked, render_council_page, version_asked
from publishing.period_versions.published import last_period_with


def programme_of(request: HttpRequest, council: str) -> Programme:
    """The programme that the address asks for, as far as this person may see it.

    Raises Http404 if they may not see it.
    """
    return programme_for(request.user, council, period_asked(request), version_asked(request))


def programme_with(request: HttpRequest, council: str, slug: str) -> Programme:
    """The programme that has the project: the current one, or the last one that had it.

    An address that was public keeps working: it shows the last report that had the project, or
    raises Withdrawn if that was withdrawn. Raises Http404 if it was never public.
    """
    programme = programme_of(request, council)
    if period_asked(request) or any(sheet.slug == slug for sheet in programme.sheets):
        return programme
    key = last_period_with(programme.council, slug)
    return programme_for(request.user, council, key) if key else programme


def render_page(request, template, programme, section, status=200, **context):
    """A page of what is published (or approved, for people who may preview)."""
    access = programme.access or Access(programme.council)
    context["programme"] = programme
    return render_council_page(
        request,
        template,
        programme.council,
        access,
        section,
        status,
        of_version=programme.version,
        **context,
    )
