"""What is asked and told of the amounts of a monitoring report: what is unlike, what is lacking."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from bcfportal.lib.money import million_pounds
from bcfportal.lib.plausible import LITTLE, Beside, unusual, unusual_use
from bcfportal.lib.sentences import within
from finance.monitoring.tree import Node
from typed.boxes import Box


def asked_of_row(
    boxes: Sequence[Box],
    last: Sequence[Decimal | None],
    typed: Mapping[str, Any],
    then: str,
    *,
    by_year: bool = False,
) -> tuple[Box, ...]:
    """The boxes with what is asked: each against last time's pounds, or else the row's first two.

    ``then`` is how a sentence begins that tells last time's: "in month 9 it was". ``by_year`` says
    that the boxes of the row are of several years, of which any may have little or nothing.
    """
    with_questions = []
    for box, before in zip(boxes, last, strict=True):
        beside = [
            Beside(then, before),
            *(
                Beside(f"{other.label} is", other.value, by_year)
                for other in boxes[:2]
                if other is not box
            ),
        ]
        with_questions.append(box.asking(unusual(box.value, beside, million_pounds), typed))
    return tuple(with_questions)


def asked_of_reserve(
    boxes: Sequence[Box], last, typed: Mapping[str, Any], then: str, *, closed: bool
) -> tuple[Box, ...]:
    """The boxes of a reserve: a balance is held against last time's, a use against both.

    ``last`` is its line in the report before, or None; ``closed`` says that it was of another
    year, so that its closing balance opens this one.
    """
    opening, *uses = boxes
    before = last.opening if last else None
    if last and closed:
        before = (last.opening or 0) + (last.movement or 0)
    question = unusual(opening.value, [Beside(then, before)], million_pounds)
    known = [opening.value, before, *((last.planned, last.movement) if last else ())]
    return (
        opening.asking(question, typed),
        *(
            use.asking(unusual_use(use.value, known, million_pounds) or _turned(use, beside), typed)
            for use, beside in zip(uses, _signed(uses, last, then, closed=closed), strict=True)
        ),
    )


def _signed(uses, last, then, *, closed):
    """What the sign of each use is held against: last time's of the same year, or the plan."""
    planned, _ = uses
    now = Beside(f"{planned.label} is", planned.value)
    if not last or closed:
        return [], [now]
    before = [Beside(then, last.planned), Beside(then, last.movement)]
    # Who planned an addition, and adds, has changed the plan.
    moved = before[1] if not _opposite(now.amount, last.movement) else now
    return [before[0]], [moved, now]


def _turned(use, beside):
    """That a use of a reserve has become an addition, or the other way, in a sentence."""
    known = next((other for other in beside if other.amount), None)
    if not known or not _opposite(use.value, known.amount):
        return ""
    now, before = million_pounds(use.value), million_pounds(known.amount)
    return f"{now} now, and {known.said} {before}: the opposite sign."


def _opposite(value, amount):
    return bool(value and amount) and value * amount < 0 and abs(value - amount) >= LITTLE


def questions(name: str, boxes: Iterable[Box]) -> list[tuple[str, str]]:
    """(field, sentence) of the questions about amounts of a row that wait for an answer."""
    return [
        (box.right_field, f"{name}, {within(box.label)}: {box.asks} Is this right?")
        for box in boxes
        if box.asks_if_right
    ]


def said_of(rows: Iterable[tuple[str, Iterable[Box]]]) -> list[str]:
    """For who approves: what is unusual about amounts, and whether it is said to be right."""
    return [
        f"{name}, {within(box.label)}: {box.asks}"
        f"{' Said to be right.' if box.is_said_right else ''}"
        for name, boxes in rows
        for box in boxes
        if box.asks
    ]


def lacking(
    root: Node | None, sections: Mapping[str, Sequence[tuple[str, Sequence[Box]]]]
) -> list[str]:
    """For the approver: which areas, rows and totals have no figure.

    ``sections`` are the reserves and the schemes by the name of their section, each with its boxes.
    """
    sentences = _lacking_in_lines(root) if root else []
    for name, rows in sections.items():
        sentences += _lacking_in_rows(name, rows)
    return sentences


def _lacking_in_lines(root: Node) -> list[str]:
    sentences = []
    for node in root.walk():
        figures = {"budget": node.budget, "forecast": node.outturn}
        none = [what for what, amount in figures.items() if amount is None]
        if none:
            why = ", as one of its lines has none" if node.parts else ""
            sentences.append(f"{node.name} has no {' and no '.join(none)}{why}.")
    return sentences


def _lacking_in_rows(section: str, rows: Sequence[tuple[str, Sequence[Box]]]) -> list[str]:
    if rows and not any(box.text for _, boxes in rows for box in boxes):
        return [f"{section}: nothing is entered."]
    sentences = []
    for name, boxes in rows:
        none = [within(box.label) for box in boxes if box.value is None]
        if len(none) == len(boxes):
            sentences.append(f"{name}: nothing is entered. The totals leave it out.")
        elif none:
            sentences.append(f"{name} has no {' and no '.join(none)}. The totals leave it out.")
    return sentences
