"""One answer to which version a person may see, at every address that shows one."""

import re
from dataclasses import dataclass

import msgspec
import pytest
from django.test import Client

from bcfportal.lib.papers import paper as papers
from finance.models import MonitoringSnapshot, SavingsEdition
from publishing.may_read import ONLY_PEOPLE_OF_THE_COUNCIL
from publishing.models import KeptPaper, PeriodVersion
from risks.models import RegisterEdition
from tests.addresses import addresses, open_to_everyone
from tests.text import words_of
from tests.westshire.measures import JUNE
from tests.westshire.outputs import as_text
from tests.westshire.project_pages import Q2, Q3
from tests.westshire.shown import paper, signed_in
from tests.westshire.test_after_a_withdrawal import acted
from tests.westshire.test_later_periods import GREY, corrected
from tests.westshire.test_versions import standing
from tests.westshire.test_versions import withdrawn as period_withdrawn
from tests.westshire.test_withdrawn_months import shown_last
from tests.westshire.test_withdrawn_publications import edition, fingerprint, report
from tests.westshire.test_withdrawn_publications import withdrawn as other_withdrawn

# Every public address of a council that shows a version, by what it is a version of.
SHOWS = {
    "quarter": {
        *("overview", "projects", "project", "project-pdf", "condition", "allocations", "papers"),
        *("summary-overview", "progress-update", "data", "download"),
        *("promises", "promises-csv", "promises-xlsx"),
    },
    "month": {
        *("vital-signs", "vital-signs-csv", "report-card", "exceptions", "performance"),
        *("outcomes-framework", "outcomes-framework-csv", "care-quality", "care-quality-csv"),
    },
    "money": {"finance", "reserves", "capital", "finance-pdf", "money-csv", "money-xlsx"},
    "savings": {"savings", "posts", "options", "option", "savings-csv", "savings-xlsx"},
    "register": {"risks", "risk", "risks-csv", "risks-pdf"},
}
# What shows none, compares two, or tells what became of one: each has tests of its own.
SHOWS_NONE = {
    *("home", "theme", "health", "about", "accessibility"),
    *("reconciliation", "period-version", "version-content"),
    # A meeting shows the version that stands; figures stated in words have none.
    *("meetings", "meeting", "meetings-csv", "meetings-xlsx", "asked-for"),
    # Papers to a committee have versions of their own: tests/test_committee_papers.py.
    *("committee-paper", "committee-paper-pdf"),
    *("place", "stated", "stated-csv", "stated-xlsx"),
    # Each partnership shows the version that stands.
    *("partnerships", "partnerships-csv", "partnerships-xlsx", "pools", "pool"),
    *("integration-programme", "joint-outcomes", "arrangement-pdf"),
}
PEOPLE = {"nobody": "", "member": "member", "officer": "finance"}
READ = {"nobody": {200}, "member": {200}, "officer": {200}}
WITHDRAWN = {"nobody": {410}, "member": {200}, "officer": {200}}
# A month or quarter that was public answers 410 while it is not published again.
DRAFT = {"nobody": {404, 410}, "member": {200}, "officer": {200}}
WORKING = {"nobody": {404}, "member": {404}, "officer": {200}}
every_kind = pytest.mark.parametrize("kind", SHOWS)


@dataclass(frozen=True)
class Asked:
    """What is added to an address, what each person is answered, and whether others are told."""

    query: str
    answers: dict
    kept_from_others: bool = False


@pytest.fixture
def quickly(monkeypatch):
    """A paper is what it prints, as JSON: laid out it takes seconds."""
    monkeypatch.setattr(
        papers, "typeset", lambda template, data, dated: msgspec.json.encode(data, enc_hook=str)
    )


def quarter(westshire):
    corrected(westshire, GREY, performance="We did more jobs.")
    number = standing(westshire, Q2).number
    corrected(westshire, GREY, performance="We did fewer jobs.")
    assert standing(westshire, Q2).number == number + 1
    yield Asked(f"?period={Q2}&version={number + 1}", READ)
    yield Asked(f"?period={Q2}&version={number}", READ)
    yield Asked(f"?period={Q3}&version=next", DRAFT)
    period_withdrawn(westshire, Q2)
    yield Asked(f"?period={Q2}&version={number + 1}", WITHDRAWN, kept_from_others=True)
    yield Asked(f"?period={Q2}", READ)
    while PeriodVersion.objects.in_force().filter(period__key=Q2, period__council=westshire):
        period_withdrawn(westshire, Q2)
    yield Asked(f"?period={Q2}", DRAFT)
    yield Asked(f"?period={Q2}&version={number}", WITHDRAWN, kept_from_others=True)


