"""A made-up figure stated in words, of a council that has none."""

from typing import Any

from projects.models import Council
from stated.models import StatedFigure


def make_stated(council: Council, **changes: Any) -> StatedFigure:
    """A fact of the place; ``changes`` make it another. Its number is the next."""
    fields = {
        "number": council.stated_figures.count() + 1,
        "document": "A paper",
        "source": "A paper, paragraph 1",
        "thing": "Carers",
        "what": "Number",
        "qualifier": "over",
        "value": 900,
        "unit": "people",
        "as_printed": "There are over 900 carers.",
        "of_place": True,
    }
    return council.stated_figures.create(**fields | changes)
