"""What the boxes of forms hold, as texts: by field, and by the name that each box is sent under.

A day is one field and three boxes. People change a day, so what is compared with a record goes by
field; a page sends boxes, so what is kept as it was typed goes by box.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict

BETWEEN = "\x1f"
# Several boxes to tick or choose from that are sent under one name.
_SEVERAL = (forms.SelectMultiple, forms.CheckboxSelectMultiple)


def fields_of(parts: Iterable[Any]) -> dict[str, BoundField]:
    """Every field of the parts, each a form or a formset, by its name on the page."""
    every = (form for part in parts for form in getattr(part, "forms", [part]))
    return {field.html_name: field for form in every for field in form}


def texts_of(parts: Iterable[Any]) -> dict[str, str]:
    """What each field holds, as one text; files are none."""
    return {
        name: text_of(field)
        for name, field in fields_of(parts).items()
        if not isinstance(field.field.widget, forms.FileInput)
    }


def text_of(bound: BoundField) -> str:
    widget, value = bound.field.widget, bound.value()
    if isinstance(widget, forms.CheckboxInput):
        return "on" if value else ""
    if isinstance(widget, forms.MultiWidget):
        value = value if isinstance(value, list | tuple) else widget.decompress(value)
    else:
        value = widget.format_value(value)
    if isinstance(value, list | tuple):
        texts = ["" if part is None else str(part) for part in value]
        if not isinstance(widget, forms.MultiWidget):
            texts.sort()
        return BETWEEN.join(texts) if any(texts) else ""
    return "" if value is None else str(value)


def boxes_of(bound: BoundField) -> list[str]:
    """The names of the field's boxes."""
    widget = bound.field.widget
    if isinstance(widget, forms.MultiWidget):
        suffixes: Sequence[str] = widget.widgets_names  # type: ignore[attr-defined]  # not in its types
        return [f"{bound.html_name}{suffix}" for suffix in suffixes]
    return [bound.html_name]


def by_box(fields: Mapping[str, BoundField], texts: Mapping[str, str]) -> dict[str, str]:
    """The texts by box, of texts by field."""
    texts_by_box: dict[str, str] = {}
    for name, text in texts.items():
        boxes = boxes_of(fields[name])
        pieces = text.split(BETWEEN) if len(boxes) > 1 else [text]
        pieces += [""] * (len(boxes) - len(pieces))
        texts_by_box |= dict(zip(boxes, pieces, strict=False))
    return texts_by_box


def by_field(fields: Mapping[str, BoundField], boxes: Mapping[str, str]) -> dict[str, str]:
    """The texts by field, of texts by box; a box that is not there is empty."""
    texts = {}
    for name, bound in fields.items():
        pieces = [boxes.get(box, "") for box in boxes_of(bound)]
        texts[name] = BETWEEN.join(pieces) if any(pieces) else ""
    return texts


def sent_in(fields: Mapping[str, BoundField], data: QueryDict, *, whole: bool) -> dict[str, str]:
    """What was sent in the boxes of these fields, by box.

    Of a ``whole`` form what is left out is empty, as a box that is not ticked is; of less than that
    it is not there.
    """
    boxes = {}
    for bound in fields.values():
        for box in boxes_of(bound):
            if not whole and box not in data:
                continue
            several = isinstance(bound.field.widget, _SEVERAL)
            text = BETWEEN.join(sorted(data.getlist(box))) if several else data.get(box, "")
            boxes[box] = str(text).replace("\x00", "").replace("\r\n", "\n")
    return boxes


def put(bound: BoundField, data: QueryDict, text: str) -> None:
    """Puts the field's text into what a form is read from."""
    widget, name = bound.field.widget, bound.html_name
    if isinstance(widget, forms.MultiWidget):
        for box, piece in by_box({name: bound}, {name: text}).items():
            data[box] = piece
    elif isinstance(widget, forms.CheckboxInput):
        data.pop(name, None)
        if text:
            data[name] = "on"
    elif isinstance(widget, _SEVERAL):
        data.setlist(name, text.split(BETWEEN) if text else [])
    else:
        data[name] = text


def in_words(bound: BoundField, text: str) -> str:
    """What a person reads of the text: the words of what was chosen, else as it was typed."""
    choices = dict(_choices(bound)) if hasattr(bound.field, "choices") else {}
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return "ticked" if text else ""
    return ", ".join(choices.get(piece, piece) for piece in text.split(BETWEEN))


def _choices(bound: BoundField) -> Iterable[tuple[str, str]]:
    for value, label in bound.field.choices:  # type: ignore[attr-defined]  # asked for above
        if isinstance(label, list | tuple):
            yield from ((str(inner), str(name)) for inner, name in label)
        else:
            yield str(value), str(label)
