"""The kinds of publication that can be withdrawn, each described in the same words.

A quarter or a month, a finance report, a savings paper and a risk register differ in who may
withdraw them, in what stands in their place, and in what else has to happen. All else is the same,
and stands once: in ``withdrawing``, on its screen and on the page at a withdrawn address.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.utils.timezone import localdate

from accounts.models import User
from accounts.roles import Permission
from bcfportal.lib import present
from bcfportal.lib.sentences import day_words
from bcfportal.lib.withdrawals import HeldBackSince, Withdrawn
from projects.access import Access
from projects.models import Council
from publishing.models import Version, Withdrawal


@dataclass(frozen=True)
class InPlace:
    """What is read in the place of something else: its words, and where."""

    label: str
    address: str


@dataclass(frozen=True)
class NotRead:
    """Why a version that no longer stands is read no more.

    It shows what ``withdrawn``, a version of an earlier period, said; without one, it gives a
    figure that was held back since.
    """

    withdrawn: Model | None = None


# In place of a version's number, in an address: what would be published now.
NEXT = "next"


class Kind(ABC):
    """What differs by kind. ``row`` is what was published and is withdrawn as a whole."""

    # What its versions are called: ``Version.kind``.
    kind: ClassVar[str]
    # Any of these may withdraw it: who may publish it.
    who: ClassVar[frozenset[Permission]]
    # Whether a second person decides: where one approves what is published.
    second_person: ClassVar[bool] = True
    # Any of these reads what is not published of it.
    drafts: ClassVar[frozenset[Permission]] = frozenset({Permission.PREVIEW})
    # Whether it prints figures of earlier reports, so that a new version may be needed.
    shows_earlier_reports: ClassVar[bool] = False

    def allows(self, row: Any, access: Access) -> bool:
        """Whether the person may withdraw it."""
        mine = access.council.pk == self.council(row).pk
        return mine and any(access.may(permission) for permission in self.who)

    def require(self, row: Any, access: Access) -> None:
        """Raises PermissionDenied where the person may not withdraw it."""
        if not self.allows(row, access):
            raise PermissionDenied

    def number(self, row: Any) -> int:
        """Which version it is, from 1."""
        return row.number

    def said(self, row: Any) -> str:
        """Which version of what: "version 2 of the finance report, Month 9 of 2026/27"."""
        return f"version {self.number(row)} of {self.name(row)}"

    def in_force(self, row: Any) -> Any:
        """The version of the same that stands; None where it is not published."""
        return self.same(row).first()

    def instead(self, row: Any) -> InPlace | None:
        """The version of the same that stands, in words."""
        version = self.in_force(row)
        return InPlace(self._dated(version), self.address(version)) if version else None

    def _dated(self, row: Any) -> str:
        at = self.published_at(row)
        said = self.said(row)
        return f"{said}, published on {day_words(localdate(at))}" if at else said

    def before(self, row: Any) -> InPlace | None:
        """The version that would stand without this one."""
        gone = [row.pk, *(repeat.pk for repeat in self.repeats(row))]
        version = self.same(row).exclude(pk__in=gone).first()
        return InPlace(self._dated(version), self.address(version)) if version else None

    def repeats(self, row: Any) -> list[Any]:
        """The versions below it that go with it, because they show the same."""
        return []

    def goes_with(self, row: Any) -> list[str]:
        """Which reports are no longer shown as it shows them, in words, where it has several."""
        return []

    def goes_on(self, row: Any) -> list[str]:
        """What goes on saying what this version says, each in a sentence."""
        return []

    def stays(self, row: Any) -> list[str]:
        """What it says that will be said without it too, in sentences."""
        return []

    def ever_had(self, row: Any, number: str) -> bool:
        """Whether there ever was a version of the same with the number that an address asks for."""
        return True

    def not_read(self, rows: Sequence[Any]) -> Mapping[Any, NotRead]:
        """Those of the versions, none of which is withdrawn, that are read no more, with why."""
        return {}

    def followed_by(self, row: Any) -> list[str]:
        """What else gets a new version when it is withdrawn, where it shows any of it, in words."""
        return []

    def next_version(self, of: Any) -> Any:
        """What would be published now, as a version that is kept nowhere, for a preview."""
        raise NotImplementedError

    @abstractmethod
    def row(self, version_pk: int) -> Any:
        """What was published with this version. Its content is not fetched."""

    def version_pk(self, row: Any) -> int:
        """The key of the version that was published."""
        return row.pk

    @abstractmethod
    def council(self, row: Any) -> Council:
        """Whose it is."""

    @abstractmethod
    def name(self, row: Any) -> str:
        """What it is a version of, in the middle of a sentence."""

    @abstractmethod
    def published_at(self, row: Any) -> None:
        """When it was published; None of papers of before the portal, whose day is not known."""

    @abstractmethod
    def fingerprint(self, row: Any) -> str:
        """SHA-256 of its frozen content, in hex."""

    @abstractmethod
    def address(self, row: Any) -> str:
        """Where what stands of it is read."""

    def version_address(self, row: Any) -> str:
        """Where this version is read, whatever stands."""
        return self.address(row)

    @abstractmethod
    def same(self, row: Any) -> QuerySet:
        """The published versions of the same that are not withdrawn, the latest first."""

    @abstractmethod
    def lock(self, row: Any) -> None:
        """Locks what its versions share, so that two people are serialised."""

    @abstractmethod
    def opens_on(self, row: Any) -> InPlace | None:
        """What the council's pages of that kind open on without it and its like."""

    def carry_on(self, row: Any, by: User) -> None:  # noqa: B027
        """Makes a new version of each of its like, from this on, that says what no longer holds."""

    def noted(self, row: Any, withdrawal: Withdrawal) -> None:  # noqa: B027
        """Writes on its timeline, where it has one, what was asked or decided."""

    def taken_back(  # noqa: B027
        self, row: Any, withdrawal: Withdrawal, before: Any, access: Access
    ) -> None:
        """What else happens. ``before`` is what stands again."""


