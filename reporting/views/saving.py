"""What pages share that keep what is typed, with a version: refusals, the clock, two texts."""

from django.http import JsonResponse
from django.utils import timezone


def version_of(request) -> int:
    """The version that the person began from; -1, which is none, for anything else."""
    version = request.POST.get("version", "")
    return int(version) if version.isascii() and version.isdigit() and len(version) < 10 else -1


def clock(moment) -> str:
    return timezone.localtime(moment).strftime("%H:%M")


def refusal_as_json(answer: dict) -> JsonResponse | None:
    """Why nothing was saved, for a page that saves by itself; None where something was."""
    if "conflict" in answer:
        theirs = answer["conflict"]
        words = f"{theirs.saved_by} saved this section at {clock(theirs.saved_at)}."
        return JsonResponse({"conflict": words}, status=409)
    if "reason" in answer:
        return JsonResponse({"reason": answer["reason"]}, status=409)
    return None


def differing(mine: dict, theirs: dict) -> list[tuple[str, str, str]]:
    """(field, mine, theirs) for each box in which the two texts are not the same."""
    fields = dict.fromkeys([*mine, *theirs])
    return [
        (field, mine.get(field, ""), theirs.get(field, ""))
        for field in fields
        if mine.get(field, "") != theirs.get(field, "")
    ]
