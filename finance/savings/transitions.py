"""The workflows of change requests, and of options that may become savings."""

from datetime import date
from decimal import Decimal

from django.db.models import Max

from accounts.models import User
from accounts.roles import Permission
from accounts.writing import keep_writer, wrote_any
from bcfportal.lib import present
from bcfportal.lib.money import pounds
from bcfportal.lib.periods import financial_year_label
from finance.models import (
    ChangeEvent,
    ChangeRequest,
    OptionEvent,
    OptionForChange,
    Saving,
    SavingReference,
)
from finance.savings.duplicates import same_saving
from finance.savings.profiles import moved
from projects.access import Access
from publishing.steps import Step, Transition
from publishing.workflow import NotNow, Workflow

PROPOSERS = frozenset({Permission.PROPOSE_SAVINGS})
KEEPERS = frozenset({Permission.KEEP_SAVINGS})
DECIDERS = frozenset({Permission.AGREE_CHANGES})
DRAFT = frozenset({ChangeRequest.Status.DRAFT})
REQUESTED = frozenset({ChangeRequest.Status.REQUESTED})
PUT_FORWARD = frozenset({OptionForChange.Status.PUT_FORWARD})


def may_propose_for(access: Access, project_id: int | None) -> bool:
    """Whether the person may ask for changes of this project: finance officers of any."""
    if access.may(Permission.KEEP_SAVINGS):
        return True
    return access.may(Permission.PROPOSE_SAVINGS) and project_id in access.assigned


def project_of(change: ChangeRequest) -> int | None:
    """The key of the project that the change is about, by itself or through its saving."""
    return change.project_id or (change.saving.project_id if change.saving else None)


class ChangeWorkflow(Workflow[ChangeRequest]):
    """Who asks for a change of a saving does not decide on it; agreeing moves the targets."""

    subject = "change"
    states = ChangeRequest.Status
    ends = frozenset(
        {
            ChangeRequest.Status.AGREED,
            ChangeRequest.Status.REFUSED,
            ChangeRequest.Status.WITHDRAWN,
        }
    )
    reach = {Permission.PROPOSE_SAVINGS: "a commissioner for their own projects"}

    def lock(self, pk: int, access: Access) -> ChangeRequest:
        locked = ChangeRequest.objects.select_for_update(of=("self",))
        return locked.select_related("saving").get(pk=pk, council=access.council)

    def reaches(self, rule: Transition, access: Access, record: ChangeRequest) -> bool:
        if rule.who == PROPOSERS:
            return may_propose_for(access, project_of(record))
        return super().reaches(rule, access, record)

    def is_author(self, record: ChangeRequest, user: User) -> bool:
        """Whether the person asked for the change, or ever wrote any of it."""
        return record.requested_by_id == user.pk or wrote_any(record, user)

    def event(self, step: Step[ChangeRequest]) -> ChangeEvent:
        return ChangeEvent(change=step.record)

    def why_not(self, action: str, record: ChangeRequest, today: date) -> str:
        if reason := super().why_not(action, record, today):
            return reason
        return _why_too_much(record) if action in ("request", "agree") else ""

    def turn(self, step: Step[ChangeRequest]) -> list[str]:
        change, action = step.record, step.rule.action
        if action == "request":
            change.requested_by, change.requested_at = step.by, step.at
            return ["requested_by", "requested_at"]
        change.decided_why = step.comment
        if action == "withdraw":
            return ["decided_why"]
        change.decided_by, change.decided_at = step.by, step.at
        if action == "agree":
            _move_targets(change)
        return ["decided_by", "decided_at", "decided_why", "before", "after"]


