"""Which version a person may read: one rule for every subject.

| version | everybody | people of the council |
| --- | --- | --- |
| current or superseded | reads it | read it |
| withdrawn | 410, with its page | read it under a banner, where the address names the version |
| superseded, and shows what was withdrawn | 410, with its page | the same |
| superseded, and gives a figure held back since | 410, with its page | 410, with its page |
| not published | 404 | those whom ``Kind.drafts`` names read a preview |

An address that names no version, only the period, day or paper, asks for the current one: where
that is withdrawn, people of the council are told what everybody is. The bytes of frozen content can
say nothing beside themselves, so of what is withdrawn nobody is given them.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db.models import Model
from django.http import Http404

from accounts.roles import Permission
from bcfportal.lib.versions import VersionStatus
from bcfportal.lib.withdrawals import MayBeWithdrawn, Withdrawn
from projects.access import Access
from publishing.publications import KINDS, kind_of, require_read

ONLY_PEOPLE_OF_THE_COUNCIL = "Only people of the council can read it; everybody else is told so."


def reads_drafts(model: type[Model], access: Access) -> bool:
    """Whether the person reads what is not published of the kind, as a preview or working copy."""
    return any(access.may(permission) for permission in KINDS[model].drafts)


def as_read_by(
    access: Access,
    version: VersionStatus,
    model: type[Model],
    row: Callable[[], Any],
    *,
    named: bool,
) -> VersionStatus:
    """The version as this person reads it: with why others may not, if they may not.

    ``row`` gives the record of the version, which is of ``model``; it is asked only where that is
    needed. ``named`` says whether the address names the version. Raises Withdrawn, HeldBackSince or
    Http404 where the person may not read it.
    """
    if not version.is_published:
        if not reads_drafts(model, access):
            raise Http404("Not published.")
        return version
    inside = named and access.may(Permission.PREVIEW)
    not_read = None
    if named and KINDS[model].shows_earlier_reports:
        # What is withdrawn itself says so, whatever else it showed that is withdrawn.
        not_read = require_read(row(), withdrawn_too=inside or bool(version.withdrawn_on))
    if version.withdrawn_on:
        if not inside:
            raise Withdrawn(row())
        return _kept_from_others(version, f"{version.standing_words}.")
    if not_read and not_read.withdrawn:
        of = kind_of(not_read.withdrawn).name(not_read.withdrawn)
        return _kept_from_others(version, f"It shows reports as of {of} that were withdrawn.")
    return version


def require_public(row: Any) -> None:
    """Raises Withdrawn or HeldBackSince where everybody may not read the version any more."""
    if isinstance(row, MayBeWithdrawn) and row.withdrawal:
        raise Withdrawn(row)  # type: ignore[arg-type]
    require_read(row)


def _kept_from_others(version: VersionStatus, why: str) -> VersionStatus:
    return replace(version, kept_from_others=f"{why} {ONLY_PEOPLE_OF_THE_COUNCIL}")
