"""The second signature, where a council asks one of its roles for it before approval."""

from collections.abc import Iterable

from accounts.links import whole_address
from accounts.models import User
from accounts.roles import Permission, Role, roles_with
from projects.access import Access
from projects.approval import holders_of
from projects.models import Council
from publishing.models import Signature
from publishing.steps import Letter, Record, Step, Transition
from publishing.workflow import Workflow
from typed.seen import mark_of

COUNTERSIGN = frozenset({Permission.COUNTERSIGN})
# What is asked of what is submitted, in its order; the first where the council asks it.
DECISIONS = ("countersign", "approve")


def countersign(
    source: str, target: str, *, setting: str, after_closing: bool = False
) -> Transition:
    """The row of the table: by the role that the council's ``setting`` names."""
    return Transition(
        "countersign",
        "Signed a second time",
        frozenset({source}),
        target,
        COUNTERSIGN,
        not_by_author=True,
        after_closing=after_closing,
        switched_by=setting,
        before=frozenset({"approve"}),
    )


# The step by which a signature that has lapsed is asked for again.
SIGN_AGAIN = "sign again"


def sign_again(
    source: str,
    target: str,
    *,
    who: frozenset[Permission],
    setting: str,
    after_closing: bool = False,
) -> Transition:
    """The row of the table: whoever approves asks again for a signature that has lapsed."""
    return Transition(
        SIGN_AGAIN,
        "Second signature asked for again",
        frozenset({source}),
        target,
        who,
        button="Ask for it to be signed again",
        after_closing=after_closing,
        switched_by=setting,
    )


