"""Returns of projects, months of measures, and the periods that they are of."""

from datetime import date, timedelta
from functools import partial

from accounts.roles import Permission
from bcfportal.lib import clock
from projects.approval import OWN, change_approval
from publishing.models import ReportingPeriod, SectionName
from publishing.period_versions.published import standing_version
from publishing.withdrawal import ask_to_withdraw
from returns.actions import draft_of, save_section, submit
from returns.periods import close_period, open_period
from returns.review import publish_period, send_back
from returns.subjects import reports_of
from returns.transitions import RETURNS
from tests.month import LAST
from tests.quarter import FULL
from tests.states.walking import AUTHOR, Press, Subject, World, form_on, holders

OFFICER, FINANCE = "performance officer", "finance officer"
STATES = ("not started", "draft", "submitted", "sent back", "approved", "published", "not needed")
WRITTEN_IN = ("not started", "draft", "sent back")
PUBLISHING = {"confirm": "yes", "current": "now"}
QUARTER, MONTH = "2018-19-q2", LAST.following.key
EARLY = "not started, not yet open"


def _brought(world: World, state: str, *, month: bool, approval: str = ""):
    """The return in that state, written by the author and decided on by the officer.

    ``approval`` is who approves in the council: see ``projects.approval``.
    """
    state, _, of_period = state.partition(", ")
    if approval:
        change_approval(world.council, approval, why="Because.", by=world.people["administrator"])
    world.council.refresh_from_db()
    period = world.council.periods.get(key=MONTH if month else QUARTER)
    report = reports_of(period).get(slug="vital-signs" if month else world.quarter.project.slug)
    world.at = {"period": period, "report": report}
    by, officer = world.by(AUTHOR), world.by(OFFICER)
    if state == "not needed":
        RETURNS.transition("not needed", report.pk, comment="It ended.", **officer)
    elif state != "not started":
        _fill(report, month, by)
    if state in ("submitted", "signed", "sent back", "approved", "published"):
        submit(report.pk, **by)
    if state == "signed" or (approval == FINANCE and state in ("approved", "published")):
        RETURNS.transition("countersign", report.pk, **world.by(FINANCE))
    if state == "sent back":
        send_back(report.pk, asked={}, comment="More, please.", **officer)
    if state in ("approved", "published"):
        RETURNS.transition("approve", report.pk, **officer)
    if state == "published":
        publish_period(period, **officer)
    if of_period == "closed":
        close_period(period, by=world.people[OFFICER], reason="It is time.")
    elif of_period:
        ReportingPeriod.objects.filter(pk=period.pk).update(
            **{name: clock.today() + timedelta(days=9) for name in ("opens", "due", "closes")}
        )
    report.refresh_from_db()
    assert report.status == state


def _fill(report, month, by):
    if not month:
        for name, typed in FULL.items():
            save_section(report.pk, name, typed, version=0, **by)
        return
    boxes = [row.boxes for row in draft_of(report).grid.rows]
    typed = {row["value"].field: "90" for row in boxes}
    right = {row["right"].field: "yes" for row in boxes}
    save_section(report.pk, SectionName.MEASURES, typed | right, version=0, **by)
    measure = report.period.council.measures.get(slug="measure")
    card = {"explains": "Fewer beds.", "0-text": "More.", "0-owner": "Head", "0-due": "30/6/2017"}
    typed = {f"c{measure.pk}-{name}": text for name, text in card.items()}
    save_section(report.pk, SectionName.CARDS, typed, version=0, **by)


def _states(*, month):
    # The workflow of a month is that of a return, so its closed period is walked in part.
    shut = ("draft", "submitted", "published") if month else STATES
    every = (*STATES, *(f"{state}, closed" for state in shut), EARLY)
    return {state: partial(_brought, state=state, month=month) for state in every}


def _from(action):
    """The states in which the table of transitions lets the action be taken."""
    transition = RETURNS.table[action]
    found = set(transition.sources)
    if transition.after_closing:
        found |= {f"{source}, closed" for source in transition.sources}
        found |= {EARLY} & {f"{source}, not yet open" for source in transition.sources}
    return frozenset(map(str, found))


def _presses(world: World, *, month: bool, approval: str = "") -> list[Press]:
    slug, key = ("vital-signs", MONTH) if month else ("project", QUARTER)
    at, of_period = f"returns/{key}/{slug}/", f"quarter/{key}/"
    writers = holders(Permission.KEEP_MEASURES if month else Permission.REPORT)
    checkers = holders(Permission.REVIEW, author=approval == OWN)
    officers = holders(Permission.REVIEW)
    back = officers | ({FINANCE} if approval == FINANCE else set())
    approved_from = _from("approve") - (_from("countersign") if approval == FINANCE else set())
    publishers = holders(Permission.RUN_PERIODS)
    written = frozenset(WRITTEN_IN)
    name = "cards" if month else "performance"
    found = [
        Press("save a section", f"{at}{name}/", partial(_section, name=name), writers, written),
        # What is filled in already is not filled again.
        Press("fill from last time", f"{at}carry/", {}, writers, written, written),
        Press(
            "submit",
            f"{at}submit/",
            {"declared": "yes"},
            writers,
            # What is not started is not complete.
            _from("submit"),
        ),
        Press("withdraw", f"{at}withdraw/", {}, writers, _from("withdraw")),
        Press(
            "approve several",
            f"{of_period}approve/",
            {"project": slug},
            checkers,
            approved_from,
        ),
        Press("publish", f"{of_period}publish/", PUBLISHING, publishers, _from("publish")),
    ]
    at_review, words = f"{of_period}{slug}/", {"words": "Because."}
    found.append(Press("approve", at_review, {"action": "approve"}, checkers, approved_from))
    found.append(
        Press(
            "countersign",
            at_review,
            {"action": "countersign"},
            frozenset({FINANCE}) if approval == FINANCE else frozenset(),
            _from("countersign"),
        )
    )
    for action in ("send back", "reopen", "not needed", "ask again"):
        who = back if action == "send back" else officers
        sends = {"action": action} | words
        found.append(Press(action, at_review, sends, who, _from(action)))
    return found


