"""A made-up figure stated in words, and a promise, of a council that has none."""

from datetime import date
from typing import Any

from projects.models import Council
from stated.models import StatedFigure, StatedPromise


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


def make_promise(council: Council, **changes: Any) -> StatedPromise:
    """Something that a paper says will come; ``changes`` make it another."""
    fields = {
        "number": council.stated_promises.count() + 1,
        "about": "Carers",
        "what": "A survey of carers",
        "as_printed": "A survey of carers will be made by March 2018.",
        "owner_post": "Head of carers",
        "when_as_said": "by March 2018",
        "first_day": date(2018, 3, 1),
        "last_day": date(2018, 3, 31),
        "said_in": "A paper",
        "said_on": date(2018, 1, 8),
        "source": "A paper, paragraph 1",
    }
    return council.stated_promises.create(**fields | changes)
