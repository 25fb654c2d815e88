"""What each role may do: each subject gives its permissions to roles, and nothing else does."""

from collections.abc import Iterable
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
    # Sign a return or a finance report before an officer approves it, where the council asks that
    # of the role.
    COUNTERSIGN = "give the second signature"
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
    # Keep the committees' meetings: agendas, minutes, what was asked for; publish them.
    KEEP_MEETINGS = "keep the committees' meetings"
    # Write papers to a committee; approve or send back those that somebody else wrote.
    WRITE_PAPERS = "write papers to committees"
    APPROVE_PAPERS = "approve papers to committees"
    # Write down what was said to come, and what became of it; of projects their returns say it.
    KEEP_PROMISES = "keep what was said to come"
    # Keep programmes with partners, who decides what in them, and the outcomes wanted together.
    KEEP_PROGRAMMES = "keep programmes and joint outcomes"
    # Keep pools of money: what partners put in, the budget of the year, who bears what.
    KEEP_POOLS = "keep pooled budgets"
    # Keep the year's money: monitoring, reserves and the capital programme, drafts included.
    KEEP_MONEY = "keep the money"
    # People, roles, assignments, funds, conditions, thresholds and periods as records.
    ADMINISTER = "administer the council"


# Filled by each subject, with what it says of itself in ``publishing.registry``; drawn as one table
# in docs/rules/permissions.md.
MAY: dict[Role, frozenset[StrEnum]] = dict.fromkeys(Role, frozenset())


def allow(permission: StrEnum, to: Iterable[Role]) -> None:
    """Gives a permission to roles, when the app that asks for it is ready."""
    for role in to:
        MAY[role] |= {permission}


def roles_with(*permissions: StrEnum) -> list[Role]:
    """The roles that have any of the permissions."""
    return [role for role in Role if MAY[role] & set(permissions)]
