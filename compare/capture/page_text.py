"""What a page of HTML says, line by line: its words, and all that people can follow or fill in.

Names of classes and the order of attributes are not in it, nor is space between elements.
"""

import hashlib
import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from compare.capture.white_space import folded

# Elements that stand in a line of text. Every other begins a line of its own.
INLINE = {
    *("a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "img", "ins", "kbd", "mark", "q"),
    *("s", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "svg", "button"),
}
EMPTY = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
# Elements whose name is said before their words; all others are known by where they stand.
NAMED = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "title", "caption", "legend", "label", "summary"),
    *("li", "dt", "dd", "button", "nav", "main", "form", "fieldset", "details", "section"),
}
# Attributes that people see, hear or reach, or that scripts act on.
TOLD = {
    *("id", "alt", "title", "datetime", "hidden", "open", "role", "for", "lang", "placeholder"),
    *("disabled", "required", "readonly", "checked", "multiple", "maxlength", "inputmode"),
    *("colspan", "rowspan", "scope", "autocomplete", "rel", "download"),
}
DRAWING = 100


@dataclass
class Form:
    """A form that is sent by GET: where to, and the values that each of its fields may have."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Page:
    """What a page says, where its links lead to, and its forms that only ask for another page."""

    lines: list[str]
    links: list[str]
    forms: list[Form]


def read_page(html: str) -> Page:
    """The page's lines, links and GET forms, in the order in which they stand."""
    reader = _Reader()
    reader.feed(folded(html))
    reader.close()
    reader.end_line()
    return Page(reader.lines, reader.links, reader.forms)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._line: list[str] = []
        self._head = ""
        # What has been said of each row of a table that is open, and what is open beside it.
        self._rows: list[list[str]] = []
        self._hrefs: list[str | None] = []
        self._form: Form | None = None
        self._script: tuple[str, list[str]] | None = None
        self._unread = ""
        self._area: list[str] | None = None
        self._choice: _Choice | None = None
        self._drawing: list[str] | None = None

    # What the parser calls.

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: "" if value is None else value for name, value in attrs}
        if self._unread:
            return
        if self._drawing is not None and tag != "svg":
            self._drawing.append(_shape(tag, given))
            return
        if tag not in INLINE and tag not in ("input", "option", "optgroup", "br"):
            self.end_line()
        special = getattr(self, f"_start_{tag}", None)
        if special:
            special(given)
        else:
            self._say_attributes(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if self._unread:
            self._unread = "" if tag == self._unread else self._unread
            return
        special = getattr(self, f"_end_{tag}", None)
        if special:
            special()
        elif tag not in INLINE and tag not in EMPTY and self._drawing is None:
            self.end_line()

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script[1].append(data)
        elif self._area is not None:
            self._area.append(data)
        elif self._choice is not None:
            self._choice.hear(data)
        elif not self._unread:
            self._line.append(data)

    # Lines.

    def end_line(self) -> None:
        """What was said since the last line becomes one, or a part of the table's row."""
        words = _tidy("".join(self._line))
        meant = words or self._head.startswith("|") or self._head.endswith("} ")
        line = f"{self._head}{words}".rstrip() if meant else ""
        self._line, self._head = [], ""
        if line:
            (self._rows[-1] if self._rows else self.lines).append(line)

    def _say(self, words: str) -> None:
        self._line.append(words)

    def _say_attributes(self, tag: str, given: dict[str, str]) -> None:
        told = _told(given)
        if tag in INLINE:
            self._say(told)
        else:
            self._head = (f"{tag}: " if tag in NAMED else "") + (f"{told} " if told else "")

    # Elements with a meaning of their own.

    def _start_br(self, given: dict[str, str]) -> None:
        head = self._head
        self.end_line()
        self._head = head if not head.endswith("} ") else ""

    def _start_a(self, given: dict[str, str]) -> None:
        href = given.get("href")
        self._hrefs.append(href)
        if href:
            self.links.append(href)
        self._say(f"{_told(given)}[")

    def _end_a(self) -> None:
        href = self._hrefs.pop() if self._hrefs else None
        self._say("]" if href is None else f"]({href})")

    def _start_img(self, given: dict[str, str]) -> None:
        self._say(f"{{image {given.get('src', '')}}}{_told(given)}")

    def _start_link(self, given: dict[str, str]) -> None:
        self.lines.append(f"link {given.get('rel', '')}: {given.get('href', '')}")
        self.links.append(given.get("href", ""))

    def _start_meta(self, given: dict[str, str]) -> None:
        self.lines.append("meta: " + " ".join(f'{key}="{given[key]}"' for key in sorted(given)))

    def _start_tr(self, given: dict[str, str]) -> None:
        self._rows.append([])
        told = _told(given)
        if told:
            self._rows[-1].append(told)

    def _end_tr(self) -> None:
        self.end_line()
        if self._rows:
            cells = self._rows.pop()
            if any(cells):
                self.lines.append("row: " + " ".join(cells))

    def _start_td(self, given: dict[str, str]) -> None:
        told = _told(given)
        self._head = f"| {told} " if told else "| "

    _start_th = _start_td

    def _start_form(self, given: dict[str, str]) -> None:
        method = given.get("method", "get").lower()
        self._form = Form(given.get("action", "")) if method == "get" else None
        if self._form:
            self.forms.append(self._form)
        self._line = [f"form {method} {given.get('action', '')} {_told(given)}"]
        self.end_line()

    def _end_form(self) -> None:
        self.end_line()
        self._form = None

    def _start_button(self, given: dict[str, str]) -> None:
        self._say(f"{{{f'button {_field(given)}'.strip()}}}")
        self._offer(given.get("name"), given.get("value", ""))

    def _start_input(self, given: dict[str, str]) -> None:
        # Made anew for each page, or signed with the installation's key.
        if given.get("name") in ("csrfmiddlewaretoken", "page-of", "press"):
            return
        kind = given.get("type", "text")
        self._say(f"{{{kind} {_field(given)}}}")
        if kind in ("radio", "checkbox"):
            self._offer(given.get("name"), given.get("value", "on"))
        elif kind in ("search", "text"):
            self._offer(given.get("name"), None)

    def _start_textarea(self, given: dict[str, str]) -> None:
        self._say(f"{{textarea {_field(given)}: ")
        self._area = []

    def _end_textarea(self) -> None:
        self._say(json.dumps("".join(self._area or []), ensure_ascii=False) + "}")
        self._area = None

    def _start_select(self, given: dict[str, str]) -> None:
        self._choice = _Choice(given.get("name"), _field(given))

    def _start_option(self, given: dict[str, str]) -> None:
        if self._choice:
            self._choice.begin(given)

    def _start_optgroup(self, given: dict[str, str]) -> None:
        if self._choice:
            self._choice.begin({"value": "", "disabled": ""}, given.get("label", ""))

    def _end_option(self) -> None:
        pass

    _end_optgroup = _end_option

    def _end_select(self) -> None:
        if self._choice:
            self._say(self._choice.told())
            for value in self._choice.values():
                self._offer(self._choice.name, value)
        self._choice = None

    def _start_script(self, given: dict[str, str]) -> None:
        self._script = (_told(given) if "json" in given.get("type", "") else "", [])
        if given.get("src"):
            self.lines.append(f"script: {given['src']}")

    def _end_script(self) -> None:
        told, said = self._script or ("", [])
        self._script = None
        if told:
            self.lines += [f"data {told} {line}" for line in _data("".join(said))]

    def _start_style(self, given: dict[str, str]) -> None:
        self._unread = "style"

    def _start_svg(self, given: dict[str, str]) -> None:
        told = _told({name: value for name, value in given.items() if name != "aria-hidden"})
        self._drawing = [told] if told else []

    def _end_svg(self) -> None:
        drawn = "; ".join(self._drawing or [])
        self._drawing = None
        if len(drawn) > DRAWING:
            drawn = f"{drawn[:40]}... {hashlib.sha256(drawn.encode()).hexdigest()[:8]}"
        self._say(f"{{drawing {drawn}}}")

    # What a form that asks for another page may ask for.

    def _offer(self, name: str | None, value: str | None) -> None:
        if self._form and name:
            values = self._form.fields.setdefault(name, [])
            values += [] if value is None else [value]


class _Choice:
    """A select that is being read."""

    def __init__(self, name: str | None, told: str) -> None:
        self.name, self._told = name, told
        self._options: list[tuple[dict[str, str], list[str]]] = []

    def begin(self, given: dict[str, str], label: str = "") -> None:
        self._options.append((given, [label]))

    def hear(self, data: str) -> None:
        if self._options:
            self._options[-1][1].append(data)

    def values(self) -> list[str]:
        return [
            given.get("value", _tidy("".join(label)))
            for given, label in self._options
            if "disabled" not in given
        ]

    def told(self) -> str:
        options = ", ".join(
            f"{'*' if 'selected' in given else ''}{given.get('value', '')}={_tidy(''.join(label))}"
            for given, label in self._options
        )
        return f"{{select {self._told}: {options}}}"


def _tidy(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


def _told(given: dict[str, str]) -> str:
    """The attributes that are told, each as name=value, in braces."""
    told = [
        f"{name}={value}" if value else name
        for name, value in sorted(given.items())
        if name in TOLD or (name.startswith(("aria-", "data-")) and name != "data-module")
    ]
    return f"{{{', '.join(told)}}}" if told else ""


def _field(given: dict[str, str]) -> str:
    told = [f'{name}="{given[name]}"' for name in ("name", "value", "type") if name in given]
    return " ".join([*told, _told(given)]).strip()


def _shape(tag: str, given: dict[str, str]) -> str:
    return " ".join([tag, *(f"{k}={v}" for k, v in sorted(given.items()) if k not in ("class",))])


def _data(text: str) -> list[str]:
    """JSON as lines: one for each member of the outermost two levels."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        return [text.strip()]
    return list(_members(value, "", 3))


def _members(value: object, path: str, depth: int):
    if depth and isinstance(value, dict) and value:
        for key in sorted(value):
            yield from _members(value[key], f"{path}.{key}", depth - 1)
    elif depth and isinstance(value, list) and value:
        for number, member in enumerate(value):
            yield from _members(member, f"{path}[{number}]", depth - 1)
    else:
        yield f"{path or '.'} = {json.dumps(value, ensure_ascii=False, sort_keys=True)}"
