"""Made-up partnerships of a council that has none: a programme, a pool and joint outcomes."""

from datetime import date
from decimal import Decimal

from partnerships.actions import add_arrangement, decide_function, save_arrangement, save_outcome
from partnerships.models import Arrangement
from partnerships.transitions import ARRANGEMENTS
from projects.access import access_of

PROGRAMME, POOL, OUTCOMES = "living-well-at-home", "better-care-fund-pool", "joint-outcomes"
TITLES = {
    "programme": "Living well at home",
    "pool": "Better Care Fund pool",
    "outcomes": "Joint outcomes",
}
_FIELDS = {
    "programme": (
        *("planning_area", "districts", "partners", "care_areas", "in_scope", "out_of_scope"),
        "basis_of",
    ),
    "pool": ("legal_basis", "host", "level", "state", "money_note", "programme"),
    "outcomes": ("paper", "state", "not_held", "programme"),
}


def make_arrangement(council, kind, by, *, title="", **tables):
    """A draft of the kind; ``tables`` are the rows of its relations."""
    head = {"title": title or TITLES[kind], "purpose": "Care at home."}
    made = add_arrangement(council, kind, head, by=by)
    given = {**head, "source": "", **dict.fromkeys(_FIELDS[kind], "")}
    save_arrangement(made, given, tables, writers=[by])
    made.refresh_from_db()
    return made


def contribution(partner="The council", amount=600, **changes):
    line = {"partner": partner, "year": 2018, "amount": Decimal(amount), "fund": "Main budget"}
    return {"qualifier": "exact", "basis": "net", **line, **changes}


def budget(amount=1000, **changes):
    line = {"year": 2018, "qualifier": "exact", "amount": Decimal(amount), "basis": "net"}
    return {**line, **changes}


def function(name="Assessments", recommended="undecided"):
    row = {"name": name, "holder": "The council", "position": "", "recommended": recommended}
    return {**row, "condition": "", "advice_of": ""}


def decision(decided="retain", **changes):
    row = {"decision": decided, "decided_on": date(2018, 4, 9), "decided_by": "The committee"}
    return {**row, "reason": "It is the council's duty.", "condition": "", "source": "", **changes}


def outcome(statement="People live at home", weight=None, measures=(), **changes):
    row = {"domain": "", "statement": statement, "weight": weight, "measures": list(measures)}
    return {**row, "priority": "", "target": "", "source": "", **changes}


def publish(arrangement, writer, checker):
    """Submitted by who wrote it, approved and published by the other."""
    for action, by in (("submit", writer), ("approve", checker), ("publish", checker)):
        access = access_of(by, arrangement.council)
        ARRANGEMENTS.transition(action, arrangement.pk, by=by, access=access)
    arrangement.refresh_from_db()
    return arrangement


def make_partnerships(council, people):
    """One of each, published, with a function decided and an outcome."""
    finance, performance = people["finance officer"], people["performance officer"]
    pool = make_arrangement(
        council,
        "pool",
        finance,
        poolcontributions=[contribution(), contribution("The NHS", 400)],
        capitatedbudgets=[budget()],
    )
    publish(pool, finance, performance)
    programme = make_arrangement(council, "programme", performance, functions=[function()])
    decide_function(programme.functions.get(), decision(), by=performance)
    outcomes = make_arrangement(council, "outcomes", performance)
    save_outcome(outcomes, None, outcome(), by=performance)
    for made in (programme, outcomes):
        publish(made, performance, finance)
    return Arrangement.objects.filter(council=council)
