"""Boxes of the savings forms and their tables."""

from crispy_forms_gds.layout import Layout
from django import forms

from bcfportal.lib.forms import Helper, Named, text_box


class GridForm(forms.Form):
    """A row of a table of boxes. A row with nothing in it is no row."""

    def __init__(self, *args, **kwargs):
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
    def rows(self) -> list[dict]:
        return [form.cleaned_data for form in self.forms if not form.is_empty]


def grid(form, extra):
    """The class of a table whose rows are ``form``."""
    return forms.formset_factory(form, formset=BaseGrid, extra=extra, max_num=40, absolute_max=40)


def parts_of(*parts):
    """A helper whose form stands within a page's own form element."""
    helper = Helper(Layout(*parts))
    helper.form_tag = False
    return helper


def text(label, *, length=200, **options):
    """A box for words."""
    return text_box(label, longest=length, **options)


def choice(label, choices, *, missing="", **kwargs):
    """A list to choose from."""
    return forms.ChoiceField(
        label=label,
        required=bool(missing),
        choices=choices,
        error_messages={"required": missing, "invalid_choice": "Choose one from the list."},
        **kwargs,
    )


def record(label, *, missing="", **kwargs):
    """A list of records to choose from; the form sets which."""
    from projects.models import Project

    sentence = "Choose one from the list."
    return forms.ModelChoiceField(
        queryset=Project.objects.none(),
        label=label,
        required=bool(missing),
        empty_label="None" if not missing else "Choose one",
        error_messages={
            "required": missing,
            "invalid_choice": sentence,
            "invalid_pk_value": sentence,
        },
        **kwargs,
    )
