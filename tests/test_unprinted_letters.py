"""Letters that no paper can print: told to who writes them and to who checks them."""

import pytest

from bcfportal.lib.papers.typesetting import printable, unprinted
from publishing.models import Return
from returns.actions import submit
from returns.transitions import RETURNS
from tests.text import read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Leaflets went out as شكرا and שלום and ধন্যবাদ and 谢谢.", "שלום"),
        ("நன்றி", "நன்றி"),
        ("They said धन्यवाद धन्यवाद.", "धन्यवाद"),
        ("dziękuję, ευχαριστώ, ਧੰਨਵਾਦ, £5 – “fine” ✓", ""),
        ("a\u00adb\u200dc\t\r\nd □", ""),
    ],
)
def test_the_letters_that_papers_have_not_are_named_once_each(text, letters):
    assert set(unprinted(text)) == set(letters)
    assert len(unprinted(text)) == len(set(unprinted(text)))
    assert ("□" in printable(text.replace("□", ""))) is bool(letters)


@pytest.mark.parametrize("typed", ["Leaflets went out as שלום.", "They said धन्यवाद.", "ขอบคุณ"])
def test_letters_that_no_paper_prints_are_told_to_who_writes_and_who_checks(client, quarter, typed):
    quarter.fill(performance={"performance": typed, "summary_performance": "Well."})
    said = f"Performance in full: papers print □ in place of {unprinted(typed)}."
    quarter.sign_in(client, "commissioner")
    assert said in read(client, quarter.address("section", "performance"))
    assert said not in read(client, quarter.address("section", "spend"))
    assert said in read(client, quarter.address("check"))
    submit(quarter.report.pk, **quarter.by("commissioner"))
    quarter.sign_in(client, "performance officer")
    assert said in read(client, quarter.address("review"))
    RETURNS.transition("approve", quarter.report.pk, **quarter.by("performance officer"))
    assert said in read(client, "/testshire/quarter/2018-19-q2/publish/")
    assert quarter.report.status == Return.Status.APPROVED


def test_letters_that_papers_print_are_not_spoken_of(client, quarter):
    quarter.fill(performance={"performance": "شكرا, 谢谢", "summary_performance": "Well."})
    quarter.sign_in(client, "commissioner")
    assert "papers print" not in read(client, quarter.address("check"))


@pytest.mark.parametrize("bullet", ["\uf0b7", "\uf0a7", "\uf0d8", "\uf0fc", "➢"])
def test_word_s_bullets_are_bullets_on_pages_and_on_paper(client, quarter, bullet):
    typed = f"{bullet} One\r\n{bullet}\tTwo"
    quarter.fill(performance={"performance": typed, "summary_performance": "Well."})
    quarter.sign_in(client, "commissioner")
    words = read(client, quarter.address("check"))
    assert "papers print" not in words
    assert "• One" in words
    assert bullet not in words
    # What was kept before.
    assert printable(typed) == "• One\n• Two"
