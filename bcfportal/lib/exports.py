"""What is offered as a download: its columns explained, and its rows as plain values."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Export:
    """One download. ``columns`` are (name, what it holds); ``rows`` gives plain values, in order.

    ``rows`` takes what the subject publishes: a programme, a register.
    """

    name: str
    title: str
    about: str
    columns: list[tuple[str, str]]
    rows: Callable[[Any], Iterable[list]]

    @property
    def header(self) -> list[str]:
        """The names of the columns: the first row of the file."""
        return [name for name, _ in self.columns]
