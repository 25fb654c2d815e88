"""The report cards of a month: from what was typed to records, and back. Writes in one function.

The texts must answer the figures: a measure that is an exception by the rules needs an explanation
and an action with its owner and date.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Prefetch

from bcfportal.lib.forms import DayInOneBox, text_box
from bcfportal.lib.periods import Period
from bcfportal.lib.plausible import far_days
from bcfportal.lib.text.bounds import LONGEST_TEXT
from outcomes.entry.grid import Row
from outcomes.exceptions import Met, Series, criteria_met
from outcomes.models import CardAction, Measure, Month, ReportCard
from projects.tolerances import tolerance_in
from typed.boxes import QUESTION, Box, RowForm

TEXTS = {
    "explains": "What explains current performance",
    "success": "What success will look like",
    "budget": "How it keeps the council from meeting its budget",
    "risk": "Which corporate risk it affects, and how",
}
ACTION = {"text": "Action", "owner": "Who, by post", "due": "By when"}
# Empty lines of actions that a card offers beyond those it has.
SPARE = 2
# Texts that only refer to something else, and say nothing on their own.
_POINTER = re.compile(
    r"(as|see|per|same as|same) (above|below|before|last (month|time|quarter)|previous(ly)?)[. ]*"
    r"|ditto[. ]*|as previously( reported| stated)?[. ]*",
    re.IGNORECASE,
)
MOST_ACTIONS = 20
WORDS_FIELDS = {name: text_box(label, longest=LONGEST_TEXT) for name, label in TEXTS.items()}


class ActionForm(RowForm):
    """One line of a card's actions: all three boxes, or none."""

    def clean(self) -> dict[str, Any]:
        text = self.text("text")
        if _POINTER.fullmatch(text):
            self.add_error(
                "text",
                f"Say what is to be done: “{text}” stands alone on the card and in the paper.",
            )
        return self.cleaned_data


@dataclass(frozen=True)
class CardRow:
    """One measure's card, being written."""

    measure: Measure
    met: list[Met]
    boxes: dict[str, Box]
    actions: list[dict[str, Box]]
    last: ReportCard | None
    # What last time said in each box of words, by name.
    said_last: dict[str, str]

    @property
    def is_open(self) -> bool:
        """Whether the card is open on the page: it is required, or it is not empty."""
        return bool(self.met) or any(box.text for box in self.all_boxes)

    @property
    def beside_last(self) -> list[tuple[str, Box, str]]:
        """Each box of words by name, with what last time said in it."""
        return [(name, box, self.said_last[name]) for name, box in self.boxes.items()]

    @property
    def all_boxes(self) -> list[Box]:
        return [*self.boxes.values(), *(box for line in self.actions for box in line.values())]

    @property
    def is_written(self) -> bool:
        return any(box.text for box in self.all_boxes)


def card_rows(report: Month, typed: dict, grid_rows: list[Row], today: date) -> list[CardRow]:
    """A card for each vital sign, those that are exceptions by what is typed first."""
    by_measure = {row.measure.pk: row for row in grid_rows if row.segment is None and row.is_own}
    measures = (
        Measure.objects.filter(council=report.period.council_id, pk__in=by_measure)
        .filter(collection=Measure.Collection.VITAL_SIGNS)
        .order_by("position")
        .prefetch_related(
            Prefetch("cards", ReportCard.objects.order_by("period").prefetch_related("actions"))
        )
    )
    period = Period.parse(report.period.key)
    variance = tolerance_in(report.period.council, period).exception_variance
    near = (today, period.last_day)
    rows = [
        _row(report, measure, by_measure[measure.pk], typed, variance, near) for measure in measures
    ]
    return sorted(rows, key=lambda row: not row.met)


def _row(
    report: Month,
    measure: Measure,
    grid_row: Row,
    typed: dict[str, str],
    variance: Decimal,
    near: tuple[date, date],
) -> CardRow:
    earlier = [card for card in measure.cards.all() if card.period < report.period.key]
    last = earlier[-1] if earlier else None
    key = f"c{measure.pk}"
    form = RowForm(typed, key, WORDS_FIELDS)
    met = _met(report, grid_row, form, variance)
    actions = _actions(typed, key)
    if met:
        criteria = " and ".join(criterion_met.criterion for criterion_met in met)
        if not form.text("explains"):
            form.add_error("explains", f"It is an exception ({criteria}): say what explains it.")
        if all(action.is_empty for action in actions):
            actions[0].add_error(
                "text", f"It is an exception ({criteria}): enter an action with its owner and date."
            )
    return CardRow(
        measure=measure,
        met=met,
        boxes=form.boxes(),
        actions=[_asking_about_days(action.boxes(), typed, near) for action in actions],
        last=last,
        said_last={
            "explains": last.explains if last else "",
            "success": last.success if last else "",
            "budget": last.budget_reason if last else "",
            "risk": last.risk_reason if last else "",
        },
    )


def _actions(typed: dict[str, str], key: str) -> list[ActionForm]:
    """The lines of a card's actions up to the last that something is in, and the spare ones."""
    fields = _action_fields()
    lines = [ActionForm(typed, f"{key}-{n}", fields) for n in range(MOST_ACTIONS)]
    for line in lines:
        # Nothing is asked of a line in which nothing stands.
        line.empty_permitted = line.is_empty
    count = max((n + 1 for n, line in enumerate(lines) if not line.is_empty), default=0)
    return lines[: min(count + SPARE, MOST_ACTIONS)]


