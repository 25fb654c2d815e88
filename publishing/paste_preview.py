"""Pasting a block into a section: first shown with what goes where, then placed, then taken back.

A section's page posts its boxes and the block together; the boxes are kept as they are, and the
block comes back in a preview. Nothing of the block is kept before a person has seen its place.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.html import format_html

from bcfportal.lib.pasting.blocks import Block, TooLarge, read_block
from bcfportal.lib.periods import Period
from finance.models import MonitoringSection
from finance.monitoring import actions as monitoring_actions
from finance.monitoring.draft import Work as MoneyWork
from finance.monitoring.paste import propose as propose_money
from finance.monitoring.transitions import NotNow as MoneyNotNow
from outcomes.entry import grid as entry
from outcomes.entry.paste import propose as propose_measures
from publishing.models import SectionName
from publishing.pages import render_working_page
from publishing.paste import Proposal
from publishing.workflow import NotNow
from returns.actions import Conflict, save_section

# Where the session keeps what the boxes held before the last block was placed.
_KEPT = "pasted"
_ANSWERS = 400
MOST_LEFT_OUT = 100
# What fields of answers begin with.
ANSWERED = ("column", "line", "word", "unit", "fraction", "since", "sign", "sum")


@dataclass(frozen=True)
class Target:
    """A section of boxes that takes blocks, with what pasting needs of it."""

    place: str
    title: str
    subject: str
    menu: str
    council: object
    access: object
    propose: Callable[[Block, Mapping[str, str], str], Proposal]
    keep: Callable[[dict[str, str]], object]


def is_asked(request) -> bool:
    """Whether a block was posted to be placed."""
    return bool(request.POST.get("place") and request.POST.get("block", "").strip())


def answer(request, target: Target):
    """The preview of the posted block; or the section again, once what was seen is placed."""
    answers = {
        name: value
        for name, value in list(request.POST.items())[:_ANSWERS]
        if name.split("-")[0] in ANSWERED
    }
    at = request.POST.get("at", "")[:100]
    try:
        proposal = target.propose(read_block(request.POST["block"]), answers, at)
    except TooLarge as too_large:
        proposal = Proposal(refused=str(too_large))
    seen = request.POST.get("seen") == proposal.fingerprint
    sure = request.POST["place"] == "sure"
    if sure and seen and proposal.changes and not (proposal.questions or proposal.refused):
        return _placed(request, target, proposal)
    return _preview(request, target, proposal, answers, at, pressed=sure)


def _placed(request, target, proposal, **shown):
    try:
        target.keep(proposal.boxes)
    except (Conflict, monitoring_actions.Conflict):
        return redirect(request.path)
    except (NotNow, MoneyNotNow) as reason:
        messages.warning(request, str(reason))
        return redirect(request.path)
    request.session[_KEPT] = {
        "place": target.place,
        "boxes": {change.field: [change.now, change.then] for change in proposal.changes},
    }
    messages.success(request, f"{_boxes(len(proposal.changes))} filled from what was pasted.")
    return redirect(request.path)


def _preview(request, target, proposal, answers, at, *, pressed):
    questions = [replace(each, answer=answers.get(each.field, "")) for each in proposal.questions]
    by_column = {question.field: question for question in questions}
    return render_working_page(
        request,
        "returns/pasting.html",
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


def _boxes(number):
    return "1 box is" if number == 1 else f"{number} boxes are"


# Taking back.


def may_be_taken_back(request, place: str, typed: Mapping[str, str]) -> int:
    """How many boxes still hold what the last block put there; 0 where there is nothing to undo."""
    return sum(
        str(typed.get(field) or "").strip() == then
        for field, (_, then) in _kept_boxes(request, place).items()
    )


def taken_back(request, place: str, typed: Mapping[str, str]) -> dict[str, str]:
    """What the boxes held before the last block; one that was changed since keeps its text."""
    boxes = _kept_boxes(request, place)
    before = {
        field: now
        for field, (now, then) in boxes.items()
        if str(typed.get(field) or "").strip() == then
    }
    if not boxes:
        messages.warning(request, "There is nothing to take back any more.")
        return {}
    changed = len(boxes) - len(before)
    said = f"{_boxes(len(before))} as before the paste."
    if changed:
        said += f" {_boxes(changed)} changed since, and stay." if before else ""
    messages.success(request, format_html("{}", said))
    del request.session[_KEPT]
    return before


def _kept_boxes(request, place):
    kept = request.session.get(_KEPT) or {}
    return kept.get("boxes", {}) if kept.get("place") == place else {}


# The sections.


def place_of(report, name: str) -> str:
    return f"{report._meta.label_lower} {report.pk} {name}"


def for_measures(request, report, access, section) -> Target:
    """The grid of measures of a return. ``section`` is what is kept of it now."""
    own = Period.parse(report.period.key)

    def proposed(block, answers, at):
        grid, council = entry.grid(report, section.typed), report.period.council
        proposal = propose_measures(grid, own, block, answers, at, council=council)
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


def for_money(request, report, access, name: str, section: MonitoringSection) -> Target:
    """A section of a monitoring report. ``section`` is what is kept of it now."""

    def proposed(block, answers, at):
        proposal = propose_money(MoneyWork(report), name, block, answers, at)
        after = MoneyWork(report)
        after.sections[name].typed = section.typed | proposal.boxes
        boxes = {box.field: box for box in after.boxes(name)}
        proposal.changes = [
            replace(change, note=boxes[change.field].error or boxes[change.field].asks)
            for change in proposal.changes
        ]
        return proposal

    def keep(boxes):
        typed = section.typed | boxes
        return monitoring_actions.save_section(
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
    )
