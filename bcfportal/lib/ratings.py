"""The rating scale: red, amber, green, and the two ways of having no colour."""

from django.db import models


class Rating(models.TextChoices):
    """How a project or a result is doing, as a person declared it or a rule calculated it."""

    GREEN = "green", "Green"
    AMBER = "amber", "Amber"
    RED = "red", "Red"
    # No colour was given: the words that stand in its place, if any, say why.
    NOT_RATED = "not rated", "Not rated"
    # A colour was printed and is lost in the copy that the figures were taken from.
    NOT_LEGIBLE = "not legible", "Not legible"


# The order in which a mix of ratings is listed: what needs attention first.
ATTENTION_ORDER = (
    Rating.RED,
    Rating.AMBER,
    Rating.GREEN,
    Rating.NOT_LEGIBLE,
    Rating.NOT_RATED,
)
COLOURS = (Rating.GREEN, Rating.AMBER, Rating.RED)


def without_colour(figure: str) -> str:
    """A figure in the words of a correction, without the colour that it had."""
    said, _, colour = figure.rpartition(", ")
    return said if colour in {Rating(key).label for key in COLOURS} else figure
