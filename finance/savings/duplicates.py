"""The guard against one saving under two references, which would be counted twice."""

import re
from difflib import SequenceMatcher

from bcfportal.lib.text.invisible import in_plain_signs
from finance.models import Saving, SavingReference

_BETWEEN = re.compile(r"[,;&]|\band\b", re.IGNORECASE)
# Of two titles without case and punctuation; below it the shared beginnings of a programme's
# titles ("Promoting Independence – …") would be taken for sameness.
ALIKE = 0.8


def simplified(text: str) -> str:
    """The text without its case, spaces and punctuation."""
    return re.sub("[^a-z0-9]+", "", text.lower())


def split_references(text: str) -> list[str]:
    """References typed in one box: "COM040 and ASC 003" -> ["COM040", "ASC 003"].

    Letters and the number after them are one reference, whatever space is between.
    """
    references: list[str] = []
    for several in _BETWEEN.split(in_plain_signs(text)):
        parts = several.split()
        for at, part in enumerate(parts):
            if at and parts[at - 1].isalpha() and part[0].isdigit():
                references[-1] = f"{references[-1]} {part}"
            else:
                references.append(part)
    return list(dict.fromkeys(references))


def alike(title: str, other: str) -> bool:
    """Whether two titles are so alike that they may be of the same saving."""
    first, second = simplified(title), simplified(other)
    return bool(first) and SequenceMatcher(None, first, second, autojunk=False).ratio() >= ALIKE


def same_saving(council, title: str, references: list[str], but=None) -> Saving | None:
    """The saving of the council that has this title or one of these references; None for none."""
    wanted = {simplified(reference) for reference in references}
    others = Saving.objects.filter(council=council).exclude(pk=but and but.pk)
    for saving in others:
        if simplified(saving.title) == simplified(title):
            return saving
    taken = SavingReference.objects.filter(council=council).select_related("saving")
    for row in taken.exclude(saving=but) if but and but.pk else taken:
        if simplified(row.reference) in wanted:
            return row.saving
    return None


def similar_savings(council, title: str, but=None) -> list[Saving]:
    """Savings of the council whose titles are much like this one: possible duplicates."""
    others = Saving.objects.filter(council=council).exclude(pk=but and but.pk)
    return [saving for saving in others if alike(saving.title, title)]
