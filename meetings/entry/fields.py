"""Boxes of the forms of meetings, and their rows."""

from datetime import time
from typing import Any, cast

from crispy_forms_gds.layout import Layout
from django import forms

from bcfportal.lib.forms import Helper, Named, text_box
from bcfportal.lib.sentences import time_words
from bcfportal.lib.text.typed_times import read_time

POST = "The post or the role, not a person’s name."
MOST_ROWS = 60


class TimeField(Named, forms.CharField):
    """A time of day, typed as people write it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(**options)
        self.widget.attrs |= {"class": "govuk-input--width-5"}

    def prepare_value(self, value: time | str | None) -> str | None:
        return time_words(value) if isinstance(value, time) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "").strip()

    # Django says of a field of text that it reads into a text; this one reads into a time.
    def clean(self, value: str | None) -> time | None:  # type: ignore[override]
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_time(text)
        except ValueError as error:
            raise self.refusal(str(error)) from error


def box(label: str, *, longest: int = 200, **options: Any) -> forms.CharField:
    """A box for words."""
    return text_box(label, longest=longest, **options)


def one_of(
    label: str, choices: list[tuple[Any, str]], *, missing: str = "", **options: Any
) -> forms.ChoiceField:
    """A list to choose from."""
    return forms.ChoiceField(
        label=label,
        required=bool(missing),
        choices=choices,
        error_messages={"required": missing, "invalid_choice": "Choose one from the list."},
        **options,
    )


def parts_of(form: forms.BaseForm) -> Helper:
    """A helper of a form that stands within its page's own form element."""
    helper = Helper(Layout(*form.fields))
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


class Row(forms.Form):
    """One of several of a kind, such as a decision. A row in which nothing is typed is none."""

    # What is no sign that anything was typed.
    given: frozenset[str] = frozenset()

    def __init__(self, *args: Any, of: Any = None, **kwargs: Any) -> None:
        """``of`` is the item or the meeting that the row is of."""
        super().__init__(*args, **kwargs)
        self.of = of
        self.prepare()
        if self.initial:
            self.fields["remove"] = forms.BooleanField(label="Remove this", required=False)
        self.helper = parts_of(self)

    def prepare(self) -> None:
        """Gives the boxes what they need to know of what the row is of."""

    @property
    def is_none(self) -> bool:
        """Whether nothing is said: an empty row, or one that is to be removed."""
        if not hasattr(self, "cleaned_data"):
            return True
        said = {name: value for name, value in self.cleaned_data.items() if name not in self.given}
        return bool(said.pop("remove", False)) or not any(
            value not in (None, "") for value in said.values()
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.is_none and not self.errors:
            return given
        if given.get("remove"):
            # What is removed need not be right.
            self.errors.clear()
            return given
        self.ask_for_what_is_missing(given)
        return given

    def ask_for_what_is_missing(self, given: dict[str, Any]) -> None:
        """Says of a row in which something is typed what else it needs."""

    def need(self, given: dict[str, Any], name: str, sentence: str) -> None:
        """Says ``sentence`` at the box where it is empty and nothing else is wrong with it."""
        if given.get(name) in (None, "") and name not in self.errors:
            self.add_error(name, sentence)


class Rows(forms.BaseFormSet):
    """All of a kind, and some empty ones to fill."""

    noun: str

    @property
    def said(self) -> list[dict[str, Any] | None]:
        """What each row says, in order; None of one that says nothing or is to be removed."""
        return [None if form.is_none else form.cleaned_data for form in self.forms]

    @property
    def titled(self) -> list[tuple[str, forms.Form]]:
        """(what it is called, row) for each: "Decision 1"."""
        return [(f"{self.noun} {number}", form) for number, form in enumerate(self.forms, 1)]


def rows_of(row: type[Row], noun: str, *, empty: int = 2) -> type[Rows]:
    """The class of a list of rows of which each is called ``noun``."""
    made: Any = forms.formset_factory(
        row, formset=Rows, extra=empty, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )
    made.noun = noun
    return cast(type[Rows], made)
