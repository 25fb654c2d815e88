"""Forms that change what is there: what somebody else changed meanwhile is merged box by box."""

from django import forms

from typed.merging import merge, read_was, write_was

_BETWEEN = "\x1f"


def one_form(request, make):
    """The form that ``make(data)`` makes, shown or sent: see ``several``."""
    return several(request, lambda data: [make(data)])[0]


def several(request, make) -> list:
    """The parts of a page's form, each a form or a formset, that ``make(data)`` makes.

    Shown, the first part carries as ``was`` what all boxes hold. Sent, a box that only somebody
    else changed since is as they have it; one that both changed says so at the box and nothing is
    saved until the person has seen it: sent again, theirs stands.
    """
    parts = make(None)
    now = _texts(parts)
    if request.method == "POST":
        data = request.POST.copy()
        was = read_was(data.get("was"))
        merged = merge(was, sent := _texts(make(data)), now) if was is not None else None
        if merged:
            fields, both = _fields(make(data)), {clash.field for clash in merged.clashes}
            for name, text in sent.items():
                kept = merged.boxes.get(name, text)
                if name not in both and kept != text:
                    _put(fields[name], data, kept)
        parts = make(data)
        if merged:
            fields = _fields(parts)
            for clash in merged.clashes:
                box = fields[clash.field]
                box.form.add_error(box.name, _sentence(box, clash))
    parts[0].was = write_was(now)
    return parts


def first_shown(parts: list) -> list:
    """The parts of a form that is only shown, the first with what all boxes hold."""
    parts[0].was = write_was(_texts(parts))
    return parts


def _fields(parts):
    """Every box of the parts by the name that it is sent under."""
    every = (form for part in parts for form in getattr(part, "forms", [part]))
    return {field.html_name: field for form in every for field in form}


def _texts(parts):
    """What each box holds, as one text."""
    return {
        name: _text(field)
        for name, field in _fields(parts).items()
        if not isinstance(field.field.widget, forms.FileInput)
    }


def _text(bound):
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
        return _BETWEEN.join(texts).strip(_BETWEEN)
    return "" if value is None else str(value)


def _put(bound, data, text):
    widget, name = bound.field.widget, bound.html_name
    if isinstance(widget, forms.MultiWidget):
        parts = text.split(_BETWEEN) if text else []
        for number, suffix in enumerate(widget.widgets_names):  # type: ignore[attr-defined]  # not in its types
            data[f"{name}{suffix}"] = parts[number] if number < len(parts) else ""
    elif isinstance(widget, forms.CheckboxInput):
        data.pop(name, None)
        if text:
            data[name] = "on"
    elif isinstance(widget, forms.SelectMultiple | forms.CheckboxSelectMultiple):
        data.setlist(name, text.split(_BETWEEN) if text else [])
    else:
        data[name] = text


def _sentence(bound, clash):
    theirs = clash.theirs.replace(_BETWEEN, ", ")
    choices = dict(getattr(bound.field, "choices", ()) or ())
    theirs = str(choices.get(clash.theirs, theirs))
    said = f"Somebody else changed this to “{theirs}”" if theirs else "Somebody else emptied this"
    return f"{bound.label}: {said} while you were writing. Yours is in the box: save to keep it."
