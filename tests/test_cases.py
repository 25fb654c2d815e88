"""The small inputs that failed, which are kept beside the checkout: each comes to what is right.

A case is played through its screen, and then once more for each way in which another person would
have made the same file or block. Where the cases do not lie beside the checkout this is skipped.
"""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from bcfportal.lib import clock
from finance.models import LedgerUpload
from tests import ledger_uploads as ledger
from tests.ledger_files import csv_file, xlsx_file
from tests.pasted import open_screen, pasted

pytestmark = pytest.mark.django_db
FOLDER = Path(settings.BASE_DIR).parent / "shared" / "cases"
INDEX = json.loads((FOLDER / "index.json").read_text()) if FOLDER.is_dir() else []
CASES = {case["id"]: case for case in INDEX}
if not CASES:
    pytest.skip(
        "The cases lie beside the checkout of those who keep them.", allow_module_level=True
    )
TODAY = datetime(2026, 11, 27, 12, tzinfo=UTC)

# What the preview of a ledger's file, or the refusal, says.
SAID = {
    "B1": "Excel has made the code a number",
    "B3": "Are these codes new?",
    "B4": "Which year are these months in?",
    "B6": "so there can be no actuals for it yet",
    "B8": "is not a real date. Enter a real date",
    "B9": "CC00401 April 2017",
    "B11": "first line second line",
    "B12": "- refund of fees",
    "B14": "the ledger has 1 line that the file does not have",
    "C1": "Applying it adds 1 line",
    "C3": "has Dept, Expenditure Code, Paid Date and Net Amt",
    "C5": "Sheet Data is hidden",
    "C6": "Applying it adds 3 lines",
    "C8": "Applying it adds 1 line",
    "C9": "=== see note ===",
    "D1": "2 rows have the code and month of a row above and were added to it",
    "D3": "Which columns make the code?",
    "D4": "Which month are these rows of?",
    "D5": "The amount of a row is its debit less its credit.",
    "D7": "“201704” is April 2017: month 4 of the calendar",
    "D9": "“2017” is 2017/18, which begins in 2017",
}
# What is applied before.
BEFORE = {"B3": "b12-descriptions-with-signs.csv", "B14": "b14-1-first.csv"}
# Screen and boxes of a block; what is typed is as the block has it.
PLACED = {
    "A1": ("home-first", {"Commence 100%": "71%", "80% positive": "64%"}),
    "A3": ("lines", {"commissioning-budget": "1.3", "commissioning-outturn": "1.4"}),
    "A5": ("lines", {"commissioning-budget": "1.200", "commissioning-outturn": "1.300"}),
    "A7": (
        "vital-signs",
        {"Delayed transfers of care (attr": "3.9", "Admissions to resid": "19.9"},
    ),
    "A9": ("trusted-assessor", {"χ number of care home": "12"}),
}
# Played in a real browser, in tests/browser/: by the tests named.
IN_A_BROWSER = {
    "A8": "test_words_never_go_into_number_boxes_and_the_paste_is_taken_back",
    "G1": "test_signed_in_again_in_another_tab_the_page_takes_the_token_that_stands_now",
    "H2": "test_a_word_of_300_characters_is_broken_where_the_page_ends",
}
# Played where the screen is, in tests/, with more of the kind: by the tests named.
WHERE_ITS_SCREEN_IS = {
    "C7": "test_where_there_is_a_reason_to_choose_the_sentence_says_so",
    "E1": "test_a_sum_since_april_has_no_control_chart_and_does_not_deteriorate",
    "E3": "test_a_reduction_that_went_the_wrong_way_is_below_0",
    "E5": "test_limits_are_shown_within_what_the_unit_can_be",
    "E6": "test_too_little_variation_is_said",
    "E8": "test_a_sign_for_a_small_number_leads_to_the_reason",
    "E9": "test_nothing_of_nothing_is_a_nil_return_and_keeps_both",
    "E10": "test_a_share_of_1_where_a_per_cent_belongs_is_asked_about",
    "F1": "test_a_year_outside_2000_to_2100_is_refused",
    "F2": "test_a_day_that_means_one_day_is_read_in_one_box_and_in_three",
    "F4": "test_a_quarter_that_opens_later_is_not_said_to_be_open",
    "F6": "test_a_financial_year_is_read_in_all_its_spellings",
    "H1": "test_letters_that_no_paper_prints_are_told_to_who_writes_and_who_checks",
    "I1": "test_a_month_of_measures_reminds_who_may_write_it_and_they_can_be_chased",
    "I4": "test_who_runs_the_installation_changes_an_address_and_all_stays_with_the_person",
    "J1": "test_an_accrual_that_is_taken_back_is_taken_with_a_question",
    "J3": "test_references_typed_in_one_box",
    "J4": "test_money_that_says_its_unit_is_read_in_a_box_of_millions",
    "K1": "test_a_line_end_counts_once_in_every_box_for_words",
}
# Faults that were found at work and are no cases here: by the tests named.
FOUND_AT_WORK = {
    "C9": ["test_check_and_submit_is_in_words_pounds_and_tags_with_links_to_change"],
    "C16": [
        "test_every_page_that_a_role_works_on_is_accessible_and_fits",
        "test_the_menu_of_each_role_stands_on_one_line",
    ],
    "C19": [
        "test_another_unit_in_a_box_of_money_or_of_per_cent_is_no_figure",
        "test_money_that_says_its_unit_is_read_in_a_box_of_millions",
        "test_a_commissioner_is_invited_for_projects",
        "test_no_hint_says_what_its_label_says",
        "test_the_year_before_stands_beside_each_box_of_a_year_s_targets",
    ],
}
# What no test can tell, and why.
NOT_BY_CODE = {
    "G3": "It is of Firefox's print, and there is no Firefox here: only Chromium's is tested.",
}


