"""Figures of a quarter that are unlikely: asked about, never refused, and the answer is seen."""

import pytest

from outcomes.models import Measure, Result, Target
from returns.actions import draft_of, save_section, submit
from returns.review import checks, current_sheet
from returns.transitions import RETURNS
from tests.html_forms import form_of
from tests.text import read, words_of

pytestmark = pytest.mark.django_db
LAST = "2018-19-q1"


@pytest.fixture
def asked(quarter):
    """What is asked of a figure: asked("9", unit="%", last=90, target=None, **measure)."""

    def ask(text, *, last=None, target=None, **fields):
        measure = add(quarter, last, target, **fields)
        grid = kept(quarter, measure, value=text)
        (row,) = [row for row in grid.rows if row.measure == measure]
        assert row.errors == [], "it is asked about, not refused"
        return row.unusual

    return ask


def add(quarter, last=None, target=None, **fields):
    measure = Measure.objects.create(
        project=quarter.project, **({"text": "Seen", "unit": "%", "position": 1} | fields)
    )
    if last is not None:
        Result.objects.create(measure=measure, period=LAST, value=last)
    if target is not None:
        Target.objects.create(measure=measure, status="set", value=target)
    return measure


def kept(quarter, measure, **boxes):
    section = quarter.report.sections.get(name="measures")
    typed = {f"m{measure.pk}-{what}": text for what, text in boxes.items()}
    save_section(
        quarter.report.pk,
        "measures",
        section.typed | typed,
        version=section.version,
        **quarter.by("commissioner"),
    )
    return draft_of(quarter.report).grid


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        ("1,000", {"unit": "people", "last": 100}, "100 people: about ten times as much."),
        ("971", {"unit": "people", "last": 100}, "100 people: about ten times as much."),
        ("3,710", {"unit": "people", "last": 381, "target": 360}, "about ten times as much."),
        ("3,710", {"unit": "people", "last": 900, "target": 360}, "the target is 360 people"),
        ("9,000", {"unit": "people", "last": 100}, "100 people: more than ten times as much."),
        ("371.5", {"unit": "people", "last": 381}, "371.5 people is not a whole number"),
        (
            "838",
            {"unit": "jobs", "last": 1_472, "accumulation": "cumulative"},
            "it was 1,472 jobs already: it adds up from April.",
        ),
        ("10", {"unit": "people", "last": 100}, "100 people: about a tenth of that."),
        ("0", {"unit": "people", "last": 100}, "100 people: less than a tenth of that."),
        ("8", {"target": 90}, "the target is 90%: about a tenth of that."),
        (
            "0",
            {"unit": "days", "decimals": 1, "last": "6.7", "target": 7},
            "0.0 days now, and in Quarter 1 2018/19 it was 6.7 days: less than a tenth of that.",
        ),
        ("0", {"unit": "working days", "target": 7}, "the target is 7 working days"),
        ("0", {"unit": "hours", "last": 6}, "it was 6 hours: less than a tenth of that."),
        ("0", {"unit": "£", "last": 9}, "it was £9: less than a tenth of that."),
        ("0", {"last": 5}, "it was 5%: less than a tenth of that."),
        ("1", {"unit": "days", "decimals": 1, "last": "8.5"}, "about a tenth of that."),
        ("0", {"unit": "people", "last": 500}, "500 people: less than a tenth of that."),
        ("£1,740.00", {"last": 149}, "149%: about ten times as much."),
        ("£1,740.00", {"last": 149}, "“£1,740.00” is in pounds, and this measure is in per cent."),
        ("45%", {"unit": ""}, "“45%” is in per cent, and this measure is in no unit."),
        ("45%", {"unit": "people"}, "“45%” is in per cent, and this measure is in people."),
        ("45%", {"unit": "£", "last": 45}, "“45%” is in per cent, and this measure is in pounds."),
        ("101", {"last": 99}, "101% is more than 100%."),
        ("−3", {"last": 4}, "−3% is less than 0%."),
        ("0.71", {"target": 100}, "0.71% is less than 1%. Is it 71%?"),
        ("1", {"target": 90}, "1% is very little. Is it 100%?"),
    ],
)
def test_an_unlikely_figure_of_a_quarter_is_asked_about(asked, text, options, sentence):
    assert sentence in asked(text, **options)


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("699", {"unit": "people", "last": 100}),
        ("15", {"unit": "people", "last": 100}),
        ("6.5", {"unit": "days", "decimals": 1, "last": 7}),
        ("90", {"unit": "people", "last": 89, "target": 9}),
        ("1,500", {"unit": "jobs", "last": 1_472, "accumulation": "cumulative"}),
        ("0", {"unit": "people", "last": 9}),
        ("0", {"unit": "people", "last": 3}),
        ("0", {"unit": "", "last": 3}),
        ("0", {"unit": "days", "decimals": 1, "last": 0}),
        ("1", {"unit": "people", "last": 7}),
        ("8", {"last": 9, "target": 90}),
        ("£1,740", {"unit": "£", "last": 1_700}),
        ("71%", {"last": 70}),
        ("120", {"last": 149}),
        ("-3", {"last": -2, "can_be_below_zero": True}),
        ("5", {}),
    ],
)
def test_a_likely_figure_is_not_asked_about(asked, text, options):
    assert asked(text, **options) == ""


