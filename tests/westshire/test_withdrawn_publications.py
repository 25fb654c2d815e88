"""A finance report, a savings paper or a register that is withdrawn: all places agree at once."""

import html
import re
from dataclasses import dataclass

import pytest
from django.test import Client

from finance.models import MonitoringReport, MonitoringSnapshot, SaidToCome, SavingsEdition
from finance.savings.discrepancies import disagreements as savings_disagreements
from publishing.models import KeptPaper, Withdrawal
from risks.discrepancies import disagreements
from risks.models import RegisterEdition, RegisterReport
from tests.seen import seen_on
from tests.text import words_of
from tests.westshire.shown import page, paper, person, rows, signed_in

WHY = "The figures were those of another council."
ON = "20 January 2027"


@dataclass(frozen=True)
class Published:
    """The latest publication of a kind in Westshire, and every output that shows it."""

    # The first of the addresses is the page that the council's menu leads to.
    outputs: tuple[str, ...]
    query: str
    # What it is called at its withdrawn address, and the one that was published before it.
    name: str
    before: str
    asks: str = "finance"
    decides: str = ""


PUBLISHED = {
    "money": Published(
        outputs=(
            *("finance/", "reserves/", "capital/", "reports/finance.pdf"),
            *("finance/monitoring.csv", "finance/reserves.csv", "finance/capital.csv"),
            *("finance/monitoring.xlsx", "finance/reserves.xlsx", "finance/capital.xlsx"),
        ),
        query="?report=2026-27-m08",
        name="the finance report, Month 8 of 2026/27",
        before="Month 6 of 2026/27",
        decides="finance-lead",
    ),
    "savings": Published(
        outputs=(
            *("savings/", "posts/", "options/", "savings/data/savings.csv"),
            *("savings/data/savings.xlsx", "savings/data/posts.csv", "savings/data/options.csv"),
        ),
        query="?paper={paper}",
        name="the savings paper",
        before="savings paper",
    ),
    "register": Published(
        outputs=("risks/", "risks/risks.csv", "reports/risks.pdf", "risks/wr01/"),
        query="?as_at=2026-10-31",
        name="the risk register as at 31 October 2026",
        before="31 July 2026",
    ),
}
every_kind = pytest.mark.parametrize("kind", PUBLISHED)


def fingerprint(westshire, kind):
    """Of the latest that Westshire published of the kind."""
    if kind == "money":
        return MonitoringSnapshot.objects.get(report=report(westshire)).fingerprint
    if kind == "savings":
        return edition(westshire).fingerprint
    return (
        RegisterEdition.objects.filter(report__council=westshire)
        .latest("report__as_at")
        .fingerprint
    )


def report(westshire, period="2026-27-m08", version=1):
    return MonitoringReport.objects.get(council=westshire, period=period, version=version)


def edition(westshire):
    rows = SavingsEdition.objects.filter(paper__council=westshire)
    return rows.order_by("-paper__dated", "-number").first()


def query(westshire, kind):
    return PUBLISHED[kind].query.format(paper=edition(westshire).paper.slug)


def screen(mark):
    return f"/westshire/versions/{mark[:12]}/withdraw/"


def pressed(who, mark, version=1, **typed):
    """The answer to what the person posts on the screen of what has the fingerprint."""
    client = signed_in(Client(), who)
    return client.post(screen(mark), {"number": version} | typed | seen_on(client, screen(mark)))


def withdrawn(mark, kind, version=1, reason=WHY):
    """Withdraws what has the fingerprint, by the people who may."""
    published = PUBLISHED[kind]
    answer = pressed(published.asks, mark, version, action="ask", reason=reason)
    assert answer.status_code == 302, words_of(answer.text)
    if published.decides:
        answer = pressed(published.decides, mark, version, action="confirm")
        assert answer.status_code == 302, words_of(answer.text)
    return mark


@pytest.fixture
def gone(westshire, kind):
    """The fingerprint of the latest of the kind, withdrawn."""
    return withdrawn(fingerprint(westshire, kind), kind)


@every_kind
def test_a_withdrawn_publication_answers_410_and_says_when_who_why_and_what_stands(
    westshire, client, kind
):
    published, asked = PUBLISHED[kind], query(westshire, kind)
    for address in published.outputs:
        assert client.get(f"/westshire/{address}{asked}").status_code == 200, address
    withdrawn(fingerprint(westshire, kind), kind)
    for address in published.outputs:
        answer = client.get(f"/westshire/{address}{asked}")
        assert answer.status_code == 410, address
        words = words_of(answer.text)
        post = person(published.decides or published.asks).post
        for said in (published.name, WHY, ON, post, "is not published", published.before):
            assert said.lower() in words.lower(), (address, said)


