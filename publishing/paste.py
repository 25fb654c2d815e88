"""What a pasted block would change in a section's boxes, before anything is kept."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bcfportal.lib.pasting.result import Placed, Question, Reading
from projects.models import Council

# What a figure of all parts together is headed with.
_WHOLE = (
    *("Whole", "The whole", "Total", "All", "Overall", "County", "Countywide", "County total"),
    *("Everyone", "Everybody", "All people", "All ages", "Persons", "Council", "Grand total"),
)
_COUNCILS = re.compile(
    r"\s+(?:(?:county|city|borough|district|metropolitan|unitary)\s+)*council$", re.IGNORECASE
)


def names_of_all(council: Council) -> tuple[str, ...]:
    """What all of a council together may be called in a block: its own names, "Total"."""
    short = _COUNCILS.sub("", council.name)
    kinds = ("", " Council", " County Council", " County", " total", " overall")
    own = [short + kind for kind in kinds]
    return (*_WHOLE, council.name, f"All {short}", f"All of {short}", *own)


@dataclass(frozen=True)
class Change:
    """One box: what it is called, what is in it now and what the block puts there."""

    field: str
    row: str
    box: str
    now: str
    then: str
    # The two in words, where the boxes hold a key; and what is asked or wrong about the new one.
    now_words: str = ""
    then_words: str = ""
    note: str = ""


@dataclass
class Proposal:
    """All that a person is shown before a block is placed."""

    changes: list[Change] = field(default_factory=list)
    columns: list[Placed] = field(default_factory=list)
    also_read: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    refused: str = ""
    # Whether the names stood across: its columns were the lines of what was pasted.
    is_across: bool = False
    # How many boxes hold already what the block says.
    same: int = 0

    @classmethod
    def of(cls, reading: Reading) -> "Proposal":
        return cls(
            columns=reading.columns,
            also_read=reading.also_read,
            left_out=list(reading.left_out),
            questions=list(reading.questions),
            refused=reading.refused,
            is_across=reading.is_across,
        )

    @property
    def boxes(self) -> dict[str, str]:
        """What to keep, by field."""
        return {change.field: change.then for change in self.changes}

    @property
    def fingerprint(self) -> str:
        """Stands for what was shown: what differs from it has not been seen yet."""
        changes = [(change.field, change.now, change.then) for change in self.changes]
        return hashlib.sha256(json.dumps(changes).encode()).hexdigest()[:16]

    def change(self, typed: Mapping[str, str], field: str, then: str, **labels: str) -> None:
        """Notes that the box ``field`` gets the text ``then``; a box that has it is no change."""
        now = str(typed.get(field) or "").strip()
        if now == then:
            self.same += bool(then)
        elif all(change.field != field for change in self.changes[-8:]):
            self.changes.append(Change(field=field, now=now, then=then, **labels))
