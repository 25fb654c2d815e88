"""Blocks copied from a spreadsheet, and the places of their cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcfportal.lib.pasting import fit_block, read_block

COLUMNS = ["Value", "Numerator", "Denominator"]
ROWS = [("1", "Falls seen"), ("2", "Leaflets sent"), ("3", "People helped")]


def fit(text, rows=ROWS, columns=COLUMNS):
    return fit_block(read_block(text), rows, columns)


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


def test_no_names_go_by_position_from_the_top_left():
    fitted = fit("96\t48\t50\r\n\t7\r\n12%")
    assert fitted.cells == {
        (0, 0): "96",
        (0, 1): "48",
        (0, 2): "50",
        (1, 1): "7",
        (2, 0): "12%",
    }
    assert fitted.unplaced == []


def test_a_heading_says_which_column_is_which_in_any_order_and_case():
    fitted = fit("DENOMINATOR\t numerator\n50\t48\n\t7")
    assert fitted.cells == {(0, 2): "50", (0, 1): "48", (1, 1): "7"}


def test_a_first_column_of_names_says_which_row_is_which():
    fitted = fit("People  HELPED\t5\nfalls seen\t£6")
    assert fitted.cells == {(2, 0): "5", (0, 0): "£6"}


def test_numbers_and_names_before_the_figures_with_a_heading():
    fitted = fit("No.\tMeasure\tTarget\tValue\n2\tLeaflets sent\t90\t5\n1\tFalls seen\t80\t6")
    assert fitted.cells == {(1, 0): "5", (0, 0): "6"}
    assert fitted.unplaced == ["There is no column “Target” here."]


def test_numbers_of_rows_are_names_where_they_cannot_be_figures():
    assert fit("No.\tValue\n3\t5\n1\t6").cells == {(2, 0): "5", (0, 0): "6"}
    assert fit("1\t96\t48\t50\n3\t7\t8\t9").cells[2, 0] == "7"
    assert fit("1\t96\n2\t97\n3\t98").cells == {(0, 0): "96", (1, 0): "97", (2, 0): "98"}
    # Out of order, or one line alone, they are as likely to be figures.
    assert fit("2\t3\n1\t4").cells == {(0, 0): "2", (0, 1): "3", (1, 0): "1", (1, 1): "4"}
    assert fit("1\t3").cells == {(0, 0): "1", (0, 1): "3"}


def test_a_column_for_numbers_that_were_not_printed_is_passed_over():
    assert fit("\tFalls seen\t5\n\tPeople helped\t6").cells == {(0, 0): "5", (2, 0): "6"}


def test_a_number_that_numbers_no_row_does_not_hide_the_name_beside_it():
    assert fit("8\tFalls seen\t5\n9\tPeople helped\t6").cells == {(0, 0): "5", (2, 0): "6"}


def test_blank_cells_are_left_out():
    assert fit("Falls seen\t\nLeaflets sent\t 5").cells == {(1, 0): "5"}


def test_headings_within_the_block_have_no_figures_and_are_passed_over():
    fitted = fit("Falls seen\t5\n2017/18 objectives\t\nPeople helped\t6")
    assert fitted.cells == {(0, 0): "5", (2, 0): "6"}
    assert fitted.unplaced == []


def test_what_has_no_place_is_told_in_words():
    assert fit("7\t2\t3\t4").unplaced == [
        "Column 4 of what was pasted is beyond the last column here."
    ]
    assert fit("1\n2\n3\n4\n5").unplaced == ["2 lines are beyond the last row here."]
    assert fit("Falls seen\t1\nOther thing\t2\n\t3").unplaced == [
        "“Other thing” is none of the rows here.",
        "Line 3 of what was pasted has no name.",
    ]
    assert fit("Falls seen\t1\nfalls seen\t4").unplaced == [
        "“falls seen” is there twice: the first was taken."
    ]
    assert fit("Value\tvalue\t\n1\t2\t3").unplaced == [
        "The column “value” is there twice: the first was taken.",
        "Column 3 of what was pasted has no heading.",
    ]


def test_words_before_the_figures_that_name_no_row_never_land_in_boxes():
    fitted = fit("Something else\t5\nAnother thing\t6")
    assert fitted.cells == {}
    assert fitted.unplaced == [
        "“Something else” is none of the rows here.",
        "“Another thing” is none of the rows here.",
    ]


def test_rows_that_share_a_name_take_its_lines_in_order_or_none():
    rows = [("3", "First"), ("3", "Second"), ("4", "Third")]
    assert fit("No.\tValue\n3\t5\n3\t6\n4\t7", rows).cells == {
        (0, 0): "5",
        (1, 0): "6",
        (2, 0): "7",
    }
    unclear = fit("No.\tValue\n3\t5\n4\t7", rows)
    assert unclear.cells == {(2, 0): "7"}
    assert unclear.unplaced == ["“3” may be any of 2 rows here."]
    assert fit("3\tSecond\t6\n3\tFirst\t5", rows).cells == {(1, 0): "6", (0, 0): "5"}


cells = st.text("ab1 2,.£%-\"\t\n\r'é", max_size=6).map(str.strip)


@given(st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=5))
def test_a_block_as_excel_writes_it_comes_back(block):
    def written(cell):
        return f'"{cell.replace(chr(34), chr(34) * 2)}"' if set(cell) & set('"\t\n\r') else cell

    text = "".join("\t".join(map(written, line)) + "\r\n" for line in block)
    while block and not any(block[-1]):
        block = block[:-1]
    assert read_block(text) == block


@given(st.text('12ab\t\n\r" ValueFalls seen', max_size=60))
def test_every_cell_that_is_placed_lies_in_the_grid_and_says_something(text):
    fitted = fit(text)
    assert all(0 <= row < 3 and 0 <= column < 3 for row, column in fitted.cells)
    assert all(fitted.cells.values())
