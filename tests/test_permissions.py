"""Every address, by every kind of person. An address that is not in the table fails the test."""

import pytest

from finance.ledger.uploading import apply, take
from outcomes.models import Measure
from returns.actions import save_section
from tests.addresses import addresses, open_to_everyone, path_of
from tests.committee_papers import make_published_paper
from tests.every_form import methods_of
from tests.ledger_files import csv_file
from tests.money import CAPITAL, RESERVES, make_areas, published
from tests.month import make_month
from tests.partnerships import make_partnerships
from tests.quarter import make_quarter
from tests.registers import make_register
from tests.savings import make_savings
from tests.stated import make_promise, make_stated
from typed.addresses import page_of

pytestmark = pytest.mark.django_db

COLUMNS = (
    *("anonymous", "outsider", "committee member", "commissioner"),
    *("finance officer", "performance officer", "administrator"),
)
SIGN_IN, HIDDEN, FORBIDDEN = 302, 404, 403
# Opening what only takes a press leads to the page that the press stands on.
POST_ONLY = "leads up"
EVERYONE = (200,) * 7
WRITES = (SIGN_IN, *(POST_ONLY,) * 6)
ADMINISTRATOR = (SIGN_IN, HIDDEN, *(FORBIDDEN,) * 4, 200)
OFFICERS = (SIGN_IN, HIDDEN, FORBIDDEN, FORBIDDEN, 200, 200, FORBIDDEN)
FINANCE = (SIGN_IN, HIDDEN, FORBIDDEN, FORBIDDEN, 200, FORBIDDEN, FORBIDDEN)
RETURN = (SIGN_IN, HIDDEN, HIDDEN, 200, 200, 200, HIDDEN)
PERIODS = (SIGN_IN, HIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, 200, 200)
OWN = (SIGN_IN, *(200,) * 6)
SETTERS = (SIGN_IN, HIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, 200, FORBIDDEN)
WRITES_RETURN = (SIGN_IN, HIDDEN, HIDDEN, 200, FORBIDDEN, FORBIDDEN, HIDDEN)
SEE_SAVINGS = (SIGN_IN, HIDDEN, FORBIDDEN, 200, 200, 200, FORBIDDEN)
PROPOSE = (SIGN_IN, HIDDEN, FORBIDDEN, 200, 200, FORBIDDEN, FORBIDDEN)
KEEP_SAVINGS = (SIGN_IN, HIDDEN, FORBIDDEN, FORBIDDEN, 200, FORBIDDEN, FORBIDDEN)
TABLE = {
    **{each.name: EVERYONE for each in open_to_everyone()},
    # People of one council go straight to their work in it.
    "reporting:home": (200, *(302,) * 6),
    ":session": EVERYONE,
    ":house-style": EVERYONE,
    ":house-style-frame": EVERYONE,
    "reporting:my-returns": (SIGN_IN, HIDDEN, FORBIDDEN, 200, FORBIDDEN, 200, FORBIDDEN),
    "reporting:return": RETURN,
    "reporting:check": RETURN,
    "reporting:section": RETURN,
    "reporting:saves": RETURN,
    "reporting:save": RETURN,
    "reporting:money-saves": OFFICERS,
    "reporting:money-save": OFFICERS,
    "reporting:add-return-promise": WRITES_RETURN,
    "reporting:answer-return-promise": WRITES_RETURN,
    **{f"reporting:{name}": OFFICERS for name in ("promises-work", "add-promise")},
    "reporting:answer-promise": OFFICERS,
    "reporting:submit": WRITES,
    "reporting:carry": WRITES,
    "reporting:withdraw": WRITES,
    "reporting:quarter": OFFICERS,
    "reporting:checks": OFFICERS,
    "reporting:checks-csv": OFFICERS,
    "reporting:review": (SIGN_IN, HIDDEN, HIDDEN, HIDDEN, 200, 200, HIDDEN),
    "reporting:approve-many": WRITES,
    **{
        f"reporting:money-{name}": OFFICERS
        for name in ("reports", "report", "about", "lines", "reserves", "capital")
    },
    # With nothing approved it goes back to the report.
    "reporting:money-publish": (*OFFICERS[:4], 302, 302, FORBIDDEN),
    # With nothing approved it goes back to the board.
    "reporting:publish": (SIGN_IN, HIDDEN, *(FORBIDDEN,) * 3, 302, FORBIDDEN),
    "reporting:publications": SETTERS,
    "reporting:make-current": WRITES,
    # Of a fingerprint that nothing has.
    "reporting:version": (HIDDEN,) * 7,
    "reporting:frozen-content": (HIDDEN,) * 7,
    "reporting:withdraw-published": OFFICERS,
    "reporting:ledger": OFFICERS,
    "reporting:ledger-csv": OFFICERS,
    "reporting:ledger-xlsx": OFFICERS,
    "reporting:ledger-upload": OFFICERS,
    "reporting:ledger-uploads": FINANCE,
    "reporting:ledger-marked": FINANCE,
    "reporting:ledger-apply": WRITES,
    "reporting:ledger-drop": WRITES,
    "reporting:ledger-answer": WRITES,
    "reporting:ledger-questions": FINANCE,
    "reporting:ledger-back": FINANCE,
    "reporting:ledger-continue": WRITES,
    **{
        f"reporting:{name}": OFFICERS
        for name in (
            *("paper-work", "write-paper", "paper-head", "paper-section"),
            *("add-paper-section", "paper-figures"),
        )
    },
    "reporting:arrange-paper": WRITES,
    "reporting:savings-work": SEE_SAVINGS,
    "reporting:change": SEE_SAVINGS,
    "reporting:decide-option": SEE_SAVINGS,
    "reporting:add-change": PROPOSE,
    "reporting:edit-change": PROPOSE,
    "reporting:add-option": PROPOSE,
    "reporting:edit-option": PROPOSE,
    "reporting:savings-papers": KEEP_SAVINGS,
    "reporting:correct-paper": KEEP_SAVINGS,
    "reporting:add-saving": KEEP_SAVINGS,
    "reporting:edit-saving": KEEP_SAVINGS,
    "reporting:add-post": KEEP_SAVINGS,
    "reporting:edit-post": KEEP_SAVINGS,
    "reporting:savings-rule": (SIGN_IN, HIDDEN, *(FORBIDDEN,) * 4, 200),
    **{
        f"reporting:{name}": OFFICERS
        for name in (
            *("new-risk", "publish-risks", "assess-risk", "reword-risk", "add-risk-task"),
            *("risk-progress", "close-risk", "link-risk"),
        )
    },
    # Of a risk that is open it goes back to the risk.
    "reporting:reopen-risk": (*OFFICERS[:4], 302, 302, FORBIDDEN),
    "reporting:meetings-work": PERIODS,
    **{f"reporting:{name}-committee": ADMINISTRATOR for name in ("add", "edit")},
    **{
        f"reporting:{name}": SETTERS
        for name in (
            *("add-meeting", "prepare-meeting", "meeting-details", "meeting-attendance"),
            *("meeting-reported", "publish-meeting", "correct-meeting"),
            *("add-item", "edit-item", "item-business"),
        )
    },
    "reporting:order-items": WRITES,
    "reporting:arrangement": OFFICERS,
    "reporting:add-arrangement": FINANCE,
    "reporting:edit-arrangement": FINANCE,
    "reporting:decide-function": SETTERS,
    "reporting:add-outcome": SETTERS,
    "reporting:edit-outcome": SETTERS,
    "reporting:periods": PERIODS,
    "reporting:open-month": PERIODS,
    "reporting:set-target": SETTERS,
    "reporting:add-break": SETTERS,
    "reporting:measure": SETTERS,
    "reporting:project-measures": SETTERS,
    "reporting:project-measure": SETTERS,
    "reporting:project-target": SETTERS,
    "reporting:add-measure": SETTERS,
    "reporting:follow-up": SETTERS,
    "reporting:report-back": SETTERS,
    "reporting:take-decision-back": SETTERS,
    "reporting:period": PERIODS,
    **{
        f"administration:{name}": ADMINISTRATOR
        for name in (
            *("start", "people", "invite", "person", "settings", "approval", "projects"),
            *("project", "funds", "add-fund", "fund", "conditions", "add-condition", "condition"),
            *("providers", "add-provider", "provider"),
        )
    },
    **{
        f"administration:{name}": (*ADMINISTRATOR[:-1], POST_ONLY)
        for name in (
            *("close-person", "invite-again", "remove-fund", "remove-condition"),
            *("remove-provider", "withdraw-invitation"),
        )
    },
    "administration:answer-invitation": WRITES,
    "accounts:account": OWN,
    "accounts:change-password": OWN,
    "accounts:sign-in": (200, *(302,) * 6),
    "accounts:sign-out": (POST_ONLY,) * 7,
    "accounts:sign-out-everywhere": WRITES,
    "accounts:end-session": WRITES,
    "accounts:forgotten-password": EVERYONE,
    "accounts:link-sent": EVERYONE,
    "accounts:new-password": EVERYONE,
    "accounts:invitation": EVERYONE,
}
# The same whoever looks.
OF_NOBODY = {"reporting:theme"}
# What an address names where it is not the project.
REPORT = {"period": "2018-19-m02"}
NAMED = {
    **{
        f"reporting:money-{name}": lambda council: REPORT
        for name in (
            "report",
            "about",
            "lines",
            "reserves",
            "capital",
            "act",
            "saves",
            "save",
            "publish",
        )
    },
    **{
        f"reporting:{name}": lambda council: {"period": "2018-19-q1", "number": 1}
        for name in ("period-version", "version-content")
    },
    "administration:person": lambda council: {"number": council.memberships.first().user_id},
    "administration:fund": lambda council: {"slug": "fund"},
    "administration:condition": lambda council: {"number": 1},
    "administration:provider": lambda council: {"slug": "provider"},
    **{
        f"reporting:{name}": lambda council: {
            "number": council.measures.get(slug="measure").follow_ups.get().pk
        }
        for name in ("report-back", "take-decision-back")
    },
    **{
        f"reporting:ledger-{name}": lambda council: {
            "number": council.ledger_uploads.get(state="previewed").pk
        }
        for name in ("upload", "marked", "apply", "drop", "continue", "answer")
    },
    "reporting:answer-promise": lambda council: {"number": 1},
    "reporting:answer-return-promise": lambda council: {"kind": "stated", "promise": 2},
    "reporting:withdraw-published": lambda council: {
        "short": council.monitoring_reports.get(**REPORT).snapshots.get().fingerprint[:12]
    },
    **{
        f"reporting:{name}": lambda council: {
            "item": council.committees.get().meetings.get().items.get().pk
        }
        for name in ("edit-item", "item-business")
    },
    "reporting:ledger-questions": lambda council: {
        "number": council.ledger_uploads.get(state="previewed").pk,
        "kind": "code",
    },
    "reporting:ledger-back": lambda council: {
        "number": council.ledger_uploads.get(state="applied").pk
    },
}


