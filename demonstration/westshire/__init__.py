"""Westshire, a made-up council in which everything happens that happens to figures over time.

Its records are made by a generator with a seed; what people do with them (open, type, submit, send
back, approve, publish, correct, end, move) goes through the actions that people's forms use, on
the days of the story. So its versions, events and histories are real, and it is the same each time.
"""

from demonstration.westshire.generator import make_westshire
from demonstration.westshire.story import NOW

__all__ = ["NOW", "make_westshire"]
