"""A finance report, a savings paper or a register that is withdrawn: all places agree at once."""

import re
from dataclasses import dataclass

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from finance.models import MonitoringEvent, MonitoringReport, MonitoringSnapshot, SavingsEdition
from reporting.models import KeptPaper, Withdrawal
from risks.actions import publish_register
from risks.models import RegisterEdition, RegisterReport
from tests.text import words_of
from tests.westshire.project_pages import by
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
    return signed_in(Client(), who).post(screen(mark), {"version": version} | typed)


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
    assert f"Finance monitoring, {PUBLISHED['money'].name[-18:]}" not in (
        page(client, "reports/") if kind == "money" else ""
    )


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


def test_the_front_page_counts_the_savings_of_the_paper_that_stands(westshire, client):
    latest = edition(westshire)
    assert f"as at {latest.paper.as_at.day} {latest.paper.as_at:%B %Y}" in page(client)
    withdrawn(latest.fingerprint, "savings")
    before = SavingsEdition.objects.filter(paper__council=westshire).exclude(paper=latest.paper)
    day = before.latest("paper__dated").paper.as_at
    words = page(client)
    assert f"as at {latest.paper.as_at.day} {latest.paper.as_at:%B %Y}" not in words
    assert f"as at {day.day} {day:%B %Y}" in words


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
    assert "What will stand then: nothing." in words
    assert "is not published then" in words
    assert "Why, for everybody who opens the address" in words
    assert re.search(r'name="version" value="1"', answer.text)


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
    gone = client.get("/westshire/finance/?report=2026-27-m06&version=2")
    assert gone.status_code == 410
    assert "Version 1 of the finance report, Month 6 of 2026/27" in words_of(gone.text)


def test_only_the_version_that_stands_can_be_withdrawn(westshire):
    old = MonitoringSnapshot.objects.get(report=report(westshire, "2026-27-m06")).fingerprint
    answer = pressed("finance", old, action="ask", reason=WHY)
    assert answer.status_code == 409
    words = words_of(answer.text)
    assert "Only the version that stands" in words
    assert WHY in words
    assert not Withdrawal.objects.exists()


@every_kind
def test_what_is_posted_names_the_version_on_the_page(westshire, kind):
    answer = pressed("finance", fingerprint(westshire, kind), 7, action="ask", reason=WHY)
    assert answer.status_code == 409
    words = words_of(answer.text)
    assert "Another version stands by now" in words
    assert WHY in words
    assert not Withdrawal.objects.exists()


def test_a_report_compared_with_a_withdrawn_one_says_so_and_its_paper_stays(westshire, client):
    later = "reports/finance.pdf?report=2026-27-m08"
    assert report(westshire).compared_with == report(westshire, "2026-27-m06", 2)
    before = client.get(f"/westshire/{later}").content
    figures = rows(client, "finance/monitoring.csv?report=2026-27-m08")
    mark = MonitoringSnapshot.objects.get(report=report(westshire, "2026-27-m06", 2)).fingerprint
    withdrawn(mark, "money", version=2)
    words = page(client, "finance/?report=2026-27-m08")
    assert f"Month 6 of 2026/27, version 2, with which it is compared, was withdrawn on {ON}" in (
        words
    )
    assert client.get(f"/westshire/{later}").content == before
    assert rows(client, "finance/monitoring.csv?report=2026-27-m08") == figures


def test_a_paper_made_after_the_withdrawal_says_what_it_said_before(westshire, client):
    later = "/westshire/reports/finance.pdf?report=2026-27-m08"
    with transaction.atomic():
        before = client.get(later).content
        transaction.set_rollback(True)
    mark = MonitoringSnapshot.objects.get(report=report(westshire, "2026-27-m06", 2)).fingerprint
    withdrawn(mark, "money", version=2)
    assert client.get(later).content == before


def test_a_new_report_is_not_compared_with_a_withdrawn_one(westshire):
    withdrawn(fingerprint(westshire, "money"), "money")
    month_9 = signed_in(Client(), "finance").get("/westshire/money/2026-27-m10/1/")
    assert month_9.context["work"].compared_with.period != "2026-27-m08"


def test_the_timeline_of_a_finance_report_says_who_withdrew_it_and_why(gone_month, client):
    signed_in(client, "finance")
    words = page(client, "money/2026-27-m08/1/")
    assert "Asked to withdraw it from the public" in words
    assert "Withdrawn from the public" in words
    assert WHY in words
    assert f"Withdrawn on {ON}" in words
    assert f"Withdrawn on {ON}" in page(client, "money/")
    assert MonitoringEvent.objects.filter(action="withdraw published").count() == 1


@pytest.fixture
def gone_month(westshire):
    return withdrawn(fingerprint(westshire, "money"), "money")


@every_kind
def test_the_screen_says_what_happened_so_far(gone, client, kind):
    signed_in(client, "finance")
    words = words_of(client.get(screen(gone)).text)
    for said in ("What happened so far", "Asked to withdraw it", f"Withdrawn on {ON}", WHY):
        assert said in words
    listed = {"money": "money/", "savings": "savings/papers/", "register": "risks/publish/"}
    assert f"Withdrawn on {ON}" in page(client, listed[kind])


