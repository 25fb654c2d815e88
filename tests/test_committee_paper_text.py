"""What is typed below a heading of a paper, read as paragraphs; see docs/rules/papers.md."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.papers.text import Block, next_number, pieces, read_blocks, rows_of, write_blocks

SAID = [
    (
        "The first.\n\nThe second.",
        [("numbered", "", "The first."), ("numbered", "", "The second.")],
    ),
    ("12. Kept.", [("numbered", "12", "Kept.")]),
    ("12)\tFrom Word.", [("numbered", "12", "From Word.")]),
    ("2.3 Kept too.", [("numbered", "2.3", "Kept too.")]),
    ("2.3 million pounds", [("numbered", "", "2.3 million pounds")]),
    ("31 carers waited.", [("numbered", "", "31 carers waited.")]),
    ("2018. In that year", [("numbered", "", "2018. In that year")]),
    ("- one\n• two", [("bullet", "", "one"), ("bullet", "", "two")]),
    ("# Costs", [("subhead", "", "Costs")]),
    ("> Not numbered", [("line", "", "Not numbered")]),
    ("-", [("numbered", "", "-")]),
    ("A | B\n1 | 2", [("table", "", "A | B\n1 | 2")]),
    ("A\tB\n1\t2\n\nAfter.", [("table", "", "A | B\n1 | 2\n"[:-1]), ("numbered", "", "After.")]),
    ("1.\tFalls\t40", [("table", "", "1. | Falls | 40")]),
    ("   ", []),
]


@pytest.mark.parametrize(("typed", "wanted"), SAID)
def test_a_line_is_a_paragraph_of_the_kind_that_it_begins_with(typed, wanted):
    assert [(block.kind, block.number, block.text) for block in read_blocks(typed)] == wanted


def test_below_a_list_nothing_is_numbered():
    (block,) = read_blocks("12. Kept as it is", numbered=False)
    assert block == Block("line", "12. Kept as it is")


@given(st.lists(st.sampled_from([line for typed, _ in SAID for line in typed.split("\n")])))
def test_what_is_written_back_reads_as_the_same(lines):
    blocks = list(read_blocks("\n".join(lines)))
    assert list(read_blocks(write_blocks(blocks))) == blocks


@pytest.mark.parametrize(
    ("before", "after"), [("", "1"), ("12", "13"), ("2.3", "2.4"), ("9", "10"), ("2.9", "2.10")]
)
def test_the_next_number_is_one_further(before, after):
    assert next_number(before) == after


def test_all_rows_of_a_table_have_as_many_cells():
    assert rows_of("A | B | C\n1 | 2") == [["A", "B", "C"], ["1", "2", ""]]


def test_a_figure_in_a_text_is_told_from_its_words():
    assert pieces("It was [figure 2], not [figure x].") == [
        ("It was ", None),
        ("", 2),
        (", not [figure x].", None),
    ]
