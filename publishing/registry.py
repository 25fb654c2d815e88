"""What each subject says of itself, once, when its app is ready. Nothing else lists the subjects.

The menu, the first page of a council, where a person's work begins, the search, what a council has
to show, what each role may do and how what is published is withdrawn are read from here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Model, OuterRef, QuerySet

from accounts import roles
from accounts.roles import Role
from bcfportal.lib.ratings import Rating
from projects.access import Access
from projects.models import Council
from publishing import publications
from publishing.promises import PromiseLine
from publishing.publications import Kind


@dataclass(frozen=True)
class Entry:
    """An entry of the menu."""

    # What pages under it name as their section.
    section: str
    label: str
    # The name of an address that takes a council.
    address: str
    # Where it stands among the published pages, or among those that people work on.
    place: int


@dataclass(frozen=True)
class Page(Entry):
    """A published page, for everyone, where the council has any of what it ``needs``."""

    # Names of what a council has to show; where nothing is named, anything will do.
    needs: tuple[str, ...] = ()
    # Whether it is of one period, which its link keeps.
    keeps_period: bool = False
    # Whether it is the page that searches.
    searches: bool = False
    # Whether it stands in the menu of people who work on pages too: theirs is long.
    beside_work: bool = True


@dataclass(frozen=True)
class WorkPage(Entry):
    """A page for people of the council who have any of the permissions."""

    permissions: tuple[StrEnum, ...]
    # The section of a published page that it belongs to: where the menu has that page, this one
    # stands in the second line below it.
    under: str = ""


@dataclass(frozen=True)
class Beginning:
    """The page on which the day begins of those who have the permission: the first by place."""

    place: int
    permission: StrEnum
    label: str
    address: str


@dataclass(frozen=True)
class Line:
    """What the first page of a council says of a subject: a figure, a text, where to read on."""

    label: str
    text: str
    figure: str = ""
    ratings: list[tuple[Rating, int]] = field(default_factory=list)
    link: str = ""
    address: str = ""


@dataclass(frozen=True)
class SearchResult:
    """What a search has found: its title, where it is read, and what it is, in words."""

    title: str
    address: str
    what: str


@dataclass(frozen=True)
class Stuck:
    """Something that waits for good: nobody of the council may take its next step, and why."""

    what: str
    why: str
    address: str


@dataclass(frozen=True)
class OwnFigure:
    """A figure of a subject, to be set beside one that a paper states: exact to its ``step``."""

    value: Decimal
    step: Decimal
    unit: str
    text: str
    source: str
    address: str = ""


@dataclass(frozen=True)
class NamedMeasure:
    """A measure by the name that other subjects call it by, such as measures/falls."""

    name: str
    title: str
    address: str = ""


@dataclass(frozen=True)
class GivenFigure:
    """A figure that a published version gives, as a paper may refer to it.

    ``name`` finds it again in another version; ``period`` and ``version`` are in words.
    """

    name: str
    label: str
    # With its unit.
    text: str
    period: str
    # Of the version that gives it, and where that is read.
    fingerprint: str
    version: str
    address: str


@dataclass(frozen=True)
class Subject:
    """What a subject publishes and works on. All but its name and place may be left out."""

    name: str
    # Its place among the subjects.
    place: int
    # The attribute that says whether a council has any of it to show, and the records that are
    # public of the council that is given.
    has: str = ""
    published: Callable[[OuterRef], QuerySet] | None = None
    pages: tuple[Page, ...] = ()
    work_pages: tuple[WorkPage, ...] = ()
    beginnings: tuple[Beginning, ...] = ()
    # Which roles have each of its permissions.
    permissions: Mapping[StrEnum, Iterable[Role]] = field(default_factory=dict)
    # What it publishes, by model, and how that is withdrawn.
    kinds: Mapping[type[Model], Kind] = field(default_factory=dict)
    # What stands of it, read once for the first page of a council that has it; and its lines there.
    read: Callable[[Council, Access], Any] | None = None
    lines: Callable[[Council, Any], Iterable[Line]] | None = None
    # What of it waits for a step that nobody of the council may take.
    stuck: Callable[[Council], Iterable[Stuck]] | None = None
    # What of it a search finds, of a council that has it.
    search: Callable[[Council, Access, str], Iterable[SearchResult]] | None = None
    # The figure of a council that its name in the subject names, as the records are now.
    own_figure: Callable[[Council, str], OwnFigure | None] | None = None
    # What it publishes as said to come, of a council that has it.
    promises: Callable[[Council, Access], Iterable[PromiseLine]] | None = None
    # The measures of a council that other subjects may point at by name.
    measures: Callable[[Council], Iterable[NamedMeasure]] | None = None
    # The figures that its versions give that stand for everyone, for papers to refer to.
    figures_given: Callable[[Council], Iterable[GivenFigure]] | None = None


_subjects: list[Subject] = []


def register(subject: Subject) -> None:
    """Adds a subject. Called once, when its app is ready."""
    if any(other.name == subject.name for other in _subjects):
        raise ValueError(f"{subject.name} is there already.")
    _subjects.append(subject)
    _subjects.sort(key=lambda other: other.place)
    for permission, those in subject.permissions.items():
        roles.allow(permission, those)
    for model, kind in subject.kinds.items():
        publications.register(model, kind)


def subjects() -> list[Subject]:
    """All subjects, in their order."""
    return list(_subjects)


def publishing() -> list[Subject]:
    """Those of which a council has something to show, or has not."""
    return [subject for subject in _subjects if subject.has]


def names() -> list[str]:
    """The names of what a council may have to show, in the order of the subjects."""
    return [subject.has for subject in publishing()]


def pages() -> list[Page]:
    """What everyone sees in the menu."""
    return sorted(
        (page for subject in _subjects for page in subject.pages), key=lambda page: page.place
    )


def work_pages() -> list[WorkPage]:
    """What people of a council see in the menu, by permission."""
    return sorted(
        (page for subject in _subjects for page in subject.work_pages), key=lambda page: page.place
    )


def beginnings() -> list[Beginning]:
    """Where people's work begins, by permission."""
    return sorted(
        (begin for subject in _subjects for begin in subject.beginnings),
        key=lambda begin: begin.place,
    )


