"""Versions of Westshire's quarters: what stands, what was corrected, what was withdrawn."""

import hashlib

import pytest
from django.db import DatabaseError, transaction

from bcfportal.lib.versions import canonical
from finance.models import FinanceLine
from publishing.current_report import current_period
from publishing.models import PeriodVersion, Return, Snapshot, Withdrawal
from publishing.withdrawal import WITHDRAWALS, ask_to_withdraw
from publishing.workflow import NotNow
from returns.publication import Current, publish, take_snapshots
from returns.review import publish_period
from tests.forced import in_state
from tests.seen import seen_on
from tests.westshire.project_pages import Q1, Q2, Q3, by, download, period, report
from tests.westshire.shown import page, paper, person, signed_in

WHY = "Two returns were those of another council."


def standing(westshire, key):
    return PeriodVersion.objects.in_force().get(period__key=key, period__council=westshire)


def withdrawn(westshire, key, reason=WHY):
    asked = ask_to_withdraw(standing(westshire, key), reason=reason, **by("performance", westshire))
    return WITHDRAWALS.transition("confirm", asked.pk, **by("performance-lead", westshire)).record


def confirmed(client, key=Q3, **typed):
    """Presses Publish on the page as it stands now."""
    address = f"/westshire/quarter/{key}/publish/"
    return client.post(address, {"confirm": "yes"} | seen_on(client, address) | typed)


@pytest.fixture
def part(westshire):
    publish_period(period(westshire), **by("performance", westshire))
    return westshire


def test_publishing_says_what_is_in_what_is_missing_and_asks_when_it_is_current(westshire, client):
    signed_in(client, "performance")
    words = page(client, f"quarter/{Q3}/publish/")
    assert "Publish 7 of 30 returns?" in words
    assert "16 have not come in, and 7 wait to be approved" in words
    assert "Winter warmth ended on 31 October 2026" in words
    assert "Bridging care: draft" in words
    assert "When does Quarter 3 2026/27 become the current report?" in words
    answer = confirmed(client)
    assert answer.status_code == 409
    assert period(westshire).published_at is None


@pytest.mark.parametrize(("choice", "shown"), [("now", Q3), ("complete", Q2), ("later", Q2)])
def test_only_the_officer_s_choice_changes_the_current_report(westshire, client, choice, shown):
    signed_in(client, "performance")
    confirmed(client, current=choice)
    assert period(westshire).published_at is not None
    assert current_period(westshire.pk, "programme").key == shown


def test_what_is_to_be_current_when_complete_is_once_the_last_return_is_public(westshire):
    publish_period(period(westshire), current=Current.COMPLETE, **by("performance", westshire))
    in_state(period(westshire).returns.exclude(status="published"), "approved")
    assert current_period(westshire.pk, "programme").key == Q2
    publish_period(
        period(westshire), **by("performance", westshire) | {"current": Current.COMPLETE}
    )
    assert current_period(westshire.pk, "programme").key == Q3


def test_what_is_not_in_counts_in_no_rating(part, client):
    words = page(client)
    found = words.split("Their ratings")[1].split("Outcome measures")[0]
    assert "not reported" in found
    counts = [int(word) for word in found.split() if word.isdigit()]
    assert sum(counts[:-1]) == 7


def test_what_is_not_in_says_as_of_when_it_stands_on_page_paper_and_in_the_file(part, client):
    said = "Shown as of Quarter 2 2026/27"
    assert said in page(client, "projects/bridging-care/")
    assert said in paper(client, "projects/bridging-care.pdf")
    row = next(r for r in download(client, "projects") if r["slug"] == "bridging-care")
    assert (row["standing"], row["as_of"]) == ("not reported", Q2)


def test_a_withdrawn_quarter_answers_410_and_says_when_who_why_and_what_stands(part, client):
    withdrawn(part, Q3)
    for address in (f"?period={Q3}", f"projects/falls-prevention/?period={Q3}"):
        answer = client.get(f"/westshire/{address}")
        assert answer.status_code == 410, address
        words = answer.content.decode()
        assert WHY in words
        assert "20 January 2027" in words
        assert person("performance-lead").post in words
        assert "Quarter 2 2026/27" in words
    for file in ("reports/progress-update.pdf", "data/results.csv"):
        assert client.get(f"/westshire/{file}?period={Q3}").status_code == 410
    assert page(client).startswith("Overview, Quarter 2 2026/27")


def test_withdrawing_the_latest_version_lets_the_one_before_stand_again(westshire, client):
    before = page(client, f"projects/reablement/?period={Q1}&version=1")
    assert "85.2%" in before
    number = standing(westshire, Q1).number
    withdrawn(westshire, Q1)
    assert standing(westshire, Q1).number == number - 1
    answer = client.get(f"/westshire/?period={Q1}&version={number}")
    assert answer.status_code == 410
    assert client.get(f"/westshire/?period={Q1}").status_code == 200