CHANGES = ChangeWorkflow(
    (
        Transition(
            "request",
            "Asked for",
            DRAFT,
            ChangeRequest.Status.REQUESTED,
            PROPOSERS,
            button="Ask for it",
        ),
        Transition(
            "agree",
            "Agreed",
            REQUESTED,
            ChangeRequest.Status.AGREED,
            DECIDERS,
            button="Agree",
            not_by_author=True,
        ),
        Transition(
            "refuse",
            "Refused",
            REQUESTED,
            ChangeRequest.Status.REFUSED,
            DECIDERS,
            button="Refuse",
            needs_comment=True,
            not_by_author=True,
        ),
        Transition(
            "withdraw",
            "Withdrawn",
            DRAFT | REQUESTED,
            ChangeRequest.Status.WITHDRAWN,
            PROPOSERS,
            button="Withdraw it",
        ),
    )
)


def _why_too_much(change: ChangeRequest) -> str:
    """Why the year has not as much as the change would move; nothing where it has."""
    if change.kind != "re-profiling" or change.saving is None or change.amount is None:
        return ""
    targets = change.saving.years.filter(year=change.from_year).values_list("target", flat=True)
    target = targets.first() or Decimal(0)
    if target >= change.amount:
        return ""
    return (
        f"More would be moved than the year's target: {pounds(change.amount)} out of "
        f"{financial_year_label(present(change.from_year))}, which has {pounds(target)}."
    )


def _move_targets(change: ChangeRequest) -> None:
    """Moves or adds the targets that the change is about, and keeps them as before and after."""
    if change.saving_id is None or change.amount is None:
        return
    from_year, to_year = present(change.from_year), present(change.to_year)
    extends_one_year = change.kind == "extension" and from_year == to_year
    if change.kind != "re-profiling" and not extends_one_year:
        # Over several years nobody has said how much in which: the targets are entered once known.
        return
    saving = Saving.objects.select_for_update().get(pk=change.saving_id)
    before = {
        row.year: row.target
        for row in saving.years.all()
        if row.year is not None and row.target is not None
    }
    if change.kind == "re-profiling":
        after = moved(before, change.amount, from_year, to_year)
    else:
        after = before | {to_year: before.get(to_year, Decimal(0)) + change.amount}
    emptied = saving.years.filter(year=from_year, achieved=None, forecast=None, source="")
    if not after[from_year] and _only_moved_into(saving, from_year) and emptied.exists():
        # The year was never one of the saving's: a change that is now undone put it there.
        emptied.delete()
        del after[from_year]
    for year, target in after.items():
        if target != before.get(year):
            saving.years.update_or_create(year=year, defaults={"target": target})
    change.before = {str(year): str(target) for year, target in before.items()}
    change.after = {str(year): str(target) for year, target in after.items()}


def _only_moved_into(saving: Saving, year: int) -> bool:
    """Whether the saving has the year only because an agreed change moved a target into it."""
    moves = saving.changes.filter(status=ChangeRequest.Status.AGREED, to_year=year)
    first = moves.order_by("decided_at", "pk").first()
    return first is not None and bool(first.before) and str(year) not in first.before


