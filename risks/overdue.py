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

    each: RiskAt
    words: str
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
    risks = [each for each in register.risks if each.risk.owner_id] if register else []
    promises: dict[int, list[Promise]] = {}
    for promise in Promise.objects.filter(risk__council=council, on__lte=today):
        promises.setdefault(promise.risk_id, []).append(promise)
    found = []
    for each in risks:
        told = promises_told(promises.get(each.risk.pk, ()), each.reviewed_on, today)
        found += [
            Overdue(each, one.promise.text, one.promise.due, one.promise.on)
            for one in told
            if one.passed
        ]
        if each.target_has_passed:
            words = "The target score is met"
            found.append(Overdue(each, words, present(each.details.target_date), each.details.on))
        if each.review_is_late:
            words = "The risk is looked at again"
            found.append(Overdue(each, words, present(each.review_by), present(each.reviewed_on)))
    return sorted(found, key=lambda one: one.due)
