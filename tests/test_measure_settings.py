"""Targets, breaks and what a committee decides: each with who, when and why."""

from decimal import Decimal

import msgspec
import pytest
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.urls import reverse

from bcfportal.lib import clock
from outcomes.actions import Aim, set_targets
from outcomes.models import FollowUp, Result, Segment, Target
from outcomes.vital_signs.content import VitalSigns
from outcomes.vital_signs.measure_forms import MeasureForm
from outcomes.vital_signs.statuses import statuses
from publishing.models import Snapshot
from returns.actions import draft_of
from tests.month import LAST, add_measure
from tests.text import read, words_of

pytestmark = pytest.mark.django_db


# The box of March 2017.
BOX = f"value-{LAST.key}"
IN_2016 = "/testshire/vital-signs/measure/target/?year=2016"


def latest_sheet(month):
    made = Snapshot.objects.filter(report=month.report).latest("number")
    return msgspec.json.decode(msgspec.json.encode(made.content), type=VitalSigns)


def address(name, *more):
    return reverse(f"reporting:{name}", args=["testshire", "measure", *more])


def test_setting_a_target_keeps_the_old_one_with_who_and_why(month, client):
    month.sign_in(client, "performance officer")
    box = f"value-{LAST.following.key}"
    typed = {box: "97", "why": "Agreed for 2017/18."}
    client.post(f"{address('set-target')}?year=2017", typed)
    client.post(f"{address('set-target')}?year=2017", typed | {box: "98%", "why": "Raised."})
    first, second = month.measure().target_changes.order_by("at")
    assert (first.before, first.after, first.by.post) == (None, 97, "Performance officer")
    assert (second.before, second.after, second.why) == (97, 98, "Raised.")
    assert Target.objects.get(measure=month.measure(), period=LAST.following.key).value == 98
    month.published("90")
    client.logout()
    words = read(client, "/testshire/vital-signs/measure/")
    assert "April 2017: 97% became 98%. Raised. (Performance officer" in words
    assert "Target 98%" in words


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({BOX: ""}, "Change at least one target."),
        ({BOX: "much"}, "Or enter none, or not yet set."),
        ({BOX: "-5"}, "Enter a percentage of 0 or more."),
        ({BOX: "5" * 41}, "Shorten this to 40 characters or fewer."),
        ({"why": ""}, "Say why the targets are set or changed."),
    ],
)
def test_a_target_is_refused_in_words(month, client, changes, sentence):
    month.sign_in(client, "performance officer")
    typed = {BOX: "97", "why": "Because."} | changes
    response = client.post(IN_2016, typed)
    assert sentence in words_of(response.content.decode())
    assert not month.measure().target_changes.exists()


def test_refused_months_of_a_year_keep_what_was_typed_and_nothing_is_half_set(month, client):
    month.sign_in(client, "performance officer")
    typed = {BOX: "much", "value-2016-17-m11": "96", "why": "Because."}
    page = client.post(IN_2016, typed).content.decode()
    assert 'value="much"' in page
    assert 'value="96"' in page
    assert not month.measure().target_changes.exists()


def test_the_year_before_stands_beside_each_box_of_a_year_s_targets(month, client):
    set_targets(
        measure=month.measure(),
        targets={LAST.key: Aim("set", Decimal(95)), "2016-17-m11": Aim("not yet set", None)},
        why="Agreed.",
        by=month.people["performance officer"],
    )
    month.sign_in(client, "performance officer")
    words = read(client, f"{address('set-target')}?year=2017")
    figure = month.measure().results.get(period=LAST.key).value.normalize()
    assert f"March 2017: target 95%, figure {figure:f}%." in words
    assert "February 2017: target not yet set, figure" in words


def test_a_target_that_another_person_changed_meanwhile_is_not_written_over(month, client):
    month.sign_in(client, "performance officer")
    first = {BOX: "95", "published_too": f"yes: {LAST.key}=95", "why": "First."}
    client.post(IN_2016, first)
    late = {BOX: "97", f"was-{LAST.key}": "", "why": "Second."}
    words = words_of(client.post(IN_2016, late).content.decode())
    assert "Somebody else changed this to 95% meanwhile. Save again to make it 97." in words
    assert month.measure().targets.get(period=LAST.key).value == 95


