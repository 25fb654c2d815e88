"""Papers of money, months, savings and risks: kept as they were, with a standing and hashes."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from msgspec import structs

from bcfportal.lib import clock
from bcfportal.lib.versions import fingerprint
from finance.models import MonitoringSnapshot, SavingsEdition
from outcomes.models import FollowUp, Measure
from programme.programme import published_programme
from publishing.models import PeriodVersion, Snapshot
from publishing.period_versions.published import read
from returns.period_versions.collect import contents_of
from returns.publication import publish
from risks.content import content_of
from risks.models import Details, RegisterEdition
from risks.register import published_register
from tests.westshire.measures import JUNE, shown_in
from tests.westshire.project_pages import Q1, Q2
from tests.westshire.shown import page, paper, person

MONEY = "reports/finance.pdf?report=2026-27-m06&version=1"
MONTH = f"reports/performance.pdf?month={JUNE}&version=1"
REGISTER = "reports/risks.pdf?as_at=2026-07-31"
PAPERS = {"money": MONEY, "month": MONTH, "register": REGISTER}


def taken(client, address):
    """(the file, the hash that its answer says) of a paper."""
    answer = client.get(f"/westshire/{address}")
    assert answer.status_code == 200
    said = re.fullmatch(r"sha-256=:(.+):", answer["Repr-Digest"])[1]
    return answer.content, base64.b64decode(said).hex()


def short_address(client, address):
    """The short address that a paper prints."""
    return re.search(r"/version/([0-9a-f]{12})/", paper(client, address))[0]


@pytest.mark.parametrize("of", PAPERS)
def test_an_old_paper_stays_byte_for_byte_at_its_address(westshire, client, of):
    before, _ = taken(client, PAPERS[of])
    westshire.name, westshire.accent_colour = "Another name", "#123456"
    westshire.save()
    assert taken(client, PAPERS[of])[0] == before


@pytest.mark.parametrize(
    ("of", "published", "standing"),
    [
        ("money", "Version 1, published on", "Superseded on 17 December 2026 by version 2"),
        ("month", "Version 1, published on", "Superseded on 17 September 2026 by version 2"),
        ("register", "Version 1, published on", "by the register as at 31 October 2026"),
    ],
)
def test_a_paper_prints_its_version_and_where_its_standing_is_read(
    westshire, client, of, published, standing
):
    words = paper(client, PAPERS[of])
    assert published in words
    assert "Superseded" not in words
    found = client.get(short_address(client, PAPERS[of]), follow=True)
    assert found.status_code == 200
    assert standing in re.sub(r"\s+", " ", found.content.decode())


@pytest.mark.parametrize("of", PAPERS)
def test_the_short_address_has_the_hash_of_the_file_before_and_after_it_was_taken(
    westshire, client, of
):
    content, said = taken(client, PAPERS[of])
    assert hashlib.sha256(content).hexdigest() == said
    assert said in client.get(short_address(client, PAPERS[of]), follow=True).content.decode()


@pytest.mark.parametrize("of", PAPERS)
def test_the_hash_of_a_file_stands_beside_its_download(westshire, client, of):
    _, said = taken(client, PAPERS[of])
    assert said in page(client, "reports/")


def test_papers_of_a_quarter_say_the_hash_of_the_file_beside_the_download(westshire, client):
    _, said = taken(client, "reports/summary-overview.pdf")
    assert said in page(client, "reports/")


def test_every_paper_that_no_longer_stands_is_offered_as_superseded(westshire, client):
    words = page(client, "reports/")
    for said in (
        "Superseded on 17 December 2026 by version 2",
        "Superseded on 17 September 2026 by version 2",
        "by the register as at 31 October 2026",
    ):
        assert said in words


def marks(westshire):
    money = MonitoringSnapshot.objects.filter(report__council=westshire)
    savings = SavingsEdition.objects.filter(paper__council=westshire)
    project = Snapshot.objects.filter(
        report__period__council=westshire,
        versions__isnull=False,
        report__project_return__isnull=False,
    )
    return {
        "money": money.filter(report__status="published").first().fingerprint,
        "savings": savings.first().fingerprint,
        "register": RegisterEdition.objects.filter(report__council=westshire).first().fingerprint,
        "project": project.first().fingerprint,
    }


@pytest.mark.parametrize("of", ["money", "savings", "register", "project"])
def test_the_fingerprint_can_be_worked_out_from_the_content_at_the_short_address(
    westshire, client, of
):
    page(client, "risks/")
    mark = marks(westshire)[of]
    answer = client.get(f"/version/{mark[:12]}/content.json")
    assert hashlib.sha256(answer.content).hexdigest() == mark
    words = client.get(f"/version/{mark[:12]}/").content.decode()
    assert mark in words
    assert "content.json" in words


def test_a_fingerprint_that_nothing_has_is_not_found(westshire, client):
    assert client.get("/version/000000000000/content.json").status_code == 404
    assert client.get("/version/00000/content.json").status_code == 404


def test_the_content_of_a_register_holds_every_risk_and_what_is_said_of_it(westshire, client):
    page(client, "risks/")
    edition = RegisterEdition.objects.get(report__council=westshire, report__as_at="2026-10-31")
    content = edition.content
    assert fingerprint(content) == edition.fingerprint
    assert content["council"] == "westshire"
    found = {risk["slug"]: risk for risk in content["risks"]}
    assert found["wr12"]["assessments"]["current"]["likelihood"]
    assert any(risk["tasks"] and risk["progress"] for risk in found.values())
    assert "wr11" in found
    assert found["wr11"]["closure"]["reason"]


def test_a_register_says_the_same_whatever_is_written_later(westshire, client):
    page(client, "risks/")
    editions = list(RegisterEdition.objects.select_related("report__council"))
    first = Details.objects.filter(risk__council=westshire).first()
    first.pk, first.title, first.reason = None, "Another title", "Said anew."
    first.recorded_at = clock.now()
    first.save()
    for edition in editions:
        again = content_of(published_register(edition.report))
        assert fingerprint(again) == edition.fingerprint


def test_what_a_register_said_never_changes(westshire, client):
    page(client, "risks/")
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        RegisterEdition.objects.update(fingerprint="0")


def test_a_savings_paper_says_which_version_it_is_and_what_took_its_place(westshire, client):
    edition = SavingsEdition.objects.filter(paper__slug="savings-july-2026").latest("number")
    words = page(client, f"savings/?paper=savings-july-2026&edition={edition.number}")
    assert f"Version {edition.number}, published on" in words
    assert re.search(r"Superseded on \d+ \w+ 2026 by the paper “", words)
    assert "Fingerprint, and whether it is current" in words


def test_a_register_s_page_says_its_version_and_what_took_its_place(westshire, client):
    words = page(client, "risks/?as_at=2026-07-31")
    assert "Version 1, published on" in words
    assert "by the register as at 31 October 2026" in words


@pytest.mark.parametrize("address", ["outcomes-framework/", "care-quality/"])
def test_the_framework_and_the_quality_of_care_say_which_version_they_show(
    westshire, client, address
):
    assert "Version 1, published on" in page(client, address)
    name = address.strip("/")
    content = client.get(f"/westshire/{name}/{name}.csv").content.decode()
    assert "Version 1, published on" in content


# Decisions in the paper of a month.


def decision(westshire, moment, **fields):
    measure = Measure.objects.get(council=westshire, slug="urgent-response-wait")
    return FollowUp.objects.create(
        measure=measure,
        action=westshire.follow_up_actions.first(),
        decided_on=moment.date(),
        decision="Look at the rota of nights.",
        owner="Head of urgent response",
        due=moment.date() + timedelta(days=30),
        recorded_by=person("performance"),
        recorded_at=moment,
        **fields,
    )


def test_neither_paper_nor_page_has_what_was_decided_after_it_was_published(westshire, client):
    decision(westshire, clock.now())
    assert "Look at the rota of nights" not in paper(client, "reports/performance.pdf")
    assert "Look at the rota of nights" not in page(client, "exceptions/")
    client.force_login(person("performance"))
    assert "Look at the rota of nights" in page(client, "exceptions/")


def last_month(westshire):
    made = PeriodVersion.objects.in_force().filter(period__council=westshire)
    return made.filter(period__kind="vital signs").latest("period__key")


def test_what_was_reported_back_later_is_not_done_in_the_paper(westshire, client):
    record = decision(westshire, clock.now() - timedelta(days=1))
    publish(list(last_month(westshire).snapshots.select_related("report")))
    record.done_on, record.outcome = clock.today(), "It was looked at."
    record.save()
    said = paper(client, "reports/performance.pdf").split("Look at the rota of nights")[1][:160]
    assert "Not done yet" in said
    assert "It was looked at" not in said


def test_a_version_of_before_decisions_were_kept_has_what_was_recorded_by_then(
    westshire, monkeypatch
):
    version = last_month(westshire)
    without = structs.replace(read(version), decisions=None)
    monkeypatch.setattr("outcomes.vital_signs.decisions.read", lambda row: without)
    for moment in (version.at - timedelta(days=2), version.at + timedelta(days=1)):
        decision(westshire, moment)
    found = shown_in(westshire, version.period.key).decisions
    of_nights = [each for each in found if each.decision == "Look at the rota of nights."]
    assert [each.decided_on for each in of_nights] == [version.at.date() - timedelta(days=2)]


def test_a_version_of_a_month_freezes_what_was_decided_by_then(westshire):
    made = last_month(westshire)
    decision(westshire, clock.now() - timedelta(days=1))
    snapshots = list(made.snapshots.select_related("report"))
    contents, _ = contents_of(made.period, snapshots, made, clock.now())
    assert any(each.decision == "Look at the rota of nights." for each in contents.decisions)
    before, _ = contents_of(made.period, snapshots, made, clock.now() - timedelta(days=2))
    assert not any(each.decision == "Look at the rota of nights." for each in before.decisions)


def test_a_paper_of_a_quarter_says_nothing_that_was_corrected_after_it_was_published(westshire):
    """Quarter 1 was corrected after its first version; a later quarter's paper is made late."""
    programme = published_programme("westshire", Q2)
    first = PeriodVersion.objects.get(period__council=westshire, period__key=Q1, number=1)
    then = replace(programme, row=first).as_published
    assert any(each.period == Q1 for each in programme.corrections)
    assert not then.corrections