def read_of(council: Council, access: Access) -> dict[str, Any]:
    """What stands of each subject that the council has something of, by the subject's name."""
    return {
        subject.name: subject.read(council, access)
        for subject in publishing()
        if subject.read and getattr(council, subject.has)
    }


def lines_of(council: Council, read: Mapping[str, Any]) -> dict[str, list[Line]]:
    """The lines of the first page of a council, by subject; ``read`` is of ``read_of``."""
    return {
        subject.name: list(subject.lines(council, read[subject.name]))
        for subject in publishing()
        if subject.lines and subject.name in read
    }


def stuck_in(council: Council) -> list[Stuck]:
    """What waits in the council for somebody who is not there, of all subjects."""
    return [stuck for subject in _subjects if subject.stuck for stuck in subject.stuck(council)]


def search_everything(council: Council, access: Access, text: str) -> list[SearchResult]:
    """What the subjects find of what the council has to show, in their order."""
    return [
        result
        for subject in publishing()
        if subject.search and getattr(council, subject.has)
        for result in subject.search(council, access, text)
    ]


def own_figure(council: Council, name: str) -> OwnFigure | None:
    """The figure that a name such as "measures/falls/2017-18-q3" names; None where none is."""
    of, _, within = name.partition("/")
    subject = next((subject for subject in _subjects if subject.name == of), None)
    return subject.own_figure(council, within) if subject and subject.own_figure else None


def promises_of(council: Council, access: Access) -> list[PromiseLine]:
    """What the subjects that the council has something of publish as said to come."""
    return [
        line
        for subject in publishing()
        if subject.promises and getattr(council, subject.has)
        for line in subject.promises(council, access)
    ]


def measures_of(council: Council) -> dict[str, NamedMeasure]:
    """The measures of all subjects of a council, by name."""
    return {
        measure.name: measure
        for subject in _subjects
        if subject.measures
        for measure in subject.measures(council)
    }


def figures_given(council: Council) -> list[GivenFigure]:
    """The figures that versions give which stand, of all subjects: each by subject and name."""
    return [
        replace(figure, name=f"{subject.name}/{figure.name}")
        for subject in _subjects
        if subject.figures_given
        for figure in subject.figures_given(council)
    ]
