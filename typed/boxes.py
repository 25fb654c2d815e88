"""The boxes of a grid to fill in: one form a row, over what a draft keeps as it was typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms

from bcfportal.lib.plausible import tick
from bcfportal.lib.sentences import day_words

# How the field ends in which a person says that a value is right.
QUESTION = "right"
# A day as it stands in a box that the portal has filled.
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def as_read(field: str, text: str, choices: Mapping[str, str] | None = None) -> str:
    """What a person reads of a box: its text; in words where it is a choice, a tick or a day."""
    if field.endswith(QUESTION) and text:
        _, _, value = text.partition(": ")
        return f"ticked, of {value}" if value else "ticked"
    if choices and text in choices:
        return choices[text]
    try:
        return day_words(date.fromisoformat(text)) if _DAY.fullmatch(text) else text
    except ValueError:
        return text


@dataclass(frozen=True)
class Box:
    """One box: its field's name, its label, what is in it, and what is wrong with that.

    ``value`` is what the text was read into: None where it is empty or wrong. ``asks`` says why
    the value is unlike what it stands beside; ``ticked`` is what was answered.
    """

    field: str
    label: str
    text: str
    error: str = ""
    value: Any = None
    asks: str = ""
    ticked: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether what is in it cannot stay so; an empty box is only not filled in yet."""
        return bool(self.error and self.text)

    @property
    def right_field(self) -> str:
        """The field of the tick that the value is right."""
        return f"{self.field}-{QUESTION}"

    @property
    def right(self) -> str:
        """What that tick says."""
        return tick(self.value)

    @property
    def is_said_right(self) -> bool:
        """Whether a person has said of this value that it is right."""
        return bool(self.right) and self.ticked == self.right

    @property
    def asks_if_right(self) -> bool:
        """Whether the question waits for its answer."""
        return bool(self.asks) and not self.is_said_right

    def asking(self, question: str, typed: Mapping[str, Any]) -> "Box":
        """The box with what is asked of its value, if anything, and what is ticked."""
        ticked = str(typed.get(self.right_field) or "") if question else ""
        return replace(self, asks=question, ticked=ticked)


class RowForm(forms.Form):
    """One row of a grid. ``key`` begins the names of its boxes, and ``fields`` are what reads them.

    The fields are shared by all rows and may not be changed; their labels are those of the boxes.
    A draft keeps the text of each box, right or wrong, so the row can be read again at any time.
    There is no formset around the rows: they are known by the key of a record, not by their place,
    and what is kept holds no count of them (decision 0026).
    """

    def __init__(
        self, typed: Mapping[str, Any], key: str, fields: Mapping[str, forms.Field]
    ) -> None:
        super().__init__(typed, prefix=key, use_required_attribute=False)
        self.fields = dict(fields)

    def text(self, name: str) -> str:
        """What is typed in the box."""
        return str(self.data.get(self.add_prefix(name)) or "").strip()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed in any of the boxes."""
        return not any(self.text(name) for name in self.fields)

    def box(self, name: str) -> Box:
        """The box with what is typed in it, read; the first sentence where several are wrong."""
        sentences = self.errors.get(name)
        return Box(
            self.add_prefix(name),
            str(self.fields[name].label or ""),
            self.text(name),
            str(sentences[0]) if sentences else "",
            self.cleaned_data.get(name),
        )

    def boxes(self) -> dict[str, Box]:
        """All boxes of the row, by name."""
        return {name: self.box(name) for name in self.fields}
