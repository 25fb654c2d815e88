"""What an officer types on the page of a review: notes to the commissioner, or why."""

from typing import Any

from django import forms

from bcfportal.lib.text.bounds import MOST_IN_BOX
from publishing.models import Report, SectionName

# What the box for words is called, by what is done with the return.
LABELS = {
    "send back": "Anything else",
    "reopen": "Why it is reopened",
    "not needed": "Why none is needed",
}


class ReviewForm(forms.Form):
    """A note for each section that has to change, where the return can be sent back; and words."""

    def __init__(self, *args: Any, report: Report, action: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boxes = dict.fromkeys(report.section_names if action == "send back" else ())
        labels = {f"note-{name}": SectionName(name).label for name in boxes}
        for name, label in (labels | {"words": LABELS[action]}).items():
            # How much is too much is said by what is done with it.
            self.fields[name] = forms.CharField(
                label=label, required=False, max_length=MOST_IN_BOX, strip=False
            )

    @property
    def notes(self) -> dict[str, str]:
        """What is typed beside each section, by its name; only where something is."""
        typed = {name: self.typed(f"note-{name}") for name in SectionName.values}
        return {name: text for name, text in typed.items() if text}

    @property
    def comment(self) -> str:
        return self.typed("words")

    def typed(self, name: str) -> str:
        return str(self[name].value() or "").strip() if name in self.fields else ""
