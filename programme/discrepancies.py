"""The one place where the portal finds figures that disagree.

Each check is a function of the app that owns the figures. The checks run when somebody opens the
page, on the records as they are, so the list is never stale: a saved correction leaves it at once.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bcfportal.lib.discrepancies import Discrepancy
from finance.allocations.discrepancies import project_disagreements
from finance.monitoring import discrepancies as monitoring_checks
from finance.savings import discrepancies as savings_checks
from meetings import discrepancies as meeting_checks
from outcomes.models import Month
from outcomes.vital_signs import discrepancies as vital_signs_checks
from outcomes.vital_signs.collect import make_vital_signs
from partnerships import discrepancies as partnership_checks
from programme.models import DisagreementEvent
from projects.models import Council
from returns.warnings import discrepancies as words_checks
from risks import discrepancies as risk_checks
from stated import discrepancies as stated_checks


def measures(council: Council) -> Iterator[Discrepancy]:
    """The council's own measures, as the records are now."""
    months = Month.objects.filter(period__council=council).select_related("period__council")
    month = months.order_by("-period__key").first()
    if month is not None:
        yield from vital_signs_checks.disagreements(make_vital_signs(month))


def money(council: Council) -> Iterator[Discrepancy]:
    """The finance reports and the allocations to projects."""
    yield from monitoring_checks.disagreements(council)
    yield from project_disagreements(council)


# (what it looks at, the check), in the order of the page.
CHECKS: list[tuple[str, Callable[[Council], Iterable[Discrepancy]]]] = [
    ("Measures", measures),
    ("Words", words_checks.disagreements),
    ("Money", money),
    ("Savings", savings_checks.disagreements),
    ("Risks", risk_checks.disagreements),
    ("Stated figures", stated_checks.disagreements),
    ("Meetings", meeting_checks.disagreements),
    ("Partnerships", partnership_checks.disagreements),
]


@dataclass(frozen=True)
class Finding:
    """A disagreement, what it is part of, and what somebody did about it.

    ``accepted`` is the act by which it is accepted, None while it is open; ``given`` that by which
    it was given to somebody last.
    """

    part: str
    disagreement: Discrepancy
    accepted: DisagreementEvent | None
    given: DisagreementEvent | None = None

    @property
    def given_to(self) -> str:
        """The post to which it was given last, as it was called then; nothing where to nobody."""
        return self.given.to.post_at(self.given.at) if self.given and self.given.to else ""

    @property
    def figures(self) -> str:
        return figures_of(self.disagreement)


def figures_of(disagreement: Discrepancy) -> str:
    """A fingerprint of the two figures."""
    figures = f"{disagreement.first.text}\0{disagreement.second.text}\0{disagreement.by}"
    return hashlib.sha256(figures.encode()).hexdigest()


def findings(council: Council) -> list[Finding]:
    """Everything that disagrees in the council's figures now, open findings first."""
    accepted: dict[tuple[str, str], DisagreementEvent] = {}
    given: dict[str, DisagreementEvent] = {}
    events = DisagreementEvent.objects.filter(council=council).select_related("by", "to")
    for event in events.order_by("at", "pk"):
        if event.action == DisagreementEvent.Action.ACCEPTED:
            accepted[event.key, event.figures] = event
        elif event.action == DisagreementEvent.Action.OPENED:
            accepted.pop((event.key, event.figures), None)
        else:
            given[event.key] = event
    all_findings = [
        Finding(
            part,
            disagreement,
            accepted.get((disagreement.key, figures_of(disagreement))),
            given.get(disagreement.key),
        )
        for part, check in CHECKS
        for disagreement in check(council)
    ]
    return sorted(all_findings, key=lambda finding: finding.accepted is not None)
