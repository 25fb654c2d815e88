"""Writes docs/rules/workflow.md and permissions.md from what the subjects say of themselves."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from accounts.roles import Role, roles_with
from finance.ledger.transitions import UPLOADS
from finance.monitoring.transitions import MONITORING
from finance.savings.paper_transitions import PAPERS
from finance.savings.transitions import CHANGES, OPTIONS
from meetings.papers.transitions import PAPERS as COMMITTEE_PAPERS
from meetings.transitions import MEETINGS
from partnerships.transitions import ARRANGEMENTS
from publishing import registry
from publishing.steps import Transition
from publishing.withdrawal import WITHDRAWALS
from publishing.workflow import Workflow
from returns.transitions import PERIODS, PUBLICATIONS, RETURNS
from risks.transitions import REGISTERS

PERMISSIONS = settings.BASE_DIR / "docs" / "rules" / "permissions.md"
PATH = settings.BASE_DIR / "docs" / "rules" / "workflow.md"
WORKFLOWS: dict[str, Workflow[Any]] = {
    "A return: a project's quarter, or a month of measures": RETURNS,
    "The period that returns are of": PERIODS,
    "Publishing what is approved of a period": PUBLICATIONS,
    "A finance report": MONITORING,
    "Withdrawing what is published, where a second person decides": WITHDRAWALS,
    "A change of a saving": CHANGES,
    "An option for change": OPTIONS,
    "A savings paper, and its editions": PAPERS,
    "An upload to the ledger": UPLOADS,
    "A risk register as at a day": REGISTERS,
    "A committee's meeting: its agenda, then its minutes": MEETINGS,
    "A paper to a committee": COMMITTEE_PAPERS,
    "A programme with partners, a pool or joint outcomes": ARRANGEMENTS,
}
START = """# Workflows

Drawn by `manage.py draw_workflows` from the tables in `transitions.py` of each subject; a test
keeps it true. `publishing/workflow.py` follows them, and nothing else changes a state.
"""
MATRIX = """# What each role may do

Drawn by `manage.py draw_workflows` from what each subject gives to roles in its `publishes.py`; a
test keeps it true. Permissions that say "assigned" or "own" reach no further than that.
"""


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options: object) -> None:
        PATH.write_text(drawing())
        PERMISSIONS.write_text(permissions_drawn())


def permissions_drawn() -> str:
    """What each role may do, by subject, in Markdown."""
    head = ["subject", "may", *(role.label for role in Role)]
    rows = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    for subject in registry.subjects():
        for permission in subject.permissions:
            yes = roles_with(permission)
            cells = [subject.name, permission, *("yes" if role in yes else "" for role in Role)]
            rows.append(f"| {' | '.join(cells)} |")
    return "\n".join((MATRIX, *rows, ""))


def drawing() -> str:
    """The tables and a diagram of each, in Markdown."""
    drawn = (_drawn(title, workflow) for title, workflow in WORKFLOWS.items())
    return "\n".join((START, *drawn))


def _drawn(title: str, workflow: Workflow[Any]) -> str:
    rows = ["| action | from | to | who | and |", "| --- | --- | --- | --- | --- |"]
    lines = ["```", "stateDiagram-v2"]
    for rule in workflow.table.values():
        sources = [state for state in workflow.states.values if state in rule.sources]
        who = [role.label.lower() for role in roles_with(*rule.who)] or ["the portal"]
        cells = [
            rule.action,
            " or ".join(map(workflow.label, sources)),
            workflow.label(rule.target),
            " or ".join(who),
            "; ".join(_conditions(workflow, rule)),
        ]
        rows.append(f"| {' | '.join(cells)} |")
        lines += [
            f"    {_name(source)} --> {_name(rule.target)}: {rule.action}" for source in sources
        ]
    return "\n".join((f"## {title}", "", *rows, "", *lines, "```", ""))


def _conditions(workflow: Workflow[Any], rule: Transition) -> list[str]:
    said = [of for permission, of in workflow.reach.items() if permission in rule.who]
    if rule.needs_comment:
        said.append("says why")
    if rule.switched_by:
        said.append("where the council asks for it")
    if rule.not_by_author:
        lifted = ", unless the council lets one person do both" if rule.own_by else ""
        said.append(f"not by a person who ever wrote any of it{lifted}")
    for step in workflow.table.values():
        if rule.action in step.before:
            said.append(f"after “{step.action}”, by another person, where that is asked for")
    if rule.by_author:
        said.append("by nobody but who wrote it")
    if workflow.closes and not rule.after_closing:
        said.append("while the period is open")
    if rule.questions:
        said.append("once what is asked about it is said to be right")
    if rule.freezes:
        said.append("keeps what it says for good")
    return said


def _name(state: str) -> str:
    return state.replace(" ", "_")
