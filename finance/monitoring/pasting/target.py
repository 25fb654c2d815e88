"""A block pasted into a finance report: what it is shown as, and how it is kept."""

from dataclasses import replace

from finance.models import MonitoringSection
from finance.monitoring.actions import save_section
from finance.monitoring.draft import Draft
from finance.monitoring.pasting.propose import propose
from publishing.paste_preview import Target, place_of
from publishing.workflow import NotNow


def for_money(request, report, access, name: str, section: MonitoringSection) -> Target:
    """A section of a monitoring report. ``section`` is what is kept of it now."""

    def proposed(block, answers, at):
        proposal = propose(Draft(report), name, block, answers, at)
        after = Draft(report)
        after.sections[name].typed = section.typed | proposal.boxes
        boxes = {box.field: box for box in after.boxes(name)}
        proposal.changes = [
            replace(change, note=boxes[change.field].error or boxes[change.field].asks)
            for change in proposal.changes
        ]
        return proposal

    def keep(boxes):
        typed = section.typed | boxes
        return save_section(
            report.pk,
            name,
            {field: text for field, text in typed.items() if text},
            version=section.version,
            by=request.user,
            access=access,
        )

    return Target(
        place=place_of(report, name),
        title=f"{MonitoringSection.Name(name).label}, £m",
        subject=str(report),
        menu="money",
        council=report.council,
        access=access,
        propose=proposed,
        keep=keep,
        refusal=NotNow,
    )