def test_who_asks_to_withdraw_does_not_decide_and_nothing_is_deleted(part, client):
    count = PeriodVersion.objects.count()
    signed_in(client, "performance")
    address = f"/westshire/quarter/{Q3}/publications/"
    assert client.post(address, {"action": "ask", "reason": " ", "number": 1}).status_code == 409
    assert client.post(address, {"action": "ask", "reason": WHY, "number": 1}).status_code == 302
    assert client.get(f"/westshire/?period={Q3}").status_code == 200
    assert client.post(address, {"action": "confirm", "number": 1}).status_code == 409
    signed_in(client, "performance-lead")
    confirm = {"action": "confirm", "number": 1} | seen_on(client, address)
    assert client.post(address, confirm).status_code == 302
    client.logout()
    assert client.get(f"/westshire/?period={Q3}").status_code == 410
    assert PeriodVersion.objects.count() == count
    assert report(part, "falls-prevention").status == Return.Status.APPROVED


def test_what_was_withdrawn_can_be_published_again_as_the_next_version(part, client):
    withdrawn(part, Q3)
    publish_period(period(part), **by("performance", part))
    assert standing(part, Q3).number == 2
    assert client.get(f"/westshire/?period={Q3}").status_code == 200


def test_a_version_that_does_not_stand_cannot_be_withdrawn(westshire):
    first = PeriodVersion.objects.get(period__key=Q1, period__council=westshire, number=1)
    with pytest.raises(NotNow, match="Only the current version"):
        ask_to_withdraw(first, reason=WHY, **by("performance", westshire))


def test_the_fingerprint_can_be_worked_out_again_from_the_content(westshire, client):
    version = standing(westshire, Q1)
    answer = client.get(f"/westshire/versions/{Q1}/{version.number}/content.json")
    assert hashlib.sha256(answer.content).hexdigest() == version.fingerprint
    assert answer.content == canonical(version.content)
    found = client.get(f"/version/{version.fingerprint[:12]}/", follow=True)
    assert version.fingerprint in found.content.decode()
    first = PeriodVersion.objects.get(period__key=Q1, period__council=westshire, number=1)
    words = client.get(f"/version/{first.fingerprint[:12]}/", follow=True).content.decode()
    assert "Superseded on 14 September 2026 by version 2" in words


def test_the_old_paper_stays_byte_for_byte_and_is_offered_as_superseded(westshire, client):
    address = f"/westshire/projects/reablement.pdf?period={Q1}&version=1"
    before = client.get(address).content
    westshire.name = "Another name"
    westshire.save()
    assert client.get(address).content == before
    assert "Superseded on" in page(client, f"reports/?period={Q1}")


def test_a_project_of_one_quarter_alone_keeps_its_bare_address(westshire, client):
    """What the current report has not is shown as of the last that had it."""
    version = standing(westshire, Q2)
    slugs = {entry["slug"] for entry in version.content["entries"]}
    assert "assistive-technology" in slugs
    assert client.get("/westshire/projects/no-such-project/").status_code == 404


def test_pressing_publish_twice_makes_one_version(westshire, client):
    signed_in(client, "performance")
    address = f"/westshire/quarter/{Q3}/publish/"
    typed = {"confirm": "yes", "current": "now"} | seen_on(client, address)
    for _ in range(2):
        client.post(address, typed)
    assert period(westshire).versions.count() == 1


def test_what_was_approved_since_the_page_was_made_is_not_published_unseen(westshire, client):
    signed_in(client, "performance")
    address = f"/westshire/quarter/{Q3}/publish/"
    typed = {"confirm": "yes", "current": "now"} | seen_on(client, address)
    waiting = period(westshire).returns.filter(status="submitted")[0]
    take_snapshots(Return.objects.filter(pk=waiting.pk))
    in_state(Return.objects.filter(pk=waiting.pk), "approved")
    answer = client.post(address, typed)
    assert answer.status_code == 409
    assert f"“{waiting.subject}” was changed since you opened the page" in answer.text
    assert "Publish 8 of 30 returns?" in answer.text
    assert period(westshire).published_at is None


def test_withdrawing_is_of_the_version_on_the_page(westshire, client):
    signed_in(client, "performance")
    address = f"/westshire/quarter/{Q1}/publications/"
    typed = {"action": "ask", "reason": WHY, "number": standing(westshire, Q1).number - 1}
    answer = client.post(address, typed)
    assert answer.status_code == 409
    assert "The version on the page is no longer the current one" in answer.text
    assert WHY in answer.text
    assert not Withdrawal.objects.exists()


def test_versions_never_change(westshire, db):
    for change in (
        lambda: PeriodVersion.objects.update(number=9),
        lambda: PeriodVersion.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            change()


def test_what_has_not_reported_made_no_forecast_in_the_period(part, client):
    words = page(client, "projects/bridging-care/").split("How the forecast moved")[1]
    rows = words.split("What has changed")[0]
    assert "Quarter 2 2026/27" in rows
    assert "Quarter 3 2026/27" not in rows


def test_a_correction_of_an_earlier_quarter_leaves_its_other_projects_as_they_were(westshire):
    """Assistive technology never reported quarter 2; its money changes in quarter 3."""

    def entry():
        entries = standing(westshire, Q2).content["entries"]
        return next(each for each in entries if each["slug"] == "assistive-technology")

    publish_period(period(westshire), **by("performance", westshire))
    before = entry()
    line = FinanceLine.objects.filter(stream__project__slug="assistive-technology", year=2026)
    line.update(allocation=1)
    shown = Snapshot.objects.published([period(westshire, Q2)])
    publish(list(shown.filter(report__slug="reablement").select_related("report")))
    assert standing(westshire, Q2).number > 3
    assert entry() == before
