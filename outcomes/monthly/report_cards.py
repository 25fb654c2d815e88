"""The report cards of a month: from what was typed to records, and back. Writes in one function.

Words must face the figures: a measure that is an exception by the rules is not accepted without
what explains it and an action with its owner and date.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Prefetch

from bcfportal.lib.forms import DayInOneBox
from bcfportal.lib.periods import Period
from bcfportal.lib.text.bounds import LONGEST_TEXT
from outcomes.entry.grid import Row
from outcomes.exceptions import Met, Series, criteria_met
from outcomes.models import CardAction, Measure, ReportCard
from projects.tolerances import tolerance_in
from publishing.models import Return

WORDS = {
    "explains": "What explains current performance",
    "success": "What success will look like",
    "budget": "How it keeps the council from meeting its budget",
    "risk": "Which corporate risk it affects, and how",
}
ACTION = {"text": "Action", "owner": "Who, by post", "due": "By when"}
# Empty lines of actions that a card offers beyond those it has.
SPARE = 2
# Words that say nothing where nothing stands above them.
_POINTER = re.compile(
    r"(as|see|per|same as|same) (above|below|before|last (month|time|quarter)|previous(ly)?)[. ]*"
    r"|ditto[. ]*|as previously( reported| stated)?[. ]*",
    re.IGNORECASE,
)
MOST_ACTIONS = 20
_a_day = DayInOneBox(required=False)


@dataclass(frozen=True)
class CardBox:
    """One box of a card: its field's name, its label, what is in it, and what is wrong."""

    field: str
    label: str
    text: str
    last: str = ""
    error: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether what is in it cannot stay so; an empty box is only not filled in yet."""
        return bool(self.error and self.text)


@dataclass(frozen=True)
class CardRow:
    """One measure's card, being written."""

    measure: Measure
    met: list[Met]
    boxes: dict[str, CardBox]
    actions: list[dict[str, CardBox]]
    last: ReportCard | None

    @property
    def is_open(self) -> bool:
        """Whether the card stands open on the page: it is asked for, or something is in it."""
        return bool(self.met) or any(box.text for box in self.all_boxes)

    @property
    def all_boxes(self) -> list[CardBox]:
        return [*self.boxes.values(), *(box for line in self.actions for box in line.values())]

    @property
    def is_written(self) -> bool:
        return any(box.text for box in self.all_boxes)


def card_rows(report: Return, typed: dict, grid_rows: list[Row]) -> list[CardRow]:
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
    rows = [_row(report, measure, by_measure[measure.pk], typed, variance) for measure in measures]
    return sorted(rows, key=lambda row: not row.met)


def _row(
    report: Return, measure: Measure, grid_row: Row, typed: dict[str, str], variance: Decimal
) -> CardRow:
    earlier = [card for card in measure.cards.all() if card.period < report.period.key]
    last = earlier[-1] if earlier else None
    key = f"c{measure.pk}"
    texts = {name: _typed(typed, f"{key}-{name}") for name in WORDS}
    met = _met(report, grid_row, texts, variance)
    count = max(
        [n for n in range(MOST_ACTIONS) if any(_typed(typed, f"{key}-{n}-{w}") for w in ACTION)],
        default=-1,
    )
    actions = [
        {what: _typed(typed, f"{key}-{n}-{what}") for what in ACTION}
        for n in range(min(count + 1 + SPARE, MOST_ACTIONS))
    ]
    errors = _errors(key, texts, actions, met)
    said = {
        "explains": last.explains if last else "",
        "success": last.success if last else "",
        "budget": last.budget_reason if last else "",
        "risk": last.risk_reason if last else "",
    }
    return CardRow(
        measure=measure,
        met=met,
        boxes={
            name: CardBox(
                f"{key}-{name}", label, texts[name], said[name], errors.get(f"{key}-{name}", "")
            )
            for name, label in WORDS.items()
        },
        actions=[
            {
                what: CardBox(
                    f"{key}-{n}-{what}",
                    label,
                    line[what],
                    error=errors.get(f"{key}-{n}-{what}", ""),
                )
                for what, label in ACTION.items()
            }
            for n, line in enumerate(actions)
        ],
        last=last,
    )


def _typed(typed: dict[str, str], field: str) -> str:
    return str(typed.get(field) or "").strip()


def _met(report: Return, row: Row, texts: dict[str, str], variance: Decimal) -> list[Met]:
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
            budget_reason=texts["budget"],
            risk_reason=texts["risk"],
        ),
        variance,
    )


def _errors(
    key: str, texts: dict[str, str], actions: list[dict[str, str]], met: list[Met]
) -> dict[str, str]:
    errors = {}
    for name, text in texts.items():
        if len(text) > LONGEST_TEXT:
            errors[f"{key}-{name}"] = f"Shorten this to {LONGEST_TEXT:,} characters or fewer."
    begun = False
    for n, line in enumerate(actions):
        if not any(line.values()):
            continue
        begun = True
        for what, sentence in (
            ("text", "Enter what is to be done."),
            ("owner", "Enter who does it, by post."),
            ("due", f"Enter by when, such as {_a_day.example_words}."),
        ):
            if not line[what]:
                errors[f"{key}-{n}-{what}"] = sentence
        if _POINTER.fullmatch(line["text"]):
            errors[f"{key}-{n}-text"] = (
                f"Say what is to be done: “{line['text']}” stands alone on the card and in the "
                "paper."
            )
        if line["due"]:
            try:
                _a_day.clean(line["due"])
            except ValidationError as error:
                errors[f"{key}-{n}-due"] = error.messages[0]
    if met:
        criteria = " and ".join(each.criterion for each in met)
        if not texts["explains"]:
            errors[f"{key}-explains"] = f"It is an exception ({criteria}): say what explains it."
        if not begun:
            errors[f"{key}-0-text"] = (
                f"It is an exception ({criteria}): enter an action with its owner and date."
            )
    return errors


def card_fields(rows: list[CardRow]) -> list[str]:
    """The names of all boxes that the cards can have."""
    keys = [f"c{row.measure.pk}" for row in rows]
    return [
        *(f"{key}-{name}" for key in keys for name in WORDS),
        *(f"{key}-{n}-{what}" for key in keys for n in range(MOST_ACTIONS) for what in ACTION),
    ]


def card_labels(rows: list[CardRow]) -> dict[str, str]:
    """What each box that the cards can have is called, by field."""
    labels: dict[str, str] = {}
    for row in rows:
        key, name = f"c{row.measure.pk}", row.measure.name
        labels |= {f"{key}-{what}": f"{name}: {label.lower()}" for what, label in WORDS.items()}
        for n in range(MOST_ACTIONS):
            labels |= {
                f"{key}-{n}-{what}": f"{name}: action {n + 1}, {label.lower()}"
                for what, label in ACTION.items()
            }
    return labels


def card_problems(rows: list[CardRow]) -> list[tuple[str, str]]:
    """(field, sentence) for what keeps the cards from being submitted."""
    return [
        (box.field, f"{row.measure.name}: {box.error}")
        for row in rows
        for box in row.all_boxes
        if box.error
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


def save_cards(report: Return, rows: list[CardRow]) -> None:
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
                due=_a_day.clean(line["due"].text),
            )
            for n, line in enumerate(row.actions)
            if line["text"].text
        )
