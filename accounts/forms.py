"""The forms for signing in and for passwords."""

from typing import Any

from crispy_forms_gds.layout import Layout, Submit
from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.core.exceptions import ValidationError

from accounts.backends import may_sign_in
from accounts.models import User
from bcfportal.lib.forms import Helper

HINT = "Use at least 12 characters. Three or four unrelated words make a good password."
# The longest that mail takes.
LONGEST_ADDRESS = 254


class EmailAddressField(forms.EmailField):
    """An email address. Of one that is too long nothing else is said."""

    def __init__(self, *, required: str, **given: Any) -> None:
        said = {
            "required": required,
            "invalid": "Enter an email address like name@example.org.",
            "max_length": f"Enter an email address of at most {LONGEST_ADDRESS} characters.",
        }
        super().__init__(
            label="Email address", max_length=LONGEST_ADDRESS, error_messages=said, **given
        )

    def run_validators(self, value: str) -> None:
        if len(value) > LONGEST_ADDRESS:
            raise ValidationError(self.error_messages["max_length"], code="max_length")
        super().run_validators(value)


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "Check the email address and the password: they do not match.",
        "inactive": "This account is closed. Ask the administrator of your council.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Email address"
        self.fields["username"].error_messages["required"] = "Enter your email address."
        self.fields["username"].widget.input_type = "email"
        self.fields["username"].widget.attrs.pop("autofocus", None)
        self.fields["password"].error_messages["required"] = "Enter your password."
        self.helper = Helper(Layout("username", "password", Submit("submit", "Sign in")))


class ForgottenPasswordForm(forms.Form):
    email = EmailAddressField(
        required="Enter your email address.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = Helper(Layout("email", Submit("submit", "Send me a link")))

    def person(self):
        """The account with that address, if it may sign in; invited people have one too."""
        user = User.objects.by_email(self.cleaned_data["email"])
        return user if user and may_sign_in(user) else None


class NewPassword(forms.Form):
    """What the two forms that take a new password say."""

    error_messages: dict[str, Any] = {
        "password_mismatch": "Type the same new password in both boxes."
    }

    def prepare(self, *names, submit):
        first, second = self.fields["new_password1"], self.fields["new_password2"]
        first.label, first.help_text = "New password", HINT
        first.error_messages["required"] = "Enter a new password."
        second.label, second.help_text = "New password again", ""
        second.error_messages["required"] = "Enter the new password again."
        for field in self.fields.values():
            field.widget.attrs.pop("autofocus", None)
        self.helper = Helper(
            Layout(*names, "new_password1", "new_password2", Submit("submit", submit))
        )


class SetNewPasswordForm(NewPassword, SetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.prepare(submit="Set the password")


class ChangePasswordForm(NewPassword, PasswordChangeForm):
    error_messages: dict[str, Any] = NewPassword.error_messages | {
        "password_incorrect": "Enter your current password."
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        old = self.fields["old_password"]
        old.label = "Current password"
        old.error_messages["required"] = "Enter your current password."
        self.prepare("old_password", submit="Change the password")
