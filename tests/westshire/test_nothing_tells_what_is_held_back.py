"""Nothing public tells a figure that was held back: every address, version and content is read."""

import re

import pytest

from outcomes.models import ReportCard, Result
from outcomes.vital_signs.content import HELD_BACK
from publishing.models import PeriodVersion, Snapshot
from returns.review import publish_period
from tests.addresses import open_to_everyone
from tests.westshire.measures import LAST
from tests.westshire.outputs import PROJECTS, RESULTS, SIGNS, as_text, outputs
from tests.westshire.project_pages import Q2, Q3, by, period, report
from tests.westshire.shown import page
from tests.westshire.test_held_back import NOVEMBER, of_month, republished
from tests.westshire.test_later_periods import corrected
from tests.westshire.test_versions import standing, withdrawn

FALLS, MEASURE = "falls-prevention", "readmitted-in-30-days"
# Addresses that are no page, file or paper of one period.
OF_NO_PERIOD = {"theme", "health", "period-version", "version-content"}


def everywhere(council, keys, number, key, names):
    """All that is public: addresses, those of periods in each version, versions and contents.

    ``names`` are of what is of a period, whose addresses have its ``key``.
    """
    versions = PeriodVersion.objects.filter(period__council=council, period__key__in=keys)
    rows = list(versions.select_related("period"))
    stand = set(PeriodVersion.objects.in_force().values_list("pk", flat=True))
    asked = [
        f"?{key}={row.period.key}" + f"&version={row.number}" * (row.pk not in stand)
        for row in rows
    ]
    for each in open_to_everyone():
        name = each.name.split(":")[1]
        path = each.path.replace("emergency-admissions-65", MEASURE)
        if name not in OF_NO_PERIOD:
            yield from (path, *(f"{path}{query}" for query in asked if name in names))
    yield from (f"/{council.slug}/projects/?period={of}&search={number}" for of in keys)
    for row in rows:
        page = f"/{council.slug}/versions/{row.period.key}/{row.number}/"
        yield from (page, f"{page}content.json")
    reports = Snapshot.objects.filter(
        report__slug__in=(FALLS, "vital-signs"), report__period__council=council
    )
    for mark in {*reports.values_list("fingerprint", flat=True), *(r.fingerprint for r in rows)}:
        yield from (f"/version/{mark[:12]}/", f"/version/{mark[:12]}/content.json")


def telling(client, council, told, key, keys, names):
    """The addresses that tell one of the numbers, with a few words round it."""
    found, read = {}, 0
    numbers = "|".join(re.escape(number) for number in told)
    for address in everywhere(council, keys, told[0], key, names):
        answer = client.get(address, follow=True)
        assert answer.status_code in (200, 404, 410), (address, answer.status_code)
        read += answer.status_code == 200
        words = as_text(answer)
        if "search=" in address:
            # What was searched for is said back.
            words = re.sub(r'value="[^"]*"|search=[^"&]*|“[^”]*”', "", words)
        if match := re.search(rf"(?<![\w,.])(?:{numbers})(?!\w)", words):
            found[address] = words[max(0, match.start() - 80) : match.end() + 40]
    assert read > 20
    return found


def test_the_walk_finds_what_is_told(westshire, told, client, monkeypatch):
    monkeypatch.setattr(f"{__name__}.open_to_everyone", list)
    of = (client, westshire, NUMBERS, "period", (Q2, Q3), ())
    number = standing(westshire, Q2).number
    mark = report(westshire, FALLS, Q2).snapshots.latest("number").fingerprint[:12]
    assert telling(*of).keys() >= {
        f"/westshire/versions/{Q2}/{number}/",
        f"/westshire/versions/{Q2}/{number}/content.json",
        f"/version/{mark}/content.json",
    }


@pytest.fixture
def told(westshire):
    """7,283 people in quarter 2, in figures and words, of a report that quarter 3 prints too."""
    publish_period(period(westshire), **by("performance", westshire))
    results = report(westshire, FALLS, Q2).project.measures.order_by("position").first().results
    figure = Result.objects.filter(pk=results.get(period=Q2).pk)
    figure.update(value=7283, numerator=None, denominator=None, note="So 7,283 people began.")
    said = "In all 7,283 people began."
    words = ("performance", "summary_performance", "cause", "variance_reason", "rating_text")
    corrected(westshire, FALLS, Q2, spend_forecast=445_012, **dict.fromkeys(words, said))
    corrected(westshire, FALLS, Q3, cause="Two rotas were merged.")
    corrected(westshire, FALLS, Q3, cause="Three rotas were merged.")
    return figure, dict.fromkeys(words, "Few began.")


def held(westshire, told):
    figure, words = told
    figure.update(value=None, status=HELD_BACK, note="")
    corrected(westshire, FALLS, Q2, **words)


NUMBERS = ("7,283", "7283")


@pytest.mark.long
def test_a_figure_of_a_quarter_that_is_held_back_is_told_at_no_address(westshire, told, client):
    names = outputs(RESULTS, PROJECTS)
    of = (client, westshire, NUMBERS, "period", (Q2, Q3), names)
    held(westshire, told)
    assert telling(*of) == {}
    # The report that held it back is withdrawn, and the one before stands again.
    withdrawn(westshire, Q2)
    assert telling(*of) == {}


@pytest.mark.long
def test_a_figure_of_a_month_that_is_held_back_is_told_at_no_address(westshire, client):
    result = Result.objects.filter(pk=of_month(westshire, NOVEMBER).pk)
    result.update(value="61.7", numerator=4613, denominator=7477, note="Of them 4,613 came back.")
    cards = ReportCard.objects.filter(measure__slug=MEASURE, measure__council=westshire)
    cards.update(explains="Of them 4,613 came back.")
    for month in (NOVEMBER, LAST):
        republished(westshire, month)
    of = (client, westshire, ("4,613", "4613", "61.7%"), "month", (NOVEMBER, LAST), outputs(SIGNS))
    result.update(value=None, numerator=None, denominator=None, status=HELD_BACK, note="")
    cards.update(explains="Few came back.")
    republished(westshire, NOVEMBER)
    assert telling(*of) == {}
    withdrawn(westshire, NOVEMBER)
    assert telling(*of) == {}


def test_what_is_held_back_is_said_where_a_version_gave_it(westshire, told, client):
    old = standing(westshire, Q2)
    address = f"/westshire/projects/{FALLS}/?period={Q2}&version={old.number}"
    content = f"/westshire/versions/{Q2}/{old.number}/content.json"
    mark = report(westshire, FALLS, Q2).snapshots.latest("number").fingerprint[:12]
    assert client.get(address).status_code == 200
    held(westshire, told)
    for where in (address, content, f"/version/{mark}/content.json"):
        answer = client.get(where)
        assert answer.status_code == 410, where
        assert "gives a figure that was held back later" in answer.text
        assert "the law that protects their data does not let it be published" in answer.text
    words = client.get(f"/westshire/versions/{Q2}/{old.number}/").text
    assert "This version gives a figure that was held back later" in words
    assert "gives a figure that was held back later" in client.get(f"/version/{mark}/").text


def test_why_an_earlier_forecast_differed_is_told_without_what_is_held_back(
    westshire, told, client
):
    held(westshire, told)
    withdrawn(westshire, Q2)
    moved = page(client, f"projects/{FALLS}/?period={Q3}").split("How the forecast moved")[1]
    assert "In all [held back] people began." in moved
    assert "7,283" not in moved
