"""What the sentences of a return say twice, so that both cannot be so.

A per cent against its part and whole, a total against its parts, a day to come that had passed, a
count against its measure. In prose: docs/rules/sentences.md.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from outcomes.entry.draft import Draft
from outcomes.project_measures.content import Measure
from outcomes.vital_signs.content import VitalSigns
from publishing.models import SectionName
from returns.content import Sheet
from returns.warnings.held_back_in_words import texts_of
from stated.sentences.counts import Counted, counts_apart
from stated.sentences.past_days import days_passed
from stated.sentences.reading import Slip
from stated.sentences.shares import shares_apart
from stated.sentences.totals import totals_apart

REPORTED = "reported"
SHARE = "A per cent is not what its part and whole make"
TOTAL = "A total is not what its parts add up to"
PASSED = "A day that is to come had passed"
COUNT = "A count is not the measure's"


class SlipSaid(NamedTuple):
    """A slip, which kind it is, and what the text is called that has it."""

    kind: str
    title: str
    slip: Slip

    @property
    def sentence(self) -> str:
        """The slip in a sentence, for who writes or checks the return."""
        return f"{self.title}: “{self.slip.said}”, but {self.slip.other} ({self.slip.by})."


def slips_in(
    texts: Iterable[tuple[str, str]], sheet: Sheet | VitalSigns | None, written: date
) -> Iterator[SlipSaid]:
    """The slips of these texts, (title, text) each, which were written on ``written``.

    Counts are held against the measures of ``sheet``, a project's; without one they are not.
    """
    measures = list(_counted(sheet)) if isinstance(sheet, Sheet) else []
    kinds: dict[str, Callable[[str], Iterable[Slip]]] = {
        SHARE: shares_apart,
        TOTAL: totals_apart,
        PASSED: lambda text: days_passed(text, written),
        COUNT: lambda text: counts_apart(text, measures),
    }
    said: set[tuple[str, Slip]] = set()
    for title, text in texts:
        for kind, slips in kinds.items():
            for slip in slips(text):
                # A sentence that stands in two boxes is said once.
                if (kind, slip) not in said:
                    said.add((kind, slip))
                    yield SlipSaid(kind, title, slip)


def in_sentences_of(sheet: Sheet | VitalSigns, written: date) -> list[str]:
    """Sentences about the slips of a return that is written."""
    return [slip.sentence for slip in slips_in(texts_of(sheet), sheet, written)]


def in_typed_sentences(draft: Draft, names: Iterable[SectionName], written: date) -> list[str]:
    """The same of the boxes of these sections as they are typed."""
    texts = [
        (box.label, box.text)
        for name in names
        if name != SectionName.MEASURES
        for box in draft.boxes_in_words(name)
    ]
    return [slip.sentence for slip in slips_in(texts, None, written)]


def _counted(sheet: Sheet) -> Iterator[Counted]:
    for measure in sheet.measures:
        whole = [row for row in measure.results if row.period == sheet.period and not row.segment]
        if whole and whole[0].status == REPORTED and whole[0].value is not None:
            value = whole[0].value
            others = _numbers(measure) - {value}
            yield Counted(measure.text, value, measure.unit, measure.decimals, frozenset(others))


def _numbers(measure: Measure) -> set[Decimal]:
    """All that the page gives of the measure besides."""
    numbers = {measure.target, *(target.value for target in measure.targets)}
    for row in measure.results:
        numbers |= {row.value, row.numerator, row.denominator}
    return {number for number in numbers if number is not None}
