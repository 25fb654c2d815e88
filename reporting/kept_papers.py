"""Papers of what is published, kept byte for byte as they were first handed out."""

import hashlib
from collections.abc import Callable

from bcfportal.lib import clock
from reporting.models import KeptPaper


def kept_paper(fingerprint: str, name: str, make: Callable[[], bytes]) -> bytes:
    """The paper of that name of the frozen content: made once, and the same bytes ever after.

    ``fingerprint`` is the SHA-256 of the content in hex. Whatever changes in the portal since, a
    paper that somebody may have in hand stays what it was.
    """
    kept = KeptPaper.objects.filter(fingerprint=fingerprint, name=name).first()
    if kept is None:
        content = make()
        kept, _ = KeptPaper.objects.get_or_create(
            fingerprint=fingerprint,
            name=name,
            defaults={
                "content": content,
                "sha256": hashlib.sha256(content).hexdigest(),
                "made_at": clock.now(),
            },
        )
    return bytes(kept.content)
