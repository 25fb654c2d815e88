"""Budget monitoring: what the portal works out against what the paper prints."""

from decimal import Decimal

import msgspec
import pytest
from django.db import InternalError, transaction

from bcfportal.lib.sums import sum_complete
from bcfportal.lib.versions import fingerprint
from demonstration.fixtures import load_fixtures
from finance.models import (
    CapitalLine,
    MonitoringEvent,
    MonitoringLine,
    MonitoringReport,
    MonitoringSnapshot,
    PrintedRow,
    ReserveLine,
)
from finance.monitoring.collect import freeze_report, latest_statement
from finance.monitoring.content import period_label, read
from finance.monitoring.tables import capital_table, reserve_table
from finance.monitoring.transitions import note
from finance.monitoring.tree import HALF_STEP, beyond, movement_word, percent, tree, variance_word
from tests.database import FIXTURES
from tests.money import make_areas, make_statement

pytestmark = pytest.mark.django_db

# Where the tables themselves do not add up: tests/test_money_checks.py has each of them.
ODD = {
    ("older-people", "variance", "Appendix A"),
    ("independence-matters", "budget", "Paragraph 2.8"),
}
ODD_TOTALS_OF_PERIOD_10 = {"commissioned-services": "1.803", "total-net-expenditure": "9.656"}


def outturn():
    return latest_statement(MonitoringReport.objects.get(period="2016-17"))


def period_10():
    return latest_statement(MonitoringReport.objects.get(period="2016-17-m10"))


def m(text):
    """£ million as printed, in pounds."""
    return Decimal(text) * 1_000_000


def test_every_figure_worked_out_is_the_printed_one_but_for_rounding():
    statement = outturn()
    nodes = {node.slug: node for node in tree(statement).walk()}
    compared = 0
    for row in statement.rows:
        if not row.area:
            continue
        node = nodes[row.area]
        leaves = sum(not below.parts for below in node.walk())
        room = HALF_STEP * (2 * leaves + 1)
        for figure in ("budget", "outturn", "variance", "last_year_actual", "last_year_variance"):
            printed = getattr(row, figure)
            if printed is None or (row.area, figure, row.table) in ODD:
                continue
            assert abs(node.own(figure) - printed) <= room, (row.table, row.label, figure)
            compared += 1
        if row.percent is not None and (row.area, "variance", row.table) not in ODD:
            step = Decimal(1).scaleb(-row.percent_places)
            # The printed per cents are of pounds that are not rounded.
            own = node.own("percent")
            # Papers print more income than budgeted without brackets, the portal with.
            printed = row.percent if not node.is_income else -row.percent
            assert abs(own - printed) <= step / 2 + 100 * room / abs(node.budget)
            compared += 1
    assert compared == 239


def test_the_summary_of_the_outturn_is_the_one_that_the_paper_prints():
    root = tree(outturn())
    assert (root.budget, root.outturn, root.variance) == (m("250.392"), m("254.791"), m("4.399"))
    assert root.word == "overspend"
    assert f"{root.percent:.2f}" == "1.76"
    assert [
        (part.name, part.budget, part.outturn, part.word) for part in root.parts if part.budget
    ] == [
        ("Business Development", m("10.863"), m("10.392"), "underspend"),
        ("Commissioned Services", m("69.477"), m("69.600"), "overspend"),
        ("Early Help & Prevention", m("6.219"), m("5.492"), "underspend"),
        ("Services to Users (net)", m("155.272"), m("168.243"), "overspend"),
        ("Management, Finance & HR", m("8.561"), m("1.064"), "underspend"),
    ]


def test_income_above_its_budget_is_an_over_recovery():
    income = tree(outturn()).find("service-user-income")
    assert (income.budget, income.outturn) == (m("-80.769"), m("-90.508"))
    assert (income.variance, income.word) == (m("-9.739"), "over-recovery")
    assert income.percent_words == "(12.1%)"
    assert income.percents_otherwise == ["12.06%"]


def test_what_is_known_of_period_10_stands_beside_the_outturn():
    root = tree(outturn())
    assert root.find("hired-transport").previous_variance == m("3.433")
    assert root.find("hired-transport").movement == m("-0.359")
    assert root.find("services-to-users").movement == m("12.971") - m("15.962")
    for slug, worked_out in ODD_TOTALS_OF_PERIOD_10.items():
        assert root.find(slug).area.previous_variance == m(worked_out)
    assert (root.previous_variance, root.movement) == (m("9.629"), m("-5.230"))
    assert root.previous_odd == ["its lines came to 9.656"]
    commissioned = root.find("commissioned-services")
    assert commissioned.previous_variance == m("1.829")
    assert commissioned.previous_odd == ["its lines came to 1.803", "printed 1.753 too"]
    assert root.find("business-development").previous_odd == []


