"""What sentences say twice: the kinds and their examples are those of docs/rules/sentences.md."""

import time
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from stated.sentences.counts import Counted, counts_apart
from stated.sentences.past_days import days_passed
from stated.sentences.references import references_missing
from stated.sentences.shares import shares_apart
from stated.sentences.totals import totals_apart

PROSE = (settings.BASE_DIR / "docs" / "rules" / "sentences.md").read_text()
WRITTEN = date(2026, 11, 10)
HELD = {
    "page": [str(number) for number in range(1, 9)],
    "paragraph": [str(number) for number in range(1, 13)],
    "table": ["1", "2"],
    "appendix": ["A", "B"],
}
MEASURES = [
    Counted(
        "People seen by the falls team",
        Decimal(312),
        "people",
        others=frozenset({Decimal(300), Decimal(298)}),
    ),
    Counted("Visits on time", Decimal(84), "%", others=frozenset({Decimal(420), Decimal(500)})),
    Counted("Carers given a break", Decimal(57), "carers"),
]
KINDS = {
    "A per cent against its part and its whole": shares_apart,
    "A total against its parts": totals_apart,
    "A day to come that has passed": lambda text: days_passed(text, WRITTEN),
    "A place that is not there": lambda text: references_missing(text, HELD),
    "A count against its measure": lambda text: counts_apart(text, MEASURES),
}


def rows(heading):
    """(sentence, answer) of the table under a heading."""
    section = PROSE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    cells = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in row) for row in cells[2:]]


EXAMPLES = [(kind, *row) for kind in KINDS for row in rows(kind)]


@pytest.mark.parametrize(("kind", "sentence", "answer"), EXAMPLES)
def test_a_sentence_that_cannot_be_so_is_reported_and_no_other(kind, sentence, answer):
    assert answer in ("yes", "no")
    slips = list(KINDS[kind](sentence.replace(" • ", "\n• ")))
    assert bool(slips) == (answer == "yes"), slips


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_ten_sentences_that_are_found_and_ten_that_are_not(kind):
    answers = [answer for _, answer in rows(kind)]
    assert (answers.count("yes"), answers.count("no")) >= (10, 10)


LONG = {
    "digits and commas": "1," * 10_000,
    "numbers and commas": "12, " * 5_000,
    "pairs": "12 of 14 people (15%) and " * 800,
    "days": "will on 3 May 2018, " * 1_000,
    "places": "page 12, 13, " * 1_500,
    "brackets": "(" * 20_000,
    "blanks": " " * 20_000,
    "numbers in letters": "nine hundred and " * 1_200,
    "sentences": "We saw 12 of 40 people (30%). " * 700,
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", LONG)
def test_a_long_text_is_read_in_a_moment(kind, text):
    begun = time.process_time()
    # As long as a box may be, nearly as long as a sentence may be, and with figures that are read.
    for length in (20_000, 3_900, 450, 150):
        list(KINDS[kind](LONG[text][:length]))
    assert time.process_time() - begun < 5
