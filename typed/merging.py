"""Two people, or two tabs, editing the same boxes: merged box by box, with no text lost.

Knows no subject: boxes are texts by field name. What a page showed comes back as ``was``, short
fingerprints of what its boxes held, so that a page of a thousand boxes carries little.
"""

import hashlib
import json
from dataclasses import dataclass, field

LONGEST_WAS = 400_000


@dataclass(frozen=True)
class Clash:
    """One box that both changed: what this person typed, and what is kept."""

    field: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Merged:
    """All boxes as they are to be kept; in a box that clashes the text kept so far stays."""

    boxes: dict[str, str]
    clashes: list[Clash] = field(default_factory=list)


class Was(dict[str, str]):
    """Fingerprints of what the boxes of a page held, by box.

    ``underway`` are those of what the page sent before and had no answer to: it may have arrived.
    """

    underway: dict[str, str]


class Conflict(Exception):
    """Some boxes were changed by both. All others are kept by now.

    ``section`` is what is kept, ``by`` and ``at`` who saved the other texts and when.
    """

    def __init__(self, section, clashes: list[Clash], by, at):
        super().__init__("The section was saved by somebody else in the meantime.")
        self.section, self.clashes, self.by, self.at = section, clashes, by, at


def fingerprint(text: str) -> str:
    """A short sign of a text, in which line ends and space around do not count; "" for nothing."""
    plain = text.replace("\r\n", "\n").strip()
    return hashlib.sha256(plain.encode(errors="replace")).hexdigest()[:10] if plain else ""


def write_was(boxes: dict[str, str]) -> str:
    """What the boxes hold, for a hidden field: a line a box, "name fingerprint". Empty ones out."""
    signs = ((name, fingerprint(str(text))) for name, text in boxes.items())
    return "\n".join(f"{name} {sign}" for name, sign in signs if sign)


def read_was(text: str | None, underway: str = "") -> Was | None:
    """Fingerprints by box, as ``write_was`` wrote them; None where a page did not send them.

    ``underway`` are texts by box, in JSON, that the page had sent and had no answer to.
    """
    if text is None or len(text) > LONGEST_WAS:
        return None
    pairs = (line.rpartition(" ") for line in text.splitlines())
    was = Was({name: sign for name, _, sign in pairs if name})
    was.underway = _read_underway(underway)
    return was


def _read_underway(text: str) -> dict[str, str]:
    try:
        texts = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(texts, dict):
        return {}
    return {name: fingerprint(sent) for name, sent in texts.items() if isinstance(sent, str)}


def merge(was: dict[str, str] | None, mine: dict[str, str], theirs: dict[str, str]) -> Merged:
    """Boxes as shown, as typed now and as kept meanwhile, put together.

    A box that only one side changed is as that side has it; a text of the same page that was
    underway is no other side's. One that both changed otherwise is a
    clash. What was not sent stays as it is kept. Without ``was`` each difference is a clash.
    """
    boxes, clashes = dict(theirs), []
    underway = was.underway if isinstance(was, Was) else {}
    for name, text in mine.items():
        kept = theirs.get(name, "")
        now, then = fingerprint(text), fingerprint(kept)
        if now == then:
            continue
        if was is not None and then in (was.get(name, ""), underway.get(name)):
            boxes[name] = text
        elif was is None or now != was.get(name, ""):
            clashes.append(Clash(name, text, kept))
    return Merged(boxes, clashes)
