"""Pasting a block into a section: first shown with what goes where, then placed, then taken back.

A section's page posts its boxes and the block together; the boxes are kept as they are, and the
block comes back in a preview. Nothing of the block is kept before a person has seen its place.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html

from bcfportal.lib.pasting.blocks import Block, TooLarge, read_block
from projects.access import Access
from projects.models import Council
from publishing.pages import render_working_page
from publishing.paste import Proposal
from typed.merging import Conflict

# Where the session keeps what the boxes held before the last block was placed.
_KEPT = "pasted"
_ANSWERS = 400
MOST_LEFT_OUT = 100
# What fields of answers begin with.
ANSWERED = ("column", "line", "word", "words", "unit", "fraction", "since", "sign", "sum")


@dataclass(frozen=True)
class Target:
    """A section of boxes that takes blocks, with what pasting needs of it."""

    place: str
    title: str
    subject: str
    menu: str
    council: Council
    access: Access
    propose: Callable[[Block, Mapping[str, str], str], Proposal]
    keep: Callable[[dict[str, str]], object]
    # What ``keep`` raises where it is not the time; it raises Conflict where both changed a box.
    refusal: type[Exception]


def is_asked(request: HttpRequest) -> bool:
    """Whether a block was posted, by whichever button: what is in its box is never dropped."""
    return bool(request.POST.get("block", "").strip())


def answer(request: HttpRequest, target: Target) -> HttpResponse:
    """The preview of the posted block; or the section again, once what was seen is placed."""
    answers = {
        name: value
        for name, value in list(request.POST.items())[:_ANSWERS]
        if isinstance(value, str) and name.split("-")[0] in ANSWERED
    }
    at = request.POST.get("at", "")[:100]
    try:
        proposal = target.propose(read_block(request.POST["block"]), answers, at)
    except TooLarge as too_large:
        proposal = Proposal(refused=str(too_large))
    seen = request.POST.get("seen") == proposal.fingerprint
    sure = request.POST.get("place") == "sure"
    if sure and seen and proposal.changes and not (proposal.questions or proposal.refused):
        return _placed(request, target, proposal)
    return _preview(request, target, proposal, answers, at, pressed=sure)


def _placed(
    request: HttpRequest, target: Target, proposal: Proposal, **context: Any
) -> HttpResponse:
    try:
        target.keep(proposal.boxes)
    except Conflict:
        return redirect(request.path)
    except target.refusal as reason:
        messages.warning(request, str(reason))
        return redirect(request.path)
    request.session[_KEPT] = {
        "place": target.place,
        "boxes": {change.field: [change.now, change.then] for change in proposal.changes},
    }
    messages.success(request, f"{_boxes(len(proposal.changes))} filled from what was pasted.")
    return redirect(request.path)


def _preview(
    request: HttpRequest,
    target: Target,
    proposal: Proposal,
    answers: dict[str, str],
    at: str,
    *,
    pressed: bool,
) -> HttpResponse:
    questions = [
        replace(question, answer=answers.get(question.field, "")) for question in proposal.questions
    ]
    by_column = {question.field: question for question in questions}
    return render_working_page(
        request,
        "publishing/paste_preview.html",
        target.council,
        target.access,
        target.menu,
        target=target,
        proposal=proposal,
        questions=questions,
        columns=[(column, by_column.get(column.field)) for column in proposal.columns],
        pasted=request.POST["block"],
        at=at,
        left_out=proposal.left_out[:MOST_LEFT_OUT],
        more_left_out=len(proposal.left_out) - MOST_LEFT_OUT,
        other_answers=[
            (name, value)
            for name, value in answers.items()
            if not name.startswith("column-") and name not in by_column
        ],
        pressed=pressed and bool(questions),
    )


def _boxes(number: int, singular: str = "is", plural: str = "are") -> str:
    return f"1 box {singular}" if number == 1 else f"{number} boxes {plural}"


# Taking back.


def may_be_taken_back(request: HttpRequest, place: str, typed: Mapping[str, str]) -> int:
    """How many boxes still hold what the last block put there; 0 where there is nothing to undo."""
    return sum(
        str(typed.get(field) or "").strip() == then
        for field, (_, then) in _kept_boxes(request, place).items()
    )


def taken_back(request: HttpRequest, place: str, typed: Mapping[str, str]) -> dict[str, str]:
    """What the boxes held before the last block; one that was changed since keeps its text."""
    boxes = _kept_boxes(request, place)
    before = {
        field: now
        for field, (now, then) in boxes.items()
        if str(typed.get(field) or "").strip() == then
    }
    if not boxes:
        messages.warning(request, "There is nothing left to take back.")
        return {}
    changed = len(boxes) - len(before)
    said = f"{_boxes(len(before))} as before the paste."
    if changed and before:
        stay = ("was changed since and stays as it is", "were changed since and stay as they are")
        said += f" {_boxes(changed, *stay)}."
    messages.success(request, format_html("{}", said))
    del request.session[_KEPT]
    return before


def _kept_boxes(request: HttpRequest, place: str) -> dict[str, list[str]]:
    kept = request.session.get(_KEPT) or {}
    return kept.get("boxes", {}) if kept.get("place") == place else {}


# A section.


def place_of(report: Model, name: str) -> str:
    return f"{report._meta.label_lower} {report.pk} {name}"
