"""Finding records by the fields that people know them by."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import models

_Row = TypeVar("_Row", bound=models.Model)
_Key = TypeVar("_Key", bound=Callable[..., tuple])

# Records found in the block of ``remembering``, by model and key.
_found: ContextVar[dict[tuple, Any] | None] = ContextVar("found", default=None)


def depends_on(*labels: str) -> Callable[[_Key], _Key]:
    """Says which models a ``natural_key`` refers to, so that fixtures are written after theirs.

    ``labels`` are models as Django names them: "projects.council".
    """

    def mark(key: _Key) -> _Key:
        # Django reads it off the function, and no type says so of a function.
        key.dependencies = list(labels)  # type: ignore[attr-defined]
        return key

    return mark


@contextmanager
def remembering() -> Iterator[None]:
    """A block in which a record is looked up by its key once: a fixture names it many times over.

    Only for loading: what is changed elsewhere in the meantime is not seen.
    """
    token = _found.set({})
    try:
        yield
    finally:
        _found.reset(token)


class NaturalKeyManager(models.Manager[_Row]):
    """A manager that finds a record by its natural key, as fixtures do."""

    def natural_key_lookups(self, *values: object) -> dict[str, object]:
        """What to filter by, from the values of the key."""
        raise NotImplementedError

    def get_by_natural_key(self, *values: object) -> _Row:
        """The record of that key. Raises the model's DoesNotExist where there is none."""
        remembered = _found.get()
        if remembered is None:
            return self.get(**self.natural_key_lookups(*values))
        key = (self.model, values)
        if key not in remembered:
            remembered[key] = self.get(**self.natural_key_lookups(*values))
        return remembered[key]


class ByNaturalKey(NaturalKeyManager[_Row]):
    """A manager that finds a record by these fields."""

    def __init__(self, *fields: str) -> None:
        super().__init__()
        self.fields = fields

    def natural_key_lookups(self, *values: object) -> dict[str, object]:
        return dict(zip(self.fields, values, strict=True))
