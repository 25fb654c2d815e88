"""Rows as they were: what triggers keep of every change."""

from typing import Any

from django.db import models


def history_of(model: type[models.Model]) -> models.Manager[Any]:
    """All that was kept of the model's rows, by whose history it is. Raises AttributeError if none.

    ``pghistory.track`` puts the model of events on the class, where no type sees it.
    """
    return model.pgh_event_model.objects  # type: ignore[attr-defined]
