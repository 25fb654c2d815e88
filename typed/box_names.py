"""What the boxes of a form are called, where the page that names them cannot be made again.

A page's script sends the labels along as it shows them. Without it a box has the label that the
forms give a field of that name, else the words of its name.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache

from django.forms import BaseForm, ChoiceField, Field

# The hidden field in which a page says what its boxes are called, as JSON: {name: label}.
CALLED = "called"
LONGEST_CALLED = 100_000
_LONGEST = 120
_ROW = re.compile(r"[a-z_]+-(\d+)-(\w+)")
_OF_DAY = re.compile(r"(.+)_([012])")
_PARTS = ("day", "month", "year")
_OPTIONAL = " (optional)"


def said_by_page(fields: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The labels by name that the page sent along; none where it did not."""
    text = next((value for name, value in fields if name == CALLED), "")
    if not text or len(text) > LONGEST_CALLED:
        return {}
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(read, dict):
        return {}
    pairs = ((name, " ".join(str(label).split())[:_LONGEST]) for name, label in read.items())
    return {name: label for name, label in pairs if label}


def name_of(name: str, number: int, said: Mapping[str, str]) -> str:
    """What to call a box, the ``number``-th of those that are shown: never its field's own name."""
    if name in said:
        return said[name]
    if row := _ROW.fullmatch(name):
        return f"{_words(row[2], number)}, row {int(row[1]) + 1}"
    if day := _OF_DAY.fullmatch(name):
        return f"{_words(day[1], number)}: {_PARTS[int(day[2])]}"
    return _words(name, number)


def _words(name: str, number: int) -> str:
    if label := _labels().get(name):
        return label
    words = re.sub(r"[-_]+", " ", name).strip()
    return words.capitalize() if re.fullmatch(r"[A-Za-z ]{2,60}", words) else f"Box {number}"


@cache
def _labels() -> dict[str, str]:
    """The label of each field that all forms which have it call alike."""
    found: dict[str, set[str]] = {}
    waiting: list[type] = [BaseForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        fields: dict[str, Field] = getattr(form, "base_fields", {})
        for name, field in fields.items():
            if field.label and not isinstance(field, ChoiceField):
                found.setdefault(name, set()).add(str(field.label).removesuffix(_OPTIONAL))
    return {name: min(labels) for name, labels in found.items() if len(labels) == 1}
