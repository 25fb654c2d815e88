"""A corrected paragraph is shown by what differs, with the whole text in reach."""

from bcfportal.lib.text.differences import excerpts, word_changes
from bcfportal.lib.versions import Correction
from publishing.models import Return
from returns.review import publish_period
from returns.transitions import RETURNS
from tests.westshire.project_pages import Q1, Q2, Q3, by, download, period, report
from tests.westshire.shown import markup, page, paper

LONG = "The team saw " + "more people at home than it had planned to see, " * 6
BEFORE, AFTER = f"{LONG}and 39 waited.", f"{LONG}and 41 waited."


def test_what_differs_in_a_long_text_is_shown_with_a_few_words_round_it():
    pieces = Correction("Performance in full", BEFORE, AFTER).pieces
    assert [words for kind, words in pieces if kind == "out"] == ["39"]
    assert [words for kind, words in pieces if kind == "in"] == ["41"]
    assert sum(len(words.split()) for _, words in pieces) < 20


def test_figures_short_texts_and_other_texts_are_read_side_by_side():
    assert not Correction("Rating", "85.2%, Green", "81.3%, Red").pieces
    other = " ".join(f"word{number}" for number in range(40))
    assert not Correction("Performance in full", BEFORE, other).pieces


def test_nothing_but_what_is_the_same_is_left_out():
    pieces = word_changes(BEFORE, AFTER)
    kept = excerpts(pieces)
    assert [piece for piece in kept if piece[0] != "same"] == [
        piece for piece in pieces if piece[0] != "same"
    ]
    assert any("…" in words for kind, words in kept if kind == "same")


def test_a_corrected_paragraph_is_shown_by_what_differs_and_whole_in_reach(westshire, client):
    publish_period(period(westshire), **by("performance", westshire))
    found = report(westshire, "falls-prevention")
    Return.objects.filter(pk=found.pk).update(performance=BEFORE)
    for text in (BEFORE, AFTER):
        words = "A figure was wrong."
        RETURNS.transition("reopen", found.pk, comment=words, **by("performance", westshire))
        Return.objects.filter(pk=found.pk).update(performance=text, status="submitted")
        RETURNS.transition("approve", found.pk, **by("performance-lead", westshire))
        publish_period(period(westshire), **by("performance", westshire))
    shown = markup(client, f"projects/falls-prevention/?period={Q3}")
    assert "<del>39</del>" in shown
    assert "<ins>41</ins>" in shown
    assert "The whole text now and before" in shown
    details = shown.split("The whole text now and before")[1]
    assert AFTER.strip() in details
    assert BEFORE.strip() in details


def test_what_was_corrected_in_the_report_before_is_no_correction_of_the_one_that_came(
    westshire, client
):
    """Until it reported for quarter 2 the hub stood with quarter 1, which was corrected then."""
    assert "Brokers joined the hub" in page(client, f"projects/transfer-of-care-hub/?period={Q1}")
    for words in (
        page(client, f"projects/transfer-of-care-hub/?period={Q2}"),
        paper(client, f"projects/transfer-of-care-hub.pdf?period={Q2}"),
    ):
        assert "The list is now shared with the mental health trust." in words
        assert "Corrected on 12 November" not in words
    for row in download(client, "projects", Q2):
        if row["slug"] == "transfer-of-care-hub":
            assert row["corrected"] == ""


def test_a_corrected_text_ends_with_one_full_stop(westshire, client):
    words = paper(client, f"projects/transfer-of-care-hub.pdf?period={Q1}")
    assert "Corrected on 12 November 2026: Performance in full" in words
    assert ".." not in words.replace("...", "")
    assert ".;" not in words