@every_kind
def test_people_of_the_council_are_told_the_same_at_a_withdrawn_address(gone, westshire, kind):
    reader = signed_in(Client(), "performance")
    for address in PUBLISHED[kind].outputs:
        answer = reader.get(f"/westshire/{address}{query(westshire, kind)}")
        assert answer.status_code == 410, address


@every_kind
def test_without_what_is_withdrawn_the_one_before_is_shown_everywhere_at_once(
    gone, westshire, client, kind
):
    published = PUBLISHED[kind]
    for address in published.outputs:
        answer = client.get(f"/westshire/{address}")
        assert answer.status_code == 200, address
    words = page(client, published.outputs[0])
    assert gone[:12] not in client.get(f"/westshire/{published.outputs[0]}").text
    if kind != "savings":
        assert published.before in words


def test_papers_files_overview_and_checks_speak_no_more_of_a_withdrawn_month(westshire, client):
    listed = page(client, "reports/")
    assert "Finance monitoring, Month 8 of 2026/27" in listed
    withdrawn(fingerprint(westshire, "money"), "money")
    assert "Month 8 of 2026/27" not in page(client, "reports/")
    assert "Month 6 of 2026/27" in paper(client, "reports/finance.pdf")
    assert {row["report"] for row in rows(client, "finance/monitoring.csv")} == {"2026-27-m06"}
    assert "2026-27-m08" not in client.get("/westshire/").text
    signed_in(client, "finance")
    assert "2026-27-m08" not in client.get("/westshire/checks/").text


def savings_of_front_page(client):
    """The sentence of the front page on savings."""
    return re.search(r"Savings .*? as at (.*?) £[\d,.m]+ to be saved", page(client))[1]


def test_the_front_page_counts_the_savings_of_the_paper_that_stands(westshire, client):
    latest = edition(westshire)
    before = SavingsEdition.objects.filter(paper__council=westshire).exclude(paper=latest.paper)
    days = [each.paper.as_at for each in (latest, before.latest("paper__dated"))]
    words = [f"{day.day} {day:%B %Y}" for day in days]
    assert savings_of_front_page(client).endswith(words[0])
    withdrawn(latest.fingerprint, "savings")
    assert savings_of_front_page(client).endswith(words[1])


def test_front_page_and_checks_read_the_register_that_stands(westshire, client):
    october = RegisterReport.objects.get(council=westshire, as_at="2026-10-31")
    day = october.meeting_on or october.as_at
    reported = f"Reported on {day.day} {day:%B %Y}"
    assert "All risks, as at 31 October 2026" in page(client)
    assert reported in {each.second.text for each in disagreements(westshire)}
    withdrawn(fingerprint(westshire, "register"), "register")
    assert "All risks, as at 31 July 2026" in page(client)
    assert reported not in {each.second.text for each in disagreements(westshire)}


def test_checks_hold_nothing_against_what_a_withdrawn_savings_paper_said(westshire):
    SaidToCome.objects.create(
        council=westshire,
        paper=edition(westshire).paper,
        number=99,
        about="A tender",
        words="It will be let by the end of 2025.",
        by="2025-12-31",
    )
    found = {each.key for each in savings_disagreements(westshire)}
    withdrawn(edition(westshire).fingerprint, "savings")
    left = {each.key for each in savings_disagreements(westshire)}
    assert found - left == {"savings:passed:99"}


@every_kind
def test_a_withdrawn_publication_keeps_its_content_its_paper_and_its_version_page(
    westshire, client, kind
):
    address = {"money": "reports/finance.pdf", "register": "reports/risks.pdf"}.get(kind)
    if address:
        client.get(f"/westshire/{address}{query(westshire, kind)}")
    mark = withdrawn(fingerprint(westshire, kind), kind)
    assert KeptPaper.objects.filter(fingerprint=mark).exists() == bool(address)
    answer = client.get(f"/version/{mark[:12]}/")
    assert answer.status_code == 200
    words = words_of(answer.text)
    for said in (f"Withdrawn on {ON}", WHY, mark, "is not published"):
        assert said in words
    assert client.get(f"/version/{mark[:12]}/content.json").status_code == 410


def test_a_finance_report_is_withdrawn_by_two_people(westshire, client):
    mark = fingerprint(westshire, "money")
    address = "/westshire/finance/?report=2026-27-m08"
    assert pressed("finance", mark, action="ask", reason=" ").status_code == 409
    assert pressed("finance", mark, action="ask", reason=WHY).status_code == 302
    assert client.get(address).status_code == 200
    assert pressed("finance", mark, action="confirm").status_code == 409
    assert client.get(address).status_code == 200
    waiting = signed_in(Client(), "finance-lead").get("/westshire/money/").text
    assert "waits for a second person" in waiting
    assert pressed("finance-lead", mark, action="confirm").status_code == 302
    assert client.get(address).status_code == 410


