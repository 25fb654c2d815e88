"""What words around the figures of a block say: a period, a unit, or what has to be asked about.

Titles, heads over the names, lines below, brackets behind a name: whatever is not known whole may
say that the figures are of something else. Only words that say nothing of figures are passed over.
"""

import re
from dataclasses import dataclass

from bcfportal.lib.pasting.grids import Grid, word_set
from bcfportal.lib.pasting.heads import OWN, Head, When, read_head
from bcfportal.lib.pasting.meaning import FILLING

# Words of titles and notes that say nothing of which figures stand below or above them.
_HARMLESS = FILLING | word_set(
    "report reports reporting return returns performance measure measures indicator indicators "
    "kpi kpis metric metrics data table tables dashboard scorecard summary overview service "
    "services user users output outputs outcome outcomes source sources programme programmes "
    "project projects scheme schemes monitoring finance financial amount amounts all this these "
    "are was were relate relates relating shown given stated show shows cover covers covering "
    "which with from figure figures end ended ending note notes paper appendix annex page section "
    "item our its period"
)
# Words that say when a paper was made, or is made next.
_OF_PAPERS = word_set(
    "next published publication printed produced prepared extracted updated update refreshed due "
    "run version meeting issued"
)
# A year of objectives is when they were set: the figures below are of the return all the same.
_OF_OBJECTIVES = word_set("objective objectives")
# "Table 3", "Page 2 of 5", "Appendix A".
_PLACES = re.compile(
    r"\b(?:table|page|appendix|annex|section|figure|sheet|tab|item|chart)"
    r" (?:\d{1,3}|[a-z])\b(?: of \d{1,3}\b)?",
    re.ASCII,
)


@dataclass(frozen=True)
class Told:
    """What a text says: of when, in what unit, and the words that are not known to be harmless."""

    when: When
    unit: str
    rest: str

    def is_own(self, grid: Grid) -> bool:
        """Whether it says the grid's own period and no more."""
        return bool(self.when) and not (self.rest or self.unit) and _is_own(self.when, grid)


def _is_own(when: When, grid: Grid) -> bool:
    return any(when.is_of(own) == OWN for own in grid.own)


def is_of_paper(head: Head, grid: Grid) -> bool:
    """Whether a text says a time that its figures are not of: of objectives, or of a paper.

    The day of a paper is later than the grid's own period: figures taken out before are others.
    """
    said = set(head.phrase.split())
    if said & _OF_OBJECTIVES:
        return bool(head.when)
    return bool(said & _OF_PAPERS) and head.when.is_after(grid.own[0])


def told_by(text: str, grid: Grid, known: frozenset[str] = frozenset()) -> Told:
    """What the text says around the grid's figures; ``known`` are more words that say nothing."""
    head = read_head(text)
    padded = f" {head.phrase} "
    for phrase in grid.phrases:
        padded = padded.replace(f" {phrase} ", "  ")
    padded = _PLACES.sub(" ", padded)
    harmless = _HARMLESS | _OF_OBJECTIVES | grid.said_of_all | known
    of_paper = is_of_paper(head, grid)
    harmless |= _OF_PAPERS if of_paper else frozenset()
    rest = [word for word in padded.split() if word not in harmless]
    return Told(When() if of_paper else head.when, head.unit, " ".join(rest))
