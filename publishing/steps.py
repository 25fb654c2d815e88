"""The rows of a workflow's table, and what is known of one as it is taken."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model

from accounts.models import User
from accounts.roles import Permission
from publishing.models import Event

Record = TypeVar("Record", bound=Model)


@dataclass(frozen=True)
class Signatory:
    """A body that has to sign a step, and who may sign for it."""

    body: str
    # Any of these permissions is enough.
    who: frozenset[Permission]


@dataclass(frozen=True)
class Transition:
    """An action: from which states to which, who may, and what it asks for.

    ``title`` is what a timeline says of it once it is taken.
    """

    action: str
    title: str
    sources: frozenset[str]
    target: str
    # Any of these permissions is enough.
    who: frozenset[Permission]
    # What its button says, where a page draws buttons from the table.
    button: str = ""
    # Needs words, which the timeline keeps.
    needs_comment: bool = False
    # Whoever wrote any of the record may not do it.
    not_by_author: bool = False
    # Nobody but whoever wrote it may do it.
    by_author: bool = False
    # The council's setting by which the author may do it all the same: a team of one.
    own_by: str = ""
    # Works after the period has closed.
    after_closing: bool = False
    # What the record says then is kept for good, by the engine.
    freezes: bool = False
    # All of these sign it, in any order, each what it says then; the last takes the step.
    signatories: tuple[Signatory, ...] = ()
    # The council's setting that switches the step on, and the actions that then wait for it.
    switched_by: str = ""
    before: frozenset[str] = frozenset()
    # Whether it may be taken for somebody, who is named by post.
    for_others: bool = False
    # What is unusual about taking it on this record today, in sentences: mostly nothing. Whoever
    # takes it says that it is right.
    questions: Callable[[Any, date], list[str]] | None = None


@dataclass(frozen=True)
class Letter:
    """Mail about a step: to whom, which template of ``mail/``, and what that is given."""

    to: User
    template: str
    says: Mapping[str, Any]


@dataclass
class Step(Generic[Record]):
    """A transition that is taken on a record: by whom, when, and with which words."""

    record: Record
    rule: Transition
    by: User
    at: datetime
    # The state before.
    before: str
    comment: str = ""
    # Notes by section, where it is sent back.
    asked: dict[str, str] = field(default_factory=dict)
    # The post that it was taken for, where it was taken for somebody.
    on_behalf_of: str = ""
    # Whether an author took it, where the council lets them.
    own: bool = False
    # The bodies that have still to sign: the state is as it was until they have.
    unsigned: tuple[str, ...] = ()
    # What ``before`` gave, for the timeline to keep.
    kept: dict[str, Any] | None = None
    # The line of the timeline, where the record has one.
    event: Event | None = None