class SignedTwiceWorkflow(Workflow[Record]):
    """The workflow of what is submitted, then approved, with ``countersign`` in its table."""

    reach = {Permission.COUNTERSIGN: "who signs a second time: in the role that the council names"}

    def reaches(self, rule: Transition, access: Access, record: Record) -> bool:
        """Whoever is of the role that signs second may take the step too."""
        if rule.who >= COUNTERSIGN and self.signs(record, access):
            return True
        return any(access.may(permission) for permission in rule.who - COUNTERSIGN)

    def signs(self, record: Record, access: Access) -> bool:
        """Whether the person is of the role that the record's council asks to sign it."""
        return self.signing_role(self.council(record)) in access.roles

    def signing_role(self, council: Council) -> str:
        """The role that the council asks for the second signature; nothing where it asks none."""
        return getattr(council, self.table["countersign"].switched_by)

    def write(self, step: Step[Record]) -> None:
        """Keeps with a second signature what the record said then, and in which role it is."""
        super().write(step)
        if step.rule.action != "countersign":
            return
        mark, role = mark_of(self.read(step.record)), self.signing_role(self.council(step.record))
        if role not in Signature.objects.under(step.record, "countersign", mark):
            Signature.objects.sign(step.record, "countersign", role, mark, by=step.by)

    def why_lapsed(self, record: Record) -> str:
        """Why the second signature does not count any more; nothing where it does or none is asked.

        It is of what the record said then, in the role that the council asked. Of a record that is
        signed, the queries of ``read`` and one more.
        """
        role = self.signing_role(self.council(record))
        if not role or self.state(record) != self.table["countersign"].target:
            return ""
        signed = Signature.objects.under(record, "countersign", mark_of(self.read(record)))
        if role in signed:
            return ""
        if signed:
            asked = Role(role).label.lower()
            return f"The council now asks a {asked} to sign: ask for it to be signed again."
        return (
            f"This {self.subject} says something else than when it was signed: "
            "ask for it to be signed again."
        )

    def why_not_ready(self, rule: Transition, record: Record) -> str:
        if rule.action == "approve":
            return self.why_lapsed(record)
        if rule.action == SIGN_AGAIN and not self.why_lapsed(record):
            return "The second signature stands: nothing has changed since."
        return ""

    def actions_for(self, record: Record, *, by: User, access: Access) -> list[Transition]:
        """As of every workflow: approval or to be signed again, by whether the signature stands."""
        rules = super().actions_for(record, by=by, access=access)
        if not any(rule.action in ("approve", SIGN_AGAIN) for rule in rules):
            return rules
        no_more = "approve" if self.why_lapsed(record) else SIGN_AGAIN
        return [rule for rule in rules if rule.action != no_more]

    def signatories(self, council: Council) -> list[User]:
        """The people of that role. One query."""
        holders = User.objects.filter(
            memberships__council=council,
            memberships__role=self.signing_role(council),
            is_active=True,
        )
        return list(holders.order_by("post", "email"))

    def signed_by(self, council: Council) -> str:
        """Who is to sign, for a list; or who has to name somebody who can. One query."""
        role = Role(self.signing_role(council)).label
        if self.signatories(council):
            return f"{role}, to sign it"
        return f"Administrator: nobody is a {role.lower()}, to sign it"

    def letters_to_sign(self, step: Step[Record], named: str, page: str) -> list[Letter]:
        """Mail to all who may give the second signature, where it is asked for next.

        ``named`` is what it says is to be signed, ``page`` the path of where.
        """
        record = step.record
        if self.next_decision(record) != "countersign":
            return []
        council = self.council(record)
        says = {"council": council, "what": self.subject, "named": named}
        says["page"] = whole_address(page)
        return [
            Letter(person, "mail/to_sign.txt", says)
            for person in self.signatories(council)
            if not self.is_author(record, person)
        ]

    def next_decision(self, record: Record) -> str:
        """What is asked next of a record that is submitted: an action, or nothing."""
        state = self.state(record)
        waits = (act for act in DECISIONS if state in self.sources(self.table[act], record))
        return next(waits, "")

    def beyond(self, records: Iterable[Record], council: Council) -> dict[Record, str]:
        """Of the council's records those whose next decision nobody there may take, and why.

        Everybody who could wrote some of it, or signed it; that nobody is of the role that signs,
        ``signed_by`` says. As many queries as it takes people to find one who may.
        """
        said: dict[Record, str] = {}
        for action in DECISIONS:
            waiting = {record for record in records if self.next_decision(record) == action}
            if not waiting:
                continue
            does = "sign" if action == "countersign" else "approve"
            people, left = self.deciders(action, council), waiting
            if not people and action == "countersign":
                continue
            for person in people:
                left = left and left & self.barred(action, left, person)
            wrote = f"everybody who may {does} it wrote some of it"
            why = f"{wrote}, or signed it" if action == "approve" else wrote
            said |= dict.fromkeys(left, why if people else f"nobody may {does} it")
        return said

    def deciders(self, action: str, council: Council) -> list[User]:
        """The people of the council who take the action, whatever they wrote. One query."""
        if action == "countersign":
            return self.signatories(council)
        people = holders_of(council, roles_with(*self.table[action].who))
        return sorted(people, key=lambda person: person.pk)

    def who_decides(self, record: Record) -> str:
        """What is asked next of what was just submitted, and of whom, in a sentence."""
        action = self.next_decision(record)
        if action == "countersign":
            role = Role(self.signing_role(self.council(record))).label.lower()
            return f"A {role} now signs it, then another officer approves it."
        rule = self.table["approve"]
        who = " or ".join(f"a {role.label.lower()}" for role in roles_with(*rule.who))
        if not self.bars_author(rule, record):
            return "It now waits to be approved. The council lets the person who wrote it do that."
        return f"Somebody else now approves it: {who}."

    def why_no_decision(self, record: Record, *, by: User, access: Access) -> str:
        """Why the person may not take the next decision; nothing where they may, or none waits."""
        action = self.next_decision(record)
        if action == "approve" and (lapsed := self.why_lapsed(record)):
            return lapsed
        if not action or self.may(action, record, by=by, access=access):
            return ""
        rule = self.table[action]
        if self.signed_before(rule, record, by):
            return "You gave the second signature, so somebody else has to approve it."
        if self.bars_author(rule, record) and self.is_author(record, by):
            done = "sign it" if action == "countersign" else "approve it"
            return f"You wrote some of this {self.subject}, so somebody else has to {done}."
        if action == "countersign":
            role = Role(self.signing_role(self.council(record))).label.lower()
            return f"A {role} signs this {self.subject} before it is approved."
        who = " or ".join(role.label.lower() for role in roles_with(*rule.who))
        return f"It is signed. A {who} now approves it."
