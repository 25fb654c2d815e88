"""The rows of a grid: what is typed in their boxes stays, right or wrong."""

from decimal import Decimal

from bcfportal.lib.forms import NumberField, text_box
from typed.boxes import RowForm

FIELDS = {
    "spend": NumberField(label="Spend", unit="£", required=False),
    "why": text_box("Why", longest=10),
}


def test_a_wrong_box_keeps_its_text_and_the_others_are_read():
    row = RowForm({"a-spend": " lots ", "a-why": "Late start"}, "a", FIELDS)
    spend, why = row.boxes().values()
    assert (spend.field, spend.text, spend.value) == ("a-spend", "lots", None)
    assert spend.error.startswith("Spend: Enter a number of pounds")
    assert spend.is_wrong
    assert (why.text, why.value, why.error) == ("Late start", "Late start", "")


def test_a_row_reads_the_boxes_of_its_own_key_alone():
    typed = {"a-spend": "1", "ab-spend": "2", "spend": "3"}
    assert RowForm(typed, "ab", FIELDS).box("spend").value == Decimal(2)
    assert RowForm(typed, "c", FIELDS).is_empty


def test_an_answer_counts_for_the_value_that_it_was_given_of():
    typed = {"a-spend": "9000", "a-spend-right": "yes: 9000"}
    box = RowForm(typed, "a", FIELDS).box("spend").asking("It is ten times last time's.", typed)
    assert box.asks
    assert not box.asks_if_right
    changed = RowForm(typed | {"a-spend": "9001"}, "a", FIELDS).box("spend").asking("Far.", typed)
    assert changed.asks_if_right
