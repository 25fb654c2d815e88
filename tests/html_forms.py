"""What a browser without scripts would send of a page's form."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """The boxes of a form as they stand, and its buttons as (name, value)."""

    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.form = [], None
        self.text, self.select = None, None

    def handle_starttag(self, tag, attrs):
        at = dict(attrs)
        if tag == "form":
            self.form = Form()
            self.forms.append(self.form)
        if self.form is None:
            return
        name, value = at.get("name"), at.get("value") or ""
        if tag == "input" and name:
            kind = at.get("type", "text")
            if kind not in ("checkbox", "radio") or "checked" in at:
                self.form.fields[name] = value if value or kind != "checkbox" else "on"
        elif tag == "button" and name:
            self.form.buttons.append((name, value))
        elif tag == "textarea" and name:
            self.text = [name, ""]
        elif tag == "select" and name:
            self.select = [name, None]
        elif tag == "option" and self.select and (self.select[1] is None or "selected" in at):
            self.select[1] = value

    def handle_data(self, data):
        if self.text:
            self.text[1] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "textarea" and self.text:
            name, words = self.text
            self.form.fields[name] = words.removeprefix("\r\n").removeprefix("\n")
            self.text = None
        elif tag == "select" and self.select:
            self.form.fields[self.select[0]] = self.select[1] or ""
            self.select = None


def form_of(page: str, button: str) -> Form:
    """The page's form that has a button of the name."""
    reader = _Reader()
    reader.feed(page)
    return next(form for form in reader.forms if any(name == button for name, _ in form.buttons))


def form_with(page: str, box: str) -> Form:
    """The page's form that has a box of the name."""
    reader = _Reader()
    reader.feed(page)
    return next(form for form in reader.forms if box in form.fields)