def test_period_10_has_its_variances_and_the_two_figures_that_the_minutes_correct():
    root = tree(period_10())
    assert root.budget == m("247.273")
    assert root.find("management-finance-and-hr").outturn == m("1.426")
    # The forecast of most areas is not known, so neither is that of all of them.
    assert root.outturn is None
    assert root.find("purchase-of-care").variance == m("19.790")


def test_a_whole_whose_parts_have_no_figure_keeps_its_own():
    help_ = tree(outturn()).find("early-help-and-prevention")
    assert [part.last_year_actual for part in help_.parts] == [None] * 4
    assert help_.last_year_actual == m("5.442")
    assert help_.next_budget == m("8.133")


def test_the_budget_of_the_next_year_adds_up_as_printed():
    root = tree(outturn())
    assert abs(root.next_budget - m("261.453")) <= HALF_STEP * 12
    assert root.find("management-finance-and-hr").next_budget == m("-7.818")


def test_reserves_and_provisions_are_those_that_the_paper_prints():
    table = reserve_table(outturn())
    totals = {name: whole for name, _, _, whole in table.groups}
    provisions, reserves = totals["provisions"], totals["reserves"]
    assert (provisions.opening, provisions.movement, provisions.closing) == (
        m("3.127"),
        m("1.030"),
        m("4.157"),
    )
    # As printed; six rounded lines come to 0.001 else, which is no disagreement.
    assert (reserves.opening, reserves.movement, reserves.closing) == (
        m("2.848"),
        m("-0.774"),
        m("2.074"),
    )
    assert reserves.printed == (
        "The lines come to a use or addition of (0.773)",
        "The lines come to a closing balance of 2.075",
    )
    assert table.whole.opening == m("16.132")
    assert table.whole.closing == m("6.231")
    assert [row.closing for row in totals and table.groups[2][2]] == [0]
    assert [other.value for other in table.agreed] == [m("-1.073"), m("-0.651"), m("-0.948")]
    corporate = table.groups[2][2][0]
    assert corporate.planned == m("-10.155")
    assert "(10.155)" in corporate.printed[0]


def test_the_capital_programme_is_the_one_that_the_paper_prints():
    table = capital_table(outturn())
    *schemes, whole = table.rows
    assert (len(schemes), table.years) == (16, (2016, 2017, 2018))
    assert (whole["budget"], whole["outturn"], whole["variance"]) == (m("7.726"), m("7.726"), 0)
    # As printed: the lines of 2017/18 make 14.704.
    assert whole["later"] == [("2017/18", m("14.613")), ("2018/19", m("2.021"))]
    assert table.whole.printed == ("The lines come to 14.704 for 2017/18",)
    grant = next(row for row in schemes if "Disabled Facilities" in row["scheme"].name)
    assert grant["all_years"] == m("8.368")
    assert grant["scheme"].printed == ()


def test_a_blank_is_not_zero():
    root = tree(make_statement(("all", "", None, None), ("a", "all", 5, 6), ("b", "all", None, 7)))
    assert (root.budget, root.outturn, root.variance) == (None, 13, None)
    assert (root.word, root.percent, root.movement) == ("", None, None)
    assert sum_complete([]) is None


def test_a_statement_without_areas_has_no_tree():
    with pytest.raises(ValueError, match="no areas"):
        tree(make_statement())


@pytest.mark.parametrize(
    ("variance", "income", "word"),
    [
        (499, False, "on budget"),
        (500, False, "overspend"),
        (-500, False, "underspend"),
        (-499, True, "on budget"),
        (-500, True, "over-recovery"),
        (500, True, "under-recovery"),
        (None, False, ""),
    ],
)
def test_the_word_beside_a_variance(variance, income, word):
    assert variance_word(variance and Decimal(variance), income=income) == word


@pytest.mark.parametrize(
    ("movement", "word"), [(500, "worse"), (-500, "better"), (499, "no change"), (None, "")]
)
def test_the_word_beside_a_movement(movement, word):
    assert movement_word(movement and Decimal(movement)) == word


def test_a_per_cent_of_no_budget_or_of_a_negative_one_that_is_no_income_is_undefined():
    assert percent(Decimal(1), Decimal(0)) is None
    assert percent(Decimal(1), Decimal(-10)) is None
    assert percent(Decimal(-1), Decimal(-10), income=True) == -10
    assert percent(Decimal(-1), Decimal(10)) == -10


def test_beyond_tolerance_is_more_than_it_and_not_at_it():
    assert not beyond(Decimal(5), Decimal(100), Decimal(5))
    assert beyond(Decimal("5.01"), Decimal(100), Decimal(5))
    assert beyond(Decimal("-5.01"), Decimal(-100), Decimal(5))
    assert beyond(Decimal(1), Decimal(0), Decimal(5))
    assert not beyond(None, Decimal(100), Decimal(5))


