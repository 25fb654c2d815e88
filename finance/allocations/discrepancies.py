"""Projects whose lines do not make the total that the summary overview prints."""

import re
from collections.abc import Iterator
from decimal import Decimal

from bcfportal.lib.discrepancies import Discrepancy, Place, differ
from bcfportal.lib.money import pounds
from bcfportal.lib.sentences import counted
from bcfportal.lib.sums import sum_present
from projects.models import Project

PROJECT_TOTAL = "A project's lines do not add up to its printed summary total"
_SHORT = re.compile(r"£?(?P<whole>\d[\d,]*)(?:\.(?P<part>\d+))?(?P<unit>[kKmM]?)")
_UNITS = {"": 1, "k": 1_000, "m": 1_000_000}


def short_total(text: str) -> tuple[Decimal, Decimal] | None:
    """Pounds of a printed short total, and half of its last printed digit.

    "1.9M" is (1900000, 50000) and "237K" (237000, 500). None for what is no such total.
    """
    match = _SHORT.fullmatch(text.strip())
    if not match:
        return None
    unit, part = _UNITS[match["unit"].lower()], match["part"] or ""
    value = Decimal(f"{match['whole'].replace(',', '')}.{part or 0}") * unit
    return value, Decimal(unit).scaleb(-len(part)) / 2


def project_disagreements(council) -> Iterator[Discrepancy]:
    """Printed summary totals that the allocations do not round to. Three queries."""
    projects = Project.objects.filter(council=council).exclude(summary_total_as_printed="")
    for project in projects.prefetch_related("streams__lines"):
        printed = short_total(project.summary_total_as_printed)
        lines = [line for stream in project.streams.all() for line in stream.lines.all()]
        computed = sum_present(line.allocation for line in lines)
        if printed is None or computed.total is None:
            continue
        value, room = printed
        if differ(value, computed.total, room):
            address = f"/{council.slug}/projects/{project.slug}/"
            yield Discrepancy(
                key=f"money:project:{project.slug}:summary-total",
                check=PROJECT_TOTAL,
                about=str(project),
                first=Place(f"£{project.summary_total_as_printed}", project.source, address),
                second=Place(
                    f"{counted(computed.present, 'allocation')} of {pounds(computed.total)}",
                    "; ".join(dict.fromkeys(line.source for line in lines if line.source)),
                    address,
                ),
                by=pounds(abs(value - computed.total)),
            )