def test_a_withdrawn_finance_report_is_published_again_as_its_next_version(
    gone_month, westshire, client
):
    reader, why = Client(), "With the figures of this council."
    keeper, other = (signed_in(Client(), who) for who in ("finance", "finance-lead"))
    act = "/westshire/money/2026-27-m08/{}/act/"
    assert keeper.post(act.format(1), {"action": "correct", "words": why}).status_code == 302
    typed = keeper.get("/westshire/money/2026-27-m08/2/lines/").content
    assert b'value="' in typed
    for who, action in ((keeper, "submit"), (other, "approve"), (other, "publish")):
        assert who.post(act.format(2), {"action": action}).status_code == 302, action
    words = page(reader, "finance/?report=2026-27-m08")
    assert "Version 2, published on 20 January 2027" in words
    assert "Corrected on" not in words
    assert "Published after version 1 was withdrawn: " + why in page(reader, "reports/")
    assert reader.get("/westshire/finance/?report=2026-27-m08&version=1").status_code == 410
    gone = words_of(reader.get("/westshire/finance/?report=2026-27-m08&version=1").text)
    assert "Version 2 of the finance report, Month 8 of 2026/27, published on" in gone


def test_a_withdrawn_savings_paper_is_published_again_as_its_next_edition(westshire, client):
    first = edition(westshire)
    withdrawn(first.fingerprint, "savings")
    keeper = signed_in(Client(), "finance")
    keeper.post("/westshire/savings/papers/", {"again": first.paper.slug})
    second = edition(westshire)
    assert (second.paper, second.number) == (first.paper, 2)
    assert second.fingerprint != first.fingerprint
    address = f"/westshire/savings/?paper={first.paper.slug}"
    assert client.get(address).status_code == 200
    assert client.get(f"{address}&edition=1").status_code == 410
    assert "Version 2" in words_of(client.get(f"/version/{second.fingerprint[:12]}/").text)


def test_a_withdrawn_register_is_published_again_as_at_the_same_day(westshire, client):
    first = RegisterReport.objects.filter(council=westshire).latest("as_at")
    before = client.get("/westshire/reports/risks.pdf?as_at=2026-10-31").content
    mark = withdrawn(first.edition.fingerprint, "register")
    second = publish_register(
        westshire,
        as_at=first.as_at,
        title="Strategic risk register",
        meeting_on=first.meeting_on,
        **by("finance", westshire),
    )
    assert second.number == 2
    assert second.edition.fingerprint != mark
    after = client.get("/westshire/reports/risks.pdf?as_at=2026-10-31")
    assert after.status_code == 200
    assert after.content != before
    assert "Version 2, published on 20 January 2027" in page(client, "risks/?as_at=2026-10-31")
    words = words_of(client.get(f"/version/{mark[:12]}/").text)
    assert f"Withdrawn on {ON}" in words
    assert "Version 2 of the risk register as at 31 October 2026, published on" in words


def test_a_comparison_with_a_withdrawn_register_answers_410(westshire, client):
    address = "/westshire/risks/reconciliation/?from=2026-07-31&to=2026-10-31"
    assert client.get(address).status_code == 200
    withdrawn(fingerprint(westshire, "register"), "register")
    assert client.get(address).status_code == 410


def test_a_risk_and_an_option_that_only_what_is_withdrawn_had_answer_410(westshire, client):
    slugs = {one["slug"] for one in edition(westshire).content["options"]}
    before = SavingsEdition.objects.filter(paper__council=westshire).exclude(
        paper=edition(westshire).paper
    )
    slugs -= {one["slug"] for row in before for one in row.content["options"]}
    old = RegisterReport.objects.get(council=westshire, as_at="2026-07-31").edition.content
    new = RegisterReport.objects.get(council=westshire, as_at="2026-10-31").edition.content
    risks = {each["slug"] for each in new["risks"]} - {each["slug"] for each in old["risks"]}
    assert slugs | risks
    for kind in ("savings", "register"):
        withdrawn(fingerprint(westshire, kind), kind)
    for address in (*(f"options/{each}/" for each in slugs), *(f"risks/{each}/" for each in risks)):
        assert client.get(f"/westshire/{address}").status_code == 410, address
    assert client.get("/westshire/risks/no-such-risk/").status_code == 404


@every_kind
def test_with_all_of_it_withdrawn_the_bare_address_says_so_and_the_menu_is_without_it(
    westshire, client, kind
):
    marks = {
        "money": [
            (row.fingerprint, row.report.version)
            for row in MonitoringSnapshot.objects.filter(
                report__council=westshire, report__status="published"
            ).order_by("-report__as_at", "-report__version", "-number")
        ],
        "savings": [
            (row.fingerprint, row.number)
            for row in SavingsEdition.objects.filter(paper__council=westshire).order_by("-pk")
        ],
        "register": [
            (row.edition.fingerprint, row.number)
            for row in RegisterReport.objects.filter(council=westshire)
        ],
    }[kind]
    for mark, number in marks:
        withdrawn(mark, kind, number)
    first, *others = PUBLISHED[kind].outputs
    # Without a finance report, the money page shows what is allocated to projects.
    assert client.get(f"/westshire/{first}").status_code == (200 if kind == "money" else 410)
    for address in others:
        assert client.get(f"/westshire/{address}").status_code == 410, address
    assert client.get(f"/westshire/{first}{query(westshire, kind)}").status_code == 410
    menu = client.get("/westshire/").text
    if kind != "money":
        assert f'href="/westshire/{first}"' not in menu
    for address in ("", "reports/", "data/", "projects/"):
        assert client.get(f"/westshire/{address}").status_code == 200, address


def test_a_withdrawal_is_kept_as_it_was_asked_and_decided(gone_month):
    asked = Withdrawal.objects.get()
    for change in (
        lambda: Withdrawal.objects.update(reason="Another reason."),
        lambda: Withdrawal.objects.update(decision="refused"),
        lambda: Withdrawal.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            change()
    assert asked.of == MonitoringReport.objects.get(pk=asked.report_id)
