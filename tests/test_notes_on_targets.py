"""What stands beside a target: its note, and its month where the latest figure is of another."""

import pytest

from outcomes.models import Target
from outcomes.vital_signs.collect import make_vital_signs
from outcomes.vital_signs.statuses import statuses
from tests.month import LAST
from tests.text import read

pytestmark = pytest.mark.django_db
IN_2017 = "/testshire/vital-signs/measure/target/?year=2017"


def test_a_target_of_a_later_month_than_the_latest_figure_says_its_month(month):
    measure = month.measure()
    measure.targets.all().delete()
    Target.objects.create(measure=measure, period=LAST.following.key, status="set", value=97)
    typed = {month.field("none"): "not yet available", month.field("value"): ""}
    month.type("measures", **typed)
    sheet = make_vital_signs(month.report)
    (found,) = (each for each in statuses(sheet, LAST.following) if each.measure.slug == "measure")
    assert found.latest_period == LAST
    assert (found.rated.rating, found.target_value) == ("not rated", None)
    assert found.target_words == "97% in April 2017"


def test_a_note_on_a_target_stands_on_the_card_and_its_change_is_told(month, client):
    month.sign_in(client, "performance officer")
    note = f"note-{LAST.following.key}"
    typed = {f"value-{LAST.following.key}": "97", note: "Profiled for the year.", "why": "Agreed."}
    client.post(IN_2017, typed)
    client.post(IN_2017, typed | {note: "Of April.", "why": "Asked."})
    month.published("90")
    client.logout()
    words = read(client, "/testshire/vital-signs/measure/")
    assert "Target 97%" in words
    assert "Of April." in words
    assert "April 2017: the note became “Of April.”. Asked." in words