def test_a_target_is_said_to_be_none_or_not_yet_set_in_its_own_box(month, client):
    month.sign_in(client, "performance officer")
    typed = {BOX: "none", "value-2016-17-m11": "Not yet set", "why": "Decided."}
    asked = f"2016-17-m11=not yet set {LAST.key}=no target"
    client.post(IN_2016, typed | {"published_too": f"yes: {asked}"})
    found = dict(month.measure().targets.exclude(period="").values_list("period", "status"))
    assert found == {LAST.key: "no target", "2016-17-m11": "not yet set"}
    emptied = client.post(IN_2016, {BOX: "", f"was-{LAST.key}": "No target", "why": "Gone."})
    assert "you cannot empty a target" in words_of(emptied.content.decode())


def test_a_target_of_a_month_holds_for_that_month_only(month, client):
    set_targets(
        measure=month.measure(),
        targets={LAST.key: Aim("set", Decimal(95))},
        why="Agreed for March.",
        by=month.people["performance officer"],
    )
    month.published("90")
    (standing,) = (
        each
        for each in statuses(latest_sheet(month), LAST.following)
        if each.measure.slug == "measure"
    )
    assert standing.rate(standing.by_period[LAST.key]).rating != "not rated"
    april = standing.rate(standing.by_period[LAST.following.key])
    assert (april.rating, april.reason) == ("not rated", "No target is set for April 2017")


def test_a_target_before_the_first_result_is_refused(month):
    early = Target(measure=month.measure(), period="2014-15-m01", status="set", value=5)
    with pytest.raises(ValidationError, match="first result is of March 2016"):
        early.full_clean()


def test_a_break_needs_a_reason_and_is_recorded_once(month, client):
    month.sign_in(client, "performance officer")
    typed = {"period": LAST.key, "kind": "rebase", "why": "A new ward opened."}
    bad = words_of(client.post(address("add-break"), typed | {"why": ""}).content.decode())
    assert "Say why the series breaks here." in bad
    first = month.measure().results.order_by("period").first().period
    early = client.post(address("add-break"), typed | {"period": first})
    assert "The series begins there" in words_of(early.content.decode())
    client.post(address("add-break"), typed)
    again = client.post(address("add-break"), typed)
    assert "That break is recorded already." in words_of(again.content.decode())
    assert month.measure().breaks.get().by.post == "Performance officer"


def test_a_decision_is_recorded_shown_and_followed_until_done(month, client):
    month.sign_in(client, "performance officer")
    FollowUp.objects.all().delete()
    action = month.council.follow_up_actions.get()
    typed = {"action": action.pk, "decision": "Agreed with a date.", "owner": "Head of beds"}
    for name, day in (("decided_on", 19), ("due", 30)):
        typed |= {f"{name}_0": day, f"{name}_1": 6, f"{name}_2": 2017}
    typed["days_are_right"] = "yes: 2017-06-19 2017-06-30"
    assert client.post(address("follow-up"), typed).status_code == 302
    record = FollowUp.objects.get()
    words = read(client, "/testshire/exceptions/")
    assert "Not published yet Approve actions , 19 June 2017: Agreed with a date." in words
    assert "Head of beds, to report back by 30 June 2017. Overdue." in words
    client.logout()
    assert "Agreed with a date." not in read(client, "/testshire/exceptions/")
    month.sign_in(client, "performance officer")
    done = {"done_on_0": 28, "done_on_1": 6, "done_on_2": 2017, "outcome": "Ten beds opened."}
    done["days_are_right"] = "yes: 2017-06-28"
    early = done | {"done_on_0": 1}
    refused = client.post(address("report-back", record.pk), early).content.decode()
    assert "Enter a date on or after the day it was decided." in words_of(refused)
    client.post(address("report-back", record.pk), done)
    client.post(address("report-back", record.pk), done | {"outcome": "Changed."})
    record.refresh_from_db()
    assert record.outcome == "Ten beds opened."
    assert "Done 28 June 2017: Ten beds opened." in read(client, "/testshire/exceptions/")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"action": ""}, "Choose one of the actions."),
        ({"action": "0"}, "Choose one of the actions."),
        ({"decision": ""}, "Enter what was decided."),
        ({"owner": ""}, "Enter who does it, by post."),
        ({"due_2": "2016"}, "Enter a date on or after the meeting."),
        ({"decided_on_0": "31"}, "Enter a real date"),
    ],
)
def test_a_decision_is_refused_in_words(month, client, changes, sentence):
    month.sign_in(client, "performance officer")
    before = FollowUp.objects.count()
    action = month.council.follow_up_actions.get()
    typed = {"action": action.pk, "decision": "So.", "owner": "Head"}
    for name, day in (("decided_on", 19), ("due", 30)):
        typed |= {f"{name}_0": day, f"{name}_1": 6, f"{name}_2": 2017}
    page = client.post(address("follow-up"), typed | changes).content.decode()
    assert sentence in words_of(page)
    assert FollowUp.objects.count() == before