def test_a_share_of_more_than_all_by_its_parts_is_asked_about(quarter):
    measure = add(quarter)
    (row,) = kept(quarter, measure, numerator="104", denominator="100").rows
    assert (row.errors, row.unusual) == ([], "104% is more than 100%.")


def test_the_tick_is_of_the_figure_that_it_was_given_to(client, quarter):
    measure = add(quarter, last=90)
    quarter.fill()
    quarter.sign_in(client, "commissioner")
    address = quarter.address("section", "measures")
    box, tick = f"m{measure.pk}-value", f"m{measure.pk}-right"
    version = quarter.report.sections.get(name="measures").version
    client.post(address, {"version": version, box: "9"})
    page = client.get(address).content.decode()
    assert "9% now, and in Quarter 1 2018/19 it was 90%" in words_of(page)
    assert "Is this right?" in read(client, quarter.address("check"))
    assert 'value="yes: 9"' in page
    fields = form_of(page, "place").fields | {tick: "yes: 9"}
    client.post(address, fields)
    assert not draft_of(quarter.report).grid.rows[0].asks_if_right
    fields = form_of(client.get(address).content.decode(), "place").fields
    assert fields[tick] == "yes: 9"
    client.post(address, fields | {box: "8"})
    assert draft_of(quarter.report).grid.rows[0].asks_if_right


def test_of_a_return_that_was_sent_back_only_a_changed_figure_is_asked_about_again(client, quarter):
    measures = [add(quarter, last=90, text=text, position=at) for at, text in enumerate("AB", 1)]
    quarter.fill()
    for measure in measures:
        kept(quarter, measure, value="9", right="yes: 9")
    submit(quarter.report.pk, **quarter.by("commissioner"))
    officer = quarter.by("performance officer")
    asked = {"measures": "Is it 8?"}
    RETURNS.transition("send back", quarter.report.pk, comment="See below.", asked=asked, **officer)
    first, second = draft_of(quarter.report).grid.rows
    assert not first.asks_if_right
    assert not second.asks_if_right
    kept(quarter, measures[0], value="8")
    first, second = draft_of(quarter.report).grid.rows
    assert first.asks_if_right
    assert not second.asks_if_right
    quarter.sign_in(client, "commissioner")
    words = read(client, quarter.address("check"))
    assert words.count("Is this right?") == 1


def test_the_reviewer_reads_the_question_and_that_it_is_said_to_be_right(client, quarter):
    measure = add(quarter, last=90)
    quarter.fill()
    kept(quarter, measure, value="9", right="yes: 9")
    submit(quarter.report.pk, **quarter.by("commissioner"))
    sentence = (
        "Seen: 9% now, and in Quarter 1 2018/19 it was 90%: about a tenth of that. "
        "Said to be right."
    )
    assert sentence in checks(draft_of(quarter.report), current_sheet(quarter.report))
    quarter.sign_in(client, "performance officer")
    assert sentence in read(client, quarter.address("review"))
