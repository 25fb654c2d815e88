"""The engine of every workflow: a table of transitions, and the one function that follows it.

Nothing else changes the state of a record that has a workflow. "May this person?" and "does the
state allow it?" are two questions, asked apart, with the row locked. A subject makes its own
``Workflow`` with its table in ``transitions.py``; all tables are drawn into
``docs/rules/workflow.md``.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Generic

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import TextChoices

from accounts import outbox
from accounts.models import User
from accounts.roles import Permission
from bcfportal.lib import clock
from bcfportal.lib.text.bounds import too_long_a_note
from projects.access import Access
from projects.models import Council
from publishing.models import Event, Signature
from publishing.steps import Letter, Record, Step, Transition
from publishing.timeline import write_event
from typed.seen import Seen, mark_of


class NotNow(Exception):
    """The state of the record does not allow the action. The message is for the person."""


class Unanswered(NotNow):
    """Something is asked about the action, and nobody has said that it is right."""

    def __init__(self) -> None:
        super().__init__("Read what is asked below: tick that it is right, or do not do it.")


def yes_to(asked: Sequence[str]) -> str:
    """What a tick says that answers these sentences, and no others that are asked later."""
    return f"yes: {mark_of({'Asked': ' '.join(asked)})}" if asked else ""


class Workflow(Generic[Record]):
    """The table of one subject, what it says of its records, and the function to follow it."""

    # What a record is called, in sentences: "This return is submitted."
    subject: str
    states: type[TextChoices]
    # The states in which it is done with: nothing leads out of them.
    ends: frozenset[str] = frozenset()
    # The field of the record that holds its state; none where the subject's ``state`` says it of
    # what stands, and its ``write`` keeps what makes it so.
    state_field = "status"
    # Of which records a permission is, where it is not of all, in words for the drawn table.
    reach: Mapping[Permission, str] = {}
    # Whether a record can be of a period that closes.
    closes = False

    def __init__(self, table: Iterable[Transition]) -> None:
        self.table = {rule.action: rule for rule in table}

    # What a subject says of its records.

    def lock(self, pk: int, access: Access) -> Record:
        """The record, locked until the end of the transaction, with what the table asks about."""
        raise NotImplementedError

    def reaches(self, rule: Transition, access: Access, record: Record) -> bool:
        """Whether the person's permissions reach this record."""
        return any(access.may(permission) for permission in rule.who)

    def is_author(self, record: Record, user: User) -> bool:
        """Whether the person ever wrote any of the record."""
        raise NotImplementedError

    def moved_by(self, record: Record) -> int | None:
        """The key of who took the last step, where a step that is switched on is kept apart."""
        return None

    def named(self, record: Record) -> str:
        """What a sentence about the record begins with."""
        return f"This {self.subject}"

    def setting(self, record: Record, name: str) -> bool:
        """Whether the record's council has switched a setting on."""
        return bool(getattr(self.council(record), name))

    def read(self, record: Record) -> dict[str, str]:
        """What is signed, by title: what a page shows of it to who signs; see ``typed.seen``."""
        raise NotImplementedError

    def why_closed(self, record: Record, today: date) -> str:
        """Why nothing of the record can be changed on that day; nothing where it can be."""
        return ""

    def why_not_ready(self, rule: Transition, record: Record) -> str:
        """What the record lacks for the action, in a sentence; nothing where it lacks nothing."""
        return ""

    def turn(self, step: Step[Record]) -> list[str]:
        """Changes what else the action changes on the record. Returns the names of the fields."""
        return []

    def write(self, step: Step[Record]) -> None:
        """Writes the record in the state that the step leads to, with what else it changes."""
        setattr(step.record, self.state_field, step.rule.target)
        step.record.save(update_fields=[self.state_field, *self.turn(step)])

    def freeze(self, step: Step[Record]) -> None:
        """Keeps for good what the record says now."""
        raise NotImplementedError

    def council(self, record: Record) -> Council:
        """The record's council, where the table asks for its settings."""
        return record.council  # type: ignore[attr-defined]

    def council_pk(self, record: Record) -> int:
        """The key of the record's council."""
        return record.council_id  # type: ignore[attr-defined]

    def event(self, step: Step[Record]) -> Event | None:
        """A new line of the record's timeline, with what this subject alone keeps in it."""
        return None

    def after(self, step: Step[Record], access: Access) -> None:
        """What else happens to other records, once all of the step is kept."""

    def letters(self, step: Step[Record]) -> Iterable[Letter]:
        """The mail that goes out with the commit, once all of the step is kept.

        Whoever took the step gets none, and what accounts cannot receive is left out.
        """
        return ()

    # What the engine does.

    def _post(self, step: Step[Record]) -> None:
        """Keeps the mail about the step, which is sent after the commit."""
        for letter in self.letters(step):
            if letter.to.pk != step.by.pk and outbox.can_receive(letter.to):
                outbox.post(letter.to, letter.template, step=step, **letter.says)

    def write_event(self, step: Step[Record]) -> Event | None:
        """Writes the line of the timeline, where the record has one."""
        event = self.event(step)
        if event is None:
            return None
        event.at, event.by = step.at, step.by
        event.action, event.title = step.rule.action, step.rule.title
        event.before, event.after = step.before, self.state(step.record)
        event.comment, event.on_behalf_of, event.own = step.comment, step.on_behalf_of, step.own
        return write_event(event, self.council_pk(step.record))

    def state(self, record: Record) -> str:
        """The state of the record."""
        return getattr(record, self.state_field)

    def may(self, action: str, record: Record, *, by: User, access: Access) -> bool:
        """Whether the person may take this action on this record, whatever its state."""
        rule = self.table[action]
        if not self.reaches(rule, access, record) or self.signed_before(rule, record, by):
            return False
        if rule.by_author:
            return self.is_author(record, by)
        return not self.bars_author(rule, record) or not self.is_author(record, by)

    def bars_author(self, rule: Transition, record: Record) -> bool:
        """Whether nobody may take the step on what they wrote, as the council has it."""
        return rule.not_by_author and not self._lifted(rule, record)

    def _lifted(self, rule: Transition, record: Record) -> bool:
        return bool(rule.own_by) and self.setting(record, rule.own_by)

    def signed_before(self, rule: Transition, record: Record, by: User) -> bool:
        """Whether the person took the step that came before this one: another takes this."""
        state = self.state(record)
        came_before = any(
            step.target == state and self.setting(record, step.switched_by)
            for step in self.table.values()
            if rule.action in step.before
        )
        return came_before and self.moved_by(record) == by.pk

    def barred(self, action: str, records: Collection[Record], user: User) -> set[Record]:
        """Those on which the person may not take the action: they wrote some, or signed it before.

        A query each; a subject of which lists are made asks once for all.
        """
        rule = self.table[action]
        return {
            record
            for record in records
            if self.signed_before(rule, record, user)
            or (self.bars_author(rule, record) and self.is_author(record, user))
        }

    def sources(self, rule: Transition, record: Record) -> frozenset[str]:
        """The states from which the action may be taken, as the record's council has it.

        A step that is switched on comes before the actions that wait for it; one that is not is
        passed over.
        """
        if rule.switched_by and not self.setting(record, rule.switched_by):
            return frozenset()
        sources = rule.sources
        for step in self.table.values():
            if rule.action in step.before and self.setting(record, step.switched_by):
                sources -= step.sources
        return sources

    def why_not(self, action: str, record: Record, today: date) -> str:
        """Why the state or the day does not allow the action, in a sentence; else nothing."""
        rule, state = self.table[action], self.state(record)
        if not rule.after_closing and (reason := self.why_closed(record, today)):
            return reason
        sources = self.sources(rule, record)
        if state in sources:
            return ""
        if state == rule.target:
            return f"{self.named(record)} is already {self.label(state)}."
        if not sources:
            return "The council has not switched this step on."
        if state in rule.sources:
            first = next(
                self.label(step.target)
                for step in self.table.values()
                if rule.action in step.before and state in step.sources
            )
            return (
                f"{self.named(record)} is {self.label(state)}. "
                f"The council asks that it is {first} first."
            )
        steps = self.table.values()
        on = {s.target for s in steps if not s.switched_by or self.setting(record, s.switched_by)}
        off = {step.target for step in steps} - on
        allowed = " or ".join(sorted(map(self.label, sources - off)))
        return (
            f"{self.named(record)} is {self.label(state)}. "
            f"That can only be done to one that is {allowed}."
        )

    def label(self, state: str) -> str:
        """What a state is called within a sentence."""
        return dict(self.states.choices)[state].lower()

    def actions_for(self, record: Record, *, by: User, access: Access) -> list[Transition]:
        """What the person may do to the record as it is now, in the order of the table.

        Templates draw these, and nothing else. At most one query more than ``reaches`` asks.
        """
        today = clock.today()
        rules = [
            rule
            for rule in self.table.values()
            if not self.why_not(rule.action, record, today)
            and self.reaches(rule, access, record)
            and not self.signed_before(rule, record, by)
        ]
        barred = [rule for rule in rules if self.bars_author(rule, record)]
        own = [rule for rule in rules if rule.by_author]
        if not barred and not own:
            return rules
        refused = barred if self.is_author(record, by) else own
        return [rule for rule in rules if rule not in refused]

    def asks(self, action: str, record: Record) -> list[str]:
        """What is asked before the action is taken, in sentences; ``yes_to`` answers them."""
        questions = self.table[action].questions
        return questions(record, clock.today()) if questions else []

    def unsigned(self, action: str, record: Record) -> list[str]:
        """The bodies that have not signed what the record says now. One query."""
        under = Signature.objects.under(record, action, mark_of(self.read(record)))
        return [
            signatory.body
            for signatory in self.table[action].signatories
            if signatory.body not in under
        ]

    @transaction.atomic
    def transition(
        self,
        action: str,
        record: int | Record,
        *,
        by: User,
        access: Access,
        comment: str = "",
        on_behalf_of: str = "",
        asked: dict[str, str] | None = None,
        before: Callable[[Record], dict[str, Any] | None] | None = None,
        seen: Seen[Record] | None = None,
        answer: str = "",
    ) -> Step[Record]:
        """Takes the action on the record: all of it happens, or nothing.

        ``record`` is its key, or the record itself where the action is the first that is kept of
        it. In this order: the record is locked; may this person; does the state allow it; does the
        record say what the person read (``seen``); is a comment there; is what is asked about the
        action answered (``answer``, see ``yes_to``); ``before`` writes what the action takes over;
        the state; what freezes is frozen; the line of the timeline, which keeps what ``before``
        gave; ``after``, for other records; the mail, which is sent after the commit.

        Raises PermissionDenied where the person may not, NotNow where the state, the comment or the
        record does not allow it, Unanswered where something is asked about it, Stale where it says
        something else than was read.
        """
        rule, record = self.table[action], self._locked(record, access)
        if not self.may(action, record, by=by, access=access):
            raise PermissionDenied
        if reason := self.why_not(action, record, clock.today()):
            raise NotNow(reason)
        if seen:
            seen.require(record)
        if rule.needs_comment and not comment.strip():
            raise NotNow(f"Say why in a few words: they stay with the {self.subject}.")
        if reason := too_long_a_note(comment) or too_long_a_note(*(asked or {}).values()):
            raise NotNow(reason)
        if reason := self.why_not_ready(rule, record):
            raise NotNow(reason)
        if (asked_first := self.asks(action, record)) and answer != yes_to(asked_first):
            raise Unanswered
        if on_behalf_of and not rule.for_others:
            raise NotNow("This cannot be done for somebody else.")
        step = Step(record, rule, by, clock.now(), self.state(record), comment.strip(), asked or {})
        step.on_behalf_of = on_behalf_of
        step.own = self._lifted(rule, record) and self.is_author(record, by)
        if rule.signatories:
            step.unsigned = self._sign(step, access)
        if step.unsigned:
            step.event = self.write_event(step)
            return step
        step.kept = before(record) if before else None
        self.write(step)
        if rule.freezes:
            self.freeze(step)
        step.event = self.write_event(step)
        self.after(step, access)
        self._post(step)
        return step

    def _locked(self, record: int | Record, access: Access) -> Record:
        """The record, locked; of one that is not kept yet, its council is."""
        if isinstance(record, int):
            return self.lock(record, access)
        if self.council_pk(record) != access.council.pk:
            raise PermissionDenied
        Council.objects.select_for_update(no_key=True).get(pk=access.council.pk)
        return record

    def _sign(self, step: Step[Record], access: Access) -> tuple[str, ...]:
        """Signs for the first body that the person may sign for; gives those still waited for.

        Nobody signs for two bodies. Raises PermissionDenied where the person may sign for none,
        NotNow where they have signed, or those that they may sign for have.
        """
        record, rule = step.record, step.rule
        mark = mark_of(self.read(record))
        under = Signature.objects.under(record, rule.action, mark)
        mine = [signatory for signatory in rule.signatories if any(map(access.may, signatory.who))]
        if not mine:
            raise PermissionDenied
        if any(signature.by_id == step.by.pk for signature in under.values()):
            raise NotNow("You have signed this already. Somebody else signs for the others.")
        body = next((signatory.body for signatory in mine if signatory.body not in under), "")
        if not body:
            raise NotNow(f"{mine[0].body} has signed this already.")
        Signature.objects.sign(
            record, rule.action, body, mark, by=step.by, on_behalf_of=step.on_behalf_of
        )
        signed_now = {*under, body}
        return tuple(s.body for s in rule.signatories if s.body not in signed_now)