def test_an_action_of_another_measure_or_council_is_not_found(month, client):
    month.sign_in(client, "performance officer")
    assert client.get(address("report-back", 999_999)).status_code == 404
    other = reverse("reporting:follow-up", args=["norfolk", "admissions-18-64"])
    assert client.get(other).status_code == 404


def test_a_segment_of_another_council_or_kind_is_refused(month, nottinghamshire):
    measure = month.measure()
    theirs = Segment.objects.filter(council=nottinghamshire).first()
    result = Result(measure=measure, period=LAST.key, value=1, segment=theirs)
    with pytest.raises(ValidationError, match="segment of the measure's own council"):
        result.full_clean()
    measure.breakdown = "sector"
    result.segment = Segment.objects.create(
        council=month.council, slug="north", kind="locality", name="North"
    )
    with pytest.raises(ValidationError, match="This measure is split by sector"):
        result.full_clean()


def test_a_measure_s_own_tolerance_comes_before_the_council_s(month, client):
    measure = month.measure()
    measure.tolerance, measure.tolerance_kind = Decimal(10), "points"
    measure.save()
    month.published("90")
    words = read(client, "/testshire/vital-signs/measure/")
    assert (
        "90% is below the target of 95% by 5 points, less than the tolerance of 10 points" in words
    )


NEW = {
    "text": "Share of people who are at home",
    "short_title": "At home",
    "collection": "vital signs",
    "direction": "bigger is better",
    "frequency": "month",
    "accumulation": "snapshot",
    "decimals": "1",
    "unit": "%",
}


def test_a_measure_is_added_and_counted_in_the_next_month(month, client):
    month.sign_in(client, "performance officer")
    address = reverse("reporting:add-measure", args=["testshire"])
    assert "Measure" in read(client, address)
    client.post(address, NEW)
    measure = month.council.measures.get(slug="at-home")
    assert (measure.position, measure.collection) == (2, "vital signs")
    assert {row.measure.slug for row in draft_of(month.report).grid.rows} == {"measure", "at-home"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Enter what is measured."),
        ({"short_title": ""}, "Enter a short name."),
        ({"short_title": "?!"}, "Enter a short name with letters or digits in it."),
        ({"short_title": "Measure"}, "The council already has a measure with that name."),
        ({"decimals": "5"}, "Enter the decimals as a whole number from 0 to 4."),
        ({"multiplier": "0"}, "Enter the multiplier as a whole number of 1 or more, such as 100."),
        (
            {"short_title": "x" * 300},
            "Short name, for lists and charts: Shorten this to 120 characters or fewer.",
        ),
        ({"tolerance": "5"}, "Enter the tolerance and choose what it is measured in"),
        ({"tolerance_kind": "points"}, "Enter the tolerance and choose what it is measured in"),
        ({"tolerance": "-1", "tolerance_kind": "points"}, "number of 0 or more"),
        ({"direction": "sideways"}, "Choose one of the list."),
        ({"collection": "project"}, "Choose one of the list."),
    ],
)
def test_a_measure_is_refused_in_words(month, client, changes, sentence):
    month.sign_in(client, "performance officer")
    before = month.council.measures.count()
    address = reverse("reporting:add-measure", args=["testshire"])
    page = client.post(address, NEW | changes).content.decode()
    assert sentence in words_of(page)
    assert month.council.measures.count() == before


def test_a_changed_measure_keeps_its_address_and_its_history(month, client):
    month.sign_in(client, "performance officer")
    typed = {"short_title": "At home", "tolerance": "2", "tolerance_kind": "absolute"}
    since = {"since": LAST.following.key, "why_it_changes": "Agreed by the board."}
    client.post(address("measure"), posted(month.measure(), **typed | since))
    measure = month.measure()
    assert (measure.short_title, measure.tolerance_kind) == ("At home", "absolute")
    assert measure.events.count() >= 2


def posted(measure, **changes):
    """The measure's form as it is shown, with changes."""
    names = MeasureForm.Meta.fields
    values = {name: getattr(measure, name) for name in names}
    return {name: "" if value is None else value for name, value in values.items()} | changes


