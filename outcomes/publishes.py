"""What this subject publishes and works on, as the rest of the portal needs to know it."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Q
from django.urls import reverse

from accounts.roles import Permission, Role
from bcfportal.lib.figures import figure, plain
from bcfportal.lib.periods import period_of
from bcfportal.lib.text.searching import says_all
from outcomes.figures_given import figures_given
from outcomes.models import Measure, Result
from outcomes.vital_signs.discrepancies import places_of
from outcomes.vital_signs.exception_list import Exceptions
from outcomes.vital_signs.promises import promises_of
from outcomes.vital_signs.published import vital_signs_of
from projects.access import Access
from projects.models import Council
from publishing import registry
from publishing.models import ReportingPeriod
from publishing.registry import Line, NamedMeasure, OwnFigure, Page, SearchResult, Subject


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
            promises=promises_of,
            own_figure=_own_figure,
            measures=_measures,
            figures_given=figures_given,
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


def _own_figure(council: Council, name: str) -> OwnFigure | None:
    """A result by measure, period and, where it is of one, segment: "rated-good/2016-17-m09"."""
    slug, period, segment = (*name.split("/"), "")[:3]
    result = (
        Result.objects.filter(measure__council=council, measure__slug=slug, period=period)
        .filter(segment__slug=segment or None, value__isnull=False)
        .select_related("measure", "segment")
        .first()
    )
    if result is None or result.value is None:
        return None
    measure = result.measure
    value = plain(result.value)
    places = places_of(value, measure.decimals)
    counted = measure.unit not in ("%", "£") and places == 0
    of = ", ".join(filter(None, (str(result.segment or ""), period_of(period).label)))
    page = (
        "care-quality" if measure.collection == Measure.Collection.CARE_QUALITY else "vital-signs"
    )
    return OwnFigure(
        value,
        Decimal(0) if counted else Decimal(1).scaleb(-places),
        measure.unit,
        f"{figure(value, measure.unit, places)} ({measure.name}, {of})",
        result.source or measure.source,
        reverse(f"reporting:{page}", args=[council.slug]),
    )


def _measures(council: Council) -> Iterator[NamedMeasure]:
    """The council's measures and its projects', each with the page where it is read. One query."""
    every = Measure.objects.filter(Q(council=council) | Q(project__council=council))
    pages = {
        Measure.Collection.FRAMEWORK: "outcomes-framework",
        Measure.Collection.CARE_QUALITY: "care-quality",
    }
    for measure in every.select_related("project").order_by("text", "pk"):
        if measure.project:
            name = f"projects/{measure.project.slug}/{measure.position}"
            address = reverse("reporting:project", args=[council.slug, measure.project.slug])
        elif measure.collection == Measure.Collection.VITAL_SIGNS:
            name = f"measures/{measure.slug}"
            address = reverse("reporting:report-card", args=[council.slug, measure.slug])
        else:
            name = f"measures/{measure.slug}"
            page = pages.get(Measure.Collection(measure.collection), "vital-signs")
            address = reverse(f"reporting:{page}", args=[council.slug])
        yield NamedMeasure(name, measure.name, address)
