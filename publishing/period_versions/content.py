"""What a version of a period holds, as plain data: frozen with it, and fingerprinted."""

from collections.abc import Sequence
from datetime import date

import msgspec

from bcfportal.lib.periods import period_of
from bcfportal.lib.sentences import counted, day_words
from bcfportal.lib.versions import Correction, approved_own

# Since 2 it says its number and its day, so that what is published again is not the same; since 3
# what reported has the allocations in force too, where they are not those of its report; since 4 a
# quarter says which versions of earlier quarters stood; since 5 it says which of its figures the
# reports of earlier periods give otherwise, and providers are named as funds are; since 6 it says
# where only their rating differs, and a month says which versions of earlier months stood, as a
# quarter does; since 7 a quarter has the words of the council's own that its pages say.
SAYS_ONLY_RATING = 6
SCHEMA = 7
# What a correction says where a project is shown as of another period than before.
SHOWN_AS_OF = "Shown as of"


class _Plain(msgspec.Struct, frozen=True, omit_defaults=True):
    pass


class Change(_Plain, frozen=True):
    """What changed about a project, or the name of what it names, from which day and why."""

    kind: str
    on: date
    why: str
    before: str = ""
    after: str = ""

    @property
    def sentence(self) -> str:
        """What changed, from which day and why, in a sentence."""
        said = {
            "began": "Began",
            "ended": "Ended",
            "renamed": f"Called “{self.after}”; until then “{self.before}”",
            "moved": f"Serves “{self.after}”; until then “{self.before}”",
            "allocation": f"Allocation {self.after}; it was {self.before}",
            "called": f"“{self.before}” is called “{self.after}”",
            "spelt": f"“{self.before}” was misspelt; it is “{self.after}”",
        }[self.kind]
        return f"{day_words(self.on)}: {said}. {self.why}"


class HeldBack(_Plain, frozen=True, order=True):
    """A figure that the report has and that the version does not show: it was held back since.

    ``measure`` is the place of a project's measure, or the name of a council's in addresses;
    ``period`` is a key.
    """

    measure: str
    period: str
    segment: str = ""


class Entry(_Plain, frozen=True, kw_only=True):
    """One return as the version shows it: a project's, or that of the council's measures.

    ``period`` is the key of the period that it reported for. ``ended`` is a project's last day.
    ``held_back`` are figures of the report that are not shown, in order.
    """

    slug: str
    fingerprint: str = ""
    period: str
    ended: date | None = None
    changes: list[Change] = []
    held_back: list[HeldBack] = []
    # Approved by who wrote it: since when the council allowed that.
    approved_own_since: date | None = None


class Corrected(_Plain, frozen=True):
    """One thing that the version says otherwise than the one before.

    ``measure``, ``period`` and ``segment`` say which figure it is, where it is one; without a
    period it is something else of the measure. ``title`` is the project's short name. ``of`` is
    the key of the period whose report was corrected, where that is not the version's own.
    """

    slug: str
    what: str
    before: str
    after: str
    why: str = ""
    measure: str = ""
    period: str = ""
    segment: str = ""
    title: str = ""
    of: str = ""

    @property
    def is_figure(self) -> bool:
        return bool(self.measure and self.period)

    @property
    def correction(self) -> Correction:
        return self._called(self.what)

    @property
    def named_correction(self) -> Correction:
        """The same with the project's name, for where corrections of several stand together."""
        return self._called(f"{self.title}: {self.what}" if self.title else self.what)

    def _called(self, what: str) -> Correction:
        return Correction(
            what, self.before, self.after, self.measure, is_figure=self.is_figure, why=self.why
        )


class GivenOtherwise(_Plain, frozen=True):
    """A figure that the version prints, and that the report of its own period gives otherwise.

    It is no correction: that report never said in public what is printed here. ``measure``,
    ``period`` and ``segment`` say which figure, ``of`` is the key of the period whose report is
    meant, and ``says`` what it says, with its colour. ``what`` is what corrections call it.
    ``only_rating``: the figure is the same, and rated otherwise there.
    """

    slug: str
    what: str
    says: str
    measure: str
    period: str
    segment: str
    of: str
    only_rating: bool = False

    @property
    def report_label(self) -> str:
        """ "Quarter 2 2026/27": whose report gives it otherwise."""
        return period_of(self.of).label

    @property
    def sentence(self) -> str:
        """What that report says, for a note at the figure itself."""
        return f"The report of {self.report_label} {self.verb} {self.says}."

    @property
    def now(self) -> str:
        """The figure that the report gives, in words with its colour."""
        return self.says

    @property
    def mark(self) -> str:
        """The same in a word or two."""
        return "Given otherwise"

    @property
    def verb(self) -> str:
        """What that report does, before what it says."""
        return "rates it otherwise:" if self.only_rating else "says"


class Decided(_Plain, frozen=True, kw_only=True):
    """What a committee chose for a measure, as it was known when the version was made."""

    measure: str
    action: str
    decided_on: date
    decision: str
    owner: str
    due: date
    done_on: date | None = None
    outcome: str = ""


class Contents(_Plain, frozen=True, kw_only=True):
    """A version of a period: its report's name and dates, what it shows and what it corrects.

    ``decisions`` are there of months; None in versions of before they were kept. ``stood`` has the
    number of the version of each earlier period that stood when this one was made, by its key.
    None in quarters of before schema 4, in months of before schema 6.

    ``number`` and ``published_on`` are not there in versions of schema 1, ``given_otherwise`` not
    before schema 5.
    """

    schema: int = 1
    council: str
    period: str
    title: str
    subtitle: str
    as_at: date
    entries: Sequence[Entry]
    corrections: list[Corrected] = []
    given_otherwise: list[GivenOtherwise] = []
    decisions: list[Decided] | None = None
    stood: dict[str, int] | None = None
    number: int = 0
    published_on: date | None = None

    @property
    def approved_own(self) -> str:
        """How many of its returns were approved by who wrote them, in words; nothing of none."""
        own = [
            entry.approved_own_since
            for entry in self.entries
            if entry.period == self.period and entry.approved_own_since
        ]
        of = f": {counted(len(own), 'return')}" if own and len(self.entries) > 1 else ""
        return approved_own(own) + of

    def entry(self, slug: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.slug == slug), None)


# What a correction says of a figure that is held back from now on: as each subject labels it.
HELD_BACK = "Held back: small number"
# What a correction says in place of a figure that is held back from now on, and of the words that
# were put right with it: either would still tell the figure.
FIGURE_HELD_BACK = "a figure that is held back now"


def is_held_back(corrected: Corrected) -> bool:
    """Whether the correction says that a figure is held back from now on."""
    return corrected.is_figure and corrected.after == HELD_BACK
