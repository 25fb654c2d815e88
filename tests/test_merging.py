"""Two people in one set of boxes: nothing that either typed is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typed.merging import Clash, Conflict, fingerprint, merge, read_was, write_was

WAS = {"a": "1", "b": "2", "c": ""}


def merged(mine, theirs, was=WAS):
    return merge(read_was(write_was(was)), mine, theirs)


def test_boxes_that_one_side_changed_are_as_that_side_has_them():
    found = merged({"a": "mine", "b": "2", "c": ""}, {"a": "1", "b": "theirs", "c": "new"})
    assert found.boxes == {"a": "mine", "b": "theirs", "c": "new"}
    assert found.clashes == []


def test_a_box_that_both_changed_keeps_theirs_and_says_both():
    found = merged({"a": "mine", "b": "mine too"}, {"a": "theirs", "b": "2"})
    assert found.boxes == {"a": "theirs", "b": "mine too"}
    assert found.clashes == [Clash("a", "mine", "theirs")]


def test_the_same_text_typed_twice_is_no_clash_and_line_ends_and_blanks_are_none():
    assert merged({"a": "x\r\ny "}, {"a": "x\ny"}).clashes == []


def test_a_box_emptied_by_one_and_changed_by_the_other_is_a_clash():
    assert merged({"a": ""}, {"a": "theirs"}).clashes == [Clash("a", "", "theirs")]


def test_what_a_page_did_not_send_stays_as_it_is_kept():
    assert merged({"a": "mine"}, {"a": "1", "z": "kept"}).boxes == {"a": "mine", "z": "kept"}


def test_without_what_was_shown_every_difference_is_a_clash():
    found = merge(None, {"a": "mine", "b": "2"}, {"a": "1", "b": "2"})
    assert [clash.field for clash in found.clashes] == ["a"]


@pytest.mark.parametrize("text", [None, "x" * 400_001])
def test_no_fingerprints_or_far_too_many_are_none(text):
    assert read_was(text) is None


def test_what_is_not_written_as_fingerprints_does_no_harm():
    assert read_was("\nname\nname sign extra") == {"name sign": "extra"}


texts = st.sampled_from(["", "1", "2", "3"])
boxes = st.fixed_dictionaries({"a": texts, "b": texts, "c": texts})


@given(boxes, boxes, boxes)
def test_no_text_of_either_is_lost_whatever_they_typed(was, mine, theirs):
    found = merged(mine, theirs, was)
    clashing = {clash.field: clash for clash in found.clashes}
    for name in was:
        if mine[name] != was[name]:
            assert found.boxes[name] == mine[name] or clashing[name].mine == mine[name]
        if theirs[name] != was[name]:
            assert found.boxes[name] == theirs[name]


def test_a_page_of_six_hundred_boxes_carries_little():
    shown = {f"m{row}-value": "19.3" for row in range(600)}
    assert len(write_was(shown)) < 600 * 24
    assert fingerprint("") == ""


def test_a_text_of_the_page_itself_that_may_have_arrived_is_nobody_elses():
    was = read_was(write_was({"a": "before"}), '{"a": "typed", "b": 7}')
    undone = merge(was, {"a": "before"}, {"a": "typed"})
    assert (undone.boxes, undone.clashes) == ({"a": "before"}, [])
    more = merge(was, {"a": "typed and more"}, {"a": "typed"})
    assert (more.boxes, more.clashes) == ({"a": "typed and more"}, [])
    theirs = merge(was, {"a": "before"}, {"a": "theirs"})
    assert (theirs.boxes, theirs.clashes) == ({"a": "theirs"}, [])
    assert merge(was, {"a": "mine"}, {"a": "theirs"}).clashes == [Clash("a", "mine", "theirs")]


@pytest.mark.parametrize("text", ["", "[]", "{", "7", "[" * 100_000, '{"a": {}}'])
def test_what_is_no_list_of_texts_underway_is_none(text):
    assert read_was("", text).underway == {}


def test_a_box_that_was_not_there_before_is_as_it_is_typed():
    assert merged({"new": "mine"}, {"a": "1"}).boxes == {"a": "1", "new": "mine"}


def test_fingerprints_of_just_so_many_characters_are_read():
    assert read_was("x" * 400_000) == {}


def test_a_fingerprint_is_short_and_any_text_has_one():
    assert len(fingerprint("a text")) == len(fingerprint("\ud800")) == 10


def test_a_conflict_says_what_is_kept_and_who_kept_it():
    clashes = [Clash("a", "mine", "theirs")]
    conflict = Conflict("section", clashes, "person", "moment")
    assert (conflict.section, conflict.clashes) == ("section", clashes)
    assert (conflict.by, conflict.at) == ("person", "moment")
    assert str(conflict) == "The section was saved by somebody else in the meantime."
