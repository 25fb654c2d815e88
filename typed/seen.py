"""What a person had read when they decide on it: their page carries it, and nothing else passes.

Knows no subject. What is read is texts by title, "Jobs done: 2,170"; of it a page sends back short
fingerprints, as ``typed.merging`` writes them, so that a refusal can say what has changed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bcfportal.lib.sentences import counted, listed
from typed.merging import read_was, write_was

Record = TypeVar("Record")
# The title of what is read as a whole, or has no title of its own.
REST = "*"
NAMED = 5
AGAIN = "This page shows how it stands now: read it again, then decide."


class Stale(Exception):
    """What is to be decided on is not what the person read. The message is for the person."""


def mark_of(said: dict[str, str]) -> str:
    """What is read, for the hidden field ``seen``: a line a title, "title fingerprint"."""
    return write_was({" ".join(title.split()): text for title, text in said.items()})


@dataclass(frozen=True)
class Seen(Generic[Record]):
    """What came back of what a page showed, and how to say the same of the record as it is now."""

    mark: str
    now: Callable[[Record], dict[str, str]]

    def require(self, record: Record) -> None:
        """Raises Stale where the record says something else now, or nothing came back of it.

        To be asked with the record locked.
        """
        was = read_was(self.mark)
        if not was:
            raise Stale(f"The page that you sent does not say what you read on it. {AGAIN}")
        now: dict[str, str] = read_was(mark_of(self.now(record))) or {}
        changed = [name for name in dict.fromkeys((*now, *was)) if now.get(name) != was.get(name)]
        if changed:
            raise Stale(f"{_sentence(changed)} since you opened the page. {AGAIN}")


def _sentence(changed: list[str]) -> str:
    names = [f"“{name}”" for name in changed if name != REST]
    if not names:
        return "Something in it was changed"
    told = names[:NAMED]
    if more := len(names) - len(told):
        told.append(counted(more, "more thing"))
    return f"{listed(told)} {'was' if len(names) == 1 else 'were'} changed"
