"""The Measures section: from what was typed to results, and back."""

import pytest
from django.db import transaction
from django.template.loader import render_to_string

from bcfportal.lib.pasting.blocks import read_block
from bcfportal.lib.periods import Period
from bcfportal.lib.ratings import Rating
from compare.capture.white_space import folded
from outcomes.actions import take_over_targets
from outcomes.entry.grid import carried, grid, problems, save_results
from outcomes.entry.paste import propose
from outcomes.models import Measure, Result, Segment, Target
from projects.models import Council, Project
from publishing.models import ReportingPeriod, Return

pytestmark = pytest.mark.django_db


@pytest.fixture
def report_of(nottinghamshire):
    """Makes the return of a project in the quarter after the one that was published."""

    def make(slug, key="2017-18-q4"):
        period, _ = ReportingPeriod.objects.get_or_create(
            council=nottinghamshire, key=key, defaults={"title": "Report", "as_at": "2018-05-05"}
        )
        take_over_targets(nottinghamshire, key, label=period.label)
        return Return.objects.create(project=Project.objects.get(slug=slug), period=period)

    return make


@pytest.fixture
def connect(report_of):
    return report_of("connect")


@pytest.fixture
def key():
    """The key of a row: key("connect", 1, "South"), or of the whole: key("moving-forward", 1)."""

    def find(slug, position, segment=None):
        pk = Measure.objects.get(project__slug=slug, position=position).pk
        return f"m{pk}-s{Segment.objects.get(name=segment).pk}" if segment else f"m{pk}"

    return find


@pytest.fixture
def entered(report_of, key):
    """One row of Moving Forward with what is typed in it: entered(1, value="5")."""

    def make(position, **boxes):
        name = key("moving-forward", position)
        typed = {f"{name}-{what}": text for what, text in boxes.items()}
        report = Return.objects.filter(project__slug="moving-forward", period__key="2017-18-q4")
        return row_of(grid(report.first() or report_of("moving-forward"), typed), name)

    return make


def from_block(grid, text):
    """What the block would fill, and what is left out, in words."""
    council = Council.objects.get(slug="nottinghamshire")
    proposal = propose(grid, Period(2017, 4), read_block(text), {}, council=council)
    assert not proposal.questions
    return proposal.boxes, proposal.left_out


def row_of(grid, key):
    (row,) = [row for row in grid.rows if row.key == key]
    return row


def errors(row):
    return {box.label.lower(): box.error for box in row.errors}


def test_there_is_a_row_for_each_measure_and_each_segment_it_had(connect, key):
    rows = grid(connect, {}).rows
    assert len(rows) == 75
    assert [row.segment_name for row in rows[:3]] == [
        segment.name for segment in Segment.objects.filter(council__slug="nottinghamshire")
    ]
    row = row_of(grid(connect, {}), rows[0].key)
    assert (row.measure.text, row.unit, row.target_words) == ("95% utilization", "%", "95%")
    assert (row.last.text, row.last.period_label) == ("96%", "2016/17")
    assert row.last.rated.rating == Rating.GREEN
    assert row.missing
    assert row.errors == []


def test_a_measure_without_results_has_one_row_for_the_whole(report_of):
    (row, *_) = grid(report_of("scams-prevention"), {}).rows
    assert row.key == f"m{row.measure.pk}"
    assert (row.segment, row.last, row.target_words) == (None, None, "No target")


def test_a_declared_rating_stands_beside_the_last_result_before_the_rule_s(entered):
    assert (entered(2).last.rated.rating, entered(2).last.rated.reason) == ("amber", "As declared")


def test_a_result_of_the_same_period_or_later_is_not_the_last(connect, key):
    name = key("connect", 1, "South")
    row = row_of(grid(connect, {}), name)
    for period, value in (("2017-18-q4", 1), ("2017-18", 2), ("2018-19-q1", 3)):
        Result.objects.create(
            measure=row.measure, segment=row.segment, period=period, value=value, source="x"
        )
    assert row_of(grid(connect, {}), name).last.text == "96%"
    assert len(grid(connect, {}).rows) == 75


