"""Where the text of a return that is approved again still gives a figure as it was before.

Who corrects "People seen" from 1,180 to 1,195 is told that a sentence still says 1,180. Numbers
below ten are not looked for: in words they are mostly something else.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from outcomes.entry.draft import Draft
from outcomes.entry.review import FigureRow, figures_of
from outcomes.monthly.review import vital_signs_figures
from outcomes.vital_signs.content import VitalSigns
from publishing.models import Report, SectionName, Snapshot
from publishing.version_cache import sheets_by_fingerprint
from returns.content import Sheet
from returns.subjects import content_of
from returns.warnings.held_back_in_words import texts_of

_NUMBER = re.compile(
    r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w])|(?<![\w.,])\d+(?:\.\d+)?(?!\w)"
)
_SMALLEST = 10
COMMENT = "comment"


def in_typed_again(draft: Draft) -> list[str]:
    """Sentences about the boxes of a return that was approved before. At most two queries."""
    rows = draft.grid.rows
    now = {
        number
        for row in rows
        for name, box in row.boxes.items()
        if name != COMMENT
        for number in _in(box.text)
    }
    texts = [
        (box.label, box.text)
        for name in draft.report.section_names
        if name != SectionName.MEASURES
        for box in draft.boxes_in_words(name)
    ]
    texts += [(f"Comment on {row.name}", row.boxes[COMMENT].text) for row in rows]
    return _said(draft.report, now, texts)


def in_words_again(report: Report, sheet: Sheet | VitalSigns) -> list[str]:
    """The same of a return that is written. At most two queries."""
    now = {number for row in _figures(sheet) for number in _in(f"{row.now} {row.detail}")}
    return _said(report, now, texts_of(sheet))


def _said(report: Report, now: set[Decimal], texts: Iterable[tuple[str, str]]) -> list[str]:
    """A sentence for each text with a number of a figure approved before that none says ``now``."""
    approved = Snapshot.objects.filter(report=report).order_by("-number")
    latest = list(approved.values_list("fingerprint", flat=True)[:1])
    if not latest:
        return []
    [before] = sheets_by_fingerprint(latest, content_of(report.period)).values()
    gone = {
        number: row.title
        for row in _figures(before)
        for number in _in(row.now)
        if number >= _SMALLEST and number not in now
    }
    return [
        f"{name} still says {number:,f}. {gone[number]} was {number:,f} when it was approved, and "
        "is something else now."
        for name, text in texts
        for number in dict.fromkeys(_in(text))
        if number in gone
    ]


def _figures(sheet: Sheet | VitalSigns) -> list[FigureRow]:
    if isinstance(sheet, VitalSigns):
        return vital_signs_figures(sheet)
    return figures_of(sheet, None)


def _in(text: str) -> list[Decimal]:
    """The numbers in the text, in order."""
    return [Decimal(number.replace(",", "")) for number in _NUMBER.findall(text or "")]
