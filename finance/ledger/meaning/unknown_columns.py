"""Columns of which nobody knows what they say of the amounts: of their signs, of what was spent."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bcfportal.lib.spreadsheets.workbook_reader import Formula
from finance.ledger.cells import read_words
from finance.ledger.meaning import unknown

Key = tuple[str, int]
_EXAMPLES = 2
# What a person says of a column that is not known.
ONLY_WORDS, OF_SIGN, OF_KIND, OF_AMOUNT = "words", "sign", "kind", "amount"
_WHAT = [
    (ONLY_WORDS, "It says nothing of the amounts: they stand as they are"),
    (OF_SIGN, "It says the sign: ask about each of its words"),
    (OF_KIND, "It says which rows were spent: ask about each of its words"),
]
_OF_AMOUNT = (
    OF_AMOUNT,
    "It changes the amounts: leave these rows out. Upload them with whole amounts in one column",
)


@dataclass(frozen=True)
class Unknown:
    """A column of which nobody knows what it says: its title, some of its texts, the answers."""

    title: str
    texts: tuple[str, ...]
    are_numbers: bool

    @property
    def quoted(self) -> str:
        """The column as the question names it: "Status: Posted, Parked"."""
        return f"{self.title}: {', '.join(text or 'nothing' for text in self.texts)}"

    @property
    def options(self) -> list[tuple[str, str]]:
        """What it may be; of numbers nobody can be asked one by one."""
        return [_WHAT[0], _OF_AMOUNT] if self.are_numbers else [*_WHAT, _OF_AMOUNT]


@dataclass
class Numbers:
    """Which columns hold nothing but numbers, and the first of them."""

    first: dict[Key, list[str]] = field(default_factory=dict)
    of_words: set[Key] = field(default_factory=set)

    def note(self, key: Key, cell: object) -> None:
        """Takes a cell of a column."""
        value = cell.value if isinstance(cell, Formula) else cell
        if key in self.of_words or value is None or value == "":
            return
        if not unknown.is_number(value):
            self.of_words.add(key)
            self.first.pop(key, None)
            return
        first = self.first.setdefault(key, [])
        text = read_words(value)
        if len(first) < _EXAMPLES and text not in first:
            first.append(text)

    def unknown(
        self, key: Key, title: str, rows: Mapping[str, int], *, is_money_told: bool
    ) -> Unknown | None:
        """The column, where it has to be asked about; ``rows`` are how many have each text.

        ``is_money_told`` where debits and credits make the amounts.
        """
        named = read_words(title) or f"Column {key[1] + 1}"
        if numbers := self.first.get(key):
            # The same number everywhere tells nothing of one row.
            differ = len(numbers) > 1 or len(rows) > 1
            if differ and not is_money_told and unknown.is_unknown_amount(title):
                return Unknown(named, tuple(numbers), are_numbers=True)
            return None
        if unknown.is_to_be_asked(title, rows, sum(rows.values())):
            return Unknown(named, tuple(rows), are_numbers=False)
        return None
