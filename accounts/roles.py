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
    # Write the risk register: assess, reword, close, publish.
    KEEP_RISKS = "keep the risk register"
    # Write about a risk that the person owns, never another.
    KEEP_OWN_RISKS = "keep their own risks"
    # People, roles, assignments, funds, conditions, thresholds and periods as records.
    ADMINISTER = "administer the council"


MAY: dict[Role, frozenset[Permission]] = {
    Role.COMMISSIONER: frozenset(
        {Permission.PREVIEW, Permission.REPORT, Permission.KEEP_OWN_RISKS}
    ),
    Role.PERFORMANCE_OFFICER: frozenset(
        {
            Permission.PREVIEW,
            Permission.SEE_RETURNS,
            Permission.REVIEW,
            Permission.RUN_PERIODS,
            Permission.KEEP_RISKS,
        }
    ),
    Role.FINANCE_OFFICER: frozenset(
        {Permission.PREVIEW, Permission.SEE_RETURNS, Permission.KEEP_RISKS}
    ),
    Role.MEMBER: frozenset({Permission.PREVIEW}),
    Role.ADMINISTRATOR: frozenset({Permission.PREVIEW, Permission.ADMINISTER}),
}
