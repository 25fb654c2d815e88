"""The downloads say what the pages say, to the penny."""

import csv
import io
from decimal import Decimal

import pytest

from programme.exports import EXPORTS

pytestmark = pytest.mark.django_db

HEADERS = {
    "projects": "slug, title, short_title, grant_condition, funds, summary_total_as_printed, "
    "total_pounds, rating, rating_text, description, rationale, method, performance, "
    "summary_description, summary_method, summary_performance, period, standing, "
    "earlier_rating, as_of, ended, corrected, version, published_on, approval",
    "finance-lines": "project, stream, fund, year, amount_pounds, note",
    "measures": "project, number, text, unit, direction, period, target, target_status, note, "
    "until, defined_from, tolerance, tolerance_kind",
    "results": "project, measure_number, segment, period, value, unit, numerator, denominator, "
    "status, rating, target, rule_rating, note, corrected",
}


def download(client, name, council="nottinghamshire"):
    response = client.get(f"/{council}/data/{name}.csv")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    content = response.content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", HEADERS)
def test_the_columns_are_those_promised_and_explained(client, name):
    assert ", ".join(EXPORTS[name].header) == HEADERS[name]
    rows = download(client, name)
    assert ", ".join(rows[0]) == HEADERS[name]
    page = client.get("/nottinghamshire/data/").content.decode()
    assert all(f">{column}</th>" in page for column in EXPORTS[name].header)


def test_projects_come_back_as_they_are_on_the_page(client, programme):
    rows = download(client, "projects")
    assert len(rows) == 29
    for row, sheet in zip(rows, programme.sheets, strict=True):
        assert row["slug"] == sheet.slug
        for column in ("title", "description", "rationale", "method", "performance"):
            assert row[column].removeprefix("'") == getattr(sheet, column).removeprefix("'")
        assert row["total_pounds"] == ("" if sheet.total is None else f"{sheet.total:f}")
        assert row["period"] == "2017-18-q3"


def test_finance_lines_with_a_year_add_up_to_the_programme(client, programme):
    rows = download(client, "finance-lines")
    dated = [row for row in rows if row["year"]]
    assert sum(Decimal(row["amount_pounds"]) for row in dated if row["amount_pounds"]) == (
        programme.total
    )
    assert len(dated) == 72
    assert len(rows) == 81
    assert all(row["note"] for row in rows if not row["year"])


def test_results_name_their_measure_segment_and_period(client):
    rows = download(client, "results")
    assert len(rows) == 75 + 18 + 15
    keys = {(row["project"], row["number"]) for row in download(client, "measures")}
    assert {(row["project"], row["measure_number"]) for row in rows} <= keys
    connect = [row for row in rows if row["project"] == "connect"]
    assert {row["segment"] for row in connect} == {"South (Metro)", "Mid (Age UK)", "North (NCHA)"}
    assert {row["period"] for row in connect} == {"2016-17"}


def test_measures_say_why_a_target_has_no_figure(client):
    for row in download(client, "measures"):
        assert bool(row["target"]) == (row["target_status"] == "set")


def test_a_formula_in_a_text_is_made_safe(client, testshire):
    testshire(title='=HYPERLINK("x")', description="+1", method="@x", rationale="-2")
    (row,) = download(client, "projects", "testshire")
    assert row["title"] == '\'=HYPERLINK("x")'
    assert (row["description"], row["method"], row["rationale"]) == ("'+1", "'@x", "'-2")


def test_line_breaks_commas_and_quotes_come_back(client, testshire):
    text = 'One, "two"\nthree; four'
    testshire(description=text)
    (row,) = download(client, "projects", "testshire")
    assert row["description"] == text
