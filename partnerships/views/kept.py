"""Forms of arrangements, with what is typed into them, and who may open them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from partnerships.actions import why_not_written
from partnerships.models import Arrangement
from partnerships.transitions import KEEPS
from projects.access import Access
from projects.models import Council
from publishing.form_drafts.form import About, KeptForm
from publishing.pages import render_working_page, working_council
from typed.forms import Make

CONFLICT = 409
SECTION = "overview"


def kind_of_address(name: str) -> Arrangement.Kind:
    """The kind that an address names. Raises Http404 where there is none."""
    try:
        return Arrangement.Kind(name)
    except ValueError:
        raise Http404("No such kind.") from None


def to_write(
    request: HttpRequest, council: str, kind: str, slug: str
) -> tuple[Council, Access, Arrangement]:
    """The arrangement for who writes it. Raises Http404 or PermissionDenied for others."""
    of_council, access = working_council(request, council)
    access.require(KEEPS[kind_of_address(kind)])
    return of_council, access, record(of_council, kind, slug)


def record(council: Council, kind: str, slug: str) -> Arrangement:
    """The arrangement. Raises Http404 where there is none."""
    rows = Arrangement.objects.select_related("council")
    arrangement = rows.filter(council=council, kind=kind, slug=slug).first()
    if arrangement is None:
        raise Http404("No such arrangement.")
    return arrangement


def kept_about(
    request: HttpRequest,
    council: Council,
    access: Access,
    title: str,
    make: Make,
    *,
    arrangement: Arrangement | None = None,
    own: bool = False,
) -> KeptForm:
    """The form of that title, of an arrangement or of a new one."""
    steps = [(reverse("reporting:partnerships", args=[council.slug]), "With partners")]
    if arrangement:
        steps.append((address_of_work(arrangement), arrangement.title))
    about = About(
        council=council,
        access=access,
        menu=SECTION,
        title=title,
        subject=str(arrangement or "With partners"),
        steps=steps,
        own=own,
    )
    return KeptForm(request, about, make)


def address_of_work(arrangement: Arrangement) -> str:
    """Where people work on it."""
    where = [arrangement.council.slug, arrangement.kind, arrangement.slug]
    return reverse("reporting:arrangement", args=where)


def form_page(kept: KeptForm, grids: Any = (), **context: Any) -> HttpResponse:
    """The page of a form. ``ended`` is why it cannot be sent; then its boxes are shown only."""
    arrangement = context.get("arrangement")
    return render_working_page(
        kept.request,
        "partnerships/form.html",
        kept.about.council,
        kept.about.access,
        kept.about.menu,
        status=CONFLICT if kept.problem else 200,
        form=kept.parts[0],
        kept=kept,
        problem=kept.problem,
        grids=grids,
        title=kept.about.title,
        steps=kept.about.steps,
        ended=why_not_written(arrangement) if arrangement else "",
        **context,
    )
