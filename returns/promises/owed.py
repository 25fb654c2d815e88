"""What a person's projects said would come, and is late: for the page that their day begins on."""

from collections.abc import Iterable
from dataclasses import dataclass

from bcfportal.lib import clock
from projects.access import Access
from publishing.models import Return
from publishing.promises import LATE, PASSED, PromiseLine, Promises
from returns.actions import may_write_now
from stated.promises_of_returns import prefetched, promises_in


@dataclass(frozen=True)
class LatePromise:
    """Something that is late, and the return in which it is answered."""

    report: Return
    line: PromiseLine
    # Whether that return can be written today, and is not the one that said it.
    is_asked: bool


def late_promises(returns: Iterable[Return], access: Access) -> list[LatePromise]:
    """Of each project what is late by its latest return, the longest late first.

    ``returns`` are those that the person sees. As many queries for one project as for many.
    """
    latest: dict[int, Return] = {}
    for report in sorted(returns, key=lambda report: report.period.as_at):
        latest[report.project_id] = report
    if not latest:
        return []
    rows = Return.objects.filter(pk__in=[report.pk for report in latest.values()])
    rows = rows.select_related("project__council", "period__council")
    late = []
    for report in rows.prefetch_related("project__changes", *prefetched()):
        stood = Promises(clock.today(), promises_in(report, report.subject)).in_order
        late += [
            LatePromise(
                report, line, line.period != report.period.key and may_write_now(report, access)
            )
            for state, line in stood
            if state in (PASSED, LATE)
        ]
    return sorted(late, key=lambda promise: promise.line.last_day or clock.today())
