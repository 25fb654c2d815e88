"""What is asked for but not there: withdrawn, or not yet reported then; its address says so."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.fields.reverse_related import ForeignObjectRel


class Withdrawable(models.QuerySet):
    """Rows that were published, each of which may have ``withdrawals`` that point at it."""

    def not_withdrawn(self) -> Self:
        """Those that have not been withdrawn."""
        pointer = self.model._meta.get_field("withdrawals")
        if not isinstance(pointer, ForeignObjectRel):
            raise TypeError("The withdrawals point at the row.")
        confirmed = pointer.related_model._default_manager.filter(
            **{pointer.field.name: OuterRef("pk")}, decision="confirmed"
        )
        return self.filter(~Exists(confirmed))


class MayBeWithdrawn:
    """What a row that was published says of its ``withdrawals``, fetched with it or now."""

    if TYPE_CHECKING:

        @property
        def withdrawals(self) -> models.QuerySet: ...

    @property
    def withdrawal(self) -> Any:
        """The withdrawal that took it out of sight; None while it is public."""
        return self._withdrawal("confirmed")

    @property
    def asked_withdrawal(self) -> Any:
        """The withdrawal that waits for a second person; None where nobody has asked."""
        return self._withdrawal("waiting")

    def _withdrawal(self, decision: str) -> Any:
        return next(
            (
                withdrawal
                for withdrawal in self.withdrawals.all()
                if withdrawal.decision == decision
            ),
            None,
        )


class Withdrawn(Exception):
    """What is asked for was public and is withdrawn. ``row`` is what was withdrawn.

    ``asked`` is what the address names, where that is another: a version of a later period that
    showed reports of the one withdrawn.
    """

    def __init__(self, row: models.Model, asked: models.Model | None = None) -> None:
        super().__init__(f"{row} is withdrawn")
        self.row = row
        self.asked = asked


class NotThen(Exception):
    """What is asked for is published, but not as of the period that was chosen.

    ``council`` is whose it is; ``sentence`` says what is not reported when; ``address`` is where
    it is read as it was last reported.
    """

    def __init__(self, council: models.Model, sentence: str, address: str) -> None:
        super().__init__(sentence)
        self.council, self.sentence, self.address = council, sentence, address