@pytest.fixture
def world(testshire):
    quarter = make_quarter(testshire())
    quarter.council.providers.create(slug="provider", name="Provider")
    given = {"version": 0, **quarter.by("commissioner")}
    save_section(quarter.report.pk, "spend", {"spend_to_date": "5"}, **given)
    make_month(quarter)
    Measure.objects.create(project=quarter.project, position=1, text="Counted")
    # One upload that is applied, and one with an error and a question.
    who = {"council": quarter.council, "year": None, "by": quarter.people["finance officer"]}
    first = take(file_name="first.csv", content=csv_file([["040101", "Apr-17", "1"]]), **who)
    apply(first, by=who["by"])
    rows = [["40101", "Apr-17", "1"], ["40102", "Apr-17", "N/A"]]
    take(file_name="actuals.csv", content=csv_file(rows), **who)
    make_savings(quarter)
    make_register(quarter.council)
    make_stated(quarter.council)
    make_published_paper(quarter.council, quarter.people)
    make_promise(quarter.council)
    make_promise(quarter.council, project=quarter.project)
    make_partnerships(quarter.council, quarter.people)
    make_areas(quarter.council)
    published(
        quarter.council,
        quarter.people["finance officer"],
        period=REPORT["period"],
        reserves=RESERVES,
        capital=CAPITAL,
    )
    return quarter


