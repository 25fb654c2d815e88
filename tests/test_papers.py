"""The papers as a reader meets them: what the PDF says, how it is tagged, what it stands up to."""

import io
import re
from datetime import date
from decimal import Decimal
from itertools import pairwise

import msgspec
import pytest
from pypdf import PdfReader

from bcfportal.lib.papers import typesetting
from bcfportal.lib.papers.typesetting import TypesettingError, printable, typeset
from programme import report_pdf as papers
from returns.content import Line, StatedSum
from tests.made_up import (
    CARE_ACT,
    make_measure,
    make_programme,
    make_result,
    make_sheet,
    make_stream,
)

HOSTILE = (
    r"#let x = 1 *not bold* _not italic_ $y^2$ @nobody <tag> `raw` [x] {y} \n \ // no comment "
    r"/* nor this */ = no heading - no list + 1. ~ tie -- --- ... 'single' "
    '"double" &amp; https://example.org %PDF 👍🏽 👨‍👩‍👧 ✔️ 🇬🇧 χ ≥ ½ café'
)


@pytest.fixture(scope="module")
def whole():
    """A report of six projects in two conditions and one entry that is described only."""
    sheets = [make_sheet(f"walk-{number}") for number in range(1, 6)]
    sums = [StatedSum(Decimal(600000), "full year effect", "extra reviews", "£600,000 (f.y.e.)")]
    sheets.append(
        make_sheet(
            "reviews",
            kind="described",
            streams=[make_stream(lines=[], stated_sums=sums)],
            summary_total_as_printed="",
            measures=[],
        )
    )
    sheets.append(make_sheet("beds", condition_number=2, condition_title="Helping the NHS"))
    programme = make_programme(*sheets)
    return programme, PdfReader(io.BytesIO(papers.progress_update(programme)))


def page_of(sheet):
    """The reader of one project's paper."""
    return PdfReader(io.BytesIO(papers.project_on_a_page(make_programme(sheet), sheet)))


def squeezed(text):
    """Without white space: where lines break is the layout's affair."""
    return re.sub(r"\s+", "", text)


def words_of(reader):
    return squeezed(" ".join(page.extract_text() for page in reader.pages))


def folded(text):
    return " ".join(text.split())


def elements(reader):
    """All elements of the tag tree, as (kind, table attributes)."""
    found = []

    def walk(element):
        element = element.get_object()
        if not isinstance(element, dict) or "/S" not in element:
            return
        attributes = element.get("/A") or []
        attributes = attributes if isinstance(attributes, list) else [attributes]
        table = next((each for each in attributes if each.get("/O") == "/Table"), {})
        found.append((element["/S"], table))
        children = element.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            walk(child)

    for child in reader.trailer["/Root"]["/StructTreeRoot"]["/K"]:
        walk(child)
    return found


def titles(outline):
    for entry in outline:
        if isinstance(entry, list):
            yield from titles(entry)
        else:
            yield entry.title


@pytest.mark.parametrize("paper", ["report", "overview", "project"])
def test_every_paper_is_a_tagged_pdf_ua(whole, paper):
    programme, report = whole
    if paper == "overview":
        reader = PdfReader(io.BytesIO(papers.summary_overview(programme)))
    else:
        reader = report if paper == "report" else page_of(programme.sheets[0])
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert "Testshire County Council, as at 5 February 2018" in reader.metadata.title
    assert reader.metadata.creation_date.date() == date(2018, 2, 5)


