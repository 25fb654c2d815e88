"""Figures with a comma before their decimals, as other countries and some programs write them."""

from bcfportal.lib.pasting.blocks import Block
from bcfportal.lib.pasting.figures import is_figure
from bcfportal.lib.text.decimal_marks import COMMA, EITHER, POINT, by_comma, mark_of
from bcfportal.lib.text.typed_numbers import with_point

_EXAMPLES = 3


def with_points(block: Block) -> tuple[Block, list[str]]:
    """The block with points before all decimals, and what is said of it.

    Where some figures have a comma there and none a point, 16,812 is 16.812 too.
    """
    marks = {cell: mark_of(cell) for line in block for cell in line if is_figure(cell)}
    if COMMA not in marks.values():
        return block, []
    mixed = POINT in marks.values()
    turn = with_point if mixed else by_comma
    kinds = (COMMA,) if mixed else (COMMA, EITHER)
    turned = {cell: turn(cell) for cell, mark in marks.items() if mark in kinds}
    examples = [f"{cell} is read as {read}" for cell, read in list(turned.items())[:_EXAMPLES]]
    others = " and others a point" if mixed else ""
    said = f"Figures have a comma before their decimals{others}: {', '.join(examples)}."
    return [[turned.get(cell, cell) for cell in line] for line in block], [said]
