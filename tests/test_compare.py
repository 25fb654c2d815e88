"""What ``make compare`` reads out of pages, files and the database, and how it tells of changes."""

import os
import re
import subprocess
from datetime import date
from decimal import Decimal
from functools import partial
from io import BytesIO
from urllib.parse import urlsplit

import pytest
import typst
from openpyxl import Workbook

from bcfportal.lib.spreadsheets.files import csv_chunks, xlsx_bytes
from compare import PREFIX, databases, versions
from compare.capture import steady
from compare.capture.file_text import CSV, PDF, XLSX, read_file
from compare.capture.following import QUERIES, Following, fill, inside
from compare.capture.page_text import Form, read_page
from compare.capture.schema import read_schema
from compare.databases import BESIDE, throwaway
from compare.differences import compare
from compare.records import Record, write_records
from compare.report import WIDTH, short, summary, whole

PAGE = """
<!DOCTYPE html><html lang="en-GB"><head><title>Projects &ndash; Testshire</title>
<script>nothing()</script><style>.a { color: red }</style></head>
<body class="govuk-template"><h1 class="big">Projects</h1>
<p>Three  of
   <strong>four</strong>, see <a class="link" href="/testshire/projects/?period=1">the list</a>.</p>
<img src="/a.png" alt="A map"><time datetime="2027-01-20">20 January</time>
<table><tr><th scope="col">Name</th><th>Spend</th></tr>
<tr><td>Connect</td><td data-label="Spend"><p>£1</p><p>of £2</p></td></tr>
<tr><td></td><td>-</td></tr>
</table>
<form method="post" action="/send/"><input type="hidden" name="csrfmiddlewaretoken" value="x1">
<label for="id_a">Figure</label><input id="id_a" name="figure" value="12" aria-invalid="true">
<p id="error">Enter a number</p><textarea name="text">
 as typed
</textarea></form>
<form method="get"><select name="month"><option value="1" selected>May</option>
<option value="2">June</option></select><input type="search" name="q"><button>Show</button></form>
<svg class="bar" aria-label="Half"><rect class="x" width="50"/></svg>
<script type="application/json" id="chart">{"b": [1, 2], "a": {"c": "d"}}</script>
</body></html>
"""


def test_a_page_is_read_line_by_line_with_links_fields_and_what_is_heard():
    lines = read_page(PAGE).lines
    assert lines == [
        "{lang=en-GB}",
        "title: Projects – Testshire",
        "h1: Projects",
        "Three of four, see [the list](/testshire/projects/?period=1).",
        "{image /a.png}{alt=A map}{datetime=2027-01-20}20 January",
        "row: | {scope=col} Name | Spend",
        "row: | Connect | {data-label=Spend} £1 of £2",
        "row: | | -",
        "form post /send/",
        "label: {for=id_a} Figure",
        '{text name="figure" value="12" {aria-invalid=true, id=id_a}}',
        "{id=error} Enter a number",
        '{textarea name="text": "\\n as typed\\n"}',
        "form get",
        '{select name="month": *1=May, 2=June}{search name="q" type="search"}{button}Show',
        "{drawing {aria-label=Half}; rect width=50}",
        'data {id=chart} .a.c = "d"',
        "data {id=chart} .b[0] = 1",
        "data {id=chart} .b[1] = 2",
    ]


def test_classes_tokens_and_spaces_are_no_part_of_what_a_page_says():
    other = PAGE.replace("big", "small").replace("x1", "y2").replace("<h1", "\n\n  <h1")
    assert read_page(other).lines == read_page(PAGE).lines
    assert read_page(PAGE.replace("four", "five")).lines != read_page(PAGE).lines


def test_how_a_page_is_laid_out_is_no_part_of_what_it_says():
    """White space that a browser does not show, in rows, beside blocks and within tags."""
    page = (
        '<td{0}class="a">5<span class="portal-table__detail">was 4</span></td>'
        '<div class="govuk-button-group"{0}aria-describedby="a b"><button>Send</button>{1}'
        "<button>Drop</button></div>"
    )
    assert read_page(page.format("\n  ", "\n")).lines == read_page(page.format(" ", "")).lines
    laid_out = (
        page.replace("5<", "5\n<").replace("</span><", "</span>\n<").replace('"a b"', '"\na\n b"')
    )
    assert read_page(laid_out.format(" ", "")).lines == read_page(page.format(" ", "")).lines


