"""Letters of a return's texts that no paper can print: who writes and who checks them are told."""

from collections.abc import Iterable

from bcfportal.lib.papers.typesetting import unprinted
from outcomes.entry.draft import Draft
from outcomes.vital_signs.content import VitalSigns
from publishing.models import SectionName
from returns.content import Sheet
from returns.warnings.held_back_in_words import texts_of


def in_typed_letters(draft: Draft, names: Iterable[SectionName]) -> list[str]:
    """Sentences about the boxes of these sections, as they are typed."""
    texts: list[tuple[str, str]] = []
    for name in names:
        if name == SectionName.MEASURES:
            rows = draft.grid.rows
            texts += [(f"Comment on {row.name}", row.boxes["comment"].text) for row in rows]
        else:
            texts += [(box.label, box.text) for box in draft.boxes_in_words(name)]
    return _said(texts)


def in_letters_of(sheets: Iterable[Sheet | VitalSigns]) -> list[str]:
    """The same of reports that are written."""
    return [sentence for sheet in sheets for sentence in _said(texts_of(sheet))]


def _said(texts: Iterable[tuple[str, str]]) -> list[str]:
    return [
        f"{name}: papers print □ in place of {letters}."
        for name, text in texts
        if (letters := unprinted(text))
    ]
