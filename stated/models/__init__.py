"""Figures that papers state in words, and what was said to come."""

from stated.models.figures import StatedFigure, days_written
from stated.models.promises import PromiseAnswer, StatedPromise

__all__ = ["PromiseAnswer", "StatedFigure", "StatedPromise", "days_written"]