@dataclass(frozen=True)
class TimelineLine:
    """What the timeline of what was published says of a withdrawal: its action, by whom."""

    action: str
    title: str
    by: User
    comment: str = ""


def line_of(withdrawal: Withdrawal) -> TimelineLine:
    """The line as the withdrawal stands: the reason is in the words of who asked, and there only.

    What one person withdraws alone was never asked for: there the reason is with the withdrawal.
    """
    decision = Withdrawal.Decision
    action, title = {
        decision.WAITING: ("ask to withdraw", "Asked to withdraw it from the public"),
        decision.CONFIRMED: ("withdraw published", "Withdrawn from the public"),
        decision.REFUSED: ("leave published", "Left public"),
        decision.TAKEN_BACK: ("take withdrawal back", "No longer asked to be withdrawn"),
        decision.LAPSED: (
            "lapse withdrawal",
            "Another version is published: the request lapsed",
        ),
    }[decision(withdrawal.decision)]
    asked = withdrawal.decision == decision.WAITING
    by = withdrawal.asked_by if asked else present(withdrawal.decided_by)
    says_why = asked or (withdrawal.alone and withdrawal.decision == decision.CONFIRMED)
    return TimelineLine(action, title, by, withdrawal.reason if says_why else "")


KINDS: dict[type[Model], Kind] = {}


def register(model: type[Model], kind: Kind) -> None:
    """Registers how a model's publications are withdrawn, when the subject's app is ready."""
    KINDS[model] = kind


def kind_of(row: Model) -> Kind:
    """The kind of a publication. Raises KeyError for what cannot be withdrawn."""
    return KINDS[type(row)]


def published_with(version: Version) -> Any:
    """What was published with a version, of whatever kind."""
    kind = next(kind for kind in KINDS.values() if kind.kind == version.kind)
    return kind.row(version.pk)


def require_read(row: Model, withdrawn_too: bool = False) -> NotRead | None:
    """Raises Withdrawn or HeldBackSince where a version that no longer stands is read no more.

    ``withdrawn_too`` is for people who may read what is withdrawn: it is told why others may not.
    What gives a figure that is held back since is for nobody.
    """
    why = kind_of(row).not_read([row]).get(row)
    if why is None:
        return None
    if why.withdrawn is None:
        raise held_back_since(row)
    if not withdrawn_too:
        raise Withdrawn(why.withdrawn, asked=row)
    return why


def held_back_since(row: Model) -> HeldBackSince:
    """That a version gives a figure that was held back since: what is read in its place."""
    kind = kind_of(row)
    instead = kind.instead(row)
    label, address = (instead.label, instead.address) if instead else ("", "")
    return HeldBackSince(kind.council(row), kind.said(row), label, address)
