"""The page on which figures are put into a paper, and newer ones taken."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import Permission
from bcfportal.lib.text.searching import LONGEST_SEARCH
from meetings.models import PaperState
from meetings.papers.content import FigureLine
from meetings.papers.published import paper_of
from meetings.papers.references import compared, put_in, searched, take_newer
from meetings.papers.text import token
from publishing.pages import render_working_page, working_council
from publishing.workflow import NotNow


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def figures(
    request: HttpRequest, council: str, committee: str, meeting: str, item: str
) -> HttpResponse:
    """The figures of a paper, each beside what is given now; and a search for others."""
    of_council, access = working_council(request, council)
    access.require(Permission.WRITE_PAPERS)
    paper = paper_of(of_council, committee, meeting, item)
    where = [of_council.slug, committee, meeting, item]
    if request.method == "POST":
        by: dict[str, Any] = {"by": cast(User, request.user), "access": access}
        try:
            if newer := request.POST.get("newer", ""):
                row = take_newer(paper.pk, _number(newer), **by)
                messages.success(request, f"{token(row.number)} is now of {row.version}.")
            else:
                order = _number(request.POST.get("order", ""))
                row = put_in(paper.pk, request.POST.get("figure", ""), order, **by)
                messages.success(request, f"{row.text} is put in as {token(row.number)}.")
        except NotNow as reason:
            messages.error(request, str(reason))
        return redirect("reporting:paper-figures", *where)
    phrase = request.GET.get("search", "")[:LONGEST_SEARCH].strip()
    lines = [
        FigureLine(**{name: getattr(row, name) for name in FigureLine.__struct_fields__})
        for row in paper.figures.all()
    ]
    return render_working_page(
        request,
        "meetings/papers/figures.html",
        of_council,
        access,
        "paper-work",
        paper=paper,
        references=compared(of_council, lines),
        may_write=paper.status == PaperState.DRAFT,
        search=phrase,
        matches=searched(of_council, phrase) if phrase else [],
        sections=paper.sections.filter(removed=False),
        write_url=reverse("reporting:write-paper", args=where),
    )


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else 0
