"""The forms for inviting people and for what they do in a council."""

from crispy_forms_gds.layout import Field, Layout, Size, Submit
from django import forms

from accounts.forms import EmailAddressField
from accounts.roles import Role
from bcfportal.lib.forms import Helper, field_of, text_box
from projects.models import Project

ROLE_WORDS = [
    (Role.COMMISSIONER, "Commissioner: reports on the projects ticked below"),
    (Role.PERFORMANCE_OFFICER, "Performance officer: runs the quarter, reviews and approves"),
    (Role.FINANCE_OFFICER, "Finance officer: reads every return, keeps the money"),
    (Role.MEMBER, "Committee member: reads what is approved before it is published"),
    (Role.ADMINISTRATOR, "Administrator: people, funds, purposes, thresholds"),
]
# An administrator who could would take over accounts, other councils' roles with them.
WHO_CHANGES_IT = "Whoever runs this installation can change the address later."


class WorkForm(forms.Form):
    """A person's roles and projects in the council; with an email address, for an invitation."""

    email = EmailAddressField(
        required="Enter the person's email address.",
        help_text=f"The invitation goes there. {WHO_CHANGES_IT}",
    )
    post = text_box(
        "Post",
        longest=120,
        help_text="Job title, such as Performance officer. The portal shows it, never a name.",
        missing="Enter the person's post.",
    )
    roles = forms.MultipleChoiceField(
        label="Roles",
        choices=ROLE_WORDS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one role.",
            "invalid_choice": "Choose roles from the list.",
            "invalid_list": "Choose roles from the list.",
        },
    )
    projects = forms.ModelMultipleChoiceField(
        queryset=Project.objects.none(),
        label="Projects to report on",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="For commissioners.",
        error_messages={
            "invalid_choice": "Choose projects of this council from the list.",
            "invalid_pk_value": "Choose projects of this council from the list.",
            "invalid_list": "Choose projects of this council from the list.",
        },
    )

    def __init__(self, *args, council, submit, person=None, by=None, keep_post="", **kwargs):
        super().__init__(*args, **kwargs)
        self.is_invited = person is None
        self.removes_own_role = person is not None and by == person.user
        kept = [project.pk for project in person.projects] if person else []
        field_of(self, "projects", forms.ModelChoiceField).queryset = (
            council.projects.live() | council.projects.filter(pk__in=kept)
        )
        if person:
            del self.fields["email"]
        if not field_of(self, "projects", forms.ModelChoiceField).queryset:
            # Hide the field when there is nothing to choose.
            del self.fields["projects"]
        if keep_post:
            self.fields["post"].disabled = True
            self.fields["post"].help_text = keep_post
        self.helper = Helper(
            Layout(
                *(name for name in ("email", "post") if name in self.fields),
                *(
                    Field.checkboxes(name, legend_size=Size.SMALL, small=True)
                    for name in ("roles", "projects")
                    if name in self.fields
                ),
                Submit("submit", submit),
            )
        )

    def roles_and_projects(self):
        """The roles and projects that were chosen."""
        chosen = self.cleaned_data
        return {"roles": chosen["roles"], "projects": chosen.get("projects", [])}

    def clean_roles(self):
        roles = [Role(role) for role in self.cleaned_data["roles"]]
        if self.removes_own_role and Role.ADMINISTRATOR not in roles:
            raise forms.ValidationError(
                "You cannot take away your own role of administrator, because nobody might be "
                "left to give it back. Ask another administrator to do it."
            )
        return roles

    def clean(self):
        super().clean()
        given = self.cleaned_data
        roles = given.get("roles")
        if roles and given.get("projects") and Role.COMMISSIONER not in roles:
            self.add_error(
                "roles",
                "Choose Commissioner too, or no projects: only commissioners report on projects.",
            )
        asked = self.is_invited and "projects" in self.fields and "projects" not in self.errors
        if asked and Role.COMMISSIONER in (roles or ()) and not given.get("projects"):
            self.add_error("projects", "Choose the projects that this commissioner reports on.")
        return given