@pytest.mark.parametrize("slug", ["connect", "moving-forward", "scams-prevention"])
def test_a_grid_takes_eight_queries_whatever_it_holds(
    report_of, slug, django_assert_max_num_queries
):
    report = Return.objects.get(pk=report_of(slug).pk)
    with django_assert_max_num_queries(8):
        built = grid(report, {})
        problems(built)
        render_to_string("outcomes/entry/measure_grid.html", {"grid": built})


def test_a_typed_value_is_rated_with_the_reason_in_words(connect, key):
    name = key("connect", 6, "South")
    row = row_of(grid(connect, {f"{name}-value": "96%"}), name)
    assert row.value == 96
    assert (row.rated.rating, row.rated.reason) == (
        "amber",
        "96% is below the target of 100% by 4%, less than the tolerance of 5%",
    )
    assert grid(connect, {f"{name}-value": "96%"}).ratings[name] == {
        "rating": "amber",
        "label": "Amber",
        "reason": row.rated.reason,
        "unusual": "",
        "right": "yes: 96",
    }


def test_the_council_s_tolerance_is_the_one_that_counts(connect, key):
    connect.project.council.rating_tolerance = 3
    connect.project.council.save()
    name = key("connect", 6, "South")
    assert row_of(grid(connect, {f"{name}-value": "96"}), name).rated.rating == "red"


def test_a_target_of_the_period_stands_before_the_standing_one(connect, key):
    name = key("connect", 6, "South")
    measure = row_of(grid(connect, {}), name).measure
    Target.objects.filter(measure=measure, period="2017-18").update(value=50)
    row = row_of(grid(connect, {f"{name}-value": "96"}), name)
    assert (row.target_words, row.rated.rating) == ("50%", "green")
    assert row.last.rated.reason == (
        "92% is below the target of 100% by 8%, more than the tolerance of 5%"
    )


def test_a_value_that_is_worked_out_is_shown_and_rated(connect, key):
    name = key("connect", 6, "South")
    typed = {f"{name}-numerator": "1,793", f"{name}-denominator": "2,000"}
    row = row_of(grid(connect, typed), name)
    assert (row.worked_out, row.boxes["value"].text, row.missing) == ("89.7%", "", False)
    assert row.rated.rating == "red"
    drawn = render_to_string("outcomes/entry/measure_grid.html", {"grid": grid(connect, typed)})
    page = folded(drawn)
    assert "Worked out: 89.7%" in page


def test_what_is_wrong_keeps_its_text_and_is_not_rated(entered):
    row = entered(1, value="<lots>", comment="Why.")
    assert errors(row).keys() == {"value"}
    assert (row.boxes["value"].text, row.boxes["comment"].text) == ("<lots>", "Why.")
    assert (row.value, row.rated.rating) == (None, Rating.NOT_RATED)


def test_a_dash_is_as_good_as_blank_and_stays_in_its_box(entered):
    assert entered(1, value="-").missing
    row = entered(1, value="-", none="not due")
    assert (row.missing, row.errors, row.boxes["value"].text) == (False, [], "-")


def test_a_comment_alone_is_no_figure(entered):
    assert entered(1, comment="See the performance.").missing


def test_the_problems_name_each_row_in_the_order_of_the_page(connect, key):
    name = key("connect", 6, "South")
    built = grid(connect, {f"{name}-value": "lots"})
    found = problems(built)
    assert len(found) == 75
    first = built.rows[0]
    assert found[0] == (
        f"{first.key}-value",
        "Enter a figure for “95% utilization, South”, or say why there is none",
    )
    assert dict(found)[f"{name}-value"].startswith(
        f"{row_of(built, name).name}, value: Enter a number, such as 1,234 or 45.6. “lots” is "
    )


def typed_whole(report, text="12"):
    rows = grid(report, {}).rows
    said_right = {f"{row.key}-right": f"yes: {text}" for row in rows}
    return said_right | {f"{row.key}-value": text for row in rows}


def save(report, typed):
    with transaction.atomic():
        save_results(report, grid(report, typed))