def _section(world, state, name):
    section = world.at["report"].sections.filter(name=name).first()
    if name == "cards":
        measure = world.council.measures.get(slug="measure")
        typed = {f"c{measure.pk}-explains": "Other words."}
    else:
        typed = {"performance": "Other words."}
    return typed | {"version": section.version if section else 0}


# What becomes of a period; its returns are walked above.
def _empty(world, key="2018-19-q3"):
    day = date(2019, 1, 31)
    period = open_period(
        council=world.council,
        key=key,
        as_at=day,
        opens=day,
        due=day,
        closes=day,
        title="Report",
        by=world.people[OFFICER],
    )
    world.at = {"period": period}


def _begun(world):
    _empty(world)
    _fill(world.at["period"].returns.get(), False, world.by(AUTHOR))


def _published(world):
    _begun(world)
    report = world.at["period"].returns.get()
    submit(report.pk, **world.by(AUTHOR))
    RETURNS.transition("approve", report.pk, **world.by(OFFICER))
    publish_period(world.at["period"], **world.by(OFFICER))


def _asked(world):
    _published(world)
    version = standing_version(world.at["period"])
    ask_to_withdraw(version, reason="A name is in it.", **world.by(OFFICER))


def _shut(world, bring):
    bring(world)
    close_period(world.at["period"], by=world.people[OFFICER], reason="It is time.")


PERIODS = {
    "empty": _empty,
    "begun": _begun,
    "published": _published,
    "asked to be withdrawn": _asked,
    "empty, closed": partial(_shut, bring=_empty),
    "published, closed": partial(_shut, bring=_published),
}


def _of_periods(world):
    run = holders(Permission.RUN_PERIODS, Permission.ADMINISTER)
    publish = holders(Permission.RUN_PERIODS)
    at, public = "periods/2018-19-q3/", "quarter/2018-19-q3/publications/"
    is_open = frozenset({"empty", "begun", "published", "asked to be withdrawn"})
    shut = frozenset({"empty, closed", "published, closed"})
    shown = frozenset({"published", "published, closed", "asked to be withdrawn"})
    words = {"reason": "Because."}
    # The day that a published report is as at stays.
    dates = {"as_at_0": "31", "as_at_1": "1", "as_at_2": "2019"} | {
        f"{name}_{part}": value
        for name in ("opens", "due", "closes")
        for part, value in enumerate(("1", "2", "2019"))
    }
    return [
        Press(
            "change its dates",
            at,
            {"action": "dates", "past_is_right": "yes: 2019-02-01"} | dates | words,
            run,
            is_open,
        ),
        Press("close", at, {"action": "close"} | words, run, is_open),
        Press("reopen", at, {"action": "reopen"} | words, run, shut),
        Press(
            "remove",
            at,
            {"action": "remove"} | words,
            run,
            frozenset({"empty", "empty, closed"}),
        ),
        Press("make it the current report", "quarter/2018-19-q3/current/", {}, publish, shown),
        Press(
            "ask to withdraw",
            public,
            {"action": "ask", "number": "1"} | words,
            publish,
            frozenset({"published", "published, closed"}),
        ),
        *(
            # Who asked does not decide.
            Press(
                action,
                public,
                {"action": action, "number": "1"},
                frozenset({AUTHOR}),
                frozenset({"asked to be withdrawn"}),
            )
            for action in ("confirm", "refuse")
        ),
        Press(
            "take it back",
            public,
            {"action": "take back", "number": "1"},
            frozenset({OFFICER}),
            frozenset({"asked to be withdrawn"}),
        ),
        Press("open it again", "periods/", _opening, run, frozenset()),
    ]


def _opening(world, state):
    return form_on(world, "periods/", year="2018/19", quarter="3") | {"take_over": "no"}


DECIDED_IN = ("submitted", "sent back", "approved", "published")
SIGNED_IN = (*DECIDED_IN, "signed", "submitted, closed", "signed, closed")


def _of(approval, states):
    """Returns of a council that approves so."""
    options = {"month": False, "approval": approval}
    found = {state: partial(_brought, state=state, **options) for state in states}
    return found, partial(_presses, **options)


SUBJECTS = (
    Subject("a return that is signed twice", *_of(FINANCE, SIGNED_IN)),
    Subject("a return of a team of one", *_of(OWN, DECIDED_IN)),
    Subject("a return", _states(month=False), partial(_presses, month=False)),
    Subject("a month of measures", _states(month=True), partial(_presses, month=True)),
    Subject("a period", PERIODS, _of_periods),
)
