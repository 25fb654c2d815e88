"""What was said to come: one line for each promise, whichever subject has it.

How it stands is worked out from what was said since and the day on which it is looked at; in prose:
docs/rules/promises.md.
"""

import re
from collections.abc import Collection
from datetime import date

import msgspec

from bcfportal.lib.sentences import day_words
from bcfportal.lib.text.told_numbers import ToldNumber, without_numbers

PASSED, LATE, MOVED, OPEN, KEPT, DROPPED = "passed", "late", "moved", "open", "kept", "dropped"
# In the order of the page: its key, and its heading.
STATES = {
    PASSED: "Passed without a word",
    LATE: "Late, and said so",
    MOVED: "Moved to another date",
    OPEN: "Still to come",
    KEPT: "Kept",
    DROPPED: "Dropped",
}
# What is said of a promise, as a form offers it.
ANSWERS = {
    KEPT: "Done",
    LATE: "Late, and still to come",
    MOVED: "Moved to another date",
    DROPPED: "Dropped",
}
# What is said of it that changes neither its day nor whether it is still to come.
TOLD = "told"
ENDS = (KEPT, DROPPED)
LABELS = ANSWERS | {TOLD: "Going on"}
NO_OWNER = "Nobody is named"


# What stands before a day and changes nothing of what it means.
_BEFORE_A_DAY = re.compile(r"(?:by|in|at|on|during|from|within) ", re.IGNORECASE)


def _bare(when: str) -> str:
    return _BEFORE_A_DAY.sub("", when, count=1) if _BEFORE_A_DAY.match(when) else when


def _by(when: str, last: date | None) -> str:
    """The words within a sentence; those that name no day stand as they are."""
    bare = _bare(when)
    return f"by {bare}" if when and last and not bare.startswith("before ") else when


class AnswerLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was said of a promise since, when, and at which meeting or in which report."""

    state: str
    text: str
    on: date
    told_in: str
    by: str = ""
    # Of what is moved: to which day, in words, and the last that this can mean.
    when: str = ""
    last: date | None = None
    # The key of the period whose return tells it.
    period: str = ""

    @property
    def label(self) -> str:
        """What was said of it, with the day to which it is moved: "Moved to spring 2019"."""
        return f"Moved to {_bare(self.when)}" if self.state == MOVED else LABELS[self.state]


class PromiseLine(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Something that was said to come. ``key`` is its name among those of its council."""

    key: str
    # What it is of: a project, a saving, a risk.
    kind: str
    about: str
    what: str
    said_in: str
    said_on: date
    owner: str = ""
    # By when, as it was said first, and the last day that this can mean.
    when: str = ""
    last: date | None = None
    answers: tuple[AnswerLine, ...] = ()
    as_printed: str = ""
    source: str = ""
    note: str = ""
    # The project's name in addresses, and the key of the period whose return said it.
    project: str = ""
    period: str = ""
    # The page on which it is read; nothing in what is frozen.
    address: str = ""

    @property
    def anchor(self) -> str:
        """Its place on a page that lists it."""
        return "promise-" + self.key.replace("/", "-")

    @property
    def key_kind(self) -> str:
        """What its key begins with: what has it."""
        return self.key.partition("/")[0]

    @property
    def key_name(self) -> str:
        """The rest of its key."""
        return self.key.partition("/")[2]

    @property
    def moves(self) -> list[AnswerLine]:
        """Each time that it was moved to another date, the first first."""
        return [answer for answer in self.answers if answer.state == MOVED]

    @property
    def told(self) -> AnswerLine | None:
        """What was said of it last."""
        return self.answers[-1] if self.answers else None

    @property
    def last_day(self) -> date | None:
        """The last day that can be meant now."""
        return self.moves[-1].last if self.moves else self.last

    @property
    def when_now(self) -> str:
        """By when it is to come now, in the words in which that was said."""
        if self.moves:
            return self.moves[-1].when
        return self.when or (day_words(self.last) if self.last else "")

    @property
    def when_first(self) -> str:
        """By when it was to come when it was said; nothing where it never had another day."""
        if not self.moves:
            return ""
        return self.when or (day_words(self.last) if self.last else "no day")

    def told_in_return(self, period: str) -> AnswerLine | None:
        """What the return of the period says of it last; None where it says nothing."""
        return next((told for told in reversed(self.answers) if told.period == period), None)

    @property
    def by_now(self) -> str:
        """The same within a sentence: "by early February"; nothing where no day was said."""
        return _by(self.when_now, self.last_day)

    @property
    def by_first(self) -> str:
        return _by(self.when_first, self.last)

    @property
    def has_ended(self) -> bool:
        return bool(self.told and self.told.state in ENDS)

    def state_on(self, day: date) -> str:
        """A key of ``STATES``: how it stood on the day."""
        told, last = self.told, self.last_day
        if told and told.state in ENDS:
            return told.state
        if told and told.state == LATE:
            return LATE
        if last is None or last >= day:
            return MOVED if self.moves else OPEN
        # What was said before the day had passed does not say that it is late.
        return LATE if told and told.on > last else PASSED

    def without(self, numbers: Collection[ToldNumber]) -> "PromiseLine":
        """The same with these numbers in none of its words."""
        names = ("about", "what", "as_printed", "note")
        answers = tuple(
            msgspec.structs.replace(answer, text=without_numbers(answer.text, numbers))
            for answer in self.answers
        )
        texts = {name: without_numbers(getattr(self, name), numbers) for name in names}
        return msgspec.structs.replace(self, answers=answers, **texts)

    @property
    def in_words(self) -> str:
        """All of it in sentences, for a paper."""
        first = self.by_first or self.by_now
        when = f", {first}" if first else ""
        owner = f"{self.owner}{when}." if self.owner else f"No owner was named{when}."
        said = [f"{answer.label}, {answer.told_in}: {answer.text}" for answer in self.answers]
        return " ".join([f"{self.what} Said {day_words(self.said_on)}. {owner}", *said])
