"""Papers of what is published, kept byte for byte as they were first handed out.

One mechanism for every subject: a paper is kept under the fingerprint of the frozen content that
it is of, and under its name. A quarter, a month, a finance report and a risk register all hand
their papers out here.
"""

import base64
import hashlib
from collections.abc import Callable, Iterable

from django.http.response import HttpResponseBase

from bcfportal.lib import clock
from bcfportal.lib.downloads import download
from bcfportal.lib.versions import VersionStatus
from publishing.models import KeptPaper


def kept_paper(fingerprint: str, name: str, make: Callable[[], bytes]) -> KeptPaper:
    """The paper of that name for the frozen content: made once, and the same bytes from then on.

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
    return kept


def handed_out(
    make: Callable[[], bytes], *, filename: str, name: str, version: VersionStatus | None
) -> HttpResponseBase:
    """The response with a paper: for what everybody may read, the paper that was first handed out.

    What is not published, or says that only people of the council read it, is made each time. The
    answer says the hash of the file (``Repr-Digest``, RFC 9530).
    """
    everyones = version is not None and version.is_published and not version.kept_from_others
    if version and everyones:
        content = bytes(kept_paper(version.fingerprint, name, make).content)
    else:
        content = make()
    response = download(content, filename, inline=True)
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    response["Repr-Digest"] = f"sha-256=:{digest}:"
    return response


def hashes(fingerprints: Iterable[str]) -> dict[tuple[str, str], str]:
    """SHA-256 in hex of each file kept of these contents, by (fingerprint, name). One query."""
    rows = KeptPaper.objects.filter(fingerprint__in=set(fingerprints))
    kept = rows.values_list("fingerprint", "name", "sha256")
    return {(fingerprint, name): sha256 for fingerprint, name, sha256 in kept}