def test_what_is_counted_once_a_year_is_written_for_the_year_and_no_other(connect, key):
    before = list(Result.objects.exclude(period="2017-18").order_by("pk").values())
    south, whole = key("connect", 6, "South"), typed_whole(connect)
    typed = whole | {
        f"{south}-value": "",
        f"{south}-numerator": "9",
        f"{south}-denominator": "10",
        f"{south}-right": "yes: 90",
        f"{south}-comment": "One left.",
    }
    save(connect, typed)
    written = Result.objects.filter(period="2017-18")
    assert written.count() == 75
    result = written.get(measure__position=6, segment__name="South")
    assert (result.value, result.numerator, result.denominator) == (90, 9, 10)
    assert (result.status, result.note, result.rating) == ("reported", "One left.", "not rated")
    assert list(Result.objects.exclude(period="2017-18").order_by("pk").values()) == before


def test_saving_again_updates_the_same_rows_for_a_segment_and_for_the_whole(report_of):
    for slug in ("connect", "scams-prevention"):
        report = report_of(slug)
        save(report, typed_whole(report))
        ours = {"period__in": ("2017-18", "2017-18-q4"), "measure__project__slug": slug}
        mine = Result.objects.filter(**ours)
        keys = set(mine.values_list("pk", flat=True))
        mine.update(rating=Rating.GREEN, source="A document")
        first = grid(report, {}).rows[0]
        save(
            report,
            typed_whole(report)
            | {
                f"{first.key}-value": "",
                f"{first.key}-none": "not yet available",
                f"{first.key}-expected": "end of May",
                f"{first.key}-comment": "The provider is late.",
            },
        )
        assert set(mine.values_list("pk", flat=True)) == keys
        result = mine.get(measure=first.measure, segment=first.segment)
        assert (result.status, result.value) == ("not yet available", None)
        assert result.note == "Expected: end of May\nThe provider is late."
        assert (result.rating, result.source) == ("not rated", "")


def test_a_grid_with_problems_is_not_saved(connect):
    typed = typed_whole(connect)
    typed.popitem()
    with pytest.raises(ValueError, match="problems"):
        save(connect, typed)
    assert not Result.objects.filter(period="2017-18-q4").exists()


def test_a_unit_that_differs_from_the_measure_s_is_kept(report_of):
    report = report_of("brighter-futures")
    row = grid(report, {}).rows[0]
    assert (row.last.text, row.unit) == ("198% utilisation", "% utilisation")
    save(report, typed_whole(report))
    assert Result.objects.get(period="2017-18-q4", measure=row.measure).unit == "% utilisation"


def test_the_figures_of_a_year_are_not_carried_into_a_quarter(connect):
    assert {row.last.result.period for row in grid(connect, {}).rows if row.last} == {"2016-17"}
    assert carried(connect) == {}


def test_carrying_types_what_was_last_reported_and_nothing_that_cannot_be_read(connect, key):
    Result.objects.filter(measure__project=connect.project).update(period="2017-18-q3")
    typed = carried(connect)
    assert typed[f"{key('connect', 1, 'South')}-value"] == "96"
    assert typed[f"{key('connect', 2, 'South')}-value"] == "1740"
    assert not [field for field in typed if field.startswith(key("connect", 7, "South") + "-")]
    built = grid(connect, typed)
    assert len(built.missing) == 5
    assert {row.key for row in built.rows if row.errors} == set()


def test_carrying_takes_reasons_and_comments_but_no_date_that_has_passed(report_of):
    earlier = report_of("scams-prevention")
    key = grid(earlier, {}).rows[0].key
    said = {
        f"{key}-none": "not yet available",
        f"{key}-comment": "Late.\nVery late.",
    }
    save(
        earlier,
        typed_whole(earlier) | said | {f"{key}-value": "", f"{key}-expected": "May"},
    )
    typed = carried(report_of("scams-prevention", "2018-19-q1"))
    assert {field: text for field, text in typed.items() if field.startswith(key)} == said


