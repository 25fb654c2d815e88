"""Figures that Westshire's papers state in words: of the place, of its care and of a project."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from demonstration.westshire.story import MADE_UP, Step, Story, moment
from stated.models import StatedFigure

PAPER = "Position of adult social care, 8 July 2026"
YEAR_2025 = {"first_day": date(2025, 1, 1), "last_day": date(2025, 12, 31)}
YEAR_2040 = {"first_day": date(2040, 1, 1), "last_day": date(2040, 12, 31)}
# Each with where it stands in the paper.
FIGURES: list[tuple[str, dict[str, Any]]] = [
    (
        "paragraph 2.1",
        {
            "thing": "People aged 65 and over",
            "what": "Number",
            "value": 61_300,
            "step": 100,
            "unit": "people",
            "as_printed": "61,300 people aged 65 and over lived in Westshire in 2025.",
            "of_place": True,
            **YEAR_2025,
        },
    ),
    (
        "paragraph 2.1",
        {
            "thing": "People aged 65 and over",
            "what": "Number",
            "qualifier": "nearly",
            "value": 80_000,
            "step": 10_000,
            "unit": "people",
            "as_printed": "By 2040 it will be nearly 80,000.",
            "of_place": True,
            **YEAR_2040,
        },
    ),
    (
        "paragraph 2.2",
        {
            "thing": "Carers",
            "what": "People who care for somebody without pay",
            "qualifier": "about",
            "value": 1,
            "out_of": 9,
            "unit": "people",
            "as_printed": "About 1 in 9 people care for somebody without pay.",
            "of_place": True,
        },
    ),
    (
        "paragraph 3.1",
        {
            "thing": "The council's adult social care",
            "what": "Spend",
            "qualifier": "over",
            "value": 90_000_000,
            "step": 1_000_000,
            "unit": "£",
            "basis": "gross",
            "per": "a year",
            "as_printed": "The council spends over £90m gross a year on adult social care.",
        },
    ),
    (
        "paragraph 3.4",
        {
            "thing": "People who pay for their own care",
            "what": "Who drop below the threshold",
            "qualifier": "about",
            "value": 4,
            "until": 6,
            "unit": "people",
            "per": "a month",
            "as_printed": "About 4 to 6 people a month drop below the threshold.",
        },
    ),
]
OF_PROJECT = (
    "paragraph 5.2",
    {
        "thing": "Handyperson service",
        "what": "Homes visited again after a year",
        "qualifier": "at least",
        "value": 40,
        "unit": "homes",
        "as_printed": "At least 40 homes were visited again after a year.",
    },
)


def steps() -> Iterator[Step]:
    yield Step(moment(2026, 7, 8, 16), _state)


def _state(story: Story) -> None:
    """The paper's figures are records that nobody typed."""
    project = story.project("handyperson")
    figures = [*FIGURES, (OF_PROJECT[0], OF_PROJECT[1] | {"project": project})]
    for number, (where, fields) in enumerate(figures, 1):
        numbers = {
            name: Decimal(fields[name])
            for name in ("value", "until", "out_of", "step")
            if name in fields
        }
        figure = StatedFigure(
            **fields | numbers,
            council=story.council,
            number=number,
            document=PAPER,
            source=f"{PAPER}, {where}",
            area=story.council.name if fields.get("of_place") else "",
            note=MADE_UP,
        )
        figure.full_clean()
        figure.save()