def test_links_and_the_choices_of_forms_are_followed_one_filter_at_a_time():
    page, following = read_page(PAGE), Following()
    following.add("/testshire/")
    for link in [
        *page.links,
        "?a=1&b=2",
        "?a=1&page=2",
        "#top",
        "mailto:a@example.org",
        "//x.org/",
    ]:
        following.add(link, "/testshire/")
    for link in (
        "/static/a.css",
        "/account/sign-out/",
        "/admin/projects/fund/3/change/",
        "?next=/",
    ):
        following.add(link, "/testshire/")
    for form in page.forms:
        following.add_form(form, "/testshire/")
    assert following.waiting == [
        "/testshire/",
        "/testshire/projects/?period=1",
        "/testshire/?a=1&page=2",
        "/testshire/?month=1",
        "/testshire/?month=2",
        "/testshire/?q=care",
    ]
    assert {why: len(addresses) for why, addresses in following.left_out.items()} == {
        "several filters at once": 1,
        "never visited": 2,
        "records and filters in the admin": 1,
        "where to go after signing in": 1,
    }


def test_of_a_filter_with_many_values_some_are_left_out_and_counted():
    following = Following()
    following.add_form(Form("/x/", {"month": [str(month) for month in range(50)]}), "/")
    assert len(following.waiting) == QUERIES
    assert sum(map(len, following.left_out.values())) == 50 - QUERIES


def test_one_council_is_followed_by_itself_if_asked_for():
    following = Following("testshire")
    for link in ("/", "/testshire/", "/norfolk/", "/testshire/a/", "/norfolk/a/"):
        following.add(link)
    assert following.waiting == ["/", "/testshire/", "/testshire/a/"]


def test_only_addresses_of_the_portal_are_inside():
    assert inside("../b/?c=1#d", "/a/x/") == "/a/b/?c=1"
    assert inside("https://example.org/", "/a/") is None


def test_addresses_that_no_link_leads_to_get_values_from_their_likes():
    route = "/<slug:council>/returns/<slug:period>/<slug:slug>/"
    found = [
        (route, {"council": "a", "period": "q1", "slug": "connect"}),
        (route, {"council": "a", "period": "q2", "slug": "falls"}),
        ("/<slug:council>/savings/<slug:slug>/", {"council": "b", "slug": "cut"}),
    ]
    addresses = fill([f"{route}submit/", "/<slug:council>/x/<slug:slug>/", "/health/"], found)
    assert addresses == [
        "/a/returns/no-such-thing/no-such-thing/submit/",
        "/a/returns/q1/connect/submit/",
        "/a/returns/q2/falls/submit/",
        "/a/x/connect/",
        "/a/x/falls/",
        "/a/x/no-such-thing/",
        "/b/returns/no-such-thing/no-such-thing/submit/",
        "/b/x/cut/",
        "/b/x/no-such-thing/",
        "/health/",
        "/no-such-thing/returns/no-such-thing/no-such-thing/submit/",
        "/no-such-thing/x/no-such-thing/",
    ]


def test_tables_are_read_cell_by_cell():
    text = "".join(csv_chunks(["Name", "Spend"], [["Connect, South", 1]]))
    lines = read_file(text.encode(), f"{CSV}; charset=utf-8")
    assert lines[1:] == ['["Name", "Spend"]', '["Connect, South", "1"]']
    book = xlsx_bytes([("Spend", ["Name", "Spend"], [["Connect", Decimal("1.5")]])])
    lines = read_file(book, XLSX)
    assert lines[0].startswith("sheet Spend: A1:B2")
    assert lines[1] == '["Name", "Spend"]'
    assert lines[2].startswith('["Connect", "1.5 as ')


def test_a_cell_that_is_shown_in_another_form_is_another_cell():
    book, content = Workbook(), BytesIO()
    book.active["A1"], book.active["B1"] = 0.5, date(2027, 1, 20)
    book.active["A1"].number_format = "0%"
    book.save(content)
    shown = read_file(content.getvalue(), XLSX)[1]
    assert shown == '["0.5 as 0%", "2027-01-20 00:00:00 as yyyy-mm-dd"]'


def test_a_paper_is_read_page_by_page_and_once(tmp_path, monkeypatch):
    paper = typst.compile(b"""
        #set document(title: "A register")
        #set text(lang: "en")
        = Risks
        19 open risks
        #pagebreak()
        The second page
    """)
    lines = read_file(paper, PDF, tmp_path)
    assert lines == [
        "/Title: A register",
        "language: en",
        "pages: 2",
        "page 1 (595 x 842)",
        "Risks",
        "19 open risks",
        "page 2 (595 x 842)",
        "The second page",
    ]
    monkeypatch.setattr("compare.capture.file_text._pdf", lambda content: ["read again"])
    assert read_file(paper, PDF, tmp_path) == lines


