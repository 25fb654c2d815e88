"""Changing what a fund allocates to a project within the year."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from bcfportal.lib.money import pounds
from bcfportal.lib.periods import financial_year_label
from finance.models import FinanceLine
from projects.actions import Kind, keep_change


@transaction.atomic
def change_allocation(line: FinanceLine, amount: Decimal, *, on: date, why: str, by: User) -> None:
    """Changes the line to ``amount`` pounds from the day ``on``; what it was is kept with why."""
    lines = FinanceLine.objects.select_for_update().select_related("stream__project")
    line = lines.get(pk=line.pk)
    before, line.allocation = line.allocation, amount
    line.save(update_fields=["allocation"])
    project = line.stream.project
    label = f"{line.stream.fund.called_on(on).name} in {financial_year_label(line.year)}"
    keep_change(
        project,
        Kind.ALLOCATION,
        on=on,
        why=why,
        by=by,
        before="none" if before is None else f"{pounds(before)} of {label}",
        after=f"{pounds(amount)} of {label}",
    )
