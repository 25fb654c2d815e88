"""Risks and their register, the committee's follow-up actions, and invitations."""

import re
from functools import partial

from accounts.roles import Permission
from bcfportal.lib import clock
from outcomes.models import FollowUp
from risks.actions import close, reopen
from risks.content import freeze_registers
from risks.models import Risk
from tests.forms import TECHNICAL, forms_of
from tests.risk_writing import FORMS
from tests.states.walking import Press, Subject, World, holders

OFFICER = "performance officer"
SEEN = r'name="seen"[^>]*value="(\d+)"'


def _risk(world: World, state):
    """The risk, which the commissioner owns."""
    risk = Risk.objects.get(council=world.council, slug="rm019")
    Risk.objects.filter(pk=risk.pk).update(owner=world.people["commissioner"])
    if state != "open":
        close(risk, reason="It cannot happen any more.", **world.by(OFFICER))
    if state == "reopened":
        reopen(risk, reason="It can happen again.", **world.by(OFFICER))


def _of_risks(world):
    keepers = holders(Permission.KEEP_RISKS) | {"commissioner"}
    written_in = {page: frozenset({"open", "reopened"}) for page in FORMS}
    return [
        Press(page, f"risks/rm019/{page}/", partial(_risk_form, page=page), keepers, states)
        for page, states in (written_in | {"reopen": frozenset({"closed"})}).items()
    ]


def _risk_form(world, state, page):
    """The form as it stands, with what it holds hidden, and filled in."""
    response = world.clients[OFFICER].get(f"/testshire/risks/rm019/{page}/")
    seen = response.status_code == 200 and re.search(SEEN, response.content.decode())
    return FORMS.get(page, {"reason": "It can happen again."}) | ({"seen": seen[1]} if seen else {})


def _register(world: World, state):
    # What older registers said is frozen when it is first asked for: that is no press.
    freeze_registers(world.council.risk_reports.all())
    if state == "published to today":
        from tests.registers import publish_register

        publish_register(world.council, clock.today(), **world.by(OFFICER))


def _of_registers(world):
    keepers = holders(Permission.KEEP_RISKS)
    before = frozenset({"published before"})
    return [Press("publish", "risks/publish/", _register_form, keepers, before)]


def _register_form(world, state):
    """What the page that asks sends once it was read; what was typed where it does not ask."""
    day, address = clock.today(), "/testshire/risks/publish/"
    typed = {"title": "Register"}
    typed |= {"as_at_0": str(day.day), "as_at_1": str(day.month), "as_at_2": str(day.year)}
    asked = forms_of(world.clients[OFFICER].post(address, typed), address)
    sent = next((form.sent for form in asked if "confirm" in form.sent), typed)
    return {name: text for name, text in sent.items() if name == "seen" or name not in TECHNICAL}


def _action(world: World, state):
    record = FollowUp.objects.get(measure__council=world.council)
    if state == "done":
        record.done_on, record.outcome = clock.today(), "It worked."
        record.save()
    world.at = {"record": record}


def _of_actions(world):
    at = f"exceptions/measure/{world.at['record'].pk}/"
    sends = {"done_on_0": "1", "done_on_1": "6", "done_on_2": "2017", "outcome": "It helped."}
    sends["days_are_right"] = "yes: 2017-06-01"
    who, back = holders(Permission.FOLLOW_UP), {"why": "A slip."}
    return [
        Press("report back", at, sends, who, frozenset({"decided"})),
        Press("take it back", f"{at}back/", back, who, frozenset({"decided", "done"})),
    ]


def _each(bring, *states):
    return {state: partial(bring, state=state) for state in states}


SUBJECTS = (
    Subject("a risk", _each(_risk, "open", "closed", "reopened"), _of_risks),
    Subject(
        "a register", _each(_register, "published before", "published to today"), _of_registers
    ),
    Subject("a follow-up action", _each(_action, "decided", "done"), _of_actions),
)
