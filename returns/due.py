"""Which returns are due: the one place that decides whether a return that is not in is missing.

A project that has ended by the day that a period is as at may report its last weeks. Where it
does not, its pages say that it has ended, and nothing is owed.
"""

from datetime import date
from typing import Any

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, When

from bcfportal.lib.periods import Period
from outcomes.models import Month
from projects.as_at import RUNS
from projects.models import ProjectChange
from publishing.models import Report, Return

# A return in one of these states is in, or an officer said that none is needed.
IN = (Report.Status.APPROVED, Report.Status.PUBLISHED, Report.Status.NOT_NEEDED)


def with_end(returns: QuerySet[Any]) -> QuerySet[Any]:
    """Each with ``ended_on``: the day on which its project ended, where that is within the period.

    What is typed last counts, as in ``projects.as_at``. A council does not end: months of its
    measures are as they were. No query of its own.
    """
    if returns.model is Month:
        return returns
    known = ProjectChange.objects.filter(
        project=OuterRef("project"), kind__in=RUNS, on__lte=OuterRef("period__as_at")
    )
    ended = Case(When(kind=ProjectChange.Kind.ENDED, then=F("on")))
    last = known.annotate(ended=ended).order_by("-pk").values("ended")[:1]
    return returns.annotate(ended_on=Subquery(last))


def still_due(returns: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the returns whose project has not ended by the day that the period is as at."""
    return returns if returns.model is Month else with_end(returns).filter(ended_on=None)


def is_missing(report: Return | Month) -> bool:
    """Whether the return is due and has not come in. It must have been read ``with_end``."""
    return report.status not in IN and report.ended_on is None


def ended_before(report: Return) -> date | None:
    """The day on which its project ended, where that is before the period begins. One query."""
    (read,) = with_end(Return.objects.filter(pk=report.pk).select_related("period"))
    ended = read.ended_on
    return ended if ended and ended < Period.parse(read.period.key).first_day else None
