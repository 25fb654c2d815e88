"""Working days in England, the days on which reminders go, and due dates in words."""

from datetime import date, timedelta

import pytest

from bcfportal.lib.working_days import (
    is_working_day,
    working_day_on_or_before,
    working_days_between,
)
from returns.board import due_in_words
from returns.reminders import is_reminder_day

DUE = date(2018, 4, 20)  # a Friday
TODAY = date(2018, 4, 18)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2017, 12, 22), True),
        (date(2017, 12, 23), False),  # Saturday
        (date(2017, 12, 24), False),  # Sunday
        (date(2017, 12, 25), False),
        (date(2017, 12, 26), False),
        (date(2017, 12, 27), True),
        (date(2018, 1, 1), False),
        (date(2018, 1, 2), True),  # a holiday in Scotland only
        (date(2018, 3, 30), False),  # Good Friday
        (date(2018, 4, 2), False),  # Easter Monday
        (date(2018, 4, 3), True),
        (date(2018, 5, 7), False),
        (date(2020, 5, 4), True),  # moved to Friday 8 May that year
        (date(2020, 5, 8), False),
        (date(2021, 12, 27), False),  # in place of a Saturday
        (date(2021, 12, 28), False),
        (date(2022, 9, 19), False),  # a single one
    ],
)
def test_england_works_on_weekdays_that_are_no_bank_holidays(day, works):
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2018, 2, 5), date(2018, 2, 5), 0),
        (date(2018, 2, 5), date(2018, 2, 6), 1),
        (date(2018, 2, 2), date(2018, 2, 5), 1),  # over a weekend
        (date(2018, 2, 3), date(2018, 2, 4), 0),  # within one
        (date(2017, 12, 22), date(2017, 12, 27), 1),  # over Christmas
        (date(2018, 3, 29), date(2018, 4, 3), 1),  # over Easter
        (date(2018, 2, 6), date(2018, 2, 5), -1),
    ],
)
def test_working_days_are_counted_after_the_start_up_to_the_end(start, end, days):
    assert working_days_between(start, end) == days


def test_the_last_working_day_before_a_holiday_is_found():
    assert working_day_on_or_before(date(2018, 4, 2)) == date(2018, 3, 29)
    assert working_day_on_or_before(date(2017, 12, 26)) == date(2017, 12, 22)
    assert working_day_on_or_before(date(2018, 2, 5)) == date(2018, 2, 5)


@pytest.mark.parametrize(
    ("today", "goes"),
    [
        (date(2018, 4, 12), False),  # six working days before
        (date(2018, 4, 13), True),  # five, over a weekend
        (date(2018, 4, 14), False),  # Saturday
        (date(2018, 4, 16), False),
        (date(2018, 4, 18), False),
        (date(2018, 4, 19), True),  # one
        (date(2018, 4, 20), True),  # the day itself
        (date(2018, 4, 21), False),  # Saturday
        (date(2018, 4, 23), False),  # one working day late
        (date(2018, 4, 24), True),  # two
        (date(2018, 4, 25), False),
        (date(2018, 4, 26), True),  # four
        (date(2018, 5, 7), False),  # a bank holiday
        (date(2018, 5, 9), True),  # twelve: the bank holiday does not count
    ],
)
def test_the_days_on_which_reminders_go(today, goes):
    assert is_reminder_day(DUE, today) is goes


@pytest.mark.parametrize(
    ("due", "days"),
    [
        # Due on Boxing Day: the last working day before is Friday 22 December.
        (
            date(2017, 12, 26),
            [date(2017, 12, 15), date(2017, 12, 21), date(2017, 12, 22), date(2017, 12, 28)],
        ),
        # Due on Good Friday: Maundy Thursday stands for it, and Easter Monday is no day either.
        (
            date(2018, 3, 30),
            [date(2018, 3, 22), date(2018, 3, 28), date(2018, 3, 29), date(2018, 4, 4)],
        ),
    ],
)
def test_a_due_date_on_a_bank_holiday_is_reminded_of_while_there_is_time(due, days):
    around = [due + timedelta(days=number) for number in range(-12, 6)]
    assert [day for day in around if is_reminder_day(due, day)] == days


def test_without_a_due_date_there_are_no_reminders():
    assert not is_reminder_day(None, DUE)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2018, 4, 22), "in 4 days"),
        (date(2018, 4, 19), "in 1 day"),
        (date(2018, 4, 18), "today"),
        (date(2018, 4, 17), "1 day late"),
        (date(2018, 4, 16), "2 days late"),
        (None, "no date set"),
    ],
)
def test_due_is_said_in_words(due, words):
    assert due_in_words(due, TODAY) == words
