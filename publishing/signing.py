"""Steps that several have to sign, in any order: who has, and who is still waited for."""

import hashlib
from dataclasses import dataclass

from django.db.models import Model

from accounts.models import User
from accounts.roles import Permission
from bcfportal.lib import clock
from publishing.models.signatures import Signature


@dataclass(frozen=True)
class Signatory:
    """A body that has to sign a step, and who may sign for it."""

    body: str
    # Any of these permissions is enough.
    who: frozenset[Permission]


def mark_in_hex(mark: str) -> str:
    """SHA-256 in hex of the mark of what was read; see ``typed.seen.mark_of``."""
    return hashlib.sha256(mark.encode()).hexdigest()


def signed(record: Model, action: str, mark: str) -> dict[str, Signature]:
    """The signatures under what the record says now, by body. Those of another text have lapsed."""
    rows = Signature.objects.filter(
        kind=record._meta.label_lower, record=record.pk, action=action, mark=mark_in_hex(mark)
    )
    return {row.body: row for row in rows}


def sign(
    record: Model, action: str, body: str, mark: str, *, by: User, on_behalf_of: str = ""
) -> Signature:
    """Writes the signature of a body under what the record says now."""
    return Signature.objects.create(
        kind=record._meta.label_lower,
        record=record.pk,
        action=action,
        body=body,
        mark=mark_in_hex(mark),
        by=by,
        on_behalf_of=on_behalf_of,
        at=clock.now(),
    )