def all_addresses(quarter):
    given = {
        "council": "testshire",
        "period": quarter.period.key,
        "slug": "project",
        "paper": "paper",
        "measure": "measure",
        "reference": "rm019",
        "committee": "committee",
        "meeting": "2018-04-09",
        "item": "1",
        "colour": quarter.council.accent_colour.lstrip("#"),
    }
    for address in addresses(**given):
        if address.name in NAMED:
            yield (
                address.name,
                path_of(address.name, **given | NAMED[address.name](quarter.council)),
            )
        else:
            yield address.name, address.path


def status_of(response):
    to = response.headers.get("Location", "/")
    if response.status_code == 302 and to == page_of(response.wsgi_request):
        # A page may lead to another too, where there is nothing for it to show.
        return 302 if "GET" in methods_of(response.resolver_match.func) else POST_ONLY
    return response.status_code


def test_every_address_is_in_the_table(world):
    assert {name for name, _ in all_addresses(world)} == set(TABLE)


@pytest.mark.parametrize("column", COLUMNS)
def test_every_address_answers_this_person_as_the_table_says(client, world, column):
    if column != "anonymous":
        client.force_login(world.people[column])
    asked = dict(all_addresses(world))
    answers = {name: client.get(address) for name, address in asked.items()}
    expected = {name: row[COLUMNS.index(column)] for name, row in TABLE.items()}
    assert {name: status_of(each) for name, each in answers.items()} == expected
    # What is private, or shown to somebody signed in, is kept by no browser and no cache.
    everyones = {each.name for each in addresses() if each.public} if column == "anonymous" else ()
    kept = {
        name
        for name, answer in answers.items()
        if "no-store" not in answer.headers.get("Cache-Control", "")
        and answer.status_code == 200
        and name not in OF_NOBODY
        and name not in everyones
    }
    assert not kept


def test_sign_in_leads_back_to_the_page_that_was_asked_for(client):
    response = client.get("/nottinghamshire/returns/")
    assert response.headers["Location"] == "/account/sign-in/?next=/nottinghamshire/returns/"