def test_a_unit_changes_from_a_month_with_a_reason_and_is_published_so(month, client):
    month.sign_in(client, "performance officer")
    settings = address("measure")
    typed = posted(month.measure(), unit="people")
    words = words_of(client.post(settings, typed).content.decode())
    assert "Choose from which period the measure changes." in words
    words = words_of(client.post(settings, typed | {"since": "words"}).content.decode())
    assert "More than words changes: choose from which period." in words
    words = words_of(client.post(settings, typed | {"since": LAST.key}).content.decode())
    assert "Say why the measure changes." in words
    assert month.measure().unit == "%"
    typed |= {"since": LAST.following.key, "why_it_changes": "Counted singly."}
    client.post(settings, typed)
    change = month.measure().definition_changes.get()
    assert (month.measure().unit, change.unit, change.by.post) == (
        "people",
        "%",
        "Performance officer",
    )
    month.published("90")
    client.logout()
    words = read(client, "/testshire/vital-signs/measure/")
    assert "Unit changed from % to people from April 2017: Counted singly." in words


def test_words_are_corrected_in_all_periods(month, client):
    month.sign_in(client, "performance officer")
    text = f"{month.measure().text}, in better words"
    typed = {"text": text, "since": "words", "why_it_changes": "They were not plain."}
    client.post(address("measure"), posted(month.measure(), **typed))
    assert month.measure().text == text
    assert not month.measure().definition_changes.exists()


def test_a_change_from_before_one_that_is_recorded_is_refused(month, client):
    month.sign_in(client, "performance officer")
    typed = {"since": LAST.key, "why_it_changes": "Because."}
    typed |= {"published_too": f"yes: {LAST.key}"}
    client.post(address("measure"), posted(month.measure(), direction="neutral", **typed))
    typed["since"] = "2016-17-m10"
    page = client.post(address("measure"), posted(month.measure(), unit="days", **typed))
    assert "It has already been changed from March 2017" in words_of(page.content.decode())
    assert month.measure().unit == "%"


def settings_of(month, **changes):
    """What the form of the measure posts, with these changes."""
    values = model_to_dict(month.measure(), fields=MeasureForm.Meta.fields)
    posted = {name: "" if value is None else value for name, value in values.items()}
    ticks = ("can_be_below_zero", "can_be_above_whole", "not_official")
    posted = {name: value for name, value in posted.items() if name not in ticks or value}
    return posted | changes


def test_what_a_measure_can_be_is_set_on_its_screen_with_the_reason(month, client):
    month.sign_in(client, "performance officer")
    ticked = settings_of(month, can_be_below_zero="on", can_be_above_whole="on")
    words = words_of(client.post(address("measure"), ticked).content.decode())
    assert "Say why the measure changes." in words
    assert not month.measure().can_be_below_zero
    why = "It is a change, and beds can be used twice."
    assert client.post(address("measure"), ticked | {"why_it_changes": why}).status_code == 302
    assert month.measure().can_be_below_zero
    assert month.measure().can_be_above_whole
    words = read(client, address("measure"))
    assert f"Performance officer: It can be below 0, It can be above 100%. {why}" in words


def test_when_a_measure_is_counted_is_set_on_its_screen(month, client):
    month.sign_in(client, "performance officer")
    now = clock.today().year
    first, last = f"{now}-{(now + 1) % 100:02}-m02", f"{now}-{(now + 1) % 100:02}-m01"
    typed = settings_of(month, counted_from=first, counted_until=last, why_it_changes="Ends.")
    words = words_of(client.post(address("measure"), typed).content.decode())
    assert "Choose a period that is not before the first." in words
    typed = settings_of(month, counted_until=first, why_it_changes="The contract ends.")
    assert client.post(address("measure"), typed).status_code == 302
    assert month.measure().counted_until == first


def test_an_average_is_made_of_both_measures_or_none(month, client):
    add_measure(month.council, "share")
    add_measure(month.council, "average", unit="days")
    share, average = (month.measure(slug).pk for slug in ("share", "average"))
    month.sign_in(client, "performance officer")
    words = words_of(
        client.post(address("measure"), settings_of(month, rest_of=share)).content.decode()
    )
    assert "Choose both measures that make it, or none." in words
    typed = settings_of(month, rest_of=share, rest_average=average, not_official="on")
    assert client.post(address("measure"), typed).status_code == 302
    assert (month.measure().rest_of_id, month.measure().rest_average_id) == (share, average)
    assert month.measure().not_official