def ways_of(name: str):
    """The file as it is, and as other people would have saved it: (file name, content)."""
    content = (FOLDER / name).read_bytes()
    yield "as it is", name, content
    if not name.endswith(".csv"):
        return
    text = content.decode("utf-8-sig")
    end = "\x1a" if text.endswith("\x1a") else ""
    heading, *rows = list(csv.reader(io.StringIO(text.removesuffix(end))))
    wide = max(map(len, rows), default=0)
    plain = {"heading": heading, "rows": rows}
    yield "for Windows", name, csv_file(**plain, encoding="utf-16") if not end else content
    yield "with semicolons", name, csv_file(**plain, separator=";") + end.encode()
    yield "with tabs", "lines.txt", csv_file(**plain, separator="\t") + end.encode()
    yield "of an old Mac", name, csv_file(**plain, end="\r") + end.encode()
    yield "below a blank row", name, b"," * max(wide - 1, 0) + b"\r\n" + csv_file(**plain)
    # A library would write a text that begins so as a formula, which Excel does not.
    if not end and "=" not in text:
        texts = {"heading": heading, "rows": [row or [None] for row in rows]}
        yield "as a workbook of texts", "lines.xlsx", xlsx_file(**texts)


FILES = [
    pytest.param(case, *way[1:], id=f"{case}, {way[0]}")
    for case in SAID
    if case in CASES
    for way in ways_of(CASES[case]["files"][-1])
]


@pytest.fixture
def officer(client, quarter):
    with clock.stopped_at(TODAY):
        yield quarter.sign_in(client, "finance officer")


@pytest.mark.parametrize(("case", "name", "content"), FILES)
def test_a_file_of_a_ledger_comes_to_what_is_right(officer, case, name, content):
    if before := BEFORE.get(case):
        ledger.applied(officer, (FOLDER / before).read_bytes())
    response = ledger.send(officer, content, name)
    if response.status_code == 200:
        (said,) = response.context["form"].errors["file"]
    else:
        said = ledger.words_at(officer, LedgerUpload.objects.latest("pk"))
    assert SAID[case] in said


def blocks_of(text: str):
    """The block as it is, and as other programs put it on the clipboard."""
    lines = [line.split("\t") for line in text.rstrip("\n").split("\n")]
    yield "as it is", lines
    yield "with an empty column behind", [[*line, ""] for line in lines]
    yield "with an empty line below the heads", [lines[0], [""] * len(lines[0]), *lines[1:]]
    yield "with spaces round each cell", [[f" {cell}\u00a0" for cell in line] for line in lines]
    yield "its rows the other way round", [lines[0], *lines[:0:-1]]
    if len(lines[0]) > 2:
        yield "its columns the other way round", [[line[0], *line[:0:-1]] for line in lines]
    yield "in capitals", [[cell.upper() for cell in line] for line in lines]


BLOCKS = [
    pytest.param(case, block, id=f"{case}, {way}")
    for case in PLACED
    if case in CASES
    for way, block in blocks_of(json.loads((FOLDER / CASES[case]["files"][0]).read_text())["text"])
]


@pytest.mark.parametrize(("case", "lines"), BLOCKS)
def test_a_pasted_block_comes_to_what_is_right(client, westshire, case, lines):
    screen, cells = PLACED[case]
    address, typed, _ = open_screen(client, screen)
    before = typed()
    proposal = pasted(client, address, "\r\n".join(map("\t".join, lines))).context["proposal"]
    assert typed() == before
    assert (proposal.refused, proposal.questions) == ("", [])
    changed = {change.field: change.then for change in proposal.changes}
    changed |= {change.row: change.then for change in proposal.changes}
    for place, text in cells.items():
        found = [then for where, then in changed.items() if where.startswith(place)]
        assert found == [text.upper() if lines[0][0].isupper() else text], (place, changed)


def test_every_case_is_played_or_named_with_the_reason_why_not():
    parts = (SAID, PLACED, IN_A_BROWSER, WHERE_ITS_SCREEN_IS, NOT_BY_CODE)
    played = [case for part in parts for case in part]
    assert sorted(played) == sorted(CASES)


@pytest.mark.parametrize("case", [*IN_A_BROWSER, *WHERE_ITS_SCREEN_IS])
def test_a_case_that_is_played_elsewhere_has_its_test(case):
    name = (IN_A_BROWSER | WHERE_ITS_SCREEN_IS)[case]
    folder = Path(__file__).parent
    files = folder.glob("browser/*.py") if case in IN_A_BROWSER else folder.glob("test_*.py")
    own = Path(__file__).name
    assert any(f"def {name}(" in file.read_text() for file in files if file.name != own)


@pytest.mark.parametrize("name", [name for names in FOUND_AT_WORK.values() for name in names])
def test_a_fault_that_was_found_at_work_has_its_test(name):
    files = Path(__file__).parent.glob("**/test_*.py")
    own = Path(__file__).name
    assert any(f"def {name}(" in file.read_text() for file in files if file.name != own)
