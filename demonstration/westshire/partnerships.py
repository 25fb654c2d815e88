"""What Westshire arranges with its partners: two pools and joint outcomes. All of it is made up."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from demonstration.westshire.story import MADE_UP, Step, Story, moment
from partnerships.actions import add_arrangement, decide_function, save_arrangement, save_outcome
from partnerships.models import Arrangement
from partnerships.transitions import ARRANGEMENTS

COUNCIL, BOARD = "Westshire County Council", "NHS Westshire Integrated Care Board"
POOL, EQUIPMENT = "Better Care Fund pool", "Community equipment pool"
OUTCOMES, PROGRAMME = "Joint outcomes", "Living well at home"
LEAD, FINANCE = "performance lead", "finance"


def steps() -> Iterator[Step]:
    yield Step(moment(2026, 5, 18, 9), _write_pool, FINANCE)
    yield from _goes_out(20, 5, "pool", POOL, FINANCE, "performance")
    yield Step(moment(2026, 6, 8, 9), _write_outcomes, LEAD)
    yield from _goes_out(10, 6, "outcomes", OUTCOMES, LEAD, "performance")
    yield Step(moment(2026, 6, 15, 9), _write_programme, LEAD)
    yield from _goes_out(17, 6, "programme", PROGRAMME, LEAD, "performance")
    yield Step(moment(2026, 11, 23, 9), _forecast, FINANCE)
    yield from _goes_out(25, 11, "pool", POOL, FINANCE, "performance")
    yield Step(moment(2027, 1, 11, 9), _write_equipment, FINANCE)
    yield Step(moment(2027, 1, 12, 9), _open_again, LEAD)


def _goes_out(
    day: int, month: int, kind: str, title: str, writer: str, checker: str
) -> Iterator[Step]:
    """Submitted by who wrote it, approved and published by somebody else the day after."""
    for at, action, who in (
        (moment(2026, month, day, 9), "submit", writer),
        (moment(2026, month, day + 1, 9), "approve", checker),
        (moment(2026, month, day + 1, 10), "publish", checker),
    ):

        def act(story: Story, action: str = action, who: str = who) -> None:
            record = _named(story, kind, title)
            ARRANGEMENTS.transition(action, record.pk, **story.by(who))

        yield Step(at, act, who)


def _named(story: Story, kind: str, title: str) -> Arrangement:
    return Arrangement.objects.get(council=story.council, kind=kind, title=title)


def _added(
    story: Story,
    who: str,
    kind: str,
    title: str,
    purpose: str,
    given: dict[str, Any],
    **tables: Any,
) -> Arrangement:
    by = story.people[who]
    head = {"title": title, "purpose": purpose}
    made = add_arrangement(story.council, kind, head, by=by)
    save_arrangement(made, {**head, "source": MADE_UP, **given}, tables, writers=[by])
    return made


def _contribution(partner: str, amount: int, fund: str, **more: Any) -> dict[str, Any]:
    line = {"partner": partner, "year": 2026, "amount": Decimal(amount), "fund": fund}
    return {"qualifier": "exact", "basis": "gross", **line, **more}


def _write_pool(story: Story) -> None:
    _added(
        *(story, FINANCE, "pool", POOL),
        "Care that keeps people out of hospital and gets them home from it.",
        {
            "legal_basis": "Section 75 of the National Health Service Act 2006",
            "host": COUNCIL,
            "level": "commissioning",
            "state": "running",
            "money_note": "",
            "programme": "living-well-at-home",
        },
        poolcontributions=[
            _contribution(BOARD, 38_400_000, "NHS minimum contribution"),
            _contribution(COUNCIL, 4_150_000, "Disabled Facilities Grant"),
            _contribution(COUNCIL, 17_250_000, "Improved Better Care Fund"),
        ],
        capitatedbudgets=[
            {
                "year": 2026,
                "qualifier": "exact",
                "amount": Decimal(59_800_000),
                "basis": "gross",
                "population": 61_300,
                "savings": Decimal(1_200_000),
                "pressures": Decimal(650_000),
            }
        ],
        riskshares=[
            {"event": "overspend", "partner": BOARD, "share": Decimal(60), "terms": ""},
            {"event": "overspend", "partner": COUNCIL, "share": Decimal(40), "terms": ""},
            {
                "event": "underspend",
                "partner": "Both partners",
                "share": None,
                "terms": "It stays in the pool for the year after.",
            },
        ],
    )


def _forecast(story: Story) -> None:
    """Half-way through the year, more is forecast than the pool has, and savings are behind."""
    record = _named(story, "pool", POOL)
    why = "Forecast and savings at the half year."
    ARRANGEMENTS.transition("change", record.pk, comment=why, **story.by(FINANCE))
    record.refresh_from_db()
    budget = record.capitatedbudgets.get()
    held = ("year", "qualifier", "amount", "basis", "population", "savings", "pressures")
    row = {name: getattr(budget, name) for name in held} | {
        "savings_made": Decimal(410_000),
        "committed": Decimal(58_900_000),
        "forecast": Decimal(60_350_000),
        "actual": Decimal(29_700_000),
    }
    pool = record.pool
    names = ("legal_basis", "host", "level", "state", "money_note", "programme")
    given = {name: getattr(pool, name) for name in names}
    head = {name: getattr(record, name) for name in ("title", "purpose", "source")}
    writers = [story.people[FINANCE]]
    save_arrangement(record, {**head, **given}, {"capitatedbudgets": [row]}, writers=writers)


def _open_again(story: Story) -> None:
    """For the year to come; what is published stands until the next version is."""
    for kind, title in (("programme", PROGRAMME), ("outcomes", OUTCOMES)):
        record = _named(story, kind, title)
        why = "Looked at again for 2027/28."
        ARRANGEMENTS.transition("change", record.pk, comment=why, **story.by(LEAD))


def _write_equipment(story: Story) -> None:
    """A draft whose contributions do not make it, one of them only about so much."""
    _added(
        *(story, FINANCE, "pool", EQUIPMENT),
        "Beds, hoists and rails on loan.",
        {
            "legal_basis": "Section 75 of the National Health Service Act 2006",
            "host": BOARD,
            "level": "aligned",
            "state": "proposed",
            "money_note": "",
            "programme": "",
        },
        poolcontributions=[
            _contribution(COUNCIL, 1_900_000, "Adult social care budget", basis="net", year=2027),
            _contribution(BOARD, 2_250_000, "Community health", basis="net", year=2027),
            _contribution(
                *("District councils", 300_000, "Housing grants"),
                basis="gross",
                year=2027,
                qualifier="about",
            ),
        ],
        capitatedbudgets=[
            {"year": 2027, "qualifier": "exact", "amount": Decimal(4_200_000), "basis": "net"}
        ],
    )


def _write_outcomes(story: Story) -> None:
    record = _added(
        *(story, LEAD, "outcomes", OUTCOMES),
        "What both partners want for people who live at home with long-term conditions.",
        {
            "paper": "Joint outcomes, 10 June 2026",
            "state": "Agreed by both partners",
            "not_held": "",
            "programme": "living-well-at-home",
        },
        outcometensions=[
            {"first": "fewer days in hospital", "other": "nobody sent home too early"},
        ],
    )
    for domain, statement, weight, measures in (
        (
            "At home",
            "People go into hospital in an emergency less often",
            Decimal(40),
            ["measures/emergency-admissions-65"],
        ),
        (
            "At home",
            "People go home from hospital when they are ready",
            Decimal(35),
            ["measures/discharge-delay"],
        ),
        (
            "Carers",
            "Carers get a break when they need one",
            Decimal(25),
            ["measures/carers-breaks", "measures/carers-assessed"],
        ),
    ):
        given = {"domain": domain, "statement": statement, "weight": weight, "measures": measures}
        given |= {"priority": "", "target": "", "source": MADE_UP}
        save_outcome(record, None, given, by=story.people[LEAD])


def _write_programme(story: Story) -> None:
    record = _added(
        *(story, LEAD, "programme", PROGRAMME),
        "Health and social care at home work as one team in each district.",
        {
            "planning_area": "Westshire",
            "districts": "All five districts",
            "partners": f"{COUNCIL}\n{BOARD}",
            "care_areas": "Care at home\nDischarge from hospital",
            "in_scope": "People aged 65 and over",
            "out_of_scope": "People under 65",
            "basis_of": "The Better Care Fund plan",
        },
        serviceelements=[
            {
                "name": "Urgent response at home",
                "what_it_does": "Nurses and carers come out to somebody who would else go to A&E.",
                "for_whom": "People aged 65 and over",
                "cover": "Every day, 8am to 8pm",
                "standard": "Within 2 hours",
                "state": "Running",
            }
        ],
        blueprintactivitys=[{"title": "One record that both see"}],
        functions=[
            _function("Assessments at home", "delegate"),
            _function("Safeguarding enquiries", "retain"),
            _function("Equipment", "share"),
        ],
        issueareas=[
            {
                "title": "Who employs the teams",
                "at_stake": "Pay and pensions differ.",
                "options": "Second\nTransfer",
                "asked": "Which of the two is taken.",
            }
        ],
    )
    for function, decision in zip(
        record.functions.order_by("order"), ("share", "retain"), strict=False
    ):
        decide_function(
            function,
            {
                "decision": decision,
                "decided_on": date(2026, 6, 12),
                "decided_by": "Joint board of both partners",
                "reason": "Agreed when the plan was.",
                "condition": "",
                "source": MADE_UP,
            },
            by=story.people[LEAD],
        )


def _function(name: str, recommended: str) -> dict[str, Any]:
    return {
        "name": name,
        "holder": COUNCIL,
        "position": "",
        "recommended": recommended,
        "condition": "",
        "advice_of": "",
    }
