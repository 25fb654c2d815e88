"""What follows from a target, a definition or a tolerance that was changed has that reason."""

from decimal import Decimal

from outcomes.actions import set_target
from outcomes.models import Measure
from projects.models import Council
from projects.tolerances import change_tolerance
from publishing.models import Return
from publishing.period_versions.published import read
from tests.westshire.measures import LAST
from tests.westshire.project_pages import Q2, report
from tests.westshire.shown import page, person
from tests.westshire.test_versions import standing
from tests.westshire.test_why_a_month_was_corrected import (
    BEDS,
    approved,
    later,
    month,
    published,
    reason_of,
    reopen,
)

FALLS = "falls-prevention"
AIM, TIGHTER = "The partners agreed to aim higher.", "The region asks for less."


def corrections(westshire, key, slug):
    return [each for each in read(standing(westshire, key)).corrections if each.slug == slug]


def corrected_while(westshire, found, change, **words):
    """The report is reopened, what is set is changed, and the report published again."""
    reopen(westshire, [found])
    with later(2):
        change()
    Return.objects.filter(pk=found.pk).update(**words)
    approved(westshire, found, 3)
    published(found, 4)


def colours_turned(said):
    return [each for each in said if each.is_figure]


def test_a_changed_target_and_the_colours_it_turns_have_the_reason_of_the_target(westshire, client):
    found = report(westshire, FALLS, Q2)
    measure = found.project.measures.order_by("position").first()

    def higher():
        aim = {"status": "set", "value": Decimal(2000), "why": AIM, "by": person("performance")}
        set_target(measure=measure, period=Q2, **aim)

    corrected_while(westshire, found, higher, cause="A word was put right.")
    said = corrections(westshire, Q2, FALLS)
    (target,) = [each for each in said if each.what.startswith("Target of")]
    assert (target.before, target.after, target.why) == ("714 people", "2,000 people", AIM)
    (figure,) = colours_turned(said)
    assert figure.before != figure.after
    assert figure.why == AIM
    assert {each.why for each in said if each.what == "Cause"} == {reason_of(found)}
    assert AIM in page(client, f"projects/{FALLS}/?period={Q2}")


def tighter(westshire):
    """From August 2026 on 1% of the target is tolerated instead of 5%."""
    council = Council.objects.get(pk=westshire.pk)
    council.rating_tolerance = Decimal(1)
    change_tolerance(council=council, period="2026-27-m05", why=TIGHTER, by=person("administrator"))


def test_a_changed_tolerance_of_the_council_is_told_from_what_it_was_and_why(westshire):
    found = report(westshire, FALLS, Q2)
    corrected_while(westshire, found, lambda: tighter(westshire), cause="A word was put right.")
    said = corrections(westshire, Q2, FALLS)
    tolerances = [each for each in said if each.what.startswith("Tolerance")]
    assert tolerances
    assert {(each.before, each.after) for each in tolerances} == {
        ("5% of the target", "1% of the target")
    }
    assert {each.why for each in [*tolerances, *colours_turned(said)]} == {TIGHTER}
    assert {each.why for each in said if each.what == "Cause"} == {reason_of(found)}


def test_a_month_tells_what_its_targets_and_tolerances_turn_with_their_reasons(westshire):
    found = month(westshire, LAST)
    measure = Measure.objects.get(council=westshire, slug=BEDS)

    def changes():
        tighter(westshire)
        aim = {"status": "set", "value": Decimal(10), "why": AIM, "by": person("performance")}
        set_target(measure=measure, period=LAST, **aim)

    corrected_while(westshire, found, changes)
    said = corrections(westshire, LAST, "vital-signs")
    assert reason_of(found) not in {each.why for each in said}
    tolerances = [each for each in said if each.what.startswith("Tolerance")]
    assert {each.why for each in tolerances} == {TIGHTER}
    assert all(each.before for each in tolerances)
    mine = [each for each in said if each.measure == BEDS and each.period in ("", LAST)]
    targets = [each for each in mine if each.what.startswith("Target")]
    assert {each.why for each in targets} == {AIM}
    assert any(AIM in each.why for each in colours_turned(mine))
