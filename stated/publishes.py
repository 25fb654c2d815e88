"""What this subject publishes, as the rest of the portal needs to know it."""

from collections.abc import Iterator

from django.urls import reverse

from accounts.roles import Permission, Role
from bcfportal.lib.text.searching import says_all
from projects.access import Access
from projects.models import Council
from publishing import registry
from publishing.registry import Page, SearchResult, Subject, WorkPage
from stated.models import StatedFigure, StatedPromise
from stated.promises import public_promises
from stated.published import figures_of


def register() -> None:
    """Says it. Called once, when the app is ready."""
    registry.register(
        Subject(
            "stated",
            place=70,
            has="has_stated",
            published=lambda council: StatedFigure.objects.filter(council=council),
            pages=(
                Page(
                    *("stated", "Stated figures", "reporting:stated", 74),
                    needs=("has_stated",),
                    beside_work=False,
                ),
            ),
            search=_search,
        )
    )
    registry.register(
        Subject(
            "place",
            place=71,
            has="has_place",
            published=lambda council: StatedFigure.objects.filter(council=council, of_place=True),
            pages=(
                Page(
                    *("place", "The place", "reporting:place", 76),
                    needs=("has_place",),
                    beside_work=False,
                ),
            ),
        )
    )
    registry.register(
        Subject(
            "promises",
            place=72,
            has="has_promises",
            published=lambda council: StatedPromise.objects.filter(council=council),
            work_pages=(
                WorkPage(
                    *("promises-work", "Promises", "reporting:promises-work", 75),
                    (Permission.KEEP_PROMISES,),
                    under="promises",
                ),
            ),
            permissions={
                Permission.KEEP_PROMISES: [Role.PERFORMANCE_OFFICER, Role.FINANCE_OFFICER]
            },
            search=_search_promises,
        )
    )


def _search(council: Council, access: Access, text: str) -> Iterator[SearchResult]:
    """Figures by what they are of and by the words of the paper round them."""
    for figure in figures_of(council):
        if says_all(text, figure.thing, figure.what, figure.area, figure.as_printed):
            address = f"{reverse('reporting:stated', args=[council.slug])}#figure-{figure.number}"
            yield SearchResult(
                f"{figure.thing}: {figure.what}",
                address,
                f"A figure stated in words, {figure.written}",
            )


def _search_promises(council: Council, access: Access, text: str) -> Iterator[SearchResult]:
    """What was said to come, by what it is of, its words and who owes it."""
    for line in public_promises(council):
        if says_all(text, line.about, line.what, line.as_printed, line.owner):
            address = f"{reverse('reporting:promises', args=[council.slug])}#{line.anchor}"
            yield SearchResult(f"{line.about}: {line.what}", address, "Said to come")
