"""What a form says by now: what is typed into it, over what its record holds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.forms import BaseFormSet, BoundField
from django.http import QueryDict

from publishing.models import FormDraft
from typed.field_texts import boxes_of, by_box, by_field, fields_of, put, texts_of
from typed.forms import Make
from typed.merging import Clash, fingerprint, merge

_ROW = re.compile(r"-(\d+)$")
_PARTS = ("day", "month", "year")


@dataclass(frozen=True)
class Current:
    """What a form says by now; texts by field.

    ``begun`` is what the record held when each was typed. Where both changed one it is a clash.
    """

    fields: Mapping[str, BoundField]
    texts: dict[str, str]
    begun: dict[str, str]
    clashes: list[Clash] = field(default_factory=list)

    @property
    def boxes(self) -> dict[str, str]:
        """The texts by box."""
        return by_box(self.fields, self.texts)

    @property
    def filled(self) -> dict[str, str]:
        """The texts by box, without those that are empty: a draft keeps none of those."""
        return {box: text for box, text in self.boxes.items() if text}


class FormOfARecord:
    """The form that ``make(data)`` makes, a list of parts, and what its record holds now."""

    def __init__(self, make: Make) -> None:
        self.make = make
        self.fresh = make(None)
        self.now = texts_of(self.fresh)

    def is_of_another(
        self, was: Mapping[str, str], boxes: Mapping[str, str], current: Current
    ) -> bool:
        """Whether a page that was opened empty would take over what it never showed.

        ``was`` are fingerprints of what it showed, ``boxes`` what is sent: the draft is then of
        another thing, which its person adds in another window.
        """
        fresh = by_box(fields_of(self.fresh), self.now)
        if any(sign != fingerprint(fresh.get(box, "")) for box, sign in was.items()):
            return False
        return any(
            text != fresh.get(box, "") and boxes.get(box, fresh.get(box, "")) == fresh.get(box, "")
            for box, text in current.filled.items()
        )

    def current(self, draft: FormDraft) -> Current:
        """What the form says with what is typed in the draft."""
        if not draft.typed:
            return Current(fields_of(self.fresh), dict(self.now), dict(self.now))
        fields = fields_of(self.make(self.data(draft.typed)))
        was = {name: fingerprint(text) for name, text in draft.begun.items()}
        merged = merge(was, by_field(fields, draft.typed), self.now)
        mine = {clash.field: clash.mine for clash in merged.clashes}
        begun = self.now | {name: draft.begun.get(name, "") for name in mine}
        return Current(fields, merged.boxes | mine, begun, merged.clashes)

    def data(self, boxes: Mapping[str, str], posted: QueryDict | None = None) -> QueryDict:
        """What a form with these boxes would send, with what else was ``posted``."""
        data = QueryDict(mutable=True) if posted is None else posted.copy()
        if posted is None:
            for part in self.fresh:
                if isinstance(part, BaseFormSet):
                    data.update(_rows_of(part, boxes))
        fields = fields_of(self.make(data))
        for name, text in by_field(fields, boxes).items():
            put(fields[name], data, text)
        return data


def _rows_of(grid: BaseFormSet, boxes: Mapping[str, str]) -> dict[str, str]:
    """How many rows the grid has: those that it has by itself, and more where more are typed."""
    row = re.compile(rf"{re.escape(grid.prefix or '')}-(\d+)-\w+")
    typed = [int(match[1]) + 1 for box in boxes if (match := row.fullmatch(box))]
    return {
        f"{grid.prefix}-TOTAL_FORMS": str(max(grid.total_form_count(), *typed, 0)),
        f"{grid.prefix}-INITIAL_FORMS": str(grid.initial_form_count()),
    }


def labels_of(fields: Mapping[str, BoundField]) -> dict[str, str]:
    """What each box is called."""
    labels = {}
    for bound in fields.values():
        label = str(bound.label).removesuffix(" (optional)")
        if row := _ROW.search(bound.form.prefix or ""):
            label = f"{label}, row {int(row[1]) + 1}"
        boxes = boxes_of(bound)
        for box, part in zip(boxes, _PARTS, strict=False):
            labels[box] = label if len(boxes) == 1 else f"{label}: {part}"
    return labels


def of_fields(
    fields: Mapping[str, BoundField],
    clashes: list[Clash],
    mine: Mapping[str, str],
    theirs: Mapping[str, str],
) -> list[Clash]:
    """Clashes of boxes as clashes of their fields: a day is told whole."""
    clashing = {clash.field for clash in clashes}
    yours, others = by_field(fields, mine), by_field(fields, theirs)
    return [
        Clash(name, yours[name], others[name])
        for name, bound in fields.items()
        if clashing & set(boxes_of(bound))
    ]
