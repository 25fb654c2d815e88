"""Promises, targets and reviews of open risks that are overdue in today's register."""

from dataclasses import dataclass
from datetime import date

from bcfportal.lib import present
from projects.models import Council
from risks.models import Promise
from risks.register import RiskAt, register_at
from risks.risk_history import promises_told


@dataclass(frozen=True)
class Overdue:
    """Something that was promised by a day that has passed."""

    entry: RiskAt
    text: str
    due: date
    said_on: date


def overdue(council: Council, today: date) -> list[Overdue]:
    """What is overdue on the open risks that somebody maintains here, the oldest first.

    Risks that were only taken from a document have no owner here who could answer. Seven queries,
    however many risks there are; one if no risk has an owner.
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
            text = "The risk is reviewed again"
            passed.append(
                Overdue(entry, text, present(entry.review_by), present(entry.reviewed_on))
            )
    return sorted(passed, key=lambda late: late.due)