def test_an_approved_report_and_all_that_belongs_to_it_cannot_change():
    report = MonitoringReport.objects.get(period="2016-17")
    for change in (
        lambda: report.lines.update(budget=0),
        lambda: MonitoringLine.objects.filter(report=report)._raw_delete("default"),
        lambda: MonitoringLine.objects.create(report=report, area=report.lines.first().area),
        lambda: PrintedRow.objects.filter(report=report).update(budget=0),
        lambda: report.printed_totals.update(label="Other"),
        lambda: report.other_figures.update(value=0),
        lambda: ReserveLine.objects.filter(report=report).update(opening=0),
        lambda: CapitalLine.objects.filter(report=report).update(budget=0),
        lambda: MonitoringReport.objects.filter(pk=report.pk).update(status="draft"),
        lambda: MonitoringReport.objects.filter(pk=report.pk).update(status="approved"),
        lambda: MonitoringReport.objects.filter(pk=report.pk).update(note="Other words."),
        lambda: MonitoringReport.objects.filter(pk=report.pk)._raw_delete("default"),
        lambda: MonitoringSnapshot.objects.update(number=7),
        lambda: MonitoringSnapshot.objects.all()._raw_delete("default"),
    ):
        with (
            pytest.raises(InternalError, match=r"cannot change|Cannot (update|delete)"),
            transaction.atomic(),
        ):
            change()


def test_a_line_cannot_be_moved_into_an_approved_report(testshire):
    council = testshire()
    areas = make_areas(council)
    fields = {"council": council, "as_at": "2018-05-31"}
    draft = MonitoringReport.objects.create(period="2018-19-m02", **fields)
    frozen = MonitoringReport.objects.create(period="2018-19-m01", status="approved", **fields)
    freeze_report(frozen)
    line = MonitoringLine.objects.create(report=draft, area=areas["older"])
    with pytest.raises(InternalError, match="cannot change"), transaction.atomic():
        MonitoringLine.objects.filter(pk=line.pk).update(report=frozen)


def test_the_timeline_never_changes(testshire, person):
    report = MonitoringReport.objects.create(
        council=testshire(), period="2018-19-m02", as_at="2018-05-31"
    )
    note(report, "start", "Begun", by=person())
    with pytest.raises(InternalError), transaction.atomic():
        MonitoringEvent.objects.update(comment="Other.")


def test_a_snapshot_reads_back_as_the_statement_and_matches_its_fingerprint():
    snapshot = MonitoringSnapshot.objects.get(report__period="2016-17")
    assert fingerprint(snapshot.content) == snapshot.fingerprint
    assert read(snapshot.content) == outturn()


def test_a_later_change_of_an_area_does_not_reach_what_is_published():
    report = MonitoringReport.objects.get(period="2016-17")
    line = report.lines.get(area__slug="norsecare")
    type(line.area).objects.filter(pk=line.area_id).update(name="Renamed")
    assert tree(outturn()).find("norsecare").name == "NorseCare"
    # Keeping anew is a new snapshot; the old one stays.
    assert freeze_report(report).number == 2
    assert freeze_report(report).number == 2


@pytest.mark.long
def test_loading_the_fixtures_again_changes_nothing():
    before = list(MonitoringSnapshot.objects.values_list("pk", "fingerprint"))
    load_fixtures(FIXTURES)
    assert list(MonitoringSnapshot.objects.values_list("pk", "fingerprint")) == before


def test_what_is_frozen_of_a_report_takes_no_further_row_and_no_other_figure():
    report = MonitoringReport.objects.filter(council__slug="norfolk", status="published").first()
    line = report.lines.first()
    line.save()
    for change in ({"budget": 1}, {"note": "Otherwise."}):
        with pytest.raises(InternalError), transaction.atomic():
            report.lines.filter(pk=line.pk).update(**change)
    line.pk = None
    with pytest.raises(InternalError), transaction.atomic():
        line.save(force_insert=True)


def test_every_figure_of_the_fixtures_says_where_it_is_from():
    for report in MonitoringReport.objects.filter(council__slug="norfolk"):
        assert report.source
        for rows in (
            *(report.lines, report.printed_rows, report.other_figures, report.reserve_lines),
            *(report.capital_lines, report.printed_totals),
        ):
            assert all(row.source for row in rows.all())


def test_the_words_of_a_period():
    assert period_label("2016-17") == "Outturn 2016/17"
    assert period_label("2016-17-m10") == "Month 10 of 2016/17"


def test_what_was_frozen_before_rows_had_decimals_is_read_as_it_was():
    content = msgspec.to_builtins(outturn())
    for row in content["rows"]:
        del row["places"]
    for area in content["areas"]:
        del area["previous_budget"]
    root = tree(read(content | {"schema": 1}))
    assert (root.variance, root.next_budget) == (m("4.399"), m("261.453"))
    assert root.beside("next_budget") == "its lines come to 261.452"
    assert root.previous_budget is None