class OptionWorkflow(Workflow[OptionForChange]):
    """An option is put forward once it is signed off; agreed, it becomes a saving."""

    subject = "option"
    states = OptionForChange.Status
    ends = frozenset({OptionForChange.Status.REFUSED})
    reach = {Permission.PROPOSE_SAVINGS: "a commissioner for their own projects"}

    def lock(self, pk: int, access: Access) -> OptionForChange:
        return OptionForChange.objects.select_for_update().get(pk=pk, council=access.council)

    def reaches(self, rule: Transition, access: Access, record: OptionForChange) -> bool:
        if rule.who == PROPOSERS:
            return may_propose_for(access, record.project_id)
        return super().reaches(rule, access, record)

    def is_author(self, record: OptionForChange, user: User) -> bool:
        """Whether the person ever wrote any of the option, or put it forward."""
        return record.written_by_id == user.pk or wrote_any(record, user)

    def why_not(self, action: str, record: OptionForChange, today: date) -> str:
        if reason := super().why_not(action, record, today):
            return reason
        if action == "take back" and record.paper_id is not None:
            return "A paper reports that this option is put forward. Refuse it, and say why."
        return _why_it_stays_agreed(record) if action == "take back agreement" else ""

    def why_not_ready(self, rule: Transition, record: OptionForChange) -> str:
        if rule.action == "put forward" and not (record.signed_by and record.signed_when):
            return "Enter who signed the option off, by post, and when. Then put it forward."
        return ""

    def event(self, step: Step[OptionForChange]) -> OptionEvent:
        return OptionEvent(option=step.record)

    def turn(self, step: Step[OptionForChange]) -> list[str]:
        option = step.record
        if step.rule.action == "put forward":
            keep_writer(option, step.by)
            return []
        if step.rule.action == "take back":
            return []
        if step.rule.action == "take back agreement":
            _remove_saving(option)
            option.decided_by, option.decided_at, option.decided_why = None, None, ""
            return ["decided_by", "decided_at", "decided_why", "saving"]
        option.decided_by, option.decided_at = step.by, step.at
        option.decided_why = step.comment
        if step.rule.action == "agree":
            option.saving = _saving_of(option)
        return ["decided_by", "decided_at", "decided_why", "saving"]


def _why_it_stays_agreed(option: OptionForChange) -> str:
    saving = option.saving
    if (saving or option).paper_id is not None:
        return f"A paper reports “{saving or option}”, so the option stays agreed."
    if saving and saving.changes.exists():
        return f"A change of the saving “{saving}” was written, so the option stays agreed."
    return ""


def _remove_saving(option: OptionForChange) -> None:
    saving = option.saving
    option.saving = None
    option.save(update_fields=["saving"])
    if saving:
        saving.delete()


OPTIONS = OptionWorkflow(
    (
        Transition(
            "put forward",
            "Put forward",
            frozenset({OptionForChange.Status.DRAFT}),
            OptionForChange.Status.PUT_FORWARD,
            PROPOSERS,
        ),
        Transition(
            "agree",
            "Agreed",
            PUT_FORWARD,
            OptionForChange.Status.AGREED,
            DECIDERS,
            not_by_author=True,
        ),
        Transition(
            "refuse",
            "Refused",
            PUT_FORWARD,
            OptionForChange.Status.REFUSED,
            DECIDERS,
            needs_comment=True,
            not_by_author=True,
        ),
        Transition(
            "take back",
            "Taken back",
            PUT_FORWARD,
            OptionForChange.Status.DRAFT,
            PROPOSERS,
        ),
        Transition(
            "take back agreement",
            "Agreement taken back",
            frozenset({OptionForChange.Status.AGREED}),
            OptionForChange.Status.PUT_FORWARD,
            DECIDERS,
            needs_comment=True,
        ),
    )
)


def _saving_of(option: OptionForChange) -> Saving:
    references = [option.reference] if option.reference else []
    if there := same_saving(option.council, option.title, references):
        raise NotNow(
            f"There is already a saving “{there}” with that title or reference. "
            "Agreeing would count it twice: correct the option's title or reference first."
        )
    order = Saving.objects.filter(council=option.council).aggregate(last=Max("order"))["last"] or 0
    saving = Saving.objects.create(
        council=option.council,
        slug=_free_slug(option),
        title=option.title,
        action=option.proposal,
        project=option.project,
        order=order + 1,
        source=f"Option for Change {option.reference}".strip(),
    )
    for reference in references:
        SavingReference.objects.create(council=option.council, saving=saving, reference=reference)
    for figures in option.years.all():
        if figures.net is not None:
            saving.years.create(
                year=figures.year,
                target=figures.net,
                places=option.places,
                source=f"Option for Change {option.reference}, net saving".strip(),
            )
    return saving


def _free_slug(option: OptionForChange) -> str:
    slug, number = option.slug, 1
    while Saving.objects.filter(council=option.council, slug=slug).exists():
        number += 1
        slug = f"{option.slug[:75]}-{number}"
    return slug
