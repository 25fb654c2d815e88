"""Forms with tables of boxes beside them, a row for each record."""

from typing import Any

from crispy_forms_gds.layout import Layout
from django import forms

from bcfportal.lib.forms import Helper, Named, TextLines, text_box


class GridForm(forms.Form):
    """A row of a table of boxes. A row with nothing in it is no row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # The table says of which row and box it is.
            if isinstance(field, Named):
                field.says_name = False

    @property
    def is_empty(self) -> bool:
        return not any(value not in (None, "") for value in self.cleaned_data.values())


class BaseGrid(forms.BaseFormSet):
    """A table of boxes: a row for each record, and some more to fill."""

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [form.cleaned_data for form in self.forms if not form.is_empty]


def grid(form: type[GridForm], extra: int) -> type[forms.BaseFormSet]:
    """The class of a table whose rows are ``form``."""
    return forms.formset_factory(form, formset=BaseGrid, extra=extra, max_num=40, absolute_max=40)


def parts_of(*parts: Any) -> Helper:
    """A helper whose form stands within a page's own form element."""
    helper = Helper(Layout(*parts))
    helper.form_tag = False
    return helper


def text(label: str, *, length: int = 200, **options: Any) -> TextLines:
    """A box for words."""
    return text_box(label, longest=length, **options)


def choice(label: str, choices: Any, *, missing: str = "", **kwargs: Any) -> forms.ChoiceField:
    """A list to choose from."""
    return forms.ChoiceField(
        label=label,
        required=bool(missing),
        choices=choices,
        error_messages={"required": missing, "invalid_choice": "Choose one from the list."},
        **kwargs,
    )
