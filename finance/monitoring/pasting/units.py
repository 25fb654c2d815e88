"""The unit of pasted amounts: pounds, thousands or million, as the block or a person says.

A unit in any head of the block is that of the columns that say none. Whatever is read is held
against last time's figures and against the other columns: where it cannot be so, it is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bcfportal.lib.money import million_pounds
from bcfportal.lib.pasting.result import Question, Reading
from bcfportal.lib.text.typed_numbers import read_typed
from finance.monitoring.entry import as_typed
from publishing.paste import Proposal

UNIT = "unit"
UNITS = {"£m": 6, "£000": 3, "£": 0}
_LABELS = {"£m": "£ million", "£000": "£ thousand", "£": "pounds"}
_FIELDS = {"": UNIT, "£m": f"{UNIT}-m", "£000": f"{UNIT}-k", "£": f"{UNIT}-p"}
# A total so many times last time's, or so small a part of it, is in another unit or is wrong.
FAR = 8
# In £ million no line of a council is so large; without last time's figures it is asked about.
LARGE, MOST = 1_000, 10_000


@dataclass(frozen=True)
class Amount:
    """A pasted amount: its text, column and row, the unit said of it, and last time's pounds."""

    text: str
    column: int
    unit: str
    row: int
    last: Decimal | None


@dataclass(frozen=True)
class _Group:
    """The amounts whose columns say one unit, or none, and the unit that they are read in."""

    said: str
    unit: str
    amounts: Sequence[Amount]
    # Whether nothing says another unit.
    is_sure: bool = True

    @property
    def columns(self) -> set[int]:
        return {amount.column for amount in self.amounts}

    def read(self, amount: Amount, unit: str = "") -> Decimal:
        """The size of the amount in £ million, whatever decimals that has."""
        return abs(_pounds(amount.text, unit or self.unit) or Decimal(0)) / 1_000_000

    @property
    def largest(self) -> Decimal:
        return max(map(self.read, self.amounts))


def in_millions(text: str, unit: str) -> str:
    """An amount of the unit as it is typed in £ million; a text that is so already stays."""
    typed = read_typed(text, 8)
    return text if typed and unit == "£m" and not typed.scale else as_typed(_pounds(text, unit))


def _pounds(text: str, unit: str) -> Decimal | None:
    """The pounds of an amount of the unit; "1.2m" and "250k" say their own scale."""
    typed = read_typed(text, 8)
    if typed is None:
        return None
    return typed.number if typed.scale else typed.number.scaleb(UNITS[unit])


def units_of(
    amounts: Sequence[Amount], reading: Reading, answers: Mapping[str, str], proposal: Proposal
) -> dict[int, str]:
    """The unit of each column of amounts; what cannot be told is asked in the proposal."""
    groups = _groups(amounts, reading)
    doubted = _doubted(groups)
    units: dict[int, str] = {}
    for group in groups:
        answer = answers.get(_FIELDS[group.said], "")
        unit = answer if answer in UNITS else group.unit
        units |= dict.fromkeys(group.columns, unit)
        if group in doubted and answer not in UNITS:
            question = _asks(group, groups, reading)
            proposal.questions.append(
                Question(_FIELDS[group.said], question, list(_LABELS.items()))
            )
    return units


def _groups(amounts, reading):
    """The amounts by what their columns say; those that say nothing are in their neighbours'."""
    by_unit: dict[str, list[Amount]] = {}
    for amount in amounts:
        by_unit.setdefault(amount.unit if amount.unit in UNITS else "", []).append(amount)
    beside = {unit for unit in (*by_unit, *reading.units.values()) if unit in UNITS}
    unsaid = next(iter(beside)) if len(beside) == 1 else "£m"
    return [
        _Group(said, said or unsaid, several, is_sure=bool(said) or len(beside) < 2)
        for said, several in sorted(by_unit.items())
    ]


def _doubted(groups):
    """The groups whose unit nothing tells, or makes figures that cannot be."""
    far = [group for group in groups if _cannot_be(group, groups)]
    if not far and _is_far(*_sums(groups)):
        # All together are far from last time's: what says no unit is doubted before what does.
        far = [group for group in groups if not group.said] or groups
    return [group for group in groups if group in far or not group.is_sure or _is_large(group)]


def _is_large(group):
    known = group.said or any(amount.last for amount in group.amounts) or group.unit != "£m"
    return group.largest >= (MOST if known else LARGE)


def _cannot_be(group, groups):
    """Whether the figures are far from those beside them, but would not be in another unit."""
    now, before, _ = _compared(group, groups, group.unit)
    if not _is_far(now, before):
        return False
    others = [unit for unit in UNITS if unit != group.unit]
    return any(not _is_far(*_compared(group, groups, unit)[:2]) for unit in others)


def _is_far(now, before, *_):
    return bool(before) and bool(now) and not before / FAR < now < before * FAR


def _compared(group, groups, unit):
    """(what the figures come to, what stood there last time, ...), in £ million without signs.

    Where last time has none of their boxes, the row's figures of other columns stand for it.
    """
    now = before = Decimal(0)
    with_last = [amount for amount in group.amounts if amount.last]
    if with_last:
        for amount in with_last:
            now += group.read(amount, unit)
            before += abs(amount.last) / 1_000_000
        return now, before, True
    for other in groups:
        if other is group:
            continue
        rows = {amount.row: other.read(amount) for amount in other.amounts}
        for amount in group.amounts:
            if beside := rows.get(amount.row):
                now += group.read(amount, unit)
                before += beside
    return now, before, False


def _sums(groups):
    """What all amounts come to, and last time's, in £ million without signs."""
    compared = [(group, amount) for group in groups for amount in group.amounts if amount.last]
    now = sum((group.read(amount) for group, amount in compared), Decimal(0))
    return now, sum((abs(amount.last) for _, amount in compared), Decimal(0)) / 1_000_000


def _asks(group, groups, reading):
    heads = {place.number: place.head for place in reading.columns}
    if len(groups) == 1:
        question = "What unit are these figures in?"
    else:
        named = " and ".join(f"“{heads[column]}”" for column in sorted(group.columns))
        question = f"What unit are the figures under {named} in?"
    now, before, is_last = _compared(group, groups, group.unit)
    if not before:
        now = sum(map(group.read, group.amounts), Decimal(0))
    question += f" Read in {_LABELS[group.unit]} they add up to {million_pounds(now * 1_000_000)}"
    if not before:
        return f"{question}."
    beside = "last time it was" if is_last else "those beside them come to"
    return f"{question}, and {beside} {million_pounds(before * 1_000_000)}."
