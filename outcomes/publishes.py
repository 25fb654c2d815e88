"""What this subject publishes and works on, as the rest of the portal needs to know it."""

from collections.abc import Iterator

from django.urls import reverse

from accounts.roles import Permission, Role
from bcfportal.lib.text.searching import says_all
from outcomes.vital_signs.exception_list import Exceptions
from outcomes.vital_signs.published import vital_signs_of
from projects.access import Access
from projects.models import Council
from publishing import registry
from publishing.models import ReportingPeriod
from publishing.registry import Line, Page, SearchResult, Subject


def register() -> None:
    """Says it. Called once, when the app is ready."""
    officers = [Role.PERFORMANCE_OFFICER]
    registry.register(
        Subject(
            "measures",
            place=20,
            has="has_vital_signs",
            published=lambda council: (
                ReportingPeriod.objects.published().filter(council=council).of_vital_signs()
            ),
            pages=(
                Page(
                    "vital-signs",
                    "Measures",
                    "reporting:vital-signs",
                    30,
                    needs=("has_vital_signs",),
                ),
            ),
            permissions={
                Permission.KEEP_MEASURES: [Role.COMMISSIONER, *officers],
                Permission.SET_MEASURES: officers,
                Permission.FOLLOW_UP: officers,
            },
            read=_read,
            lines=_lines,
            search=_search,
        )
    )


def _read(council: Council, access: Access) -> Exceptions:
    return Exceptions(vital_signs_of(council, access))


def _lines(council: Council, exceptions: Exceptions) -> Iterator[Line]:
    yield Line(
        "Vital signs",
        "reported by exception;",
        figure=f"{len(exceptions.listed)} of {len(exceptions.statuses)}",
        link="see the dashboard",
        address=reverse("reporting:vital-signs", args=[council.slug]),
    )
    left = exceptions.not_of_month
    yield Line(
        "Their ratings by rule",
        f"{left} without a figure for the month itself" if left else "",
        ratings=exceptions.ratings,
    )


def _search(council: Council, access: Access, text: str) -> Iterator[SearchResult]:
    """The vital signs of the latest month, by name."""
    published = vital_signs_of(council, access)
    for measure in published.sheet.of("vital signs"):
        if says_all(text, measure.name):
            address = reverse("reporting:report-card", args=[council.slug, measure.slug])
            yield SearchResult(measure.name, address, f"A measure, {published.month.label}")
