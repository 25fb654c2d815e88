"""Questions about the amounts of a monitoring report that are unlike those beside them."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from bcfportal.lib.money import million_pounds
from bcfportal.lib.plausible import Beside, unusual, unusual_use
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
        *(use.asking(unusual_use(use.value, known, million_pounds), typed) for use in uses),
    )


def questions(name: str, boxes: Iterable[Box]) -> list[tuple[str, str]]:
    """(field, sentence) of the questions about amounts of a row that wait for an answer."""
    return [
        (box.right_field, f"{name}, {_within(box.label)}: {box.asks} Is this right?")
        for box in boxes
        if box.asks_if_right
    ]


def said_of(rows: Iterable[tuple[str, Iterable[Box]]]) -> list[str]:
    """For who approves: what is unusual about amounts, and whether it is said to be right."""
    return [
        f"{name}, {_within(box.label)}: {box.asks}"
        f"{' Said to be right.' if box.is_said_right else ''}"
        for name, boxes in rows
        for box in boxes
        if box.asks
    ]


def _within(label):
    """A label within a sentence: "Balance on 1 April" begins small, and April does not."""
    return f"{label[:1].lower()}{label[1:]}"
