"""Earlier states of rows, which triggers keep at every change."""

from typing import Any

from django.db import models


def history_of(model: type[models.Model]) -> models.Manager[Any]:
    """The history of the model's rows. Raises AttributeError if the model keeps none.

    ``pghistory.track`` puts the model of events on the class, where no type sees it.
    """
    return model.pgh_event_model.objects  # type: ignore[attr-defined]