def test_other_files_are_known_by_their_fingerprint():
    assert read_file(b"a{}\nb{}", "text/css") == ["a{}", "b{}"]
    assert read_file(b"\x00", "application/zip")[0].startswith("1 bytes, SHA-256 6e340b9c")


@pytest.mark.django_db
def test_the_schema_names_columns_constraints_indexes_triggers_and_functions():
    schema = {record.place: record.lines for record in read_schema()}
    snapshot = schema["table publishing_snapshot"]
    assert "column version_ptr_id bigint not null" in snapshot
    version = schema["table publishing_version"]
    assert any(line.startswith("constraint version_numbered_from_one CHECK") for line in version)
    assert (
        "index CREATE INDEX snapshot_search ON public.publishing_snapshot USING gin (search)"
        in (snapshot)
    )
    triggers = [line for line in snapshot if line.startswith("trigger ")]
    assert any("BEFORE TRUNCATE" in line for line in triggers)
    (trigger,) = [line for line in triggers if "BEFORE DELETE OR UPDATE" in line]
    name = re.search(r"FUNCTION (\w+\(\))", trigger)[1]
    assert any("RAISE EXCEPTION" in line for line in schema[f"function {name}"])
    assert not any(re.search(r"\boid\b|\b\d{5,}\b", line) for line in snapshot)


@pytest.mark.parametrize(
    ("name", "line", "held"),
    [
        (
            "fingerprints of static files",
            "link icon: /static/images/icon.0123456789ab.svg",
            "link icon: /static/images/icon.svg",
        ),
        (
            "the moment at which an answer runs out",
            "expires: Fri, 27 Nov 2026 02:55:14 GMT",
            "expires: (a moment)",
        ),
        (
            "microseconds",
            "{datetime=2027-01-20T10:00:00.000080+00:00}20 January 2027, 10:00",
            "{datetime=2027-01-20T10:00:00+00:00}20 January 2027, 10:00",
        ),
        (
            "the order in the content security policy",
            "content-security-policy: img-src 'self' data:; base-uri 'none'",
            "content-security-policy: base-uri 'none'; img-src 'self' data:",
        ),
    ],
)
def test_each_rule_holds_what_differs_by_chance(name, line, held):
    (rule,) = [rule for rule in steady.RULES if rule.name == name]
    assert rule.reason
    assert steady.steady(line) == rule.pattern.sub(rule.instead, line) == held


def test_every_rule_has_a_case_here():
    cases = test_each_rule_holds_what_differs_by_chance.pytestmark[0].args[1]
    assert [case[0] for case in cases] == [rule.name for rule in steady.RULES]


def test_the_clock_stands_still_but_for_the_order_of_things():
    tick = steady._clock()
    first, second = tick(), tick()
    assert first == steady.MOMENT < second
    assert (second - first).microseconds == 1


def test_a_capture_has_a_database_of_its_own_that_is_removed_with_its_copies():
    url = os.environ["DATABASE_URL"]
    with throwaway(url) as variables:
        name = urlsplit(variables["DATABASE_URL"]).path.strip("/")
        assert name.startswith(PREFIX)
        assert variables[BESIDE] == urlsplit(url).path.strip("/")
        databases._do(url, f'CREATE DATABASE "{name.removesuffix("_0")}_1" TEMPLATE "{name}"')
        assert len(databases._like(url, name.removesuffix("_0"))) == 2
    assert databases._like(url, name.removesuffix("_0")) == []


def test_the_working_tree_is_taken_as_it_is_and_git_does_not_notice(tmp_path, monkeypatch):
    monkeypatch.setattr(versions, "ROOT", tmp_path)
    monkeypatch.setattr(versions, "VAR", tmp_path / "var" / "compare")
    run = partial(subprocess.run, cwd=tmp_path, check=True, capture_output=True, text=True)
    run(["git", "init", "--quiet"])
    (tmp_path / ".gitignore").write_text("var/\n")
    (tmp_path / "old.txt").write_text("as it was")
    run(["git", "add", "."])
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    run(["git", *who, "commit", "--quiet", "-m", "First"])
    base = versions.version_of("HEAD")
    assert versions.working_tree().tree == base.tree
    (tmp_path / "old.txt").write_text("as it is")
    (tmp_path / "new.txt").write_text("new")
    before = run(["git", "status", "--short"]).stdout
    with versions.checked_out(versions.working_tree()) as folder:
        assert (folder / "old.txt").read_text() == "as it is"
        assert (folder / "new.txt").read_text() == "new"
    assert not folder.exists()
    with versions.checked_out(base) as folder:
        assert (folder / "old.txt").read_text() == "as it was"
        assert not (folder / "new.txt").exists()
    assert run(["git", "status", "--short"]).stdout == before
    with pytest.raises(versions.Fault, match="There is no commit nowhere"):
        versions.version_of("nowhere")


