"""The history of a section: each save of it, written down as it was typed.

What a page saved by itself is bounded, so that typing makes no table without end; what a person
saved stays. ``docs/decisions/0028-history-of-drafts.md`` says why.
"""

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from bcfportal.lib import clock
from publishing.models.drafts import DraftSave, DraftSection
from typed.seen import Seen

How = DraftSave.How
# So many of the saves that pages of one section made by themselves are kept.
MOST_BY_ITSELF = 50


@dataclass(frozen=True)
class Restored:
    """That an earlier version is saved again, over what the person saw to stand."""

    version: int
    seen: Seen[DraftSection]


def last_save(section: DraftSection) -> DraftSave | None:
    """The last save of a section that is locked; None where it was never saved.

    What stands in the section and was never written down is written down first.
    """
    if section.pk is None:
        return None
    last: DraftSave | None = section.saves.first()
    stands = unwritten(section, last)
    if stands is None:
        return last
    stands.save()
    return stands


def unwritten(section: DraftSection, last: DraftSave | None) -> DraftSave | None:
    """What stands in the section, where its history does not have it: not saved.

    So it is with what was typed before saves were written down.
    """
    if not section.saved_by_id or (last and last.version == section.version):
        return None
    return _save_of(section, How.SAVED)


def write_down(
    section: DraftSection, how: How, last: DraftSave | None, restored_from: int | None = None
) -> None:
    """Adds what the section holds now to its history. ``last`` is its save before.

    What a page saved by itself takes the place of what it saved by itself before in the same hour
    for the same person, where that is all still there; if more than MOST_BY_ITSELF are kept, the
    oldest of them go.
    """
    save = _save_of(section, how, restored_from)
    save.save()
    if how != How.ITSELF:
        return
    if last and _is_all_in(last, save):
        last.delete()
        return
    by_themselves = section.saves.filter(how=How.ITSELF)
    beyond = by_themselves.order_by("-pk").values("pk")[MOST_BY_ITSELF:]
    by_themselves.filter(pk__in=beyond).delete()


def write_down_press(section: DraftSection, by: User) -> None:
    """Keeps for good what a page had saved by itself, once a person presses Save over it."""
    last = last_save(section)
    if last is None or last.how != How.ITSELF:
        return
    save = _save_of(section, How.SAVED)
    save.by, save.at = by, clock.now()
    save.save()
    if last.by_id == by.pk:
        last.delete()


def only_added_to(before: str, after: str) -> bool:
    """Whether all of the text is still there: one thing was put in at most, at one place.

    To figures something can only be added at the end: 12 is not in 132, but is begun in 123.
    """
    pairs = enumerate(zip(before, after, strict=False))
    shorter = min(len(before), len(after))
    start = next((place for place, (old, new) in pairs if old != new), shorter)
    if not any(sign.isalpha() for sign in before):
        return start == len(before)
    return len(after) >= len(before) and after.endswith(before[start:])


def _is_all_in(earlier: DraftSave, later: DraftSave) -> bool:
    hours = [
        timezone.localtime(save.at).replace(minute=0, second=0, microsecond=0)
        for save in (earlier, later)
    ]
    return (
        earlier.how == How.ITSELF
        and earlier.by_id == later.by_id
        and hours[0] == hours[1]
        and all(
            only_added_to(text, later.typed.get(field, "")) for field, text in earlier.typed.items()
        )
    )


def _save_of(section: DraftSection, how: How, restored_from: int | None = None) -> DraftSave:
    save: DraftSave = section.saves.model(
        section=section,
        version=section.version,
        typed=section.typed,
        by=section.saved_by,
        at=section.saved_at,
        how=how,
        restored_from=restored_from,
    )
    return save