def month(westshire):
    number, last = standing(westshire, JUNE).number, shown_last(westshire)
    yield Asked(f"?month={JUNE}&version={number}", READ)
    yield Asked(f"?month={JUNE}&version={number - 1}", READ)
    period_withdrawn(westshire, JUNE)
    yield Asked(f"?month={JUNE}&version={number}", WITHDRAWN, kept_from_others=True)
    yield Asked(f"?month={JUNE}", READ)
    only = standing(westshire, last).number
    period_withdrawn(westshire, last)
    yield Asked(f"?month={last}", DRAFT)
    yield Asked(f"?month={last}&version={only}", WITHDRAWN, kept_from_others=True)


def money(westshire):
    yield Asked("?report=2026-27-m08", READ)
    yield Asked("?report=2026-27-m06&version=1", READ)
    other_withdrawn(fingerprint(westshire, "money"), "money")
    yield Asked("?report=2026-27-m08&version=1", WITHDRAWN, kept_from_others=True)
    keeper, other = (signed_in(Client(), who) for who in ("finance", "finance-lead"))
    act = "/westshire/money/2026-27-m08/{}/"
    acted(keeper, act.format(1), action="correct", words="With the figures of this council.")
    for who, action in ((keeper, "submit"), (other, "approve")):
        assert acted(who, act.format(2), action=action).status_code == 302, action
    yield Asked("?report=2026-27-m08&version=2", DRAFT)
    yield Asked("?report=2026-27-m08&version=1", WITHDRAWN, kept_from_others=True)


def savings(westshire):
    last = edition(westshire)
    before = SavingsEdition.objects.filter(paper__council=westshire).exclude(paper=last.paper)
    old = before.latest("paper__dated")
    yield Asked(f"?paper={last.paper.slug}&edition={last.number}", READ)
    yield Asked(f"?paper={old.paper.slug}&edition={old.number}", READ)
    yield Asked("?paper=working", WORKING)
    other_withdrawn(last.fingerprint, "savings")
    yield Asked(f"?paper={last.paper.slug}&edition={last.number}", WITHDRAWN, kept_from_others=True)


def register(westshire):
    yield Asked("?as_at=2026-10-31&version=1", READ)
    yield Asked("?as_at=2026-07-31", READ)
    yield Asked("?as_at=working", WORKING)
    other_withdrawn(fingerprint(westshire, "register"), "register")
    yield Asked("?as_at=2026-10-31&version=1", WITHDRAWN, kept_from_others=True)


STATES = {
    "quarter": quarter,
    "month": month,
    "money": money,
    "savings": savings,
    "register": register,
}


def content_of(answer):
    """All that is sent, in words; of a paper, what it prints."""
    if "pdf" in answer.headers["Content-Type"]:
        return (answer.getvalue() if answer.streaming else answer.content).decode()
    return as_text(answer) if "html" not in answer.headers["Content-Type"] else answer.text


def test_every_address_that_shows_a_version_is_walked():
    named = {each.name.removeprefix("reporting:") for each in open_to_everyone()}
    assert named == set().union(*SHOWS.values()) | SHOWS_NONE


@every_kind
def test_each_person_is_answered_the_same_at_every_address_of_a_version(westshire, quickly, kind):
    paths = {
        each.name.removeprefix("reporting:"): each.path
        for each in addresses()
        if each.name.removeprefix("reporting:") in SHOWS[kind]
    }
    for asked in STATES[kind](westshire):
        for who, account in PEOPLE.items():
            client = signed_in(Client(), account) if account else Client()
            for name, path in paths.items():
                answer = client.get(f"{path}{asked.query}")
                where = (name, asked.query, who, answer.status_code)
                # An old report may never have had the project, option, measure or risk.
                if answer.status_code == 200 and "is not in the re" in content_of(answer):
                    continue
                assert answer.status_code in asked.answers[who] | never_had(name, asked), where
                if answer.status_code == 200:
                    said = ONLY_PEOPLE_OF_THE_COUNCIL in content_of(answer)
                    assert said == asked.kept_from_others, where


def never_had(name, asked):
    return {404} if name == "option" and asked.answers == READ else set()


@every_kind
def test_what_people_of_the_council_read_of_what_is_withdrawn_is_not_kept(westshire, quickly, kind):
    reader = signed_in(Client(), "finance")
    address = {
        "quarter": "reports/summary-overview.pdf",
        "month": "reports/performance.pdf",
        "money": "reports/finance.pdf",
        "register": "reports/risks.pdf",
    }.get(kind)
    if address is None:
        assert not {name for name in SHOWS[kind] if "pdf" in name}
        return
    *_, gone = (asked for asked in STATES[kind](westshire) if asked.kept_from_others)
    before = set(KeptPaper.objects.values_list("fingerprint", "name", "sha256"))
    answer = reader.get(f"/westshire/{address}{gone.query}")
    assert ONLY_PEOPLE_OF_THE_COUNCIL in content_of(answer)
    assert set(KeptPaper.objects.values_list("fingerprint", "name", "sha256")) == before


