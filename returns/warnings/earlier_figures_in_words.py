"""Where the text of a return that is written again still gives a figure as it was before.

Who corrects "People seen" from 1,180 to 1,195 is told that a sentence still says 1,180, whether
the return was approved with that or sent back. In prose: docs/rules/questions.md.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

import msgspec

from bcfportal.lib.money import exact
from bcfportal.lib.text.earlier_figures import Figure, Figures, Told, told_as_they_were
from bcfportal.lib.text.typed_numbers import read_typed
from outcomes.entry.draft import Draft
from outcomes.entry.review import FigureRow, figures_of, figures_typed
from outcomes.monthly.review import vital_signs_figures
from outcomes.vital_signs.content import VitalSigns
from publishing.models import Report, SectionName, Snapshot
from publishing.version_cache import sheets_by_fingerprint
from returns.content import Sheet
from returns.subjects import content_of
from returns.warnings.held_back_in_words import texts_of

_NUMBER = re.compile(
    r"(?<![\w.,])-?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w])|(?<![\w.,])-?\d+(?:\.\d+)?(?!\w)"
)
COMMENT = "comment"
SPEND = (("spend_to_date", "Spent to date"), ("spend_forecast", "The forecast"))
# The submissions that a text may be left from: the last, and that before it.
_SUBMISSIONS = 2
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n")


def in_typed_again(draft: Draft) -> list[str]:
    """Sentences about the boxes of a return that is written again. At most four queries."""
    sections = [name for name in draft.report.section_names if name != SectionName.MEASURES]
    texts = [
        (box.label, box.text)
        for name in sections
        for box in draft.boxes_in_words(name)
        if box.field not in dict(SPEND)
    ]
    rows = draft.grid.rows
    texts += [(f"Comment on {row.name}", row.boxes[COMMENT].text) for row in rows]
    spend = draft.typed(SectionName.SPEND) if SectionName.SPEND in sections else {}
    figures = [_figure(row) for row in figures_typed(draft.grid)]
    figures += [_amount(title, _read(spend.get(name))) for name, title in SPEND if name in spend]
    typed = {
        number
        for row in rows
        for name, box in row.boxes.items()
        if name != COMMENT
        for number in _in(box.text)
    }
    return _said(draft, Figures(figures, frozenset(typed)), texts)


def in_words_again(draft: Draft, sheet: Sheet | VitalSigns) -> list[str]:
    """The same of a return that is written. At most four queries."""
    return _said(draft, _figures(sheet), texts_of(sheet))


class _Then(NamedTuple):
    """Figures as they were and what stands in their place, with when that was.

    ``carried``: only sentences that were filled in from last time are held against them.
    """

    when: str
    was: Figures
    now: Figures
    carried: frozenset[str] | None = None


def _said(draft: Draft, now: Figures, texts: Iterable[tuple[str, str]]) -> list[str]:
    """A sentence for each number of a text that is of a figure as it was and is no more."""
    texts = [(name, text) for name, text in texts if text]
    sentences: dict[tuple[str, str], str] = {}
    for then in _thens(draft, now):
        for name, text in texts:
            for sentence in [text] if then.carried is None else _sentences(text) & then.carried:
                for told in told_as_they_were(sentence, then.was, then.now):
                    said = _sentence(name, told, then.when)
                    sentences.setdefault((name, told.written), said)
    return list(dict.fromkeys(sentences.values()))


def _thens(draft: Draft, now: Figures) -> Iterator[_Then]:
    """What a text can be left from: this return before, last time, last time uncorrected."""
    for when, before in _before(draft.report):
        yield _Then(f"was {{}} when it was {when}", _figures(before), now)
    last = draft.last
    if last is None:
        return
    said = frozenset(sentence for _, text in texts_of(last) for sentence in _sentences(text))
    # What last time said of itself, or of what was last time then: neither is of this time.
    alone = Figures([replace(figure, beside=()) for figure in now.all], now.others)
    corrected = _figures(last)
    given = {figure.named for figure in now.all if figure.number is not None}
    was = [replace(figure, beside=()) for figure in corrected.all if figure.named in given]
    yield _Then("was {} last time", Figures(was), alone, said)
    for earlier in _uncorrected(draft.report, last):
        others = frozenset(now.numbers | now.others)
        yield _Then(
            "was {} last time, before it was corrected",
            _figures(earlier),
            Figures(corrected.all, others | corrected.others),
        )


def _sentences(text: str) -> frozenset[str]:
    return frozenset(filter(None, map(str.strip, _SENTENCE_END.split(text))))


def _uncorrected(report: Report, last: Sheet | VitalSigns) -> list[Sheet | VitalSigns]:
    """What last time's report said before it was approved anew; nothing where it was not."""
    content = content_of(report.period)
    snapshots = Snapshot.objects.filter(
        report__slug=report.slug,
        report__period__council=report.period.council_id,
        report__period__kind=report.period.kind,
        report__period__key=last.period,
    )
    marks = list(snapshots.order_by("-number").values_list("fingerprint", flat=True)[1:2])
    return list(sheets_by_fingerprint(marks, content).values()) if marks else []


