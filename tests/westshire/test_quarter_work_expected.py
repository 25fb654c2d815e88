"""The work on Westshire's quarters: what is right, where the portal does something else today."""

from datetime import date

from bcfportal.lib.periods import Period
from publishing.models import ReportingPeriod
from returns.periods import close_period, open_period
from returns.transitions import RETURNS
from tests.westshire.project_pages import Q1, Q2, Q3, address, by, period, report
from tests.westshire.shown import page, person, signed_in

NEXT = "2026-27-q4"


def open_quarter(westshire, key, opens, due, closes):
    return open_period(
        council=westshire,
        key=key,
        as_at=Period.parse(key).last_day,
        opens=opens,
        due=due,
        closes=closes,
        title="Better Care Fund",
        by=person("performance"),
    )


# Periods.


def test_a_closed_quarter_asks_for_nothing(westshire, client):
    close_period(period(westshire), by=person("performance"))
    signed_in(client, "commissioner")
    assert "Start Handyperson" not in page(client, "returns/")


def test_closing_a_quarter_with_returns_out_asks_first(westshire, client):
    signed_in(client, "performance")
    client.post(address(f"periods/{Q3}/"), {"action": "close"})
    assert period(westshire).status == ReportingPeriod.Status.OPEN


def test_a_quarter_cannot_be_written_before_it_opens(westshire, client):
    days = date(2027, 4, 1), date(2027, 4, 23), date(2027, 5, 28)
    open_quarter(westshire, NEXT, *days)
    signed_in(client, "commissioner")
    where = address(f"returns/{NEXT}/handyperson/performance/")
    client.post(where, {"version": 0, "performance": "Too early.", "summary_performance": ""})
    assert report(westshire, "handyperson", NEXT).status == "not started"


def test_a_due_date_of_eight_years_ago_is_asked_about(westshire, client):
    signed_in(client, "performance")
    typed = {"year": "2026/27", "quarter": "4", "title": "Better Care Fund", "subtitle": "Report"}
    typed |= _date("as_at", date(2027, 3, 31)) | _date("opens", date(2019, 1, 1))
    typed |= _date("due", date(2019, 1, 23)) | _date("closes", date(2019, 2, 20))
    client.post(address("periods/"), typed)
    assert not westshire.periods.filter(key=NEXT).exists()


def _date(name, day):
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def test_a_quarter_before_a_project_began_asks_nothing_of_it(westshire):
    days = date(2027, 1, 4), date(2027, 1, 29), date(2027, 2, 26)
    opened = open_quarter(westshire, "2025-26-q3", *days)
    assert not opened.returns.filter(project__slug="homes-first-discharge").exists()


def test_a_project_that_ended_in_a_quarter_reports_its_last_weeks(westshire):
    assert period(westshire).returns.filter(project__slug="winter-warmth").exists()


# Returns.


def test_nothing_has_changed_is_questioned_where_much_has(westshire, client):
    found = report(westshire, "carers-breaks")
    RETURNS.transition("withdraw", found.pk, **by("carers", westshire))
    signed_in(client, "carers")
    where = address(f"returns/{Q3}/carers-breaks/submit/")
    client.post(where, {"declared": "1", "unchanged": "1"})
    assert report(westshire, "carers-breaks").status == "draft"


def test_last_time_s_share_is_not_filled_in_beside_this_time_s_numbers(westshire, client):
    found = report(westshire, "reablement")
    RETURNS.transition("withdraw", found.pk, **by("hospital", westshire))
    signed_in(client, "hospital")
    client.post(address(f"returns/{Q3}/reablement/carry/"))
    assert "68.1% is not" not in page(client, f"returns/{Q3}/reablement/measures/")


def test_the_review_shows_the_comment_on_a_figure(westshire, client):
    signed_in(client, "performance")
    assert "The hospitals count it anew." in page(client, f"quarter/{Q1}/settling-in/")


def test_check_and_submit_shows_the_comment_on_a_figure(westshire, client):
    signed_in(client, "carers")
    words = page(client, f"returns/{Q2}/carers-emergency-plan/check/")
    assert "no carer was taken ill" in words


def test_the_review_shows_when_a_figure_is_expected(westshire, client):
    signed_in(client, "performance")
    assert "mid-November 2026" in page(client, f"quarter/{Q1}/settling-in/")


def test_the_review_shows_by_when_an_action_is_to_be_done(westshire, client):
    found = report(westshire, "falls-prevention", Q2)
    signed_in(client, "performance")
    day = f"{found.action_due.day} {found.action_due:%B %Y}"
    assert day in page(client, f"quarter/{Q2}/falls-prevention/")


def test_the_review_shows_the_unit_of_a_figure(westshire, client):
    signed_in(client, "performance")
    assert "48 hours" in page(client, f"quarter/{Q2}/bridging-care/").split("Ratings")[0]


# People.


def test_a_project_whose_only_lead_left_stands_on_a_list(westshire, client):
    signed_in(client, "administrator")
    words = page(client, "administration/projects/")
    of = words.split("Assistive technology")[1].split("Community equipment")[0]
    assert "Nobody" in of


def test_the_board_does_not_wait_for_a_person_who_left(westshire, client):
    signed_in(client, "performance")
    words = page(client, f"quarter/?period={Q3}").split("Assistive technology")[1]
    assert "Commissioner" not in words.split("Missing")[0].split("Measures, Spend")[0]


def test_the_administrator_s_first_page_tells_of_a_project_that_is_nobody_s(westshire, client):
    signed_in(client, "administrator")
    assert "Assistive technology" in page(client, "administration/")
