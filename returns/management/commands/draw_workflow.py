"""Writes docs/rules/workflow.md from the workflow's table."""

from django.conf import settings
from django.core.management import BaseCommand

from accounts.roles import MAY, Role
from publishing.models import Return
from publishing.workflow import TRANSITIONS

PATH = settings.BASE_DIR / "docs" / "rules" / "workflow.md"
START = """# The workflow of a return

Drawn from the table in `publishing/workflow.py` by `manage.py draw_workflow`; a test keeps it true.

"""


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        PATH.write_text(drawing())


def drawing() -> str:
    """The table and a diagram of it, in Markdown."""
    rows = ["| action | from | to | who | and |", "| --- | --- | --- | --- | --- |"]
    lines = ["```", "stateDiagram-v2"]
    for transition in TRANSITIONS.values():
        sources = [status for status in Return.Status if status in transition.sources]
        who = [role.label.lower() for role in Role if transition.who in MAY[role]]
        cells = [
            transition.action,
            " or ".join(status.label.lower() for status in sources),
            transition.target.label.lower(),
            " or ".join(who),
            _conditions(transition),
        ]
        rows.append(f"| {' | '.join(cells)} |")
        lines += [
            f"    {_name(source)} --> {_name(transition.target)}: {transition.action}"
            for source in sources
        ]
    return START + "\n".join(rows) + "\n\n" + "\n".join([*lines, "```"]) + "\n"


def _conditions(transition):
    said = []
    if transition.who.name == "REPORT":
        said.append("of a project assigned to them")
    if transition.needs_comment:
        said.append("says why")
    if transition.not_by_author:
        said.append("not by a person who ever wrote any of it")
    if not transition.after_closing:
        said.append("while the period is open")
    return "; ".join(said)


def _name(status):
    return status.value.replace(" ", "_")
