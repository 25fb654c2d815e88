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
    # Write a month's vital signs and their report cards.
    KEEP_MEASURES = "keep the council's measures"
    # Add and change measures, set targets, recalculate limits.
    SET_MEASURES = "set targets and limits"
    # Record what the committee decides on a measure, and what came of it.
    FOLLOW_UP = "record follow-up actions"
    # Say of figures that disagree why that is accepted.
    ACCEPT_CHECKS = "accept figures that disagree"
    # Send back, approve and reopen returns; never one that the same person wrote.
    REVIEW = "review returns"
    # Open, re-date, close, reopen and publish periods; chase.
    RUN_PERIODS = "run reporting periods"
    # Read the ledger's actuals and the uploads that set them.
    SEE_LEDGER = "see the ledger"
    # Upload actuals, and apply or drop what is previewed.
    UPLOAD_LEDGER = "upload to the ledger"
    # Read savings, posts, changes and options before a paper publishes them.
    SEE_SAVINGS = "see drafts of savings"
    # Ask for changes and put options forward: of projects the person is assigned to, unless they
    # keep the savings.
    PROPOSE_SAVINGS = "ask for changes of savings"
    # Savings, posts and the papers that publish them.
    KEEP_SAVINGS = "keep savings and posts"
    # Agree or refuse changes and options; never one that the same person asked for.
    AGREE_CHANGES = "agree changes"
    # Write the risk register: assess, reword, close, publish.
    KEEP_RISKS = "keep the risk register"
    # Write about a risk that the person owns, never another.
    KEEP_OWN_RISKS = "keep their own risks"
    # Keep the year's money: monitoring, reserves and the capital programme, drafts included.
    KEEP_MONEY = "keep the money"
    # People, roles, assignments, funds, conditions, thresholds and periods as records.
    ADMINISTER = "administer the council"


MAY: dict[Role, frozenset[Permission]] = {
    Role.COMMISSIONER: frozenset(
        {
            Permission.PREVIEW,
            Permission.REPORT,
            Permission.KEEP_MEASURES,
            Permission.SEE_SAVINGS,
            Permission.PROPOSE_SAVINGS,
            Permission.KEEP_OWN_RISKS,
        }
    ),
    Role.PERFORMANCE_OFFICER: frozenset(
        {
            Permission.PREVIEW,
            Permission.SEE_RETURNS,
            Permission.KEEP_MEASURES,
            Permission.SET_MEASURES,
            Permission.FOLLOW_UP,
            Permission.ACCEPT_CHECKS,
            Permission.REVIEW,
            Permission.RUN_PERIODS,
            Permission.SEE_LEDGER,
            Permission.SEE_SAVINGS,
            Permission.AGREE_CHANGES,
            Permission.KEEP_RISKS,
        }
    ),
    Role.FINANCE_OFFICER: frozenset(
        {
            Permission.PREVIEW,
            Permission.SEE_RETURNS,
            Permission.ACCEPT_CHECKS,
            Permission.SEE_LEDGER,
            Permission.UPLOAD_LEDGER,
            Permission.KEEP_MONEY,
            Permission.SEE_SAVINGS,
            Permission.PROPOSE_SAVINGS,
            Permission.KEEP_SAVINGS,
            Permission.AGREE_CHANGES,
            Permission.KEEP_RISKS,
        }
    ),
    Role.MEMBER: frozenset({Permission.PREVIEW}),
    Role.ADMINISTRATOR: frozenset({Permission.PREVIEW, Permission.ADMINISTER}),
}
