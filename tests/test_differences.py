"""Two texts beside each other: what changed can be read, and no text takes more than its share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcfportal.lib.text.differences import MOST_STEPS, word_changes
from tests.steps import steps_of

PROSE = "The service has helped {} people at home. Reviews are due in {}.\n"


def before(pieces):
    return "".join(words for kind, words in pieces if kind in ("same", "out"))


def after(pieces):
    return "".join(words for kind, words in pieces if kind in ("same", "in"))


def test_equal_texts_are_one_piece():
    assert word_changes("As before.\nQuite so.", "As before.\nQuite so.") == [
        ("same", "As before.\nQuite so.")
    ]
    assert word_changes("", "") == []
    assert word_changes("", "New") == [("in", "New")]
    assert word_changes("Old", "") == [("out", "Old")]


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        (
            "581 people were seen in this quarter",
            "75 people were seen in this quarter",
            [
                ("out", "581"),
                ("gap", " → "),
                ("in", "75"),
                ("same", " people were seen in this quarter"),
            ],
        ),
        ("581", "75", [("out", "581"), ("gap", " → "), ("in", "75")]),
        ("19.3%", "19.5%", [("out", "19.3%"), ("gap", " → "), ("in", "19.5%")]),
        ("£1,740", "£1,741", [("out", "£1,740"), ("gap", " → "), ("in", "£1,741")]),
        ("Green", "Amber", [("out", "Green"), ("gap", " "), ("in", "Amber")]),
    ],
)
def test_figures_are_compared_as_whole_figures_and_stand_apart(old, new, pieces):
    assert word_changes(old, new) == pieces


def test_one_changed_word_is_marked_among_those_that_stay():
    assert word_changes("Staff are being recruited now.", "Staff were being recruited now.") == [
        ("same", "Staff "),
        ("out", "are"),
        ("gap", " "),
        ("in", "were"),
        ("same", " being recruited now."),
    ]


def test_two_different_texts_are_shown_whole_old_and_new_with_their_lines():
    old = "The pilot is in the planning stage and will begin in early 2018.\nTwo nurses are sought."
    new = "Ten homes now trust the assessment.\nOf the patients most went home in a day, by bus."
    assert word_changes(old, new) == [("out", old), ("in", new)]


def test_a_paragraph_that_was_written_anew_is_whole_among_those_that_stay():
    kept = "".join(PROSE.format(number, number + 1) for number in range(5))
    old, new = "It is likely to be late, for staff left.\n", "All beds opened on time in May.\n"
    pieces = word_changes(f"{kept}{old}{kept}", f"{kept}{new}{kept}")
    assert ("out", old) in pieces
    assert ("in", new) in pieces
    assert [kind for kind, _ in pieces if kind != "gap"] == ["same", "out", "in", "same"]


words = st.sampled_from([*"abcd", "581", "75", " ", " ", "\n", ". ", "£5", "5%"])
texts = st.lists(words, max_size=60).map("".join)


@given(texts, texts)
def test_both_texts_can_be_read_from_the_pieces(old, new):
    pieces = word_changes(old, new)
    assert (before(pieces), after(pieces)) == (old, new)
    assert any(kind in ("out", "in") for kind, _ in pieces) == (old != new)


def repeated(size):
    return "0 " * size, "0 " * (size - size // 5) + "1 " * (size // 5)


def shuffled(size):
    one = [f"w{number % 97}" for number in range(size)]
    return " ".join(one), " ".join(sorted(one))


def a_fifth_changed(size):
    lines = [PROSE.format(number, number) for number in range(size // 12)]
    changed = [line.replace("home", "work") if at % 5 else line for at, line in enumerate(lines)]
    return "".join(lines), "".join(changed)


def two_letters(size):
    return "ab " * size, "ba " * size


def no_sentence_ends(size):
    return "a b " * (size // 2), "b a a " * (size // 3)


@pytest.mark.parametrize(
    "make", [repeated, shuffled, a_fifth_changed, two_letters, no_sentence_ends]
)
def test_no_pair_of_texts_takes_more_steps_than_the_budget_and_a_pass_over_them(make):
    # 100,000 letters a box are kept.
    for size in (2_000, 4_000, 16_000, 32_000):
        old, new = make(size)
        steps = steps_of(lambda old=old, new=new: word_changes(old[:100_000], new[:100_000]))
        assert steps <= 12 * MOST_STEPS + 40 * size, size
