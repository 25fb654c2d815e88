"""Finding records by the fields that people know them by."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models

# Records found in the block of ``remembering``, by model and key.
_found: ContextVar[dict | None] = ContextVar("found", default=None)


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


class NaturalKeyManager(models.Manager):
    """A manager that finds a record by its natural key, as fixtures do."""

    def natural_key_lookups(self, *values) -> dict:
        """What to filter by, from the values of the key."""
        raise NotImplementedError

    def get_by_natural_key(self, *values):
        """The record of that key. Raises the model's DoesNotExist where there is none."""
        found = _found.get()
        if found is None:
            return self.get(**self.natural_key_lookups(*values))
        key = (self.model, values)
        if key not in found:
            found[key] = self.get(**self.natural_key_lookups(*values))
        return found[key]


class ByNaturalKey(NaturalKeyManager):
    """A manager that finds a record by these fields."""

    def __init__(self, *fields):
        super().__init__()
        self.fields = fields

    def natural_key_lookups(self, *values):
        return dict(zip(self.fields, values, strict=True))
