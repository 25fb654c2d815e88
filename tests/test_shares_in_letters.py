"""Shares that are written in letters, and words that look like them and are none."""

import pytest

from bcfportal.lib.text.shares_in_letters import shares_in_letters


@pytest.mark.parametrize(
    ("text", "written", "share"),
    [
        ("Half of the calls came at night.", "Half", 50),
        ("More than a third of the homes are full.", "a third", 33),
        ("Two-thirds (20) of the 30 beds are let.", "Two-thirds", 67),
        ("Three quarters of those asked agreed.", "Three quarters", 75),
        ("One in five people fell again.", "One in five", 20),
        ("About 1 in 4 did.", "1 in 4", 25),
    ],
)
def test_a_share_in_letters_is_read_in_per_cent(text, written, share):
    (found,) = shares_in_letters(text)
    assert (found.written, round(found.number)) == (written, share)
    assert text[found.start : found.end] == written


@pytest.mark.parametrize(
    "text",
    [
        "In the first half of the year.",
        "It takes half an hour, or half a day.",
        "In the third quarter, and a quarter later.",
        "12 in 2018 and 5 in 5 homes.",
        "The third of May.",
    ],
)
def test_other_words_are_no_shares(text):
    assert shares_in_letters(text) == []
