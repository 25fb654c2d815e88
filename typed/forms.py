"""Forms that change what is there: what somebody else changed meanwhile is merged box by box."""

from collections.abc import Callable
from typing import Any

from django.forms import BoundField
from django.http import HttpRequest, QueryDict

from typed.field_texts import fields_of, in_words, put, texts_of
from typed.merging import Clash, merge, read_was, write_was

Make = Callable[[QueryDict | None], list[Any]]


def one_form(request: HttpRequest, make: Callable[[QueryDict | None], Any]) -> Any:
    """The form that ``make(data)`` makes, shown or sent: see ``several``."""
    return several(request, lambda data: [make(data)])[0]


def several(request: HttpRequest, make: Make) -> list[Any]:
    """The parts of a page's form, each a form or a formset, that ``make(data)`` makes.

    Shown, the first part carries as ``was`` what all boxes hold. Sent, a box that only somebody
    else changed since is as they have it; one that both changed says so at the box and nothing is
    saved until the person has seen it: sent again, theirs stands.
    """
    parts = make(None)
    now = texts_of(parts)
    if request.method == "POST":
        parts = over_the_record(make, request.POST, read_was(request.POST.get("was")), now)
    parts[0].was = write_was(now)
    return parts


def over_the_record(
    make: Make, data: QueryDict, was: dict[str, str] | None, now: dict[str, str]
) -> list[Any]:
    """The parts with what is typed, over what the record holds ``now``; see ``several``.

    ``was`` are fingerprints of what the record held when it was typed; without them nothing is
    merged.
    """
    data = data.copy()
    merged = merge(was, sent := texts_of(make(data)), now) if was is not None else None
    if merged:
        fields, both = fields_of(make(data)), {clash.field for clash in merged.clashes}
        for name, text in sent.items():
            kept = merged.boxes.get(name, text)
            if name not in both and kept != text:
                put(fields[name], data, kept)
    parts = make(data)
    if merged:
        say_clashes(parts, merged.clashes)
    return parts


def say_clashes(parts: list[Any], clashes: list[Clash]) -> None:
    """Says at each box that both changed what the other text is."""
    fields = fields_of(parts)
    for clash in clashes:
        box = fields[clash.field]
        box.form.add_error(box.name, _sentence(box, clash))


def first_shown(parts: list[Any]) -> list[Any]:
    """The parts of a form that is only shown, the first with what all boxes hold."""
    parts[0].was = write_was(texts_of(parts))
    return parts


def _sentence(bound: BoundField, clash: Clash) -> str:
    theirs = in_words(bound, clash.theirs)
    said = f"Somebody else changed this to “{theirs}”" if theirs else "Somebody else emptied this"
    return f"{bound.label}: {said} while you were writing. Yours is in the box: save to keep it."
