"""Norfolk's register is what the paper of 19 June 2017 prints."""

from collections import Counter
from datetime import date

import pytest

from demonstration.fixtures import load_fixtures
from projects.models import Council
from risks import models
from risks.discrepancies import disagreements
from risks.models import Assessment, Details, Progress, RegisterReport, Risk, RiskScale, Task
from risks.register import published_register
from tests.councils import is_made_up
from tests.database import FIXTURES
from tests.registers import ROW

pytestmark = pytest.mark.django_db

# As printed: original, current, target, prospects, target date.
PRINTED = {
    "rm14079": ("5x5", "4x5", "2x4", "amber", "2030-03-31"),
    "rm019": ("4x5", "3x5", "1x4", "green", "2018-04-30"),
    "rm014b": ("3x3", "4x3", "2x3", "red", "2020-03-31"),
    "rm0207": ("3x4", "3x4", "2x4", "amber", "2018-03-31"),
    "finance-budget-savings": ("3x5", "4x5", "3x5", "red", "2018-03-31"),
    "hospital-admissions": ("3x4", "4x4", "2x3", "amber", "2018-03-31"),
    "liberty-safeguarding": ("3x4", "4x4", "2x4", "red", "2018-03-31"),
    "integrated-funding": ("3x5", "3x5", "2x4", "amber", "2019-03-31"),
    "promoting-independence": ("4x3", "3x4", "2x4", "amber", "2018-03-31"),
    "staff-behaviour": ("3x5", "3x4", "2x4", "amber", "2018-03-31"),
    "rm13925": ("4x4", "3x4", "3x2", "amber", "2018-03-31"),
    "data-protection": ("3x5", "3x4", "1x3", "green", "2018-03-31"),
    "judicial-review": ("3x4", "3x4", "1x4", "amber", "2018-03-31"),
    "rm14247": ("4x3", "4x3", "2x3", "amber", "2018-03-31"),
    "care-market-staff": ("4x4", "4x3", "2x3", "amber", "2018-03-31"),
    "integration": ("3x5", "2x5", "1x5", "green", "2018-03-31"),
    "rm14238": ("2x3", "2x3", "1x1", "amber", "2018-03-31"),
    "rm14149": ("4x3", "1x5", "1x3", "green", "2020-03-31"),
    "safeguarding": ("2x5", "2x5", "2x4", "green", "2018-03-31"),
}


@pytest.fixture
def norfolk(db):
    return Council.objects.get(slug="norfolk")


@pytest.fixture
def register(norfolk):
    return published_register(norfolk.risk_reports.get())


def position(standing):
    return f"{standing.likelihood}x{standing.impact}"


def test_the_19_risks_stand_where_the_paper_has_them(register):
    found = {
        each.risk.slug: (
            *map(position, (each.original, each.now, each.target)),
            each.prospects,
            each.details.target_date.isoformat(),
        )
        for each in register.risks
    }
    assert list(found) == list(PRINTED)
    assert found == PRINTED


def test_four_are_high_fourteen_medium_and_one_low(register):
    assert [(band.name, number) for band, number in register.by_band] == [
        ("High", 4),
        ("Medium", 14),
        ("Low", 1),
    ]


def test_thirteen_are_exceptions(register):
    assert len(register.exceptions) == 13
    assert {each.risk.slug for each in register.risks} - {
        each.risk.slug for each in register.exceptions
    } == {"rm019", "data-protection", "integration", "rm14238", "rm14149", "safeguarding"}


def test_four_are_corporate_and_every_one_was_reviewed_on_31_may(register):
    levels = Counter(each.details.level for each in register.risks)
    assert levels == {"corporate": 4, "departmental": 15}
    assert {each.reviewed_on for each in register.risks} == {date(2017, 5, 31)}
    assert {each.details.owner_post for each in register.risks} == {
        "Executive Director of Adult Social Services",
        "Assistant Director Social Work",
        "[…]",
    }


def test_every_cell_of_the_matrix_is_what_appendix_b_prints(norfolk):
    scale = RiskScale.objects.get(council=norfolk)
    assert scale.likelihoods == ["Rare", "Unlikely", "Possible", "Likely", "Almost Certain"]
    assert scale.impacts == ["Insignificant", "Minor", "Moderate", "Major", "Extreme"]
    scale.full_clean()


def test_every_row_says_where_it_came_from_and_passes_its_own_checks():
    # What the portal makes of rows, as an edition, was taken from nowhere.
    kept = [getattr(models, name) for name in models.__all__ if name != "RegisterEdition"]
    for model in kept:
        for record in model.objects.all():
            record.full_clean()
            assert is_made_up(record) or "19 June 2017" in record.source, record