def test_a_finance_report_that_a_second_person_leaves_public_stays(westshire, client):
    mark = fingerprint(westshire, "money")
    pressed("finance", mark, action="ask", reason=WHY)
    assert pressed("finance-lead", mark, action="refuse").status_code == 302
    assert client.get("/westshire/finance/?report=2026-27-m08").status_code == 200
    assert pressed("finance", mark, action="ask", reason="Again.").status_code == 302


@every_kind
def test_who_may_not_publish_may_not_withdraw(westshire, kind):
    mark = fingerprint(westshire, kind)
    for who in ("commissioner", "member"):
        assert pressed(who, mark, action="ask", reason=WHY).status_code == 403
    assert not Withdrawal.objects.exists()


@every_kind
def test_the_screen_asks_why_and_says_what_will_stand(westshire, client, kind):
    mark = fingerprint(westshire, kind)
    signed_in(client, "finance")
    answer = client.get(screen(mark))
    words = words_of(answer.text)
    assert PUBLISHED[kind].name in words
    assert "What will be current then: nothing." in words
    assert "is not published then. The pages open on the" in words
    assert PUBLISHED[kind].before in words
    assert "Why, for everybody who opens the address" in words
    assert re.search(r'name="number" value="1"', answer.text)


def test_withdrawing_a_correction_lets_the_version_before_stand_again(westshire, client):
    first = client.get("/westshire/reports/finance.pdf?report=2026-27-m06&version=1").content
    mark = MonitoringSnapshot.objects.get(report=report(westshire, "2026-27-m06", 2)).fingerprint
    asked = signed_in(Client(), "finance").get(screen(mark)).text
    assert "Version 1 of the finance report, Month 6 of 2026/27" in words_of(asked)
    withdrawn(mark, "money", version=2)
    answer = client.get("/westshire/reports/finance.pdf?report=2026-27-m06")
    assert answer.content == first
    words = page(client, "finance/?report=2026-27-m06")
    assert "Version 1, published on" in words
    assert "Superseded" not in words
    assert "has corrected it" not in words
    signed_in(client, "finance")
    assert f"Version 2 was withdrawn on {ON}" in page(client, "money/2026-27-m06/1/")
    gone = Client().get("/westshire/finance/?report=2026-27-m06&version=2")
    assert gone.status_code == 410
    assert "Version 1 of the finance report, Month 6 of 2026/27" in words_of(gone.text)


def test_only_the_version_that_stands_can_be_withdrawn(westshire):
    old = MonitoringSnapshot.objects.get(report=report(westshire, "2026-27-m06")).fingerprint
    answer = pressed("finance", old, action="ask", reason=WHY)
    assert answer.status_code == 409
    words = words_of(answer.text)
    assert "Only the current version" in words
    assert WHY in words
    assert not Withdrawal.objects.exists()


@every_kind
def test_what_is_posted_names_the_version_on_the_page(westshire, kind):
    answer = pressed("finance", fingerprint(westshire, kind), 7, action="ask", reason=WHY)
    assert answer.status_code == 409
    words = words_of(answer.text)
    assert "The version on the page is no longer the current one" in words
    assert WHY in words
    assert not Withdrawal.objects.exists()


@pytest.mark.parametrize("kind", ["register", "savings"])
def test_what_one_person_withdrew_is_public_again_only_with_a_tick(gone, westshire, client, kind):
    said = f": “{WHY}” What it said becomes public again, but for what was changed since."
    client = signed_in(client, PUBLISHED[kind].asks)
    if kind == "savings":
        slug = edition(westshire).paper.slug
        address = f"/westshire/savings/papers/{slug}/correct/"
        typed = {"why": "The figures are put right.", "action": "publish"}
        asks = client.post(address, typed)
        sent = typed | seen_on_form(asks)
    else:
        address = "/westshire/risks/publish/"
        typed = {"as_at_0": "20", "as_at_1": "1", "as_at_2": "2027", "title": "Risks"}
        asks = client.post(address, typed)
        sent = typed | {"confirm": "yes"} | seen_on_form(asks)
    assert said in words_of(asks.text)
    right = re.search(r'name="right" type="checkbox" value="([^"]+)"', asks.text)[1]
    refused = client.post(address, sent)
    assert refused.status_code == 409
    assert "tick that it is right" in words_of(refused.text)
    assert client.post(address, sent | {"right": html.unescape(right)}).status_code == 302


def seen_on_form(answer):
    """What a page that asks sends back of what it showed."""
    return {"seen": re.search(r'name="seen" value="([^"]*)"', answer.text)[1]}
