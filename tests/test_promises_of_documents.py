"""What the documents say will come is held in their words, with the days that these can mean."""

from datetime import date

import pytest

from bcfportal.lib.text.said_days import read_said_day
from projects.models import Council
from publishing.promises import PASSED, STATES
from stated.models import StatedPromise
from tests.documents import FOLDER, fold

pytestmark = pytest.mark.django_db

SEEDS = {
    "Progress update as at 5/2/18": "000",
    "Report of 7 January 2019": "001",
    "Minutes of the Adult Social Care Committee, 6 March 2017": "004",
    "Adult Social Care Committee, 19 June 2017": "004",
}
# What papers print that can mean two things; the note says how it is read.
ASKED_ABOUT = {"by Dec 18"}


def printed():
    return StatedPromise.objects.filter(recorded_at=None).select_related("council")


def test_papers_of_both_councils_are_read():
    counts = {slug: printed().filter(council__slug=slug).count() for slug in SLUGS}
    assert counts == {"nottinghamshire": 26, "norfolk": 9}


SLUGS = ("nottinghamshire", "norfolk")


@pytest.mark.skipif(not FOLDER.is_dir(), reason="The documents do not lie beside the checkout.")
def test_every_promise_is_in_its_document_in_these_words():
    texts = {
        seed: fold(path.read_text())
        for seed in set(SEEDS.values())
        for path in FOLDER.glob(f"{seed}_*.txt")
    }
    for promise in printed():
        document = texts[SEEDS[promise.said_in]]
        pieces = [fold(piece) for piece in promise.as_printed.split("[…]")]
        assert all(piece in document for piece in pieces), promise
        assert promise.source.startswith(f"{promise.said_in}, ")


def test_the_words_for_a_day_are_of_the_text_and_read_as_every_day_is():
    for promise in printed():
        when = promise.when_as_said
        assert fold(when) in fold(promise.as_printed), promise
        if when in ASKED_ABOUT:
            assert promise.note
            continue
        said = read_said_day(when, promise.said_on)
        assert (promise.first_day, promise.last_day) == (said or (None, None)), promise


def test_a_month_that_the_copy_lost_is_no_day_and_says_so():
    lost = printed().filter(as_printed__contains="[…]")
    assert {promise.project.slug for promise in lost} == {
        "age-friendly-notts",
        "ict-interoperability",
    }
    for promise in lost:
        assert promise.last_day is None
        assert "The copy has lost when" in promise.note


def test_the_list_says_that_no_later_paper_speaks_of_what_is_passed(client):
    page = client.get("/nottinghamshire/promises/").content.decode()
    assert "as at 7 January 2019" in " ".join(page.split())
    assert STATES[PASSED] in page
    assert "by the spring" in page
    assert "Implementation begins" in page
    assert client.get("/norfolk/promises/").status_code == 200


def test_what_was_said_after_a_report_is_not_in_the_report():
    council = Council.objects.get(slug="nottinghamshire")
    later = printed().filter(council=council, said_on__gt=date(2018, 2, 5))
    assert later.exists()
    assert not later.filter(project__isnull=False).exists()
