"""Versions of what was published: which stands, what a correction changed, and why.

Every subject (a quarter, a month, a finance report, a savings paper, a register) says the same of
its versions, in these words, on its page, in its paper and in its download.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from urllib.parse import urljoin

import msgspec
from django.conf import settings

from bcfportal.lib.sentences import day_words, listed
from bcfportal.lib.text.differences import excerpts, word_changes

# The name of the one canonical form, kept with each version: should there ever be another, what is
# kept is read by its own.
FORM = "JSON, keys sorted, UTF-8"


def canonical(content: dict) -> bytes:
    """The one way of writing frozen content as bytes: JSON, keys sorted, no spaces, UTF-8."""
    return msgspec.json.encode(content, order="sorted")


def fingerprint(content: dict) -> str:
    """SHA-256 in hex of the canonical bytes of frozen content."""
    return hashlib.sha256(canonical(content)).hexdigest()


# What a correction says was there before, where that is withdrawn.
WITHDRAWN = "something that is withdrawn"
# What a correction says was there before, where a figure came in with another report since.
CAME_IN = "not there: it came in since"
# The same of a figure that is as it was printed, where its correction was taken back.
TAKEN_BACK = "corrected in a report that is withdrawn"
# How the words of a figure begin that there is not yet.
NOT_YET = ("Not yet available", "Not due")
# Texts of at least so many words are shown by what differs.
_LONG = 20


@dataclass(frozen=True)
class Correction:
    """One thing that a version says otherwise than the version before it."""

    # What it is, with its period: "At home 91 days later, Quarter 1 2026/27".
    what: str
    # As it was said and as it is said, with unit and rating: "85.2%, Green".
    before: str
    after: str
    # The address name of the measure that it is of, where a month's report is corrected.
    about: str = ""
    # Whether it is a figure or its colour: what matters most.
    is_figure: bool = field(default=False, kw_only=True)
    why: str = field(default="", kw_only=True)

    @property
    def pieces(self) -> list[tuple[str, str]]:
        """What differs between two texts, with a few words round it: see ``excerpts``.

        Nothing of figures and of what is short or mostly another text: those are read side by side.
        """
        if min(len(self.before.split()), len(self.after.split())) < _LONG:
            return []
        pieces = word_changes(self.before, self.after)
        return excerpts(pieces) if any(kind == "same" for kind, _ in pieces) else []

    @property
    def came_in(self) -> bool:
        """Whether it is no correction: a figure that came in with another report since."""
        return self.before == CAME_IN

    @property
    def came_late(self) -> bool:
        """Whether it is no correction either: a figure that there was not yet."""
        return self.is_figure and is_not_yet(self.before) and bool(self.after)

    @property
    def was(self) -> str:
        """What it was before, as the end of a sentence."""
        if self.came_late:
            return "it came late"
        return "it came in since" if self.came_in else f"it was {self.before or 'nothing'}"

    @property
    def sentence(self) -> str:
        return f"{self.what}: {self.after or 'nothing'}; {self.was}"


def is_not_yet(text: str) -> bool:
    """Whether this text of a figure says that there is none yet."""
    return not text or text.startswith(NOT_YET)


# A list of more corrections than these is folded.
_SHOWN = 10


class Folded(NamedTuple):
    """A list of corrections as a page shows it: the first, and all others by their reasons."""

    first: list[Correction]
    others: list[tuple[str, list[Correction]]]


def figures_first(corrections: Iterable[Correction]) -> list[Correction]:
    """The corrections, those of figures and their colours before all others."""
    return sorted(corrections, key=lambda correction: not correction.is_figure)


def folded(corrections: Iterable[Correction]) -> Folded:
    """What of the corrections is shown at once, and what a reader opens."""
    ordered = figures_first(corrections)
    others: dict[str, list[Correction]] = {}
    for correction in ordered[_SHOWN:]:
        others.setdefault(correction.why, []).append(correction)
    return Folded(ordered[:_SHOWN], list(others.items()))


@dataclass(frozen=True)
class VersionStatus:
    """One frozen version of a subject, and where it stands.

    ``superseded_by`` is the number of the version that replaced it, ``superseded_by_what`` what
    did where that is another subject, such as the register of a later day. It stands while
    neither is there.
    """

    number: int
    # SHA-256 of the frozen content in its canonical form, in hex.
    fingerprint: str
    published_on: date | None
    # The reason of the correction, as it was given; nothing in a first version.
    why: str = ""
    corrections: tuple[Correction, ...] = ()
    superseded_on: date | None = None
    superseded_by: int | None = None
    superseded_by_what: str = ""
    withdrawn_on: date | None = None
    # Published on a day that is not known, as papers of before the portal are.
    undated: bool = False
    # Why only people of the council read it, where that is so: pages, papers and files say it.
    kept_from_others: str = ""
    # That who wrote it approved it, in the words of ``approved_own``; else nothing.
    approved_own: str = ""

    @property
    def short(self) -> str:
        """The beginning of the fingerprint, by which its standing can be looked up."""
        return self.fingerprint[:12]

    @property
    def is_published(self) -> bool:
        return self.undated or self.published_on is not None

    @property
    def is_correction(self) -> bool:
        return bool(self.corrections)

    @property
    def published_words(self) -> str:
        """ "Version 2, published on 14 September 2026"."""
        if self.undated:
            return f"Version {self.number}"
        if self.published_on is None:
            return f"Version {self.number}, not published yet"
        return f"Version {self.number}, published on {day_words(self.published_on)}"

    @property
    def corrected_words(self) -> str:
        """ "Corrected on 14 September 2026: 39 people were counted as at home who were not"."""
        if not self.is_correction:
            return ""
        when = f" on {day_words(self.published_on)}" if self.published_on else ""
        return f"Corrected{when}" + (f": {self.why.rstrip('.')}" if self.why else "")

    @property
    def standing_words(self) -> str:
        """What became of it since; nothing while it stands."""
        if self.withdrawn_on:
            return f"Withdrawn on {day_words(self.withdrawn_on)}"
        what = self.superseded_by_what
        if self.superseded_by is not None:
            what = f"version {self.superseded_by}"
        if not what:
            return ""
        when = f" on {day_words(self.superseded_on)}" if self.superseded_on else ""
        return f"Superseded{when} by {what}"

    @property
    def stands(self) -> bool:
        return not self.standing_words


def approved_own(since: Iterable[date]) -> str:
    """ "Approved by who wrote it, as the council allowed from 3 May 2026"; nothing of no day."""
    days = [day_words(day) for day in sorted(set(since))]
    return f"Approved by who wrote it, as the council allowed from {listed(days)}" if days else ""


def standing_address(version: VersionStatus) -> str:
    """Where anybody can read whether a version still stands: short enough to type from paper."""
    return urljoin(settings.SITE_ADDRESS, f"/version/{version.short}/")


# The columns of a workbook's sheet about its version.
VERSION_COLUMNS = [
    ("What", "What is said, or corrected."),
    ("Now", "As this version has it."),
    ("Before", "As the version before it had it."),
]


def version_rows(version: VersionStatus) -> Iterator[list]:
    """A sheet for the reader of a workbook: which version it is, and what it corrects."""
    yield ["Version", version.published_words, None]
    if version.approved_own:
        yield ["Approved", version.approved_own, None]
    yield ["Fingerprint", version.fingerprint, None]
    yield ["See whether it is still current", standing_address(version), None]
    if version.standing_words:
        yield ["Standing", version.standing_words, None]
    if version.kept_from_others:
        yield ["Who can read it", version.kept_from_others, None]
    if version.is_correction:
        yield [version.corrected_words, None, None]
    for correction in figures_first(version.corrections):
        yield [correction.what, correction.after, correction.before]
