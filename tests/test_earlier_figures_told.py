"""What in a text gives a figure as it was, and what says something else."""

from decimal import Decimal

import pytest

from bcfportal.lib.text.earlier_figures import Figure, Figures, told_as_they_were

SEEN, ON_TIME, DAYS, SPENT, FORECAST = range(5)


def figures(seen, on_time, days, spent, forecast):
    """Carers seen, the share that was on time of 16, days waited, and the money."""
    share = Decimal(on_time) / 16 * 100
    return Figures(
        [
            Figure("Seen", "Carers seen", Decimal(seen), beside=(Decimal(997), Decimal(900))),
            Figure(
                "On time",
                "Plans on time",
                round(share, 1),
                is_share=True,
                has_decimals=True,
                part=Decimal(on_time),
                whole=Decimal(16),
                beside=(Decimal("87.5"), Decimal(90)),
            ),
            Figure(
                "Days", "Days waited", Decimal(days), has_decimals=True, beside=(Decimal("3.1"),)
            ),
            Figure("Spent to date", "Spent", Decimal(spent), is_pounds=True),
            Figure("The forecast", "Forecast", Decimal(forecast), is_pounds=True),
        ],
        frozenset({Decimal(140_000)}),
    )


WAS = figures(953, 15, "2.0", 102_289, 136_385)
NOW = figures(935, 12, "2.6", 96_000, 128_000)

TOLD = {
    # The figure itself, in figures and in words.
    "We saw 953 carers.": "953",
    "Nine hundred and fifty-three carers came.": "Nine hundred and fifty-three",
    "It was nine hundred fifty three.": "nine hundred fifty three",
    "It took 2.0 days.": "2.0",
    "Carers (953) came": "953",
    # Amounts.
    "Spend was £102,289 to date.": "£102,289",
    "The forecast is £136,385": "£136,385",
    "The forecast is 136385.": "136385",
    "We spent £102k.": "£102k",
    "We spent £0.1023m": "£0.1023m",
    "We spent £102 thousand": "£102 thousand",
    "We forecast £0.14 million": None,
    "One hundred and two thousand two hundred and eighty-nine pounds": (
        "One hundred and two thousand two hundred and eighty-nine"
    ),
    "We forecast 136.4k.": "136.4k",
    # Parts of wholes.
    "15 of 16 plans were on time": "15 of 16",
    "15 out of 16": "15 out of 16",
    "Fifteen of the sixteen plans": "Fifteen of the sixteen",
    "15/16 plans": "15/16",
    # Per cents, rounded.
    "93.8% were on time": "93.8%",
    "93.75% were": "93.75%",
    "94% were": "94%",
    "Nearly 94 per cent": "94 per cent",
    "Ninety-four per cent": "Ninety-four per cent",
    "94 percent of plans": "94 percent",
    # What follows: last time 997 and 87.5%, targets 900 and 90%.
    "The number fell by 44.": "44",
    "44 fewer carers": "44",
    "4.4% fewer carers": "4.4%",
    "53 more than the target": "53",
    "Down 44 on last quarter": "44",
    "a reduction of 44": "44",
    "The count fell by forty-four": "forty-four",
    "6.3 percentage points higher": "6.3",
    "Up 6.3% on last time": "6.3%",
    "4 per cent fewer carers were seen": "4 per cent",
    "a fall of about 44": "44",
    "53 above target": "53",
}


@pytest.mark.parametrize("text", TOLD)
def test_what_a_figure_was_is_found_in_words(text):
    told = [found.written for found in told_as_they_were(text, WAS, NOW)]
    assert told == ([TOLD[text]] if TOLD[text] else [])


NOT_TOLD = [
    # The figures that are now, and what follows from them.
    *["We saw 935 carers.", "12 of 16", "75% were on time", "£96,000", "£96k", "£128,000"],
    *["The number fell by 62.", "35 more than the target", "6.2% fewer carers", "2.6 days"],
    # Last time, the target, the allocation.
    *["It was 997 last quarter", "The target is 900", "87.5% last time", "The target is 90%"],
    *["£140,000 is allocated", "allocated £140k", "£0.14m"],
    # Something else.
    *[
        "on 15 June 2018",
        "In week 15",
        "15 new staff",
        "16 sites",
        "Ward 94",
        "94 people",
        "2 staff",
    ],
    *["£953", "£94", "953%", "aged 94", "44 staff", "4.4%", "There are 53 teams", "1,953 carers"],
    *[
        "rose by 44",
        "44 more carers",
        "44% fewer",
        "fell by 45",
        "Over 90%",
        "95%",
        "93%",
        "9 of 16",
    ],
    *["15 of 20 sites", "14 of 16", "£103k", "£102,290", "£1.02m", "102 visits", "136 calls"],
    *["Quarter 2 of 2018", "3 of 16", "nine carers", "two", "a hundred"],
    *["953.5", "9.53", "fifteen new staff", "£2.0m", "up to 44 places", "Down Street 12"],
]


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_is_now_or_says_something_else_is_not(text):
    assert told_as_they_were(text, WAS, NOW) == []


def test_a_figure_that_did_not_change_is_none():
    for text in TOLD:
        assert told_as_they_were(text, WAS, WAS) == []


def test_several_are_found_in_order():
    text = "953 carers, 44 fewer; 15 of 16 (94%) on time; £102k spent."
    told = [found.written for found in told_as_they_were(text, WAS, NOW)]
    assert told == ["953", "44", "15 of 16", "94%", "£102k"]


def test_a_number_behind_its_measure_s_name_is_the_measure_s_whatever_the_target_is():
    was = Figures([Figure("Days", "Days waited", Decimal("2.0"), beside=(Decimal("2.0"),))])
    now = Figures([Figure("Days", "Days waited", Decimal("2.6"), beside=(Decimal("2.0"),))])
    (told,) = told_as_they_were("Days waited: 2.0 days, after 2.1 last time.", was, now)
    assert told.written == "2.0"
    assert told_as_they_were("The target is 2.0 days.", was, now) == []
    assert told_as_they_were("Days waited: 2.6 days.", was, now) == []
