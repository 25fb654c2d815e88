"""Keeping what is typed into a section of a report, by any number of people and tabs at once."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from accounts.models import User
from bcfportal.lib import clock
from bcfportal.lib.text.bounds import too_much_typed
from publishing.history import How, Restored, last_save, write_down, write_down_press
from publishing.models.drafts import DraftSection
from publishing.workflow import NotNow
from typed.merging import Conflict, Merged, merge

Section = TypeVar("Section", bound=DraftSection)


def save_boxes(
    locked: Callable[[], Section],
    typed: dict[str, str],
    *,
    version: int,
    by: User,
    was: dict[str, str] | None = None,
    whole: bool = True,
    only_new: bool = False,
    before: Callable[[Section], None] | None = None,
    how: How = How.SAVED,
    restored: Restored | None = None,
) -> Section:
    """Keeps what was typed in a section, right or wrong, and that the person wrote in its report.

    ``locked`` locks the report and gives the section, or raises PermissionDenied or NotNow.
    ``version`` is the one that the person began from, ``was`` the fingerprints of what the boxes
    held then; where somebody saved since, the boxes are merged by ``typed.merging.merge``. Where
    ``typed`` is not the ``whole`` section, boxes that it leaves out stay as they are. ``before`` is
    called where something is new. Empty boxes are not kept. A section that was never saved counts
    as saved once somebody presses its button, though nothing be in it; with ``only_new`` it does
    not. ``how`` it was saved stands in the history of the section; with ``restored`` the texts are
    those of an earlier version, and stand in place of all that the person saw.

    Raises NotNow for too much, Stale where something else stands than was seen, and what ``locked``
    raises, and then keeps nothing; Conflict where both changed a box, and then keeps all others.
    """
    if reason := too_much_typed(typed):
        raise NotNow(reason)
    with transaction.atomic():
        section = locked()
        earlier = (section.saved_by, section.saved_at)
        if restored:
            restored.seen.require(section)
            merged = Merged(dict(typed))
        else:
            merged = _merged(section, typed, version, was, whole)
        boxes = {field: text for field, text in merged.boxes.items() if text}
        if boxes != section.typed or not (section.version or only_new):
            if before:
                before(section)
            last = last_save(section)
            section.typed, section.version = boxes, section.version + 1
            section.saved_by, section.saved_at = by, clock.now()
            section.save()
            if restored:
                write_down(section, How.RESTORED, last, restored.version)
            else:
                write_down(section, how, last)
            section.keep_writer(by)
        elif how == How.SAVED and section.version and not restored:
            write_down_press(section, by)
    if merged.clashes:
        raise Conflict(section, merged.clashes, *earlier)
    return section


def _merged(
    section: DraftSection,
    typed: dict[str, str],
    version: int,
    was: dict[str, str] | None,
    whole: bool,
) -> Merged:
    if section.version == version or not (section.version or section.typed):
        # Of what nobody has saved yet there is no other text.
        return Merged(dict(typed) if whole else section.typed | typed)
    # In a whole section what is left out was emptied.
    mine = (dict.fromkeys(section.typed, "") if whole else {}) | typed
    return merge(was, mine, section.typed)
