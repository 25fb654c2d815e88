"""What three papers print of savings, posts, changes and options, and what follows from it."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from bcfportal.lib.versions import fingerprint
from finance.models import (
    ChangeRequest,
    OptionForChange,
    OptionRisk,
    OptionYear,
    PostTeam,
    PrintedFigure,
    SaidToCome,
    Saving,
    SavingReference,
    SavingsEdition,
    SavingsPaper,
    SavingsRule,
    SavingYear,
    TemporaryPost,
)
from finance.savings.collect import make_sheet
from finance.savings.content import SavingsSheet
from finance.savings.discrepancies import disagreements, disagreements_in
from finance.savings.profiles import steps
from finance.savings.tables import (
    by_funding,
    by_rating,
    by_year,
    months_between,
    post_rows,
    totals_of,
)
from projects.models import Council
from tests.councils import is_made_up

pytestmark = pytest.mark.django_db
MODELS = (
    *(ChangeRequest, OptionForChange, OptionRisk, OptionYear, PostTeam, PrintedFigure, SaidToCome),
    *(Saving, SavingReference, SavingsPaper, SavingsRule, SavingYear, TemporaryPost),
)


def sheet_of(council, paper):
    content = SavingsEdition.objects.get(paper__council__slug=council, paper__slug=paper).content
    return msgspec.convert(content, SavingsSheet)


@pytest.fixture
def norfolk():
    return sheet_of("norfolk", "outturn-2016-17")


@pytest.fixture
def january():
    return sheet_of("nottinghamshire", "initiatives-january-2019")


def test_norfolks_nine_savings_make_the_printed_totals(norfolk):
    rows = norfolk.rows()
    totals = totals_of(rows)
    assert (totals.count, totals.target, totals.achieved, totals.shortfall) == (
        9,
        10_926_000,
        7_189_000,
        3_737_000,
    )
    printed = {
        (one.key, one.figure): one.amount for one in norfolk.printed if "2.9.3" in one.source
    }
    sums = {"on target": ("green",), "not on target": ("red", "amber")}
    for group, ratings in sums.items():
        mine = totals_of(row for row in rows if row.rating in ratings)
        assert mine.target == printed[group, "target"]
        assert mine.achieved == printed[group, "achieved"]
        assert mine.shortfall == printed[group, "shortfall"]
    lines = by_rating(by_year(rows))
    assert [line.rating for line in lines] == ["red", "amber", "green"]
    assert [line.count for line in lines] == [2, 4, 3]


def test_each_of_norfolks_variances_is_what_its_row_makes(norfolk):
    printed = {
        one.key: one.amount
        for one in norfolk.printed
        if one.figure == "shortfall" and one.about == "saving" and "table 2.9.9" in one.source
    }
    assert {row.saving.slug: row.shortfall for row in norfolk.rows()} == printed
    assert len(printed) == 9


def test_one_saving_can_go_by_two_references(norfolk):
    (transport,) = [saving for saving in norfolk.savings if saving.slug == "transport"]
    assert transport.reference == "COM040 and ASC003"


def test_nottinghamshires_sums_are_those_printed(january):
    tables = {table.year: table for table in by_year(january.rows())}
    assert list(tables) == [2018, 2019, 2020, None]
    assert tables[2018].totals.target == 2_060_000
    assert tables[2019].totals.target == 2_135_000
    assert tables[None].totals.target == 125_000
    reviews = next(row for row in tables[2018].rows if row.saving.slug == "targeted-reviews")
    assert (reviews.brings, reviews.shortfall) == (3_548_000, -1_538_000)
    assert reviews.rating == "green"
    next_year = next(row for row in tables[2019].rows if row.saving.slug == "targeted-reviews")
    # What is achieved already is no forecast of a year that has not begun.
    assert (next_year.figures.achieved, next_year.rating) == (982_000, "not rated")


def test_the_profile_of_targeted_reviews_before_and_after_each_change(january):
    (reviews,) = [saving for saving in january.savings if saving.slug == "targeted-reviews"]
    agreed, asked = steps(reviews, january.changes)
    assert (agreed.change.status, agreed.change.amount) == ("agreed", 1_000_000)
    assert agreed.worked_back
    assert agreed.before == {2018: 3_010_000, 2019: 2_000_000, 2020: 1_000_000}
    assert agreed.after == {2018: 2_010_000, 2019: 2_000_000, 2020: 2_000_000}
    assert (asked.change.status, asked.change.amount) == ("requested", 2_000_000)
    assert asked.before == agreed.after
    assert asked.after == {2018: 2_010_000, 2019: 4_000_000, 2020: 0}


def test_changes_are_as_the_paper_says(january):
    said = {change.number: change for change in january.changes}
    assert said[1].decided == "Improvement and Change Sub-Committee, March 2018"
    optimum = said[3]
    assert (optimum.from_fund, optimum.to_fund) == (
        "Better Care Fund, Care Act Allocation",
        "Improved Better Care Fund",
    )
    assert (optimum.starts, optimum.ends) == (date(2019, 3, 1), date(2020, 3, 31))
    assert optimum.project.slug == "optimum-workforce-leadership"
    assert (said[4].status, said[4].ends) == ("agreed", date(2020, 3, 31))
    assert (said[5].status, said[5].amount) == ("requested", 1_003_000)
    assert {said[4].project.slug, said[5].project.slug} == {"notts-enabling-service"}


def test_posts_with_their_costs_and_who_pays(january):
    rows = {row.post.slug: row for row in post_rows(january, january.as_at)}
    assert rows["programme-officer"].whole_cost == 46_678
    assert round(rows["assistive-technology-advisor"].whole_cost, 2) == Decimal("33013.17")
    assert rows["training-co-ordinator"].whole_cost is None
    assert list(rows)[-1] == "community-care-officer"
    assert {row.left for row in rows.values()} == {"ends in 14 months", ""}
    totals = {
        one.funding: (one.posts, one.fte, one.cost) for one in by_funding(january, january.as_at)
    }
    assert totals == {
        "Improved Better Care Fund": (4, 4, 166_678),
        "Previously allocated departmental reserves": (1, 1, 28_297),
        "All": (5, 5, 194_975),
    }


@pytest.mark.parametrize(
    ("today", "soon", "left"),
    [
        (date(2019, 9, 1), 0, "ends in 6 months"),
        (date(2019, 10, 15), 5, "ends in 5 months"),
        (date(2020, 3, 31), 5, "ends in 0 days"),
        (date(2020, 3, 30), 5, "ends in 1 day"),
        (date(2020, 4, 1), 0, "ended"),
    ],
)
def test_posts_end_soon_by_the_day_passed_in(january, today, soon, left):
    rows = post_rows(january, today)
    assert sum(row.ends_soon for row in rows) == soon
    assert rows[0].left == left


def test_months_are_counted_where_they_are_whole():
    assert months_between(date(2019, 2, 1), date(2020, 3, 31)) == 14
    assert months_between(date(2019, 2, 2), date(2020, 3, 31)) is None
    assert months_between(date(2020, 2, 1), date(2020, 2, 29)) == 1


def test_the_option_makes_its_totals(january):
    (option,) = january.options
    assert sum(year.net for year in option.years) == option.total_net == 2_011_000
    assert sum(year.gross for year in option.years) == option.total_gross
    assert [year.revenue for year in option.years] == [None] * 3
    assert len(option.risks) == 5
    assert option.status == "put forward"


def test_the_option_was_published_before_the_other_papers():
    sheet = sheet_of("nottinghamshire", "option-c04")
    assert len(sheet.options) == 1
    assert [*sheet.savings, *sheet.posts, *sheet.changes] == []


def test_checks_find_what_disagrees_and_nothing_that_is_rounding():
    found = {
        council.slug: [(one.check, one.by) for one in disagreements(council)]
        for council in Council.objects.filter(made_up=False)
    }
    assert found == {
        "norfolk": [
            ("One figure has two values", "£88,000"),
            ("A shortfall that the text does not explain", "£533,000"),
        ],
        "nottinghamshire": [
            ("One figure has two values", "£1,002,999"),
            ("A date has passed for something still reported as to come", "7 days"),
        ],
    }


def changed(record, **fields):
    return msgspec.structs.replace(record, **fields)


def test_checks_see_every_kind_of_disagreement(norfolk, january):
    first = norfolk.savings[0]
    wrong = changed(first, years=[changed(first.years[0], achieved=Decimal(1_252_000))])
    found = list(disagreements_in(changed(norfolk, savings=[wrong, *norfolk.savings[1:]])))
    # Its variance, and the totals that its outturn is in.
    assert {one.by for one in found} >= {"£6,000"}
    assert {one.check for one in found} >= {
        "A shortfall is not target less outturn",
        "The savings do not add up to their printed total",
    }
    (option,) = january.options
    year = changed(option.years[0], net=Decimal(154_000))
    broken = changed(option, years=[year, *option.years[1:]])
    checks = {one.check for one in disagreements_in(changed(january, options=[broken]))}
    assert "A net saving is not the gross saving less its costs" in checks
    assert "The years of an option do not add up to its total" in checks
    posts = [changed(post, fte=Decimal(2)) for post in january.posts]
    assert any(
        "6 FTE" in one.second.text for one in disagreements_in(changed(january, posts=posts))
    )
    late = [changed(post, starts=date(2019, 1, 1)) for post in january.posts]
    passed = [one for one in disagreements_in(changed(january, posts=late)) if "starts" in one.key]
    assert {one.by for one in passed} == {"6 days"}
    moves = [changed(change, amount=Decimal(2_100_000)) for change in january.changes]
    found = {one.check for one in disagreements_in(changed(january, changes=moves))}
    assert "More is moved than the year's target" in found


@pytest.mark.parametrize(("off", "reported"), [(500, False), (1000, False), (5001, True)])
def test_a_total_off_by_no_more_than_its_parts_rounding_is_no_disagreement(norfolk, off, reported):
    first = norfolk.savings[0]
    figures = changed(first.years[0], target=first.years[0].target + off)
    odd = changed(first, years=[figures])
    found = disagreements_in(changed(norfolk, savings=[odd, *norfolk.savings[1:]]))
    keys = {one.key for one in found if one.about == "All savings: target, 2016/17"}
    assert bool(keys) == reported


def test_editions_never_change_and_match_their_fingerprints():
    for edition in SavingsEdition.objects.all():
        assert fingerprint(edition.content) == edition.fingerprint
        with pytest.raises(Exception, match="Cannot update or delete"):
            _try_to_change(edition)


def _try_to_change(edition):
    from django.db import transaction

    with transaction.atomic():
        SavingsEdition.objects.filter(pk=edition.pk).update(number=9)


def test_every_record_passes_its_own_checks_and_has_a_source():
    for model in MODELS:
        for row in model.objects.all():
            row.full_clean()
            if hasattr(row, "source") and not is_made_up(row):
                assert row.source, row


def test_sheets_take_as_many_queries_however_many_savings(
    nottinghamshire, django_assert_num_queries
):
    for number in range(40):
        saving = Saving.objects.create(
            council=nottinghamshire, slug=f"more-{number}", title=f"More {number} of them"
        )
        saving.years.create(year=2019, target=1000)
    with django_assert_num_queries(20):
        make_sheet(nottinghamshire, as_at=date(2019, 1, 7))