def test_carried_figures_are_those_of_the_last_results(report_of):
    report = report_of("moving-forward")
    save(report, carried(report))
    for row in grid(report, {}).rows:
        now = Result.objects.get(period="2017-18-q4", measure=row.measure)
        for what in ("status", "value", "numerator", "denominator"):
            assert getattr(now, what) == getattr(row.last.result, what)


def test_a_block_of_segments_is_laid_out_by_its_head_and_its_names(connect, key):
    block = (
        "Measure\tTarget\tNorth\tSouth\r\n"
        "2016/17 Objectives\t\t\t\r\n"
        "95% UTILIZATION\t95%\t93%\t£1,234\r\n"
        "Healthier lifestyle\t80%\tNil return\t\r\n"
        "Something new\t\t5\t6\r\n"
    )
    changes, unplaced = from_block(grid(connect, {}), block)
    assert changes == {
        f"{key('connect', 1, 'North')}-value": "93%",
        f"{key('connect', 1, 'South')}-value": "£1,234",
        f"{key('connect', 12, 'North')}-none": "nil return",
    }
    assert unplaced == ["“Something new” is not one of the rows here."]


def test_a_block_of_segments_without_names_goes_by_position(connect):
    built = grid(connect, {})
    text = "\n".join("\t".join(f"{line}{column}" for column in "123") for line in range(25))
    changes, unplaced = from_block(built, text)
    assert list(changes.values()) == [f"{line}{column}" for line in range(25) for column in "123"]
    assert list(changes) == [f"{row.key}-value" for row in built.rows]
    assert unplaced == []


def test_a_block_for_whole_measures_takes_values_and_their_parts(report_of):
    report = report_of("sw-in-hospital-teams")
    built = grid(report, {})
    first, second, third, fourth = (row.key for row in built.rows)
    block = "No.\tNumerator\tDenominator\tValue\n1\t9\t10\t90%\n2\t\t\t96.5%\n3\t\t\t0.7\n3\t\t\t-"
    changes, unplaced = from_block(built, block)
    assert changes == {
        f"{first}-numerator": "9",
        f"{first}-denominator": "10",
        f"{first}-value": "90%",
        f"{second}-value": "96.5%",
        f"{third}-value": "0.7",
    }
    assert fourth not in changes
    assert unplaced == []


def test_a_pasted_figure_takes_the_place_of_a_reason_and_a_reason_that_of_figures(connect, key):
    south = key("connect", 1, "South")
    typed = {f"{south}-none": "not due", f"{south}-right": "yes"}
    block = "Measure\tSouth\n95% utilization\t57%"
    assert from_block(grid(connect, typed), block)[0] == {
        f"{south}-value": "57%",
        f"{south}-none": "",
        f"{south}-right": "",
    }
    typed = {f"{south}-value": "88", f"{south}-numerator": "4"}
    block = "Measure\tSouth\n95% utilization\tNil return"
    assert from_block(grid(connect, typed), block)[0] == {
        f"{south}-none": "nil return",
        f"{south}-value": "",
        f"{south}-numerator": "",
    }


def test_the_page_names_each_box_and_shows_its_error_above_it(connect, key):
    name = key("connect", 6, "South")
    built = grid(connect, {f"{name}-value": "<b>lots</b>", f"{name}-none": "nil return"})
    page = folded(render_to_string("outcomes/entry/measure_grid.html", {"grid": built}))
    assert "&lt;b&gt;lots&lt;/b&gt;" in page
    assert "<b>lots" not in page
    assert page.count('class="govuk-error-message"') == 2
    for field, _ in problems(built):
        assert page.count(f'id="{field}"') == 1
        assert page.count(f'for="{field}"') == 1
    assert 'aria-describedby="' + f'{name}-value-error"' in page
    assert " style=" not in page
    assert "<script" not in page


def test_a_year_and_a_quarter_that_begin_on_one_day_stand_beside_each_other(entered):
    measure = Measure.objects.get(project__slug="moving-forward", position=1)
    for period in ("2016-17", "2016-17-q1"):
        Result.objects.update_or_create(measure=measure, period=period, defaults={"value": 5})
    assert not entered(1, value="266").unusual
