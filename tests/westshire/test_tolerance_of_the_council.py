"""The council's tolerance changes from a month, on the administrator's screen."""

from decimal import Decimal

import msgspec

from outcomes.project_measures.table import measure_table
from publishing.models import Return
from returns.content import Sheet
from returns.review import publish_period
from returns.transitions import RETURNS
from tests.forms import forms_of
from tests.text import words_of
from tests.westshire.project_pages import Q2, Q3, address, by, download, period, report
from tests.westshire.shown import page, paper, rows, signed_in

SETTINGS = "administration/settings/"
WHY = "Agreed by the Health and Wellbeing Board in November 2026."
DECEMBER, LABEL = "2026-27-m09", "December 2026"


def change(client, **changes):
    """Sends the form of the settings as a browser does; the words of the answer.

    December is published: the tick says that this is right.
    """
    changes |= {"published_too": f"yes: {changes['since']}"}
    signed_in(client, "administrator")
    (form,) = forms_of(client.get(address(SETTINGS)), address(SETTINGS))
    sent = form.sent | {name: [value] for name, value in changes.items()}
    words = words_of(client.post(form.action, sent, follow=True).content.decode())
    client.logout()
    return words


def colours(client, key):
    """{(project, measure, segment, period): (worse by, colour)} of the period's file."""
    return {
        (each["project"], each["measure_number"], each["segment"], each["period"]): (
            worse_by(each),
            each["rule_rating"],
        )
        for each in download(client, "results", key)
        if each["rule_rating"]
    }


def worse_by(each):
    """By how much of its target a result misses it, whichever way is better."""
    value, target = Decimal(each["value"]), Decimal(each["target"])
    return abs(value - target) / target * 100 if target else None


def test_figures_keep_the_colour_of_the_tolerance_of_their_own_period(westshire, client):
    before, dashboard = colours(client, Q2), rows(client, "vital-signs/dashboard.csv")
    answer = change(client, rating_tolerance="12", since=DECEMBER, why=WHY)
    assert "Saved: the settings of the council." in answer
    assert colours(client, Q2) == before
    assert rows(client, "vital-signs/dashboard.csv") == dashboard
    publish_period(period(westshire), **by("performance", westshire))
    after = colours(client, Q3)
    earlier = {place: found for place, found in after.items() if place[3] != Q3}
    assert {place: before[place] for place in earlier if place in before} == {
        place: found for place, found in earlier.items() if place in before
    }


def test_a_figure_of_a_quarter_that_ends_after_the_change_has_the_new_colour(westshire, client):
    publish_period(period(westshire), **by("performance", westshire))
    before = colours(client, Q3)
    place = next(
        each for each, (_, colour) in before.items() if each[3] == Q3 and colour == "amber"
    )
    slug = place[0]
    change(client, rating_tolerance="0", since=DECEMBER, why=WHY)
    assert colours(client, Q3) == before
    found = report(westshire, slug)
    RETURNS.transition("reopen", found.pk, comment="Rated anew.", **by("performance", westshire))
    Return.objects.filter(pk=found.pk).update(status="submitted")
    RETURNS.transition("approve", found.pk, **by("performance-lead", westshire))
    publish_period(period(westshire), **by("performance", westshire))
    after = colours(client, Q3)
    assert after[place][1] == "red"
    assert {each: said for each, said in after.items() if each[3] != Q3} == {
        each: said for each, said in before.items() if each[3] != Q3
    }
    for words in (page(client, f"projects/{slug}/?period={Q3}"), paper_of(client, slug)):
        assert f"Tolerance changed from 5% of the target to 0% of the target from {LABEL}" in words
        assert WHY in words


def paper_of(client, slug):
    return paper(client, f"projects/{slug}.pdf?period={Q3}")


def test_a_return_that_waits_is_judged_by_the_rule_as_it_is_when_it_is_approved(westshire, client):
    change(client, rating_tolerance="0", since=DECEMBER, why=WHY)
    for found in period(westshire).returns.filter(status="submitted"):
        approver = by("performance-lead", westshire)
        RETURNS.transition("approve", found.pk, **approver)
        sheet = found.snapshots.latest("number").content
        table = measure_table(msgspec.convert(sheet, Sheet))
        assert table.rule is not None
        assert sheet["rule_rating"] == table.rule.rating
        assert "amber" not in sheet["rule_reason"], found.project.slug
