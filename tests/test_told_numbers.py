"""Which numbers in a text tell a figure that is held back, and which are plainly something else."""

import re
from decimal import Decimal

import pytest

from bcfportal.lib.text import told_numbers
from bcfportal.lib.text.told_numbers import (
    ToldNumber,
    small_numbers_beside,
    tellings,
    without_numbers,
)

PEOPLE = "People who began a course people"
SHARE = "People at home 91 days later % People at home People discharged"
LATE = "Average delay days"
MONEY = "Saved on bills £"


def hidden(text, number, measure=PEOPLE):
    return without_numbers(text, [ToldNumber(Decimal(number), measure)])


# What tells the figure stands between < and >.
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("<3> people came home.", 3),
        ("<Three> came home, after 755.", 3),
        ("It was <3>.", 3),
        ("It was <15,4>.", "15.4"),
        ("It was <nought>.", 0),
        ("Only <one> came back.", 1),
        ("<One> of them came back.", 1),
        ("<One> of the residents came back.", 1),
        ("<One> of the older residents came back.", 1),
        ("No more than <3> of those who left came back.", 3),
        ("<3> of the patients died, of 13.", 3),
        ("The figure <3> is low.", 3),
        ("Quarter 3: <3> in all.", 3),
        ("In Quarter 2 and <3> people.", 3),
        ("Last quarter <3> came home.", 3),
        ("Each month <3> came home.", 3),
        ("On the ward <3> fell ill.", 3),
        ("On the wards <3> fell ill.", 3),
        ("In a busy week <3> came home, with a long-term condition <3>.", 3),
        ("<3> may have come home twice.", 3),
        ("<3> march on.", 3),
        ("<3> a week, <3> per month.", 3),
        ("<5> hospital patients, <5> ward residents.", 5),
        ("<5> team members.", 5),
        ("<5> of our teams' patients.", 5),
        ("<5> hospital beds.", 5),
        ("<3>/400 came home; <3> out of 400.", 3),
        ("<one> ward patient.", 1),
        ("<1> hospital stay.", 1),
        ("<1,472> people; <1472> in all.", 1472),
        ("<15.4> of them.", "15.4"),
    ],
)
def test_a_number_that_tells_the_figure_is_hidden(text, number):
    plain = re.sub("[<>]", "", text)
    assert hidden(plain, number) == re.sub("<[^>]*>", "[held back]", text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        # Dates, years and times.
        ("On 3 November 2026, from 3 to 5 May, on 03/11/2026 and 3/11/26.", 3),
        ("From 3 to 5 May.", 3),
        ("Since 2026, in November 2026 and 2026/27.", 2026),
        ("At 10:30.", 10),
        # Numbered things.
        ("See Table 3, on page 3, in section 3. See Figure 3.", 3),
        ("In Quarter 3, in week 3 and month 3.", 3),
        ("In Quarters 3 and 4; weeks 3 to 5.", 3),
        ("Objective 3 and priority 3.", 3),
        ("Ward 3 was closed.", 3),
        # What the measure does not count.
        ("3 localities, three of the localities, 3 of our teams.", 3),
        ("2 weeks, two more weeks, a 2-week break, two full months.", 2),
        ("Within 5 working days, for 5 years and five hours.", 5),
        ("It cost £3, or 3% and 3 per cent of it.", 3),
        # "One" that counts nothing.
        ("One of the instructors was ill; one of our vans too.", 1),
        ("No one knew; they helped one another, one by one, one-to-one.", 1),
        ("It lasted one week. In one locality, and one day later.", 1),
        # Other numbers.
        ("13 people, 30 of them, 3.5 hours, 3,100 and 1,003.", 3),
        ("Aged 65 to 74.", 65),
    ],
)
def test_a_number_that_is_plainly_something_else_stays(text, number):
    assert hidden(text, number) == text


@pytest.mark.parametrize(
    ("measure", "text", "number", "kept"),
    [
        (LATE, "A delay of 5 days.", 5, "A delay of [held back] days."),
        (LATE, "A 5-day delay, over 5 weeks.", 5, "A [held back]-day delay, over 5 weeks."),
        (SHARE, "It was 5%, or 5 per cent.", 5, "It was [held back]%, or [held back] per cent."),
        (SHARE, "Within 5 weeks.", 5, "Within 5 weeks."),
        (MONEY, "It was £5 in 5 wards.", 5, "It was £[held back] in 5 wards."),
        ("Teams that report teams", "5 teams in 5 wards", 5, "[held back] teams in 5 wards"),
        ("Care homes with a plan homes", "One of the homes.", 1, "[held back] of the homes."),
        ("", "5 in all, in 5 weeks.", 5, "[held back] in all, in 5 weeks."),
    ],
)
def test_what_the_measure_counts_is_never_something_else(measure, text, number, kept):
    assert hidden(text, number, measure) == kept


def test_several_numbers_are_each_taken_with_their_own_measure():
    numbers = [ToldNumber(Decimal(5), PEOPLE), ToldNumber(Decimal(7), LATE)]
    text = "5 people waited 7 days, in 5 weeks and 7 localities."
    assert without_numbers(text, numbers) == (
        "[held back] people waited [held back] days, in 5 weeks and 7 localities."
    )


def test_a_text_is_read_once_for_each_small_number_however_many_sentences_name_the_measure(
    monkeypatch,
):
    read = []

    def counted(text, told):
        read.append(len(text))
        return tellings(text, told)

    monkeypatch.setattr(told_numbers, "tellings", counted)
    text = "Only 3 people were bridged. " * 500
    assert len(small_numbers_beside(text, "People bridged")) == 500
    assert read == [len(text)] * 9
