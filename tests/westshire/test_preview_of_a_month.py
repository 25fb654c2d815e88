"""What an officer sees of a month before it is published is the version that becomes public."""

import pytest

from bcfportal.lib import clock
from outcomes.models import FollowUp
from returns.review import publish_period
from tests.forms import forms_of
from tests.westshire.measures import LAST, performance_paper
from tests.westshire.project_pages import by, period
from tests.westshire.shown import page, paper, rows, signed_in
from tests.westshire.test_why_a_month_was_corrected import (
    BEDS,
    approved,
    changed,
    later,
    month,
    reason_of,
    reopen,
)

NEXT = f"?month={LAST}&version=next"
STANDS = f"?month={LAST}"


@pytest.fixture
def put_right(westshire):
    """December, which is public, is put right and approved, and not published again."""
    found = month(westshire, LAST)
    reopen(westshire, [found])
    changed(westshire, LAST, 79)
    approved(westshire, found, 2)
    return westshire


def shown_at(client, query):
    """The pages, the download and the paper of the month at the query, and of its measure."""
    places = ("vital-signs/", f"vital-signs/{BEDS}/", "exceptions/")
    read = {place: page(client, place + query) for place in places}
    read["csv"] = str(rows(client, f"vital-signs/dashboard.csv{query}"))
    read["paper"] = paper(client, f"reports/performance.pdf{query}")
    return read


def test_the_preview_has_what_becomes_public_on_page_and_paper(put_right, client):
    with later(5):
        signed_in(client, "performance")
        told = shown_at(client, NEXT)
        for place in ("vital-signs/", "exceptions/", f"vital-signs/{BEDS}/"):
            assert "Preview: approved, not published" in told[place], place
        assert reason_of(month(put_right, LAST)) in told[f"vital-signs/{BEDS}/"]
        assert "79" in told[f"vital-signs/{BEDS}/"]
        assert "not published" in told["csv"]
        stands = shown_at(client, STANDS)
        assert reason_of(month(put_right, LAST)) not in stands[f"vital-signs/{BEDS}/"]
        publish_period(period(put_right, LAST), **by("performance", put_right))
    with later(6):
        public = shown_at(client, STANDS)
    said = "Corrected on 20 January 2027: 79, "
    for place in (f"vital-signs/{BEDS}/", "csv", "paper"):
        assert said in public[place], place
        assert said in told[place], place


def test_the_page_that_asks_leads_to_the_previews_of_the_next_version(put_right, client):
    with later(5):
        signed_in(client, "performance")
        asks = client.get(f"/westshire/quarter/{LAST}/publish/")
        assert forms_of(asks, f"/westshire/quarter/{LAST}/publish/")
        assert asks.content.decode().count("version=next") == 3
        for name in ("vital-signs/", "exceptions/", "reports/performance.pdf"):
            address = f"/westshire/{name}{NEXT}".replace("&", "&amp;")
            assert address in asks.content.decode()


def test_the_preview_has_the_decisions_that_become_public(put_right, client):
    made = FollowUp.objects.filter(measure__council=put_right).first()
    with later(3):
        made.pk, made.decision, made.recorded_at = None, "A new decision.", clock.now()
        made.save()
    with later(5):
        signed_in(client, "performance")
        assert "A new decision." in page(client, f"exceptions/{NEXT}")
        assert "A new decision." in performance_paper(client, f"{LAST}&version=next")
        client.logout()
        assert "A new decision." not in page(client, f"exceptions/{STANDS}")


def test_nobody_else_reads_the_preview(put_right, client):
    with later(5):
        for address in (f"vital-signs/{NEXT}", f"reports/performance.pdf{NEXT}"):
            assert client.get(f"/westshire/{address}").status_code == 404