def test_the_paper_and_the_file_of_a_withdrawn_quarter_say_at_their_head_that_it_is_withdrawn(
    westshire, client
):
    corrected(westshire, GREY, performance="We did more jobs.")
    gone = f"?period={Q2}&version={standing(westshire, Q2).number}"
    printed = f"reports/summary-overview.pdf{gone}"
    assert "Withdrawn" not in paper(client, printed)
    period_withdrawn(westshire, Q2)
    signed_in(client, "member")
    said = f"Withdrawn on 20 January 2027. {ONLY_PEOPLE_OF_THE_COUNCIL}"
    first_words = paper(client, printed)[:1500]
    assert said in first_words
    assert said in paper(client, f"projects/{GREY}.pdf{gone}")
    lines = client.get(f"/westshire/data/projects.csv{gone}").text.splitlines()
    assert lines[0].endswith(",not_public")
    assert said in lines[-1]


def test_the_workbook_of_a_withdrawn_finance_report_says_so_in_its_rows_and_on_its_sheet(
    westshire, client
):
    other_withdrawn(fingerprint(westshire, "money"), "money")
    signed_in(client, "member")
    answer = client.get("/westshire/finance/monitoring.xlsx?report=2026-27-m08&version=1")
    text = as_text(answer)
    assert "not_public" in text
    assert text.count(ONLY_PEOPLE_OF_THE_COUNCIL) > 2


@pytest.mark.parametrize("kind", ["money", "savings", "register"])
def test_links_of_what_is_withdrawn_keep_the_version(westshire, client, kind):
    other_withdrawn(fingerprint(westshire, kind), kind)
    signed_in(client, "finance")
    address = {"money": "finance/", "savings": "savings/", "register": "risks/"}[kind]
    query = {
        "money": "?report=2026-27-m08&version=1",
        "savings": f"?paper={edition(westshire).paper.slug}&edition={edition(westshire).number}",
        "register": "?as_at=2026-10-31&version=1",
    }[kind]
    page = client.get(f"/westshire/{address}{query}").text
    links = set(re.findall(r'href="(/westshire/[^"]*\?[^"]*)"', page))
    assert links
    for link in links:
        link = link.replace("&amp;", "&")
        assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("who", PEOPLE.values())
def test_nobody_is_given_the_bytes_of_what_is_withdrawn(westshire, who):
    client = signed_in(Client(), who) if who else Client()
    marks = [
        MonitoringSnapshot.objects.get(report=report(westshire)).fingerprint,
        edition(westshire).fingerprint,
        RegisterEdition.objects.get(
            report__council=westshire, report__as_at="2026-10-31"
        ).fingerprint,
    ]
    number = standing(westshire, JUNE).number
    for kind, mark in zip(("money", "savings", "register"), marks, strict=True):
        other_withdrawn(mark, kind)
    period_withdrawn(westshire, JUNE)
    for mark in marks:
        assert client.get(f"/version/{mark[:12]}/content.json").status_code == 410
    bytes_of_month = f"/westshire/versions/{JUNE}/{number}/content.json"
    assert client.get(bytes_of_month).status_code == 410


@every_kind
def test_people_of_the_council_are_told_at_a_withdrawn_address_where_they_can_read_it(
    westshire, kind
):
    if kind in ("quarter", "month"):
        key = JUNE if kind == "month" else Q2
        if kind == "quarter":
            corrected(westshire, GREY, performance="We did more jobs.")
        row = standing(westshire, key)
        period_withdrawn(westshire, key)
        address = f"/westshire/versions/{key}/{row.number}/content.json"
    else:
        mark = other_withdrawn(fingerprint(westshire, kind), kind)
        address = f"/version/{mark[:12]}/content.json"
    told = "People of the council can still read version"
    assert told not in words_of(Client().get(address).text)
    member = signed_in(Client(), "member")
    answer = member.get(address)
    assert answer.status_code == 410
    assert told in words_of(answer.text)
    (link,) = re.findall(r'href="([^"]*)"[^>]*>still read', answer.text)
    read = member.get(link.replace("&amp;", "&"))
    assert read.status_code == 200
    assert ONLY_PEOPLE_OF_THE_COUNCIL in read.text
