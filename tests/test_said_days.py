"""Days as vague as they were said; the examples are in docs/rules/promises.md."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from bcfportal.lib.text.said_days import NO_DAY, SaidDay, read_said_day
from bcfportal.lib.text.typed_dates import MONTHS

PROSE = (settings.BASE_DIR / "docs" / "rules" / "promises.md").read_text()


def rows(heading):
    """The rows of the table under a heading, without its head."""
    section = PROSE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    found = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in row) for row in found[2:]]


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("said", "on", "first", "last"), rows("Days that are read"))
def test_a_day_is_as_vague_as_it_was_said(said, on, first, last):
    wanted = SaidDay(day(first), day(last)) if last else None
    assert read_said_day(said, day(on)) == wanted


@pytest.mark.parametrize(("said", "on"), rows("Days that are asked about"))
def test_what_cannot_be_read_is_asked_about(said, on):
    with pytest.raises(ValueError, match=r"Which|Enter"):
        read_said_day(said, day(on))


def test_all_words_that_name_no_day_are_listed_where_people_read_of_them():
    listed = PROSE.partition("No day at all are: ")[2].partition(".")[0]
    assert {word.strip().casefold() for word in listed.replace("\n", " ").split(",")} == NO_DAY


@given(st.text(max_size=80))
def test_whatever_is_typed_is_read_or_asked_about(text):
    try:
        said = read_said_day(text, date(2018, 2, 5))
    except ValueError:
        return
    assert said is None or said.first <= said.last


@given(
    st.sampled_from(sorted(MONTHS)),
    st.dates(date(2001, 1, 1), date(2098, 12, 31)),
)
def test_a_month_without_a_year_is_the_first_that_is_not_over(month, on):
    said = read_said_day(month, on)
    assert said.last >= on
    assert said.first - on < timedelta(366)
    assert (said.last + timedelta(1)).day == 1
