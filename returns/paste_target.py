"""A block pasted into the measures of a return: what it is shown as, and how it is kept."""

from dataclasses import replace

from bcfportal.lib.periods import Period
from outcomes.entry import grid as entry
from outcomes.entry.paste import propose as propose_measures
from publishing.models import SectionName
from publishing.paste_preview import Target, place_of
from publishing.workflow import NotNow
from returns.actions import save_section


def for_measures(request, report, access, section) -> Target:
    """The grid of measures of a return. ``section`` is what is kept of it now."""
    own = Period.parse(report.period.key)

    def proposed(block, answers, at):
        grid, council = entry.grid(report, section.typed), report.period.council
        proposal = propose_measures(
            grid, own, block, answers, at, council=council, titles=(report.subject,)
        )
        return _with_notes(proposal, entry.grid(report, section.typed | proposal.boxes))

    def keep(boxes):
        return save_section(
            report.pk,
            SectionName.MEASURES,
            section.typed | boxes,
            version=section.version,
            by=request.user,
            access=access,
        )

    return Target(
        place=place_of(report, SectionName.MEASURES),
        title=SectionName.MEASURES.label,
        subject=f"{report.subject}, {report.period.label}",
        menu="returns",
        council=report.period.council,
        access=access,
        propose=proposed,
        keep=keep,
        refusal=NotNow,
    )


def _with_notes(proposal, grid):
    """The changes with what the grid will say of them: an error, or a question."""
    rows = {box.field: row for row in grid.rows for box in row.boxes.values()}
    noted = []
    for change in proposal.changes:
        row = rows[change.field]
        box = next(box for box in row.boxes.values() if box.field == change.field)
        note = box.error or (row.unusual if box is row.boxes["value"] else "")
        noted.append(replace(change, note=note))
    proposal.changes = noted
    return proposal