def test_equal_captures_have_no_difference(tmp_path):
    for side in ("before", "after"):
        _capture(tmp_path / side, {"/": ["h1: Home"]})
    found = compare(tmp_path / "before", tmp_path / "after")
    assert found.differences == []
    assert summary(found, {"several filters at once": 3}) == (
        "Compared: 1 page and 1 file as 2 visitors see them, 1 part of the database's schema.\n"
        "Not visited: several filters at once: 3."
    )


def test_the_same_change_on_many_pages_is_told_once(tmp_path):
    pages = {f"/{name}/": ["h1: Home", f"p: {name}", "footer"] for name in "abc"}
    _capture(tmp_path / "before", pages)
    _capture(tmp_path / "after", {k: [*lines[:2], "Footer"] for k, lines in pages.items()})
    found = compare(tmp_path / "before", tmp_path / "after").differences
    assert short(found) == (
        "/a/  (member, nobody)\nand the same at 2 others\n"
        "    @@ -3,2 +3,2 @@\n      p: a\n    - footer\n    + Footer"
    )
    assert "/c/  (member, nobody)" in whole(found)


def test_what_has_gone_what_is_new_and_what_another_status_has_is_told(tmp_path):
    _capture(tmp_path / "before", {"/old/": [], "/same/": []})
    _capture(tmp_path / "after", {"/new/": [], "/same/": []}, status=404)
    found = {
        min(one.places): one.lines
        for one in compare(tmp_path / "before", tmp_path / "after").differences
    }
    assert found["/new/"][0] == "+ status: 404"
    assert found["/old/"][0] == "- status: 200"
    assert found["/same/"][1:] == ["- status: 200", "+ status: 404"]


def test_a_changed_cell_is_named_by_its_row_and_column(tmp_path):
    head, row = '["Name", "Spend"]', '["Connect", 1]'
    _capture(tmp_path / "before", {}, table=[head, row])
    _capture(tmp_path / "after", {}, table=[head, row.replace("1", "2")])
    (changed,) = compare(tmp_path / "before", tmp_path / "after").differences
    assert changed.lines == ["row 2, column 2 (Spend): 1 -> 2"]
    _capture(tmp_path / "after", {}, table=['["Name", "Fund", "Spend"]', '["Connect", "F", 1]'])
    (changed,) = compare(tmp_path / "before", tmp_path / "after").differences
    assert changed.lines == ['column "Fund" is new', 'row 2: (nothing) -> "F"']


def test_parts_can_be_compared_by_themselves(tmp_path):
    _capture(tmp_path / "before", {"/a/": ["x"]}, table=["x"], schema=["x"])
    _capture(tmp_path / "after", {"/a/": ["y"]}, table=["y"], schema=["y"])
    for kind in ("text", "files", "schema"):
        (one,) = compare(tmp_path / "before", tmp_path / "after", only=kind).differences
        assert one.kind == kind
    kinds = compare(tmp_path / "before", tmp_path / "after", council="a").differences
    assert [one.kind for one in kinds] == ["text", "schema"]


def test_of_a_long_line_the_part_that_changed_is_shown(tmp_path):
    long = "word " * 200
    _capture(tmp_path / "before", {"/a/": [f"{long}before"]})
    _capture(tmp_path / "after", {"/a/": [f"{long}after"]})
    told = short(compare(tmp_path / "before", tmp_path / "after").differences)
    assert "word before\n" in told
    assert told.endswith("word after")
    assert max(map(len, told.splitlines())) < WIDTH + 10


def _capture(folder, pages, *, table=(), schema=("column id bigint",), status=200):
    status = f"status: {status}"
    seen = [Record(place, "text", [status, *lines]) for place, lines in pages.items()]
    seen.append(Record("/data.csv", "files", ["status: 200", *table]))
    for name in ("nobody", "member"):
        write_records(folder / f"visitor-{name}.gz", seen)
    write_records(folder / "schema.gz", [Record("table a", "schema", list(schema))])
