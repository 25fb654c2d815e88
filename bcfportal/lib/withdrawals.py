"""What is asked for but not there: withdrawn, or not yet reported then; its address says so."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef


class Withdrawable(models.QuerySet):
    """Rows that were published: versions, which withdrawals point at, or what has such versions."""

    def not_withdrawn(self) -> Self:
        """Those that have not been withdrawn."""
        through = getattr(self.model, "WITHDRAWALS", "withdrawals")
        confirmed = self.model._base_manager.filter(
            pk=OuterRef("pk"), **{f"{through}__decision": "confirmed"}
        )
        return self.filter(~Exists(confirmed))


class MayBeWithdrawn:
    """What a row that was published says of its withdrawals, fetched with it or now."""

    # How its withdrawals are looked up: through its versions, where it is no version itself.
    WITHDRAWALS = "withdrawals"

    @property
    def all_withdrawals(self) -> list[Any]:
        """All that were asked for, whatever was decided."""
        rows: list[Any] = [self]
        for name in self.WITHDRAWALS.split("__"):
            rows = [related for row in rows for related in _related(row, name)]
        return rows

    @property
    def withdrawal(self) -> Any:
        """The withdrawal that took it out of sight; None while it is public."""
        return self._withdrawal("confirmed")

    @property
    def asked_withdrawal(self) -> Any:
        """The withdrawal that waits for a second person; None where nobody has asked."""
        return self._withdrawal("waiting")

    def _withdrawal(self, decision: str) -> Any:
        return next((row for row in self.all_withdrawals if row.decision == decision), None)


def _related(row: Any, name: str) -> list[Any]:
    """The rows that point at this one: some, or one or none."""
    related = getattr(row, name, None)
    if related is None:
        return []
    return list(related.all()) if hasattr(related, "all") else [related]


class Withdrawn(Exception):
    """What is asked for was public and is withdrawn. ``row`` is what was withdrawn.

    ``asked`` is what the address names, where that is another: a version of a later period that
    showed reports of the one withdrawn.
    """

    def __init__(self, row: models.Model, asked: models.Model | None = None) -> None:
        super().__init__(f"{row} is withdrawn")
        self.row = row
        self.asked = asked


class HeldBackSince(Exception):
    """What is asked for was public and gives a figure that is held back since.

    ``council`` is whose it is and ``said`` what it is, in the middle of a sentence; ``instead`` is
    what is read in its place, if anything is, and ``address`` where.
    """

    def __init__(self, council: models.Model, said: str, instead: str, address: str) -> None:
        super().__init__(f"{said} gives a figure that is held back since")
        self.council, self.said = council, said
        self.instead, self.address = instead, address


class NotThen(Exception):
    """What is asked for is published, but not as of the period that was chosen.

    ``council`` is whose it is; ``sentence`` says what is not reported when; ``address`` is where
    it is read as it was last reported.
    """

    def __init__(self, council: models.Model, sentence: str, address: str) -> None:
        super().__init__(sentence)
        self.council, self.sentence, self.address = council, sentence, address
