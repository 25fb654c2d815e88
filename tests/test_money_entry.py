"""Finance reports: begun, typed in, checked, approved by somebody else, published, corrected."""

import re

import pytest
from django.core.exceptions import PermissionDenied

from bcfportal.lib import clock
from bcfportal.lib.periods import financial_year_label, financial_year_of
from finance.models import ExpenditureArea, MonitoringReport
from finance.monitoring.actions import (
    Conflict,
    Incomplete,
    begin,
    save_section,
    submit,
)
from finance.monitoring.draft import Draft
from tests.money import (
    CAPITAL,
    LINES,
    RESERVES,
    brought_to,
    by,
    draft,
    make_areas,
    published,
    second_keeper,
)
from tests.pasted import pasted, press
from tests.seen import seen_on

THIS_YEAR = financial_year_label(financial_year_of(clock.today()))
pytestmark = pytest.mark.django_db
AT = "/testshire/money/2018-19-m02/1/"
WHO = ("committee member", "commissioner", "finance officer", "performance officer")


@pytest.fixture
def money(quarter):
    make_areas(quarter.council)
    quarter.keeper = quarter.people["finance officer"]
    return quarter


def post(client, address="", **typed):
    read = {} if address else seen_on(client, AT)
    return client.post(AT + address, typed | read)


def test_a_finance_officer_begins_a_report(client, money):
    money.sign_in(client, "finance officer")
    response = client.post("/testshire/money/", {"year": "2018/19", "month": "2"})
    assert response.headers["Location"] == AT
    report = MonitoringReport.objects.get(council=money.council)
    assert (report.period, report.version, report.status) == ("2018-19-m02", 1, "draft")
    assert str(report.as_at) == "2018-05-31"
    assert report.events.get().action == "start"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"year": "", "month": "2"}, f"Enter the financial year, such as {THIS_YEAR}."),
        ({"year": "2018", "month": "2"}, "Enter both years: 2018 is in 2017/18 and in 2018/19."),
        ({"year": "2018/20", "month": "2"}, "Enter two years that follow each other"),
        ({"year": "1999/00", "month": "2"}, "Enter a financial year between 2013/14 and 2097/98"),
        ({"year": "2099/00", "month": "2"}, f"such as {THIS_YEAR}. 2099/00 is outside."),
        (
            {"year": "2018/19", "month": "2", "as_at": "30/6/2018"},
            "As at: 30 June 2018 is not in May 2018. Enter a day from 1 May 2018 to 31 May 2018",
        ),
        ({"year": "2018/19", "month": "outturn", "as_at": "1/4/2019"}, "is not in 2018/19."),
        ({"year": "2048/49", "month": "2"}, "May 2048 begins on 1 May 2048. Correct it, or tick"),
        ({"year": "2018/19", "month": ""}, "Choose the month, or the outturn."),
        ({"year": "2018/19", "month": "13"}, "Choose the month, or the outturn."),
        ({"year": "2018/19", "month": "2", "as_at": "31/2/2018"}, "Enter a real date"),
    ],
)
def test_a_report_is_not_begun_with_nonsense(client, money, typed, sentence):
    money.sign_in(client, "finance officer")
    page = client.post("/testshire/money/", typed).content.decode()
    assert sentence in page
    assert not MonitoringReport.objects.filter(council=money.council).exists()


def test_a_month_far_from_all_reports_is_asked_about_and_begun_once_it_is_said_to_be_right(
    client, money
):
    draft(money.council, money.keeper)
    money.sign_in(client, "finance officer")
    near = {"year": "2019/20", "month": "2"}
    assert client.post("/testshire/money/", near).status_code == 302
    far = {"year": "2013/14", "month": "2", "as_at": "30/5/2013"}
    page = client.post("/testshire/money/", far).content.decode()
    assert "No report is within a year of May 2013." in page
    assert not MonitoringReport.objects.filter(period="2013-14-m02").exists()
    assert client.post("/testshire/money/", far | {"period_is_right": "on"}).status_code == 200
    right = {"period_is_right": "yes: 2013-14-m02"}
    assert client.post("/testshire/money/", far | right).status_code == 302
    assert str(MonitoringReport.objects.get(period="2013-14-m02").as_at) == "2013-05-30"


