"""What was frozen before sheets had targets by period is read as it was published."""

import json

import msgspec
import pytest
from django.utils import timezone

from bcfportal.lib.versions import canonical, fingerprint
from outcomes.project_measures.table import rate_result
from publishing.freezing import freeze
from publishing.models import Return, Snapshot
from returns.content import Sheet
from returns.publication import publish
from tests.text import read

pytestmark = pytest.mark.django_db

# As schema 1 wrote it, to the letter. The target of 714 is that of quarter 2.
OLD = """
{"action":"","action_due":null,"action_owner":"","cause":"","condition_number":1,
"condition_title":"Meeting Needs","contents_entry":"","contents_page":null,
"description":"Walks for people.","difference_reason":"","forecast_rating":"","kind":"reported",
"measures":[{"decimals":0,"direction":"bigger is better","heading":"","note":"","number":"1",
"position":1,"results":[{"denominator":null,"note":"","numerator":null,"period":"2018-19-q1",
"provider":"","rating":"not rated","segment":"","source":"","status":"reported","unit":"people",
"value":"374"},{"denominator":null,"note":"","numerator":null,"period":"2018-19-q2",
"provider":"","rating":"not rated","segment":"","source":"","status":"reported","unit":"people",
"value":"728"}],"source":"","target":"714","target_note":"","target_status":"set",
"text":"People who began.","tolerance":null,"tolerance_kind":"","unit":"people"}],
"measures_introduction":"","method":"Two guides.","notes":["A note on the record."],
"performance":"Going well.","providers":[],"rating":"green","rating_text":"on course",
"rationale":"Walking helps.","rule_rating":"not rated","rule_reason":"","schema":1,
"short_title":"Project","slug":"project","source":"Report, page 1","spend_forecast":null,
"spend_to_date":null,"spend_year":null,"streams":[{"description":"","fund":{"label":"iBCF",
"name":"Improved Better Care Fund","slug":"ibcf"},"lines":[{"allocation":"144798","note":"",
"year":2017},{"allocation":"51692","note":"","year":2018},{"allocation":null,"note":"",
"year":2019}],"note":"","share_note":"","share_percent":null,"stated_sums":[],"title":""}],
"summary_description":"Short walks.","summary_method":"Guides.","summary_performance":"Well.",
"summary_total_as_printed":"196K","summary_total_note":"17% of the service","title":"Project",
"tolerance":"5","tolerance_kind":"relative","unchanged":false,"variance_reason":""}
"""
FINGERPRINT = "f5239102e3c703f52c228ce345d1060ed6eaf4cab0cb5ec8faa65226d1f49af5"
NAMES = ("measures", "results")


@pytest.fixture
def old():
    return json.loads(OLD)


@pytest.fixture
def published(testshire, old):
    """Testshire with the old content as what is published."""
    testshire()
    report = Return.objects.get(project__council__slug="testshire")
    row = Snapshot(
        report=report, number=2, content=old, title=old["title"], words={}, at=timezone.now()
    )
    snapshots = freeze([row], report.period.council_id)
    publish(snapshots)
    return snapshots[0]


def test_old_content_keeps_its_fingerprint(published):
    published.refresh_from_db()
    assert fingerprint(published.content) == FINGERPRINT


def test_old_content_is_decoded_with_its_one_target_for_all_results(old):
    sheet = msgspec.json.decode(canonical(old), type=Sheet)
    (measure,) = sheet.measures
    assert (sheet.schema, sheet.period, measure.targets) == (1, "", [])
    assert [measure.target_in(result.period).value for result in measure.results] == [714, 714]


def test_old_content_reads_as_it_did(published, client):
    words = read(client, "/testshire/projects/project/")
    assert "1 of 2 results with a target meet it (50%). Quarter 1 2018/19: 0 of 1." in words
    assert "714 people Red: 374 Green: 728" in words
    assert "374 people is below the target of 714 people by 47.6%" in words
    assert "By period" not in words


def test_old_content_is_downloaded_with_its_one_target(published, client):
    measures, results = (
        client.get(f"/testshire/data/{name}.csv").content.decode() for name in NAMES
    )
    assert "bigger is better,,714,set," in measures
    assert ",reported,,714,red," in results
    assert ",reported,,714,green," in results


def test_an_old_result_keeps_its_colour_against_a_target_of_none(old):
    (measure,) = old["measures"]
    measure |= {"target": "0", "direction": "smaller is better"}
    measure["results"][0]["value"] = "3"
    colours = {}
    for schema in (1, 2, 3):
        sheet = msgspec.json.decode(canonical(old | {"schema": schema}), type=Sheet)
        colours[schema] = rate_result(sheet, sheet.measures[0], sheet.measures[0].results[0]).rating
    assert colours == {1: "amber", 2: "amber", 3: "red"}