def test_what_is_lost_has_a_note():
    for risk in Risk.objects.filter(reference="[…]"):
        assert "lost" in risk.note, risk.slug
    for row in (*Details.objects.filter(title__contains="[…]"), *Task.objects.filter(text="[…]")):
        assert "lost" in row.note, row.risk.slug
    for row in Details.objects.filter(owner_post="[…]"):
        assert "names the owner" in row.note
    for row in Assessment.objects.filter(score_as_printed__contains="[…]"):
        assert "copy" in row.note


def test_no_person_is_named():
    names = {"Bullion", "Bartlett", "Dane", "Baldwin", "Barrett", "Bright", "Simpkin", "Rank"}
    names |= {"Holland", "Hohnen", "Bugg", "Thacker", "Crawley", "Evans"}
    text = "".join(path.read_text() for path in (FIXTURES / "norfolk").glob("4*-risks.yaml"))
    assert not [name for name in names if f" {name}" in text]
    assert Progress.objects.filter(text__contains="[…] (Adults)").exists()


@pytest.mark.long
def test_loading_again_changes_nothing():
    before = {name: getattr(models, name).objects.count() for name in models.__all__}
    load_fixtures(FIXTURES)
    assert before == {name: getattr(models, name).objects.count() for name in models.__all__}


def test_the_checks_find_what_disagrees_in_the_paper_and_nothing_else(norfolk):
    found = [(each.check, each.about, each.first.text, each.by) for each in disagreements(norfolk)]
    assert found == [
        (
            "Count of risks by band",
            "Risks reported as High, register as at 31 May 2017",
            "3 in Appendix B",
            "1 risk",
        ),
        (
            "Count of risks by band",
            "Risks reported as Medium, register as at 31 May 2017",
            "11 in Appendix B",
            "3 risks",
        ),
        (
            "A date has passed for something still reported as to come",
            "[…]: […] deliver Promoting Independence, change […]",
            "Initial business cases are due for final sign-off at May Programme Board: May, so "
            "by 31 May 2017",
            "19 days",
        ),
        (
            "A date has passed for something still reported as to come",
            "[…]: Staff behaviour and practice changes to deliver the Promoting Independence "
            "Strategy",
            "The review of supervision will come back to SMT to agree actions: mid May, so by "
            "31 May 2017",
            "19 days",
        ),
        (
            "A date has passed for something still reported as to come",
            "[…]: Judicial Review into fee uplift to […]",
            "A Judicial Review may result in additional costs for the year: 2015/16, so by "
            "31 March 2016",
            "445 days",
        ),
        (
            "One risk is printed twice with different values",
            "RM14079 and RM020a: Failure to meet the long term needs of Norfolk citizens "
            "(reference)",
            "RM14075 and RM020a",
            "different words",
        ),
    ]
    assert len({each.key for each in disagreements(norfolk)}) == len(found)


def report(norfolk):
    return RegisterReport.objects.get(council=norfolk)


def row(risk, **fields):
    """A row that the report of Norfolk shows: after January 2017 and recorded before it."""
    held = {"on": date(2017, 4, 1), "recorded_at": report(risk.council).published_at}
    return ROW | held | {"risk": risk} | fields


def test_a_score_that_is_not_the_product_is_found(norfolk):
    risk = Risk.objects.get(slug="rm019")
    Assessment.objects.create(
        **row(risk, on=date(2016, 2, 25)),
        stage="original",
        likelihood=4,
        impact=5,
        score_as_printed="25",
    )
    (found,) = [each for each in disagreements(norfolk) if "not likelihood" in each.check]
    assert found.first.text == "Printed score: 25"
    assert found.second.text == "Likelihood 4 times impact 5: 20"
    assert found.by == "5 points"


def test_a_change_that_the_statement_denies_is_found(norfolk):
    closed, new = Risk.objects.get(slug="rm14149"), Risk.objects.get(slug="safeguarding")
    models.Closure.objects.create(**row(closed, reason="Over."))
    Risk.objects.filter(pk=new.pk).update(entered_on=date(2017, 2, 1))
    moved = Risk.objects.get(slug="rm019")
    for on, likelihood in ((date(2017, 1, 1), 5), (date(2017, 3, 1), 4)):
        Assessment.objects.create(
            **row(moved, on=on), stage="current", likelihood=likelihood, impact=5
        )
    found = [each.second.text for each in disagreements(norfolk) if "reconciliation" in each.check]
    assert found == [
        "New: entered on 1 February 2017",
        "Closed on 1 April 2017",
        "Score changed from 25 to 20 on 1 March 2017",
        "Score changed from 20 to 15 on 31 May 2017",
    ]


def test_the_checks_ask_the_database_ten_times_at_most(norfolk, django_assert_num_queries):
    with django_assert_num_queries(9):
        list(disagreements(norfolk))
    for number in range(40):
        risk = Risk.objects.create(council=norfolk, slug=f"r{number}", reference=f"R{number}")
        Assessment.objects.create(**row(risk), stage="current", likelihood=4, impact=5)
    with django_assert_num_queries(9):
        list(disagreements(norfolk))
