"""The savings of Westshire's story: what must have happened in them."""

from decimal import Decimal

from bcfportal.lib import clock
from finance.models import (
    ChangeRequest,
    OptionForChange,
    Saving,
    SavingsEdition,
    SavingsPaper,
    TemporaryPost,
)


def saving(council, reference):
    return Saving.objects.get(council=council, references__reference=reference)


def content(council, slug):
    return SavingsEdition.objects.get(paper__council=council, paper__slug=slug).content


def year_in(paper, slug, year):
    line = next(line for line in paper["savings"] if line["slug"] == slug)
    return next(figures for figures in line["years"] if figures["year"] == year)


def test_three_papers_are_published_and_the_next_is_in_the_making(westshire):
    papers = SavingsPaper.objects.filter(council=westshire, editions__number=1)
    assert [paper.slug for paper in papers] == [
        "savings-march-2026",
        "savings-july-2026",
        "savings-november-2026",
    ]
    assert saving(westshire, "ASC27-01").paper is None


def test_a_later_paper_corrects_a_figure_of_the_one_before(westshire):
    figures = [
        year_in(content(westshire, slug), "fewer-agency-social-workers", 2025)["achieved"]
        for slug in ("savings-july-2026", "savings-november-2026")
    ]
    assert [Decimal(each) for each in figures] == [381_600, 318_600]


def test_a_reported_target_is_corrected_with_a_reason(westshire):
    assert "£300,000 to £330,000" in saving(westshire, "ASC26-07").note


def test_one_saving_is_over_achieved_and_one_cost_more_than_it_saved(westshire):
    over = saving(westshire, "ASC26-01").years.get(year=2025)
    assert over.achieved > over.target
    assert saving(westshire, "ASC26-06").years.get(year=2025).achieved < 0


def test_a_saving_has_no_year_and_another_nothing_to_save(westshire):
    assert saving(westshire, "ASC26-09").years.get().year is None
    assert saving(westshire, "ASC26-10").years.get(year=2026).target == 0


def test_a_moved_target_leaves_the_paper_before_as_it_was(westshire):
    change = ChangeRequest.objects.get(council=westshire, status="agreed")
    assert change.requested_by != change.decided_by
    slug = "supported-living-tendered-anew"
    targets = [
        Decimal(year_in(content(westshire, paper), slug, 2026)["target"])
        for paper in ("savings-july-2026", "savings-november-2026")
    ]
    assert targets == [900_000, 400_000]


def test_changes_are_refused_with_a_reason_withdrawn_and_waiting(westshire):
    changes = {change.status: change for change in ChangeRequest.objects.filter(council=westshire)}
    assert changes.keys() == {"agreed", "refused", "withdrawn", "requested"}
    assert changes["refused"].decided_why
    assert not changes["withdrawn"].paper


def test_an_option_became_a_saving_and_one_was_refused(westshire):
    options = {
        option.status: option for option in OptionForChange.objects.filter(council=westshire)
    }
    assert options.keys() == {"agreed", "refused", "put forward", "draft"}
    assert options["agreed"].saving == saving(westshire, "OC-14")
    assert options["refused"].decided_why
    assert options["draft"].written_by.post.startswith("Commissioning manager, assistive")


def test_a_post_has_ended_and_others_end_soon(westshire):
    today = clock.today()
    posts = TemporaryPost.objects.filter(council=westshire, status="established")
    assert [post.title for post in posts if post.ends < today] == [
        "Reviewing officers, direct payments"
    ]
    assert sum(0 <= (post.ends - today).days < 100 for post in posts) == 2
