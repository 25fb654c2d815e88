"""A block copied from a spreadsheet, put into a grid of a monitoring report."""

from bcfportal.lib.pasting import fit_block, read_block
from finance.models import MonitoringSection
from finance.monitoring_work import Work

Name = MonitoringSection.Name


def from_block(work: Work, name: str, text: str) -> tuple[dict[str, str], list[str]]:
    """The boxes that the block fills, by field, and in words what has no place in the grid.

    Rows are found by the area's name or slug, columns by their headings. Totals of the block are
    left out: the portal works them out.
    """
    if name == Name.LINES:
        rows = [line for line in work.line_rows if line.boxes]
        named = [((line.node.name, line.node.slug), line.boxes) for line in rows]
        wholes = {line.node.name.casefold() for line in work.line_rows if not line.boxes}
    else:
        found = work.reserve_rows if name == Name.RESERVES else work.capital_rows
        named = [((row.name, row.slug), row.boxes) for row in found]
        wholes = set()
    if not named:
        return {}, ["There are no rows here to put anything in."]
    headings = [box.label for box in named[0][1]]
    block = [
        line
        for line in read_block(text)
        if not any(cell.casefold() in wholes for cell in line[:2] if cell)
    ]
    fitted = fit_block(block, [names for names, _ in named], headings)
    return (
        {named[row][1][column].field: cell for (row, column), cell in fitted.cells.items()},
        fitted.unplaced,
    )
