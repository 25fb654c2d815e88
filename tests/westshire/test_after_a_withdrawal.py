"""What comes after a withdrawal: the next version, what looked back at it, what is kept of it."""

import html
import re

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from bcfportal.lib import clock
from finance.models import MonitoringEvent, MonitoringReport, MonitoringSnapshot, SavingsEdition
from finance.monitoring.discrepancies import disagreements as of_money
from projects.models import Council
from publishing.models import Withdrawal
from publishing.publications import published_with
from risks.models import RegisterReport
from tests.registers import publish_register
from tests.seen import seen_on
from tests.text import words_of
from tests.westshire.project_pages import by
from tests.westshire.shown import page, paper, person, rows, signed_in, workbook
from tests.westshire.test_withdrawn_publications import (
    ON,
    PUBLISHED,
    WHY,
    edition,
    every_kind,
    fingerprint,
    query,
    report,
    screen,
    withdrawn,
)


def figures_of_month_8(client):
    """What its file says, but for what became of the month before."""
    found = rows(client, "finance/monitoring.csv?report=2026-27-m08")
    since = ("last_period_since", "variance_last_period_now", "movement_now")
    return [{name: each[name] for name in each if name not in since} for each in found]


@pytest.fixture
def gone(westshire, kind):
    """The fingerprint of the latest of the kind, withdrawn."""
    return withdrawn(fingerprint(westshire, kind), kind)


@pytest.fixture
def gone_month(westshire):
    return withdrawn(fingerprint(westshire, "money"), "money")


def test_a_report_compared_with_a_withdrawn_one_says_so_and_its_figures_stay(westshire, client):
    assert report(westshire).compared_with == report(westshire, "2026-27-m06", 2)
    figures = figures_of_month_8(client)
    mark = MonitoringSnapshot.objects.get(report=report(westshire, "2026-27-m06", 2)).fingerprint
    withdrawn(mark, "money", version=2)
    words = page(client, "finance/?report=2026-27-m08")
    assert f"Month 6 of 2026/27, version 2, with which it is compared, was withdrawn on {ON}" in (
        words
    )
    assert figures_of_month_8(client) == figures


def test_a_paper_is_printed_again_with_what_stands_in_place_of_what_is_withdrawn(westshire, client):
    later = "reports/finance.pdf?report=2026-27-m08"
    assert "withdrawn" not in paper(client, later)
    mark = MonitoringSnapshot.objects.get(report=report(westshire, "2026-27-m06", 2)).fingerprint
    withdrawn(mark, "money", version=2)
    assert f"was withdrawn on {ON}" in paper(client, later)


def acted(client, act, **sent):
    """The answer to a press on the page of a finance report, as it is now."""
    if sent["action"] == "publish":
        asks = f"{act}publish/"
        return client.post(asks, {"confirm": "yes"} | seen_on(client, asks))
    return client.post(act, sent | seen_on(client, act))


def test_a_new_version_is_not_compared_with_a_withdrawn_report(westshire):
    withdrawn(fingerprint(westshire, "money"), "money")
    keeper = signed_in(Client(), "finance")
    words = {"action": "correct", "words": "Month 8 is withdrawn."}
    act = "/westshire/money/2026-27-m09/1/"
    assert acted(keeper, act, **words).status_code == 302
    assert report(westshire, "2026-27-m09", 2).compared_with == report(westshire, "2026-27-m06", 2)


def test_the_timeline_of_a_finance_report_says_who_withdrew_it_and_why(gone_month, client):
    signed_in(client, "finance")
    words = page(client, "money/2026-27-m08/1/")
    assert "Asked to withdraw it from the public" in words
    assert "Withdrawn from the public" in words
    assert WHY in words
    assert f"Withdrawn on {ON}" in words
    assert f"Withdrawn on {ON}" in page(client, "money/")
    assert MonitoringEvent.objects.filter(action="withdraw published").count() == 1


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
    act = "/westshire/money/2026-27-m08/{}/"
    assert acted(keeper, act.format(1), action="correct", words=why).status_code == 302
    typed = keeper.get("/westshire/money/2026-27-m08/2/lines/").content
    assert b'value="' in typed
    for who, action in ((keeper, "submit"), (other, "approve"), (other, "publish")):
        assert acted(who, act.format(2), action=action).status_code == 302, action
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
    correct = f"/westshire/savings/papers/{first.paper.slug}/correct/"
    look = keeper.post(correct, {"why": "As it was."}).text
    seen = html.unescape(look.split('name="seen" value="')[1].split('"')[0])
    right = html.unescape(look.split('type="checkbox" value="yes: ')[1].split('"')[0])
    sent = {"why": "As it was.", "seen": seen, "action": "publish"}
    keeper.post(correct, sent | {"right": f"yes: {right}"})
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
        first.as_at,
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
    assert published_with(asked.version).period == "2026-27-m08"


def test_checks_hold_nothing_against_a_withdrawn_finance_report(westshire):
    """Westshire's reports agree with themselves; that of Norfolk's paper does not."""
    norfolk = Council.objects.get(slug="norfolk")
    found = {each.key for each in of_money(norfolk)}
    for each in MonitoringReport.objects.filter(council=norfolk).published():
        Withdrawal.objects.create(
            version=each.snapshots.latest("number"),
            reason=WHY,
            asked_by=person("finance"),
            asked_at=clock.now(),
            decision="confirmed",
            decided_by=person("finance-lead"),
            decided_at=clock.now(),
        )
    assert found - {each.key for each in of_money(norfolk)}


def without_month_6(westshire):
    """Version 2 of month 6, with which month 8 is compared, is withdrawn."""
    mark = MonitoringSnapshot.objects.get(report=report(westshire, "2026-27-m06", 2)).fingerprint
    withdrawn(mark, "money", version=2)


def test_the_file_says_at_each_comparison_that_its_month_was_withdrawn(westshire, client):
    month = "finance/monitoring.csv?report=2026-27-m08"
    assert not any(row["last_period_since"] for row in rows(client, month))
    without_month_6(westshire)
    said = "Month 6 of 2026/27, version 2, with which it is compared, was withdrawn on 20 January"
    for row in rows(client, month):
        assert row["last_period_since"].startswith(said) == bool(row["variance_last_period"])
    assert said in workbook(client, month.replace(".csv", ".xlsx"))


def test_a_version_names_a_movement_that_changed_although_its_own_figures_did_not(
    westshire, client
):
    without_month_6(westshire)
    keeper, other = (signed_in(Client(), who) for who in ("finance", "finance-lead"))
    act = "/westshire/money/2026-27-m08/{}/"
    acted(keeper, act.format(1), action="correct", words="Month 6 is withdrawn.")
    for who, action in ((keeper, "submit"), (other, "approve"), (other, "publish")):
        assert acted(who, act.format(2), action=action).status_code == 302, action
    words = page(client, "finance/?report=2026-27-m08")
    moved = re.search(r", movement since the report before: (.*?) in Month 6 of 2026/27 ;", words)
    assert moved
    assert "in Month 6 of 2026/27, version 2" in words[moved.end() :][:200]
