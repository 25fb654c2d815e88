"""What people of a council do: a section saved, the officers' board, an approval, a signed-in page.

The quarter is the demonstration's, made in bench's own database. The boards are of two made-up
councils, whose projects have the titles of the fixtures over and over.
"""

import gzip
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from bench.database import COUNCIL, tidy
from bench.figures import clocked
from bench.pages import Measured, addresses, browser, queries
from demonstration.quarter import KEY, make_demonstration
from programme.programme import published_programme
from projects.access import access_of
from projects.models import Assignment, Council, GrantCondition, Membership, Project
from publishing.models import Return, Section, SectionName, Snapshot
from returns.periods import open_period
from returns.publication import take_snapshots
from returns.transitions import RETURNS

COMMISSIONER = "commissioner@demonstration.example"
OFFICER = "performance@demonstration.example"
FEW, MANY = 60, 600


@dataclass(frozen=True)
class Worked:
    """What was measured. What stands second is the bare view, 60 returns, or everyone's page."""

    saving: Measured
    board: Measured
    approving: Measured
    snapshot: Measured
    signed_in: Measured


def measure(repeats: int, boards: int) -> Worked:
    """``repeats`` of each thing, ``boards`` requests of each board."""
    people = make_demonstration(today=timezone.localdate())
    for count in (FEW, MANY):
        _open_board(f"board-{count}", count, people[OFFICER])
    tidy()
    return Worked(
        saving=_saving(people[COMMISSIONER], repeats),
        board=_boards(people[OFFICER], boards),
        approving=_approving(people[OFFICER], repeats),
        snapshot=_snapshot(repeats),
        signed_in=_signed_in(people[OFFICER], repeats),
    )


