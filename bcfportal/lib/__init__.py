"""Helpers filed by subject. Nothing here knows a model of the portal."""

from typing import TypeVar

_Value = TypeVar("_Value")


def present(value: _Value | None) -> _Value:
    """The value. Raises ValueError where it is None: then what the caller relies on does not hold.

    For a value that a constraint, a form or the lines above make sure of, in words that a type
    can follow. Where None is an answer, ask for it.
    """
    if value is None:
        raise ValueError("There is nothing where something has to be.")
    return value
