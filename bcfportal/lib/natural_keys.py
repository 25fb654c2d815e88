"""Finding records by the fields that people know them by."""

from django.db import models


class ByNaturalKey(models.Manager):
    """A manager that finds a record by these fields, as fixtures do."""

    def __init__(self, *fields):
        super().__init__()
        self.fields = fields

    def get_by_natural_key(self, *values):
        return self.get(**dict(zip(self.fields, values, strict=True)))
