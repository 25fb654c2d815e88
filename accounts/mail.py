"""Mail to people. Its words are in templates/mail: the first line is the subject."""

import logging

from django.core.mail import send_mail
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


def send(user, template, **context):
    """Sends ``templates/mail/<template>.txt`` to the person. False where the server refused it.

    A refusal is logged and not raised: what was saved stays saved, and whether a message was
    tried at all must not show on the page for a forgotten password.
    """
    words = render_to_string(f"mail/{template}.txt", context | {"person": user})
    subject, _, body = words.strip().partition("\n")
    try:
        send_mail(subject.strip(), body.lstrip(), None, [user.email])
    except OSError:  # SMTPException is one of them.
        logger.exception("Could not send the message %s to account %s.", template, user.pk)
        return False
    return True
