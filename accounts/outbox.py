"""Mail is saved with the change that it reports, and sent after the answer.

A thread starts at the commit. Mail that it cannot send, because the mail server does not answer
or the process ends, waits in the database for the next message or the hourly reminders.
"""

import logging
import threading
from pathlib import PurePath

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import Message, User

logger = logging.getLogger(__name__)
# After so many attempts somebody has to check the mail settings.
TRIES = 5
# One worker a process: a mail server that does not answer holds up nobody but mail.
_working = threading.Lock()


def can_receive(user: User) -> bool:
    """Whether mail to the person's account is read by anybody."""
    return user.is_active and (settings.DEMONSTRATION or not user.is_demonstration)


def post(user: User, template: str, *, address: str = "", **context) -> Message:
    """Saves mail made from ``template``, one of ``mail/``; it goes out after the commit.

    The first line of the template is the subject. ``address``: elsewhere than to the account's.
    """
    text = render_to_string(template, context | {"person": user})
    subject, _, body = text.strip().partition("\n")
    return _keep(
        user, PurePath(template).stem, address or user.email, subject.strip(), body.lstrip()
    )


def post_words(user: User, template: str, subject: str, body: str) -> Message:
    """The same for text that is already written."""
    return _keep(user, template, user.email, subject, body)


def _keep(user, template, address, subject, body):
    message = Message.objects.create(
        to=user, template=template, address=address, subject=subject, body=body
    )
    if settings.MAIL_AT_ONCE:
        work_off()
    else:
        transaction.on_commit(begin)
    return message


def begin() -> None:
    """Sends the waiting mail in a thread, after the answer."""
    threading.Thread(target=_in_thread, daemon=True).start()


def work_off() -> int:
    """Sends the waiting mail, oldest first. Returns how many the server did not accept."""
    failed = 0
    for key in Message.objects.filter(sent_at=None, tries__lt=TRIES).values_list("pk", flat=True):
        failed += not _send(key)
    return failed


def _in_thread() -> None:
    try:
        if _working.acquire(blocking=False):
            try:
                work_off()
            finally:
                _working.release()
    except Exception:
        logger.exception("The outbox could not be worked off.")
    finally:
        connection.close()


@transaction.atomic
def _send(key) -> bool:
    """Sends one message, while no other worker can; False if it did not go."""
    message = (
        Message.objects.select_for_update(skip_locked=True).filter(pk=key, sent_at=None).first()
    )
    if message is None:
        return True
    message.tries += 1
    try:
        EmailMessage(message.subject, message.body, to=[message.address]).send()
    except OSError:  # SMTPException is one of them.
        logger.exception("Could not send message %s (%s).", message.pk, message.template)
    else:
        message.sent_at, message.body = timezone.now(), ""
    message.save(update_fields=["tries", "sent_at", "body"])
    return message.sent_at is not None
