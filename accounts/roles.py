"""What each role may do. This table is the whole of it."""

from enum import StrEnum

from django.db import models


class Role(models.TextChoices):
    COMMISSIONER = "commissioner", "Commissioner"
    PERFORMANCE_OFFICER = "performance officer", "Performance officer"
    FINANCE_OFFICER = "finance officer", "Finance officer"
    MEMBER = "committee member", "Committee member"
    ADMINISTRATOR = "administrator", "Administrator"


class Permission(StrEnum):
    # Read what is approved and not yet published.
    PREVIEW = "preview what is approved"
    # Read drafts and returns of every project. A commissioner reads those of their own.
    SEE_RETURNS = "see every return"
    # Write a return: of projects the person is assigned to, never of others.
    REPORT = "report on assigned projects"
    # Send back, approve and reopen returns; never one that the same person wrote.
    REVIEW = "review returns"
    # Open, re-date, close, reopen and publish periods; chase.
    RUN_PERIODS = "run reporting periods"
    # Keep the year's money: monitoring, reserves and the capital programme, drafts included.
    KEEP_MONEY = "keep the money"
    # People, roles, assignments, funds, conditions, thresholds and periods as records.
    ADMINISTER = "administer the council"


MAY: dict[Role, frozenset[Permission]] = {
    Role.COMMISSIONER: frozenset({Permission.PREVIEW, Permission.REPORT}),
    Role.PERFORMANCE_OFFICER: frozenset(
        {
            Permission.PREVIEW,
            Permission.SEE_RETURNS,
            Permission.REVIEW,
            Permission.RUN_PERIODS,
        }
    ),
    Role.FINANCE_OFFICER: frozenset(
        {Permission.PREVIEW, Permission.SEE_RETURNS, Permission.KEEP_MONEY}
    ),
    Role.MEMBER: frozenset({Permission.PREVIEW}),
    Role.ADMINISTRATOR: frozenset({Permission.PREVIEW, Permission.ADMINISTER}),
}
