"""Promises and targets of open risks whose day has passed, as the register stands today."""

from dataclasses import dataclass
from datetime import date

from bcfportal.lib import present
from projects.models import Council
from risks.models import Promise
from risks.register import RiskAt, register_at
from risks.risk_history import promises_told


@dataclass(frozen=True)
class Overdue:
    """One thing that was said to come by a day that has passed."""

    entry: RiskAt
    text: str
    due: date
    said_on: date


def overdue(council: Council, today: date) -> list[Overdue]:
    """What has passed of the open risks that somebody keeps here, the longest ago on top.

    Risks that stand here only as a document printed them have no owner who could answer. Seven
    queries, whatever the number of risks; none where the council has no risk of its own.
    """
    if not council.risks.filter(owner__isnull=False).exists():
        return []
    register = register_at(council, today)
    risks = [entry for entry in register.risks if entry.risk.owner_id] if register else []
    promises: dict[int, list[Promise]] = {}
    for promise in Promise.objects.filter(risk__council=council, on__lte=today):
        promises.setdefault(promise.risk_id, []).append(promise)
    passed = []
    for entry in risks:
        told = promises_told(promises.get(entry.risk.pk, ()), entry.reviewed_on, today)
        passed += [
            Overdue(entry, promised.promise.text, promised.promise.due, promised.promise.on)
            for promised in told
            if promised.passed
        ]
        if entry.target_has_passed:
            text = "The target score is met"
            passed.append(
                Overdue(entry, text, present(entry.details.target_date), entry.details.on)
            )
        if entry.review_is_late:
            text = "The risk is looked at again"
            passed.append(
                Overdue(entry, text, present(entry.review_by), present(entry.reviewed_on))
            )
    return sorted(passed, key=lambda late: late.due)