def test_a_period_has_one_report(client, money):
    draft(money.council, money.keeper)
    money.sign_in(client, "finance officer")
    page = client.post("/testshire/money/", {"year": "2018-19", "month": "2"}).content.decode()
    assert "That period already has a report" in page


def test_the_outturn_is_of_the_year(client, money):
    money.sign_in(client, "finance officer")
    client.post("/testshire/money/", {"year": "2018/19", "month": "outturn"})
    assert MonitoringReport.objects.get(council=money.council).period == "2018-19"


def test_only_the_keepers_of_the_money_write(client, money):
    report = draft(money.council, money.keeper)
    money.sign_in(client, "performance officer")
    assert client.get(AT).status_code == 200
    assert post(client, "lines/", version="1").status_code == 403
    assert client.post("/testshire/money/", {}).status_code == 403
    with pytest.raises(PermissionDenied):
        save_section(report.pk, "lines", {}, version=1, **money.by("performance officer"))
    with pytest.raises(PermissionDenied):
        begin(council=money.council, period="2018-19-m03", **money.by("performance officer"))
    for role in ("committee member", "commissioner", "administrator"):
        money.sign_in(client, role)
        assert post(client, "lines/", version="1").status_code == 403
        assert post(client, action="submit").status_code == 403
    money.sign_in(client, "outsider")
    assert post(client, action="submit").status_code == 404


def test_what_is_typed_is_kept_right_or_wrong(client, money):
    draft(money.council, money.keeper, lines={})
    money.sign_in(client, "finance officer")
    wrong = {"older-budget": "see note", "older-outturn": "1,234,000", "income-budget": "2"}
    response = post(client, "lines/", version="1", stay="1", **wrong)
    assert response.status_code == 302
    page = client.get(AT + "lines/").content.decode()
    for text in wrong.values():
        assert f'value="{text}"' in page
    assert "Enter £ million: 1.234 or 1,234k for £1,234,000." in page
    assert "Income is negative: enter (2)." in page
    assert "“see note” is not one: enter the budget, or 0." in page
    assert "choose why" not in page
    assert "Younger people: enter the budget, or 0." in page


def test_every_sentence_of_what_is_to_do_leads_to_its_box(client, money):
    draft(
        money.council, money.keeper, lines={"older-budget": "x"}, reserves={"general-opening": "1"}
    )
    money.sign_in(client, "finance officer")
    for section in ("lines", "reserves"):
        page = client.get(f"{AT}{section}/").content.decode()
        targets = re.findall(r'<li><a href="#([^"]+)"', page)
        assert targets
        for target in targets:
            assert f'id="{target}"' in page


def test_the_variance_stands_in_words_after_a_save(client, money):
    draft(money.council, money.keeper, lines={})
    money.sign_in(client, "finance officer")
    post(client, "lines/", version="1", stay="1", **LINES)
    page = client.get(AT + "lines/").content.decode()
    assert "overspend £0.400m (4.0%)" in page
    assert "over-recovery £0.100m (5.0%)" in page
    answer = client.post(
        AT + "lines/",
        LINES | {"version": "2", "older-outturn": "10.500"},
        headers={"accept": "application/json"},
    ).json()
    assert answer["version"] == 3
    assert answer["words"]["older"] == "overspend £0.500m (5.0%)"
    assert answer["words"]["all"] == "overspend £0.300m (2.3%)"


def test_an_explanation_is_asked_for_beyond_the_tolerance_and_not_at_it(money):
    def problems(**changes):
        report = MonitoringReport.objects.filter(council=money.council).first()
        who, version = by(money.keeper, money.council), 0
        if report:
            version = report.sections.get(name="lines").version
        else:
            report = begin(council=money.council, period="2018-19-m02", **who)
        save_section(report.pk, "lines", LINES | changes, version=version, **who)
        return [field for field, _ in Draft(report).problems("lines")]

    assert problems(**{"older-outturn": "10.500"}) == []
    assert problems(**{"older-outturn": "10.501"}) == ["older-explanation"]
    assert problems(**{"older-outturn": "10.501", "older-explanation": "More people."}) == []
    # What the whole says explains its parts.
    assert problems(**{"older-outturn": "10.501", "care-explanation": "More people."}) == []
    assert problems(**{"income-outturn": "(2.101)"}) == ["income-explanation"]
    assert problems(**{"younger-budget": "0", "younger-outturn": "0"}) == []


