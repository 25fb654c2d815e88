"""What pages that save typed text share: versions, refusals, the clock, two texts for one box."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from projects.access import Access
from publishing.history import How
from typed.carrying import wants_json
from typed.merging import Conflict, read_was, write_was


def version_of(request: HttpRequest) -> int:
    """The version that the person began from; -1, which is none, for anything else."""
    version = request.POST.get("version", "")
    # What is longer than a version can be is none, and would take long to read.
    return int(version) if version.isascii() and version.isdigit() and len(version) < 10 else -1


def clock(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%H:%M")


def sent_boxes(request: HttpRequest, fields: dict[str, str] | list[str]) -> dict[str, str]:
    """What was sent in the boxes of the page, by field; boxes that were not sent are left out."""
    return {
        field: request.POST[field].replace("\x00", "").replace("\r\n", "\n")
        for field in fields
        if field in request.POST
    }


def keep(
    request: HttpRequest,
    save: Callable[..., Any],
    report: Model,
    name: str,
    typed: dict[str, str],
    access: Access,
    *,
    conflict: type[Conflict],
    not_now: type[Exception],
    only_new: bool = False,
) -> dict:
    """Saves by ``save`` what was typed: {"saved"}, {"conflict"} or {"reason"} of the refusal.

    With ``only_new`` a section in which nothing is new stays as it is, also where it was never
    saved: who only looks where a block would go has not begun it.
    """
    try:
        saved = save(
            report.pk,
            name,
            typed,
            version=version_of(request),
            was=read_was(request.POST.get("was"), request.POST.get("underway", "")),
            whole=False,
            only_new=only_new,
            how=_how(request),
            by=request.user,
            access=access,
        )
    except conflict as found:
        return {"conflict": found}
    except not_now as reason:
        return {"reason": str(reason)}
    return {"saved": saved}


def _how(request: HttpRequest) -> How:
    """How the page was saved: by itself, by filling boxes from last time, or by its button."""
    if wants_json(request):
        return How.ITSELF
    return How.FILLED if request.POST.get("use") else How.SAVED


def answer_as_json(
    answer: dict[str, Any],
    typed: dict[str, str],
    labels: dict[str, str],
    more: Callable[[], dict[str, Any]] = dict,
    *,
    kind: str = "section",
) -> JsonResponse:
    """What became of a save, for a page that saves by itself.

    ``values`` are boxes that stand otherwise than they were sent, for somebody else changed them;
    ``clashes`` those that both changed, with ``labels`` of the page. ``more()`` is added to what
    was saved.
    """
    if "reason" in answer:
        return JsonResponse({"reason": answer["reason"]}, status=409)
    conflict = answer.get("conflict")
    section = conflict.section if conflict else answer["saved"]
    clashing = {clash.field for clash in conflict.clashes} if conflict else set()
    body = {
        "version": section.version,
        "was": write_was(section.typed),
        "values": {
            field: section.typed.get(field, "")
            for field, text in typed.items()
            if field not in clashing and section.typed.get(field, "").strip() != text.strip()
        },
    }
    if conflict:
        body |= {"conflict": said_of(conflict, kind), "clashes": clashes_in_words(conflict, labels)}
        return JsonResponse(body, status=409)
    return JsonResponse(body | {"saved": f"Saved {clock(section.saved_at)}"} | more())


def said_of(conflict: Conflict, kind: str) -> str:
    """Who saved the other texts, in a sentence; nobody is known where a record was changed."""
    if conflict.by is None:
        return "Somebody else changed this while you were writing."
    return f"{conflict.by.post_at(conflict.at)} saved this {kind} at {clock(conflict.at)}."


def clashes_in_words(conflict: Conflict, labels: dict[str, str]) -> list[dict[str, str]]:
    """The boxes that both changed, each with the words that the page has for it."""
    return [
        {
            "field": clash.field,
            "label": labels.get(clash.field, clash.field),
            "mine": clash.mine,
            "theirs": clash.theirs,
        }
        for clash in conflict.clashes
    ]


def shown_after(
    answer: dict[str, str | Conflict],
    kept: dict[str, str],
    typed: dict[str, str],
    labels: dict[str, str],
) -> dict:
    """What a section's page shows after a save that was refused, in part or in whole.

    ``boxes`` are what the boxes hold: what was typed, and in those that only somebody else
    changed what they saved.
    """
    conflict = answer.get("conflict")
    if not isinstance(conflict, Conflict):
        return {"boxes": kept | typed, "reason": answer["reason"]}
    mine = {clash.field: clash.mine for clash in conflict.clashes}
    return {
        "boxes": conflict.section.typed | mine,
        "conflict": conflict,
        "clashes": clashes_in_words(conflict, labels),
    }


def say_what_was_not_taken(
    request: HttpRequest, kept: dict[str, str], typed: dict[str, str], labels: dict[str, str]
) -> None:
    """After a choice between two texts, repeats the one not chosen, so that it can be copied.

    ``kept`` is what stood before the choice, ``typed`` what is to stand.
    """
    for field in request.POST.getlist("clash"):
        label = labels.get(field)
        mine, theirs = request.POST.get(field, ""), kept.get(field, "")
        if label is None or mine.strip() == theirs.strip():
            continue
        other = mine if request.POST.get("take") == field else theirs
        if typed.get(field, theirs).strip() != other.strip():
            messages.info(request, f"{label}: you chose between two texts. The other was: {other}")


def with_last_time(text: str, last: str) -> str:
    """The text with last time's words: in an empty box alone, else below what is typed, once."""
    if not text.strip() or not last.strip():
        return text if text.strip() else last
    return text if text.rstrip().endswith(last.strip()) else f"{text.rstrip()}\n\n{last}"


def without_last_time(text: str, last: str) -> str:
    """The text without last time's words at its end, where they stand there."""
    text, last = text.rstrip(), last.strip()
    return text.removesuffix(last).rstrip() if last else text


def to_copy(kept: dict, boxes: dict, labels: dict) -> list[tuple[str, str]]:
    """(words of the box, text) of what was typed otherwise than it is kept."""
    return [
        (labels.get(field, field), text)
        for field, text in boxes.items()
        if text.strip() and text.strip() != kept.get(field, "").strip()
    ]
