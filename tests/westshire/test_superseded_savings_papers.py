"""When a savings paper was superseded, and by which, stays as it was."""

from datetime import timedelta
from itertools import pairwise

import pytest

from finance.models import SavingsPaper
from finance.savings.paper_transitions import PAPERS
from finance.savings.published import editions_of
from tests.westshire.project_pages import by

pytestmark = pytest.mark.django_db


def test_the_day_on_which_a_savings_paper_was_superseded_stays_when_a_later_one_is_published(
    westshire,
):
    before, latest = _standing(westshire), westshire.savings_papers.latest("dated")
    assert any(before.values())
    assert before[latest.slug, 1] == ""
    paper = SavingsPaper(
        council=westshire,
        slug="a-later-paper",
        title="A later paper",
        dated=latest.dated + timedelta(days=31),
        as_at=latest.as_at + timedelta(days=31),
    )
    PAPERS.transition("publish", paper, **by("finance", westshire))
    after = _standing(westshire)
    assert after[latest.slug, 1].endswith("by the paper “A later paper”")
    of_before = {key: said for key, said in after.items() if key in before}
    assert of_before | {(latest.slug, 1): ""} == before


def test_each_savings_paper_is_superseded_by_the_one_that_came_next(westshire):
    papers = list(westshire.savings_papers.order_by("dated"))
    standing = _standing(westshire)
    for paper, following in pairwise(papers):
        said = [words for (slug, _), words in standing.items() if slug == paper.slug]
        assert any(words.endswith(f"by the paper “{following.title}”") for words in said), said


def _standing(council):
    """What became of each edition since, by its paper and number."""
    return {
        (choice.paper, choice.number): choice.version.standing_words
        for choice in editions_of(council)
    }
