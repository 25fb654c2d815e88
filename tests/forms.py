"""The forms of a page, read as a browser reads them, filled in and sent."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

TECHNICAL = {"csrfmiddlewaretoken", "page-of", "press", "was", "version", "seen"}


@dataclass
class Control:
    """A box, a choice or a button: its name, its kind and what it would send."""

    name: str
    kind: str
    value: str = ""
    chosen: bool = True
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form that is posted: where to, and its controls in the order of the page."""

    action: str
    controls: list[Control] = field(default_factory=list)

    @property
    def sent(self) -> dict[str, list[str]]:
        """What a browser sends without a button: every box as it stands."""
        fields: dict[str, list[str]] = {}
        for control in self.controls:
            if control.kind not in ("submit", "file") and control.chosen:
                fields.setdefault(control.name, []).append(control.value)
        return fields

    @property
    def boxes(self) -> list[str]:
        """The names of the boxes in which words are typed."""
        kinds = ("text", "email", "textarea", "search", "number", "url", "tel")
        return [control.name for control in self.controls if control.kind in kinds]

    @property
    def first_button(self) -> tuple[str, str]:
        """(name, value) of the button that Enter presses; its name is "" where it sends nothing."""
        found = (c for c in self.controls if c.kind == "submit")
        return next(((c.name, c.value) for c in found), ("", ""))

    @property
    def buttons(self) -> list[tuple[str, str]]:
        return [
            (control.name, control.value)
            for control in self.controls
            if control.kind == "submit" and control.name
        ]


class _Forms(HTMLParser):
    def __init__(self, address):
        super().__init__(convert_charrefs=True)
        self.address, self.forms, self.form = address, [], None
        self.area = self.select = None
        self.off = 0

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.form = None
            if given.get("method", "").lower() == "post":
                self.form = Form(urljoin(self.address, given.get("action") or self.address))
                self.forms.append(self.form)
        elif self.form is None:
            return
        elif tag == "fieldset":
            self.off += 1 if "disabled" in given or self.off else 0
        elif self.off:
            return
        elif tag in ("input", "button"):
            self._add(tag, given)
        elif tag == "textarea" and given.get("name"):
            self.area = Control(given["name"], "textarea")
            self.form.controls.append(self.area)
        elif tag == "select":
            self.select = Control(given["name"], "select", chosen="multiple" not in given)
            self.form.controls.append(self.select)
        elif tag == "option" and self.select is not None:
            self.select.options.append(given.get("value", ""))
            if "selected" in given or len(self.select.options) == 1:
                self.select.value = given.get("value", "")

    def _add(self, tag, given):
        if "disabled" in given:
            return
        kind = given.get("type", "submit" if tag == "button" else "text").lower()
        if kind == "submit" or given.get("name"):
            chosen = kind not in ("checkbox", "radio") or "checked" in given
            value = given.get("value", "on" if kind in ("checkbox", "radio") else "")
            self.form.controls.append(Control(given.get("name", ""), kind, value, chosen))

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "textarea":
            if self.area:
                # A line end straight after the tag is none of the text.
                self.area.value = self.area.value.removeprefix("\n")
            self.area = None
        elif tag == "select":
            self.select = None
        elif tag == "fieldset" and self.off:
            self.off -= 1

    def handle_data(self, data):
        if self.area is not None:
            self.area.value += data


def forms_of(response, address) -> list[Form]:
    """The forms of the page that are posted, but that of signing out in its head."""
    reader = _Forms(address)
    reader.feed(response.content.decode())
    return [form for form in reader.forms if form.action != "/account/sign-out/"]