def test_an_incomplete_report_is_not_submitted(client, money):
    report = draft(money.council, money.keeper, lines={"older-budget": "1"})
    money.sign_in(client, "finance officer")
    response = post(client, action="submit")
    assert response.status_code == 409
    assert "Something is still to do" in response.content.decode()
    with pytest.raises(Incomplete):
        submit(report.pk, **by(money.keeper, money.council))
    assert not report.lines.exists()


def test_submission_writes_the_record_from_what_was_typed(money):
    report = brought_to(money, "submitted")
    lines = {line.area.slug: line for line in report.lines.select_related("area")}
    assert set(lines) == {"older", "younger", "income"}
    assert (lines["income"].budget, lines["income"].outturn) == (-2_000_000, -2_100_000)
    reserve = report.reserve_lines.get()
    assert (reserve.opening, reserve.planned, reserve.movement) == (1_000_000, -200_000, -300_000)
    capital = {line.year: line for line in report.capital_lines.all()}
    assert (capital[2018].budget, capital[2018].outturn) == (500_000, 450_000)
    assert (capital[2019].budget, capital[2019].outturn) == (100_000, None)


def test_nothing_can_be_typed_after_submission(client, money):
    brought_to(money, "submitted")
    money.sign_in(client, "finance officer")
    response = post(client, "lines/", version="1", **{"older-budget": "77.777"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "This report is submitted." in page
    assert 'value="77.777"' in page


def test_the_later_of_two_people_sees_both_texts(client, money):
    report = draft(money.council, money.keeper)
    second = second_keeper(money.council)
    save_section(
        report.pk, "lines", LINES | {"older-budget": "9"}, version=1, **by(second, money.council)
    )
    money.sign_in(client, "finance officer")
    response = post(client, "lines/", version="1", **LINES | {"older-budget": "8.888"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "while you were writing" in page
    assert 'value="8.888"' in page
    assert 'name="version" value="2"' in page
    answer = client.post(
        AT + "lines/", {"version": "1", "older-budget": "7"}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 409
    assert [clash["theirs"] for clash in answer.json()["clashes"]] == ["9"]
    with pytest.raises(Conflict):
        save_section(report.pk, "lines", {}, version=1, **by(second, money.council))


@pytest.mark.parametrize("version", ["", "x", "-1", "²", "99999999999999999999"])
def test_a_strange_version_is_a_conflict_and_no_fault(client, money, version):
    draft(money.council, money.keeper)
    money.sign_in(client, "finance officer")
    assert post(client, "lines/", version=version, **{"older-budget": "3"}).status_code == 409


def test_a_block_from_excel_is_put_where_it_belongs_and_totals_are_left_out(client, money):
    report = draft(money.council, money.keeper, lines={"younger-budget": "4"})
    money.sign_in(client, "finance officer")
    block = (
        "Area\tBudget\tForecast\r\n"
        "Older people\t10.000\t10.400\r\n"
        "younger\t\t4.9\r\n"
        "Care\t15\t15.3\r\n"
        "Income from people\t(2.000)\t(2.100)\r\n"
        "Nowhere\t1\t2\r\n"
    )
    page = pasted(client, AT + "lines/", block).content.decode()
    assert "“Nowhere” is not one of the rows here." in page
    assert "“Care” is left out: it is worked out." in page
    press(client, AT + "lines/", page, "sure")
    typed = report.sections.get(name="lines").typed
    assert typed == {
        "older-budget": "10.000",
        "older-outturn": "10.400",
        "younger-budget": "4",
        "younger-outturn": "4.9",
        "income-budget": "(2.000)",
        "income-outturn": "(2.100)",
    }


def test_the_empty_boxes_are_filled_from_the_period_before(client, money):
    published(money.council, money.keeper, "2018-19-m01", reserves=RESERVES, capital=CAPITAL)
    report = draft(money.council, money.keeper, lines={"older-budget": "11"})
    assert str(report.compared_with) == "Month 1 of 2018/19"
    money.sign_in(client, "finance officer")
    page = client.get(AT + "lines/").content.decode()
    assert "Fill the empty boxes from Month 1 of 2018/19" in page
    post(client, "lines/", version="1", use="last")
    assert report.sections.get(name="lines").typed == LINES | {"older-budget": "11"} | {
        "younger-budget": "5.000"
    }
    post(client, "reserves/", version="0", use="last")
    assert report.sections.get(name="reserves").typed == RESERVES
    page = client.get(AT + "capital/").content.decode()
    assert "Month 1 of 2018/19: 0.450" in page


def test_a_new_year_opens_with_the_balances_that_closed_the_last(client, money):
    published(money.council, money.keeper, "2018-19", reserves=RESERVES)
    report = begin(council=money.council, period="2019-20-m01", **by(money.keeper, money.council))
    assert report.compared_with is None
    assert Draft(report).last.label == "Outturn 2018/19"
    money.sign_in(client, "finance officer")
    client.post("/testshire/money/2019-20-m01/1/reserves/", {"version": "0", "use": "last"})
    assert report.sections.get(name="reserves").typed == {"general-opening": "0.700"}
    # Last year's actuals are those of its outturn.
    nodes = {node.slug: node for node in Draft(report).root.walk()}
    assert nodes["older"].last_year_actual == 10_400_000
    assert nodes["all"].last_year_variance == 200_000


def test_half_a_row_of_reserves_or_capital_is_asked_for_in_full(money):
    report = draft(
        money.council,
        money.keeper,
        reserves={"general-opening": "1"},
        capital={"hall-budget-2019": "1"},
    )
    work = Draft(report)
    assert work.problems("reserves") == [
        (
            "general-opening",
            "General: enter the balance on 1 April and the use or addition, or 0.",
        )
    ]
    ((field, _),) = work.problems("capital")
    assert field == "hall-budget-2018"


def test_a_council_without_areas_is_told_so(client, quarter):
    keeper = quarter.people["finance officer"]
    report = begin(council=quarter.council, period="2018-19-m02", **by(keeper, quarter.council))
    quarter.sign_in(client, "finance officer")
    for section in ("lines", "reserves", "capital"):
        assert client.get(f"{AT}{section}/").status_code == 200
    assert client.get(AT).status_code == 200
    with pytest.raises(Incomplete):
        submit(report.pk, **by(keeper, quarter.council))


def test_the_pages_of_entry_take_a_constant_number_of_queries(
    client, money, django_assert_max_num_queries
):
    published(money.council, money.keeper, "2018-19-m01", reserves=RESERVES, capital=CAPITAL)
    care = ExpenditureArea.objects.get(council=money.council, slug="care")
    ExpenditureArea.objects.bulk_create(
        ExpenditureArea(
            council=money.council, parent=care, slug=f"l-{n}", name=f"L {n}", order=n + 10
        )
        for n in range(200)
    )
    draft(money.council, money.keeper, reserves=RESERVES, capital=CAPITAL)
    money.sign_in(client, "finance officer")
    typed = {f"l-{n}-{figure}": "1" for n in range(400) for figure in ("budget", "outturn", "x")}
    assert post(client, "lines/", version="1", **typed).status_code == 302
    for address in ("", "lines/", "reserves/", "capital/"):
        with django_assert_max_num_queries(18):
            assert client.get(AT + address).status_code == 200


def test_what_was_typed_outlives_the_session(client, money):
    report = draft(money.council, money.keeper, lines={})
    money.keeper.set_password("a long enough phrase")
    money.keeper.save()
    response = post(client, "lines/", version="1", **{"older-budget": "7.777"})
    assert response.status_code == 401
    assert 'value="7.777"' in response.content.decode()
    signing_in = {"sign-in-email": money.keeper.email, "sign-in-password": "a long enough phrase"}
    response = post(client, "lines/", version="1", **{"older-budget": "7.777"}, **signing_in)
    assert response.headers["Location"] == AT
    assert report.sections.get(name="lines").typed == {"older-budget": "7.777"}


def test_a_page_that_saves_by_itself_is_told_that_the_session_has_ended(client, money):
    draft(money.council, money.keeper)
    answer = client.post(AT + "lines/", {}, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()) == (401, {"signed_out": True})
