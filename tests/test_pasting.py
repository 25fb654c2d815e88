"""Blocks copied from a spreadsheet or a document, and the places of their cells."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcfportal.lib.pasting.blocks import MOST_CELLS, TooLarge, read_block
from bcfportal.lib.pasting.grids import WHOLE, Column, Grid, Part, Row, word_set
from bcfportal.lib.pasting.heads import OTHER, OWN, PERHAPS, read_head
from bcfportal.lib.pasting.names import RowNames, fold
from bcfportal.lib.pasting.reading import MOST_ASKED, read
from bcfportal.lib.periods import Period
from tests.steps import is_linear

COLUMNS = (
    Column(
        "value", "Value", ("Result",), core=word_set("value result actual"), beside=word_set("this")
    ),
    Column("numerator", "Numerator"),
    Column("denominator", "Denominator"),
)
ROWS = (
    Row(("Falls seen",), "1"),
    Row(("Leaflets sent",), "2"),
    Row(("People helped",), "3"),
)
OWN_QUARTER = Period(2017, 4)
GRID = Grid(ROWS, COLUMNS, (OWN_QUARTER,), default="value")
PARTS = (Part("s", "South", ("South", "Metro", "South Metro")), Part("n", "North", ("North",)))
SPLIT = Grid(
    tuple(
        Row((name,), "", part, place)
        for place, name in enumerate(("Falls", "Beds"))
        for part in "sn"
    ),
    COLUMNS,
    (OWN_QUARTER,),
    PARTS,
    default="value",
)


def cells(text, grid=GRID, **options):
    return {
        (cell.row, cell.key): cell.text for cell in read(read_block(text), grid, **options).cells
    }


def left_out(text, grid=GRID):
    return read(read_block(text), grid).left_out


def asked(text, grid=GRID):
    return [question.field for question in read(read_block(text), grid).questions]


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("", []),
        ("\r\n\r\n", []),
        ("5", [["5"]]),
        ("1\t2\r\n3\t4\r\n", [["1", "2"], ["3", "4"]]),
        ("1\t2\n3\t4", [["1", "2"], ["3", "4"]]),
        ("1\r2", [["1"], ["2"]]),
        ("1\n\n3\n\t\n", [["1"], [""], ["3"]]),
        ("\t5", [["", "5"]]),
        ('"two\nlines"\t5', [["two\nlines", "5"]]),
        ('"with ""quotes"" and\ttab"\t5', [['with "quotes" and\ttab', "5"]]),
        ('"open\t5\n6', [['"open', "5"], ["6"]]),
        ('5" pipe\t"said" he\t""', [['5" pipe', '"said" he', ""]]),
        ("5\x00\t6", [["5", "6"]]),
        (" 1,234 \t£5\t45%\t-", [["1,234", "£5", "45%", "-"]]),
    ],
)
def test_a_block_is_read_as_excel_copies_it(text, block):
    assert read_block(text) == block


def test_figures_alone_go_down_the_rows_where_there_are_as_many():
    assert cells("96\n\n12%") == {(0, "value"): "96", (2, "value"): "12%"}
    assert "2 lines of figures without names" in read(read_block("96\n97"), GRID).refused
    assert "4 lines of figures without names" in read(read_block("1\n2\n3\n4"), GRID).refused
    # Where a box was pasted into, they go on from there.
    assert cells("96\n97", at=(1, "numerator")) == {(1, "numerator"): "96", (2, "numerator"): "97"}
    refused = read(read_block("1\n2\n3"), GRID, at=(1, "value")).refused
    assert "this screen has 2 rows from that box down" in refused


def test_several_columns_of_figures_alone_are_asked_about_but_one_for_each_provider():
    assert asked("96\t48\n97\t49\n98\t50") == ["column-1", "column-2"]
    assert cells("1\t2\n3\t4", SPLIT) == {
        (0, "value"): "1",
        (1, "value"): "2",
        (2, "value"): "3",
        (3, "value"): "4",
    }


def test_a_heading_says_which_column_is_which_in_any_order_and_case():
    assert cells("Name\tDENOMINATOR\t numerator\nFalls seen\t50\t48\nLeaflets sent\t\t7") == {
        (0, "denominator"): "50",
        (0, "numerator"): "48",
        (1, "numerator"): "7",
    }


def test_a_column_of_names_says_which_row_is_which_wherever_it_stands():
    assert cells("People  HELPED\t5\nfalls seen\t£6") == {(2, "value"): "5", (0, "value"): "£6"}
    assert cells("Target\tName\tQ4\n9\tPeople helped\t5\n9\tFalls seen\t6") == {
        (2, "value"): "5",
        (0, "value"): "6",
    }


def test_numbers_of_rows_are_names_where_they_cannot_be_figures():
    assert cells("No.\tValue\n3\t5\n1\t6") == {(2, "value"): "5", (0, "value"): "6"}
    assert cells("1\t96\n2\t97\n3\t98") == {
        (0, "value"): "96",
        (1, "value"): "97",
        (2, "value"): "98",
    }
    # Out of order, or one line alone, they are as likely to be figures.
    assert cells("2\t3\n1\t4\n3\t5") == {}
    assert cells("1\t3") == {}


def test_a_number_that_numbers_no_row_does_not_hide_the_name_beside_it():
    assert cells("8\tFalls seen\t5\n9\tPeople helped\t6") == {(0, "value"): "5", (2, "value"): "6"}
    assert cells("\tFalls seen\t5\n\tPeople helped\t6") == {(0, "value"): "5", (2, "value"): "6"}


def test_headings_within_the_block_have_no_figures_and_are_passed_over():
    text = "Falls seen\t5\n2017/18 objectives\t\nMeasure\tQ4\nPeople helped\t6\nMeasure\tQ4"
    assert cells(f"Measure\tQ4\n{text}") == {(0, "value"): "5", (2, "value"): "6"}


def test_what_has_no_place_is_told_in_words():
    assert left_out("Falls seen\t1\nOther thing\t2\n\t3\nTotal\t6") == [
        "“Other thing” is not one of the rows here.",
        "Line 3 of what was pasted has no name.",
        "“Total” is left out: it is worked out.",
    ]
    assert left_out("Falls seen\t1\nfalls seen\t4\nLeaflets sent\tlots") == [
        "“lots” at “Leaflets sent” is no figure.",
        "“Falls seen” is there more than once, with 1 and 4: type the right one.",
    ]
    assert cells("Falls seen\t1\nfalls seen\t4") == {}


def test_rows_that_share_a_number_take_its_lines_in_order_or_none():
    rows = (Row(("First",), "3"), Row(("Second",), "3"), Row(("Third",), "4"))
    grid = Grid(rows, COLUMNS, (OWN_QUARTER,), default="value")
    assert cells("No.\tValue\n3\t5\n3\t6\n4\t7", grid) == {
        (0, "value"): "5",
        (1, "value"): "6",
        (2, "value"): "7",
    }
    assert cells("No.\tValue\n3\t5\n4\t7", grid) == {(2, "value"): "7"}
    assert left_out("No.\tValue\n3\t5\n4\t7", grid) == ["“3” may be any of 2 rows here."]


def test_a_name_like_that_of_a_row_is_asked_about_and_never_taken():
    assert cells("Falls\t5") == {}
    assert asked("Falls\t5") == ["line-1"]
    assert cells("Falls\t5", answers={"line-1": "0"}) == {(0, "value"): "5"}
    many = "\n".join(f"Falls seen {number}\t5" for number in range(50))
    assert len(asked(many)) == MOST_ASKED


def test_the_whole_of_a_measure_with_parts_has_its_own_row():
    rows = (*SPLIT.rows[:2], Row(("Falls",), "", WHOLE, 0))
    parts = (*PARTS, Part(WHOLE, "the whole", ("Total",)))
    grid = Grid(rows, COLUMNS, (OWN_QUARTER,), parts, default="value")
    assert cells("Measure\tSouth\tNorth\tTotal\nFalls\t1\t2\t3", grid) == {
        (0, "value"): "1",
        (1, "value"): "2",
        (2, "value"): "3",
    }
    assert cells("Measure\tSouth\tNorth\tTotal\nFalls\t1\t2\t3", SPLIT) == {
        (0, "value"): "1",
        (1, "value"): "2",
    }


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("Q4", OWN),
        ("Quarter 4 2017/18", OWN),
        ("4th quarter", OWN),
        ("Jan–Mar 2018", OWN),
        ("January to March", OWN),
        ("Q4 17/18", OWN),
        ("Q3", OTHER),
        ("Q4 2016-17", OTHER),
        ("Oct - Dec 2017", OTHER),
        ("Apr–Dec 2017", OTHER),
        ("Mar-17", OTHER),
        ("January 2018", OTHER),
        ("31/12/2017", OTHER),
        ("2016/17", OTHER),
        # The year's figure, or the quarter's?
        ("2017/18", PERHAPS),
        ("Q4 2018", PERHAPS),
        ("March 2018", PERHAPS),
        ("31 March 2018", PERHAPS),
    ],
)
def test_a_period_in_a_heading_is_the_return_s_own_or_another(text, fits):
    assert read_head(text).when.is_of(OWN_QUARTER) == fits


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("Apr-17", OWN),
        ("April", OWN),
        ("30/04/17", OWN),
        ("Month 1", OWN),
        ("P01", OWN),
        ("Apr 16", OTHER),
        ("May 2017", OTHER),
        ("M2", OTHER),
        ("2017/18", OTHER),
        ("Q1", OTHER),
    ],
)
def test_a_month_in_a_heading_is_the_return_s_own_or_another(text, fits):
    assert read_head(text).when.is_of(Period(2017, month=1)) == fits


@pytest.mark.parametrize(
    "text",
    [
        *("Target", "Target Q4", "Q4 target", "Plan", "Last quarter", "Previous", "Q3 actual"),
        *("RAG", "YTD", "Year to date", "Variance", "Change", "England", "Prior year", "Baseline"),
    ],
)
def test_a_target_and_an_earlier_figure_never_become_a_result(text):
    assert cells(f"Name\t{text}\nFalls seen\t5") == {}
    assert cells(f"Name\t{text}\tQ4\nFalls seen\t5\t6") == {(0, "value"): "6"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("King’s Mill “beds”", 'King\'s Mill "beds"'),
        ("Early Help & Prevention", "early help and prevention"),
        ("aged 18–64", "Aged 18-64"),
        ("Admis\u00adsions.", "Admissions"),
        ("80 per cent fed", "80% fed"),
        ("Utilisation", "Utilization"),
        ("1,000 people*", "1000  people"),
    ],
)
def test_a_name_is_the_same_however_it_is_printed(one, other):
    assert fold(one) == fold(other)


def test_names_that_are_cut_off_or_have_lost_letters_are_known():
    names = RowNames([["Support for carers at home"], ["Cost per brief in[…]"], ["Beds (nursing)"]])
    assert names.find("Support for carers…") == {0}
    assert names.find("2. Support for carers at home") == {0}
    assert names.find("Cost per brief intervention") == names.find("Cost per brief in[…]") == {1}
    assert names.find("Beds") == {2}
    assert names.find("Support") == names.find("") == frozenset()


written_cells = st.text("ab1 2,.£%-\"\t\n\r'é", max_size=6).map(str.strip)


@given(st.lists(st.lists(written_cells, min_size=2, max_size=4), min_size=1, max_size=5))
def test_a_block_as_excel_writes_it_comes_back(block):
    def written(cell):
        return f'"{cell.replace(chr(34), chr(34) * 2)}"' if set(cell) & set('"\t\n\r') else cell

    text = "".join("\t".join(map(written, line)) + "\r\n" for line in block)
    while block and not any(block[-1]):
        block = block[:-1]
    assert read_block(text) == block


pieces = st.sampled_from(
    [
        *("\t", "\t", "\n", "5", "7%", "Falls seen", "Falls", "South", "Q4", "Q3", "Target"),
        *("Value", "1", "2017", "£000", "No.", '"', "North", "Total", "-", "2017/18", "Beds"),
    ]
)


@given(st.lists(pieces, max_size=40), st.sampled_from([GRID, SPLIT]))
def test_every_cell_that_is_placed_has_a_box_and_is_a_figure(found, grid):
    reading = read(read_block("".join(found)), grid)
    boxes = [(cell.row, cell.key) for cell in reading.cells]
    assert len(boxes) == len(set(boxes))
    assert all(row < len(grid.rows) for row, _ in boxes)
    assert all(any(sign.isdigit() for sign in cell.text) for cell in reading.cells)


def tabs_then_lines(size):
    return "\t" * (size // 2) + "5\n" * (size // 2)


def many_columns(size):
    return "\t".join(["Name", *["5"] * (size - 1)]) + "\n"


def many_names(size):
    return "".join(f"Falls seen {number}\t5\n" for number in range(size // 2))


def many_heads(size):
    return "Value and more\tQ4\n" * (size // 2)


def open_quotes(size):
    return '"\t' * size


def many_remarks(size):
    lines = "".join(f"Falls seen\t5\tRemark {number}\n" for number in range(size // 3))
    return f"Name\tQ4\tComment\n{lines}"


def many_words(size):
    return "Falls seen\t" + "".join(f"North {number}\t" for number in range(size - 2)) + "5\n"


def words_in_each_column(size):
    line = "\t".join(["Falls seen", *["North"] * 28, "5"])
    return f"{line}\n" * (size // 30)


def pieces_of_names(size):
    return "Falls\n" * (size // 2) + "\t5\n" * (size // 4)


@pytest.mark.parametrize(
    "make",
    [
        *(tabs_then_lines, many_columns, many_names, many_heads, open_quotes, pieces_of_names),
        *(many_remarks, many_words, words_in_each_column),
    ],
)
def test_twice_the_cells_are_twice_the_work_up_to_the_largest_block(make):
    size = MOST_CELLS // 2 - 10
    assert is_linear(lambda number: read(read_block(make(number)), GRID), size)


def test_a_block_with_more_cells_is_refused_before_it_is_read():
    with pytest.raises(TooLarge, match="more than 20,000 cells"):
        read_block("\t" * 2_000_000)


def test_a_block_takes_no_more_memory_than_what_it_holds():
    text = tabs_then_lines(MOST_CELLS - 10)
    tracemalloc.start()
    try:
        read(read_block(text), GRID)
        assert tracemalloc.get_traced_memory()[1] < 30 * 1024 * 1024
    finally:
        tracemalloc.stop()
