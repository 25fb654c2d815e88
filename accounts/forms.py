"""The form for signing in."""

from crispy_forms_gds.layout import Layout, Submit
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError

from bcfportal.lib.forms import Helper


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "Check the email address and the password: they do not go together.",
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

    def confirm_login_allowed(self, user):
        super().confirm_login_allowed(user)
        if user.is_demonstration and not settings.DEMONSTRATION:
            raise ValidationError("Demonstration accounts work in a demonstration only.")
