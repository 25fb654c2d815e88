"""A tolerance that changes from a month that is published already: it is asked about, and told."""

from decimal import Decimal

import pytest

from projects.models import Council
from projects.tolerances import change_tolerance
from publishing.period_versions.published import read
from tests.forms import forms_of
from tests.text import words_of
from tests.westshire.measures import LAST, address, card
from tests.westshire.project_pages import address as of_council
from tests.westshire.shown import paper, person, signed_in
from tests.westshire.test_versions import standing
from tests.westshire.test_why_a_month_was_corrected import (
    approved,
    changed,
    later,
    month,
    published,
    reopen,
)

NOVEMBER = "2026-27-m08"
CARERS = "carers-contacted"
WHY = "The board accepts more."
SETTINGS = "administration/settings/"


def send(client, **typed):
    """Sends the settings' form as it stands on the page after the last answer."""
    signed_in(client, "administrator")
    return answered(client, client.get(of_council(SETTINGS)), **typed)


def answered(client, shown, **typed):
    (form,) = forms_of(shown, of_council(SETTINGS))
    sent = form.sent | {name: [value] for name, value in typed.items()}
    return client.post(form.action, sent, follow=True)


def test_a_tolerance_from_a_published_month_is_asked_about_before_it_is_saved(westshire, client):
    typed = {"rating_tolerance": "10", "since": NOVEMBER, "why": WHY}
    asked = send(client, **typed)
    words = words_of(asked.text)
    assert "November 2026 and December 2026 are published and stay as they are" in words
    assert not westshire.tolerance_changes.exists()
    told = answered(client, asked, **typed, published_too=f"yes: {NOVEMBER}")
    assert "Saved: the settings of the council." in words_of(told.text)
    assert westshire.tolerance_changes.get().period == NOVEMBER


def test_a_tolerance_from_a_month_to_come_is_not_asked_about(westshire, client):
    answer = send(client, rating_tolerance="10", since="2026-27-m10", why=WHY)
    assert "Saved: the settings of the council." in words_of(answer.text)


@pytest.fixture
def wider(westshire):
    """From November on 10% of the target is tolerated, and December is published again."""
    found = month(westshire, LAST)
    reopen(westshire, [found])
    with later(2):
        council = Council.objects.get(pk=westshire.pk)
        council.rating_tolerance = Decimal(10)
        change_tolerance(council=council, period=NOVEMBER, why=WHY, by=person("administrator"))
        changed(westshire, LAST, Decimal(12))
    approved(westshire, found, 3)
    published(found, 4)
    return westshire


def test_a_month_whose_own_report_stands_tells_no_correction_of_its_colour(wider, client):
    turned = [
        each
        for each in read(standing(wider, LAST)).corrections
        if (each.measure, each.period, each.segment) == (CARERS, NOVEMBER, "")
    ]
    assert [(each.before, each.after) for each in turned] == [("85.1%, Red", "85.1%, Amber")]
    for where in (address(CARERS, NOVEMBER), address("", NOVEMBER)):
        assert "85.1%, Amber" not in words_of(client.get(where).text)
    assert "85.1%, Amber; it was 85.1%, Red" in card(client, CARERS, LAST)


def test_a_tolerance_of_the_council_is_one_correction_and_no_reason_is_one(wider, client):
    said = [each.what for each in read(standing(wider, LAST)).corrections]
    assert not [what for what in said if what.startswith("Why it is defined so")]
    tolerances = [what for what in said if what.startswith("Tolerance")]
    assert len(tolerances) < 4, tolerances
    assert any("measures, from November 2026" in what for what in tolerances)


def test_a_long_list_of_corrections_is_folded_with_its_figures_first(wider, client):
    for where in ("vital-signs/", "exceptions/"):
        html = client.get(f"/westshire/{where}").text
        shown, _, others = html.split("portal-version__corrected", 1)[1].partition("<details")
        words = words_of(shown)
        assert words.count("; it was") == 10, words
        assert "Tolerance of" not in words
        assert "more corrections" in words_of(others)
        assert WHY in words_of(others)
    sheet = paper(client, "reports/performance.pdf")
    assert sheet.index("85.1%, Amber") < sheet.index("Tolerance of")
