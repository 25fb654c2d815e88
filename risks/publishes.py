"""What this subject publishes and works on, as the rest of the portal needs to know it."""

from collections.abc import Iterator

from django.urls import reverse

from accounts.roles import Permission, Role
from bcfportal.lib.sentences import day_words
from bcfportal.lib.text.searching import says_all
from projects.access import Access
from projects.models import Council
from publishing import registry
from publishing.registry import Line, Page, SearchResult, Subject
from risks.models import RegisterReport
from risks.promises import promises_of
from risks.register import Register, latest_register
from risks.withdrawal import OfRegister


def register() -> None:
    """Says it. Called once, when the app is ready."""
    registry.register(
        Subject(
            "risks",
            place=50,
            has="has_risks",
            published=lambda council: RegisterReport.objects.not_withdrawn().filter(
                council=council
            ),
            pages=(Page("risks", "Risks", "reporting:risks", 60, needs=("has_risks",)),),
            permissions={
                Permission.KEEP_RISKS: [Role.PERFORMANCE_OFFICER, Role.FINANCE_OFFICER],
                Permission.KEEP_OWN_RISKS: [Role.COMMISSIONER],
            },
            kinds={RegisterReport: OfRegister()},
            read=lambda council, access: latest_register(council),
            lines=_lines,
            search=_search,
            promises=promises_of,
        )
    )


def _lines(council: Council, of: Register | None) -> Iterator[Line]:
    if of is None:
        return
    yield Line(
        "Risks",
        "reported by exception;",
        figure=f"{len(of.exceptions)} of {len(of.risks)}",
        link="see the register",
        address=reverse("reporting:risks", args=[council.slug]),
    )


def _search(council: Council, access: Access, text: str) -> Iterator[SearchResult]:
    """The open risks of the register that stands, by reference and title."""
    register = latest_register(council)
    for entry in register.risks if register else ():
        if register and says_all(text, entry.risk.slug, entry.details.title):
            address = reverse("reporting:risk", args=[council.slug, entry.risk.slug])
            yield SearchResult(
                entry.details.title, address, f"A risk, as at {day_words(register.as_at)}"
            )