def test_headings_go_down_by_one_level_at_a_time(whole):
    levels = [int(kind[2]) for kind, _ in elements(whole[1]) if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert set(levels) == {1, 2, 3}


def test_row_heads_have_a_scope_and_no_cell_of_their_row_lists_heads(whole):
    cells = [(kind, table) for kind, table in elements(whole[1]) if kind in ("/TH", "/TD")]
    scopes = [table["/Scope"] for kind, table in cells if kind == "/TH"]
    assert scopes.count("/Row") > 30
    assert all("/Headers" not in table for kind, table in cells if kind == "/TD")


def test_each_project_is_there_with_its_total_and_a_bookmark(whole):
    programme, reader = whole
    words, bookmarks = words_of(reader), list(titles(reader.outline))
    for sheet in programme.sheets:
        assert squeezed(sheet.title) in words
        assert sheet.title in bookmarks
    # In the overview's cells, and of the second condition, twice, as that of its one project.
    assert words.count("£196,490allocated") == 6 + 2
    assert "£600,000(f.y.e.):extrareviews" in words
    assert "6projectsand1entrythatisdescribedonly,under2purposes." in words
    assert "£1,178,940allocatedover2017/18to2019/20." in words


def test_contents_lead_to_the_pages(whole):
    _, reader = whole
    contents = reader.pages[1]
    assert "iBCF Walk-1" in folded(contents.extract_text())
    numbers = re.findall(r"[. ]{3,} ?(\d+)", contents.extract_text())
    assert [int(number) for number in numbers] == [3, 5, 5, 6, 7, 8, 9, 9, 10, 10]
    assert len([note for note in contents["/Annots"] if "/Dest" in note or "/A" in note]) == 10


def test_every_page_says_whose_it_is_as_at_when_and_its_number(whole):
    _, reader = whole
    last = len(reader.pages)
    for number, page in enumerate(reader.pages, 1):
        words = folded(page.extract_text())
        assert "Testshire County Council" in words
        assert "as at 5 February 2018" in words
        assert f"Page {number} of {last}" in words


def test_same_data_same_bytes():
    first, second = make_programme(make_sheet()), make_programme(make_sheet())
    bytes_of_first = papers.progress_update(first)
    papers.project_on_a_page(second, second.sheets[0])
    assert papers.progress_update(second) == bytes_of_first


def test_hostile_text_comes_out_as_typed():
    texts = {
        name: f"{name}: {HOSTILE}"
        for name in ("title", "description", "rationale", "performance", "rating_text")
    }
    sheet = make_sheet(
        **texts,
        notes=[f"Note {HOSTILE}"],
        measures=[make_measure(text=f"Measure {HOSTILE}", note=f"On the measure {HOSTILE}")],
        streams=[make_stream(share_note=f"Share {HOSTILE}")],
    )
    words = words_of(page_of(sheet))
    for text in (*texts.values(), f"Note {HOSTILE}", f"Measure {HOSTILE}", f"Share {HOSTILE}"):
        assert squeezed(printable(text)) in words


def test_hostile_text_in_the_report_and_the_overview():
    sheet = make_sheet(
        short_title=HOSTILE, condition_title=HOSTILE, summary_method=HOSTILE, contents_entry=HOSTILE
    )
    programme = make_programme(sheet)
    programme.council.name = f"Council {HOSTILE}"
    programme.period.title = f"Title {HOSTILE}"
    for paper in (papers.progress_update, papers.summary_overview):
        reader = PdfReader(io.BytesIO(paper(programme)))
        assert words_of(reader).count(squeezed(printable(HOSTILE))) >= 4
        assert printable(HOSTILE) in reader.metadata.title


def test_lines_of_a_text_stay_lines():
    lines = page_of(make_sheet(description="First.\n~ Second.\r\n\nThird.")).pages[0]
    found = [line.strip() for line in lines.extract_text().splitlines()]
    assert [line for line in found if line in ("First.", "~ Second.", "Third.")] == [
        "First.",
        "~ Second.",
        "Third.",
    ]


def test_characters_that_no_font_has_do_not_stop_a_paper():
    nasty = "ᏣᎳ \x00\x07\ufeff\ue000\ufffe\u0601 a\u200db \u202etxt\u202c e\u0301 \U000e0041"
    words = words_of(page_of(make_sheet(description=f"Before {nasty} after.")))
    assert "Before□□" in words
    assert "after." in words


@pytest.mark.parametrize(
    "words",
    ["dziękuję", "شكرا جزيلا", "آپ کا بہت شکریہ", "ধন্যবাদ", "ਤੁਹਾਡਾ ਧੰਨਵਾਦ", "谢谢", "ευχαριστώ"],
)
def test_words_of_residents_in_their_own_letters_are_printed(words):
    assert printable(words) == words
    page = words_of(page_of(make_sheet(description=f"Before {words} after.")))
    assert "□" not in page
    assert "after." in page


def test_absent_figures_are_words():
    measures = [
        make_measure(1, target=None, target_status="not yet set"),
        make_measure(2, target=None, target_status="illegible in the source"),
        make_measure(
            3,
            results=[
                make_result("South", "Metro"),
                make_result("Mid", "Age UK", value=None, status="nil return"),
            ],
        ),
    ]
    streams = [make_stream(), make_stream(CARE_ACT, lines=[Line(2016, Decimal(5))])]
    words = words_of(page_of(make_sheet(measures=measures, streams=streams)))
    for expected in (
        "Not yet set",
        "Illegible in the source",
        "Nil return",
        "No figure",
        "– none printed",
        papers.NO_LINE,
        "£196,495",
    ):
        assert squeezed(expected) in words


def test_results_by_segment_have_heads_and_lettered_notes():
    results = [
        make_result("South", "Metro", note="Taken from a cell of two."),
        make_result("Mid", "Age UK", value=Decimal("149.5"), rating="amber"),
        make_result("North", "NCHA", numerator=Decimal(9), denominator=Decimal(10), rating="red"),
    ]
    measure = make_measure(heading="Objectives:", note="Cut short.", results=results)
    words = words_of(page_of(make_sheet(measures=[measure, make_measure(2)])))
    for expected in (
        "Result (number), 2016/17",
        "South Metro",
        "Mid Age UK",
        "Objectives:",
        "149.5% Amber",
        "96% (9 of 10) Red",
        "(a) Cut short.",
        "(b) Taken from a cell of two.",
    ):
        assert squeezed(expected) in words


@pytest.mark.parametrize(
    ("rating", "words"),
    [
        ("green", "Green – because"),
        ("amber", "Amber – because"),
        ("red", "Red – because"),
        ("not rated", "Not rated – because"),
        ("not legible", "Colour not legible – because"),
    ],
)
def test_a_rating_is_a_word(rating, words):
    assert squeezed(words) in words_of(page_of(make_sheet(rating=rating, rating_text="because")))


def test_a_stream_with_its_own_title_has_its_own_heading():
    extension = make_stream(CARE_ACT, title="Extension of the walks", description="More walks.")
    words = words_of(page_of(make_sheet(streams=[make_stream(), extension])))
    assert squeezed("Extension of the walks Care Act Allocation More walks.") in words


def test_many_years_stand_in_rows():
    lines = [Line(year, Decimal(1000 + year)) for year in range(2013, 2022)]
    words = words_of(page_of(make_sheet(streams=[make_stream(lines=lines)])))
    assert squeezed("Year iBCF 2013/14 £3,013 2014/15 £3,014") in words


def test_long_texts_flow_to_further_pages():
    long = "Words that go on and on. " * 300
    measures = [
        make_measure(at, results=[make_result("South"), make_result("Mid")]) for at in range(1, 60)
    ]
    sheet = make_sheet(description=long, summary_performance=long, measures=measures)
    reader = PdfReader(io.BytesIO(papers.progress_update(make_programme(sheet))))
    assert "Walks, continued" in reader.pages[-1].extract_text()
    words = words_of(reader)
    assert words.count("Words") == 2 * 300
    assert "Measureofthing59." in words


@pytest.mark.parametrize(
    "sheets",
    [
        [],
        [make_sheet(streams=[], measures=[], providers=[], notes=[], source="", rationale="")],
        [make_sheet(kind="described", streams=[], measures=[], summary_total_as_printed="")],
    ],
)
def test_little_is_enough(sheets):
    programme = make_programme(*sheets)
    programme.period.subtitle = ""
    assert papers.progress_update(programme)
    assert papers.summary_overview(programme)
    for sheet in sheets:
        assert papers.project_on_a_page(programme, sheet)


def test_faults_have_a_name(settings, tmp_path):
    with pytest.raises(TypesettingError, match=r"nothing\.typ could not be typeset"):
        typeset("nothing.typ", {}, dated=date(2018, 2, 5))
    with pytest.raises(TypesettingError, match=r"project\.typ could not be typeset"):
        typeset("project.typ", {}, dated=date(2018, 2, 5))
    settings.PDF_FONTS = tmp_path
    with pytest.raises(TypesettingError, match="fonts of the papers are not in"):
        typeset("project.typ", {}, dated=date(2018, 2, 5))


def test_row_heads_change_no_length():
    cell = (
        b"\n7 0 obj\n<</Type/StructElem/S/Strong/P 8 0 R/K[3]>>\nendobj"
        b"\n8 0 obj\n<</Type/StructElem/S/TD/P 9 0 R/A[<</O/Table/Headers[(U1x0y0)]>>]/K[7 0 R]>>"
        b"\n5 0 obj\n<</Type/StructElem/S/TD/P 9 0 R/A[<</O/Table/Headers[(U1x1y0)]>>]/K[4]>>"
        b"\n6 0 obj\n<</Type/StructElem/S/TD/P 1 0 R/A[<</O/Table/Headers[(U1x1y0)]>>]/K[5]>>"
    )
    marked = typesetting.mark_row_heads(cell)
    assert len(marked) == len(cell)
    assert marked.count(b"/S/TH/") == marked.count(b"/Scope/Row") == 1
    assert marked.count(b"/Headers") == 1


# Fields of a sheet that are keys or codes, or that the paper says in other words or once for all.
NOT_AS_THEY_ARE = {
    *("slug", "kind", "direction", "unit", "period", "basis", "status", "target_status"),
    *("rating", "rule_rating", "source", "tolerance_kind", "accumulation", "standing"),
    # The last period of a standing target: the report's own.
    "until",
    "provider_slugs",
    # The period that shows it.
    "shown_in",
    # What was said to come is printed in sentences.
    "promises",
}


def texts_of(value):
    """All texts in plain data that a paper is to print as they are; numbers are no texts."""
    if isinstance(value, dict):
        for name in value.keys() - NOT_AS_THEY_ARE:
            yield from texts_of(value[name])
    elif isinstance(value, list):
        for member in value:
            yield from texts_of(member)
    elif isinstance(value, str) and not re.fullmatch(r"-?[\d.]+", value):
        yield from value.splitlines()


def test_nothing_of_the_nottinghamshire_report_is_left_out(programme):
    reader = PdfReader(io.BytesIO(papers.progress_update(programme)))
    words = words_of(reader)
    for sheet in programme.sheets:
        for text in (sheet.source, *texts_of(msgspec.to_builtins(sheet))):
            assert squeezed(text) in words, (sheet.slug, text)
        for promise in sheet.earlier_promises:
            assert squeezed(promise.in_words) in words, (sheet.slug, promise.in_words)
        if sheet.total is not None:
            assert f"£{sheet.total:,.0f}" in words
    assert len(reader.pages) <= 40
