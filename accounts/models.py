"""People who sign in, known by their email address."""

from datetime import datetime

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Value
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac

from bcfportal.lib import clock
from bcfportal.lib.protection import Protect, Trigger, never_emptied, tracked


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, email):
        user = self.by_email(email)
        if user is None:
            raise self.model.DoesNotExist
        return user

    def by_email(self, email):
        """The account with that address in any case, as the database keeps them apart; or None.

        The only way to find an account by what somebody typed. It compares lower case: in upper
        case the dotless ı and i would be the same letter.
        """
        if "\x00" in email:
            return None
        return self.alias(small=Lower("email")).filter(small=Lower(Value(email))).first()

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
# Earlier posts are one.
@tracked(
    exclude=["password", "last_login", "session_salt", "earlier_posts"],
)
class User(AbstractBaseUser, PermissionsMixin):
    """A person. The portal shows the post that a person holds, never a name."""

    email = models.EmailField(
        unique=True, error_messages={"invalid": "Enter an email address like name@example.org."}
    )
    post = models.CharField(max_length=120, help_text="Job title, such as Performance officer.")
    earlier_posts = models.JSONField(
        default=list,
        editable=False,
        help_text="Posts held before, oldest first, and until when. The database writes it.",
    )
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
        triggers = [
            # By the clock of accounts.history.
            Trigger(
                name="user_earlier_posts",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    NEW.earlier_posts = OLD.earlier_posts;
                    IF NEW.post <> OLD.post THEN
                        NEW.earlier_posts = OLD.earlier_posts || jsonb_build_array(
                            jsonb_build_object('post', OLD.post, 'until', coalesce(
                                nullif(current_setting('pghistory.context_metadata', true), '')
                                    ::jsonb -> 'at',
                                to_jsonb(clock_timestamp())
                            ))
                        );
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return self.post or self.email

    def post_at(self, moment: datetime) -> str:
        """The post that the person held at a moment, as a page says it of what was done then."""
        for earlier in self.earlier_posts:
            if moment <= datetime.fromisoformat(earlier["until"]):
                return earlier["post"] or self.email
        return str(self)

    def end_sessions(self):
        """Signs the person out wherever they are signed in."""
        self.session_salt = new_session_salt()
        self.save(update_fields=["session_salt"])

    def _get_session_auth_hash(self, secret=None):
        # Django hangs a session on the password alone; the salt lets sessions end without it.
        key_salt = "accounts.models.User.session"
        value = self.password + self.session_salt
        return salted_hmac(key_salt, value, secret=secret, algorithm="sha256").hexdigest()


class Writer(models.Model):
    """That a person wrote part of a record, so that somebody else approves it. Never changed.

    The records are of apps above this one, so they are named: "publishing.return" and its key.
    """

    kind = models.CharField(max_length=60)
    record = models.PositiveBigIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kind", "record", "since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record", "by"],
                name="writer_once_in_record",
                violation_error_message="It is written down already that this person wrote it.",
            ),
        ]
        triggers = [
            never_emptied("writer"),
            Protect(name="writer_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.by}, {self.kind} {self.record}"


class Message(models.Model):
    """Mail that waits to go out. Its body is deleted once it is sent, as it may hold a link.

    Written with what it tells of, and sent after the answer (``accounts.outbox``).
    """

    to = models.ForeignKey(User, models.CASCADE, related_name="messages")
    template = models.CharField(max_length=40)
    address = models.EmailField(help_text="Where it goes.")
    subject = models.TextField()
    body = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [
            models.Index(
                fields=["made_at"], condition=models.Q(sent_at=None), name="message_waiting"
            )
        ]

    def __str__(self):
        return f"{self.template} to {self.to}"


class Asked(models.Model):
    """A request for mail, from a place or by a person: counted for an hour, then deleted."""

    of = models.CharField(
        max_length=64, help_text="An address of the net, or who sends or gets it."
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["of", "at"], name="asked_of")]

    def __str__(self):
        return f"{self.of} at {self.at:%H:%M}"


BROWSERS = {"Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}


class Session(AbstractBaseSession):
    """A session, and whose it is: so that people can see their own and end them."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    began_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    browser = models.CharField(max_length=200, blank=True)

    @property
    def began(self) -> datetime:
        """When the person signed in, by the portal's clock."""
        return clock.shown(self.began_at)

    @property
    def last_used(self) -> datetime:
        """When it was last used, by the portal's clock."""
        return clock.shown(self.seen_at)

    @property
    def name(self) -> str:
        """What a page calls the session, which is not the key that opens it."""
        return salted_hmac("accounts.models.Session.name", self.session_key).hexdigest()[:20]

    @property
    def program(self) -> str:
        """The browser in a word, from what it says of itself."""
        # Each says that it is like those that came before it, so the youngest are asked for first.
        for sign, word in BROWSERS.items():
            if sign in self.browser:
                return word
        return "Another browser"

    @classmethod
    def get_session_store_class(cls):
        """What reads a row's data: Django's own store, whose writing the portal's takes over."""
        return SessionStore
