"""Who only looks where a pasted block would go has saved nothing, and has begun no return."""

import pytest

from finance.models import MonitoringReport, MonitoringSection
from finance.monitoring.actions import begin
from publishing.models import Return, Section
from tests.money import make_areas
from tests.pasted import open_screen, pasted, press
from tests.test_paste_preview import BLOCK
from tests.text import words_of

pytestmark = pytest.mark.django_db
MONEY = "/testshire/money/2018-19-m02/1/"


def test_a_preview_starts_no_return_and_saves_no_section(client):
    address, typed, _ = open_screen(client, "home-first")
    (report,) = Return.objects.filter(
        period__council__slug="nottinghamshire",
        period__key="2017-18-q4",
        project__slug="home-first",
    )
    assert report.status == Return.Status.NOT_STARTED
    events = report.events.count()
    preview = pasted(client, address, BLOCK)
    assert "2 boxes will change" in words_of(preview.content.decode())
    report.refresh_from_db()
    assert (report.status, report.events.count()) == (Return.Status.NOT_STARTED, events)
    assert not Section.objects.filter(report=report, version__gt=0).exists()
    assert press(client, address, preview.content.decode(), "sure").status_code == 302
    report.refresh_from_db()
    assert report.status == Return.Status.DRAFT
    assert "71%" in typed().values()


def begun(quarter):
    """A finance report in which nothing is typed yet."""
    who = quarter.by("finance officer")
    return begin(council=quarter.council, period="2018-19-m02", **who)


@pytest.mark.parametrize(
    ("name", "block"),
    [("lines", "Older people\t10.0\t10.4\n"), ("reserves", "General\t1.0\t(0.2)\t(0.3)\n")],
)
def test_a_preview_marks_no_section_of_money_as_saved(client, quarter, name, block):
    make_areas(quarter.council)
    report = begun(quarter)
    quarter.sign_in(client, "finance officer")
    assert pasted(client, f"{MONEY}{name}/", block).status_code == 200
    assert not MonitoringSection.objects.filter(report=report, name=name).exists()


def test_what_was_typed_in_other_boxes_is_kept_by_a_preview(client, quarter):
    make_areas(quarter.council)
    report = begun(quarter)
    quarter.sign_in(client, "finance officer")
    typed = {"version": "0", "younger-budget": "5", "block": "Older people\t10.0\t10.4\n"}
    assert client.post(f"{MONEY}lines/", typed | {"place": "1"}).status_code == 200
    assert MonitoringReport.objects.get(pk=report.pk).sections.get(name="lines").typed == {
        "younger-budget": "5"
    }
