"""Helpers filed by subject. Nothing here knows a model of the portal."""

from typing import TypeVar

_Value = TypeVar("_Value")


def present(value: _Value | None) -> _Value:
    """The value, which the caller relies on. Raises ValueError if it is None.

    For a value that a constraint, a form or the lines above guarantee, where the type checker
    cannot know it. Where None is a possible answer, test for it instead.
    """
    if value is None:
        raise ValueError("There is nothing where something has to be.")
    return value