def _sentence(name: str, told: Told, when: str) -> str:
    figure = told.figure
    was = f"{figure.title} {when.format(_in_figures(figure))}, and is something else now."
    if told.follows:
        return f"{name} still says {told.written}, as it followed from another figure. {was}"
    return f"{name} still says {told.written}. {was}"


def _in_figures(figure: Figure) -> str:
    if figure.number is None:
        return f"{figure.part} of {figure.whole}"
    said = exact(figure.number) if figure.is_pounds else f"{figure.number:,f}"
    said += "%" if figure.is_share else ""
    return said


def _before(report: Report) -> list[tuple[str, Sheet | VitalSigns]]:
    """What the return said when it was approved last, and at its last submissions."""
    content = content_of(report.period)
    approved = Snapshot.objects.filter(report=report).order_by("-number")
    latest = list(approved.values_list("fingerprint", flat=True)[:1])
    before = [("approved", sheet) for sheet in sheets_by_fingerprint(latest, content).values()]
    submitted = report.events.filter(action="submit", sheet__isnull=False).order_by("-at", "-pk")
    sheets = submitted.values_list("sheet", flat=True)[:_SUBMISSIONS]
    return before + [("submitted", msgspec.convert(sheet, content)) for sheet in sheets]


def _figures(sheet: Sheet | VitalSigns) -> Figures:
    if isinstance(sheet, VitalSigns):
        return Figures([_figure(row) for row in vital_signs_figures(sheet)])
    spend = [_amount(title, getattr(sheet, name)) for name, title in SPEND]
    allocated = {
        line.allocation
        for stream in sheet.streams
        for line in stream.lines
        if line.allocation is not None
    }
    figures = [_figure(row) for row in figures_of(sheet, None)]
    return Figures([*figures, *spend], frozenset(allocated))


def _figure(row: FigureRow) -> Figure:
    """The figure of a row, by the words in which the row gives it."""
    numbers, detail = _in(row.now), _in(row.detail)
    return Figure(
        row.title,
        row.name,
        numbers[0] if numbers else None,
        is_share="%" in row.now,
        has_decimals=bool(numbers) and "." in row.now,
        part=detail[0] if len(detail) == 2 else None,
        whole=detail[1] if len(detail) == 2 else None,
        beside=(*_in(row.last)[:1], *_in(row.target)[:1]),
    )


def _amount(title: str, amount: Decimal | None) -> Figure:
    return Figure(title, title, amount, is_pounds=True)


def _read(typed: object) -> Decimal | None:
    try:
        read = read_typed(str(typed or ""))
    except ValueError:
        return None
    return read.number if read else None


def _in(text: str) -> list[Decimal]:
    """The numbers in the text, in order."""
    return [Decimal(number.replace(",", "")) for number in _NUMBER.findall(text or "")]