def _asking_about_days(
    boxes: dict[str, Box], typed: dict[str, str], near: tuple[date, date]
) -> dict[str, Box]:
    """The boxes of an action with what is asked of its day."""
    due = boxes["due"]
    question = far_days({due.label: due.value}, near[0], near[1:]) if due.value else ""
    return boxes | {"due": due.asking(question, typed)}


def _action_fields() -> dict[str, forms.Field]:
    due = DayInOneBox(label=ACTION["due"])
    due.says_name = False
    due.error_messages["required"] = f"Enter by when, such as {due.example_words}."
    return {
        "text": text_box(ACTION["text"], missing="Enter what is to be done.", longest=LONGEST_TEXT),
        "owner": text_box(ACTION["owner"], missing="Enter who does it, by post.", longest=120),
        "due": due,
    }


def _met(report: Month, row: Row, form: RowForm, variance: Decimal) -> list[Met]:
    """The criteria met by what is typed now, with the history before it."""
    figures = [*row.known_before]
    if row.value is not None:
        figures.append((report.period.label, row.value))
    return criteria_met(
        Series(
            figures=figures,
            direction=row.measure.direction,
            target=row.target if row.value is not None else row.last_target,
            rated=row.rated,
            unit=row.measure.unit,
            decimals=row.measure.decimals,
            missing="" if row.value is not None else report.period.label,
            budget_reason=form.text("budget"),
            risk_reason=form.text("risk"),
        ),
        variance,
    )


def card_fields(rows: list[CardRow]) -> list[str]:
    """The names of all boxes that the cards can have."""
    keys = [f"c{row.measure.pk}" for row in rows]
    return [
        *(f"{key}-{name}" for key in keys for name in TEXTS),
        *(f"{key}-{n}-{what}" for key in keys for n in range(MOST_ACTIONS) for what in ACTION),
        *(f"{key}-{n}-due-{QUESTION}" for key in keys for n in range(MOST_ACTIONS)),
    ]


def card_labels(rows: list[CardRow]) -> dict[str, str]:
    """What each box that the cards can have is called, by field."""
    labels: dict[str, str] = {}
    for row in rows:
        key, name = f"c{row.measure.pk}", row.measure.name
        labels |= {f"{key}-{what}": f"{name}: {label.lower()}" for what, label in TEXTS.items()}
        for n in range(MOST_ACTIONS):
            labels |= {
                f"{key}-{n}-{what}": f"{name}: action {n + 1}, {label.lower()}"
                for what, label in ACTION.items()
            }
            labels[f"{key}-{n}-due-{QUESTION}"] = f"{name}: action {n + 1}, by when: this is right"
    return labels


def card_problems(rows: list[CardRow]) -> list[tuple[str, str]]:
    """(field, sentence) for what keeps the cards from being submitted."""
    return [
        (box.field, f"{row.measure.name}: {box.error}")
        for row in rows
        for box in row.all_boxes
        if box.error
    ] + [
        (box.right_field, f"{row.measure.name}: {box.asks} Is this right?")
        for row in rows
        for box in row.all_boxes
        if box.asks_if_right
    ]


def said_of_days(rows: list[CardRow]) -> list[str]:
    """For who approves: what is asked about days of actions, and whether it is said to be right."""
    return [
        f"{row.measure.name}: {box.asks}{' Said to be right.' if box.is_said_right else ''}"
        for row in rows
        for box in row.all_boxes
        if box.asks
    ]


def carried_cards(rows: list[CardRow]) -> dict[str, str]:
    """What to type where nothing has changed: last time's words and actions. Never a flag."""
    typed: dict[str, str] = {}
    for row in rows:
        if row.last is None:
            continue
        key = f"c{row.measure.pk}"
        typed |= {f"{key}-explains": row.last.explains, f"{key}-success": row.last.success}
        for n, action in enumerate(row.last.actions.all()[:MOST_ACTIONS]):
            typed[f"{key}-{n}-text"] = action.text
            typed[f"{key}-{n}-owner"] = action.owner
            typed[f"{key}-{n}-due"] = _day_words(action.due)
    return {field: text for field, text in typed.items() if text}


def _day_words(day: date | None) -> str:
    return f"{day.day}/{day.month}/{day.year}" if day else ""


def save_cards(report: Month, rows: list[CardRow]) -> None:
    """Writes the cards that something is in; call it inside a transaction, without problems.

    Raises ValueError where there are problems: a card is whole or not at all.
    """
    if card_problems(rows):
        raise ValueError("Cards with problems are not saved.")
    ReportCard.objects.filter(
        measure__council=report.period.council_id, period=report.period.key
    ).delete()
    for row in rows:
        if not row.is_written:
            continue
        card = ReportCard.objects.create(
            measure=row.measure,
            period=report.period.key,
            explains=row.boxes["explains"].text,
            success=row.boxes["success"].text,
            budget_reason=row.boxes["budget"].text,
            risk_reason=row.boxes["risk"].text,
        )
        CardAction.objects.bulk_create(
            CardAction(
                card=card,
                order=n + 1,
                text=line["text"].text,
                owner=line["owner"].text,
                due=line["due"].value,
            )
            for n, line in enumerate(row.actions)
            if line["text"].text
        )
