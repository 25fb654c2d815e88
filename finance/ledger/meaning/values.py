"""The amounts that stand beside a text of a column."""

from dataclasses import dataclass, field
from decimal import Decimal

# So many amounts are examples.
EXAMPLES = 2


@dataclass
class Value:
    """A text of a column: the first amounts beside it, and whether some are less than nothing."""

    amounts: list[Decimal] = field(default_factory=list)
    rows: int = 0
    above: bool = False
    below: bool = False

    def note(self, amount: Decimal) -> None:
        """Notes an amount beside it."""
        self.rows += 1
        self.above |= amount > 0
        self.below |= amount < 0
        if len(self.amounts) < EXAMPLES and amount not in self.amounts:
            self.amounts.append(amount)
