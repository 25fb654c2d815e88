"""Each press of each subject in each of its states by each person, against who may do it and when.

A subject is brought into a state once; each press is undone before the next.
"""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.contrib.messages import ERROR
from django.db import connection, transaction
from django.test import Client

from accounts.models import User
from accounts.roles import Permission, Role, roles_with
from tests.every_form import KEPT_AS_TYPED, Writes
from tests.forms import TECHNICAL, forms_of
from tests.quarter import Quarter
from tests.seen import seen_on

COUNCIL = "/testshire/"
ANONYMOUS, AUTHOR = "anonymous", "author of it"
REFUSED = {401, 403, 404, 409, 422}


@dataclass(frozen=True)
class Press:
    """A button: where it is posted to, what with, who may press it, and in which states.

    ``may_be_idle`` are states in which it is allowed and may find nothing to do.
    """

    name: str
    address: str
    sends: dict | Callable
    who: frozenset[str]
    states: frozenset[str]
    may_be_idle: frozenset[str] = frozenset()


@dataclass
class World:
    """Testshire, its people by what they are, and a client for each."""

    quarter: Quarter
    people: dict[str, User | None]
    clients: dict[str, Client]
    # What addresses and fields name: filled by who brings a subject into a state.
    at: dict = field(default_factory=dict)

    @property
    def council(self):
        return self.quarter.council

    def by(self, name):
        """Who acts and what they may, as actions ask for it."""
        from projects.access import access_of

        return {"by": self.people[name], "access": access_of(self.people[name], self.council)}


@dataclass(frozen=True)
class Subject:
    """What is worked on: its states, each with what brings it there, and its presses."""

    name: str
    states: dict[str, Callable[[World], None]]
    presses: Callable[[World], list[Press]]

    def __str__(self):
        return self.name


def world_of(quarter: Quarter) -> World:
    """The people: each role, one of other projects, one of all roles who writes, and outsiders."""
    people = {**quarter.people}
    people[AUTHOR] = _person("author", quarter.council, *Role)
    people[AUTHOR].assignments.create(project=quarter.project)
    people["commissioner of another project"] = _person("other", quarter.council, Role.COMMISSIONER)
    people["nobody's"] = _person("nobody", quarter.council)
    people[ANONYMOUS] = None
    clients = {name: Client(raise_request_exception=False) for name in people}
    for name, user in people.items():
        if user is not None:
            clients[name].force_login(user)
    return World(quarter, people, clients)


def _person(name, council, *roles):
    user = User.objects.create(email=f"{name}@states.example", post=name.capitalize())
    for role in roles:
        user.memberships.create(council=council, role=role)
    return user


def holders(*permissions: Permission, author: bool = True) -> frozenset[str]:
    """Who has one of the permissions; ``author`` says whether who wrote it is not barred."""
    named = {role.value for role in roles_with(*permissions)}
    if Permission.KEEP_MEASURES in permissions:
        named.add("commissioner of another project")
    return frozenset(named | ({AUTHOR} if author else set()))


def form_on(world: World, page: str, person: str = AUTHOR, **changes) -> dict:
    """What the form of the page sends that is posted to the page itself."""
    response = world.clients[person].get(COUNCIL + page)
    assert response.status_code == 200, (page, response.status_code)
    form = next(form for form in forms_of(response, COUNCIL + page) if form.action.endswith(page))
    sent = {name: values for name, values in form.sent.items() if name not in TECHNICAL}
    return sent | changes


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def walk(world: World, subject: Subject) -> list:
    """What went otherwise than it may, as (state, press, person, what happened).

    The subject is in no state before and after.
    """
    wrong = []
    for state, bring in subject.states.items():
        with undone():
            bring(world)
            for press in subject.presses(world):
                sends = press.sends(world, state) if callable(press.sends) else press.sends
                sends = _as_read(world, press) | sends
                for name in world.people:
                    what = _tried(world, press, sends, name, state)
                    if what:
                        wrong.append((state, press.name, name, what))
    return wrong


def _as_read(world, press):
    """What a page carries of what it shows, for who may press: others cannot have it."""
    address = COUNCIL + press.address
    read = (seen_on(world.clients[name], address) for name in sorted(press.who))
    return next(filter(None, read), {})


def _tried(world, press, sends, name, state):
    """What is wrong with the answer; nothing where it is as it may be."""
    allowed = name in press.who and state in press.states
    response, changed = pressed(world.clients[name], COUNCIL + press.address, sends)
    if allowed:
        if response.status_code == 302 and (changed or state in press.may_be_idle):
            return "" if not _said_no(response) or state in press.may_be_idle else "said no"
        return f"allowed, but {response.status_code}, changed: {changed}"
    if changed:
        return f"done: {response.status_code}, wrote {', '.join(changed)}"
    return "" if is_refused(response) else f"no refusal: {response.status_code}"


def pressed(client: Client, address: str, sends: dict) -> tuple:
    """The answer, and the tables in which a row is another after it; all of it is undone.

    What a form keeps as it was typed is not counted: nothing is done by that.
    """
    with transaction.atomic():
        with Writes() as writes:
            response = client.post(address, sends)
        after = _content(writes.tables)
        transaction.set_rollback(True)
    before = _content(writes.tables)
    changed = {table for table in before if before[table] != after[table]}
    return response, sorted(changed - KEPT_AS_TYPED)


def is_refused(response) -> bool:
    """Whether the answer is a page with words of why, and never that of a fault."""
    if response.status_code in REFUSED:
        return "<h1" in response.content.decode()
    if response.status_code == 200:
        return "There is a problem" in response.content.decode()
    return response.status_code == 302 and _said_no(response)


def _said_no(response):
    """Whether the page that the answer leads to begins with what was wrong."""
    told = response.wsgi_request._messages
    return any(each.level >= ERROR for each in told._queued_messages)


def _content(tables):
    """A digest of each table, row by row."""
    found = {}
    with connection.cursor() as cursor:
        for table in set(tables):
            row = "md5(string_agg(md5(t::text), '' ORDER BY md5(t::text)))"
            cursor.execute(f'SELECT {row} FROM "{table}" AS t')
            found[table] = cursor.fetchone()[0]
    return found
