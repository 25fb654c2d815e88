"""The forms in which a paper is written: its head, and one for each heading."""

from typing import Any

from crispy_forms_gds.layout import Field, Layout, Size, Submit
from django import forms

from bcfportal.lib.forms import DayField, Helper, text_box
from bcfportal.lib.text.bounds import LONGEST_TEXT
from meetings.models import Paper, PaperSection
from meetings.papers.actions import typed_text
from typed.asking import AsksAboutDays

HOW = (
    "Each line is a paragraph and gets its number. Begin a line with “- ” for a bullet, “# ” for a "
    "small heading, “> ” for a line without a number. A line with “ | ” or a tab between its cells "
    "is a row of a table; the first row heads it. A number that you type, such as “12.”, is kept."
)


class PaperForm(forms.Form):
    """A form of a paper: small labels above its boxes, and one button."""

    button = "Save"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = Helper(Layout(*map(self._part, self.fields), Submit("submit", self.button)))

    def _part(self, name: str) -> Field:
        field = self.fields[name]
        if isinstance(field, DayField):
            return Field(name, context={"legend_size": Size.for_legend(Size.SMALL)})
        if isinstance(field.widget, forms.Textarea):
            rows = field.widget.attrs["rows"]
            return Field.textarea(name, label_size=Size.SMALL, rows=rows)
        if isinstance(field, forms.BooleanField):
            return Field.checkbox(name)
        if isinstance(field, forms.ChoiceField):
            return Field.select(name, label_size=Size.SMALL)
        return Field.text(name, label_size=Size.SMALL)


class HeadForm(PaperForm):
    """What stands above a paper. People are named by post."""

    title = text_box("Title", longest=300, missing="Enter the title of the paper.")
    author_post = text_box(
        "Report of",
        longest=120,
        missing="Say whose report it is, by post.",
        help_text="The post, not a person’s name.",
    )
    signatory_post = text_box(
        "Signed by (optional)", longest=120, help_text="The post, where it is another."
    )
    contact_post = text_box("Contact (optional)", longest=120, help_text="The post.")
    reference = text_box("Reference (optional)", longest=60)
    strategic_impact = text_box("Strategic impact (optional)", longest=LONGEST_TEXT, lines=4)
    divisions = text_box("Electoral divisions and members affected (optional)", longest=300)


def head_of(paper: Paper | None) -> dict[str, str]:
    """What the boxes of the head hold."""
    return {name: getattr(paper, name, "") for name in HeadForm.base_fields}


class SectionForm(AsksAboutDays, PaperForm):
    """A heading with what stands below it."""

    kind = forms.ChoiceField(
        label="What stands below it",
        choices=PaperSection.Kind.choices,
        initial=PaperSection.Kind.INFORMATION,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Choose what stands below the heading."
        ),
    )
    heading = text_box("Heading", longest=300, missing="Enter the heading.")
    level = forms.TypedChoiceField(
        label="How it stands in the paper",
        choices=[
            (1, "A heading of the paper"),
            (2, "Below the heading before it"),
            (3, "Two below"),
        ],
        coerce=int,
        initial=1,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Choose how the heading stands in the paper."
        ),
    )
    text = text_box("Paragraphs", longest=LONGEST_TEXT, lines=18, help_text=HOW)
    none = forms.BooleanField(
        label="There are no implications of this kind, and the paper says so", required=False
    )
    to_follow = forms.BooleanField(label="The comment is to follow", required=False)
    dated = DayField(label="Day of the comment (optional)")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, text = cleaned.get("kind"), cleaned.get("text")
        if cleaned.get("none") and kind != PaperSection.Kind.IMPLICATION:
            self.add_error("none", "Only of implications it is said that there are none.")
        elif cleaned.get("none") and text:
            self.add_error("none", "There are paragraphs above: take them out, or this tick.")
        if kind != PaperSection.Kind.COMMENT:
            for name in ("dated", "to_follow"):
                if cleaned.get(name):
                    self.add_error(name, "Only a comment of an officer has a day or is to follow.")
        elif cleaned.get("to_follow") and text:
            self.add_error("to_follow", "There are paragraphs above: take them out, or this tick.")
        return cleaned


def section_of(section: PaperSection | None) -> dict[str, Any]:
    """What the boxes of a heading hold."""
    if section is None:
        return {}
    names = ("kind", "heading", "level", "none", "to_follow", "dated")
    return {name: getattr(section, name) for name in names} | {"text": typed_text(section)}
