"""A month that is withdrawn: its addresses say so, and all places agree at once."""

import pytest

from publishing.models import PeriodVersion
from tests.seen import seen_on
from tests.westshire.measures import JUNE
from tests.westshire.shown import page, paper, person, signed_in
from tests.westshire.test_versions import WHY, standing, withdrawn

# Everything of a month that is public.
OF_A_MONTH = (
    "vital-signs/",
    "vital-signs/dashboard.csv",
    "vital-signs/urgent-response-wait/",
    "exceptions/",
    "reports/performance.pdf",
    "care-quality/",
    "care-quality/care-quality.csv",
    "outcomes-framework/",
    "outcomes-framework/outcomes-framework.csv",
)


def shown_last(westshire):
    made = PeriodVersion.objects.in_force().filter(period__council=westshire)
    return made.filter(period__kind="vital signs").latest("period__key").period.key


@pytest.mark.parametrize("address", OF_A_MONTH)
def test_a_withdrawn_month_answers_410_and_says_when_who_why_and_what_stands(
    westshire, client, address
):
    last = shown_last(westshire)
    withdrawn(westshire, last)
    answer = client.get(f"/westshire/{address}?month={last}")
    assert answer.status_code == 410
    words = answer.content.decode()
    for said in (WHY, "20 January 2027", person("performance-lead").post, "is not published"):
        assert said in words


def test_without_the_withdrawn_month_the_one_before_is_shown_everywhere_at_once(westshire, client):
    last = shown_last(westshire)
    label = PeriodVersion.objects.filter(period__key=last).first().period.label
    assert label in page(client, "reports/")
    withdrawn(westshire, last)
    assert page(client, "vital-signs/").startswith("Vital signs, November 2026")
    assert f"Performance report, {label}" not in page(client, "reports/")
    assert "vital signs are reported up to November 2026" in paper(
        client, "reports/performance.pdf"
    )
    for file in ("vital-signs/dashboard.csv", "care-quality/care-quality.csv"):
        rows = client.get(f"/westshire/{file}").content.decode().splitlines()[1:]
        assert rows
        assert not any(last in row for row in rows)


def test_withdrawing_a_corrected_month_lets_its_first_version_stand_again(westshire, client):
    first = client.get(f"/westshire/reports/performance.pdf?month={JUNE}&version=1").content
    number = standing(westshire, JUNE).number
    withdrawn(westshire, JUNE)
    assert standing(westshire, JUNE).number == number - 1
    assert client.get(f"/westshire/reports/performance.pdf?month={JUNE}").content == first
    for address in OF_A_MONTH[:5]:
        answer = client.get(f"/westshire/{address}?month={JUNE}&version={number}")
        assert answer.status_code == 410, address
        assert WHY in answer.content.decode()
    words = page(client, f"versions/{JUNE}/{number}/")
    assert "Withdrawn on 20 January 2027" in words
    answer = client.get(f"/westshire/versions/{JUNE}/{number}/content.json")
    assert answer.status_code == 410


def test_a_month_is_withdrawn_on_its_page_by_two_people(westshire, client):
    last = shown_last(westshire)
    address = f"/westshire/quarter/{last}/publications/"
    signed_in(client, "performance")
    version = {"number": standing(westshire, last).number}
    asked = {"action": "ask", "reason": WHY} | version
    assert client.post(address, asked).status_code == 302
    assert client.post(address, {"action": "confirm"} | version).status_code == 409
    signed_in(client, "performance-lead")
    confirmed = {"action": "confirm"} | version | seen_on(client, address)
    assert client.post(address, confirmed).status_code == 302
    client.logout()
    assert client.get(f"/westshire/vital-signs/?month={last}").status_code == 410


def test_a_withdrawn_month_keeps_its_version_its_content_and_its_paper(westshire, client):
    last = shown_last(westshire)
    client.get(f"/westshire/reports/performance.pdf?month={last}")
    version = standing(westshire, last)
    withdrawn(westshire, last)
    assert PeriodVersion.objects.filter(pk=version.pk).exists()
    words = client.get(f"/version/{version.fingerprint[:12]}/", follow=True).content.decode()
    assert version.fingerprint in words
    assert WHY in words
