"""Earlier states of rows, which triggers keep at every change, and when the change was."""

from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware

from bcfportal.lib import clock


class HistoryByThePortalsClock(HistoryMiddleware):
    """Says of each change who made it, and when it was by the portal's clock where that was moved.

    Triggers write down the database's own time.
    """

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        """What is kept beside the changes of a request."""
        moved = {"at": clock.now().isoformat()} if clock.is_moved() else {}
        return super().get_context(request) | moved


def moment_of(event: Any) -> datetime:
    """When a change was made, by the portal's clock. ``event`` has its context."""
    at = event.pgh_context.metadata.get("at") if event.pgh_context else None
    return datetime.fromisoformat(at) if at else event.pgh_created_at


def history_of(model: type[models.Model]) -> models.Manager[Any]:
    """The history of the model's rows. Raises AttributeError if the model keeps none.

    ``pghistory.track`` puts the model of events on the class, where no type sees it.
    """
    return model.pgh_event_model.objects  # type: ignore[attr-defined]
