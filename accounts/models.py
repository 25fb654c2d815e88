"""People who sign in, known by their email address."""

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac


class UserManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


def new_session_salt():
    return get_random_string(32)


# Signing in writes last_login, and a password is nobody's to read: neither belongs in a history.
@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["password", "last_login", "session_salt"],
)
class User(AbstractBaseUser, PermissionsMixin):
    """A person. The portal shows the post that a person holds, never a name."""

    email = models.EmailField(
        unique=True, error_messages={"invalid": "Enter an email address like name@example.org."}
    )
    post = models.CharField(max_length=120, help_text="Job title, such as Performance officer.")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_demonstration = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)
    session_salt = models.CharField(
        max_length=32,
        default=new_session_salt,
        editable=False,
        help_text="Sessions end when it changes.",
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["post"]

    class Meta:
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_in_any_case",
                violation_error_message="There is already an account with that email address.",
            ),
        ]

    def __str__(self):
        return self.post or self.email

    def end_sessions(self):
        """Signs the person out wherever they are signed in."""
        self.session_salt = new_session_salt()
        self.save(update_fields=["session_salt"])

    def _get_session_auth_hash(self, secret=None):
        # Django hangs a session on the password alone; the salt lets sessions end without it.
        key_salt = "accounts.models.User.session"
        value = self.password + self.session_salt
        return salted_hmac(key_salt, value, secret=secret, algorithm="sha256").hexdigest()