def _saving(user, rounds):
    """Each time another text, from the version that the answer before gave, as autosave does.

    The text is a published one with a number before it. The bare view is posted to by the same
    person, so that both pay for the session, and makes as many queries in all.
    """
    # No other return of the quarter is written to here: approving reads a submitted one.
    report = _returns().filter(status=Return.Status.DRAFT).first()
    slug = report.slug
    (sheet,) = (sheet for sheet in published_programme(COUNCIL).sheets if sheet.slug == slug)
    address = f"/{COUNCIL}/returns/{KEY}/{slug}/{SectionName.PERFORMANCE.value}/"
    client = Client(enforce_csrf_checks=True, headers={"accept-encoding": "gzip, br"})
    client.force_login(user)
    client.get(address)
    token = {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    version = report.sections.get(name=SectionName.PERFORMANCE).version

    def save(number):
        return client.post(
            address,
            {
                **token,
                "version": version,
                "performance": f"{number}. {sheet.performance}",
                "summary_performance": f"{number}. {sheet.summary_performance}",
            },
            headers={"accept": "application/json"},
        )

    def bare(count):
        return client.post(f"/bench/bare/{count}/", token)

    count, answer = _counted(lambda: save(0))
    least, _ = _counted(lambda: bare(0))
    others, _ = _counted(lambda: bare(count - least))
    saving = Measured("Save a section", count, others)
    for number in range(rounds):
        version = _version_after(answer, version)
        seconds, answer = clocked(partial(save, number + 1))
        saving.times.seconds.append(seconds)
        seconds, plain = clocked(lambda: bare(count - least))
        saving.other.seconds.append(seconds)
        _require(plain.status_code == 200, f"The bare view answered {plain.status_code}.")
    _version_after(answer, version)
    return saving


def _version_after(answer, before):
    """The version that a saving answered with. It has to be a new one: nothing else is a save."""
    _require(answer.status_code == 200, f"Saving answered {answer.status_code}.")
    version = answer.json()["version"]
    _require(version == before + 1, f"Version {before} was followed by {version}.")
    return version


def _boards(user, rounds):
    """The board with many returns against the one with few, in turn, by a signed-in officer."""
    client = browser()
    client.force_login(user)
    few, many = f"/board-{FEW}/quarter/", f"/board-{MANY}/quarter/"
    for address, count in ((few, FEW), (many, MANY)):
        page = gzip.decompress(client.get(address).content).decode()
        rows = page.count('value="project-')
        _require(rows == count, f"{address} shows {rows} returns.")
    board = Measured("Officers' board", queries(client, many), queries(client, few))
    for _ in range(rounds):
        board.other.seconds.append(clocked(lambda: client.get(few))[0])
        board.times.seconds.append(clocked(lambda: client.get(many))[0])
    return board


@transaction.atomic
def _open_board(slug, count, officer):
    """A council with a period open: each project assigned, each return a draft of four sections."""
    council = Council.objects.create(slug=slug, name=slug.title())
    condition = GrantCondition.objects.create(council=council, number=1, title="Meeting needs")
    for role in (Role.PERFORMANCE_OFFICER, Role.COMMISSIONER):
        Membership.objects.create(user=officer, council=council, role=role)
    sheets = published_programme(COUNCIL).sheets
    projects = Project.objects.bulk_create(
        Project(
            council=council,
            grant_condition=condition,
            slug=f"project-{number}",
            order=number,
            kind=Project.Kind.REPORTED,
            title=sheets[number % len(sheets)].title,
            short_title=sheets[number % len(sheets)].short_title,
        )
        for number in range(1, count + 1)
    )
    Assignment.objects.bulk_create(Assignment(user=officer, project=one) for one in projects)
    today = timezone.localdate()
    period = open_period(
        council=council,
        key=KEY,
        title="Report",
        as_at=date(2018, 3, 31),
        opens=None,
        due=today + timedelta(days=7),
        closes=None,
        by=officer,
    )
    touch = {"saved_by": officer, "saved_at": timezone.now()}
    Section.objects.filter(report__period=period).update(version=1, **touch)
    period.returns.update(
        status=Return.Status.DRAFT, changed_by=officer, changed_at=touch["saved_at"]
    )


def _approving(officer, rounds):
    """A submitted return is approved, which makes its snapshot, and all is taken back."""
    report = _returns().filter(status=Return.Status.SUBMITTED).first()
    access = access_of(officer, report.period.council)

    def approved():
        RETURNS.transition("approve", report.pk, by=officer, access=access)

    return _made_again(f"Approve {report.subject}", report, approved, rounds)


def _snapshot(rounds):
    """The snapshot alone of one return whose project has changed, and all is taken back."""
    report = _returns().filter(status=Return.Status.APPROVED).first()

    def taken():
        take_snapshots(Return.objects.filter(pk=report.pk))

    return _made_again(f"Snapshot of {report.subject}", report, taken, rounds)


def _made_again(name: str, report: Return, action: Callable, rounds: int) -> Measured:
    with _taken_back(report):
        count, _ = _counted(action)
    measured = Measured(name, count, 0)
    for _ in range(rounds):
        with _taken_back(report):
            measured.times.seconds.append(clocked(action)[0])
    return measured


@contextmanager
def _taken_back(report):
    """One snapshot of the return is made in the block, and is gone after it."""
    snapshots = Snapshot.objects.filter(report=report)
    with transaction.atomic():
        # A return that says what its latest snapshot says would get no new one.
        Project.objects.filter(pk=report.project_id).update(note="Changed.")
        before = snapshots.count()
        yield
        made = snapshots.count() - before
        _require(made == 1, f"{made} snapshots were made.")
        transaction.set_rollback(True)


def _signed_in(user: User, rounds: int) -> Measured:
    """The overview as a signed-in officer sees it against what everyone sees."""
    officer, anyone = browser(), browser()
    officer.force_login(user)
    address = addresses(COUNCIL)["Overview"]
    # The first page that each sees reads the sheets.
    officer.get(address)
    anyone.get(address)
    measured = Measured("Overview", queries(officer, address), queries(anyone, address))
    for _ in range(rounds):
        measured.times.seconds.append(clocked(lambda: officer.get(address))[0])
        measured.other.seconds.append(clocked(lambda: anyone.get(address))[0])
    return measured


def _returns():
    """The demonstration's returns, in the report's order."""
    return (
        Return.objects.filter(period__key=KEY, project__council__slug=COUNCIL)
        .select_related("project__council")
        .order_by("project__order")
    )


def _counted(action):
    """How many queries ``action`` makes, those that begin and end a transaction included."""
    with CaptureQueriesContext(connection) as captured:
        result = action()
    return len(captured), result


def _require(right, words):
    """What went wrong would be measured as something else, so that it is not measured at all."""
    if not right:
        raise RuntimeError(words)
