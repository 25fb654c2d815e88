"""Boxes of the savings forms."""

from django import forms


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
